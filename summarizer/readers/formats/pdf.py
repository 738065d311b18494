"""PDF files, by pdfium: text in reading order with a mark at each page."""

from functools import partial
from typing import Any

from ...datatypes import Document, Marks
from ...errors import ReadError, counted
from ..documents import Documents, Origin, as_superscript, find_day, what_it_says
from .layout import SOFT_HYPHEN, WIDE_BLANK, Line, in_columns, join_pages

_ABOUT = ("Title", "Author", "CreationDate")
# Raised digits are at most this much of the size of others, and this much of it higher.
_SMALLER = 0.85
_HIGHER = 0.15
_LOCKED = 4  # FPDF_ERR_PASSWORD
_NO_TITLE = ("microsoft word", "untitled", "powerpoint")
_FILE_ENDINGS = (".doc", ".docx", ".pdf", ".indd", ".tex", ".qxd", ".rtf", ".odt")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\0": " "}
)
_HYPHENS = "\x02\ufffe\xad"


def read_pdf(data: bytes, origin: Origin) -> Documents:
    """Read a PDF.

    :return: One document: paragraphs without running heads, page numbers and hyphens of line ends.
    :raises ReadError: If it is damaged, locked, or holds images of pages only.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _LOCKED:
            message = "is locked with a password; save a copy without one"
        else:
            message = f"is a damaged PDF ({error})"
        raise ReadError(f"{origin.name}: {message}") from error
    pages: list[list[Line]] = []
    broken = 0
    for number in range(len(pdf)):
        try:
            pages.append(_lines(pdf[number]))
        except pypdfium2.PdfiumError:
            pages.append([])
            broken += 1
    text, starts = join_pages(pages)
    if not text:
        message = "holds no text, only images of pages; run it through OCR first (e.g. ocrmypdf)"
        raise ReadError(f"{origin.name}: {message}")
    about = {name: what_it_says(partial(pdf.get_metadata_value, name)) for name in _ABOUT}
    document = Document(
        id=origin.id,
        text=text,
        title=_title(about["Title"]),
        date=find_day(about["CreationDate"].removeprefix("D:")[:8]),
        path=origin.path,
        author=about["Author"] or None,
        marks=Marks("page", starts),
    )
    notes = [f"{origin.name}: {counted(broken, 'damaged page')} left out"] if broken else []
    return Documents([document], notes)


def _title(given: str) -> str:
    """Return the title in the file, unless it is what a program put there."""
    lower = given.lower()
    return "" if lower.startswith(_NO_TITLE) or lower.endswith(_FILE_ENDINGS) else given


def _lines(page: Any) -> list[Line]:
    """Return the lines of a page in the order in which they are read.

    :param page: A page of pypdfium2.
    """
    from pypdfium2 import raw

    text = page.get_textpage()
    rows: list[list[Line]] = []
    letters: list[str] = []
    places: list[int] = []
    for place in range(text.count_chars() + 1):
        code = raw.FPDFText_GetUnicode(text, place) if place < text.count_chars() else 10
        letter = chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"
        letter = SOFT_HYPHEN if letter in _HYPHENS else letter
        if letter not in "\r\n":
            letters.append(letter)
            places.append(place)
            continue
        row = _row(text, letters, places)
        if row:
            rows.append(row)
        letters, places = [], []
    return in_columns(rows)


def _row(text: Any, letters: list[str], places: list[int]) -> list[Line]:
    """Return what stands in a line, divided at gaps that are wider than spaces between words."""
    _raise_digits(text, letters, places)
    parts: list[Line] = []
    start = 0
    for at, letter in enumerate(letters):
        if not letter.isspace() or not letters[start:at] or at + 1 == len(letters):
            continue
        before, after = places[at - 1], places[at + 1]
        if letters[at - 1].isspace() or letters[at + 1].isspace():
            continue
        right = text.get_charbox(before, loose=True)[2]
        left, bottom, _, top = text.get_charbox(after, loose=True)
        if left - right > WIDE_BLANK * (top - bottom) and (
            part := _line(text, "".join(letters[start:at]), places[start:at])
        ):
            parts.append(part)
            start = at + 1
    rest = _line(text, "".join(letters[start:]), places[start:])
    return [*parts, rest] if rest is not None else parts


def _raise_digits(text: Any, letters: list[str], places: list[int]) -> None:
    """Put raised digits for those that are smaller and set higher than what stands before them."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    def origin(place: int) -> float:
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
        return y.value

    base: int | None = None
    for at, letter in enumerate(letters):
        if letter.isspace():
            continue
        if not (letter.isdecimal() or letter in "-+−") or base is None:
            base = places[at]
            continue
        size, full = (raw.FPDFText_GetFontSize(text, place) for place in (places[at], base))
        if size < _SMALLER * full and origin(places[at]) > origin(base) + _HIGHER * full:
            letters[at] = as_superscript(letter)
        elif letter.isdecimal():
            base = places[at]


def _line(text: Any, content: str, places: list[int]) -> Line | None:
    visible = [place for place, letter in zip(places, content, strict=True) if not letter.isspace()]
    if not visible:
        return None
    # Loose boxes have the height of the font and not of the letter.
    first, last = (text.get_charbox(place, loose=True) for place in (visible[0], visible[-1]))
    within, at_end = content[:-1].replace(SOFT_HYPHEN, ""), content[-1:]
    return Line(
        text=" ".join((within + at_end).translate(_LIGATURES).split()),
        left=first[0],
        right=last[2],
        bottom=last[1],
        top=first[3],
        height=first[3] - first[1],
    )

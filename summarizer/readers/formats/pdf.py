"""PDF files, by pdfium: lines on pages, put together to paragraphs, with a mark at each page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from statistics import median
from typing import Any

from ...datatypes import Document, Marks
from ...errors import ReadError, counted
from ..documents import GAP, Documents, Origin, as_superscript, find_day, what_it_says

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
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\A[-–—|\s]{0,20}(?:(?:page|seite|página|pagina|pág|стр|pg|p|s)\b\.?\s{0,9})?\d{1,3}"
    r"(?:\s{0,9}(?:/|of|von|de|di|из)\s{0,9}\d{1,3})?[-–—|\s]{0,20}",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]\d]{0,4}$")
_EDGE_LINES = 2
_LEAST_REPEATS = 2
_REPEATED_SHARE = 0.4
# Some heads change with the chapter.
_MOST_REPEATS = 3
_WIDE_GAP = 1.3
_OTHER_SIZE = 0.15
_SHORT_LINE = 0.85
_INDENT = 0.6
# Of the height of letters: a space that is wider than those between words.
WIDE_BLANK = 0.8
# At least this many lines begin after a gutter between columns, within this many points of one
# another, and have this many words on either side of it in the mean.
_COLUMN_LINES = 3
_ALIGNED = 2.0
_COLUMN_WORDS = 3
# Notes at the foot of a page are set in letters of at most this height of those of its text.
_NOTE_HEIGHT = 0.92
_NOTE_MARK = re.compile(r"(?:[\d¹²³⁰⁴-⁹]{1,3}|[*†‡§])[.)]?\s?(?=\S)")
SOFT_HYPHEN = "\xad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END = re.compile(r"([^\W\d_]{1,50})-$")
_WORD_START = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or several that words divided at their ends hold together.

    Edges are in points from the left and the bottom of the page, ``right`` and ``bottom`` those of
    the last line; ``height`` is that of letters. A soft hyphen at the end is one of the
    typesetting.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float


def read_pdf(data: bytes, origin: Origin) -> Documents:
    """Read a PDF: paragraphs without running heads, page numbers and hyphens of line ends."""
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
    """Return the lines of a page in the order in which they are read."""
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
    return _in_columns(rows)


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


def _in_columns(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Order the lines of a page whose columns were set across, line by line."""
    # Between lines that go across the page, one column follows the other.
    gutters = _gutters(rows)
    lines: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]

    def flush() -> None:
        for column in columns:
            lines.extend(column)
            column.clear()

    for row in rows:
        if any(_crosses(part, gutter) for part in row for gutter in gutters) or not gutters:
            flush()
            lines.append(_whole(row))
            continue
        for part in row:
            columns[sum(gutter <= part.left + _ALIGNED for gutter in gutters)].append(part)
    flush()
    return lines


def _gutters(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Return where the columns but the first begin that are set across a page, ascending."""
    edges = sorted(
        (part.left, len(above.text.split()), len(part.text.split()))
        for row in rows
        for above, part in pairwise(row)
    )
    found: list[float] = []
    while edges:
        left = edges[0][0]
        group = [edge for edge in edges if edge[0] <= left + _ALIGNED]
        edges = edges[len(group) :]
        enough = _COLUMN_WORDS * len(group)
        if (
            len(group) >= _COLUMN_LINES
            and sum(edge[1] for edge in group) >= enough
            and sum(edge[2] for edge in group) >= enough
            and sum(_crosses(part, left) for row in rows for part in row) <= len(group)
        ):
            found.append(left)
    return found


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter - _ALIGNED and line.right > gutter


def _whole(row: Sequence[Line]) -> Line:
    """Put the parts of a line together again."""
    first, last = row[0], row[-1]
    if first is last:
        return first
    text = " ".join(part.text for part in row)
    return replace(first, text=text, right=last.right, bottom=last.bottom)


def join_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Put the lines of all pages together to paragraphs, and tell where each page begins."""
    bodies = [_with_notes_apart(page) for page in _without_running_heads(pages)]
    words = Counter(
        word.lower() for page in bodies for line in page for word in _WORD.findall(line.text)
    )
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    previous: Line | None = None
    for page in bodies:
        breaks = _paragraph_breaks(page)
        starts.append(length)
        for place, line in enumerate(page):
            text = line.text
            if previous is not None:
                new = place in breaks or (place == 0 and _ENDED.search(previous.text) is not None)
                joint = GAP if new else _joint(parts[-1], text, words)
                if joint is None or (new and parts[-1].endswith(SOFT_HYPHEN)):
                    parts[-1] = parts[-1][:-1]
                    length -= 1
                parts.append(joint or "")
                length += len(joint or "")
            if place == 0:
                starts[-1] = length
            parts.append(text)
            length += len(text)
            previous = line
    joined = "".join(parts).removesuffix(SOFT_HYPHEN)
    # A blank page within a divided word began after the hyphen that went.
    last_first = accumulate([len(joined), *reversed(starts)], min)
    return joined, tuple(last_first)[:0:-1]


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and what stands at the edge of many pages but for its numbers."""
    edges = [_edge(page) for page in pages]
    counted: Counter[str] = Counter()
    for page, edge in zip(pages, edges, strict=True):
        counted.update({_key(page[place]) for place in edge})
    most = min(max(_LEAST_REPEATS, _REPEATED_SHARE * len(pages)), _MOST_REPEATS)
    bodies = [
        [
            line
            for place, line in enumerate(page)
            if place not in edge
            or not (counted[_key(line)] >= most or _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]
    left, given = (
        sum(len(line.text) for page in all_ for line in page) for all_ in (bodies, pages)
    )
    # Pages that are alike but for their numbers, such as bills, consist of no heads.
    return bodies if 2 * left >= given else [list(page) for page in pages]


def _with_notes_apart(page: list[Line]) -> list[Line]:
    """Put the notes at the foot of a page before the paragraph that goes on overleaf."""
    usual = median(line.height for line in page) if page else 0.0
    notes = len(page)
    while notes and page[notes - 1].height <= _NOTE_HEIGHT * usual:
        notes -= 1
    while notes < len(page) and not _NOTE_MARK.match(page[notes].text):
        notes += 1
    text = page[:notes]
    if notes == len(page) or not text or _ENDED.search(text[-1].text):
        return page
    last = max((place for place in _paragraph_breaks(text)), default=0)
    without_marks = [
        replace(note, text=_NOTE_MARK.sub("", note.text, count=1)) for note in page[notes:]
    ]
    return [*text[:last], *without_marks, *text[last:]] if last else page


def _edge(page: Sequence[Line]) -> set[int]:
    """Return the places of the uppermost and the lowest lines of a page."""
    order = sorted(range(len(page)), key=lambda place: page[place].top)
    return set(order[:_EDGE_LINES] + order[-_EDGE_LINES:])


def _key(line: Line) -> str:
    return _NUMBER.sub("0", line.text)


def _paragraph_breaks(page: Sequence[Line]) -> set[int]:
    """Return the places of lines that begin a paragraph within a page."""
    gaps = [above.bottom - (line.top - line.height) for above, line in pairwise(page)]
    leading = median([gap for gap in gaps if gap > 0] or [0.0])
    breaks: set[int] = set()
    for place, (above, line) in enumerate(pairwise(page), 1):
        gap = gaps[place - 1]
        ended = _ENDED.search(above.text) is not None
        if gap <= 0:  # the next column
            if ended:
                breaks.add(place)
            continue
        # Letters of a height of 0 have no column.
        right = [other.right for other in page if abs(other.left - above.left) < 2 * above.height]
        lefts = [other.left for other in page if abs(other.left - line.left) < 4 * line.height]
        left = min([above.left, *lefts])
        width = max([above.right, *right]) - left
        short = ended and above.right - left < _SHORT_LINE * width
        indented = ended and _INDENT * line.height < line.left - left < 4 * line.height
        other_size = abs(line.height - above.height) > _OTHER_SIZE * above.height
        if gap > _WIDE_GAP * leading or other_size or short or indented:
            breaks.add(place)
    return breaks


def _joint(above: str, line: str, words: Counter[str]) -> str | None:
    """Return what stands between two lines of a paragraph; None where the hyphen above goes."""
    if above.endswith(SOFT_HYPHEN):
        return None
    ending = _WORD_END.search(above)
    start = _WORD_START.match(line)
    if ending is None or start is None:
        return " "
    joined = f"{ending[1]}{start[0]}".lower()
    hyphenated = f"{ending[1]}-{start[0]}".lower()
    divided = start[0][0].islower() and words[hyphenated] <= words[joined]
    return None if divided else ""

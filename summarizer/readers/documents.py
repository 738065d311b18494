"""What readers hand back, and what they are made with: paragraphs, days, places in the original."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Any, overload

from ..datatypes import Document, Marks
from ..errors import ReadError

GAP = "\n\n"
LINE_BREAKS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
# A part of a date in which two readings with different defaults differ was not in the text.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))
_LONGEST_DATE = 100
_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
# A day and a year, with the name of a month somewhere: all else would cost dateparser 50 ms.
_DAY_AND_YEAR = re.compile(r"(?<!\d)\d{1,2}(?!\d)\D{1,40}\d{4}(?!\d)|\d{4}\D{1,40}\d{1,2}(?!\d)")
_STRICT = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}


@dataclass(frozen=True, init=False)
class Documents(Sequence[Document]):
    """A sequence of the documents that were read, with a list of what could not be read.

    A slice keeps the whole list, so that no warning is lost.

    :param documents: The documents.
    :param skipped: One line for each file left out: its name and why. ``summarize`` repeats them
        in the summary's warnings.
    """

    documents: tuple[Document, ...]
    skipped: tuple[str, ...]

    def __init__(self, documents: Iterable[Document] = (), skipped: Iterable[str] = ()) -> None:
        object.__setattr__(self, "documents", tuple(documents))
        object.__setattr__(self, "skipped", tuple(skipped))

    def __len__(self) -> int:
        return len(self.documents)

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> "Documents": ...

    def __getitem__(self, place: int | slice) -> "Document | Documents":
        if isinstance(place, slice):
            return Documents(self.documents[place], self.skipped)
        return self.documents[place]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a document come from.

    ``most`` is how many documents may be made of them; ``column`` that of a table which holds the
    text.
    """

    id: str
    path: str | None
    most: int = 1
    column: str | None = None

    @property
    def name(self) -> str:
        """What to call it in an error."""
        return self.path or self.id


class Locator:
    """Finds places of one document; what stands before them is looked through once."""

    def __init__(self, document: Document) -> None:
        self._marks = document.marks if document.marks and document.marks.starts else None
        lines = "" if self._marks else document.text
        self._feeds, self._returns = (
            [found.start() for found in re.finditer(end, lines)] for end in "\n\r"
        )

    def where(self, offset: int) -> str:
        """Say where an offset is: ``page 3``, ``row 7``, ``00:12:31``, or ``line 12``."""
        marks = self._marks
        if marks is not None:
            place = max(bisect_right(marks.starts, offset) - 1, 0)
            return marks.names[place] if marks.names else f"{marks.kind} {marks.first + place}"
        feeds, returns = (bisect_left(ends, offset) for ends in (self._feeds, self._returns))
        return f"line {1 + (feeds or returns)}"


def starts_of(paragraphs: Iterable[str]) -> list[int]:
    """Return where each paragraph begins in the text that they make with empty lines between."""
    return [0, *accumulate(len(paragraph) + len(GAP) for paragraph in paragraphs)][:-1]


def document_of(paragraphs: Sequence[str], origin: Origin, **known: Any) -> Document:
    """Make a document of paragraphs, at least one; ``known`` are fields of ``Document``."""
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no text")
    marks = Marks("paragraph", tuple(starts_of(paragraphs)))
    fields = {"marks": marks, **known}
    return Document(id=origin.id, text=GAP.join(paragraphs), path=origin.path, **fields)


def with_rows_joined(paragraphs: Iterable[tuple[str, object]]) -> list[str]:
    """Join paragraphs in one row of a table, unless half of them or more are sentences."""
    joined: list[str] = []
    for _, group in groupby(paragraphs, key=lambda paragraph: id(paragraph[1])):
        texts, rows = zip(*group, strict=True)
        if rows[0] is None or 2 * sum(text.endswith(_STOPS) for text in texts) >= len(texts):
            joined += texts
        else:
            joined.append(" | ".join(texts))
    return joined


def one_line(text: object) -> str:
    """Return a text with single spaces for all white space; an empty string for no text."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def what_it_says(get: Callable[[], object]) -> str:
    """Return what a file says of itself in one line; an empty string where that is broken."""
    try:
        return one_line(get())
    except Exception:  # parsers raise whatever a damaged file leads them to
        return ""


@lru_cache(1 << 12)
def find_day(text: str) -> str | None:
    """Return the day that a date field names.

    :param text: E.g. ``2019-07-20T10:00Z``, ``20 July 2019``, ``20. Juli 2019`` or
        ``Sat, 20 Jul 2019 10:00 +0200``.
    :return: ``YYYY-MM-DD``; None without a whole date, or where day and month may be exchanged.
    """
    text = text.strip()
    iso = _ISO.match(text)
    if iso:
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        except ValueError:
            return None
    if not text or len(text) > _LONGEST_DATE:
        return None
    from dateutil import parser

    try:
        days = {
            parser.parse(text, default=default, dayfirst=day_first, ignoretz=True).date()
            for default in _DEFAULTS
            for day_first in (False, True)
        }
    except Exception:  # it passes on the errors of all that it tries
        days = _days_of_any_language(text)
    return days.pop().isoformat() if len(days) == 1 else None


def _days_of_any_language(text: str) -> set[date]:
    """Read a date with the name of a month in one of some 200 languages, by dateparser."""
    if not (_DAY_AND_YEAR.search(text) and any(letter.isalpha() for letter in text)):
        return set()
    import dateparser

    try:
        found = [
            dateparser.parse(text, settings={**_STRICT, "DATE_ORDER": order})
            for order in ("DMY", "MDY")
        ]
    except Exception:  # it passes on the errors of all that it tries
        return set()
    return {moment.date() for moment in found if moment is not None}


def as_superscript(text: str) -> str:
    """Return what is set above the line with raised digits, so that 10⁵ is not read as 105.

    Words, such as the end of ``4th``, stay as they are.
    """
    if any(letter.isdigit() for letter in text) or not any(letter.isalpha() for letter in text):
        return text.translate(_RAISED)
    return text.translate(_RAISED) if text.strip() in {"n", "i"} else text

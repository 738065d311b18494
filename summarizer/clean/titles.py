"""The headline of a document and its day of publication, where they are not given."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from ..text.dates import as_day, find_dates
from ..text.tokens import tokenize
from .paragraphs import PROSE_WORDS, Paragraph

_LEAST_TITLE_WORDS = 4
_TITLE_WORDS = 24
_CENTRED = 4
_LEAST_FIELDS = 3
_FIELD = re.compile(r":?[^\W\d_][\w -]{0,24}:\s")
_TITLE_FIELD = re.compile(r":?(?:title|titel|titre|título|titolo|subject)\s?:\s", re.IGNORECASE)


def find_headline(
    paragraphs: Sequence[Paragraph], first: int, last: int, *, page: bool
) -> int | None:
    """Find the headline: the first fragment above the body in its words, else the longest."""
    candidates = range(first)
    if first == 0 and _opens_with_headline(paragraphs, last):
        candidates = range(1)
    if not candidates:
        return None
    fields = _field_groups(paragraphs[: candidates.stop])
    subject = _Subject(paragraphs[first:last])
    longest, most = None, _LEAST_TITLE_WORDS - 1
    for number in candidates:
        paragraph = paragraphs[number]
        layout = paragraph.markup and not paragraph.text.startswith("#")
        if paragraph.group in fields:
            if _TITLE_FIELD.match(paragraph.text):
                return number
            continue
        if (
            paragraph.bullet
            or layout
            or paragraph.words > _TITLE_WORDS
            or find_date(paragraph.text)
        ):
            continue
        if paragraph.prose and not paragraph.text.endswith(("?", "!")):
            continue
        above = paragraphs[max(0, number - 1)]
        # On a page the credit of a photo stands right under its caption.
        if page and number and above.prose and above.group == paragraph.group:
            continue
        if subject.shares(paragraph):
            return number
        if paragraph.words > most:
            longest, most = number, paragraph.words
    return longest


def _field_groups(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Find groups of lines that are the fields of a document's head, in one or two columns."""
    groups: dict[int, list[bool]] = {}
    for paragraph in paragraphs:
        field = _FIELD.match(paragraph.text) or (paragraph.markup and paragraph.text[0].isalpha())
        groups.setdefault(paragraph.group, []).append(bool(field))
    return {group for group, own in groups.items() if sum(own) >= _LEAST_FIELDS}


def headline_text(paragraphs: Sequence[Paragraph], number: int) -> str:
    """Return a headline, with the lines of it above and below where it is centred.

    :param paragraphs: All paragraphs of a document.
    :param number: The one that ``find_headline`` found.
    """
    found = paragraphs[number]
    if _TITLE_FIELD.match(found.text):
        return found.text[found.text.index(":") + 1 :].strip(" \"'")
    lines = [found]
    for step in (-1, 1):
        place = number + step
        while (
            0 <= place < len(paragraphs)
            and paragraphs[place].group == found.group
            and min(paragraphs[place].indent, found.indent) >= _CENTRED
            and not (paragraphs[place].prose or paragraphs[place].markup)
        ):
            lines.insert(0 if step < 0 else len(lines), paragraphs[place])
            place += step
    whole = " ".join(line.text for line in lines)
    text = whole if len(whole.split()) <= _TITLE_WORDS else found.text
    return text.lstrip("#").strip(" *_")


class _Subject:
    """The words of a body, looked for no further than a headline needs."""

    def __init__(self, body: Iterable[Paragraph]) -> None:
        self._waiting = iter(body)
        self._words: set[str] = set()

    def shares(self, headline: Paragraph) -> bool:
        """Tell whether the body has two longer words of a line, and half of them."""
        words = _longer_words(headline)
        while True:
            shared = len(words & self._words)
            # Two words of a menu entry may stand in the body by chance; half a headline does not.
            if shared > 1 and shared >= 0.5 * len(words):
                return True
            paragraph = next(self._waiting, None)
            if paragraph is None:
                return False
            self._words |= _longer_words(paragraph)


def _longer_words(paragraph: Paragraph) -> set[str]:
    return {word for word in tokenize(paragraph.text) if len(word) > 3}


def _opens_with_headline(paragraphs: Sequence[Paragraph], last: int) -> bool:
    """Tell a headline with a question mark, or one above short paragraphs, from a sentence."""
    if last < 2:
        return False
    opening = paragraphs[0]
    alone = paragraphs[1].group != opening.group or opening.markup
    return (
        alone
        and (not opening.prose or opening.text.endswith("?"))
        and (opening.words < 2 * PROSE_WORDS < sum(p.words for p in paragraphs[1:last]))
    )


_MONTH = r"[^\W\d_]{3,10}\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?<!\d)(?:"
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}"
    r"|\d{1,2}([/.-])\d{1,2}\2\d{4}"
    rf"|\d{{1,2}}{_ORDINAL}\.?[\s-]+(?:de\s+)?{_MONTH},?[\s-]+(?:de\s+)?\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}{_ORDINAL},?\s+\d{{4}}"
    r")(?!\d)"
)
_DAY_OF_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
# Days on which an article was handed in or looked at, not published.
_OTHER_DAY = re.compile(
    r"\b(?:received|accepted|revised|submitted|accessed|retrieved|eingegangen|eingereicht|angenommen"
    r"|abgerufen|reçue?|acceptée?|soumis|recibido|aceptado|ricevuto|accettato|recebido|aceito)"
    r"\W*(?:\w{2,3}\W+)?$",
    re.IGNORECASE,
)
_BEFORE = 30
# A day and a month that differ in every part show which of them a parser had to make up.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def find_date(text: str, language: Callable[[], str] = lambda: "en") -> str | None:
    """Find a whole date in a line.

    :param text: A short line, e.g. a byline.
    :param language: Tells the language of its document; asked where English cannot read a date.
    :return: ``YYYY-MM-DD``; None without a date, or where day and month cannot be told apart.
    """
    for match in _DATE.finditer(text):
        day = _parse(match[0]) or _read(match[0], language())
        if day and not _OTHER_DAY.search(text, max(0, match.start() - _BEFORE), match.start()):
            return day
    return None


def find_day_of_name(name: str) -> str | None:
    """Find the day in the name of a file, such as ``20220126.txt`` and ``2022-01-26-outage.md``.

    :param name: A path or an id.
    :return: ``YYYY-MM-DD``, or None.
    """
    found = _DAY_OF_NAME.search(re.split(r"[\\/]", name)[-1])
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _read(text: str, language: str) -> str | None:
    """Read a date by the names and the habits of a language."""
    whole = next((found.parts for found in find_dates(text, language) if found.whole), None)
    day = "{:04}-{:02}-{:02}".format(*whole[:3]) if whole else None
    return day if as_day(day) else None


@lru_cache(maxsize=1024)
def _parse(text: str) -> str | None:
    from dateutil import parser

    try:
        read = {parser.parse(text, default=default).date() for default in _DEFAULTS}
        if not re.match(r"\d{4}", text):
            read.add(parser.parse(text, default=_DEFAULTS[0], dayfirst=True).date())
    except (ValueError, OverflowError):
        return None
    return read.pop().isoformat() if len(read) == 1 else None

"""The days, months and years that a text speaks of, resolved from the day it was published.

Names of months and weekdays come from the CLDR (babel) and from dateparser, words such as
"yesterday" and "last week" from dateparser, in every language that it knows. A sentence is looked
through once for these names and for digits, and only what is unmistakable is read: dateparser's own
search takes words such as "we" and "may" for dates, and forty times as long.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from .language import find_locale, language, stop_words
from .tokens import tokenize

# (year, month, day, weekday from Monday 0) as far as they are known.
Parts = tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What tells the year of a day without one.

    :param named: The day that the document named last with its year.
    :param published: The day of the document.
    :param issued: The days of documents on the same subject, ascending.
    """

    named: date | None = None
    published: date | None = None
    issued: Sequence[date] = ()

    def nearest(self, month: int, day: int, *, ahead: bool) -> date | None:
        """Return the day that is meant, None where nothing tells.

        :param ahead: Whether it is told as one that is to come.
        :raises ValueError: If there is no such day in one of the years in question.
        """
        for anchor in (self.named, self.published):
            if anchor:
                near = min(_around(anchor, month, day), key=lambda one: abs((one - anchor).days))
                if abs((near - anchor).days) <= _NEAR:
                    return near
        if not self.published:
            return None
        published = self.published
        if ahead:
            return min(one for one in _around(published, month, day) if one >= published)
        days = [
            one
            for one in _around(published, month, day)
            if one.year <= published.year or (one - published).days <= _FAR_AHEAD
        ]
        told = [one for one in days if self._is_news(one)]
        return min(told or days, key=lambda one: abs((one - published).days))

    def _is_news(self, day: date) -> bool:
        """Tell whether a document was published on a day or in the week behind it."""
        place = bisect_left(self.issued, day)
        return place < len(self.issued) and (self.issued[place] - day).days < _WEEK


def _around(anchor: date, month: int, day: int) -> list[date]:
    return [date(anchor.year + shift, month, day) for shift in (-1, 0, 1)]


# What tells that a day is to come: words of plans before it in its clause ...
PLANS = re.compile(
    r"\b(?:will|shall|planned|plans?|expect(?:ed|s)|scheduled|due|intends?|hopes?)\b|['’]ll\b", re.I
)
# ... or, right before it, that something lasts or is done until then.
_UNTIL = {
    code: re.compile(rf"\b(?:{words})\s+(?:\w{{2,3}}\s+)?$", re.I)
    for code, words in {
        "de": "bis",
        "en": "by|until|till",
        "es": "hasta",
        "fr": "d['’]ici|jusqu['’](?:à|au)",
        "it": "entro|fino a",
        "nl": "tot|uiterlijk",
        "pt": "até",
    }.items()
}
_HAD = re.compile(r"\bhad\b", re.I)
_CLAUSE = re.compile(r"[,;:(–—]")
_CLAUSE_LENGTH = 100
_FAR = 30
# Shorter names in dateparser's lists are common words in some languages, e.g. "die" and "mit".
_LEAST_NAME = 4
# A weekday is a day at most this many ahead: nobody calls tomorrow's one six days ago.
_AHEAD = 1
# A day without a year is of the year of the day named before if they are so near to each other.
_NEAR = 31
# Further ahead, a day of the next year is not written without it.
_FAR_AHEAD = 90
_WEEK = 7
# Names of months that mean something else where nothing shows that a month is meant.
_DOUBTFUL = frozenset({"may", "march", "mar", "mars", "mai", "mei"})
# English months in lower case are other words.
_VERBS = frozenset({"may", "march"})
# Where months have numbers for names, as in "ngày 5 tháng 3".
_NUMBERED = re.compile(r"[^\W\d_]{2,8} \d{1,2}(?!\d)")
# subtle: the vowel signs of Devanagari are not \w, yet belong to the word.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963])+|\d+")
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\s?)(\d{1,2})\2\s?(\d{1,2})(?!\d)")
_IN_FIGURES = re.compile(
    r"(?<![\d.,/-])(\d{1,2})\u200f?([./-])\s?(\d{1,2})\u200f?\2\s?(\d{4})(?![\d/-]|[.,]\d)"
)
_YEAR = re.compile(r"(?<![\d$€£¥.,:-])(?<![$€£] )(1[5-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)")
_YEAR_BEHIND = re.compile(
    r"(?<=[\w\u0900-\u0963])\.?,?(?:\s++|-)(?:(?:del?|năm)\s++)?(1[5-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)"
)
# Where the year comes first, a word or letter for it may stand behind it: "2024 m. kovo 5 d."
_YEAR_AHEAD = re.compile(r"(?<![\w.,/-])(1[5-9]\d\d|20\d\d)\.?(?:\s[^\W\d_]{1,5}\.?)?\s$")
# A year of another age, calendar or script, which no other may be put in the place of.
_OTHER_YEAR = re.compile(r"\.?,?\s{1,3}\d{3,4}(?![\d%]|[.,:]\d)")
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|until|during|from|of|year|en|depuis|seit|im)\s+$", re.I
)
# Days before or behind a month; of a range, e.g. "3–5 May" and "May 3-5", both ends.
_DAY_BEFORE = re.compile(
    r"(?<![\d.,:/$€£-])(\d{1,2})(?:(?:st|nd|rd|th|\.)?\s?[-–—]\s?(\d{1,2}))?"
    r"(?:st|nd|rd|th|er|º|\.)?(?:\s+|-)(?:of\s+|de\s+|d['’])?$",
    re.I,
)
_DAY_BEHIND = re.compile(
    r"(?<=[\w\u0900-\u0963])\.?\s++(?:the\s++)?(\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–—]\s?(\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?![\d%]|[.,:/]\d)",
    re.I,
)
# What may stand between a weekday and the day that it is, e.g. "Friday, the 3rd of May".
_BETWEEN = re.compile(r"[,(（]?\s*(?:[^\W\d_]{2,3}\s+)?")
# What may stand between a day and the longer time that it is of, e.g. "3 May of last year".
_OF = re.compile(r",?\s+(?:o[fn]\s+)?|\s+(?:d[^\W\d_]{1,2}|van)\s+")
# How dateparser names a time that depends on the day, e.g. "1 week ago" and "in 2 day".
_UNIT = re.compile(r"(in )?(\d{1,6}|\\1) (day|week|month|year)( ago)?")
# What tells last week, this week and next week apart tells weekdays apart, too.
_SIDES = (("1 {} ago", -1), ("0 {} ago", 0), ("in 1 {}", 1))
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\s++$")
_WORD_BEHIND = re.compile(r"(?<!\s)\s++([^\W\d_]+)")
_AMOUNT = re.compile(r"\([^()]*\)")


_DAY_OF_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
# Days on which an article was handed in or looked at, not published.
_OTHER_DAY = re.compile(
    r"\b(?:received|accepted|revised|submitted|accessed|retrieved|eingegangen|eingereicht|angenommen"
    r"|abgerufen|reçue?|acceptée?|soumis|recibido|aceptado|ricevuto|accettato|recebido|aceito)"
    r"\W*(?:\w{2,3}\W+)?$",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"\d{4}")
# A dateline is so long at most; before and behind its day are names, an agency, a time and a dash.
_HEAD = 120
_NAMES = (
    r"[^\W\d_a-zß-öø-ÿ][^\s()\d.:;!?\"“]*(?:\s(?:\|\s)?[^\W\d_a-zß-öø-ÿ][^\s()\d.:;!?\"“]*){0,5}"
)
_AGENCY = r"\([^()\d]{2,40}\)"
# Agencies are in capitals, but for short ones such as dpa and ots; so long with the brackets.
_SHORT_AGENCY = 5
_BEFORE_DAY = re.compile(
    rf"\A(?P<place>{_NAMES})?(?:\s?(?P<agency>{_AGENCY})|(?P<within>\([^()\d]{{2,30}}))?[\s,.|–—-]{{0,5}}"
)
_BEHIND_DAY = re.compile(
    rf"\A(?:(?P<closed>\))"
    rf"|[^.;!?()]{{0,40}}?(?:\s?(?P<agency>{_AGENCY})(?=[\s.:–—-])|\.?\s?[–—]|\s-|\.-))"
)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that name a day, a month or a year.

    :param start: The offset of the first of them in the sentence.
    :param end: The offset after the last.
    :param parts: (year, month, day, weekday from Monday 0), as far as they are known.
    :param until: The last day of a range within a month, e.g. 5 of ``3–5 May``; None for one day.
    :param whole: Whether it gives a day with its year.
    :param side: Of a weekday, whether it is the last (-1), the next (1) or that of the week (0), as
        in ``last Friday``; None where nothing says so.
    """

    start: int
    end: int
    parts: Parts
    until: int | None = None
    whole: bool = False
    side: int | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that speak of a day or of a longer time.

    :param start: The offset of the first of them in the sentence.
    :param end: The offset after the last.
    :param first: The first day meant.
    :param last: The last day meant; the same for a single day.
    :param whole: Whether it gives a day with its year.
    """

    start: int
    end: int
    first: date
    last: date
    whole: bool = False


def as_day(text: str | None) -> date | None:
    """Return a day written ``YYYY-MM-DD``; None where it is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def find_date(text: str, language: Callable[[], str] = lambda: "en") -> str | None:
    """Find a whole date in a line.

    :param text: A short line, e.g. a byline.
    :param language: Tells the language of its document; English is read in all of them.
    :return: ``YYYY-MM-DD``; None without a date, or where day and month cannot be told apart.
    """
    return next((day for day, _, _ in whole_days(text, language)), None)


def find_dateline(text: str, language: Callable[[], str]) -> str | None:
    """Find the day in the head of a report, beside a place in capitals or an agency in brackets.

    Such heads are "LINDERA, 12 de mayo de 2024 (EFE).- …", "BERLIN, 3. Juni 2023 – …" and
    "(Reuters, 4 May 2023) …".

    :param text: The first paragraph of a report.
    :param language: Tells its language.
    :return: ``YYYY-MM-DD``; None without a whole date in such a head.
    """
    for day, start, end in whole_days(text[:_HEAD], language):
        before, behind = _BEFORE_DAY.fullmatch(text, 0, start), _BEHIND_DAY.match(text[end:])
        if before and behind and (behind["closed"] or _opens(text[end + behind.end() :], language)):
            place = (before["place"] or "").partition(" ")[0].strip(",.")
            capitals = len(place) > 2 and place.isupper()
            name = (before["agency"] or behind["agency"] or "").strip()
            agency = name.isupper() or (name.islower() and len(name) <= _SHORT_AGENCY)
            stops = stop_words(language())
            if before["within"] and behind["closed"]:
                return day
            if not behind["closed"] and (capitals or (agency and place.casefold() not in stops)):
                return day
    return None


def _opens(text: str, language: Callable[[], str]) -> bool:
    """Tell whether a report opens behind the dash, not a remark or the end of a span of days."""
    report = text[:_HEAD].lstrip(" \xa0.:–—-")
    first = next(filter(str.isalnum, report), "")
    return not first.islower() and all(start for _, start, _ in whole_days(report, language))


def whole_days(text: str, language: Callable[[], str]) -> Iterator[tuple[str, int, int]]:
    """Yield the whole dates of a short text, ``YYYY-MM-DD``, and where each starts and ends."""
    for code in dict.fromkeys((language(), "en")) if _FOUR_DIGITS.search(text) else ():
        for found in find_dates(text, code, dotted=True):
            before = max(0, found.start - _FAR)
            if found.whole and not _OTHER_DAY.search(text, before, found.start):
                day = "{:04}-{:02}-{:02}".format(*found.parts[:3])
                if as_day(day):
                    yield day, found.start, found.end


def find_day_of_name(name: str) -> str | None:
    """Find the day in the name of a file, such as ``20220126.txt`` and ``2022-01-26-outage.md``.

    :param name: A path or an id.
    :return: ``YYYY-MM-DD``, or None.
    """
    found = _DAY_OF_NAME.search(re.split(r"[\\/]", name)[-1])
    day = as_day("-".join(found.groups())) if found else None
    return day.isoformat() if day else None


def find_mentions(
    text: str,
    language: str,
    published: date | None,
    named: date | None = None,
    issued: Sequence[date] = (),
) -> list[Mention]:
    """Find what a sentence says of when, as stretches of days.

    A weekday is the one in the five days before the day of publication, on it or behind it, but for
    words such as "last Friday" and plans ("will open on Friday", "by Friday"), which are of the
    next; a day without a year is within a month of the day named before or of the day of
    publication, or else, of a plan, the next, and of all else one on which or soon after which
    other documents were published, or the nearest, but not far ahead in the next year; a month
    without a year is the last that has begun, of a plan the next. Without a day of publication,
    only what gives its year is found, and days soon after it.

    :param text: The sentence.
    :param language: Its BCP 47 code; dates in figures are read in every language.
    :param published: The day of its document.
    :param named: The day that the document named last with its year.
    :param issued: The days of documents on the same subject, ascending.
    :return: The mentions in their order, without overlap.
    """
    relative = list(_relative(text, language, published)) if published else []
    found: list[Mention] = []
    before: DateExpression | None = None
    for expression in find_dates(text, language, published, named, issued):
        mention = _resolve(expression, published)
        for longer in relative:
            mention = mention and _beside(text, expression, mention, longer)
        if mention is None:
            continue
        if before and found and _BETWEEN.fullmatch(text, before.end, expression.start):
            one, other = before.parts, expression.parts
            if one[:3] == (None, None, None) and other[2]:
                mention = replace(mention, start=found.pop().start)
            elif one[2] and other[:3] == (None, None, None) and one[3] == other[3]:
                continue
        before = expression
        found.append(mention)
    return sorted([*relative, *found], key=lambda mention: mention.start)


def _beside(
    text: str, expression: DateExpression, found: Mention, other: Mention
) -> Mention | None:
    """Return a day as a longer time beside it means it; None where it is of that or unknown."""
    if found.start < other.end and other.start < found.end:
        return None
    left, right = sorted((found, other), key=lambda one: one.start)
    # As in "On Monday last year's budget was passed".
    owning = right is other and text.startswith(("'s", "’s"), other.end)
    apart = other.first == other.last or not _OF.fullmatch(text, left.end, right.start)
    if found.whole or owning or apart or other.first <= found.first <= other.last:
        return found
    # As in "3 May last year" and "Monday of last week"; "Monday last year" names no day.
    _, month, day, weekday = expression.parts
    if not month and other.last - other.first >= timedelta(_WEEK):
        return None
    parts = (other.first.year if month else None, month, day, weekday)
    plain = replace(expression, parts=parts, side=-1, ahead=False)
    fitted = _resolve(plain, other.last + timedelta(1))
    return fitted if fitted and other.first <= fitted.first <= fitted.last <= other.last else None


def find_dates(
    text: str,
    language: str,
    published: date | None = None,
    named: date | None = None,
    issued: Sequence[date] = (),
    *,
    dotted: bool = False,
) -> Iterator[DateExpression]:
    """Find weekdays, months, days of a month and years, in their order.

    :param text: A sentence.
    :param language: Its BCP 47 code.
    :param published: The day of its document, which tells the year of a day.
    :param named: The day that the document named last with its year, which tells it sooner.
    :param issued: The days of documents on the same subject, ascending, which tell it, too.
    :param dotted: Whether "2023.3.4" is a day; in a sentence it is a version.
    """
    anchors = Anchors(named, published, issued)
    weekdays, months = _names(language)
    short = _abbreviations(language)
    numbered = any(name[-1].isdigit() for name in months)
    if unspaced := _unspaced(language):
        written = list(_without_blanks(text, unspaced, weekdays, anchors))
        figures = (_figures(text, m.start(), language, dotted=dotted) for m in _ISO.finditer(text))
        yield from sorted([*written, *filter(None, figures)], key=lambda one: one.start)
        return
    end = 0
    for match in _WORD.finditer(text):
        if match.start() < end:
            continue
        if numbered:
            match = _NUMBERED.match(text, match.start()) or match
        word = match[0].casefold()
        found: DateExpression | None = None
        if word in weekdays:
            found = _weekday(text, match, end, weekdays[word], language)
        elif number := months.get(word) or short.get(word):
            found = _month(text, match, end, number, language, anchors)
        elif word[0].isdigit():
            found = _figures(text, match.start(), language, dotted=dotted)
        if found:
            # A day stands before its month; a weekday before it is no part of it.
            end = found.end
            yield found


def _figures(text: str, start: int, language: str, *, dotted: bool) -> DateExpression | None:
    """Read a date that starts with digits: a whole one, or a year behind a word such as "in"."""
    if iso := _ISO.match(text, start):
        month, day = int(iso[4]), int(iso[5])
        written = dotted or iso[2] != "." or iso[3] or len(iso[4] + iso[5]) == 4
        if written and 1 <= month <= 12 and 1 <= day <= 31:
            parts = _completed(int(iso[1]), month, day)
            return DateExpression(*iso.span(), parts, whole=True)
    if figures := _IN_FIGURES.match(text, start):
        day, month = int(figures[1]), int(figures[3])
        # Which of both is the day differs among those who write English.
        if language == "en" and day != month and max(day, month) <= 12:
            return None
        if month > 12:
            day, month = month, day
        return DateExpression(*figures.span(), _completed(int(figures[4]), month, day), whole=True)
    year = _YEAR.match(text, start)
    if year and _BEFORE_YEAR.search(text, max(start - _FAR, 0), start):
        return DateExpression(*year.span(), (int(year[1]), None, None, None))
    return None


def _weekday(text: str, name: re.Match[str], least: int, number: int, code: str) -> DateExpression:
    """Read a weekday with the word beside it that says which one, e.g. "last Friday"."""
    start, end = name.span()
    (sides, follow), stem = _sides(code), language(code).stem
    before = _WORD_BEFORE.search(text, max(least, start - _FAR), start)
    behind = _WORD_BEHIND.match(text, end)
    for beside in (before, behind if follow else None):
        word = beside[1].casefold() if beside else ""
        side = sides.get((word[:3], stem(word)))
        # Behind a weekday, "this" and its like begin something else.
        if beside and side is not None and (side or beside is before):
            start, end = min(start, beside.start(1)), max(end, beside.end(1))
            return DateExpression(start, end, (None, None, None, number), side=side)
    # Of "from Monday until Friday", both are past or both to come.
    ahead = not (least and start - least < _FAR) and _is_ahead(text, start, code)
    return DateExpression(start, end, (None, None, None, number), ahead=ahead)


def _is_ahead(text: str, start: int, code: str) -> bool:
    """Tell whether a day is told as one that is to come."""
    first = max(start - _CLAUSE_LENGTH, 0)
    clause = _CLAUSE.split(text[first:start])[-1]
    until = code in _UNTIL and _UNTIL[code].search(clause) is not None
    had = _HAD.search(text, first, start + _CLAUSE_LENGTH) is not None
    return (until and not had) or (code == "en" and PLANS.search(clause) is not None)


def _month(
    text: str, month: re.Match[str], least: int, number: int, code: str, anchors: Anchors
) -> DateExpression | None:
    """Read a month with the day and the year beside it."""
    start, end = month.span()
    day: int | None = None
    until: int | None = None
    before = _DAY_BEFORE.search(text, max(least, start - _FAR), start)
    behind = _DAY_BEHIND.match(text, end)
    if before and 1 <= int(before[1]) <= 31:
        day, start = int(before[1]), before.start(1)
        until = int(before[2]) if before[2] else None
    elif behind and 1 <= int(behind[1]) <= 31:
        day, end = int(behind[1]), behind.end()
        until = int(behind[2]) if behind[2] else None
    year = _YEAR_BEHIND.match(text, end)
    if year:
        end = year.end()
    elif _OTHER_YEAR.match(text, end):
        return None
    elif _year_first(code):
        year = _YEAR_AHEAD.search(text, max(least, start - _FAR), start)
        start = year.start() if year else start
    name = month[0].casefold()
    doubtful = name in _DOUBTFUL or len(name) == 3
    if code == "en" and month[0] in _VERBS:
        return None
    if name in _abbreviations(code) and not (day and year):
        return None
    if day is None and year is None and doubtful and not (month[0][0].isupper() and start):
        return None
    ahead = _is_ahead(text, start, code)
    parts = _completed(int(year[1]) if year else None, number, day, anchors, ahead=ahead)
    return DateExpression(start, end, parts, until, whole=bool(year and day), ahead=ahead)


def _without_blanks(
    text: str, pattern: re.Pattern[str], weekdays: Mapping[str, int], anchors: Anchors
) -> Iterator[DateExpression]:
    """Find dates where words are not set apart, e.g. 2010年5月3日."""
    for match in pattern.finditer(text):
        year, month, day, alone, weekday = match.groups()
        if weekday:
            yield DateExpression(*match.span(), (None, None, None, weekdays[weekday.casefold()]))
            continue
        years, months, days = (int(part) if part else None for part in (year or alone, month, day))
        if not months or months <= 12:
            parts = _completed(years, months, days, anchors)
            yield DateExpression(*match.span(), parts, whole=bool(years and days))


def _completed(
    year: int | None,
    month: int | None,
    day: int | None,
    anchors: Anchors = Anchors(),
    *,
    ahead: bool = False,
) -> Parts:
    """Fill in the year of a day, by the first anchor that it is near enough to, and its weekday."""
    weekday = None
    try:
        if month and day:
            if year is None and (nearest := anchors.nearest(month, day, ahead=ahead)):
                year = nearest.year
            if year:
                weekday = date(year, month, day).weekday()
    except ValueError:  # 30 February, or a 29th in no leap year
        pass
    return year, month, day, weekday


def _resolve(expression: DateExpression, published: date | None) -> Mention | None:
    """Return the days that an expression means; None where they do not follow from it."""
    year, month, day, weekday = expression.parts
    try:
        if year and month and day:
            first = date(year, month, day)
            last = date(year, month, max(expression.until or day, day))
        elif month and not day and (year or published):
            if not year and published:
                if expression.ahead:
                    year = published.year + (month < published.month)
                else:
                    year = published.year - (month > published.month)
            first, last = _whole_month(12 * (year or 0) + month - 1)
        elif year and not month:
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif weekday is not None and published:
            behind = published.weekday() - weekday
            if expression.ahead:
                behind = -(-behind % 7)
            elif expression.side is None:
                behind = (behind + _AHEAD) % 7 - _AHEAD
            elif expression.side:
                behind = (behind - 1) % 7 + 1 if expression.side < 0 else behind % 7 - 7
            first = last = published - timedelta(behind)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return Mention(expression.start, expression.end, first, last, expression.whole)


def _whole_month(number: int) -> tuple[date, date]:
    """Return the first and the last day of a month, counted from January of the year 0."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _relative(text: str, language: str, today: date) -> Iterator[Mention]:
    """Find words such as "yesterday", "last week" and "two days ago"."""
    pattern, meanings, numerals = _phrases(language)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        assert match.lastgroup
        # "Morgen" in the middle of a German sentence is the morning, not tomorrow.
        if language == "de" and match.start() and match[0][0].isupper():
            continue
        place = int(match.lastgroup[1:])
        key = meanings[place]
        amount = match.groupdict().get(f"n{place}")
        if amount is not None:
            key = key.replace("\\1", numerals.get(amount.casefold(), amount))
        try:
            first, last = _meant(key, today)
        except (OverflowError, ValueError):
            continue
        yield Mention(*match.span(), first, last)


def _meant(key: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of what dateparser calls e.g. ``1 week ago``."""
    unit = _UNIT.fullmatch(key)
    assert unit, key
    amount = int(unit[2]) * (1 if unit[1] else -1)
    if unit[3] == "day":
        first = last = today + timedelta(amount)
    elif unit[3] == "week":
        first = today + timedelta(7 * amount - today.weekday())
        last = first + timedelta(6)
    elif unit[3] == "month":
        first, last = _whole_month(12 * today.year + today.month - 1 + amount)
    else:
        first, last = date(today.year + amount, 1, 1), date(today.year + amount, 12, 31)
    return first, last


@cache
def _phrases(language: str) -> tuple[re.Pattern[str] | None, list[str], dict[str, str]]:
    """Return what finds words that depend on the day, what they mean, and amounts in words."""
    data = _dateparser(language)
    numerals = {
        word: number
        for pair in data.get("simplifications") or []
        for word, number in pair.items()
        if word.isalpha() and number.isdigit()
    }
    number = "|".join([r"\d{1,3}", *sorted(numerals, key=len, reverse=True)])
    wanted: dict[str, str] = {}
    twice: set[str] = set()
    for key, phrases in (data.get("relative-type") or {}).items():
        if _UNIT.fullmatch(key):
            for phrase in phrases:
                escaped = re.escape(phrase.casefold())
                # Some words mean both yesterday and tomorrow.
                if wanted.setdefault(escaped, key) != key:
                    twice.add(escaped)
    for key, phrases in (data.get("relative-type-regex") or {}).items():
        if _UNIT.fullmatch(key):
            for phrase in phrases:
                if phrase.count("(") == 1:
                    wanted[_AMOUNT.sub("\0", phrase)] = key
    for pair in data.get("simplifications") or []:
        for phrase, plain in pair.items():
            key = wanted.get(plain.split(" ")[0], "")
            if _UNIT.fullmatch(key) and " day" in key and " " in plain:
                wanted[phrase] = key
    chosen = [(phrase, key) for phrase, key in wanted.items() if phrase not in twice]
    chosen.sort(key=lambda pair: -len(pair[0]))
    if not chosen:
        return None, [], {}
    bounds = ("", "") if data.get("no_word_spacing") else (r"(?<!\w)", r"(?!\w)")
    # Groups g0, g1, … are kinds of such words, n0, n1, … the amounts in them.
    alternatives = (
        f"(?P<g{place}>{phrase.replace(chr(0), f'(?P<n{place}>{number})')})"
        for place, (phrase, _) in enumerate(chosen)
    )
    pattern = re.compile(f"{bounds[0]}(?:{'|'.join(alternatives)}){bounds[1]}", re.I)
    return pattern, [key for _, key in chosen], numerals


@cache
def _sides(code: str) -> tuple[dict[tuple[str, str], int], bool]:
    """Return what says last (-1), this (0) or next (1) of weeks, months and years.

    Words are told by their beginning and stem: that of "nächste" alone is "nach", too. The second
    is whether such a word stands behind what it belongs to, as in "lundi dernier".
    """
    relative = _dateparser(code).get("relative-type") or {}
    stem = language(code).stem
    phrases = [
        (side, words)
        for key, side in _SIDES
        for unit in ("week", "month", "year")
        for phrase in relative.get(key.format(unit)) or []
        if (words := tokenize(phrase))
    ]
    found = defaultdict[tuple[str, str], set[int]](set)
    for side, words in phrases:
        for word in words:
            if len(word) >= _LEAST_NAME:
                found[word[:3], stem(word)].add(side)
    sides = {word: of.pop() for word, of in found.items() if len(of) == 1}
    return sides, any(sides.get((last[:3], stem(last))) for _, (*_, last) in phrases)


@cache
def _names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the numbers of the names of weekdays and of months in a language."""
    # English is not inflected, and summaries of it need not wait for dateparser.
    data = _dateparser(language) if language != "en" else {}
    weekdays: dict[str, int] = {}
    months: dict[str, int] = {}
    for names, field in ((weekdays, "days"), (months, "months")):
        for number, key in getattr(find_locale("en"), field)["format"]["wide"].items():
            given = data.get(key.lower()) or []
            names |= {name.casefold(): number for name in given if len(name) >= _LEAST_NAME}
        for context in ("stand-alone", "format"):
            own = getattr(find_locale(language), field, {context: {"wide": {}}})[context]["wide"]
            names |= {name.casefold(): number for number, name in own.items()}
    if language == "en":
        for number, name in find_locale("en").months["format"]["abbreviated"].items():
            months[name.casefold().rstrip(".")] = number
        months["sept"] = 9
    return weekdays, months


@cache
def _abbreviations(language: str) -> dict[str, int]:
    """Return the numbers of the short names of months that are no long ones; they may be words."""
    locale, months = find_locale(language), _names(language)[1]
    forms = () if locale is None else ("stand-alone", "format")
    short = {
        name.casefold().rstrip("."): number
        for form in forms
        for number, name in locale.months[form]["abbreviated"].items()
    }
    return {name: number for name, number in short.items() if name not in months}


@cache
def _year_first(language: str) -> bool:
    """Tell whether the year stands before the month, as in "2024. március 5." (CLDR)."""
    locale = find_locale(language)
    return locale is not None and locale.date_formats["long"].pattern.startswith("y")


@cache
def _unspaced(language: str) -> re.Pattern[str] | None:
    """Return what finds dates such as 2010年5月3日, None where words are set apart by blanks."""
    locale = find_locale(language)
    if locale is None:
        return None
    behind = re.search(r"\d(\D)$", locale.months["format"]["abbreviated"][5])
    whole = re.fullmatch(r"y(\D)\s?M+(?:\D)?\s?d(\D)", locale.date_formats["long"].pattern)
    if not (behind and whole):
        return None
    weekdays = "|".join(map(re.escape, sorted(_names(language)[0], key=len, reverse=True)))
    year, month, day = (
        rf"(\d{{4}})\s?{whole[1]}",
        rf"(\d{{1,2}})\s?{behind[1]}",
        rf"(\d{{1,2}})\s?{whole[2]}",
    )
    return re.compile(
        rf"(?<!\d)(?:(?:{year}\s?)?(?:{month}(?:\s?{day})?)|{year})|({weekdays})", re.I
    )


@cache
def _dateparser(language: str) -> Mapping[str, Any]:
    """Return what dateparser knows of a language; nothing where it does not know it."""
    if not language.isalpha():
        return {}
    try:
        module = import_module(f"dateparser.data.date_translation_data.{language}")
    except ImportError:
        return {}
    data: Mapping[str, Any] = module.info
    return data

"""Days and dates in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_ENGLISH_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
)
# Names of months that mean something else where nothing shows that a month is meant.
_DOUBTFUL = frozenset({"may", "march", "mar", "mars", "mai", "mei"})
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
# A year stands alone: not "1,969", not "1969 people" nor "$1969".
_YEAR = re.compile(r"(?<![\d$€£¥.,:-])(?<![$€£] )(1[5-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)")
_YEAR_BEHIND = re.compile(r",?\s+(1[5-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)")
_DAY_BEHIND = re.compile(r"\.?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[.,:/]\d)", re.I)
_DAY_BEFORE = re.compile(
    r"(?<![\d.,:/$€£-])(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?$", re.I
)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|until|during|from|of|year|en|depuis|seit|im|desde|nel|em)\s+"
    r"|(?:1[5-9]|20)\d\d\s+(?:to|and|or)\s+|\()$",
    re.I,
)
# So far in front of a month or a year words belong to it.
_FAR = 40


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as a text gives it; parts that it does not give are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def _parts(self) -> tuple[int | None, int | None, int | None]:
        return self.year, self.month, self.day

    def contradicts(self, other: "Day") -> bool:
        """Tell whether a part that both give is another one."""
        pairs = zip(self._parts, other._parts, strict=True)
        return any(one != two for one, two in pairs if one is not None and two is not None)

    def covers(self, other: "Day") -> bool:
        """Tell whether another gives every part of this one alike."""
        pairs = zip(self._parts, other._parts, strict=True)
        return all(one is None or one == two for one, two in pairs)


@dataclass(frozen=True)
class Calendar:
    """The names of weekdays and months of a language.

    :param days: The place in the week of each name, case-folded.
    :param months: The number of each name, 1 to 12.
    """

    days: dict[str, int]
    months: dict[str, int]

    @staticmethod
    @cache
    def of(language: str) -> "Calendar":
        """Return those of a language, by its code (CLDR's); none for an unknown one."""
        if language in {"", "en"}:
            days = _ENGLISH_DAYS.split() if language else []
            months = _ENGLISH_MONTHS.split() if language else []
            short = {name[:3]: number for number, name in enumerate(months, 1)}
            short |= {"sept": 9} if language else {}
        else:
            days, months = _names(language)
            short = {}
        return Calendar(
            {name: number for number, name in enumerate(days)},
            short | {name: number for number, name in enumerate(months, 1)},
        )

    def find(self, text: str) -> Iterator[tuple[int, int, Day | None, tuple[str, int]]]:
        """Yield start, end and day of each date, or which day of the week it is."""
        words = {word.casefold() for word in _WORD.findall(text)}
        named = not (words.isdisjoint(self.days) and words.isdisjoint(self.months))
        if not named and not _YEAR.search(text):
            return
        end = 0
        for match in _WORD.finditer(text):
            word = match[0].casefold()
            if match.start() < end:
                continue
            if word in self.days:
                yield *match.span(), None, ("weekday", self.days[word])
            elif word in self.months:
                found = self._date(text, match, end)
                if found:
                    end = found[1]
                    yield *found, ("", 0)
            elif len(word) == 4 and (year := _YEAR.match(text, match.start())):
                iso = _ISO.match(text, match.start())
                if iso:
                    end = iso.end()
                    yield *iso.span(), Day(*map(int, iso.groups())), ("", 0)
                elif _BEFORE_YEAR.search(text, max(match.start() - _FAR, 0), match.start()):
                    yield *year.span(), Day(int(year[1])), ("", 0)

    def _date(self, text: str, month: re.Match[str], least: int) -> tuple[int, int, Day] | None:
        start, end = month.span()
        day: int | None = None
        behind = _DAY_BEHIND.match(text, end)
        before = _DAY_BEFORE.search(text, max(least, start - _FAR), start)
        if before and 1 <= int(before[1]) <= 31:
            day, start = int(before[1]), before.start(1)
        elif behind and 1 <= int(behind[1]) <= 31:
            day, end = int(behind[1]), behind.end()
        written = re.compile(r"\.?").match(text, end)
        year = _YEAR_BEHIND.match(text, written.end() if written else end)
        if year:
            end = year.end()
        capital = month[0][0].isupper() and month.start() > 0
        doubtful = month[0].casefold() in _DOUBTFUL or len(month[0]) == 3
        if day is None and year is None and (doubtful and not capital):
            return None
        number = self.months[month[0].casefold()]
        return start, end, Day(int(year[1]) if year else None, number, day)


def _names(language: str) -> tuple[list[str], list[str]]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_day_names, get_month_names

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return [], []
    days = get_day_names("wide", locale=locale)
    months = get_month_names("wide", locale=locale)
    return (
        [days[number].casefold() for number in range(7)],
        [months[number].casefold() for number in range(1, 13)],
    )

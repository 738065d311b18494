"""Numbers in a text, in digits and in words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, Literal

from .quantities import BOUNDS, Bound, Quantity

NumberKind = Literal["number", "label", "percent", "money", "age", "ordinal", "time"]

# What text2num reads.
_SPELT = frozenset({"en", "fr", "es", "pt", "de", "nl", "da", "it"})
_ALPHANUMERIC = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[^\W_]+|[\W_]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DIGITS = re.compile(
    r"(?<![^\W_])(\d{1,2}:\s\d{2}(?=\s?[ap]\.?m)|\d++(?:[.,:]\d++)*+)"
    r"(?:(st|nd|rd|th)|(s))?(?![^\W\d_]|\d)"
    r"|(?<![^\W_])(\d++(?:[.,]\d++)*+)(?=[^\W\d_])"
)
# Numbers behind these are names.
_NAMED_BY = re.compile(
    r"\b(?:stage|flight|room|chapter|section|page|number|no|route|highway|interstate|phase|game|"
    r"episode|season|article|part|version|volume|act|week|day|district|apollo|block|image)\b\.?\s*#?$"
    r"|\d\s+of\s*/?\s*$",
    re.IGNORECASE,
)
# So is one that stands behind a word with a capital, but "Then 12 men" and "in Rome 12 men" count.
_CAPITAL = re.compile(r"(?:^|(?<=[\s(\"'“‘]))([^\W\d_]{3,})\s$")
_COUNTING = re.compile(
    r"(?:then|but|and|now|yet|still|only|just|all|the|these|those|another|about|around|some|over|"
    r"under|for|with|when|while|after|before|since|until|between|within|from|every|last|next|first|"
    r"today|yesterday|meanwhile|among|nearly|almost|than|out|that|there|here|his|her|its|their|our|"
    r"age|aged|top|total|both|other|more|least|most|less|fewer|plus|per|\w+ly|\w+day)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?:[a-z]+\s+)?(?:[a-z]+s|people|men|women|children|percent|per)\b")
_VAGUE = re.compile(r"\b(?:couple|few|several|many)(?:\s+of)?\s+$", re.IGNORECASE)
_FRACTION = re.compile(r"[\s-](?:half|halves|thirds?|quarters?|fourths?|fifths?)\b", re.IGNORECASE)
# Set apart behind a name, a number is an age.
_APART = re.compile(r"\s?,")
_COMMA = re.compile(r"[^\W\d_]\s?,\s?$")
_OLDEST = 110
# Longer rows of digits are no numbers of anything.
_LARGEST = 1e30
# No number is spelt in a longer word, be it German.
_LONGEST = 64
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CLOCK = re.compile(r"(\d{1,2}):\s?(\d{2})(?::\d{2})?$")
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "dozen": 12.0,
}  # fmt: skip
_SCALE = re.compile(
    r"[\s-]*(hundred|thousand|million|billion|trillion|bn|dozen)\b|(bn|[mbk])\b", re.I
)
_DOZEN = re.compile(r"\b(half\s+(?:a\s+)?)?(?:a\s+)?dozen\b", re.I)
_HALF = re.compile(r"\s+and\s+a\s+half\b|½", re.I)
_PERCENT = re.compile(
    r"\s*(?:%|per\s?cent\b|percent\b|percentage\b|pour cent\b|prozent\b|por ciento\b)", re.I
)
_MONEY_BEFORE = re.compile(r"(?:\b(?:US|C|A|NZ|HK)?\s?([$€£¥])|\b(USD|EUR|GBP)|([$€£¥]))\s?$")
_MONEY_BEHIND = re.compile(
    r"\s*(?:(US|U\.S\.)\s+)?(dollars?|euros?|pounds sterling|[€£]|cents?)(?!\w)", re.I
)
_AGE = re.compile(r"[\s-]*(?:years?|months?|weeks?|days?)[\s-]*old\b", re.I)
_TIME = re.compile(r"\s*(?:([ap])\.?m\b|o['’]clock\b)", re.I)
_RANGE = re.compile(r"\s*(?:-|–|—|to|and|or|bis|à|a)\s*$", re.I)
_DASH = re.compile(r"\s*[-–—]\s*$")
_CURRENCIES = {
    "dollar": "$",
    "euro": "€",
    "pound": "£",
    "cent": "¢",
    "usd": "$",
    "eur": "€",
    "gbp": "£",
}
_BEFORE = re.compile(r"[^\W\d_]+")
_MOST_BEFORE = 3
# From this minute of the day on, hours are counted to 24.
_AFTERNOON = 780
# So far back a number is looked around; a sentence may be as long as a book.
_FAR = 30

Found = tuple[NumberKind, int, int, Quantity, str]


def find_quantities(text: str, language: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield kind, start, end, number and unit of each number.

    :param text: A sentence.
    :param language: The code of its language; in other than eight, digits alone are read.
    :param taken: The (start, end) of dates, in which numbers are none.
    """
    raw = [
        one
        for one in sorted([*_in_digits(text, language), *_in_words(text, language)])
        if not any(one[0] < end and start < one[1] for start, end in taken)
    ]
    found: list[Found] = []
    end = -1
    for start, stop, value, place, ordinal in raw:
        if start < end or _FRACTION.match(text, stop) or _VAGUE.search(text, _back(start), start):
            continue
        named = language == "en" and _named(text, start, stop)
        one = _described(text, start, stop, value, place, ordinal=ordinal, named=named)
        end = one[2]
        found.append(one)
    yield from _with_range_units(text, found)


def _in_digits(text: str, language: str) -> Iterator[tuple[int, int, float, float, bool]]:
    for match in _DIGITS.finditer(text):
        digits = match[1] or match[4]
        if match[3]:  # "the 80s" are no number
            continue
        start = match.start()
        stop = start + len(digits)
        clock = _CLOCK.match(digits)
        if clock:
            yield start, stop, 60.0 * int(clock[1]) + int(clock[2]), -1.0, False
            continue
        plain = digits
        if _GROUPED.fullmatch(digits):
            separators = set(re.findall(r"[.,]", digits))
            # One point and three digits are a decimal fraction in English.
            if separators != {"."} or language != "en":
                plain = re.sub(r"[.,]", "", digits)
        elif language != "en" and digits.count(",") == 1 and "." not in digits:
            plain = digits.replace(",", ".")
        else:
            plain = digits.replace(",", "")
        try:
            value = float(plain)
        except ValueError:
            continue
        if value > _LARGEST:
            continue
        yield start, match.end() if match[2] else stop, value, _place(plain), bool(match[2])


def _in_words(text: str, language: str) -> Iterator[tuple[int, int, float, float, bool]]:
    if language not in _SPELT:
        return
    # text2num takes no halves of letters.
    whole = _SURROGATE.sub("\ufffd", text)
    words = (word for word in _ALPHANUMERIC.findall(whole) if len(word) <= _LONGEST)
    spelt = any(map(_is_spelt, words, repeat(language)))
    pieces = [_Piece(match[0], *match.span()) for match in _PIECE.finditer(whole)] if spelt else []
    for number in _read(pieces, language):
        # One and a first are rarely counts.
        if number.value > 1:
            start, stop = pieces[number.start].start, pieces[number.end - 1].end
            if language == "en" and text[start:stop].endswith("s"):  # "thousands"
                continue
            plain = f"{number.value:.6f}".rstrip("0").rstrip(".")
            yield start, stop, number.value, _place(plain), number.is_ordinal
    if language == "en":
        for match in _DOZEN.finditer(text):
            yield *match.span(), 6.0 if match[1] else 12.0, 1.0, False


@lru_cache(maxsize=1 << 16)
def _is_spelt(word: str, language: str) -> bool:
    """Tell whether a word is a number; without one such word text2num finds none in a text."""
    return bool(_read([_Piece(word, 0, len(word))], language))


def _read(pieces: "list[_Piece]", language: str) -> list[Any]:
    from text_to_num import find_numbers

    return list(find_numbers(pieces, language, threshold=0)) if pieces else []


class _Piece:
    """A word or what is between two, as text2num takes it."""

    __slots__ = ("_text", "end", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self.start, self.end = text, start, end

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: "_Piece") -> bool:  # noqa: ARG002
        return False

    def not_a_number_part(self) -> bool:
        return False


def _place(plain: str) -> float:
    """Return the unit of the last digit that counts, e.g. 100 for ``1200``."""
    whole, _, fraction = plain.partition(".")
    if fraction:
        return float(10.0 ** -len(fraction))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10 ** (zeros if zeros < len(whole) else 0))


def _described(
    text: str, start: int, stop: int, value: float, place: float, *, ordinal: bool, named: bool
) -> Found:
    """Add to a bare number its scale, its unit and what is said of it."""
    kind: NumberKind = "ordinal" if ordinal else "number"
    unit = ""
    if place < 0:
        half = _TIME.match(text, stop)
        unit = _half(value, half)
        return "time", start, half.end() if half else stop, _clock(value, half), unit
    half = _HALF.match(text, stop)
    if half:
        value, place, stop = value + 0.5, 0.5, half.end()
    scale = _SCALE.match(text, stop)
    if scale and not (scale[2] and not _MONEY_BEFORE.search(text, _back(start), start)):
        factor = _SCALES[(scale[1] or scale[2]).lower()]
        value, place, stop = value * factor, place * factor, scale.end()
    currency = _MONEY_BEFORE.search(text, _back(start), start)
    if currency:
        sign = next(group for group in currency.groups() if group)
        kind, unit = "money", _CURRENCIES.get(sign.lower(), sign)
        start = currency.start() + len(currency[0]) - len(currency[0].lstrip())
    elif time := _TIME.match(text, stop):
        return "time", start, time.end(), _clock(60 * value, time), _half(60 * value, time)
    elif _NAMED_BY.search(text, _back(start), start) or named:
        kind = "label"
    elif percent := _PERCENT.match(text, stop):
        kind, unit, stop = "percent", "%", percent.end()
    elif money := _MONEY_BEHIND.match(text, stop):
        name = money[2].lower().split()[0].rstrip("s")
        kind, unit, stop = "money", _CURRENCIES.get(name, name), money.end()
    elif age := _AGE.match(text, stop):
        kind, unit, stop = "age", "age", age.end()
    elif _APART.match(text, stop) and _COMMA.search(text, _back(start), start) and value <= _OLDEST:
        kind, unit = "age", "age"
    bound, start = _bound_before(text, start)
    return kind, start, stop, Quantity(value, place, bound), unit


def _named(text: str, start: int, stop: int) -> bool:
    """Tell whether digits are a part of a name, e.g. ``Paper 28``."""
    if not text[start:stop].isdigit():
        return False
    name = _CAPITAL.search(text, _back(start), start)
    if name is None or not name[1][0].isupper() or _COUNTING.match(name[1]):
        return False
    return name.start(1) == 0 or not _COUNTED.match(text, stop)


def _half(minutes: float, half: re.Match[str] | None) -> str:
    """Return what of a time: that of a day, or one that may be of either half of it."""
    return "clock" if (half and half[1]) or minutes >= _AFTERNOON else ""


def _clock(minutes: float, half: re.Match[str] | None) -> Quantity:
    """Return a time in minutes after midnight, by the half of the day where one is given."""
    if half and half[1] and minutes < _AFTERNOON:
        minutes = minutes % 720 + 720 * (half[1].lower() == "p")
    return Quantity(minutes, 1.0)


def _back(start: int) -> int:
    return max(start - _FAR, 0)


def _bound_before(text: str, start: int) -> tuple[Bound, int]:
    """Return what is said of the number that starts here, and where that starts."""
    words = list(_BEFORE.finditer(text, _back(start), start))
    if words and text[words[-1].end() : start].strip(" ($€£¥"):
        return "", start
    for length in range(min(_MOST_BEFORE, len(words)), 0, -1):
        bound = BOUNDS.get(tuple(word[0].casefold() for word in words[-length:]))
        if bound:
            return bound, words[-length].start()
    return "", start


def _with_range_units(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Give both numbers of a range, e.g. ``25-40%`` and ``$50-60``, the unit of the other."""
    for number, (kind, start, end, quantity, unit) in enumerate(found):
        if not unit and number + 1 < len(found):
            following = found[number + 1]
            if _RANGE.fullmatch(text[end : following[1]]):
                kind, unit = following[0], following[4]
        if not unit and number:
            before = found[number - 1]
            if _DASH.fullmatch(text[before[2] : start]):
                kind, unit = before[0], before[4]
        yield kind, start, end, quantity, unit

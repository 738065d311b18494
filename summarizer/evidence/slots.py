"""Whether two values are of one thing, by the words around them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from .claims import Claim, Value
from .vocabulary import PUBLISHED, SUPPOSING, TELLING

# How many telling words of its clause next to a value, among how many, say what it is a value of.
_CONTEXT = 3
_REACH = 6
_NEAR = 40
_WORDS = 3
_CLAUSE = 6
# Stop words that may be what is counted, stemmed.
_COUNTED = frozenset({"year", "month", "week", "day", "hour", "minut", "second"})
# Numbers of one thing are rarely so many times one another.
_MOST_TIMES = 2.5
# Times of one thing are further apart than these minutes, or than those where one is rounded.
_APART = 10
_FAR_APART = 45
# The day on which something was told or pictured is not that on which it was done.
_TOLD = TELLING | PUBLISHED
# Where words stop to tell of a value.
CUT = re.compile(r"[,;:()\u2013\u2014](?!\d)|\b(?:and|but|while|or)\b", re.IGNORECASE)
_QUALIFYING = frozenset(
    [
        "other",
        "others",
        "another",
        "more",
        "additional",
        "off",
        "ago",
        "after",
        "later",
        "before",
        "earlier",
        "premature",
        "early",
        "into",
    ]
)
_OTHER = frozenset({"other", "another"})
_PART = re.compile(r"\s+of\s+(?:the|them|those|these|whom|his|her|its|their)\b", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:for|lasted|after)\s+(?:\w+\s+)?$", re.IGNORECASE)
_LIMIT = re.compile(r"\b(until|till|by|before|since)\s+$", re.IGNORECASE)
_ROUNDED = re.compile(r"\b(?:about|around|shortly|just|soon|after|before|nearly|by)\s+$", re.I)
_ZONE = re.compile(r"\W{0,3}(UTC|GMT|[A-Z]{1,3}T|local)\b", re.IGNORECASE)
_HEADED = re.compile(r":\s*$")


def comparable(one: Value, other: Value) -> bool:
    """Tell whether two numbers may be of one thing; a year, a name and far larger ones are not."""
    if not (one.quantity and other.quantity) or one.kind == "time":
        return True
    if one.bare_year or other.bare_year:
        return False
    small, large = sorted((one.quantity.value, other.quantity.value))
    return large <= _MOST_TIMES * small


def same_mood(quote: Claim, one: Value, passage: Claim, other: Value) -> bool:
    """Tell whether both values are what may be, or both what is."""
    if _supposed(quote, one) == _supposed(passage, other) or _same_limit(
        quote, one, passage, other
    ):
        return True
    supposing = SUPPOSING.get(quote.language, frozenset())
    whole = [supposing & bare(claim.text.split()) for claim in (quote, passage)]
    return bool(whole[0]) and whole[0] == whole[1]


def _supposed(claim: Claim, value: Value) -> bool:
    supposing = SUPPOSING.get(claim.language, frozenset())
    return not supposing.isdisjoint(bare(claim.text[: value.start].split()[-_CLAUSE:]))


def same_slot(quote: Claim, one: Value, passage: Claim, other: Value, *, framed: bool) -> bool:
    """Tell whether two values are of one thing, by the words around them.

    What is counted must be the same, and so must be a word in front of it.

    :param framed: Whether the sentences share most of their words, so that the only value of its
        kind in one is of what the only one in the other is.
    """
    if one.kind == "label":
        return True
    only = framed and _only(quote, one) and _only(passage, other)
    told = not _TOLD.isdisjoint(_next_to(quote, one) | _next_to(passage, other))
    if one.kind == "time":
        return only and not told and _times(quote, one, passage, other)
    clause = one.kind != "age"
    before, behind = around(quote, one, clause=clause)
    before_other, behind_other = around(passage, other, clause=clause)
    shared = {*before, *behind} & {*before_other, *behind_other}
    if one.kind == "opposite":
        return bool(shared)
    if one.day or one.kind == "weekday":
        return not told and (bool(shared) or (only and _same_limit(quote, one, passage, other)))
    if one.kind == "age":
        # Behind a name the age is that person's, e.g. "John Smith, 34,".
        named = quote.text[one.end - 1].isdigit() or passage.text[other.end - 1].isdigit()
        same = bool(before) and before[:1] == before_other[:1]
        return same or (not named and bool(behind) and behind[:1] == behind_other[:1])
    if _qualified(quote, one) != _qualified(passage, other):
        return False
    if one.kind == "money" and only:
        return True
    unit, other_unit = _unit(quote, one), _unit(passage, other)
    return unit == other_unit and bool(shared - {unit} or (only and unit))


def _only(claim: Claim, value: Value) -> bool:
    return sum(other.kind == value.kind for other in claim.values) == 1


def _times(quote: Claim, one: Value, passage: Claim, other: Value) -> bool:
    """Tell whether two times are as exact, of one zone, and further apart than their rounding."""
    ranks = [
        {value.quantity for value in claim.values if value.kind == "ordinal"}
        for claim in (quote, passage)
    ]
    if ranks[0] != ranks[1]:  # the first train and the second
        return False
    zones, apart = [], _APART
    for claim, value in ((quote, one), (passage, other)):
        if _HEADED.search(claim.text, max(value.start - _NEAR, 0), value.start):
            return False
        zone = _ZONE.match(claim.text, value.end)
        zones.append(zone[1].casefold() if zone else "")
        if _ROUNDED.search(claim.text, max(value.start - _NEAR, 0), value.start):
            apart = _FAR_APART
        apart = _FAR_APART if value.quantity and value.quantity.bound else apart
    if zones[0] != zones[1] or not (one.quantity and other.quantity):
        return False
    return abs(one.quantity.value - other.quantity.value) >= apart


def _same_limit(quote: Claim, one: Value, passage: Claim, other: Value) -> bool:
    """Tell whether one word says of both that something lasts to or from there."""
    found = [
        _LIMIT.search(claim.text, max(value.start - _NEAR, 0), value.start)
        for claim, value in ((quote, one), (passage, other))
    ]
    words = [match[1].casefold() if match else "" for match in found]
    return words[0] != "" and words[0] == words[1]


def with_unit(claim: Claim, value: Value) -> Value:
    """Return a value that ends with what it counts, where that is the word behind it."""
    behind = next((word for word in claim.words if word.start >= value.end), None)
    between = claim.text[value.end : behind.start] if behind else "."
    if value.kind != "number" or behind is None or between.strip("- ") or not between:
        return value
    return replace(value, end=behind.end) if behind.stem == _unit(claim, value) else value


def _qualified(claim: Claim, value: Value) -> frozenset[str]:
    """Return which words near a number make it one of something else, e.g. ``days after``."""
    found = _QUALIFYING.intersection(bare(claim.text[value.end :].split()[:_WORDS]))
    found |= _OTHER.intersection(bare(claim.text[: value.start].split()[-_CLAUSE:]))
    if _PART.match(claim.text, value.end):
        found |= {"of"}
    lasting = _LASTING.search(claim.text, max(value.start - _NEAR, 0), value.start)
    return found - {"after", "before"} if lasting else found


def _unit(claim: Claim, value: Value) -> str:
    """Return the stem of what a number counts: the word behind it, be it a stop word."""
    cut = CUT.search(claim.text, value.end)
    last = cut.start() if cut else len(claim.text)
    behind = [word for word in claim.words if value.end <= word.start < last][:_REACH]
    named = (word for word in behind if word.weight > 0 or word.stem in _COUNTED)
    return next((word.stem for word in named), "")


def _next_to(claim: Claim, value: Value) -> set[str]:
    """Return the words next to a value, of any kind."""
    before = claim.text[max(value.start - _NEAR, 0) : value.start].split()[-_WORDS:]
    behind = claim.text[value.end : value.end + _NEAR].split()[:_WORDS]
    return bare([*before, *behind])


def bare(words: Iterable[str]) -> set[str]:
    """Return words case-folded and without punctuation."""
    return {word.casefold().strip(".,:;()\"'“”‘’") for word in words}


def around(claim: Claim, value: Value, *, clause: bool) -> tuple[list[str], list[str]]:
    """Return the nearest telling words in front of a value and behind it, the nearest first.

    :param clause: Whether only those of its own clause count.
    """
    opened = [cut.end() for cut in CUT.finditer(claim.text, 0, value.start)]
    cut = CUT.search(claim.text, value.end)
    first = opened[-1] if opened and clause else 0
    last = cut.start() if cut and clause else len(claim.text)
    before = [word for word in claim.words if first <= word.start < value.start][-_REACH:][::-1]
    behind = [word for word in claim.words if value.end <= word.start < last][:_REACH]
    return (
        [word.stem for word in before if word.weight > 0][:_CONTEXT],
        [word.stem for word in behind if word.weight > 0][:_CONTEXT],
    )

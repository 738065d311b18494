"""Where two sentences give one thing differently: a number, a day, yes and no."""

import re
from collections.abc import Iterable
from dataclasses import replace

from .claims import Claim, Value
from .likeness import Likeness

Difference = tuple[Value, Value]

# Least likeness of sentences about one event; less will do where one is nearly all in the other.
_SAME_EVENT = 1.2
_CONTAINED_EVENT = 1.0
_NEARLY_ALL = 0.9
# How many telling words they share, other than names; of short ones that share most, fewer.
_FEW = 4
_FEWEST = 3
_SHORT = 0.6
# Least likeness of sentences that state one thing of it, and the share of the telling words of
# each that the other has.
_SAME_STATEMENT = 1.15
_MOST = 0.6
# How many telling words of its clause next to a value, among how many, say what it is a value of.
_CONTEXT = 3
_REACH = 6
_NEAR = 40
_WORDS = 3
# Stop words that may be what is counted, stemmed.
_COUNTED = frozenset({"year", "month", "week", "day", "hour", "minut", "second"})
# Numbers of one thing are rarely so many times one another.
_MOST_TIMES = 2.5
# The day on which something was told or pictured is not that on which it was done.
_TOLD = frozenset(
    [
        "said",
        "say",
        "says",
        "told",
        "tell",
        "tells",
        "announced",
        "reported",
        "reports",
        "confirmed",
        "photo",
        "file",
        "statement",
        "according",
        "posted",
        "updated",
        "published",
    ]
)
_CLAUSE = 6
# Where words stop to tell of a value.
_CUT = re.compile(r"[,;:()\u2013\u2014](?!\d)|\b(?:and|but|while|or)\b", re.IGNORECASE)
_QUALIFYING = frozenset(
    [
        "other",
        "others",
        "another",
        "more",
        "additional",
        "ago",
        "after",
        "later",
        "before",
        "earlier",
    ]
)
_SUPPOSED = frozenset(
    ["would", "could", "will", "may", "might", "should", "if", "planned", "plans", "proposed"]
)


def differences(quote: Claim, passage: Claim, like: Likeness) -> list[Difference]:
    """Find what two sentences about one thing give differently.

    :param quote: A sentence.
    :param passage: Another.
    :param like: How alike they are.
    :return: Pairs of a value of the quote and the other of the passage, in the order of the quote;
        none where they may be about different things.
    """
    contained = max(like.held, like.holds) >= _NEARLY_ALL
    both = min(like.held, like.holds)
    enough = like.shared >= _FEW or (both >= _SHORT and like.shared >= _FEWEST)
    if like.score < (_CONTAINED_EVENT if contained else _SAME_EVENT) or not enough:
        return []
    pairs = _pairs(quote, passage)
    kinds = {pair[0].kind for pair in pairs}
    # Stage 13 is not stage 15, and what was done by others or at another time was done again.
    if kinds & {"label", "time"} or _other_people(quote, passage):
        return []
    numbers = [pair for pair in pairs if pair[0].quantity]
    others = [pair for pair in pairs if not pair[0].quantity]
    if numbers:
        return [] if others or _another_day(quote, passage) else numbers
    if like.score < _SAME_STATEMENT or both < _MOST:
        return []
    denied = bool(quote.denials) != bool(passage.denials)
    if others:
        # What is rejected and what is not approved is the same.
        twice = denied and kinds == {"opposite"}
        return others if len(others) == 1 and not twice else []
    return [] if _another_day(quote, passage) else _denied(quote, passage)


def _other_people(quote: Claim, passage: Claim) -> bool:
    """Tell whether both name somebody, and nobody alike, or open with other ones in one frame."""
    ones, others = quote.names, passage.names
    strange = ones.isdisjoint(passage.telling) and others.isdisjoint(quote.telling)
    if ones and others and strange:
        return True
    firsts, seconds = quote.words[:2], passage.words[:2]
    framed = [word.stem for word in firsts[1:]] == [word.stem for word in seconds[1:]]
    return framed and all(
        words and words[0].weight > 0 and words[0].stem not in other.telling
        for words, other in ((firsts, passage), (seconds, quote))
    )


def _supposed(claim: Claim, value: Value) -> bool:
    """Tell whether a value is what may be rather than what is."""
    return not _SUPPOSED.isdisjoint(_bare(claim.text[: value.start].split()[-_CLAUSE:]))


def _another_day(quote: Claim, passage: Claim) -> bool:
    for kind in ("date", "weekday"):
        ones = [value for value in quote.values if value.kind == kind]
        others = [value for value in passage.values if value.kind == kind]
        if ones and others and all(one.contradicts(other) for one in ones for other in others):
            return True
    return False


def _pairs(quote: Claim, passage: Claim) -> list[Difference]:
    """Return the values that stand against one another, and against nothing else."""
    ones, others = _unmatched(quote, passage), _unmatched(passage, quote)
    against = [
        (one, other)
        for one in ones
        for other in others
        if one.contradicts(other)
        and _same_number(one, other) >= any(_same_number(one, its) for its in others)
        and _comparable(one, other)
        and _supposed(quote, one) == _supposed(passage, other)
        and _same_slot(quote, one, passage, other)
    ]
    return [
        (_with_unit(quote, one), _with_unit(passage, other))
        for one, other in against
        if sum(one == pair[0] for pair in against) == sum(other == pair[1] for pair in against) == 1
    ]


def _unmatched(claim: Claim, other: Claim) -> list[Value]:
    return [
        value
        for value in claim.values
        if not any(value.covers(its) or its.covers(value) for its in other.values)
    ]


def _same_number(one: Value, other: Value) -> bool:
    """Tell whether two numbers are as large, whatever is said of them."""
    if one.quantity is None or other.quantity is None:
        return False
    return one.quantity.value == other.quantity.value


def _comparable(one: Value, other: Value) -> bool:
    """Tell whether two numbers may be of one thing; a year, a name and far larger ones are not."""
    if not (one.quantity and other.quantity):
        return True
    if one.bare_year or other.bare_year:
        return False
    small, large = sorted((one.quantity.value, other.quantity.value))
    return large <= _MOST_TIMES * small


def _same_slot(quote: Claim, one: Value, passage: Claim, other: Value) -> bool:
    """Tell whether two values are of one thing, by the words around them.

    What is counted must be the same, and so must be a word in front of it.
    """
    if one.kind in {"opposite", "label", "time"}:
        return True
    clause = one.kind != "age"
    before, behind = _around(quote, one, clause=clause)
    before_other, behind_other = _around(passage, other, clause=clause)
    shared = {*before, *behind} & {*before_other, *behind_other}
    if one.day or one.kind == "weekday":
        told = _TOLD.isdisjoint(_next_to(quote, one)) and _TOLD.isdisjoint(_next_to(passage, other))
        return told and bool(shared)
    if one.kind == "age":
        # Behind a name the age is that person's, e.g. "John Smith, 34,".
        named = quote.text[one.end - 1].isdigit() or passage.text[other.end - 1].isdigit()
        same = bool(before) and before[:1] == before_other[:1]
        return same or (not named and bool(behind) and behind[:1] == behind_other[:1])
    unit, other_unit = _unit(quote, one), _unit(passage, other)
    alike = _qualified(quote, one) == _qualified(passage, other)
    return unit == other_unit and alike and bool(shared - {unit})


def _with_unit(claim: Claim, value: Value) -> Value:
    """Return a value that ends with what it counts, where that is the word behind it."""
    behind = next((word for word in claim.words if word.start >= value.end), None)
    between = claim.text[value.end : behind.start] if behind else "."
    if value.kind != "number" or behind is None or between.strip("- ") or not between:
        return value
    return replace(value, end=behind.end) if behind.stem == _unit(claim, value) else value


def _qualified(claim: Claim, value: Value) -> frozenset[str]:
    """Return which words behind a number make it one of something else, e.g. ``days after``."""
    return _QUALIFYING.intersection(_bare(claim.text[value.end :].split()[:_WORDS]))


def _unit(claim: Claim, value: Value) -> str:
    """Return the stem of what a number counts: the word behind it, be it a stop word."""
    behind = [word for word in claim.words if word.start >= value.end][:_REACH]
    named = (word for word in behind if word.weight > 0 or word.stem in _COUNTED)
    return next((word.stem for word in named), "")


def _next_to(claim: Claim, value: Value) -> set[str]:
    """Return the words next to a value, of any kind."""
    around = claim.text[max(value.start - _NEAR, 0) : value.start].split()[-_WORDS:]
    behind = claim.text[value.end : value.end + _NEAR].split()[:_WORDS]
    return _bare([*around, *behind])


def _bare(words: Iterable[str]) -> set[str]:
    """Return words case-folded and without punctuation."""
    return {word.casefold().strip(".,:;()\"'“”‘’") for word in words}


def _around(claim: Claim, value: Value, *, clause: bool) -> tuple[list[str], list[str]]:
    """Return the nearest telling words in front of a value and behind it, the nearest first.

    :param clause: Whether only those of its own clause count.
    """
    opened = [cut.end() for cut in _CUT.finditer(claim.text, 0, value.start)]
    cut = _CUT.search(claim.text, value.end)
    first = opened[-1] if opened and clause else 0
    last = cut.start() if cut and clause else len(claim.text)
    before = [word for word in claim.words if first <= word.start < value.start][-_REACH:][::-1]
    behind = [word for word in claim.words if value.end <= word.start < last][:_REACH]
    return (
        [word.stem for word in before if word.weight > 0][:_CONTEXT],
        [word.stem for word in behind if word.weight > 0][:_CONTEXT],
    )


def _denied(quote: Claim, passage: Claim) -> list[Difference]:
    """Return what one sentence denies and the other does not."""
    if len(quote.denials) + len(passage.denials) != 1:
        return []
    denying, other = (quote, passage) if quote.denials else (passage, quote)
    denial = denying.denials[0]
    clause = _CUT.split(denying.text[denial.end :], maxsplit=1)[0]
    last = denial.end + min(len(clause), _NEAR)
    behind = [word for word in denying.words if denial.end <= word.start < last and word.weight > 0]
    if not behind or "." in denying.text[denial.end : behind[0].start]:
        return []
    told = next((word for word in other.words if word.stem == behind[0].stem), None)
    if told is None:
        return []
    denied = Value("denial", denial.start, behind[0].end)
    stated = Value("denial", told.start, told.end)
    return [(denied, stated) if quote.denials else (stated, denied)]

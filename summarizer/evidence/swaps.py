"""Whether two sentences give the same numbers, or name the same people, each in another's place."""

import re
from itertools import combinations

from .claims import Claim, Value
from .naming import MOST
from .slots import around

_NEARLY_ALL = 0.8
# Who does a thing stands behind it here.
_DONE_BY = re.compile(r"\b(?:by|par|por)\b", re.IGNORECASE)


def swaps_names(quote: Claim, passage: Claim) -> bool:
    """Tell whether of two names each stands where the other does, before and behind a deed.

    :param quote: A sentence.
    :param passage: Another that has its names; if one of both is passive nothing is told.
    """
    passive = [_DONE_BY.search(claim.text) is not None for claim in (quote, passage)]
    names = quote.names | passage.names
    if len(names) > MOST or passive[0] != passive[1]:
        return False
    ones, others = _places(quote), _places(passage)
    shared = ones.keys() & others.keys()
    longest = max(len(quote.telling), len(passage.telling))
    # Where all is the same, baker and brewer, too, have their places beside "by".
    same = passive[0] and _NEARLY_ALL * longest <= len(shared) <= MOST
    named = shared if same else names & shared
    for deed in shared if same else shared - names:
        before, its_before = (
            {name for name in named if places[name] < places[deed]} for places in (ones, others)
        )
        if before - its_before and its_before - before:
            return True
    return False


def _places(claim: Claim) -> dict[str, int]:
    """Return where each telling stem stands that stands there once, and each number."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for word in claim.words:
        if word.weight > 0:
            twice.update({word.stem} & found.keys())
            found[word.stem] = word.start
    for value in claim.values:
        if value.quantity:
            found[f"{value.quantity.value}"] = value.start
    return {stem: place for stem, place in found.items() if stem not in twice}


def swaps_values(quote: Claim, passage: Claim) -> bool:
    """Tell whether two numbers, or two days, stand in one another's place.

    :param quote: A sentence.
    :param passage: Another that has all its values.
    """
    values = [value for value in quote.values if value.quantity or value.day]
    if len(values) > MOST:
        return False
    placed = [
        (value, others[0])
        for value in values
        if len(others := [its for its in passage.values if value.covers(its)]) == 1
    ]
    return any(
        bool(one[0].day) == bool(other[0].day) and _swapped(quote, passage, one, other)
        for one, other in combinations(placed, 2)
    )


def _swapped(
    quote: Claim, passage: Claim, first: tuple[Value, Value], second: tuple[Value, Value]
) -> bool:
    """Tell whether what stands beside one value stands beside the other in the passage."""
    ones, others = (
        [_beside(claim, pair[number]) for pair in (first, second)]
        for number, claim in enumerate((quote, passage))
    )
    for side in range(2):
        mine, next_to, its, next_to_its = (
            word[side] for word in (ones[0], ones[1], others[0], others[1])
        )
        if mine and next_to and mine != next_to and (mine, next_to) == (next_to_its, its):
            return True
    if first[1].start <= second[1].start:
        return False
    return any(not {*one} & {*other} - {""} for one, other in zip(ones, others, strict=True))


def _beside(claim: Claim, value: Value) -> tuple[str, str]:
    """Return the telling words of its clause next to a value, or nothing for each."""
    before, behind = around(claim, value, clause=True)
    return next(iter(before), ""), next(iter(behind), "")

"""Values that two sentences may give differently for one thing: which, and how alike they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from .compare import Pool, Statement, Word
from .values import Value

# The features of a slot in the order of ``describe_slot``.
SLOT_FEATURES = (
    "near context",  # cosine of the words next to both values
    "same before",  # 1 where the last telling word in front of both is the same
    "shared before",  # share of the telling words in front of the quote's value
    "other named",  # 1 where different names stand right in front of both
    "other counted",  # 1 where different telling words follow right behind both
    "counts nothing",  # 1 where a number stands in front of no word that may be counted
    "words shared",  # log(1 + how many telling words are around both)
    "same words",  # cosine of the weighted words of both sentences
    "names shared",  # log(1 + how many names both sentences have)
    "others differ",  # log(1 + how many other values may be in conflict)
    "elsewhere",  # 1 where one document gives the other's value, too, somewhere
    "times",  # |log| of the larger number by the smaller one, at most 3
    "exact",  # 1 where both are single numbers
    "other values agree",  # share of the quote's other values that the passage has
    "money",
    "age",
    "day",
    "time",
)
_KINDS = SLOT_FEATURES[-4:]
_NEAR = 3
_BEFORE = 4
_WIDE = 8
_MOST_SLOTS = 12

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value of a quote and one of a passage that cannot both be right of one thing."""

    quote: Value
    passage: Value


def find_slots(quote: Statement, passage: Statement) -> list[Slot]:
    """Return the pairs of values of two sentences that may be of one thing but do not agree.

    A value that the other sentence has, too, is no part of any; nor is one in the same words, such
    as the Friday of another week, which shows a reader no difference.
    """
    own = [value for value in quote.values if not any(map(value.agrees, passage.values))]
    its = [value for value in passage.values if not any(map(value.agrees, quote.values))]
    found = [
        Slot(one, other)
        for one in own
        for other in its
        if one.kind != "ordinal"
        and one.comparable(other)
        and _known_alike(one, other)
        and not (one.vague or other.vague)
        and quote.text[one.start : one.end] != passage.text[other.start : other.end]
    ]
    return found[:_MOST_SLOTS]


def slot_spans(quote: Statement, passage: Statement, slot: Slot) -> tuple[Span, Span]:
    """Return where both values stand, with what they count where that is one word for both."""
    sides = ((quote, slot.quote), (passage, slot.passage))
    counted = [_next(*side) for side in sides]
    if slot.quote.unit or None in counted or counted[0] != counted[1]:
        one, other = slot.quote, slot.passage
        return (one.start, one.end), (other.start, other.end)
    ends = [
        next(word.end for word in statement.words if word.start >= value.end)
        for statement, value in sides
    ]
    return (slot.quote.start, ends[0]), (slot.passage.start, ends[1])


def _known_alike(one: Value, other: Value) -> bool:
    """Tell whether two days can be compared in a part that both give."""
    if one.kind != "day":
        return True
    return any(a is not None and b is not None for a, b in zip(one.day, other.day, strict=True))


def context(statement: Statement, value: Value, reach: int) -> list[Word]:
    """Return the words next to a value, so many on each side, itself left out."""
    before = [word for word in statement.words if word.end <= value.start][-reach:]
    behind = [word for word in statement.words if word.start >= value.end][:reach]
    return before + behind


def context_texts(quote: Statement, passage: Statement, slot: Slot) -> list[str]:
    """Return the words next to both values, as texts to embed."""
    return [
        " ".join(statement.text[word.start : word.end] for word in context(statement, value, _NEAR))
        for statement, value in ((quote, slot.quote), (passage, slot.passage))
    ]


def describe_slot(
    pool: Pool, place: tuple[int, int, int], slot: Slot, contexts: npt.NDArray[np.float32]
) -> list[float]:
    """Describe a slot by ``SLOT_FEATURES``.

    :param pool: The sentences.
    :param place: The row of the quote, and the first and the last of the passage.
    :param slot: A value of both.
    :param contexts: (2, d) unit vectors of ``context_texts``.
    """
    quote, passage = pool.statement(place[0], place[0]), pool.statement(*place[1:])
    one, other = slot.quote, slot.passage
    sides = ((quote, one), (passage, other))
    before = [
        [word for word in statement.words if word.end <= value.start and word.weight > 0]
        for statement, value in sides
    ]
    led = [words[-1].stem if words else "" for words in before]
    own = {word.stem: word.weight for word in before[0][-_BEFORE:]}
    its = {word.stem for word in before[1][-_BEFORE:]}
    around = [
        {word.stem for word in context(statement, value, _WIDE) if word.weight > 0}
        for statement, value in sides
    ]
    behind = [_next(*side) for side in sides]
    numbers = one.kind not in {"day", "time"}
    middle = [max((value.low + value.high) / 2, 1e-6) for value in (one, other)]
    others = [value for value in quote.values if value is not one]
    return [
        float(contexts[0] @ contexts[1]),
        float(led[0] == led[1] != ""),
        sum(sorted(weight for stem, weight in own.items() if stem in its))
        / max(sum(sorted(own.values())), 1e-9),
        float(_other_named(sides)),
        float(numbers and None not in behind and behind[0] != behind[1]),
        float(numbers and not all(value.unit or _next(s, value) for s, value in sides)),
        log(1 + len(around[0] & around[1])),
        _alike(quote, passage),
        log(1 + len(quote.names.keys() & passage.names.keys())),
        log(1 + len({found.quote.start for found in find_slots(quote, passage)} - {one.start})),
        float(_elsewhere(pool, place[0], other) or _elsewhere(pool, place[1], one)),
        min(abs(log(middle[0] / middle[1])), 3.0) if numbers else 0.0,
        float(one.exact and other.exact),
        sum(any(map(value.agrees, passage.values)) for value in others) / max(len(others), 1),
        *(float(one.kind == kind) for kind in _KINDS),
    ]


def _alike(quote: Statement, passage: Statement) -> float:
    """Return the cosine of the weighted words of two sentences."""
    one, other = quote.weights, passage.weights
    product = sum(sorted(weight**2 for stem, weight in one.items() if stem in other))
    squares = [sum(sorted(weight**2 for weight in own.values())) for own in (one, other)]
    return float(product / max((squares[0] * squares[1]) ** 0.5, 1e-9))


def _other_named(sides: Sequence[tuple[Statement, Value]]) -> bool:
    """Tell whether different names stand right in front of both values."""
    led = [
        next((w for w in reversed(statement.words) if w.end <= value.start), None)
        for statement, value in sides
    ]
    names = [word.stem for word in led if word and word.name]
    return len(names) == 2 and names[0] != names[1]


def _next(statement: Statement, value: Value) -> str | None:
    """Return the stem of a telling word right behind a value."""
    behind = next((word for word in statement.words if word.start >= value.end), None)
    if behind and behind.weight > 0 and not statement.text[value.end : behind.start].strip(" -"):
        return behind.stem
    return None


def _elsewhere(pool: Pool, row: int, value: Value) -> bool:
    """Tell whether the document of a row gives a value somewhere."""
    return any(map(value.agrees, pool.document_values(int(pool.document[row]))))

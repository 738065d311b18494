"""Values that two sentences may give differently for one thing: which, and how alike they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

import numpy as np
import numpy.typing as npt

from .compare import Pool, Statement, Word
from .values import Value

# The features of a slot in the order of ``describe_slots``.
SLOT_FEATURES = (
    "stated",  # probability that the passage states the main claim, if all values agreed
    "near context",  # cosine of the words next to both values
    "wide context",  # cosine of the words around them
    "same counted",  # 1 where the first telling word behind both is the same
    "counts nothing",  # 1 where a number stands in front of no word that may be counted
    "shared words",  # share of the telling words around the quote's value
    "only ones",  # 1 where both are the only ones of their kind
    "times",  # |log| of the larger number by the smaller one, at most 3
    "exact",  # 1 where both are single numbers
    "days apart",  # log(1 + days between the documents), 0 where a day is unknown
    "other values agree",  # share of the quote's other values that the passage has
    "qualified",  # 1 where "other", "more", "later" … stands next to one of both only
    "both supposed",  # 1 where both say, or both do not say, what may be
    "year",  # 1 where a bare number may be a year
    "number",
    "money",
    "percent",
    "age",
    "day",
    "time",
)
_KINDS = SLOT_FEATURES[14:]
_NEAR = 3
_WIDE = 8
_MOST_SLOTS = 12
_QUALIFYING = frozenset(
    [
        *["other", "others", "another", "more", "additional"],
        *["ago", "after", "later", "before", "earlier"],
    ]
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value of a quote and one of a passage that cannot both be right of one thing."""

    quote: Value
    passage: Value


def find_slots(quote: Statement, passage: Statement) -> list[Slot]:
    """Return the pairs of values of two sentences that may be of one thing but do not agree.

    A value that the other sentence has, too, is no part of any.
    """
    own = [value for value in quote.values if not any(map(value.agrees, passage.values))]
    its = [value for value in passage.values if not any(map(value.agrees, quote.values))]
    found = [
        Slot(one, other)
        for one in own
        for other in its
        if one.kind != "ordinal" and one.comparable(other) and _known_alike(one, other)
    ]
    return found[:_MOST_SLOTS]


def slot_spans(quote: Statement, passage: Statement, slot: Slot) -> tuple[Span, Span]:
    """Return where both values stand, with what they count where that is one word for both."""
    sides = ((quote, slot.quote), (passage, slot.passage))
    counted = [_counted(statement, value) for statement, value in sides]
    if slot.quote.unit or counted[0] != counted[1] or not all(_counts(*side) for side in sides):
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
    """Return the words next to and around both values, as texts to embed."""
    return [
        " ".join(statement.text[word.start : word.end] for word in context(statement, value, reach))
        for reach in (_NEAR, _WIDE)
        for statement, value in ((quote, slot.quote), (passage, slot.passage))
    ]


def describe_slot(
    pool: Pool,
    place: tuple[int, int, int],
    slot: Slot,
    stated: float,
    contexts: npt.NDArray[np.float32],
) -> list[float]:
    """Describe a slot by ``SLOT_FEATURES``.

    :param pool: The sentences.
    :param place: The row of the quote, and the first and the last of the passage.
    :param slot: A value of both.
    :param stated: The probability that the passage states the main claim, but for its values.
    :param contexts: (4, d) unit vectors of ``context_texts``.
    """
    quote, passage = pool.statement(place[0], place[0]), pool.statement(*place[1:])
    one, other = slot.quote, slot.passage
    around = [context(quote, one, _WIDE), context(passage, other, _WIDE)]
    own = {word.stem: word.weight for word in around[0]}
    its = {word.stem for word in around[1]}
    shared = sum(sorted(weight for stem, weight in own.items() if stem in its))
    others = [v for v in quote.values if v is not one]
    numbers = one.kind not in {"day", "time"}
    middle = [max((v.low + v.high) / 2, 1e-6) for v in (one, other)]
    dates = [pool.dates[int(pool.document[r])] for r in place[:2]]
    days = [date.fromisoformat(day) for day in dates if day]
    apart = abs(days[0] - days[1]).days if len(days) == 2 else 0
    qualified = [
        {s.text[w.start : w.end].casefold() for w in context(s, v, _NEAR)} & _QUALIFYING
        for s, v in ((quote, one), (passage, other))
    ]
    kind = "number" if one.kind == "ordinal" else one.kind
    return [
        stated,
        float(contexts[0] @ contexts[1]),
        float(contexts[2] @ contexts[3]),
        float(_counted(quote, one) == _counted(passage, other) != ""),
        float(numbers and not (_counts(quote, one) and _counts(passage, other))),
        shared / max(sum(sorted(own.values())), 1e-9),
        float(_only(quote.values, one) and _only(passage.values, other)),
        min(abs(log(middle[0] / middle[1])), 3.0) if numbers else 0.0,
        float(one.exact and other.exact),
        log(1 + apart),
        sum(any(map(v.agrees, passage.values)) for v in others) / max(len(others), 1),
        float(bool(qualified[0]) != bool(qualified[1])),
        float(quote.supposes == passage.supposes),
        float(one.kind == "number" and all(1500 <= m < 2100 for m in middle)),
        *(float(kind == name) for name in _KINDS),
    ]


def _counted(statement: Statement, value: Value) -> str:
    """Return the stem of the first telling word behind a value, or an empty string."""
    behind = (w for w in statement.words if w.start >= value.end and w.weight > 0)
    return next((word.stem for word in behind), "")


def _counts(statement: Statement, value: Value) -> bool:
    """Tell whether the word right behind a value may be what it counts."""
    behind = next((word for word in statement.words if word.start >= value.end), None)
    if value.unit or behind is None:
        return bool(value.unit)
    return behind.weight > 0 and not statement.text[value.end : behind.start].strip(" -")


def _only(values: Sequence[Value], value: Value) -> bool:
    return sum(other.kind == value.kind for other in values) <= 1

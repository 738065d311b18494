"""Values that two sentences may give differently for one thing: which, and how alike they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from ..datatypes import Span
from .compare import Pool, Statement, alike
from .values import Value

# The features of a slot in the order of ``describe_slot``.
SLOT_FEATURES = (
    "same before",  # 1 where the last telling word in front of both is the same
    "same words",  # cosine of the weighted words of both sentences
    "others differ",  # log(1 + how many other values may be in conflict)
    "elsewhere",  # 1 where one document gives the other's value, too, somewhere
    "times",  # |log| of the larger number by the smaller one, at most 3
    "exact",  # 1 where both are single numbers
    "other values agree",  # share of the quote's other values that the passage has
    "age",
    "day",
    "time",
)
_KINDS = SLOT_FEATURES[-3:]
_MOST_SLOTS = 12


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
        and not _uncountable(quote, one, passage, other)
        and not _uncountable(passage, other, quote, one)
        and not (one.vague or other.vague)
        and quote.text[one.start : one.end] != passage.text[other.start : other.end]
    ]
    return found[:_MOST_SLOTS]


def _uncountable(quote: Statement, one: Value, passage: Statement, other: Value) -> bool:
    """Tell whether one is a fraction of nothing, as a clock's "6.40", and the other a count."""
    return (
        one.kind == "number" == other.kind
        and not one.unit
        and (one.low + one.high) / 2 % 1 > 0
        and quote.counted(one) is None
        and passage.counted(other) is not None
    )


def slot_spans(quote: Statement, passage: Statement, slot: Slot) -> tuple[Span, Span]:
    """Return where both values stand, with what they count where that is one word for both."""
    one, other = slot.quote, slot.passage
    own, its = quote.counted(one), passage.counted(other)
    if one.unit or own is None or its is None or own.stem != its.stem:
        return (one.start, one.end), (other.start, other.end)
    return (one.start, own.end), (other.start, its.end)


def _known_alike(one: Value, other: Value) -> bool:
    """Tell whether two days can be compared in a part that both give."""
    if one.kind != "day":
        return True
    return any(a is not None and b is not None for a, b in zip(one.day, other.day, strict=True))


def describe_slot(
    pool: Pool, place: tuple[int, int, int], slot: Slot, slots: Sequence[Slot]
) -> list[float]:
    """Describe a slot by ``SLOT_FEATURES``.

    :param pool: The sentences.
    :param place: The row of the quote, and the first and the last of the passage.
    :param slot: A value of both.
    :param slots: All slots of both, as ``find_slots`` gives them.
    """
    quote, passage = pool.statement(place[0], place[0]), pool.statement(*place[1:])
    one, other = slot.quote, slot.passage
    middle = [max((value.low + value.high) / 2, 1e-6) for value in (one, other)]
    others = [value for value in quote.values if value is not one]
    documents = [int(pool.document[row]) for row in place[:2]]
    return [
        float(quote.led(one) == passage.led(other) != ""),
        alike(quote, passage),
        log(1 + len({found.quote.start for found in slots} - {one.start})),
        float(pool.gives(documents[0], other) or pool.gives(documents[1], one)),
        min(abs(log(middle[0] / middle[1])), 3.0) if one.kind not in {"day", "time"} else 0.0,
        float(one.exact and other.exact),
        sum(any(map(value.agrees, passage.values)) for value in others) / max(len(others), 1),
        *(float(one.kind == kind) for kind in _KINDS),
    ]

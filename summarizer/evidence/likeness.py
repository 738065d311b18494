"""How alike two sentences are, apart from what they may give differently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .claims import Claim, Value

# So many telling words in common are as good as more.
_MANY = 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two sentences have in common; numbers, days and denials do not count.

    :param cosine: In meaning, -1 to 1.
    :param shared: How many telling words, other than names, both have.
    :param plain: The share of the quote's telling words, other than names, that the passage has.
    :param held: The share of all telling words of the quote that the passage has.
    :param holds: The share of all telling words of the passage that the quote has.
    :param worded: The share of the words by which the quote states what it does, stop words too,
        that the passage has: small words carry who did what, the telling ones alone may be of
        another deed.
    """

    cosine: float
    shared: int
    plain: float
    held: float
    holds: float
    worded: float

    @property
    def stated(self) -> float:
        """How surely the passage states what the quote does."""
        return self.worded + self.cosine / 3

    @property
    def score(self) -> float:
        """How sure it is that both are about one thing; names alone say little of that."""
        return self.cosine + self.plain / 4 + min(self.shared, _MANY) / (2 * _MANY)


def compare(quote: Claim, passage: Claim, cosine: float) -> Likeness:
    """Compare two sentences.

    :param quote: A sentence.
    :param passage: Another.
    :param cosine: Of their vectors.
    """
    ones, others = quote.telling, passage.telling
    common = ones.keys() & others.keys()
    kept = common & quote.plain.keys()
    wording = set(quote.wording)
    return Likeness(
        cosine=cosine,
        shared=len(kept),
        plain=_share(kept, quote.plain),
        held=_share(common, ones),
        holds=_share(common, others),
        worded=len(wording & passage.stems) / max(len(wording), 1),
    )


def ordered(quote: Claim, passage: Claim) -> float:
    """Return how many of the words of a quote stand in a passage in one order, as a share of them.

    :param quote: A sentence.
    :param passage: Another.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(passage.words):
        places[word.stem] = places.get(word.stem, 0) | 1 << place
    # The longest common subsequence, a row of its table in the bits of one number (Hyyrö 2004).
    every = row = (1 << len(passage.words)) - 1
    for stem in quote.wording:
        alike = row & places.get(stem, 0)
        row = ((row + alike) | (row - alike)) & every
    return (len(passage.words) - row.bit_count()) / max(len(quote.wording), 1)


def rest(quote: Claim, passage: Claim, pairs: Sequence[tuple[Value, Value]]) -> tuple[float, float]:
    """Return the share of the telling words of each sentence that the other has.

    :param quote: A sentence.
    :param passage: Another.
    :param pairs: A value of the one and a value of the other, the words of which do not count.
    """
    ones, others = (
        {
            word.stem: word.weight
            for word in claim.words
            if word.weight > 0
            and not any(value.start < word.end and word.start < value.end for value in values)
        }
        for claim, values in (
            (quote, [pair[0] for pair in pairs]),
            (passage, [pair[1] for pair in pairs]),
        )
    )
    common = ones.keys() & others.keys()
    return _share(common, ones), _share(common, others)


def _share(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    whole = sum(weights.values())
    # Sorted, as a set has no order that would hold from run to run.
    return sum(sorted(weights[stem] for stem in stems)) / whole if whole else 0.0

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
    """

    cosine: float
    shared: int
    plain: float
    held: float
    holds: float

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
    plain = {stem: weight for stem, weight in ones.items() if stem not in quote.names}
    kept = common & plain.keys()
    return Likeness(
        cosine=cosine,
        shared=len(kept),
        plain=_share(kept, plain),
        held=_share(common, ones),
        holds=_share(common, others),
    )


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

"""How alike two sentences are, apart from what they may give differently."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .claims import Claim, Value, Word

Pairs = Sequence[tuple[int, int]]

# So many telling words in common are as good as more.
_MANY = 8
# Of a sentence as long as a book the beginning is compared.
_MOST_WORDS = 2000


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
    wording = quote.wording[:_MOST_WORDS]
    words = [word.stem for word in passage.words[:_MOST_WORDS]]
    last = _subsequences(wording, words)[-1]
    return (len(words) - last.bit_count()) / max(len(wording), 1)


def aligned(ones: Sequence[Word], others: Sequence[Word]) -> Pairs:
    """Return the places of the words that two sentences have in one order, as many as can be.

    :param ones: The words of a sentence.
    :param others: Those of another.
    """
    first, second = ([word.stem for word in words[:_MOST_WORDS]] for words in (ones, others))
    rows = _subsequences(first, second)
    one, other = len(first), len(second)
    found: list[tuple[int, int]] = []
    while one and other:
        if rows[one] >> (other - 1) & 1:
            other -= 1
        elif rows[one - 1] >> (other - 1) & 1:
            one, other = one - 1, other - 1
            found.append((one, other))
        else:
            one -= 1
    return found[::-1]


def gaps(
    quote: Claim, passage: Claim, pairs: Pairs
) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """Yield the words of both that stand between the same neighbours and are not alike.

    :param quote: A sentence.
    :param passage: Another.
    :param pairs: The places of the words that both have in one order.
    """
    ends = [(-1, -1), *pairs, (len(quote.words), len(passage.words))]
    for (first, its_first), (last, its_last) in pairwise(ends):
        ones, others = quote.words[first + 1 : last], passage.words[its_first + 1 : its_last]
        if ones and others:
            yield ones, others


def _subsequences(ones: Sequence[str], others: Sequence[str]) -> list[int]:
    """Return the table of the longest common subsequence, the bits of a number each row.

    A bit is 0 where the subsequence of what is before it grows (Hyyrö 2004).
    """
    places: dict[str, int] = {}
    for place, stem in enumerate(others):
        places[stem] = places.get(stem, 0) | 1 << place
    every = row = (1 << len(others)) - 1
    rows = [row]
    for stem in ones:
        alike = row & places.get(stem, 0)
        row = ((row + alike) | (row - alike)) & every
        rows.append(row)
    return rows


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

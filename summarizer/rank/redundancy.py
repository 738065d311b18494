"""Which sentences say the same, so that no two of them stand in one summary.

This is decided elsewhere as well, each time for an end of its own:

- ``select.MarginalRelevance`` takes from a sentence what it is like one that was picked.
- ``select.take_densest`` drops sentences of the same words where nearly all fit.
- ``subject.prepared.EvidenceSearch.repeats`` judges which of those picked state the same.
- ``documents.duplicate_groups`` finds documents that share most of their text.
- ``days.tell_days`` tells nothing of a timeline twice (``told_cosine``).
- ``subject.updates`` finds what earlier documents have said.
- ``evidence.finding`` finds the passages that copy a quote (``is_copy``) or state it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from ..settings import Settings
from ..text.table import Mask, Rows, SentenceTable, Vectors

# At most this many rows per block, so that products of a large pool fit in memory.
_BLOCK = 1024


def star_clusters(vectors: Vectors, threshold: float) -> Rows:
    """Cluster vectors into stars (Aslam, Pelekhov and Rus 2004).

    The vector with most neighbours becomes the centre of the first star and takes all of them, of
    the rest the one with most neighbours becomes the next, and so on. Every member is thus at
    least as near to its centre as the threshold. Ties go to the earlier row.

    :param vectors: (n, d) float32 unit rows.
    :param threshold: Least cosine of neighbours, -1 to 1.
    :return: (n,) intp labels; clusters are numbered by their first row.
    """
    near = [
        vectors[start : start + _BLOCK] @ vectors.T >= threshold
        for start in range(0, len(vectors), _BLOCK)
    ]
    degree = np.concatenate([np.count_nonzero(block, axis=1) for block in near] or [np.zeros(0)])
    neighbours = np.concatenate([np.nonzero(block)[1] for block in near] or [np.zeros(0, np.intp)])
    ends = np.cumsum(degree).astype(np.intp)
    labels = np.arange(len(vectors)) - len(vectors)
    # A vector near no other one is a star of its own from the beginning.
    for centre in np.argsort(-degree, kind="stable")[: np.count_nonzero(degree > 1)]:
        if labels[centre] < 0:
            members = neighbours[ends[centre] - int(degree[centre]) : ends[centre]]
            labels[members[labels[members] < 0]] = centre
            labels[centre] = centre
    _, first, places = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[places].astype(np.intp)


class Redundancy:
    """Which sentences may not both stand in a summary.

    Those of one cluster; and those of which one says nothing, in words that tell, that is not in
    the other. What a series said first and last may stand together.

    :param pool: n ranked sentences.
    """

    def __init__(self, pool: SentenceTable, settings: Settings) -> None:
        self._pool = pool
        self._settings = settings
        self._word_weight = (pool.lexical.astype(np.float64) ** 2).sum(axis=1)
        self._cache: dict[int, Mask] = {}

    def __len__(self) -> int:
        return len(self._pool)

    def __getitem__(self, row: int) -> Mask:
        """Return (n,) bool, the rows that may not stand beside one; itself is among them."""
        if row not in self._cache:
            pool, settings = self._pool, self._settings
            smaller = np.minimum(self._word_weight, self._word_weight[row])
            share = (pool.lexical @ pool.lexical[row]) / np.where(smaller > 0, smaller, np.inf)
            same = (pool.cluster == pool.cluster[row]) | (share >= settings.contained_share)
            news = (pool.series > 0) & (pool.series == pool.series[row])
            news[row] = False
            self._cache[row] = same & ~news
        return self._cache[row]


def select_once(
    choose: Callable[[Mask], list[int]],
    repeats: Callable[[Sequence[int]], Mapping[int, int]],
    allowed: Mask,
) -> list[int]:
    """Select rows of which none repeats another.

    :param choose: Selects rows from what is allowed.
    :param repeats: Returns those of some rows that repeat another of them, each with that one.
    :param allowed: (n,) bool.
    """
    picked, gone, back = choose(allowed), dict[int, int](), set[int]()
    while found := {row: by for row, by in repeats(picked).items() if row not in back}:
        gone |= found
        others = choose(_without(allowed, gone))
        # Where what stands for another is no longer picked, the other comes back for good.
        if lost := {row for row, by in gone.items() if by not in others}:
            back |= lost
            gone = {row: by for row, by in gone.items() if row not in lost}
            others = choose(_without(allowed, gone))
        if not others:
            break
        picked = others
    return picked


def _without(allowed: Mask, rows: Collection[int]) -> Mask:
    left = allowed.copy()
    left[list(rows)] = False
    return left

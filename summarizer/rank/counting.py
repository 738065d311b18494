"""What is counted of each concept, part by part of a text.

Parts are documents behind one another. What is counted of them adds up to the same, bit by bit,
however they are cut and in whatever order they are added: of several parts, fractions are rounded
to multiples of 2**-30, sums of which are exact in 64 bits up to eight million.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .incidence import Incidence, Stems

Vector = npt.NDArray[np.float64]

_UNIT = 2.0**30
# How fast the votes of documents fade with the position of a concept's first mention.
DECAYS = (2, 4, 6)
SUMS = (
    "documents",
    "sentences",
    "documents that open with it",
    "words of the sentences",
    "centrality of the sentences",
    *(f"earliness by {decay}" for decay in DECAYS),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of c concepts.

    :param keys: (c,) int64, ``stem * s + stem`` of each pair, ascending.
    :param sums: (c, 8) float64, a column for each of ``SUMS``.
    :param least: (c, 2) float64, its earliest position in a document, and the earliest as a share
        of the document.
    :param most: (c,) float64, the largest centrality of a sentence with it.
    """

    keys: npt.NDArray[np.int64]
    sums: Vector
    least: Vector
    most: Vector

    def between(self, first: int, last: int) -> "Counts":
        """Return the concepts from one to before another."""
        part = slice(first, last)
        return Counts(self.keys[part], self.sums[part], self.least[part], self.most[part])


def rounded(values: Vector, *, apart: bool) -> Vector:
    """Round fractions so that sums of them are exact.

    :param apart: Whether they are added up in parts; otherwise they stay as they are.
    """
    return np.rint(values * _UNIT) / _UNIT if apart else values


def count_concepts(
    stems: Stems,
    incidence: Incidence,
    document: npt.NDArray[np.intp],
    index: npt.NDArray[np.intp],
    central: Vector,
    *,
    apart: bool = False,
) -> Counts:
    """Count the concepts of whole documents.

    :param stems: n sentences.
    :param incidence: Their concepts, c of them, each in one of them or more.
    :param document: (n,) the document of each sentence, ascending.
    :param index: (n,) the position of each sentence within its document.
    :param central: (n,) how central each sentence is.
    :param apart: Whether there are other parts.
    """
    count, rows, concepts = incidence.count, incidence.rows, incidence.concepts.astype(np.intp)
    size = max(len(stems.stems), 1)
    keys = incidence.pairs.astype(np.int64) @ np.array([size, 1])
    if not count:
        return _nothing()
    _, document = np.unique(document, return_inverse=True)
    documents = int(document[-1]) + 1
    # Rows are in reading order, so the first of equal keys is a document's earliest mention.
    mentions, first = np.unique(concepts * documents + document[rows], return_index=True)
    mentioned = mentions // documents
    position = index[rows[first]].astype(np.float64)
    length = np.bincount(document, minlength=documents)[mentions % documents]

    votes = [np.exp(-position / decay) for decay in DECAYS]

    def total(of: npt.NDArray[np.intp], values: npt.NDArray[np.generic] | None = None) -> Vector:
        return np.bincount(of, values, minlength=count).astype(np.float64)

    sums = (
        total(mentioned),
        total(concepts),
        total(mentioned, position == 0),
        total(concepts, stems.lengths[rows]),
        total(concepts, rounded(central, apart=apart)[rows]),
        *(total(mentioned, rounded(vote, apart=apart)) for vote in votes),
    )
    # Mentions are sorted by concept.
    starts = np.flatnonzero(np.diff(mentioned, prepend=-1))
    least = [np.minimum.reduceat(places, starts) for places in (position, position / length)]
    most = np.full(count, -np.inf)
    np.maximum.at(most, concepts, central[rows])
    return Counts(keys, np.stack(sums, axis=1), np.stack(least, axis=1), most)


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Add up what was counted of parts; some of them may be added up before."""
    waiting = [_nothing()]
    for part in parts:
        waiting.append(part)
        # Like with like: so each number is added up a few times only, and little waits.
        while len(waiting) > 1 and len(waiting[-2].keys) <= 2 * len(waiting[-1].keys):
            waiting[-2:] = [_add(*waiting[-2:])]
    while len(waiting) > 1:
        waiting[-2:] = [_add(*waiting[-2:])]
    return waiting[0]


def _nothing() -> Counts:
    return Counts(np.zeros(0, np.int64), np.zeros((0, len(SUMS))), np.zeros((0, 2)), np.zeros(0))


def _add(one: Counts, other: Counts) -> Counts:
    if not len(one.keys):
        return other
    keys = np.concatenate([one.keys, other.keys])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))

    def reduced(how: np.ufunc, mine: Vector, its: Vector) -> Vector:
        return np.asarray(how.reduceat(np.concatenate([mine, its])[order], starts, axis=0))

    return Counts(
        keys[starts],
        reduced(np.add, one.sums, other.sums),
        reduced(np.minimum, one.least, other.least),
        reduced(np.maximum, one.most, other.most),
    )

"""Sentences on a map of two dimensions, on which near ones say similar things."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ..datatypes import Place, Sentence

# So many rounds of orthogonal iteration settle what a map shows of its directions.
_ROUNDS = 30
# More points than this hide one another, and the page that shows them grows.
_SHOWN = 300


def shown_rows(named: Iterable[int], salience: npt.NDArray[np.float64]) -> list[int]:
    """Choose what to show: what the summary names, and the most salient of the others.

    :param named: Rows that must be shown, as far as there is room.
    :param salience: (n,) how much each sentence matters.
    :return: At most 300 rows, ascending.
    """
    others = np.argsort(-salience, kind="stable").tolist()
    return sorted(list(dict.fromkeys([*named, *others]))[:_SHOWN])


def map_sentences(
    sentences: Sequence[Sentence],
    numbers: Sequence[int],
    vectors: npt.NDArray[np.float32],
    clusters: npt.NDArray[np.intp],
) -> tuple[Place, ...]:
    """Place sentences by the two directions in which their vectors differ most (PCA).

    :param sentences: n sentences.
    :param numbers: The number of each document.
    :param vectors: (n, d) float32 unit rows.
    :param clusters: (n,) the cluster of each.
    :return: A place for each, in their order.
    """
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    flat = centred @ _principal_directions(centred)
    # A direction is as good as its opposite; the farthest point decides.
    flat *= np.where(flat[np.abs(flat).argmax(axis=0), [0, 1]] < 0, -1, 1)
    low, spread = flat.min(axis=0), np.ptp(flat, axis=0)
    scaled = np.where(spread > 1e-6, (flat - low) / np.where(spread > 1e-6, spread, 1), 0.5)
    return tuple(
        Place(numbers[s.document], s.start, s.end, round(float(x), 3), round(float(y), 3), int(c))
        for s, (x, y), c in zip(sentences, scaled, clusters, strict=True)
    )


def _principal_directions(centred: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return (d, 2) the directions of most variance, by orthogonal iteration."""
    dimensions = centred.shape[1]
    # Any start that is in no direction's way will do; this one is the same on every run.
    angles = np.arange(1, dimensions + 1)
    directions = np.stack([np.cos(angles), np.sin(angles)])
    for _ in range(_ROUNDS):
        directions = directions @ centred.T @ centred
        one, two = directions
        one /= math.sqrt(one @ one) or 1.0
        # Twice, as what is left of points on one line is rounding, along that line too.
        for _ in range(2):
            two -= (one @ two) * one
            two /= math.sqrt(two @ two) or 1.0
    return directions.T

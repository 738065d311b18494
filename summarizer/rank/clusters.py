"""Sentences that say the same, across all sources."""

import numpy as np
import numpy.typing as npt

# Mean of the cosines in meaning and in words from which two sentences say the same.
SAME = 0.6
# The products of so many rows with themselves are found once for both.
_BLOCK = 2048


def join_vectors(
    vectors: npt.NDArray[np.float32], lexical: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Join vectors of meaning and of words: products of rows are the mean of the two cosines.

    :param vectors: (n, d) float32 unit rows.
    :param lexical: (n, h) float32 rows of any length; one of zeros leaves the meaning alone.
    :return: (n, d + h) float32 unit rows.
    """
    half = np.float32(np.sqrt(0.5))
    worded = lexical.any(axis=1, keepdims=True)
    return np.hstack([vectors * np.where(worded, half, np.float32(1)), unit_rows(lexical) * half])


def unit_rows(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return rows scaled to length 1; those of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def star_clusters(vectors: npt.NDArray[np.float32], threshold: float) -> npt.NDArray[np.intp]:
    """Cluster vectors into stars (Aslam, Pelekhov and Rus 2004).

    The vector with most neighbours becomes the centre of the first star and takes all of them, of
    the rest the one with most neighbours becomes the next, and so on. Every member is thus at
    least as near to its centre as the threshold. Ties go to the earlier row.

    :param vectors: (n, d) float32 unit rows.
    :param threshold: Least cosine of neighbours, -1 to 1.
    :return: (n,) intp labels; clusters are numbered by their first row.
    """
    degree, neighbours = _neighbours(vectors, threshold)
    ends = np.cumsum(degree)
    labels = np.arange(len(vectors)) - len(vectors)
    # A vector near no other one is a star of its own from the beginning.
    for centre in np.argsort(-degree, kind="stable")[: np.count_nonzero(degree > 1)]:
        if labels[centre] < 0:
            near = neighbours[ends[centre] - degree[centre] : ends[centre]]
            labels[near[labels[near] < 0]] = centre
            labels[centre] = centre
    _, first, members = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[members].astype(np.intp)


def _neighbours(
    vectors: npt.NDArray[np.float32], threshold: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return how many rows are near each row, and which, row by row."""
    degree, neighbours = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)]
    for start in range(0, len(vectors), _BLOCK):
        near = vectors[start : start + _BLOCK] @ vectors.T >= threshold
        degree.append(np.count_nonzero(near, axis=1))
        neighbours.append(np.nonzero(near)[1])
    return np.concatenate(degree), np.concatenate(neighbours)

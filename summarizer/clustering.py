"""Sentences that say the same, across all sources."""

from collections.abc import Iterator

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
    neighbours = list(_neighbours(vectors, threshold))
    degree = np.array([len(row) for row in neighbours], dtype=np.intp)
    labels = np.full(len(vectors), -1, dtype=np.intp)
    for star, centre in enumerate(np.argsort(-degree, kind="stable")):
        if labels[centre] < 0:
            free = neighbours[centre][labels[neighbours[centre]] < 0]
            labels[free] = star
            labels[centre] = star
    _, first, members = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[members].astype(np.intp)


def _neighbours(
    vectors: npt.NDArray[np.float32], threshold: float
) -> Iterator[npt.NDArray[np.intp]]:
    """Yield the rows near each row."""
    for start in range(0, len(vectors), _BLOCK):
        for cosines in vectors[start : start + _BLOCK] @ vectors.T:
            yield np.flatnonzero(cosines >= threshold)

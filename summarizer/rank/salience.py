"""How much each sentence matters.

What many documents say matters (frequency: Nenkova and Vanderwende 2005), and so does what a
document says early (position: Lin and Hovy 1997).
"""

import numpy as np
import numpy.typing as npt

# The weight of a sentence falls from 1 to BASE with its position.
_BASE = 0.2
_TAU = 5.0
_SIMILARITY_FLOOR = 0.3
_BLOCK = 1024


def position_weights(index: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return how much a sentence counts for standing where it stands.

    :param index: (n,) positions of sentences within their documents, counted from 0.
    :return: (n,) float64, from 1 for the first sentence down to 0.2.
    """
    return _BASE + (1 - _BASE) * np.exp(-index / _TAU)


def shortlist(
    scores: npt.NDArray[np.float64], costs: npt.NDArray[np.intp], limit: int, most: int
) -> npt.NDArray[np.intp]:
    """Choose the sentences worth embedding.

    :param scores: (n,) what each sentence has of the concept weights.
    :param costs: (n,) what each takes of the budget.
    :param limit: The budget.
    :param most: How many to keep; more where they would not fill the budget twice.
    :return: Rows, ascending; of those that fit, the ones of most score for their cost, ties to the
        earlier.
    """
    density = np.where(costs <= limit, scores / np.maximum(costs, 1), -1.0)
    ranked = np.argsort(-density, kind="stable")
    enough = int(np.searchsorted(np.cumsum(costs[ranked]), 2 * limit)) + 1
    return np.sort(ranked[: max(most, enough)])


def similarity_cover(cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return how far sentences cover each other's content.

    :param cosines: (n, m) float32, how alike they are in meaning.
    :return: (n, m) float32 in 0 to 1: the cosine above 0.3, rescaled.
    """
    cover = cosines - np.float32(_SIMILARITY_FLOOR)
    cover /= np.float32(1 - _SIMILARITY_FLOOR)
    return np.clip(cover, 0, 1, out=cover)


def sentence_salience(
    vectors: npt.NDArray[np.float32],
    document: npt.NDArray[np.intp],
    index: npt.NDArray[np.intp],
) -> npt.NDArray[np.float64]:
    """Weigh sentences by how many documents say something like them, and how early they stand.

    :param vectors: (n, d) float32 unit rows, those of a document together.
    :param document: (n,) the document of each sentence, ascending.
    :param index: (n,) the position of each sentence within its document.
    :return: (n,) float64 in 0 to 1, the largest of them 1.
    """
    if not len(vectors):
        return np.zeros(0)
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    support = np.empty(len(vectors))
    for start in range(0, len(vectors), _BLOCK):
        cover = similarity_cover(vectors[start : start + _BLOCK] @ vectors.T)
        best = np.maximum.reduceat(cover, starts, axis=1)
        support[start : start + _BLOCK] = best.sum(axis=1, dtype=np.float64)
    salience = support * position_weights(index)
    largest = float(salience.max())
    return salience / largest if largest else salience


def centrality(
    vectors: npt.NDArray[np.float32], document: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """Return how near each sentence is to the subject: the mean of the documents' mean vectors.

    :param vectors: (n, d) float32 unit rows, those of a document together.
    :param document: (n,) the document of each sentence, ascending.
    :return: (n,) float64 cosines, -1 to 1.
    """
    if not len(vectors):
        return np.zeros(0)
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    sizes = np.diff(starts, append=len(document))
    means = np.add.reduceat(vectors.astype(np.float64), starts, axis=0) / sizes[:, None]
    centroid = means.mean(axis=0)
    length = float(np.linalg.norm(centroid))
    return np.asarray(vectors.astype(np.float64) @ centroid / (length or 1.0))

"""What the sources alone tell about each concept; from this its weight is learned.

How many documents have it and how early, how often it stands in how central and how long
sentences, and what kind of words it consists of.
"""

import numpy as np
import numpy.typing as npt

from .incidence import Incidence, Stems

Vector = npt.NDArray[np.float64]

FEATURES = (
    "share of documents",
    "log documents with it",
    "log sentences with it per document with it",
    "log 1 + earliest position",
    "earliness, halved in 1.4 sentences",
    "earliness, halved in 4.2 sentences",
    "log earliness, halved in 2.8 sentences",
    "share of first sentences",
    "in a first sentence",
    "log mean length of sentences",
    "share of capitals",
    "words with digits",
    "one stop word",
    "two stop words",
    "least inverse frequency",
    "largest inverse frequency",
    "largest centrality of sentences",
    "mean centrality of sentences",
    "log sentences",
    "log documents",
    "in two documents",
    "in three documents",
    "letters of the shorter word",
    "log share of sentences",
    "mean earliness, halved in 2.8 sentences",
    "earliest place in a document",
)


def concept_features(
    stems: Stems,
    incidence: Incidence,
    document: npt.NDArray[np.intp],
    index: npt.NDArray[np.intp],
) -> Vector:
    """Describe each concept.

    :param stems: n sentences.
    :param incidence: Their concepts, c of them.
    :param document: (n,) the document of each sentence, ascending.
    :param index: (n,) the position of each sentence within its document.
    :return: (c, 26) float64, a column for each of ``FEATURES``.
    """
    count, sentences = incidence.count, len(document)
    if not count:
        return np.zeros((0, len(FEATURES)))
    rows, concepts = incidence.rows, incidence.concepts
    _, document = np.unique(document, return_inverse=True)
    documents = int(document[-1]) + 1

    # Rows are in reading order, so the first of equal keys is a document's earliest mention.
    keys, first = np.unique(concepts * documents + document[rows], return_index=True)
    mentioned = keys // documents
    position = index[rows[first]].astype(np.float64)
    length = np.bincount(document, minlength=documents)[keys % documents]

    def earliness(decay: float) -> Vector:
        votes = np.exp(-position / decay)
        return np.asarray(np.bincount(mentioned, votes, minlength=count), dtype=np.float64)

    def earliest(places: Vector) -> Vector:
        lowest = np.full(count, np.inf)
        np.minimum.at(lowest, mentioned, places)
        return lowest

    having = np.bincount(mentioned, minlength=count)
    frequency = np.bincount(concepts, minlength=count)
    opening = np.bincount(mentioned, position == 0, minlength=count)

    def mean(values: Vector) -> Vector:
        return np.asarray(np.bincount(concepts, values[rows], minlength=count) / frequency)

    central = _centrality(stems, index)
    largest = np.full(count, -np.inf)
    np.maximum.at(largest, concepts, central[rows])
    one, other = incidence.pairs.T
    inverse = np.log(sentences / stems.frequency)
    uses = np.bincount(stems.tokens, minlength=len(stems.stems))
    capital = np.bincount(stems.tokens, stems.capital, minlength=len(stems.stems)) / uses
    digits = np.array([any(map(str.isdigit, stem)) for stem in stems.stems], dtype=np.float64)
    content = stems.content
    columns = (
        having / documents,
        np.log(having),
        np.log(frequency / having),
        np.log1p(earliest(position)),
        earliness(2),
        earliness(6),
        np.log(earliness(4) + 0.02),
        opening / documents,
        opening > 0,
        np.log(mean(stems.lengths.astype(np.float64))),
        (capital[one] + capital[other]) / 2,
        digits[one] + digits[other],
        content[one] ^ content[other],
        ~content[one] & ~content[other],
        np.minimum(inverse[one], inverse[other]),
        np.maximum(inverse[one], inverse[other]),
        largest,
        mean(central),
        np.full(count, np.log(sentences)),
        np.full(count, np.log(documents)),
        having >= 2,
        having >= 3,
        np.minimum(stems.letters[one], stems.letters[other]),
        np.log(frequency / sentences),
        earliness(4) / documents,
        earliest(position / length),
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _centrality(stems: Stems, index: npt.NDArray[np.intp]) -> Vector:
    """Return (n,) how near the words of a sentence are to those of all, early ones first.

    The cosine to the centroid of the sentences (Radev et al. 2004) by tf-idf, less the mean and
    divided by the standard deviation of all.
    """
    sentences, size = len(stems.lengths), len(stems.stems)
    entries, times = np.unique(stems.rows * size + stems.tokens, return_counts=True)
    rows, words = np.divmod(entries, size)
    telling = np.log1p(sentences / stems.frequency)
    values = np.where(stems.content, telling, 0.0)[words] * (1 + np.log(times))
    length = np.sqrt(np.bincount(rows, values**2, minlength=sentences))
    values /= np.where(length > 0, length, 1)[rows]
    early = 0.2 + 0.8 * np.exp(-index / 5)
    centroid = np.bincount(words, values * early[rows], minlength=size)
    centroid = centroid / (np.linalg.norm(centroid) or 1.0)
    cosine = np.bincount(rows, values * centroid[words], minlength=sentences)
    return np.asarray((cosine - cosine.mean()) / (cosine.std() or 1.0))

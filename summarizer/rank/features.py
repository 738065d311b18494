"""What the sources alone tell about each concept; from this its weight is learned.

How many documents have it and how early, how often it stands in how central and how long
sentences, and what kind of words it consists of.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .counting import Counts, count_concepts, rounded
from .incidence import Incidence, Stems, stem_counts

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


@dataclass(frozen=True, slots=True)
class Kinds:
    """What kind of word each of s stems is.

    :param content: (s,) bool, False for stop words.
    :param letters: (s,) intp, its length.
    :param capital: (s,) float64, how often it has a capital within a sentence, 0 to 1.
    :param digits: (s,) float64, 1 where it has a digit.
    :param inverse: (s,) float64, its inverse frequency.
    """

    content: npt.NDArray[np.bool_]
    letters: npt.NDArray[np.intp]
    capital: Vector
    digits: Vector
    inverse: Vector


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
    counts = count_concepts(stems, incidence, document, index, centrality(stems, index))
    return describe(counts, word_kinds(stems), len(index), len(np.unique(document)))


def word_kinds(stems: Stems) -> Kinds:
    """Tell what kind of word each stem is."""
    size, sentences = len(stems.stems), len(stems.offsets) - 1
    uses = np.bincount(stems.tokens, minlength=size)
    capital = np.bincount(stems.tokens[stems.capital], minlength=size)
    digits = np.array(
        [not stem.isalpha() and any(map(str.isdigit, stem)) for stem in stems.stems],
        dtype=np.float64,
    )
    inverse = np.log(sentences / stems.frequency)
    return Kinds(stems.content, stems.letters, capital / uses, digits, inverse)


def describe(counts: Counts, kinds: Kinds, sentences: int, documents: int) -> Vector:
    """Describe concepts by what was counted of them.

    :param counts: Of c concepts, all there are or some of them.
    :param kinds: Of all stems.
    :param sentences: How many sentences there are.
    :param documents: How many documents have them.
    :return: (c, 26) float64, a column for each of ``FEATURES``.
    """
    one, other = np.divmod(counts.keys, max(len(kinds.content), 1))
    having, frequency, opening, words, central, early2, early4, early6 = counts.sums.T
    earliest, place = counts.least.T
    content, inverse = kinds.content, kinds.inverse
    count = len(counts.keys)
    columns = (
        having / documents,
        np.log(having),
        np.log(frequency / having),
        np.log1p(earliest),
        early2,
        early6,
        np.log(early4 + 0.02),
        opening / documents,
        opening > 0,
        np.log(words / frequency),
        (kinds.capital[one] + kinds.capital[other]) / 2,
        kinds.digits[one] + kinds.digits[other],
        content[one] ^ content[other],
        ~content[one] & ~content[other],
        np.minimum(inverse[one], inverse[other]),
        np.maximum(inverse[one], inverse[other]),
        counts.most,
        central / frequency,
        np.full(count, np.log(sentences)),
        np.full(count, np.log(documents)),
        having >= 2,
        having >= 3,
        np.minimum(kinds.letters[one], kinds.letters[other]),
        np.log(frequency / sentences),
        early4 / documents,
        place,
    )
    return np.stack(columns, axis=1, dtype=np.float64)


def centrality(stems: Stems, index: npt.NDArray[np.intp]) -> Vector:
    """Return (n,) how near the words of a sentence are to those of all, early ones first.

    The cosine to the centroid of the sentences (Radev et al. 2004) by tf-idf, less the mean and
    divided by the standard deviation of all.
    """
    telling = np.log1p((len(stems.offsets) - 1) / np.maximum(stems.frequency, 1))
    telling = np.where(stems.content, telling, 0.0)
    parts = stems.blocks()
    early = 0.2 + 0.8 * np.exp(-index / 5)
    centroid = np.zeros(len(telling))
    for first, last in parts:
        rows, words, values = _tf_idf(stems.between(first, last), telling)
        terms = rounded(values * early[first:last][rows], apart=len(parts) > 1)
        centroid += np.bincount(words, terms, minlength=len(telling))
    centroid = centroid / (np.linalg.norm(centroid) or 1.0)
    cosine = np.zeros(len(index))
    for first, last in parts:
        rows, words, values = _tf_idf(stems.between(first, last), telling)
        cosine[first:last] = np.bincount(rows, values * centroid[words], minlength=last - first)
    return np.asarray((cosine - cosine.mean()) / (cosine.std() or 1.0))


def _tf_idf(
    stems: Stems, telling: Vector
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Vector]:
    """Return the row, the stem and the value of each entry; rows have length 1."""
    entries, times = stem_counts(stems)
    rows, words = np.divmod(entries, max(len(telling), 1))
    values = telling[words] * (1 + np.log(times))
    length = np.sqrt(np.bincount(rows, values**2, minlength=len(stems.lengths)))
    return rows, words, values / np.where(length > 0, length, 1)[rows]

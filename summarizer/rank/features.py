"""What the sources tell about each concept, and how likely people are to say it in a summary.

What is told is how many documents have it and how early, how often it stands in how central and how
long sentences, and what kind of words it consists of. Its weight is learned from summaries that
people wrote, by a logistic regression over these features (after Hong and Nenkova 2014, who learned
the weights of words). Each feature speaks by its own value and its square, and differently where
documents or sentences are many.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ..settings import Settings
from ..text.assets import read_weights
from ..text.table import Concepts, Floats, Mask, Rows, Stems, run_starts
from .concepts import inverse_frequency, stem_counts

# Meetings and tales say in a hundred sentences what a summary says in one, wherever it stands;
# long reports open with what they say, as short ones do. Documents of this many sentences are long,
# of twice as many they are so altogether.
_LONG = 80

TERMS = ("value", "square", "by documents", "by sentences", "if long", "square if long")
SIZES = ("log documents", "log sentences", "long documents without sections")
_DOCUMENTS = 1.5
_SENTENCES = 3.5
_FAR = 6.0
_FAR_SQUARE = 9.0
# At most this many concepts per block, so that a block stays in cache.
_BLOCK = 4096


def concept_features(
    stems: Stems,
    concepts: Concepts,
    document: Rows,
    position: Rows,
    central: Floats,
    sectioned: float,
) -> dict[str, npt.NDArray[Any]]:
    """Describe each concept.

    :param stems: n sentences.
    :param concepts: Their concepts, c of them, 1 or more, each in one of them or more.
    :param document: (n,) the document of each sentence, ascending.
    :param position: (n,) the position of each sentence within its document.
    :param central: (n,) how central each sentence is.
    :param sectioned: The share of sentences in documents with sections, 0 to 1.
    :return: By its name, what is known of each: (c,) numbers or truth values.
    """
    count, rows, numbers = len(concepts.keys), concepts.rows, concepts.numbers.astype(np.intp)
    _, document = np.unique(document, return_inverse=True)
    documents, sentences = int(document[-1]) + 1, len(document)
    # Rows are in reading order, so the first of equal keys is a document's earliest mention.
    mentions, first = np.unique(numbers * documents + document[rows], return_index=True)
    mentioned = mentions // documents
    earliest = position[rows[first]].astype(np.float64)
    length = np.bincount(document, minlength=documents)[mentions % documents]
    # Mentions are sorted by concept.
    starts = run_starts(mentioned)

    def total(of: Rows, values: Rows | Floats | None = None) -> Floats:
        return np.bincount(of, values, minlength=count).astype(np.float64)

    having, frequency = total(mentioned), total(numbers)
    opening = total(mentioned, (earliest == 0).astype(np.intp))
    early2, early4, early6 = (total(mentioned, np.exp(-earliest / decay)) for decay in (2, 4, 6))
    most = np.full(count, -np.inf)
    np.maximum.at(most, numbers, central[rows])

    one, other = np.divmod(concepts.keys, max(len(stems.stems), 1))
    uses = np.maximum(np.bincount(stems.tokens, minlength=len(stems.stems)), 1)
    capital = np.bincount(stems.tokens[stems.capital], minlength=len(stems.stems)) / uses
    digits = np.array(
        [not stem.isalpha() and any(map(str.isdigit, stem)) for stem in stems.stems], np.float64
    )
    long = (1 - sectioned) * np.clip(np.log2(sentences / documents / _LONG), 0, 1)
    inverse = np.log(stems.total / np.maximum(stems.frequency, 1))
    content, letters = stems.content, stems.letters
    return {
        "share of documents": having / documents,
        "log documents with it": np.log(having),
        "log sentences with it per document with it": np.log(frequency / having),
        "log 1 + earliest position": np.log1p(np.minimum.reduceat(earliest, starts)),
        "earliness, halved in 1.4 sentences": early2,
        "earliness, halved in 4.2 sentences": early6,
        "log earliness, halved in 2.8 sentences": np.log(early4 + 0.02),
        "share of first sentences": opening / documents,
        "in a first sentence": opening > 0,
        "log mean length of sentences": np.log(total(numbers, stems.lengths[rows]) / frequency),
        "share of capitals": (capital[one] + capital[other]) / 2,
        "words with digits": digits[one] + digits[other],
        "one stop word": content[one] ^ content[other],
        "two stop words": ~content[one] & ~content[other],
        "least inverse frequency": np.minimum(inverse[one], inverse[other]),
        "largest inverse frequency": np.maximum(inverse[one], inverse[other]),
        "largest centrality of sentences": most,
        "mean centrality of sentences": total(numbers, central[rows]) / frequency,
        "log sentences": np.full(count, np.log(sentences)),
        "log documents": np.full(count, np.log(documents)),
        "in two documents": having >= 2,
        "in three documents": having >= 3,
        "letters of the shorter word": np.minimum(letters[one], letters[other]),
        "log share of sentences": np.log(frequency / sentences),
        "mean earliness, halved in 2.8 sentences": early4 / documents,
        "earliest place in a document": np.minimum.reduceat(earliest / length, starts),
        "long documents without sections": np.full(count, long),
    }


def position_weights(position: Rows, settings: Settings) -> Floats:
    """Return how much a sentence counts for standing where it stands (Lin and Hovy 1997).

    :param position: (n,) positions of sentences within their documents, from 0.
    :return: (n,) float64, from 1 for the first sentence down to ``settings.position_base``.
    """
    base = settings.position_base
    return np.asarray(base + (1 - base) * np.exp(-position / settings.position_decay))


def lexical_centrality(stems: Stems, position: Rows, settings: Settings) -> Floats:
    """Return (n,) how near the words of a sentence are to those of all, early ones first.

    The cosine to the centroid of the sentences (Radev et al. 2004) by tf-idf, less the mean and
    divided by the standard deviation of all.
    """
    telling = inverse_frequency(stems)
    entries, times = stem_counts(stems)
    rows, words = np.divmod(entries, max(len(telling), 1))
    values = telling[words] * (1 + np.log(times))
    length = np.sqrt(np.bincount(rows, values**2, minlength=len(position)))
    values = values / np.where(length > 0, length, 1)[rows]
    early = position_weights(position, settings)
    centroid = np.bincount(words, values * early[rows], minlength=len(telling))
    centroid = centroid / (np.linalg.norm(centroid) or 1.0)
    cosine = np.bincount(rows, values * centroid[words], minlength=len(position))
    return np.asarray((cosine - cosine.mean()) / (cosine.std() or 1.0))


def weigh_concepts(
    stems: Stems,
    concepts: Concepts,
    document: Rows,
    position: Rows,
    sectioned: Mask,
    settings: Settings,
) -> Floats:
    """Estimate how likely people are to put each concept of n sentences into a summary.

    :param document: (n,) the document of each sentence.
    :param position: (n,) its place among the sentences of its document.
    :param sectioned: (n,) whether its document has sections.
    :return: (c,) float64 weights of sum 1.
    """
    if not len(concepts.keys):
        return np.zeros(0)
    central = lexical_centrality(stems, position, settings)
    share = float(sectioned.mean())
    features = concept_features(stems, concepts, document, position, central, share)
    model = read_weights("salience", settings.weights)
    columns = [features[name] for name in model["features"]]
    return predict(np.stack(columns, axis=1, dtype=np.float64), model)


def predict(features: Floats, model: Mapping[str, Any]) -> Floats:
    """Return the probabilities of a logistic regression, scaled to a sum of 1.

    :param features: (c, f) float64.
    :param model: An ``intercept``, and for each of the f ``features``, in their order, its
        ``mean``, its ``deviation`` and a coefficient for each of ``TERMS``.
    :return: (c,) float64 weights of sum 1.
    """
    columns = model["features"].values()
    mean = np.array([column["mean"] for column in columns])
    deviation = np.array([column["deviation"] for column in columns])
    coefficients = np.array([[column[term] for column in columns] for term in TERMS])
    sizes = features[:, [list(model["features"]).index(name) for name in SIZES]]
    logit = np.full(len(features), float(model["intercept"]))
    for start in range(0, len(features), _BLOCK):
        block = slice(start, start + _BLOCK)
        standard = (features[block] - mean) / deviation
        terms = expand(standard, sizes[block])
        logit[block] += terms @ coefficients.reshape(-1)
    likely = 1 / (1 + np.exp(-logit))
    return np.asarray(likely / likely.sum())


def expand(standard: Floats, sizes: Floats) -> Floats:
    """Return the terms of the regression, those of ``TERMS`` behind one another.

    :param standard: (c, f) float64, standardised features.
    :param sizes: (c, 3) the features ``SIZES``, as they are.
    :return: (c, 6 f) float64.
    """
    count, size = standard.shape
    documents, sentences, long = sizes.T[:, :, None]
    terms = np.empty((count, len(TERMS), size))
    value = np.clip(standard, -_FAR, _FAR, out=terms[:, 0])
    np.minimum(value**2, _FAR_SQUARE, out=terms[:, 1])
    np.multiply(value, documents - _DOCUMENTS, out=terms[:, 2])
    np.multiply(value, sentences - _SENTENCES, out=terms[:, 3])
    np.multiply(terms[:, :2], long[:, None], out=terms[:, 4:])
    return terms.reshape(count, len(TERMS) * size)

"""How much each sentence of the candidate pool matters.

What many documents say matters (frequency: Nenkova and Vanderwende 2005), and so does what a
document says early (position: Lin and Hovy 1997).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ..settings import RANKER, Ranker, Settings
from ..text.assets import read_weights
from ..text.table import Floats, Mask, Rows, SentenceTable, Vectors, run_starts, unit_rows
from .concepts import lexical_vectors
from .features import position_weights
from .redundancy import star_clusters

# At most this many rows per block, so that products of a large pool fit in memory.
_BLOCK = 1024
_WORD = re.compile(r"\w+|[,.():—|@…?!]")
_DIGITS = re.compile(r"\d+")
_MOST_WORDS = 60


def rank_sentences(
    pool: SentenceTable,
    vectors: Vectors,
    settings: Settings,
    ranker: Ranker = RANKER,
    *,
    understood: bool = True,
) -> SentenceTable:
    """Cluster the sentences of a pool across all documents and tell how much each matters.

    :param pool: n sentences with ``concept_weight`` and ``cost``.
    :param vectors: (n, d) float32 unit rows of their meaning.
    :param ranker: Where it is ``coverage``, sentences of the same words support one another as do
        those of one meaning. For ``mmr``, the learned weight of a sentence for its cost is half of
        its salience.
    :param understood: Whether the encoder knows the language; if not, words stand in for meaning.
    :return: The pool with ``vectors``, ``lexical``, ``cluster``, ``salience`` and ``central``. What
        is relevant to a question, where there is one, is salient.
    """
    lexical = lexical_vectors(pool.stems, settings.lexical_dimensions)
    if not understood:
        vectors = unit_rows(lexical)
    joined = join_vectors(vectors, lexical)
    supporting = joined if ranker == "coverage" else vectors
    salience = sentence_salience(supporting, pool.document, pool.position, settings)
    if ranker == "mmr":
        density = _scaled(pool.concept_weight / np.maximum(pool.cost, 1))
        salience = _scaled((salience + density) / 2)
    if pool.asked:
        pull = np.exp(settings.query.pull * (pool.relevance - pool.relevance.max()))
        salience = _scaled(salience * pull)
    else:
        opens = pool.latest & (pool.position < settings.latest_sentences)
        salience = _scaled(salience * (1 + settings.latest_gain * opens))
    return pool.with_columns(
        vectors=vectors,
        lexical=lexical,
        cluster=star_clusters(joined, settings.cluster_cosine),
        salience=salience,
        central=subject_cosines(vectors, pool.document),
    )


def join_vectors(vectors: Vectors, lexical: Vectors) -> Vectors:
    """Join vectors of meaning and of words: products of rows are the mean of the two cosines.

    :param vectors: (n, d) float32 unit rows.
    :param lexical: (n, h) float32 rows of any length; one of zeros leaves the meaning alone.
    :return: (n, d + h) float32 unit rows.
    """
    half = np.float32(np.sqrt(0.5))
    worded = lexical.any(axis=1, keepdims=True)
    return np.hstack([vectors * np.where(worded, half, np.float32(1)), unit_rows(lexical) * half])


def cover(cosines: Vectors, settings: Settings) -> Vectors:
    """Return how far sentences cover each other's content.

    :param cosines: (n, m) float32, how alike they are in meaning.
    :return: (n, m) float32 in 0 to 1: the cosine above ``settings.cover_floor``, rescaled.
    """
    floor = np.float32(settings.cover_floor)
    return np.asarray(np.clip((cosines - floor) / (1 - floor), 0, 1))


def sentence_salience(
    vectors: Vectors, document: Rows, position: Rows, settings: Settings
) -> Floats:
    """Weigh sentences by how many documents say something like them, and how early they stand.

    :param vectors: (n, d) float32 unit rows, those of a document together.
    :param document: (n,) the document of each sentence, ascending.
    :param position: (n,) the position of each sentence within its document.
    :return: (n,) float64 in 0 to 1, the largest of them 1.
    """
    if not len(vectors):
        return np.zeros(0)
    starts = run_starts(document)
    support = np.empty(len(vectors))
    for start in range(0, len(vectors), _BLOCK):
        covered = cover(vectors[start : start + _BLOCK] @ vectors.T, settings)
        best = np.maximum.reduceat(covered, starts, axis=1)
        support[start : start + _BLOCK] = best.sum(axis=1, dtype=np.float64)
    return _scaled(support * position_weights(position, settings))


def _scaled(worth: Floats) -> Floats:
    """Return values of 0 or more as shares of the largest."""
    return np.asarray(worth / (float(worth.max()) or 1.0))


def subject_cosines(vectors: Vectors, document: Rows) -> Floats:
    """Return how near each sentence is to the subject: the mean of the documents' mean vectors.

    :param vectors: (n, d) float32 unit rows, those of a document together.
    :param document: (n,) the document of each sentence, ascending.
    :return: (n,) float64 cosines, -1 to 1.
    """
    if not len(vectors):
        return np.zeros(0)
    starts = run_starts(document)
    sizes = np.diff(starts, append=len(document))
    means = np.add.reduceat(vectors.astype(np.float64), starts, axis=0) / sizes[:, None]
    centroid = means.mean(axis=0)
    length = float(np.linalg.norm(centroid))
    return np.asarray(vectors.astype(np.float64) @ centroid / (length or 1.0))


def find_notices(texts: Sequence[str], settings: Settings) -> Mask:
    """Tell which sentences are captions, or a site's own words to its readers, in English.

    :param texts: n sentences.
    :return: (n,) bool.
    """
    model = read_weights("notices")
    odds = np.full(len(texts), model["intercept"])
    for row, text in enumerate(texts):
        words = set(word_pairs(text))
        odds[row] += (
            sum(sorted(model["words"].get(word, 0.0) for word in words)) / len(words) ** 0.5
        )
    return np.asarray(odds >= settings.notice_odds)


def word_pairs(text: str) -> list[str]:
    """Return the words, digits and marks of a sentence and each two neighbours, with its ends."""
    words = ["^", *_WORD.findall(_DIGITS.sub("0", text.lower()))[:_MOST_WORDS], "$"]
    return [*words, *map(" ".join, pairwise(words))]

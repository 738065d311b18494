"""How much each sentence of the candidate pool matters, and which say the same.

What many documents say matters (frequency: Nenkova and Vanderwende 2005), and so does what a
document says early (position: Lin and Hovy 1997).
"""

import numpy as np
import numpy.typing as npt

from ..assets import read_weights
from ..settings import RANKER, Ranker, Settings
from ..table import Floats, Rows, SentenceTable, run_starts
from .concepts import lexical_vectors
from .features import position_weights

Vectors = npt.NDArray[np.float32]

# At most this many rows per block, so that products of a large pool fit in memory.
_BLOCK = 1024


def rank_sentences(
    pool: SentenceTable,
    vectors: Vectors,
    settings: Settings,
    ranker: Ranker = RANKER,
    *,
    known: bool = True,
) -> SentenceTable:
    """Cluster the sentences of a pool across all documents and tell how much each matters.

    :param pool: n sentences with ``score`` and ``cost``.
    :param vectors: (n, d) float32 unit rows of their meaning.
    :param ranker: Where it is ``coverage``, sentences of the same words support one another as do
        those of one meaning. For ``mmr``, the learned weight of a sentence for its cost is half of
        its salience.
    :param known: Whether the encoder knows the language; if not, words stand in for meaning.
    :return: The pool with ``vectors``, ``lexical``, ``cluster``, ``salience`` and ``central``. What
        is relevant to a question, where there is one, is salient.
    """
    lexical = lexical_vectors(pool.stems, settings.lexical_dimensions)
    if not known:
        vectors = unit_rows(lexical)
    joined = join_vectors(vectors, lexical)
    supporting = joined if ranker == "coverage" else vectors
    salience = sentence_salience(supporting, pool.document, pool.position, settings)
    if ranker == "mmr":
        density = _scaled(pool.score / np.maximum(pool.cost, 1))
        salience = _scaled((salience + density) / 2)
    if len(pool.relevance):
        pull = np.exp(settings.query.pull * (pool.relevance - pool.relevance.max()))
        salience = _scaled(salience * pull)
    return pool.with_columns(
        vectors=vectors,
        lexical=lexical,
        cluster=star_clusters(joined, settings.cluster_cosine),
        salience=salience,
        central=subject_cosines(vectors, pool.document),
    )


def unit_rows(vectors: Vectors) -> Vectors:
    """Return rows scaled to length 1; those of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def join_vectors(vectors: Vectors, lexical: Vectors) -> Vectors:
    """Join vectors of meaning and of words: products of rows are the mean of the two cosines.

    :param vectors: (n, d) float32 unit rows.
    :param lexical: (n, h) float32 rows of any length; one of zeros leaves the meaning alone.
    :return: (n, d + h) float32 unit rows.
    """
    half = np.float32(np.sqrt(0.5))
    worded = lexical.any(axis=1, keepdims=True)
    return np.hstack([vectors * np.where(worded, half, np.float32(1)), unit_rows(lexical) * half])


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


def site_notices(vectors: Vectors, settings: Settings) -> npt.NDArray[np.bool_]:
    """Tell which sentences are a site's own words to its readers, of newsletters, cookies, log-ins.

    Learned in English from what stands word for word in texts about different subjects.

    :param vectors: (n, d) float32 unit rows, by the static model.
    :return: (n,) bool.
    """
    model = read_weights("notices")
    odds = with_mean(vectors) @ np.array(model["coefficients"]) + model["intercept"]
    # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
    return np.asarray(odds.round(5) >= settings.notice_odds)


def with_mean(vectors: Vectors) -> Vectors:
    """Return each vector with the mean of all and the product of both, (n, 2d + 1)."""
    mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    means = np.broadcast_to(mean, vectors.shape)
    return np.hstack([vectors, means, (vectors @ mean)[:, None]])


class Redundancy:
    """Which sentences may not both stand in a summary.

    Those of one cluster; those of which one says nothing, in words that tell, that is not in the
    other, where the cosine in meaning keeps apart those that share no more than names; and those of
    one event: who acts, and much of the rest, is the same. What a series said first and last may
    stand together.

    :param pool: n ranked sentences.
    """

    def __init__(self, pool: SentenceTable, settings: Settings) -> None:
        self._pool = pool
        self._settings = settings
        self._words = (pool.lexical.astype(np.float64) ** 2).sum(axis=1)
        self._names = _name_rows(pool)
        self._known: dict[int, npt.NDArray[np.bool_]] = {}

    def __len__(self) -> int:
        return len(self._pool)

    def __getitem__(self, row: int) -> npt.NDArray[np.bool_]:
        """Return (n,) bool, the rows that may not stand beside one; itself is among them."""
        if row not in self._known:
            pool, settings = self._pool, self._settings
            smaller = np.minimum(self._words, self._words[row])
            shared, alike = pool.lexical @ pool.lexical[row], pool.vectors @ pool.vectors[row]
            same = pool.cluster == pool.cluster[row]
            for share, cosine, names in (
                (settings.contained_share, settings.contained_cosine, 0),
                (settings.event_share, settings.event_cosine, settings.event_names),
            ):
                contained = (shared >= share * smaller) & (smaller > 0) & (alike >= cosine)
                same = same | contained & (self._names @ self._names[row] >= names)
            news = (pool.series > 0) & (pool.series == pool.series[row])
            news[row] = False
            self._known[row] = same & ~news
        return self._known[row]


def _name_rows(pool: SentenceTable) -> npt.NDArray[np.float32]:
    """Return for each row which telling words it has that are written with a capital, (n, k)."""
    stems = pool.stems
    names = np.unique(stems.tokens[stems.capital])
    names = names[stems.content[names]]
    rows = np.zeros((len(pool), len(names)), dtype=np.float32)
    named = np.isin(stems.tokens, names)
    rows[stems.rows[named], np.searchsorted(names, stems.tokens[named])] = 1
    return rows

"""Which documents are about something else than the others.

Real collections hold strays: a notice instead of the article, a page of another story. A stray
shares neither words nor meaning with any other document, where these share much.
"""

import numpy as np
import numpy.typing as npt

from .incidence import Stems

# A stray's likeness to the document most like it is less: the cosine in meaning and twice that in
# words, which are small where documents are short.
_STRAY = 0.45
_WORDS = 2.0
# Who shares more words with another document is no stray, and need not be looked at further.
_FEW_WORDS = 0.12
# The least mean cosine in meaning that one of the others must have, for there to be a subject.
_COHERENT = 0.3
# Medians of the mean cosines below which documents have no common subject.
_UNRELATED_WORDS = 0.06
_UNRELATED_MEANING = 0.3
# In a pair nobody can say which is the stray; among very many all have some likeness.
_FEWEST = 3
_MOST = 500
# What is of the language of most has so many of its stop words.
_STOP_WORDS = 0.1
# So many words are compared at once.
_COLUMNS = 1 << 15
# So many sentences of a document tell what it is about.
_OPENING = 20


def document_cosines(
    stems: Stems, document: npt.NDArray[np.intp], telling: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Compare documents by their words.

    :param stems: The stems of n sentences.
    :param document: (n,) the document of each, from 0 without gaps, ascending.
    :param telling: (s,) how telling each stem is.
    :return: (d, d) float64, 0 to 1.
    """
    count, size = int(document[-1]) + 1, max(len(stems.stems), 1)
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    parts = []
    for first, last in stems.blocks(starts):
        part = stems.between(first, last)
        ordered = np.sort(document[first:last][part.rows] * size + part.tokens)
        parts.append(np.unique(ordered, return_counts=True))
    rows, columns = np.divmod(np.concatenate([entries for entries, _ in parts]), size)
    values = np.log1p(np.concatenate([times for _, times in parts])) * telling[columns]
    norms = np.sqrt(np.bincount(rows, values**2, minlength=count))
    # Who shares a word with none need not be compared by it.
    shared = np.bincount(columns, minlength=size) > 1
    column = (np.cumsum(shared) - 1)[columns]
    cosines = np.zeros((count, count))
    for first in range(0, int(shared.sum()), _COLUMNS):
        kept = shared[columns] & (column >= first) & (column < first + _COLUMNS)
        matrix = np.zeros((count, min(_COLUMNS, int(shared.sum()) - first)))
        matrix[rows[kept], column[kept] - first] = values[kept]
        matrix /= np.where(norms > 0, norms, 1)[:, None]
        cosines += matrix @ matrix.T
    np.fill_diagonal(cosines, 1)
    return cosines


def comparable_documents(stems: Stems, document: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return the documents in the language of most, ascending: only these can be compared.

    None where they are too few, or too many, for strays to be told.
    """
    tokens = np.bincount(document, stems.lengths)
    stopped = np.concatenate([[0], np.cumsum(~stems.content[stems.tokens])])[stems.offsets]
    stop_words = np.bincount(document, np.diff(stopped))
    found = np.flatnonzero(stop_words >= _STOP_WORDS * np.maximum(tokens, 1))
    return found if _FEWEST <= len(found) <= _MOST else found[:0]


def is_doubtful(words: npt.NDArray[np.float64]) -> bool:
    """Tell whether a document, or most, share so few words that their meaning must be looked at.

    :param words: (d, d) cosines of the documents in words.
    """
    few = _others(words).max(axis=1) < _FEW_WORDS
    return bool(few.any() or np.median(_means(words)) < _UNRELATED_WORDS)


def opening_sentences(document: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return the rows of the sentences that tell what each document is about, ascending."""
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    return np.flatnonzero(np.arange(len(document)) - starts[document] < _OPENING)


def stray_documents(
    words: npt.NDArray[np.float64],
    vectors: npt.NDArray[np.float32],
    document: npt.NDArray[np.intp],
) -> tuple[npt.NDArray[np.intp], bool]:
    """Find the documents that are about something else.

    :param words: (d, d) cosines of comparable documents in words.
    :param vectors: (k, m) float32 unit rows, the meaning of opening sentences.
    :param document: (k,) the document of each, from 0 to below d.
    :return: The strays, ascending, and whether the documents have a common subject at all; where
        they have none, there are no strays.
    """
    meant = vectors.astype(np.float64)
    sums = np.stack([meant[document == number].sum(axis=0) for number in range(len(words))])
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    sums /= np.where(length > 0, length, 1)
    meaning = sums @ sums.T
    means = _means(meaning)
    nothing = np.zeros(0, dtype=np.intp)
    if np.median(_means(words)) < _UNRELATED_WORDS and np.median(means) < _UNRELATED_MEANING:
        return nothing, False
    nearest = _others(words).max(axis=1)
    strays = (_others(meaning).max(axis=1) + _WORDS * nearest < _STRAY) & (nearest < _FEW_WORDS)
    if strays.all() or means[~strays].max() < _COHERENT:
        return nothing, True
    return np.flatnonzero(strays), True


def _others(cosines: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the cosines to the other documents, -1 on the diagonal."""
    return np.where(np.eye(len(cosines), dtype=bool), -1.0, cosines)


def _means(cosines: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return each document's mean cosine to the others."""
    return np.asarray((cosines.sum(axis=1) - np.diag(cosines)) / max(len(cosines) - 1, 1))

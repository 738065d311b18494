"""The facts of a text, approximated by its words.

A concept is a pair of neighbouring stems in a sentence (Gillick and Favre 2009). A one-word
sentence has none.
"""

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .incidence import Incidence, Stems
from .languages import detect_language
from .tokens import tokenize_cased

_LEXICAL_DIMENSIONS = 1024


def stem_sentences(sentences: Sequence[str]) -> Stems:
    """Split sentences into words and stem these, all in the language of most of them."""
    words = [tokenize_cased(sentence) for sentence in sentences]
    folded = {word: word.casefold() for row in words for word in row}
    language = detect_language(Counter(folded[word] for row in words for word in row))
    known: dict[str, int] = {}
    numbers: dict[str, int] = {}
    content: list[bool] = []
    letters: list[int] = []
    for plain in folded.values():
        if plain not in numbers:
            numbers[plain] = known.setdefault(language.stem(plain), len(known))
            if len(known) > len(content):
                content.append(plain not in language.stop_words)
                letters.append(len(plain))
    return Stems(
        stems=tuple(known),
        content=np.array(content, dtype=bool),
        letters=np.array(letters, dtype=np.intp),
        tokens=np.array([numbers[folded[word]] for row in words for word in row], dtype=np.intp),
        capital=np.array([p > 0 and w[0].isupper() for r in words for p, w in enumerate(r)], bool),
        lengths=np.array([len(row) for row in words], dtype=np.intp),
    )


def extract_concepts(stems: Stems) -> Incidence:
    """Find the concepts of stemmed sentences.

    :param stems: n sentences.
    :return: n rows.
    """
    tokens, rows, sentences = stems.tokens, stems.rows, len(stems.lengths)
    within = rows[:-1] == rows[1:]
    different, concepts = np.unique(
        tokens[:-1][within] * len(stems.stems) + tokens[1:][within], return_inverse=True
    )
    pairs = np.stack(np.divmod(different, max(len(stems.stems), 1)), axis=1)
    entries = np.unique(rows[:-1][within] * max(len(pairs), 1) + concepts)
    entry_rows, columns = np.divmod(entries, max(len(pairs), 1))
    offsets = np.searchsorted(entry_rows, np.arange(sentences + 1))
    return Incidence(offsets.astype(np.intp), columns.astype(np.intp), pairs.astype(np.intp))


def inverse_frequency(stems: Stems) -> npt.NDArray[np.float64]:
    """Return how telling each stem is: ``log(1 + n / sentences that have it)``, 0 for stop words.

    :param stems: n sentences.
    :return: (s,) float64, 0 or more.
    """
    weights = np.log1p(len(stems.lengths) / np.maximum(stems.frequency, 1))
    return np.where(stems.content, weights, 0.0)


def lexical_vectors(stems: Stems, kept: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
    """Return sentences as vectors of their telling words.

    Words are hashed to a fixed number of dimensions with a sign each, so that collisions cancel
    out on average (Weinberger et al. 2009).

    :param stems: n sentences.
    :param kept: (k,) the sentences wanted, ascending.
    :return: (k, 1024) float32, a stem's squared inverse frequency being its weight in the product
        of two rows; a row of zeros for a sentence of stop words.
    """
    hashes = np.array([zlib.crc32(stem.encode()) for stem in stems.stems], dtype=np.int64)
    columns, signs = hashes % _LEXICAL_DIMENSIONS, np.where(hashes >> 31, -1.0, 1.0)
    weights = signs * inverse_frequency(stems)
    vectors = np.zeros((len(kept), _LEXICAL_DIMENSIONS))
    for row, words in enumerate(different_stems(stems, kept)):
        np.add.at(vectors[row], columns[words], weights[words])
    return vectors.astype(np.float32)


def different_stems(stems: Stems, kept: npt.NDArray[np.intp]) -> list[npt.NDArray[np.intp]]:
    """Return the different stems of each of the sentences wanted, ascending."""
    ends = np.cumsum(stems.lengths)
    starts = ends - stems.lengths
    return [np.unique(stems.tokens[starts[row] : ends[row]]) for row in kept]

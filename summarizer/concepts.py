"""The facts of a text, approximated by its words.

A concept is a pair of neighbouring stems of which at least one is not a stop word (Gillick and
Favre 2009). A one-word sentence has none.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .tokens import tokenize

_LEXICAL_DIMENSIONS = 1024


@dataclass(frozen=True, slots=True)
class Stems:
    """The stemmed words of n sentences, one behind the other.

    :param stems: The different stems, in the order of their first appearance.
    :param content: (s,) bool, False for stop words.
    :param tokens: (t,) intp, a stem's number for each word.
    :param lengths: (n,) intp, how many words each sentence has.
    """

    stems: tuple[str, ...]
    content: npt.NDArray[np.bool_]
    tokens: npt.NDArray[np.intp]
    lengths: npt.NDArray[np.intp]

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The sentence of each word, (t,)."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which concepts each sentence has, as sparse rows.

    :param offsets: (n + 1,) intp; row i is ``concepts[offsets[i]:offsets[i + 1]]``.
    :param concepts: Concept numbers, ascending and without repetition within a row, intp.
    :param count: How many different concepts there are.
    """

    offsets: npt.NDArray[np.intp]
    concepts: npt.NDArray[np.intp]
    count: int

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The row of each entry, as long as ``concepts``."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def row(self, number: int) -> npt.NDArray[np.intp]:
        """Return the concepts of one row."""
        return self.concepts[self.offsets[number] : self.offsets[number + 1]]

    def totals(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return, for each row, the sum of its concepts' weights."""
        rows = len(self.offsets) - 1
        sums = np.bincount(self.rows, weights=weights[self.concepts], minlength=rows)
        return sums.astype(np.float64)  # bincount of nothing gives whole numbers


def stem_sentences(sentences: Sequence[str]) -> Stems:
    """Split sentences into words and stem these (Snowball's English stemmer)."""
    known: dict[str, int] = {}
    numbers: dict[str, int] = {}
    content: list[bool] = []
    tokens: list[int] = []
    lengths = np.zeros(len(sentences), dtype=np.intp)
    for row, sentence in enumerate(sentences):
        words = tokenize(sentence)
        lengths[row] = len(words)
        for word in words:
            if word not in numbers:
                numbers[word] = known.setdefault(_stemmer().stemWord(word), len(known))
                if len(known) > len(content):
                    content.append(word not in _stop_words())
            tokens.append(numbers[word])
    return Stems(tuple(known), np.array(content, bool), np.array(tokens, np.intp), lengths)


def extract_concepts(stems: Stems) -> Incidence:
    """Find the concepts of stemmed sentences.

    :param stems: n sentences.
    :return: n rows.
    """
    tokens, rows, sentences = stems.tokens, stems.rows, len(stems.lengths)
    if len(tokens) < 2:
        return Incidence(np.zeros(sentences + 1, np.intp), np.zeros(0, np.intp), 0)
    telling = (rows[:-1] == rows[1:]) & (stems.content[tokens[:-1]] | stems.content[tokens[1:]])
    pairs = (tokens[:-1] * len(stems.stems) + tokens[1:])[telling]
    different, concepts = np.unique(pairs, return_inverse=True)
    count = len(different)
    entries = np.unique(rows[:-1][telling] * max(count, 1) + concepts)
    entry_rows, columns = np.divmod(entries, max(count, 1))
    offsets = np.searchsorted(entry_rows, np.arange(sentences + 1))
    return Incidence(offsets.astype(np.intp), columns.astype(np.intp), count)


def inverse_frequency(stems: Stems) -> npt.NDArray[np.float64]:
    """Return how telling each stem is: ``log(1 + n / sentences that have it)``, 0 for stop words.

    :param stems: n sentences.
    :return: (s,) float64, 0 or more.
    """
    entries = np.unique(stems.rows * max(len(stems.stems), 1) + stems.tokens)
    frequency = np.bincount(entries % max(len(stems.stems), 1), minlength=len(stems.stems))
    weights = np.log1p(len(stems.lengths) / np.maximum(frequency, 1))
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


@cache
def _stop_words() -> frozenset[str]:
    from stop_words import get_stop_words

    return frozenset(get_stop_words("english"))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")

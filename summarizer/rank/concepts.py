"""The facts of a text, approximated by its words.

A concept is a pair of neighbouring stems in a sentence (Gillick and Favre 2009). A one-word
sentence has none.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

import numpy as np
import numpy.typing as npt

from ..text.language import Language, language_of_words
from ..text.tokens import find_tokens
from .incidence import Incidence, Stems, Words, distinct, stem_counts

_LEXICAL_DIMENSIONS = 1024


def split_words(sentences: Iterable[str]) -> Words:
    """Split sentences into words, each different one kept once."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lengths: list[int] = []
    found: list[int] = []
    for sentence in sentences:
        before = len(found)
        found.extend(map(numbers.__getitem__, find_tokens(sentence)))
        lengths.append(len(found) - before)
    form = np.array(found, dtype=np.int32)
    cased = [token.strip("'") for token in numbers]
    words: dict[str, int] = {}
    # A token of apostrophes alone is no word.
    own = [words.setdefault(word.casefold(), len(words)) if word else -1 for word in cased]
    tokens = np.array(own, dtype=np.int32)[form]
    capital = np.array([word[:1].isupper() for word in cased], dtype=bool)[form]
    kept = tokens >= 0
    rows = np.repeat(np.arange(len(lengths)), lengths)[kept]
    capital = capital[kept]
    capital[np.flatnonzero(np.diff(rows, prepend=-1))] = False
    counts = np.bincount(rows, minlength=len(lengths)).astype(np.int32)
    return Words(tuple(words), tokens[kept], capital, counts)


def join_words(parts: Sequence[Words]) -> Words:
    """Put the words of parts of a text behind one another.

    :param parts: One or more; joining some of them first changes nothing.
    """
    numbers: dict[str, int] = {}
    tokens = [np.zeros(0, dtype=np.int32)]
    for part in parts:
        own = [numbers.setdefault(word, len(numbers)) for word in part.words]
        tokens.append(np.array(own, dtype=np.int32)[part.tokens])
    return Words(
        tuple(numbers),
        np.concatenate(tokens),
        np.concatenate([part.capital for part in parts]),
        np.concatenate([part.lengths for part in parts]),
    )


def keep_words(words: Words, rows: npt.NDArray[np.intp]) -> Words:
    """Return the words of some sentences, by rows that ascend, as if there were no others."""
    kept = words.within(rows)
    used, first, tokens = np.unique(words.tokens[kept], return_index=True, return_inverse=True)
    order = np.argsort(first)
    return Words(
        tuple(words.words[word] for word in used[order].tolist()),
        np.argsort(order)[tokens].astype(np.int32),
        words.capital[kept],
        words.lengths[rows],
    )


def words_language(words: Words, tokens: npt.NDArray[np.int32]) -> Language:
    """Tell the language of most of some words, given by their numbers."""
    times = np.bincount(tokens)
    used = np.flatnonzero(times).tolist()
    counted = zip(used, times[used].tolist(), strict=True)
    return language_of_words({words.words[word]: count for word, count in counted})


def stem_words(words: Words) -> Stems:
    """Stem words, all in the language of most of them."""
    language = words_language(words, words.tokens)
    known: dict[str, int] = {}
    numbers = [known.setdefault(stem, len(known)) for stem in map(language.stem, words.words)]
    plain: dict[int, str] = {}
    for number, word in zip(numbers, words.words, strict=True):
        plain.setdefault(number, word)
    stems = Stems(
        stems=tuple(known),
        content=np.array([word not in language.stop_words for word in plain.values()], dtype=bool),
        letters=np.array(list(map(len, plain.values())), dtype=np.intp),
        frequency=np.zeros(0, dtype=np.intp),
        tokens=np.array(numbers, dtype=np.int32)[words.tokens],
        capital=words.capital,
        offsets=np.concatenate([[0], np.cumsum(words.lengths, dtype=np.intp)]),
    )
    frequency = np.zeros(len(known), dtype=np.intp)
    for first, last in stems.blocks():
        entries, _ = stem_counts(stems.between(first, last))
        frequency += np.bincount(entries % max(len(known), 1), minlength=len(known))
    return replace(stems, frequency=frequency)


def stem_sentences(sentences: Iterable[str]) -> Stems:
    """Split sentences into words and stem these, all in the language of most of them."""
    return stem_words(split_words(sentences))


def extract_concepts(stems: Stems) -> Incidence:
    """Find the concepts of stemmed sentences.

    :param stems: n sentences.
    :return: n rows.
    """
    tokens, rows, size = stems.tokens.astype(np.int64), stems.rows, max(len(stems.stems), 1)
    within = rows[:-1] == rows[1:]
    pairs = tokens[:-1][within] * size + tokens[1:][within]
    keys, numbers = np.unique(pairs, return_inverse=True)
    entries = distinct(rows[:-1][within] * max(len(keys), 1) + numbers)
    row, column = np.divmod(entries, max(len(keys), 1))
    lengths = np.bincount(row, minlength=len(stems.offsets) - 1)
    return Incidence(
        np.concatenate([[0], np.cumsum(lengths)]),
        column.astype(np.int32),
        np.stack(np.divmod(keys, size), axis=1).astype(np.int32),
    )


def join_concepts(parts: Sequence[Incidence], keys: npt.NDArray[np.int64], size: int) -> Incidence:
    """Put the concepts of parts of a text behind one another.

    :param parts: Their rows, stems being numbered alike in all.
    :param keys: (c,) ``stem * size + stem`` of all concepts, ascending.
    :param size: How many stems there are.
    """
    columns, lengths = [np.zeros(0, dtype=np.int32)], [np.zeros(1, dtype=np.intp)]
    for part in parts:
        own = part.pairs.astype(np.int64) @ np.array([max(size, 1), 1])
        columns.append(np.searchsorted(keys, own).astype(np.int32)[part.concepts])
        lengths.append(np.diff(part.offsets))
    return Incidence(
        np.cumsum(np.concatenate(lengths), dtype=np.intp),
        np.concatenate(columns),
        np.stack(np.divmod(keys, max(size, 1)), axis=1).astype(np.int32),
    )


def inverse_frequency(stems: Stems) -> npt.NDArray[np.float64]:
    """Return how telling each stem is: ``log(1 + n / sentences that have it)``, 0 for stop words.

    :param stems: n sentences.
    :return: (s,) float64, 0 or more.
    """
    weights = np.log1p((len(stems.offsets) - 1) / np.maximum(stems.frequency, 1))
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
    rows, words = np.divmod(stem_counts(stems.take(kept))[0], max(len(stems.stems), 1))
    vectors = np.bincount(
        rows * _LEXICAL_DIMENSIONS + columns[words],
        weights[words],
        minlength=len(kept) * _LEXICAL_DIMENSIONS,
    )
    return vectors.reshape(len(kept), _LEXICAL_DIMENSIONS).astype(np.float32)

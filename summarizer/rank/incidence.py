"""The records of words and concepts that stages hand to one another: arrays, not objects."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

# So many words are worked on at once.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some sentences, one behind the other.

    :param words: The different words, case-folded, in the order of their first appearance.
    :param tokens: (t,) int32, the number of each word.
    :param capital: (t,) bool, True for words with a capital inside a sentence.
    :param lengths: (n,) int32, how many words each sentence has.
    """

    words: tuple[str, ...]
    tokens: npt.NDArray[np.int32]
    capital: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int32]

    def within(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Tell which of the t words stand in some of the sentences."""
        wanted = np.zeros(len(self.lengths), dtype=bool)
        wanted[rows] = True
        return np.repeat(wanted, self.lengths)


@dataclass(frozen=True, slots=True)
class Stems:
    """The stemmed words of n sentences, one behind the other.

    :param stems: The different stems, in the order of their first appearance.
    :param content: (s,) bool, False for stop words.
    :param letters: (s,) intp, the length of the word that first had each stem.
    :param frequency: (s,) intp, in how many sentences each stem stands.
    :param tokens: (t,) int32, a stem's number for each word.
    :param capital: (t,) bool, True for words with a capital inside a sentence.
    :param offsets: (n + 1,) intp; sentence i is ``tokens[offsets[i]:offsets[i + 1]]``.
    """

    stems: tuple[str, ...]
    content: npt.NDArray[np.bool_]
    letters: npt.NDArray[np.intp]
    frequency: npt.NDArray[np.intp]
    tokens: npt.NDArray[np.int32]
    capital: npt.NDArray[np.bool_]
    offsets: npt.NDArray[np.intp]

    @property
    def lengths(self) -> npt.NDArray[np.intp]:
        """How many words each sentence has, (n,)."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The sentence of each word, (t,)."""
        return np.repeat(np.arange(len(self.offsets) - 1), self.lengths)

    def of(self, row: int) -> npt.NDArray[np.intp]:
        """Return the stems of one sentence in order."""
        return self.tokens[self.offsets[row] : self.offsets[row + 1]].astype(np.intp)

    def between(self, first: int, last: int) -> "Stems":
        """Return the sentences from one to before another, with what is known of all of them."""
        start, end = self.offsets[[first, last]]
        return replace(
            self,
            tokens=self.tokens[start:end],
            capital=self.capital[start:end],
            offsets=self.offsets[first : last + 1] - start,
        )

    def take(self, rows: npt.NDArray[np.intp]) -> "Stems":
        """Return some of the sentences, with what is known of all of them."""
        lengths = self.lengths[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[rows] - offsets[:-1], lengths)
        return replace(
            self, tokens=self.tokens[places], capital=self.capital[places], offsets=offsets
        )

    def blocks(self, starts: npt.NDArray[np.intp] | None = None) -> list[tuple[int, int]]:
        """Divide the sentences into blocks of so many words that arrays of them are small.

        :param starts: The rows at which a block may begin, ascending from 0; any, by default.
        :return: The first row of each block and the one behind its last.
        """
        rows = len(self.offsets) - 1
        starts = np.arange(rows) if starts is None else starts
        number = self.offsets[starts] // _BLOCK
        first = starts[np.flatnonzero(np.diff(number, prepend=-1))].tolist()
        return list(zip(first, [*first[1:], rows], strict=True)) if rows else []


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which concepts each sentence has, as sparse rows.

    :param offsets: (n + 1,) intp; row i is ``concepts[offsets[i]:offsets[i + 1]]``.
    :param concepts: Concept numbers, ascending and without repetition within a row, int32.
    :param pairs: (c, 2) int32, the two stems of each concept, ascending.
    """

    offsets: npt.NDArray[np.intp]
    concepts: npt.NDArray[np.int32]
    pairs: npt.NDArray[np.int32]

    @property
    def count(self) -> int:
        """How many different concepts there are."""
        return len(self.pairs)

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The row of each entry, as long as ``concepts``."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def row(self, number: int) -> npt.NDArray[np.intp]:
        """Return the concepts of one row."""
        return self.concepts[self.offsets[number] : self.offsets[number + 1]].astype(np.intp)

    def totals(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return, for each row, the sum of its concepts' weights."""
        rows = len(self.offsets) - 1
        sums = np.bincount(self.rows, weights=weights[self.concepts], minlength=rows)
        return sums.astype(np.float64)  # bincount of nothing gives whole numbers


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the different values, ascending: ``np.unique``, but by a sort, which is faster."""
    ordered = np.sort(values)
    return ordered[_starts(ordered)]


def stem_counts(stems: Stems) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    """Count the stems of each sentence.

    :param stems: n sentences.
    :return: ``row * s + stem`` of the different ones, ascending, and how often each stands there.
    """
    ordered = np.sort(stems.rows * max(len(stems.stems), 1) + stems.tokens)
    starts = np.flatnonzero(_starts(ordered))
    return ordered[starts], np.diff(starts, append=len(ordered))


def _starts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Tell where runs of equal values begin."""
    return np.concatenate([np.ones(min(len(ordered), 1), dtype=bool), ordered[1:] != ordered[:-1]])

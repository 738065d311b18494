"""The records of words and concepts that stages hand to one another: arrays, not objects."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Stems:
    """The stemmed words of n sentences, one behind the other.

    :param stems: The different stems, in the order of their first appearance.
    :param content: (s,) bool, False for stop words.
    :param letters: (s,) intp, the length of the word that first had each stem.
    :param tokens: (t,) intp, a stem's number for each word.
    :param capital: (t,) bool, True for words with a capital inside a sentence.
    :param lengths: (n,) intp, how many words each sentence has.
    """

    stems: tuple[str, ...]
    content: npt.NDArray[np.bool_]
    letters: npt.NDArray[np.intp]
    tokens: npt.NDArray[np.intp]
    capital: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.intp]

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The sentence of each word, (t,)."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def of(self, row: int) -> npt.NDArray[np.intp]:
        """Return the stems of one sentence in order."""
        end = int(self.lengths[: row + 1].sum())
        return self.tokens[end - int(self.lengths[row]) : end]

    @property
    def frequency(self) -> npt.NDArray[np.intp]:
        """In how many sentences each stem stands, (s,)."""
        entries = np.unique(self.rows * max(len(self.stems), 1) + self.tokens)
        return np.bincount(entries % max(len(self.stems), 1), minlength=len(self.stems))


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which concepts each sentence has, as sparse rows.

    :param offsets: (n + 1,) intp; row i is ``concepts[offsets[i]:offsets[i + 1]]``.
    :param concepts: Concept numbers, ascending and without repetition within a row, intp.
    :param pairs: (c, 2) intp, the two stems of each concept.
    """

    offsets: npt.NDArray[np.intp]
    concepts: npt.NDArray[np.intp]
    pairs: npt.NDArray[np.intp]

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
        return self.concepts[self.offsets[number] : self.offsets[number + 1]]

    def totals(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return, for each row, the sum of its concepts' weights."""
        rows = len(self.offsets) - 1
        sums = np.bincount(self.rows, weights=weights[self.concepts], minlength=rows)
        return sums.astype(np.float64)  # bincount of nothing gives whole numbers

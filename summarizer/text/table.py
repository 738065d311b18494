"""The table of sentences that passes through the pipeline: a row a sentence, aligned columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ..datatypes import Document

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
# Rows of these are vectors.
Vectors = npt.NDArray[np.float32]


def _unfilled() -> npt.NDArray[Any]:
    """Return a column that a later stage fills."""
    return np.zeros(0)


@dataclass(frozen=True, slots=True)
class Stems:
    """The stemmed words of n sentences, one after another.

    :param stems: The different stems, in the order of their first appearance.
    :param content: (s,) bool, False for stop words.
    :param letters: (s,) intp, the length of the word that first had each stem.
    :param frequency: (s,) intp, in how many of all sentences each stem stands.
    :param total: The number of all sentences.
    :param tokens: (t,) int32, the number of the stem of each word.
    :param capital: (t,) bool, True for words with a capital inside a sentence.
    :param offsets: (n + 1,) intp; sentence i is ``tokens[offsets[i]:offsets[i + 1]]``.
    """

    stems: tuple[str, ...]
    content: Mask
    letters: Rows
    frequency: Rows
    total: int
    tokens: npt.NDArray[np.int32]
    capital: Mask
    offsets: Rows

    @property
    def lengths(self) -> Rows:
        """How many words each sentence has, (n,)."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> Rows:
        """The sentence of each word, (t,)."""
        return np.repeat(np.arange(len(self.offsets) - 1), self.lengths)

    def of(self, row: int) -> Rows:
        """Return the stems of one sentence in order."""
        return self.tokens[self.offsets[row] : self.offsets[row + 1]].astype(np.intp)

    def take(self, rows: Rows) -> "Stems":
        """Return some of the sentences, with what is known of all of them."""
        offsets, places = _take(self.offsets, rows)
        return replace(
            self, tokens=self.tokens[places], capital=self.capital[places], offsets=offsets
        )


@dataclass(frozen=True, slots=True)
class Concepts:
    """The pairs of neighbouring stems of n sentences, or their names, as sparse rows.

    :param keys: (c,) int64, ``stem * s + stem`` of each concept, or the stem of a name, ascending.
    :param offsets: (n + 1,) intp; row i is ``numbers[offsets[i]:offsets[i + 1]]``.
    :param numbers: Concept numbers, ascending and without repetition within a row, int32.
    """

    keys: npt.NDArray[np.int64]
    offsets: Rows
    numbers: npt.NDArray[np.int32]

    @property
    def rows(self) -> Rows:
        """The row of each entry, as long as ``numbers``."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def row(self, number: int) -> Rows:
        """Return the concepts of one row."""
        return self.numbers[self.offsets[number] : self.offsets[number + 1]].astype(np.intp)

    def totals(self, weights: Floats) -> Floats:
        """Return, for each row, the sum of its concepts' weights."""
        rows = len(self.offsets) - 1
        sums = np.bincount(self.rows, weights=weights[self.numbers], minlength=rows)
        return sums.astype(np.float64)  # bincount of nothing gives whole numbers

    def take(self, rows: Rows) -> "Concepts":
        """Return some of the rows; concepts keep their numbers."""
        offsets, places = _take(self.offsets, rows)
        return replace(self, offsets=offsets, numbers=self.numbers[places])


@dataclass(frozen=True, slots=True, eq=False)
class SentenceTable:
    """n sentences and what the stages so far know of each.

    ``documents[document[i]].text[start[i]:end[i]]`` is sentence i. A column that no stage has
    filled yet is empty.

    :param documents: All documents.
    :param row: (n,) intp, the number of the sentence among all that may be quoted.
    :param document: (n,) intp, its document, ascending.
    :param position: (n,) intp, its position among the sentences of its document, from 0.
    :param start: (n,) int64, the offset of its first character.
    :param end: (n,) int64, the offset after its last character.
    :param stems: Its words.
    :param needs_context: (n,) bool, whether it refers to something said before.
    :param statement: (n,) bool, whether it is a statement, not a question, a heading or a scrap.
    :param unit_size: (n,) intp, how many sentences its unit has: itself, and those right before it
        that it is not understood without, and so is quoted together with.
    :param unit_stands: (n,) bool, whether its unit can stand alone.
    :param unit_states: (n,) bool, whether all of its unit are statements.
    :param context: (n,) float64, how likely it needs context that it does not bring, 0 to 1.
    :param introduces: The names that it gives in full.
    :param assumes: The names of which it gives a part alone.
    :param day_rank: (n,) intp, the rank of its document's day.
    :param latest: (n,) bool, whether its document is of the latest day.
    :param series: (n,) intp, what ``find_series`` tells of it.
    :param concepts: Its concepts.
    :param relevance: (n,) float64, how relevant it is to the question, where there is one.
    :param concept_weight: (n,) float64, the sum of its concepts' weights.
    :param cost: (n,) intp, what it takes of the budget.
    :param vectors: (n, d) float32 unit rows of its meaning, or of its words where the encoder does
        not know the language.
    :param lexical: (n, h) float32 rows of its words.
    :param cluster: (n,) intp, sentences that say the same have the same.
    :param salience: (n,) float64, 0 to 1.
    :param central: (n,) float64, cosine to the subject, -1 to 1.
    :param unfit: (n,) float64, how likely it is unfit for a summary, 0 to 1.
    """

    documents: Sequence[Document]
    row: Rows
    document: Rows
    position: Rows
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    stems: Stems
    needs_context: Mask = field(default_factory=_unfilled)
    statement: Mask = field(default_factory=_unfilled)
    unit_size: Rows = field(default_factory=_unfilled)
    unit_stands: Mask = field(default_factory=_unfilled)
    unit_states: Mask = field(default_factory=_unfilled)
    context: Floats = field(default_factory=_unfilled)
    introduces: Concepts | None = None
    assumes: Concepts | None = None
    day_rank: Rows = field(default_factory=_unfilled)
    latest: Mask = field(default_factory=_unfilled)
    series: Rows = field(default_factory=_unfilled)
    concepts: Concepts | None = None
    relevance: Floats = field(default_factory=_unfilled)
    concept_weight: Floats = field(default_factory=_unfilled)
    cost: Rows = field(default_factory=_unfilled)
    vectors: Vectors = field(default_factory=_unfilled)
    lexical: Vectors = field(default_factory=_unfilled)
    cluster: Rows = field(default_factory=_unfilled)
    salience: Floats = field(default_factory=_unfilled)
    central: Floats = field(default_factory=_unfilled)
    unfit: Floats = field(default_factory=_unfilled)

    def __len__(self) -> int:
        return len(self.row)

    @property
    def asked(self) -> bool:
        """Whether it is known what is relevant to a question."""
        return len(self.relevance) > 0

    @property
    def embedded(self) -> bool:
        """Whether sentences can be compared by their meaning."""
        return len(self.vectors) > 0

    @property
    def stands_alone(self) -> Mask:
        """Whether each sentence may be quoted by itself."""
        return np.asarray((self.unit_size == 1) & self.unit_stands)

    @property
    def first_rows(self) -> Rows:
        """The first sentence of each document that has one, ascending."""
        return run_starts(self.document)

    def text(self, row: int) -> str:
        """Return a sentence, verbatim."""
        return self.documents[int(self.document[row])].text[int(self.start[row]) : self.end[row]]

    def texts(self) -> Iterator[str]:
        """Yield the sentences, verbatim."""
        places = zip(self.document.tolist(), self.start.tolist(), self.end.tolist(), strict=True)
        return (self.documents[document].text[start:end] for document, start, end in places)

    def take(self, rows: Rows) -> "SentenceTable":
        """Return some of the sentences, in the order given, with all that is known of them."""
        columns: dict[str, Any] = {}
        for own in fields(self)[1:]:
            column = getattr(self, own.name)
            if isinstance(column, Stems | Concepts):
                columns[own.name] = column.take(rows)
            elif column is not None and len(column):
                columns[own.name] = column[rows]
        return replace(self, **columns)

    def with_columns(self, **columns: Any) -> "SentenceTable":
        """Return the same sentences with more known of them."""
        return replace(self, **columns)


def unit_rows(vectors: Vectors) -> Vectors:
    """Return a vector, or each of several rows, scaled to length 1; zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def run_starts(values: npt.NDArray[Any]) -> Rows:
    """Return where runs of equal values begin, e.g. ``[0, 2]`` for ``[7, 7, 9]``."""
    return np.flatnonzero(np.concatenate([values[:1] == values[:1], values[1:] != values[:-1]]))


def _take(offsets: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """Return the offsets of some sparse rows among themselves, and the places of their entries."""
    lengths = np.diff(offsets)[rows]
    taken = np.concatenate([[0], np.cumsum(lengths)])
    return taken, np.arange(taken[-1]) + np.repeat(offsets[rows] - taken[:-1], lengths)

"""The sentences among which evidence is looked for, and what each states.

A passage is a sentence or two neighbours of one document.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate
from math import log

import numpy as np

from ..datatypes import Span
from ..encoders import word_weight
from ..text.language import language
from ..text.table import Floats, Rows, Vectors
from ..text.tokens import word_spans
from .values import Value, find_denials, find_values

# Of a sentence as full of numbers as a table, this many are compared.
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its stem, how telling it is, where it stands, whether it is a name."""

    stem: str
    weight: float
    start: int
    end: int
    name: bool


# Some words of a statement.
Words = Sequence[Word]


class Statement:
    """What one sentence, or two, state.

    :param text: The text.
    :param words: Its words.
    :param values: Its numbers and days.
    :param denials: Where its words stand that deny.
    """

    def __init__(
        self, text: str, words: Words, values: Sequence[Value], denials: Sequence[Span]
    ) -> None:
        self.text = text
        self.words = words
        self.values = values[:_MOST_VALUES]
        self.stems = frozenset(word.stem for word in words)
        # Its words, without stop words.
        self.telling = [word for word in words if word.weight > 0]
        self.weights = {word.stem: word.weight for word in self.telling}
        self.denials = denials

    def led(self, value: Value) -> str:
        """Return the stem of the last telling word in front of a value, empty without one."""
        last = bisect_right(self.telling, value.start, key=lambda word: word.end)
        return self.telling[last - 1].stem if last else ""

    def counted(self, value: Value) -> Word | None:
        """Return the telling word right behind a value: what a number counts."""
        right = bisect_left(self.words, value.end, key=lambda word: word.start)
        behind = self.words[right] if right < len(self.words) else None
        if behind and behind.weight > 0 and not self.text[value.end : behind.start].strip(" -"):
            return behind
        return None

    def states(self, value: Value) -> bool:
        """Tell whether it gives a value."""
        return any(map(value.agrees, self.values))

    def lacked_by(self, words: Words, other: "Statement", least: float) -> list[Word]:
        """Return those of some words of it that tell something and that another lacks.

        A value may be written otherwise, as "3" is for "three".
        """
        stated = [(value.start, value.end) for value in self.values if other.states(value)]
        return [
            word
            for word in words
            if word.stem not in other.stems
            and not any(start <= word.start < end for start, end in stated)
            and self.tells(word) >= least
        ]

    def tells(self, word: Word) -> float:
        """Return how much one of its words tells."""
        return word_weight(self.written(word))

    def numbered(self, word: Word) -> bool:
        """Tell whether a number stands right behind one of its words."""
        numbers = (value for value in self.values if value.kind not in {"day", "time"})
        return any(self.text[word.end : value.start].isspace() for value in numbers)

    def written(self, word: Word) -> str:
        """Return one of its words, case-folded."""
        return self.text[word.start : word.end].casefold()

    def given(self, words: Words) -> list[Value]:
        """Return the values that some of its words belong to."""
        start, end = span_of(words)
        return [value for value in self.values if value.start < end and start < value.end]

    def denied_of(self, other: "Statement", least: float) -> dict[str, Span]:
        """Return the words of another statement that it denies, each by where it does.

        These are those behind, up to the first that is not a stop word.
        """
        found: dict[str, Span] = {}
        for place in self.denials:
            for word in self.words:
                if word.start >= place[1]:
                    if word.stem in other.stems and (word.weight > 0 or self.tells(word) >= least):
                        found[word.stem] = place
                    if word.weight > 0:
                        break
        return found


def span_of(words: Words) -> Span:
    """Return where some words start and end."""
    return (words[0].start, words[-1].end) if words else (0, 0)


class Pool:
    """The n sentences among which evidence is looked for, each analysed when it is asked for.

    :param texts: The sentences.
    :param document: (n,) the document of each, ascending.
    :param position: (n,) its position there, ascending within a document.
    :param dates: The day of each document, ``YYYY-MM-DD``, or None.
    :param languages: The BCP 47 code of each document's language, empty where it is unknown.
    :param first: Rows before this one are quotes from elsewhere, no passages.
    """

    def __init__(
        self,
        texts: Sequence[str],
        document: Rows,
        position: Rows,
        dates: Sequence[str | None],
        languages: Sequence[str],
        first: int = 0,
    ) -> None:
        self.texts = texts
        self.document = document
        self.position = position
        self.dates = dates
        self.languages = languages
        self.first = first
        # Caches of its own, which end with the pool.
        self.values = cache(self._values)
        self.statement = cache(self._statement)
        self._given = cache(self._given_by)
        self._spans = [word_spans(text) for text in texts]
        speaks = {code: language(code) for code in set(languages)}
        self.stems: list[list[str]] = []
        stops: set[str] = set()
        written: Counter[str] = Counter()
        for text, spans, number in zip(texts, self._spans, document.tolist(), strict=True):
            own = speaks[languages[number]]
            words = [text[start:end].casefold().replace("’", "'") for start, end in spans]
            stems = [own.stem(word) for word in words]
            self.stems.append(stems)
            stops.update(s for w, s in zip(words, stems, strict=True) if w in own.stop_words)
            for (start, _), stem in zip(spans[1:], stems[1:], strict=True):
                written[stem] += 1 if text[start].isupper() else -1
        self.documents = len(set(document[first:].tolist())) + (first > 0)
        frequency = Counter(stem for stems in self.stems[first:] for stem in set(stems))
        # All quotes from elsewhere count as one sentence, so that none changes what another weighs.
        frequency.update({stem for stems in self.stems[:first] for stem in stems})
        count_of_all = len(texts) - max(first - 1, 0)
        self.weights = {
            stem: 0.0 if stem in stops else log(1 + count_of_all / count)
            for stem, count in frequency.items()
        }
        # What is written with a capital more often than not, inside sentences.
        self._names = {stem for stem, balance in written.items() if balance > 0}

    @cached_property
    def passages(self) -> Rows:
        """(m, 2) the first and the last row of each passage: every sentence, then neighbours."""
        alone = np.arange(len(self.texts))
        next_to = (np.diff(self.document) == 0) & (np.diff(self.position) == 1)
        first = np.flatnonzero(next_to)
        return np.concatenate([np.stack([alone, alone], 1), np.stack([first, first + 1], 1)])

    @cached_property
    def _entries(self) -> tuple[Rows, Rows, Floats]:
        """Row and stem of each different telling word of each sentence; the stems' weights."""
        numbers = {stem: number for number, stem in enumerate(self.weights)}
        rows, stems = [], []
        for row, own in enumerate(self.stems):
            telling = sorted({numbers[stem] for stem in own if self.weights[stem] > 0})
            rows += [row] * len(telling)
            stems += telling
        weights = np.array([*self.weights.values()], dtype=np.float64)
        return np.array(rows, dtype=np.intp), np.array(stems, dtype=np.intp), weights

    def _totals(self, rows: Rows, weights: Floats) -> Floats:
        """Return (m,) the sums of weights of words in each passage."""
        # subtle: bincount of nothing gives whole numbers.
        totals = np.bincount(rows, weights, minlength=len(self.texts)).astype(np.float64)
        first = self.passages[len(self.texts) :, 0]
        return np.concatenate([totals, totals[first] + totals[first + 1]])

    @cached_property
    def _norms(self) -> Floats:
        """(m,) the length of the weighted words of each passage."""
        rows, stems, weights = self._entries
        squares = self._totals(rows, weights[stems] ** 2)
        # What both of two neighbours have counts twice, as they are added.
        numbers = rows * len(weights) + stems
        shared = np.isin(numbers + len(weights), numbers)
        both = np.bincount(rows[shared], weights[stems[shared]] ** 2, minlength=len(self.texts))
        squares[len(self.texts) :] += 2 * both[self.passages[len(self.texts) :, 0]]
        return np.asarray(np.sqrt(squares), dtype=np.float64)

    def word_cosines(self, row: int) -> Floats:
        """Return (m,) the cosine of a sentence's weighted words to those of each passage."""
        rows, stems, weights = self._entries
        own = np.zeros(len(weights))
        of_row = stems[slice(*np.searchsorted(rows, [row, row + 1]))]
        own[of_row] = weights[of_row] ** 2
        lengths = self._norms * self._norms[row]
        products = self._totals(rows, own[stems])
        return np.asarray(np.divide(products, np.where(lengths > 0, lengths, 1.0)))

    def join(self, vectors: Vectors) -> Vectors:
        """Return (m, d) unit vectors of the passages from (n, d) unit vectors of the sentences."""
        first = self.passages[len(self.texts) :, 0]
        pairs = vectors[first] + vectors[first + 1]
        lengths = np.linalg.norm(pairs, axis=1, keepdims=True)
        return np.concatenate([vectors, pairs / np.where(lengths == 0, 1, lengths)])

    def _statement(self, first: int, last: int) -> Statement:
        """Return what a passage states, a blank between two sentences."""
        words: list[Word] = []
        values: list[Value] = []
        shift = 0
        for row in range(first, last + 1):
            words += [
                Word(stem, self.weights[stem], shift + start, shift + end, stem in self._names)
                for (start, end), stem in zip(self._spans[row], self.stems[row], strict=True)
            ]
            values += [
                replace(value, start=shift + value.start, end=shift + value.end)
                for value in self.values(row)
            ]
            shift += len(self.texts[row]) + 1
        text, spoken = " ".join(self.texts[first : last + 1]), self.languages[self.document[first]]
        return Statement(text, words, values, find_denials(text, spoken))

    def _values(self, row: int) -> list[Value]:
        """Return the numbers and days of a sentence."""
        number = int(self.document[row])
        return find_values(self.texts[row], self.languages[number], self.dates[number])

    def gives(self, number: int, value: Value) -> bool:
        """Tell whether a document gives a value, in any of its sentences with digits.

        Those that are spelt out would cost more than they tell.
        """
        values, highs = self._given(number).get((value.kind, value.unit), ([], []))
        if value.kind == "day":
            return any(map(value.agrees, values))
        # Of those that begin below its end, the one that reaches furthest.
        below = bisect_right(values, value.high, key=lambda other: other.low)
        return below > 0 and highs[below - 1] >= value.low

    def _given_by(self, number: int) -> dict[tuple[str, str], tuple[list[Value], list[float]]]:
        """Return the values of a document by kind and unit, ordered by the least number meant.

        Beside them stands the largest number that these and those before them mean.
        """
        rows = np.flatnonzero(self.document == number).tolist()
        digits = (row for row in rows if any(map(str.isdigit, self.texts[row])))
        found: defaultdict[tuple[str, str], dict[Value, None]] = defaultdict(dict)
        for value in (value for row in digits for value in self.values(row)):
            found[value.kind, value.unit][replace(value, start=0, end=0)] = None
        ordered = {key: sorted(own, key=lambda value: value.low) for key, own in found.items()}
        return {
            key: (own, list(accumulate((value.high for value in own), max)))
            for key, own in ordered.items()
        }

"""What a quote and a passage have in common, as numbers that a model can weigh.

A passage is a sentence or two neighbours of one document.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate, combinations, pairwise, product
from math import log

import numpy as np

from ..datatypes import Span
from ..encoders import word_weight
from ..settings import EvidenceSettings
from ..text.language import language
from ..text.table import Floats, Rows, Vectors
from ..text.tokens import word_spans
from .values import Value, find_denials, find_values, is_numeral, unit_of

# The features of a quote and a passage, in the order of ``Pool.features``. Words weigh the log of
# their inverse frequency among the sentences compared.
FEATURES = (
    "words",  # cosine of the weighted words
    "in order",  # share of the quote's words that the passage has in one order
    "pairs",  # share of the quote's pairs of neighbouring words in the passage
    "telling pairs",  # the same of its telling words alone
    "values",  # how many numbers and days of the quote the passage has, at most three
    "days in conflict",  # 1 where both name days and none agrees
    "documents",  # log of how many documents there are, of which each may be of another event
)
# More values in common tell no more.
_MOST_STATED = 3
# So many documents had the largest topics in training.
_MOST_DOCUMENTS = 10
# Of a sentence as long as a book the beginning is aligned, and of one as full of numbers as a table
# the first are compared.
_MOST_WORDS = 200
_MOST_VALUES = 50
# So many alignments are kept: a passage's is asked for more than once.
_CACHED = 1 << 14
# What is longer was worded otherwise, not replaced.
_MOST_REPLACED = 3
# Around these, a word that is one further away tells so much of what a nearer one does.
_FURTHER = 0.6
# So many names, and values, may have changed places.
_MOST_SHARED = 12
CLAUSE_END = frozenset(',;:.!?()\u2013\u2014"\u201c\u201d')
# Such a prefix makes a word of at least so many letters its opposite: "unable", "disagree". Others
# make verbs of verbs, as "rebuilt" and German "gesagt".
_OPPOSING = frozenset({"un", "in", "im", "il", "ir", "dis", "non", "des", "nie", "не"})
_LEAST_OPPOSED = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its stem, how telling it is, where it stands, whether it is a name."""

    stem: str
    weight: float
    start: int
    end: int
    name: bool


class Statement:
    """What one sentence, or two, state.

    :param text: The text.
    :param words: Its words.
    :param values: Its numbers and days.
    """

    def __init__(self, text: str, words: Sequence[Word], values: Sequence[Value]) -> None:
        self.text = text
        self.words = words
        self.values = values[:_MOST_VALUES]
        self.weights = {word.stem: word.weight for word in words if word.weight > 0}
        self.total = sum(self.weights.values())

    @cached_property
    def telling(self) -> list[Word]:
        """Its words that are no stop words."""
        return [word for word in self.words if word.weight > 0]

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

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def denials(self) -> list[tuple[int, int]]:
        """Where it denies."""
        return find_denials(self.text)

    def lacked_by(self, words: Sequence[Word], other: "Statement", least: float) -> list[Word]:
        """Return those of some words of it that tell something and that another lacks.

        A value may be written otherwise, as "3" is for "three".
        """
        stated = [value for value in self.values if _stated(value, other)]
        return [
            word
            for word in words
            if word.stem not in other.stems
            and not any(value.start <= word.start < value.end for value in stated)
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

    def given(self, words: Sequence[Word]) -> list[Value]:
        """Return the values that some of its words belong to."""
        start, end = _span(words)
        return [value for value in self.values if value.start < end and start < value.end]

    def denied_of(self, other: "Statement", least: float) -> dict[str, Span]:
        """Return the words of another statement that it denies, each by where it does.

        These are those behind, up to the first that is no stop word.
        """
        return {
            word.stem: place
            for place in self.denials
            for word in self._behind(place[1])
            if word.stem in other.stems and (word.weight > 0 or self.tells(word) >= least)
        }

    def _behind(self, place: int) -> Iterator[Word]:
        for word in self.words:
            if word.start >= place:
                yield word
                if word.weight > 0:
                    return


@dataclass(frozen=True, slots=True)
class Swap:
    """Telling words of a quote for which a passage has others between the same neighbours.

    :param quote: Where they start and end in the quote.
    :param passage: Where the others do in the passage.
    :param telling: Whether both are names, or values that cannot both be right.
    """

    quote: tuple[int, int]
    passage: tuple[int, int]
    telling: bool


# Some words of a statement.
Words = Sequence[Word]


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
        documents = len(set(document[first:].tolist())) + (first > 0)
        self._documents = log(max(min(documents, _MOST_DOCUMENTS), 1))
        self._known: dict[tuple[int, int], Statement] = {}
        self._valued: dict[int, list[Value]] = {}
        self._given: dict[int, dict[tuple[str, str], tuple[list[Value], list[float]]]] = {}
        # A cache of its own, which ends with the pool.
        self.aligned = lru_cache(_CACHED)(self._align)
        self._spans = [word_spans(text) for text in texts]
        speaks = {code: language(code) for code in set(languages)}
        self.stems: list[list[str]] = []
        stops: set[str] = set()
        for text, spans, number in zip(texts, self._spans, document.tolist(), strict=True):
            own = speaks[languages[number]]
            words = [text[start:end].casefold().replace("’", "'") for start, end in spans]
            self.stems.append([own.stem(word) for word in words])
            stops.update(
                stem
                for word, stem in zip(words, self.stems[-1], strict=True)
                if word in own.stop_words
            )
        frequency = Counter(stem for stems in self.stems[first:] for stem in set(stems))
        # All quotes from elsewhere count as one sentence, so that none changes what another weighs.
        frequency.update({stem for stems in self.stems[:first] for stem in stems})
        count_of_all = len(texts) - max(first - 1, 0)
        self.weights = {
            stem: 0.0 if stem in stops else log(1 + count_of_all / count)
            for stem, count in frequency.items()
        }
        self.names = _names(texts, self._spans, self.stems)

    @cached_property
    def passages(self) -> Rows:
        """(m, 2) the first and the last row of each passage: every sentence, then neighbours."""
        alone = np.arange(len(self.texts))
        next_to = (np.diff(self.document) == 0) & (np.diff(self.position) == 1)
        first = np.flatnonzero(next_to)
        return np.concatenate([np.stack([alone, alone], 1), np.stack([first, first + 1], 1)])

    @cached_property
    def _entries(self) -> tuple[Rows, Rows, dict[str, int]]:
        """Row and stem of each different telling word of each sentence; the stems' numbers."""
        numbers = {stem: number for number, stem in enumerate(self.weights)}
        rows, stems = [], []
        for row, own in enumerate(self.stems):
            telling = sorted({numbers[stem] for stem in own if self.weights[stem] > 0})
            rows += [row] * len(telling)
            stems += telling
        return np.array(rows, dtype=np.intp), np.array(stems, dtype=np.intp), numbers

    @cached_property
    def _norms(self) -> Floats:
        """(m,) the length of the weighted words of each passage."""
        rows, stems, _ = self._entries
        weights = np.array(list(self.weights.values()))[stems] ** 2 if len(stems) else np.zeros(0)
        own = np.bincount(rows, weights, minlength=len(self.texts))
        first = self.passages[len(self.texts) :, 0]
        both = [
            sum(sorted(self.weights[s] ** 2 for s in {*self.stems[row]} & {*self.stems[row + 1]}))
            for row in first.tolist()
        ]
        squares = np.concatenate([own, own[first] + own[first + 1] + 2 * np.array(both)])
        return np.asarray(np.sqrt(squares), dtype=np.float64)

    def word_cosines(self, row: int) -> Floats:
        """Return (m,) the cosine of a sentence's weighted words to those of each passage."""
        rows, stems, numbers = self._entries
        squares = np.zeros(len(numbers))
        for stem in set(self.stems[row]):
            squares[numbers[stem]] = self.weights[stem] ** 2
        # subtle: bincount of nothing gives whole numbers.
        products = np.bincount(rows, squares[stems], minlength=len(self.texts)).astype(np.float64)
        first = self.passages[len(self.texts) :, 0]
        products = np.concatenate([products, products[first] + products[first + 1]])
        lengths = self._norms * self._norms[row]
        return np.asarray(np.divide(products, np.where(lengths > 0, lengths, 1.0)))

    def join(self, vectors: Vectors) -> Vectors:
        """Return (m, d) unit vectors of the passages from (n, d) unit vectors of the sentences."""
        first = self.passages[len(self.texts) :, 0]
        pairs = vectors[first] + vectors[first + 1]
        lengths = np.linalg.norm(pairs, axis=1, keepdims=True)
        return np.concatenate([vectors, pairs / np.where(lengths == 0, 1, lengths)])

    def text(self, first: int, last: int) -> str:
        """Return a passage's text, a blank between two sentences."""
        return " ".join(self.texts[first : last + 1])

    def statement(self, first: int, last: int) -> Statement:
        """Return what a passage states."""
        if (first, last) not in self._known:
            words: list[Word] = []
            values: list[Value] = []
            shift = 0
            for row in range(first, last + 1):
                for (start, end), stem in zip(self._spans[row], self.stems[row], strict=True):
                    weight = self.weights[stem]
                    name = stem in self.names
                    words.append(Word(stem, weight, shift + start, shift + end, name))
                values += [
                    replace(value, start=shift + value.start, end=shift + value.end)
                    for value in self.values(row)
                ]
                shift += len(self.texts[row]) + 1
            text = self.text(first, last)
            self._known[first, last] = Statement(text, words, values)
        return self._known[first, last]

    def values(self, row: int) -> list[Value]:
        """Return the numbers and days of a sentence."""
        if row not in self._valued:
            number = int(self.document[row])
            self._valued[row] = find_values(
                self.texts[row], self.languages[number], self.dates[number]
            )
        return self._valued[row]

    def _align(self, quoted: int, first: int, last: int) -> list[tuple[Words, Words]]:
        """Return the words of a quote, and of a passage, between those of both in one order."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        ones, others = quote.words[:_MOST_WORDS], passage.words[:_MOST_WORDS]
        own, its_own = ([word.stem for word in words] for words in (ones, others))
        matcher = SequenceMatcher(None, own, its_own, autojunk=False)
        return [
            (ones[start:end], others[first:last])
            for kind, start, end, first, last in matcher.get_opcodes()
            if kind != "equal"
        ]

    def in_order(self, quoted: int, first: int, last: int) -> float:
        """Return the share of the words of a quote that a passage has in one order."""
        count = max(min(len(self.stems[quoted]), _MOST_WORDS), 1)
        return 1 - sum(len(own) for own, _ in self.aligned(quoted, first, last)) / count

    def swaps(self, quoted: int, first: int, last: int) -> list[Swap]:
        """Return the words of a quote that were swapped, as names and verbs may be."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        found: list[Swap] = []
        for ones, others in self.aligned(quoted, first, last):
            if max(len(ones), len(others)) <= _MOST_REPLACED:
                mine = [w for w in ones if w.weight > 0 and w.stem not in passage.weights]
                its = [w for w in others if w.weight > 0 and w.stem not in quote.weights]
                if mine and its:
                    named = any(w.name for w in mine) and any(w.name for w in its)
                    values = quote.given(mine), passage.given(its)
                    apart = [not a.agrees(b) for a, b in product(*values) if a.comparable(b)]
                    telling = all(apart) if apart else named and not any(values)
                    if telling or not apart:
                        found.append(Swap(_span(mine), _span(its), telling))
        return found

    def denied(self, quoted: int, first: int, last: int, least: float) -> Swap | None:
        """Return where one of a quote and a passage denies, and the other does not."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        if bool(quote.denials) == bool(passage.denials):
            return None
        own, its = quote.denied_of(passage, least), passage.denied_of(quote, least)
        if not own and not its:
            return None
        none = (0, 0)
        return Swap(next(iter(own.values()), none), next(iter(its.values()), none), telling=True)

    def denies_alike(self, quoted: int, first: int, last: int, least: float) -> bool:
        """Tell whether of the words of both a quote and a passage deny the same."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        own, its = quote.denied_of(passage, least), passage.denied_of(quote, least)
        # What one side does not speak of may be denied on the other.
        return own.keys() == its.keys() and bool(quote.denials) == bool(passage.denials)

    def traded(self, quoted: int, first: int, last: int, least: float) -> Swap | None:
        """Return where two names or numbers of a quote have changed places in a passage.

        Each then stands beside the words that the other stands beside in the quote.
        """
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        for (kind, *one), (other_kind, *other) in combinations(_shared(quote, passage), 2):
            if kind != other_kind:
                continue
            sides = [(quote, one[0], other[0]), (passage, one[1], other[1])]
            turned = _passive(*sides[0]) != _passive(*sides[1])
            (mine, yours), (its, others) = (
                (_around(side, a, b, turned=turn), _around(side, b, a, turned=turn))
                for (side, a, b), turn in zip(sides, (turned, False), strict=True)
            )
            kept = _cosine(mine, its) + _cosine(yours, others)
            # Words that are no names stand beside others in most ways of saying the same.
            if _cosine(mine, others) + _cosine(yours, its) - kept >= least + (kind == "word"):
                own, its_own = (_widened(side, a, b) for side, a, b in sides)
                return Swap(own, its_own, telling=True)
        return None

    def nearly_same(self, quoted: int, first: int, last: int, least: float) -> bool:
        """Tell whether a passage has this share of the words of a quote, in their order."""
        return self.in_order(quoted, first, last) >= least - 1e-9

    def lacked(
        self, quoted: int, first: int, last: int, settings: EvidenceSettings
    ) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return where a passage lacks words of a quote, and what stands there instead.

        Words that are usually stop words count, too, as "few" or "younger" may change what is said.

        :return: Spans of the quote and of the passage, the latter empty where nothing is instead.
        """
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        found = []
        for own, its in self.aligned(quoted, first, last):
            mine = quote.lacked_by(own, passage, settings.lacked)
            if not mine and _exchanged(quote, own, passage, its, settings.exchanged):
                found.append((_span(own), _span(its)))
            elif mine:
                found.append((_span(mine), _span(passage.lacked_by(its, quote, settings.lacked))))
        return found

    def unlike(
        self, quoted: int, first: int, last: int, settings: EvidenceSettings
    ) -> tuple[list[str], list[str]]:
        """Return the words of a quote that a passage lacks and that tell something, and its own."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        lacked = quote.lacked_by(quote.words, passage, settings.lacked)
        return list(map(quote.written, lacked)), list(map(passage.written, passage.words))

    def exchanged(self, quoted: int, first: int, last: int) -> Swap | None:
        """Return where a passage has another number or unit than a quote, or a word's opposite."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        spoken = self.languages[int(self.document[quoted])]
        for own, its in self.aligned(quoted, first, last):
            if max(len(own), len(its)) <= _MOST_REPLACED:
                words = list(map(quote.written, own)), list(map(passage.written, its))
                numbers = [any(is_numeral(word, spoken) for word in side) for side in words]
                values = quote.given(own), passage.given(its)
                apart = _exclusive(*words, spoken)
                if any(numbers):
                    # "One year" may be "12 months": where "one" is no value, units tell nothing.
                    agree = any(one.agrees(other) for one, other in product(*values))
                    apart = all(numbers) and not agree and (all(values) or not apart)
                if apart:
                    return Swap(_span(own), _span(its), telling=True)
        return None

    def lacks_values(self, quoted: int, first: int, last: int) -> bool:
        """Tell whether a passage does not give a number or a day of a quote."""
        passage = self.statement(first, last)
        values = self.statement(quoted, quoted).values
        return not all(_stated(value, passage) for value in values if value.kind != "ordinal")

    def gives(self, number: int, value: Value) -> bool:
        """Tell whether a document gives a value, in any of its sentences with digits.

        Those that are spelt out would cost more than they tell.
        """
        if number not in self._given:
            rows = np.flatnonzero(self.document == number).tolist()
            digits = (row for row in rows if any(map(str.isdigit, self.texts[row])))
            self._given[number] = _by_kind(value for row in digits for value in self.values(row))
        values, highs = self._given[number].get((value.kind, value.unit), ([], []))
        if value.kind == "day":
            return any(map(value.agrees, values))
        # Of those that begin below its end, the one that reaches furthest.
        below = bisect_right(values, value.high, key=lambda other: other.low)
        return below > 0 and highs[below - 1] >= value.low

    def features(self, quoted: int, first: int, last: int) -> list[float]:
        """Describe a quote and a passage by ``FEATURES``.

        :param quoted: The row of the quote.
        :param first: The first row of the passage.
        :param last: The last.
        """
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        values = [value for value in quote.values if value.kind != "ordinal"]
        days = [[v for v in side.values if v.kind == "day"] for side in (quote, passage)]
        return [
            alike(quote, passage),
            self.in_order(quoted, first, last),
            _paired(quote.words, passage.words),
            _paired(quote.telling, passage.telling),
            min(sum(_stated(value, passage) for value in values), _MOST_STATED),
            float(all(days) and not any(one.agrees(other) for one, other in product(*days))),
            self._documents,
        ]


def alike(quote: Statement, passage: Statement) -> float:
    """Return the cosine of the weighted words of two statements."""
    ones, others = quote.weights, passage.weights
    lengths = float((_weight(ones, ones, 2) * _weight(others, others, 2)) ** 0.5)
    return _weight(ones.keys() & others.keys(), ones, 2) / max(lengths, 1e-9)


def _paired(words: Words, others: Words) -> float:
    """Return the share of the pairs of neighbours among words that are so among others."""
    own, its = ({(a.stem, b.stem) for a, b in pairwise(some)} for some in (words, others))
    return len(own & its) / max(len(own), 1)


def _names(
    texts: Sequence[str],
    spans: Sequence[Sequence[tuple[int, int]]],
    stems: Sequence[Sequence[str]],
) -> set[str]:
    """Return the stems that are written with a capital more often than not, inside sentences."""
    written: defaultdict[str, int] = defaultdict(int)
    for text, places, own in zip(texts, spans, stems, strict=True):
        for (start, _), stem in list(zip(places, own, strict=True))[1:]:
            written[stem] += 1 if text[start].isupper() else -1
    return {stem for stem, balance in written.items() if balance > 0}


def _by_kind(
    values: Iterable[Value],
) -> dict[tuple[str, str], tuple[list[Value], list[float]]]:
    """Part values into those that can be compared, each different one once, by their least number.

    Beside them stands the largest number that these and those before them mean.
    """
    found: defaultdict[tuple[str, str], dict[Value, None]] = defaultdict(dict)
    for value in values:
        found[value.kind, value.unit][replace(value, start=0, end=0)] = None
    ordered = {key: sorted(own, key=lambda value: value.low) for key, own in found.items()}
    return {
        key: (own, list(accumulate((value.high for value in own), max)))
        for key, own in ordered.items()
    }


def _exclusive(words: Sequence[str], others: Sequence[str], language: str) -> bool:
    """Tell whether words name other units of one kind, or one is another with a prefix ("un-")."""
    units, its = ([unit for w in own if (unit := unit_of(w, language))] for own in (words, others))
    if units and its:
        return {kind for kind, _ in units} == {kind for kind, _ in its} and not {*units} & {*its}
    pairs = (sorted(pair, key=len) for pair in product(words, others))
    return any(
        len(bare) >= _LEAST_OPPOSED and longer.endswith(bare) and longer[: -len(bare)] in _OPPOSING
        for bare, longer in pairs
    )


def _exchanged(
    quote: Statement, own: Sequence[Word], passage: Statement, its: Sequence[Word], least: float
) -> bool:
    """Tell whether one small word stands for another that counts: "unless", "by" of a number."""
    if not len(own) == len(its) == 1:
        return False
    sides = ((quote, own[0]), (passage, its[0]))
    if any(side.given([word]) for side, word in sides):
        return False
    numbered = all(side.numbered(word) for side, word in sides)
    return numbered or max(side.tells(word) for side, word in sides) >= least


def _span(words: Sequence[Word]) -> tuple[int, int]:
    """Return where some words start and end."""
    return (words[0].start, words[-1].end) if words else (0, 0)


def _shared(quote: Statement, passage: Statement) -> list[tuple[str, Span, Span]]:
    """Return the names and exact values that both have once: what each is, and where.

    Where both have the same telling words, these are taken as names are.
    """
    counts = [Counter(word.stem for word in side.words) for side in (quote, passage)]
    same = quote.weights.keys() == passage.weights.keys()
    places = {word.stem: (word.start, word.end) for word in passage.words}
    names = [
        ("name" if word.name else "word", (word.start, word.end), places[word.stem])
        for word in quote.telling
        if (same or word.name) and counts[0][word.stem] == counts[1][word.stem] == 1
        if not quote.given([word])
    ]
    values = []
    for value in quote.values:
        agreeing = [other for other in passage.values if value.agrees(other)]
        if value.exact and len(agreeing) == 1 == sum(map(value.agrees, quote.values)):
            values.append(
                (value.kind, (value.start, value.end), (agreeing[0].start, agreeing[0].end))
            )
    return [*names[:_MOST_SHARED], *values[:_MOST_SHARED]]


def _passive(side: Statement, one: Span, other: Span) -> bool:
    """Tell whether a "by" that leads no number stands between two places."""
    start, end = min(one[1], other[1]), max(one[0], other[0])
    return any(
        start <= word.start < end and side.written(word) == "by" and not side.numbered(word)
        for word in side.words
    )


def _around(
    side: Statement, one: Span, other: Span, *, turned: bool
) -> dict[tuple[str, bool], float]:
    """Return the words around a place, by whether they stand before it; the near ones weigh more.

    Names, and what stands at the other place, are none of them.
    """
    found: dict[tuple[str, bool], float] = {}
    middle = bisect_left(side.words, one[0], key=lambda word: word.start)
    for place, word in enumerate(side.words):
        if word.weight and not word.name and (word.start, word.end) not in (one, other):
            key = word.stem, (place < middle) != turned
            found[key] = max(found.get(key, 0.0), word.weight * _FURTHER ** abs(place - middle))
    return found


def _cosine(
    ones: Mapping[tuple[str, bool], float], others: Mapping[tuple[str, bool], float]
) -> float:
    lengths = sum(x * x for x in ones.values()) * sum(x * x for x in others.values())
    common = sum(ones[key] * others[key] for key in sorted(ones.keys() & others.keys()))
    return float(common / max(lengths, 1e-12) ** 0.5)


def _widened(side: Statement, one: Span, other: Span) -> Span:
    """Return from where to where two places reach, with the names beside, such as first names."""
    start, end = min(one, other)[0], max(one, other)[1]
    for word in reversed(side.words):
        if word.name and word.end < start and side.text[word.end : start].isspace():
            start = word.start
    for word in side.words:
        if word.name and word.start > end and side.text[end : word.start].isspace():
            end = word.end
    return start, end


def _stated(value: Value, passage: Statement) -> bool:
    return any(value.agrees(other) for other in passage.values)


def _weight(stems: Iterable[str], weights: Mapping[str, float], power: int = 1) -> float:
    # Sorted, as a set has no order that would hold from run to run.
    return float(sum(sorted(weights[stem] ** power for stem in stems)))

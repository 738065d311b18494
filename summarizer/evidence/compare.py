"""What a quote and a passage have in common, as numbers that a model can weigh.

A passage is a sentence or two neighbours of one document.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise, product
from math import log

import numpy as np
import numpy.typing as npt

from ..encoders import word_weight
from ..text.language import language
from ..text.tokens import word_spans
from .values import Value, find_denials, find_values, is_numeral, unit_of

Vectors = npt.NDArray[np.float32]

# The features of a quote and a passage, in the order of ``Pool.features``. Shares are of what the
# words weigh: their inverse frequency among the sentences compared.
FEATURES = (
    "cosine",  # of the vectors, 0 to 1
    "words",  # cosine of the weighted words
    "found",  # share of the quote's words in the passage
    "holds",  # share of the passage's words in the quote
    "replaced",  # share of the quote's words for which others stand between the same neighbours
    "swapped",  # 1 where these are names, or values that cannot both be right
    "values",  # how many of the quote's numbers and days the passage has
    "numbers in conflict",  # 1 where both have one of a kind and none agrees
    "days in conflict",  # 1 where both name days and none agrees
    "length ratio",  # log of the passage's words against the quote's
)
# Those that tell what is given otherwise.
CONFLICTS = ("replaced", "swapped", "numbers in conflict", "days in conflict")
# Of a sentence as long as a book the beginning is aligned, and of one as full of numbers as a table
# the first are compared.
_MOST_WORDS = 200
_MOST_VALUES = 50
# Words next to a value on each side, telling words in front of it, and words around it.
_NEAR = 3
_BEFORE = 4
_WIDE = 8
# So many places where words are swapped are kept: a passage's are asked for more than once.
_CACHED = 1 << 14
# What is longer was worded otherwise, not replaced.
_MOST_REPLACED = 3
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


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands around a value of a sentence.

    :param near: The words next to it, as a text.
    :param led: The stem of the last telling word in front of it; empty where there is none.
    :param before: The stems of the telling words in front of it, and how telling they are.
    :param around: The stems of the telling words around it.
    :param name: The stem of the word right in front of it, where that is a name; else empty.
    :param counted: The telling word right behind it: what a number counts.
    """

    near: str
    led: str
    before: dict[str, float]
    around: frozenset[str]
    name: str
    counted: Word | None


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
        self._standing: dict[Value, Standing] = {}

    def standing(self, value: Value) -> Standing:
        """Return what stands around one of its values."""
        if value not in self._standing:
            self._standing[value] = self._find_standing(value)
        return self._standing[value]

    def _find_standing(self, value: Value) -> Standing:
        words, telling = self.words, self._telling
        left = bisect_right(words, value.start, key=lambda word: word.end)
        right = bisect_left(words, value.end, key=lambda word: word.start)
        last = bisect_right(telling, value.start, key=lambda word: word.end)
        before = telling[max(last - _BEFORE, 0) : last]
        near = [*words[max(left - _NEAR, 0) : left], *words[right : right + _NEAR]]
        wide = [*words[max(left - _WIDE, 0) : left], *words[right : right + _WIDE]]
        behind = words[right] if right < len(words) else None
        counts = behind is not None and behind.weight > 0
        return Standing(
            near=" ".join(self.text[word.start : word.end] for word in near),
            led=before[-1].stem if before else "",
            before={word.stem: word.weight for word in before},
            around=frozenset(word.stem for word in wide if word.weight > 0),
            name=words[left - 1].stem if left and words[left - 1].name else "",
            counted=behind
            if behind and counts and not self.text[value.end : behind.start].strip(" -")
            else None,
        )

    @cached_property
    def _telling(self) -> list[Word]:
        return [word for word in self.words if word.weight > 0]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def square(self) -> float:
        """The square of the length of its weighted words."""
        return sum(sorted(weight**2 for weight in self.weights.values()))

    @cached_property
    def names(self) -> dict[str, float]:
        """The stems written as names, and how telling they are."""
        return {word.stem: word.weight for word in self.words if word.name and word.weight > 0}

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

    def written(self, word: Word) -> str:
        """Return one of its words, case-folded."""
        return self.text[word.start : word.end].casefold()

    def numbers(self, words: Sequence[Word], language: str) -> set[float | str]:
        """Return what those of some words of it that are numbers mean."""
        found: set[float | str] = set()
        for word in words:
            written = self.written(word)
            if is_numeral(written, language):
                inside = (v for v in self.values if v.start < word.end and word.start < v.end)
                means = [(v.low + v.high) / 2 for v in inside if v.kind != "day"]
                digits = "".join(filter(str.isdigit, written))
                found.add(means[0] if means else digits or written)
        return found

    def days(self, words: Sequence[Word]) -> list[Value]:
        """Return the days that some words of it belong to."""
        return [
            value
            for value in self.values
            if value.kind == "day"
            and any(value.start < word.end and word.start < value.end for word in words)
        ]

    def denials_of(self, other: "Statement", least: float) -> list[tuple[int, int]]:
        """Return where it denies words that another statement has.

        These are those behind, up to the first that is no stop word.
        """
        return [
            (start, end)
            for start, end in self.denials
            if any(
                word.stem in other.stems and (word.weight > 0 or self.tells(word) >= least)
                for word in self._behind(end)
            )
        ]

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
    :param stems: The stems of the quote's.
    :param telling: Whether both are names, or values that cannot both be right.
    """

    quote: tuple[int, int]
    passage: tuple[int, int]
    stems: frozenset[str]
    telling: bool


class Pool:
    """The n sentences among which evidence is looked for, each analysed when it is asked for.

    :param texts: The sentences.
    :param document: (n,) the document of each, ascending.
    :param position: (n,) its position there, ascending within a document.
    :param dates: The day of each document, ``YYYY-MM-DD``, or None.
    :param languages: The BCP 47 code of each document's language, empty where it is unknown.
    """

    def __init__(
        self,
        texts: Sequence[str],
        document: npt.NDArray[np.intp],
        position: npt.NDArray[np.intp],
        dates: Sequence[str | None],
        languages: Sequence[str],
    ) -> None:
        self.texts = texts
        self.document = document
        self.position = position
        self.dates = dates
        self.languages = languages
        self._known: dict[tuple[int, int], Statement] = {}
        self._valued: dict[int, list[Value]] = {}
        self._given: dict[int, dict[tuple[str, str], tuple[list[Value], list[float]]]] = {}
        # A cache of its own, which ends with the pool.
        self.swaps = lru_cache(_CACHED)(self._find_swaps)
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
        frequency = Counter(stem for stems in self.stems for stem in set(stems))
        self.weights = {
            stem: 0.0 if stem in stops else log(1 + len(texts) / count)
            for stem, count in frequency.items()
        }
        self.names = _names(texts, self._spans, self.stems)

    @cached_property
    def passages(self) -> npt.NDArray[np.intp]:
        """(m, 2) the first and the last row of each passage: every sentence, then neighbours."""
        alone = np.arange(len(self.texts))
        next_to = (np.diff(self.document) == 0) & (np.diff(self.position) == 1)
        first = np.flatnonzero(next_to)
        return np.concatenate([np.stack([alone, alone], 1), np.stack([first, first + 1], 1)])

    @cached_property
    def _entries(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], dict[str, int]]:
        """Row and stem of each different telling word of each sentence; the stems' numbers."""
        numbers = {stem: number for number, stem in enumerate(self.weights)}
        rows, stems = [], []
        for row, own in enumerate(self.stems):
            telling = sorted({numbers[stem] for stem in own if self.weights[stem] > 0})
            rows += [row] * len(telling)
            stems += telling
        return np.array(rows, dtype=np.intp), np.array(stems, dtype=np.intp), numbers

    def word_products(self, row: int) -> npt.NDArray[np.float64]:
        """Return (n,) the product of a sentence's weighted words with those of each sentence."""
        rows, stems, numbers = self._entries
        squares = np.zeros(len(numbers))
        for stem in set(self.stems[row]):
            squares[numbers[stem]] = self.weights[stem] ** 2
        products = np.bincount(rows, squares[stems], minlength=len(self.texts))
        return products.astype(np.float64)  # bincount of nothing gives whole numbers

    @cached_property
    def _norms(self) -> npt.NDArray[np.float64]:
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

    def word_cosines(self, row: int) -> npt.NDArray[np.float64]:
        """Return (m,) the cosine of a sentence's weighted words to those of each passage."""
        products = self.word_products(row)
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

    def _find_swaps(self, quoted: int, first: int, last: int) -> list[Swap]:
        """Return the words of a quote that a passage has swapped."""
        return _find_swaps(self.statement(quoted, quoted), self.statement(first, last))

    def denied(self, quoted: int, first: int, last: int, least: float) -> Swap | None:
        """Return where one of a quote and a passage denies, and the other does not."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        if bool(quote.denials) == bool(passage.denials):
            return None
        # What one side does not speak of may be denied on the other.
        own, its = quote.denials_of(passage, least), passage.denials_of(quote, least)
        if not own and not its:
            return None
        return Swap((own or [(0, 0)])[0], (its or [(0, 0)])[0], frozenset(), telling=True)

    def traded(self, quoted: int, first: int, last: int) -> Swap | None:
        """Return where two names of a quote have changed places around a word in a passage."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        return _find_trade(quote, passage)

    def nearly_same(self, quoted: int, first: int, last: int, least: float) -> bool:
        """Tell whether a passage has this share of the words of a quote, in their order."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        count = min(len(quote.words), _MOST_WORDS)
        return count - sum(len(own) for own, _ in _aligned(quote, passage)) >= least * count

    def lacked(
        self, quoted: int, first: int, last: int, least: float
    ) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return where a passage lacks words of a quote, and what stands there instead.

        Words that are usually stop words count, too, as "few" or "younger" may change what is said.

        :param least: How much a word tells that counts.
        :return: Spans of the quote and of the passage, the latter empty where nothing is instead.
        """
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        pairs = (
            (quote.lacked_by(own, passage, least), passage.lacked_by(its, quote, least))
            for own, its in _aligned(quote, passage)
        )
        return [(_span(mine), _span(its)) for mine, its in pairs if mine]

    def exchanged(self, quoted: int, first: int, last: int) -> Swap | None:
        """Return where a passage has another number or unit than a quote, or a word's opposite."""
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        spoken = self.languages[int(self.document[quoted])]
        for own, its in _aligned(quote, passage):
            if max(len(own), len(its)) <= _MOST_REPLACED:
                numbers = quote.numbers(own, spoken), passage.numbers(its, spoken)
                words = list(map(quote.written, own)), list(map(passage.written, its))
                if any(numbers):
                    apart = all(numbers) and numbers[0].isdisjoint(numbers[1])
                    # "one year" may be "12 months": where "one" is no value, units tell nothing.
                    unread = any(isinstance(number, str) for number in numbers[0] | numbers[1])
                    apart = apart and not (unread and _exclusive(*words, spoken))
                    # And "5 May 2020" is "05.05.2020".
                    days = product(quote.days(own), passage.days(its))
                    apart = apart and not any(day.agrees(other) for day, other in days)
                else:
                    apart = _exclusive(*words, spoken)
                if apart:
                    return Swap(_span(own), _span(its), frozenset(), telling=True)
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

    def features(self, quoted: int, first: int, last: int, cosine: float) -> list[float]:
        """Describe a quote and a passage by ``FEATURES``.

        :param quoted: The row of the quote.
        :param first: The first row of the passage.
        :param last: The last.
        :param cosine: The cosine of their vectors, -1 to 1.
        """
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        ones, others = quote.weights, passage.weights
        common = ones.keys() & others.keys()
        words = _weight(common, ones, 2) / max(
            (_weight(ones, ones, 2) * _weight(others, others, 2)) ** 0.5, 1e-9
        )
        swaps = self.swaps(quoted, first, last)
        numbers = [value for value in quote.values if value.kind not in {"day", "time"}]
        days = [value for value in quote.values if value.kind == "day"]
        return [
            max(cosine, 0.0),
            words,
            _share(common, ones),
            _share(common, others),
            _share(frozenset().union(*(swap.stems for swap in swaps)), ones),
            float(any(swap.telling for swap in swaps)),
            float(sum(_stated(value, passage) for value in quote.values)),
            float(any(_conflicts(value, passage) for value in numbers)),
            float(any(_conflicts(value, passage) for value in days)),
            log((1 + len(passage.words)) / (1 + len(quote.words))),
        ]


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


def _span(words: Sequence[Word]) -> tuple[int, int]:
    """Return where some words start and end."""
    return (words[0].start, words[-1].end) if words else (0, 0)


def _aligned(
    quote: Statement, passage: Statement
) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """Yield the words of a quote, and of a passage, between those that both have in one order."""
    ones, others = quote.words[:_MOST_WORDS], passage.words[:_MOST_WORDS]
    own, its_own = ([word.stem for word in words] for words in (ones, others))
    matcher = SequenceMatcher(None, own, its_own, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield ones[start:end], others[first:last]


def _find_swaps(quote: Statement, passage: Statement) -> list[Swap]:
    """Return the words of a quote that were swapped, as names and verbs may be."""
    found: list[Swap] = []
    for ones, others in _aligned(quote, passage):
        if max(len(ones), len(others)) <= _MOST_REPLACED:
            mine = [w for w in ones if w.weight > 0 and w.stem not in passage.weights]
            its = [w for w in others if w.weight > 0 and w.stem not in quote.weights]
            if mine and its:
                spans = (mine[0].start, mine[-1].end), (its[0].start, its[-1].end)
                named = any(w.name for w in mine) and any(w.name for w in its)
                values = [
                    [value for value in statement.values if value.start < end and value.end > start]
                    for statement, (start, end) in zip((quote, passage), spans, strict=True)
                ]
                apart = [
                    not one.agrees(other)
                    for one in values[0]
                    for other in values[1]
                    if one.comparable(other)
                ]
                telling = all(apart) if apart else named and not any(values)
                found.append(Swap(*spans, frozenset(w.stem for w in mine), telling))
    return found


def _find_trade(quote: Statement, passage: Statement) -> Swap | None:
    """Return two names that stand around a telling word of both in the other order, or voice."""
    counts = [Counter(word.stem for word in statement.words) for statement in (quote, passage)]
    names = [
        word.stem
        for word in quote.words
        if word.name and word.weight > 0 and counts[0][word.stem] == counts[1][word.stem] == 1
    ]
    for one, other in pairwise(names):
        around = [_between(statement, one, other) for statement in (quote, passage)]
        (inner, start, end, turned), (its_inner, its_start, its_end, its_turned) = around
        if inner and inner == its_inner and turned != its_turned:
            return Swap((start, end), (its_start, its_end), frozenset({one, other}), telling=True)
    return None


def _between(statement: Statement, one: str, other: str) -> tuple[frozenset[str], int, int, bool]:
    """Return the telling words between two names, where both stand, and who does it to whom.

    The last tells whether the other name acts: it stands first, or the voice is passive.
    """
    places = [
        next(place for place, word in enumerate(statement.words) if word.stem == name)
        for name in (one, other)
    ]
    inside = statement.words[min(places) + 1 : max(places)]
    telling = frozenset(word.stem for word in inside if word.weight > 0 and not word.name)
    passive = any(statement.text[word.start : word.end] == "by" for word in inside)
    # Shown with the names beside them, such as first names.
    first, last = min(places), max(places)
    while _named_together(statement, first - 1):
        first -= 1
    while _named_together(statement, last):
        last += 1
    start, end = statement.words[first].start, statement.words[last].end
    return telling, start, end, (places[0] > places[1]) != passive


def _named_together(statement: Statement, place: int) -> bool:
    """Tell whether a word and the next are names with nothing but a space between them."""
    if not 0 <= place < len(statement.words) - 1:
        return False
    word, behind = statement.words[place : place + 2]
    return word.name and behind.name and statement.text[word.end : behind.start].isspace()


def _stated(value: Value, passage: Statement) -> bool:
    return any(value.agrees(other) for other in passage.values)


def _conflicts(value: Value, passage: Statement) -> bool:
    """Tell whether a passage has values of the kind of a value, but none that agrees."""
    others = [other for other in passage.values if value.comparable(other)]
    return bool(others) and not any(value.agrees(other) for other in others)


def _weight(stems: Iterable[str], weights: Mapping[str, float], power: int) -> float:
    # Sorted, as a set has no order that would hold from run to run.
    return sum(sorted(weights[stem] ** power for stem in stems))


def _share(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the share that some stems have in what the stems weigh together."""
    whole = sum(weights.values())
    return sum(sorted(weights.get(s, 0.0) for s in stems)) / whole if whole else 0.0

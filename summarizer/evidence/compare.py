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

from ..encoders import word_weight
from ..settings import EvidenceSettings
from ..table import Floats, Rows, Vectors
from ..text.language import language
from ..text.tokens import word_spans
from .values import Value, find_denials, find_values, is_numeral, unit_of

# The features of a quote and a passage, in the order of ``Pool.features``. Shares are of what the
# words weigh: their inverse frequency among the sentences compared.
FEATURES = (
    "cosine",  # of the vectors, 0 to 1
    "words",  # cosine of the weighted words
    "found",  # share of the quote's words in the passage
    "holds",  # share of the passage's words in the quote
    "pairs",  # share of the quote's pairs of neighbouring words in the passage
    "telling pairs",  # the same of its telling words alone
    "swapped",  # 1 where names, or values that cannot both be right, stand in each other's place
    "denied",  # 1 where one of both denies, and the other does not
    "numbers in conflict",  # 1 where both have one of a kind and none agrees
    "days in conflict",  # 1 where both name days and none agrees
)
# Those that tell what is given otherwise.
CONFLICTS = FEATURES[-4:]
# Of a sentence as long as a book the beginning is aligned, and of one as full of numbers as a table
# the first are compared.
_MOST_WORDS = 200
_MOST_VALUES = 50
# So many places where words are swapped are kept: a passage's are asked for more than once.
_CACHED = 1 << 14
# What is longer was worded otherwise, not replaced.
_MOST_REPLACED = 3
# Two words stand around a third with less than so many telling words between them.
_MOST_BETWEEN = 5
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
    :param telling: Whether both are names, or values that cannot both be right.
    """

    quote: tuple[int, int]
    passage: tuple[int, int]
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
        document: Rows,
        position: Rows,
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
        return Swap((own or [(0, 0)])[0], (its or [(0, 0)])[0], telling=True)

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
        self, quoted: int, first: int, last: int, settings: EvidenceSettings
    ) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return where a passage lacks words of a quote, and what stands there instead.

        Words that are usually stop words count, too, as "few" or "younger" may change what is said.

        :return: Spans of the quote and of the passage, the latter empty where nothing is instead.
        """
        quote, passage = self.statement(quoted, quoted), self.statement(first, last)
        found = []
        for own, its in _aligned(quote, passage):
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
        for own, its in _aligned(quote, passage):
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
        numbers = [value for value in quote.values if value.kind not in {"day", "time"}]
        days = [value for value in quote.values if value.kind == "day"]
        return [
            max(cosine, 0.0),
            alike(quote, passage),
            _share(common, ones),
            _share(common, others),
            _paired(quote.words, passage.words),
            _paired(quote.telling, passage.telling),
            float(any(swap.telling for swap in self.swaps(quoted, first, last))),
            float(bool(quote.denials) != bool(passage.denials)),
            float(any(_conflicts(value, passage) for value in numbers)),
            float(any(_conflicts(value, passage) for value in days)),
        ]


def alike(quote: Statement, passage: Statement) -> float:
    """Return the cosine of the weighted words of two statements."""
    ones, others = quote.weights, passage.weights
    lengths = float((_weight(ones, ones, 2) * _weight(others, others, 2)) ** 0.5)
    return _weight(ones.keys() & others.keys(), ones, 2) / max(lengths, 1e-9)


def _paired(words: Sequence[Word], others: Sequence[Word]) -> float:
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
                named = any(w.name for w in mine) and any(w.name for w in its)
                values = quote.given(mine), passage.given(its)
                apart = [not a.agrees(b) for a, b in product(*values) if a.comparable(b)]
                telling = all(apart) if apart else named and not any(values)
                if telling or not apart:
                    found.append(Swap(_span(mine), _span(its), telling))
    return found


def _find_trade(quote: Statement, passage: Statement) -> Swap | None:
    """Return two words that stand around a telling word of both in the other order, or voice.

    Such are names, and in sentences of the same telling words any.
    """
    counts = [Counter(word.stem for word in side.words) for side in (quote, passage)]
    same = quote.weights.keys() == passage.weights.keys()
    words = [
        word
        for word in quote.telling
        if counts[0][word.stem] == counts[1][word.stem] == 1 and not quote.given([word])
    ]
    for place, one in enumerate(words):
        for other in words[place + 1 : place + _MOST_BETWEEN]:
            if not (same or (one.name and other.name)):
                continue
            inner, span, turned = _between(quote, one.stem, other.stem)
            its_inner, its_span, its_turned = _between(passage, one.stem, other.stem)
            if inner and inner == its_inner and turned != its_turned:
                return Swap(span, its_span, telling=True)
    return None


def _between(
    statement: Statement, one: str, other: str
) -> tuple[frozenset[str], tuple[int, int], bool]:
    """Return the telling words between two, where both stand, and who does it to whom.

    The last tells whether the other acts: it stands first, or the voice is passive. Nothing is
    between words of two clauses.
    """
    places = [
        next(place for place, word in enumerate(statement.words) if word.stem == stem)
        for stem in (one, other)
    ]
    first, last = min(places), max(places)
    inside = statement.words[first + 1 : last]
    telling = frozenset(word.stem for word in inside if word.weight > 0 and not word.name)
    passive = any(statement.written(w) == "by" and not statement.numbered(w) for w in inside)
    apart = statement.text[statement.words[first].end : statement.words[last].start]
    # Shown with the names beside them, such as first names.
    while _named_together(statement, first - 1):
        first -= 1
    while _named_together(statement, last):
        last += 1
    span = statement.words[first].start, statement.words[last].end
    clause = CLAUSE_END.isdisjoint(apart)
    return telling if clause else frozenset(), span, (places[0] > places[1]) != passive


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


def _weight(stems: Iterable[str], weights: Mapping[str, float], power: int = 1) -> float:
    # Sorted, as a set has no order that would hold from run to run.
    return float(sum(sorted(weights[stem] ** power for stem in stems)))


def _share(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the share that those of some stems have in what all weigh together."""
    return _weight((s for s in stems if s in weights), weights) / max(
        _weight(weights, weights), 1e-9
    )

"""A quote and a passage: what they have in common, as numbers, and what they give otherwise."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import combinations, product
from math import log
from typing import Any

from ..datatypes import Span
from ..settings import EvidenceSettings
from ..text.assets import shipped_model
from ..text.language import language
from .compare import Pool, Statement, Words, span_of
from .values import DENYING, Value, is_numeral, unit_of

# The features of a quote and a passage, in the order of ``Pair.features``. Words weigh the log of
# their inverse frequency among the sentences compared.
FEATURES = (
    "words",  # cosine of the weighted words
    "in order",  # share of the quote's words that the passage has in one order
    "values",  # how many numbers and days of the quote the passage has, at most three
    "documents",  # log of how many documents there are, of which each may be of another event
)
# The features of two values that cannot both be right, in the order of ``Pair.describe``.
SLOT_FEATURES = (
    "same before",  # 1 where the last telling word in front of both is the same
    "same words",  # cosine of the weighted words of both sentences
    "others differ",  # log(1 + how many other values may be in conflict)
    "elsewhere",  # 1 where one document gives the other's value, too, somewhere
    "times",  # |log| of the larger number by the smaller one, at most 3
    "exact",  # 1 where both are single numbers
    "other values agree",  # share of the quote's other values that the passage has
    "age",
    "day",
    "time",
)
_KINDS = SLOT_FEATURES[-3:]
_MOST_SLOTS = 12
# More values in common tell no more.
_MOST_STATED = 3
# The largest topics in training had this many documents.
_MOST_DOCUMENTS = 10
# Of a sentence as long as a book, this many words are aligned.
_MOST_WORDS = 200
# What is longer was worded otherwise, not replaced.
_MOST_REPLACED = 3
# Around a value or name, each word that is one further away tells this share of a nearer one.
_FURTHER = 0.6
# Of names, and of values, this many are tried for having changed places.
_MOST_SHARED = 12
# Such a prefix makes a word of at least this many letters its opposite: "unable", "disagree".
# Others make verbs of verbs, as "rebuilt" and German "gesagt".
_OPPOSING = frozenset({"un", "in", "im", "il", "ir", "dis", "non", "des", "nie", "не"})
_LEAST_OPPOSED = 4

# Where a quote has something, and where its passage has something else.
Exchange = tuple[Span, Span]
# A value of a quote and one of a passage that cannot both be right of one thing.
Slot = tuple[Value, Value]


class Pair:
    """A quote and a passage.

    :param pool: The sentences.
    :param quoted: The row of the quote.
    :param first: The first row of the passage.
    :param last: Its last row: the first, or its neighbour.
    """

    def __init__(self, pool: Pool, quoted: int, first: int, last: int) -> None:
        self.pool = pool
        self.quoted, self.first, self.last = quoted, first, last
        self.quote = pool.statement(quoted, quoted)
        self.passage = pool.statement(first, last)

    @property
    def one_language(self) -> bool:
        """Whether both are in the same language, of which it is known how it denies."""
        own, its = (self.pool.languages[number] for number in self._documents)
        return own == its and own in DENYING

    def labelled(self, settings: EvidenceSettings) -> bool:
        """Tell whether both are in the same language, of which there are labelled pairs."""
        return self.one_language and self.pool.languages[self._documents[0]] in settings.languages

    @property
    def _documents(self) -> tuple[int, int]:
        return int(self.pool.document[self.quoted]), int(self.pool.document[self.first])

    @cached_property
    def _aligned(self) -> list[tuple[Words, Words]]:
        """The words of the quote, and of the passage, between those of both in one order."""
        ones, others = self.quote.words[:_MOST_WORDS], self.passage.words[:_MOST_WORDS]
        own, its = ([word.stem for word in words] for words in (ones, others))
        matcher = SequenceMatcher(None, own, its, autojunk=False)
        return [
            (ones[start:end], others[first:last])
            for kind, start, end, first, last in matcher.get_opcodes()
            if kind != "equal"
        ]

    @property
    def in_order(self) -> float:
        """The share of the words of the quote that the passage has in one order."""
        count = max(min(len(self.quote.words), _MOST_WORDS), 1)
        return 1 - sum(len(own) for own, _ in self._aligned) / count

    def nearly_same(self, settings: EvidenceSettings) -> bool:
        """Tell whether the passage has most of the words of the quote, in their order."""
        return self.in_order >= settings.near - 1e-9

    def features(self) -> list[float]:
        """Describe both by ``FEATURES``."""
        quote, passage, pool = self.quote, self.passage, self.pool
        values = [value for value in quote.values if value.kind != "ordinal"]
        return [
            _cosine(quote.weights, passage.weights),
            self.in_order,
            min(sum(map(passage.states, values)), _MOST_STATED),
            log(max(min(pool.documents, _MOST_DOCUMENTS), 1)),
        ]

    @cached_property
    def slots(self) -> list[Slot]:
        """The pairs of values of two sentences that may be of one thing but do not agree.

        A value that the other sentence has, too, is in none; nor is one in the same words, such as
        the Friday of another week, which shows a reader no difference.
        """
        quote, passage = self.quote, self.passage
        own = [value for value in quote.values if not passage.states(value)]
        its = [value for value in passage.values if not quote.states(value)]
        found = [
            (one, other)
            for one, other in product(own, its)
            if one.kind != "ordinal"
            and one.contradicts(other)
            and quote.text[one.start : one.end] != passage.text[other.start : other.end]
        ]
        return found[:_MOST_SLOTS]

    def describe(self, slot: Slot) -> list[float]:
        """Describe a slot by ``SLOT_FEATURES``."""
        quote, passage, pool = self.quote, self.passage, self.pool
        one, other = slot
        middle = [max((value.low + value.high) / 2, 1e-6) for value in slot]
        others = [value for value in quote.values if value is not one]
        own, its = self._documents
        return [
            float(quote.led(one) == passage.led(other) != ""),
            _cosine(quote.weights, passage.weights),
            log(1 + len({found.start for found, _ in self.slots} - {one.start})),
            float(pool.gives(own, other) or pool.gives(its, one)),
            min(abs(log(middle[0] / middle[1])), 3.0) if one.kind not in {"day", "time"} else 0.0,
            float(one.exact and other.exact),
            sum(map(passage.states, others)) / max(len(others), 1),
            *(float(one.kind == kind) for kind in _KINDS),
        ]

    def shown(self, slot: Slot) -> Exchange:
        """Return where both values stand, with what they count where that is one word for both."""
        one, other = slot
        own, its = self.quote.counted(one), self.passage.counted(other)
        if one.unit or own is None or its is None or own.stem != its.stem:
            return (one.start, one.end), (other.start, other.end)
        return (one.start, own.end), (other.start, its.end)

    @cached_property
    def _replaced(self) -> list[tuple[Exchange, bool]]:
        """Telling words of the quote for which the passage has others between the same neighbours.

        Beside each: whether both are names, or values that cannot both be right.
        """
        quote, passage = self.quote, self.passage
        found: list[tuple[Exchange, bool]] = []
        for ones, others in self._aligned:
            if max(len(ones), len(others)) > _MOST_REPLACED:
                continue
            mine = [w for w in ones if w.weight > 0 and w.stem not in passage.weights]
            its = [w for w in others if w.weight > 0 and w.stem not in quote.weights]
            if mine and its:
                named = any(w.name for w in mine) and any(w.name for w in its)
                values = quote.given(mine), passage.given(its)
                apart = [not a.agrees(b) for a, b in product(*values) if a.comparable(b)]
                telling = all(apart) if apart else named and not any(values)
                if telling or not apart:
                    found.append(((span_of(mine), span_of(its)), telling))
        return found

    @property
    def replaced(self) -> list[Exchange]:
        """Telling words of the quote for which the passage has others."""
        return [exchange for exchange, _ in self._replaced]

    @property
    def swaps(self) -> list[Exchange]:
        """Names and values of the quote for which the passage has others."""
        return [exchange for exchange, telling in self._replaced if telling]

    @property
    def opposed(self) -> Exchange | None:
        """Where the passage has the opposite of a word of the quote, beside the same words.

        Where one of both alone denies, the opposite may say the same: "not safe", "dangerous".
        """
        quote, passage = self.quote, self.passage
        if self.one_denies:
            return None
        return next(
            (
                ((word.start, word.end), (other.start, other.end))
                for words, others in self._aligned
                for word, other in product(words, others)
                if other.stem in _opposites().get(word.stem, ())
                and word.stem not in passage.stems
                and other.stem not in quote.stems
            ),
            None,
        )

    def reworded(self, settings: EvidenceSettings) -> bool:
        """Tell whether one telling word stands for another in what else is nearly the same.

        It may be an opposite. In "brought back" for "collected" none stands for another.
        """
        telling = (
            len(own) == len(its) == 1
            and min(self.quote.tells(own[0]), self.passage.tells(its[0])) >= settings.lacked
            and not (own[0].name or its[0].name)
            for own, its in self._aligned
        )
        if not any(telling):
            return False
        passage = Pair(self.pool, self.first, self.quoted, self.quoted)
        turned = self.first == self.last and passage.nearly_same(settings)
        return turned or self.nearly_same(settings)

    @property
    def one_denies(self) -> bool:
        """Whether one side denies something, whatever it is, and the other nothing."""
        return bool(self.quote.denials) != bool(self.passage.denials)

    def denied(self, settings: EvidenceSettings) -> Exchange | None:
        """Return where one side denies something of which the other speaks without denying."""
        own, its = ([*denied.values(), (0, 0)] for denied in self._denied(settings))
        if not self.one_denies or own == its:
            return None
        return own[0], its[0]

    def denies_alike(self, settings: EvidenceSettings) -> bool:
        """Tell whether of the words of both sides each denies the same."""
        own, its = self._denied(settings)
        # What one side does not speak of may be denied on the other.
        return own.keys() == its.keys() and not self.one_denies

    def _denied(self, settings: EvidenceSettings) -> tuple[dict[str, Span], dict[str, Span]]:
        quote, passage, least = self.quote, self.passage, settings.lacked
        return quote.denied_of(passage, least), passage.denied_of(quote, least)

    def traded(self, settings: EvidenceSettings) -> Exchange | None:
        """Return where two names or numbers of the quote have changed places in the passage.

        Each then stands beside the words that the other stands beside in the quote.
        """
        for (kind, *one), (other_kind, *other) in combinations(self._shared(), 2):
            if kind != other_kind:
                continue
            sides = [(self.quote, one[0], other[0]), (self.passage, one[1], other[1])]
            turned = _passive(*sides[0]) != _passive(*sides[1])
            (mine, yours), (its, others) = (
                (_around(side, a, b, turned=turn), _around(side, b, a, turned=turn))
                for (side, a, b), turn in zip(sides, (turned, False), strict=True)
            )
            kept = _cosine(mine, its) + _cosine(yours, others)
            crossed = _cosine(mine, others) + _cosine(yours, its)
            # Words other than names stand beside others in most ways of saying the same.
            if crossed - kept >= settings.traded + (kind == "word"):
                return _widened(*sides[0]), _widened(*sides[1])
        return None

    def _shared(self) -> list[tuple[str, Span, Span]]:
        """Return the names and exact values that both have once: what each is, and where.

        Where both have the same telling words, these are taken as names are.
        """
        quote, passage = self.quote, self.passage
        counts = [Counter(word.stem for word in side.words) for side in (quote, passage)]
        same = quote.weights.keys() == passage.weights.keys()
        places = {word.stem: (word.start, word.end) for word in passage.words}
        names = [
            ("name" if word.name else "word", (word.start, word.end), places[word.stem])
            for word in quote.telling
            if (same or word.name) and counts[0][word.stem] == counts[1][word.stem] == 1
            if not quote.given([word])
        ]
        values = [
            (value.kind, (value.start, value.end), (agreeing[0].start, agreeing[0].end))
            for value in quote.values
            for agreeing in [[other for other in passage.values if value.agrees(other)]]
            if value.exact and len(agreeing) == 1 == sum(map(value.agrees, quote.values))
        ]
        return [*names[:_MOST_SHARED], *values[:_MOST_SHARED]]

    def lacked(self, settings: EvidenceSettings) -> list[Exchange]:
        """Return where the passage lacks words of the quote, and what stands there instead.

        Words that are usually stop words count, too, as "few" or "younger" may change what is said.

        :return: Spans of the quote and of the passage, the latter empty where nothing is instead.
        """
        quote, passage, least = self.quote, self.passage, settings.lacked
        found = []
        for own, its in self._aligned:
            mine = quote.lacked_by(own, passage, least)
            if not mine and _exchanged(quote, own, passage, its, settings.exchanged):
                found.append((span_of(own), span_of(its)))
            elif mine:
                found.append((span_of(mine), span_of(passage.lacked_by(its, quote, least))))
        return found

    def exchanged(self) -> Exchange | None:
        """Return where the passage has another number or unit than the quote, or an opposite."""
        quote, passage = self.quote, self.passage
        spoken = self.pool.languages[self._documents[0]]
        for own, its in self._aligned:
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
                    return span_of(own), span_of(its)
        return None

    def lacks_values(self) -> bool:
        """Tell whether the passage does not give a number or a day of the quote."""
        values = (value for value in self.quote.values if value.kind != "ordinal")
        return not all(map(self.passage.states, values))


@cache
def _opposites() -> dict[str, set[str]]:
    """Return the stems of English words with those of their opposites."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    stem = language("en").stem
    text = (shipped_model("evidence")[0] / "opposites.txt").read_text(encoding="utf-8")
    for one, other in (map(stem, line.split()) for line in text.splitlines()):
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return dict(found)


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


def _exchanged(quote: Statement, own: Words, passage: Statement, its: Words, least: float) -> bool:
    """Tell whether one small word stands for another that counts: "unless", "by" of a number."""
    if not len(own) == len(its) == 1:
        return False
    sides = ((quote, own[0]), (passage, its[0]))
    if any(side.given([word]) for side, word in sides):
        return False
    numbered = all(side.numbered(word) for side, word in sides)
    return numbered or max(side.tells(word) for side, word in sides) >= least


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

    Names, and what stands at the other place, are left out.
    """
    found: dict[tuple[str, bool], float] = {}
    middle = bisect_left(side.words, one[0], key=lambda word: word.start)
    for place, word in enumerate(side.words):
        if word.weight and not word.name and (word.start, word.end) not in (one, other):
            key = word.stem, (place < middle) != turned
            found[key] = max(found.get(key, 0.0), word.weight * _FURTHER ** abs(place - middle))
    return found


def _cosine(ones: Mapping[Any, float], others: Mapping[Any, float]) -> float:
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

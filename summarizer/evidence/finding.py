"""For quotes among sentences: which passages of others agree, differ, copy or translate them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

import numpy as np

from ..encoders import embed, load_encoder
from ..rank.context import chances
from ..settings import EvidenceSettings
from ..text.assets import read_weights
from ..text.table import Rows, Vectors, run_starts
from .compare import Pool
from .pairs import FEATURES, SLOT_FEATURES, Exchange, Pair, Slot
from .values import Value, find_values

# The row of a quote, and the first and the last of a passage.
Place = tuple[int, int, int]
CLAUSE_END = frozenset(',;:.!?()\u2013\u2014"\u201c\u201d')


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for a quote.

    :param first: Its first row.
    :param last: Its last row: the first, or its neighbour.
    :param probability: How likely it is that it does what it was found for, 0 to 1.
    :param differences: Where the quote and it give something differently: spans of both texts.
    """

    first: int
    last: int
    probability: float
    differences: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """What other sources say of a quoted row.

    :param agreeing: Passages that state what it states; one for each other duplicate group.
    :param partly: Passages that state its main claim but lack details; likewise.
    :param differing: Sentences that give a value of it otherwise; likewise. No group is in two.
    :param copies: Sentences that repeat it, or an agreeing passage, nearly word for word; one for
        each other document.
    """

    agreeing: list[Found] = field(default_factory=list)
    partly: list[Found] = field(default_factory=list)
    differing: list[Found] = field(default_factory=list)
    copies: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A passage judged for a quote.

    :param pair: Both.
    :param states: How much of the quote it likely states, 0 to 1.
    :param differs: The probability that it gives a value of the quote otherwise.
    :param slots: The values that it gives otherwise.
    :param swaps: Where it has another name or value, or a denial.
    """

    pair: Pair
    states: float = 0.0
    differs: float = 0.0
    slots: tuple[Slot, ...] = ()
    swaps: tuple[Exchange, ...] = ()

    @property
    def rows(self) -> range:
        """The rows of the passage."""
        return range(self.pair.first, self.pair.last + 1)

    @property
    def contradicts(self) -> bool:
        """Whether it gives something of the quote otherwise."""
        return bool(self.slots or self.swaps)

    def found(self, chance: float, differences: Iterable[Exchange] = ()) -> Found:
        """Return the passage as it is shown."""
        return Found(self.pair.first, self.pair.last, chance, tuple(differences))

    def verdict(self, settings: EvidenceSettings) -> Literal["agrees", "partly", "differs", ""]:
        """Return what is said of the passage; nothing where it is not likely enough.

        With a name swapped it may as well be of another event, and a word in the place of another
        may be its opposite.
        """
        if self.contradicts:
            return "differs" if self.slots else ""
        if self.pair.reworded(settings):
            return ""
        if self.states >= settings.agrees:
            return "agrees"
        return "partly" if self.states >= settings.partly else ""


def search_evidence(
    pool: Pool,
    vectors: Vectors,
    quoted: Sequence[int],
    duplicate_group: Sequence[int],
    settings: EvidenceSettings | None = None,
    *,
    most: int | None = None,
    strict: bool = False,
) -> list[RowEvidence]:
    """Find what other documents say of quoted sentences.

    :param pool: n sentences.
    :param vectors: (n, d) float32 unit vectors of them, by any encoder; they choose the passages
        that are judged.
    :param quoted: The rows of the quotes.
    :param duplicate_group: A number for each document, the same for near-duplicates.
    :param settings: The constants.
    :param most: How many passages are judged for a quote, those most like it; all by default.
    :param strict: Whether a copy must have all words of the quote in their order, a passage that
        has other words in the place of some agrees in part at most, and one that denies the quote,
        or swaps a name or value of it, or has two names in each other's place, differs.
    :return: The evidence of each quote.
    """
    settings = settings or EvidenceSettings()
    joined = pool.join(vectors)
    groups = np.asarray(duplicate_group)[pool.document]
    evidence: list[RowEvidence] = []
    for row in quoted:
        found = pool.passages[_candidates(pool, joined, row, most, settings)].tolist()
        places = [(row, first, last) for first, last in found]
        judged = judge_passages(pool, places, settings, strict=strict)
        evidence.append(_gather(groups, judged, settings, strict=strict))
    return evidence


def judge_passages(
    pool: Pool,
    places: Iterable[Place],
    settings: EvidenceSettings | None = None,
    *,
    strict: bool = False,
) -> list[Judgement]:
    """Judge passages, each for a quote.

    :param pool: The sentences.
    :param places: The row of the quote, and the first and the last of the passage.
    :param settings: The constants.
    :param strict: Whether to judge nothing in languages without labelled pairs.
    :return: A judgement for each; nothing is likely of what is in another language than its quote.
    """
    settings = settings or EvidenceSettings()
    found = [Judgement(Pair(pool, *place)) for place in places]
    judged = [
        number
        for number, pair in enumerate(one.pair for one in found)
        if (pair.labelled(settings) if strict else pair.one_language)
    ]
    pairs = [found[number].pair for number in judged]
    likely = judge("states", [pair.features() for pair in pairs])
    slots = iter(judge_slots(pairs))
    for number, pair, states in zip(judged, pairs, likely, strict=True):
        own = [next(slots) for _ in pair.slots]
        # The model is less sure of languages that it was not fitted to.
        if not pair.labelled(settings) and (states < settings.agrees or pair.one_denies):
            states = 0.0
        swaps = tuple(pair.swaps) if states >= settings.partly else ()
        if states >= settings.partly and not swaps and pair.opposed:
            swaps = (pair.opposed,)
        against = [chance for *_, chance in own] + [states for _ in swaps]
        telling = tuple(slot for _, slot, chance in own if chance >= settings.differs)
        found[number] = Judgement(pair, states, max(against, default=0.0), telling, swaps)
    return found


def judge_slots(pairs: Iterable[Pair]) -> list[tuple[Pair, Slot, float]]:
    """Tell how likely it is that each value given otherwise is of one thing with its quote's."""
    slots = [(pair, slot) for pair in pairs for slot in pair.slots]
    likely = judge("differs", [pair.describe(slot) for pair, slot in slots])
    return [(*slot, chance) for slot, chance in zip(slots, likely, strict=True)]


@cache
def _weights() -> dict[str, Any]:
    """Load the shipped logistic regressions over ``FEATURES`` and ``SLOT_FEATURES``."""
    models: dict[str, Any] = read_weights("evidence")
    named = (("states", FEATURES), ("differs", SLOT_FEATURES))
    assert all(tuple(models[name]["features"]) == features for name, features in named)
    return models


def judge(name: Literal["states", "differs"], described: Sequence[Sequence[float]]) -> list[float]:
    """Tell how likely it is of each of n rows of features that a passage states, or differs."""
    if not described:
        return []
    found: list[float] = chances(np.array(described), _weights()[name]).tolist()
    return found


def _candidates(
    pool: Pool, joined: Vectors, row: int, most: int | None, settings: EvidenceSettings
) -> Rows:
    """Return the places of the passages of other documents that are most like a quote."""
    rough = np.maximum(joined @ joined[row], 0) * pool.word_cosines(row)
    document = pool.document[pool.passages[:, 0]]
    others = (document != pool.document[row]) & (pool.passages[:, 0] >= pool.first)
    places = np.flatnonzero(others & (rough >= settings.least_rough))
    # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
    order = places[np.lexsort((places, -rough[places].round(6), document[places]))]
    starts = run_starts(document[order])
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    order = order[rank < settings.candidates]
    if most is None or len(order) <= most:
        return order
    nearest = np.lexsort((order, -rough[order].round(6)))[:most]
    return order[np.sort(nearest)]


def _gather(
    groups: Rows, candidates: Sequence[Judgement], settings: EvidenceSettings, *, strict: bool
) -> RowEvidence:
    """Choose what is shown of the candidates of one quote."""
    evidence = RowEvidence()
    of_group: defaultdict[int, list[Judgement]] = defaultdict(list)
    known: list[list[str]] = []
    for one in candidates:
        of_group[int(groups[one.pair.first])].append(one)
    for group, judged in sorted(of_group.items()):
        own = [compare_by_words(one, settings, strict=strict) for one in judged]
        pool, quoted = own[0].pair.pool, own[0].pair.quoted
        copies: dict[int, Judgement] = {}
        for one in own:
            if len(one.rows) == 1 and not one.contradicts and repeats(one.pair, settings):
                copies.setdefault(int(pool.document[one.pair.first]), one)
        copying = [c for c in copies.values() if not strict or _quoted(c.pair) == "as said"]
        evidence.copies.extend(one.found(1.0) for one in copying)
        if copying:
            continue
        strange = group != int(groups[quoted])
        against = [one for one in own if one.contradicts]
        # What seems to deny the quote does not state it, but may deny something else.
        shown = [one for one in against if strict or (one.slots and one.pair.labelled(settings))]
        differing = max(shown, key=lambda one: (one.differs, -one.pair.first), default=None)
        other = [] if strict else [one for one in own if one.pair.reworded(settings)]
        apart = {row for one in [*against, *other] for row in one.rows}
        stating = [one for one in own if apart.isdisjoint(one.rows)]
        stating.sort(key=lambda one: (-one.states, one.pair.first))
        wholly = (one for one in stating if _wholly(one, settings, strict=strict))
        if strange and (whole := next(wholly, None)):
            stems = [stem for row in whole.rows for stem in pool.stems[row]]
            copied = any(is_copy(before, stems, settings) for before in known)
            kind = evidence.copies if copied else evidence.agreeing
            kind.append(whole.found(whole.states))
            known.append(stems)
        elif differing:
            evidence.differing.append(differing_values(differing))
        elif strange and stating and stating[0].states >= settings.partly:
            partly = stating[0]
            lacked = _lacked(partly.pair, settings) if strict else ()
            evidence.partly.append(partly.found(partly.states, lacked))
    evidence.copies.sort(key=lambda found: found.first)
    return evidence


def _wholly(one: Judgement, settings: EvidenceSettings, *, strict: bool) -> bool:
    """Tell whether a passage may state all of its quote: it lacks no value of it.

    Nor does one that is nearly the same lack a word that counts. If strict, it has one like each
    word, has no others in the place of some, and denies what the quote denies.
    """
    pair, least = one.pair, settings.stated if strict else settings.agrees
    if one.states < least or pair.lacks_values():
        return False
    if (strict or pair.nearly_same(settings)) and _lacked(pair, settings):
        return False
    if not strict:
        return True
    if pair.replaced or _quoted(pair) == "denied" or not pair.denies_alike(settings):
        return False
    quote, passage = pair.quote, pair.passage
    lacked = quote.lacked_by(quote.words, passage, settings.lacked)
    words, others = list(map(quote.written, lacked)), list(map(passage.written, passage.words))
    static = load_encoder("static")
    # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
    nearest = (embed(static, words) @ embed(static, others).T).round(5).max(axis=1) if words else 1
    return bool(np.min(nearest) >= settings.supported)


def _quoted(pair: Pair) -> Literal["", "as said", "denied"]:
    """Tell whether the words of a quote stand in a sentence side by side, and how they are meant.

    They are denied where a denial stands before them in the clause, as in "There is no sign that".
    """
    passage = pair.pool.statement(pair.first, pair.first)
    words, others = pair.pool.stems[pair.quoted], [word.stem for word in passage.words]
    for start in range(len(others) - len(words) + 1):
        if others[start : start + len(words)] == words:
            begin = passage.words[start].start
            before = (passage.text[end:begin] for _, end in passage.denials if end <= begin)
            return "denied" if any(map(CLAUSE_END.isdisjoint, before)) else "as said"
    return ""


def _lacked(pair: Pair, settings: EvidenceSettings) -> list[Exchange]:
    """Return what a passage lacks of its quote; where it has most of the words, any that tell.

    In a language without labelled pairs, also what it has besides, which may be a "not".
    """
    if not pair.nearly_same(settings):
        return pair.replaced
    lacked = pair.lacked(settings)
    if not pair.labelled(settings):
        besides = Pair(pair.pool, pair.first, pair.quoted, pair.quoted).lacked(settings)
        lacked += [(own, its) for its, own in besides if own == (0, 0)]
    return lacked


def compare_by_words(
    one: Judgement, settings: EvidenceSettings, *, strict: bool = False
) -> Judgement:
    """Take a denial on one side alone for a contradiction, where else the main claim is stated.

    So with two names that have changed places, as in "A beat B" and "B beat A", and where nearly
    all words are the same with another number, another unit or the opposite of a word; this holds
    in any language. In those without labelled pairs, such sentences agree at least in part.
    """
    pair = one.pair
    if len(one.rows) > 1 or not (strict or pair.one_language or repeats(pair, settings)):
        return one
    swap = None
    least = settings.stated if strict else settings.partly
    if one.states >= least or repeats(pair, settings):
        swap = pair.denied(settings) or pair.traded(settings) or pair.opposed
    if pair.nearly_same(settings):
        swap = swap or pair.exchanged()
        if not pair.labelled(settings) and not pair.one_denies:
            one = replace(one, states=max(one.states, settings.partly))
    return replace(one, swaps=(swap,), differs=one.states) if swap else one


def differing_values(judgement: Judgement) -> Found:
    """Return the sentence of a passage that gives values, or names, of the quote otherwise."""
    pair = judgement.pair
    spans = [pair.shown(slot) for slot in judgement.slots]
    spans += [
        swap
        for swap in judgement.swaps
        if not any(start < swap[0][1] and swap[0][0] < end for (start, end), _ in spans)
    ]
    # Of two neighbours the one with the first such value is shown.
    shift = len(pair.pool.texts[pair.first]) + 1
    behind = spans[0][1][0] >= shift
    row, shift = (pair.last, shift) if behind else (pair.first, 0)
    own = tuple(
        (one, (start - shift, end - shift))
        for one, (start, end) in spans
        if start >= shift and end - shift <= len(pair.pool.texts[row])
    )
    return Found(row, row, judgement.differs, own)


def repeats(pair: Pair, settings: EvidenceSettings) -> bool:
    """Tell whether the first sentence of a passage is a copy of its quote."""
    pool = pair.pool
    if not is_copy(pool.stems[pair.quoted], pool.stems[pair.first], settings):
        return False
    weights, other = pair.quote.weights, pool.statement(pair.first, pair.first)
    found = sum(sorted(weight for stem, weight in weights.items() if stem in other.weights))
    return found >= settings.telling * sum(weights.values()) - 1e-9


def is_copy(quote: Sequence[str], passage: Sequence[str], settings: EvidenceSettings) -> bool:
    """Tell whether a sentence repeats another nearly word for word, and most of it.

    Compared by shingles, runs of three neighbouring words (Broder 1997).

    :param quote: The stems of a sentence, in order.
    :param passage: Those of another.
    :param settings: The least shares.
    """
    size = max(min(3, len(quote), len(passage)), 1)
    own, its = (
        set(zip(*(stems[start:] for start in range(size)), strict=False))
        for stems in (quote, passage)
    )
    shared = len(own & its)
    shorter = max(min(len(own), len(its)), 1)
    return shared >= settings.copied * shorter and shared >= settings.whole * len(own)


def find_translations(
    texts: Sequence[str],
    document: Rows,
    vectors: Vectors,
    quotes: int,
    languages: Sequence[str],
    dates: Sequence[str | None],
    groups: Sequence[int],
    settings: EvidenceSettings,
) -> list[list[Found]]:
    """Find the sentences in other languages that state what quotes state, one of each group.

    They are near a quote in meaning and hold every number and day of it; a time of day may be that
    of another place.

    :param texts: n sentences: first the quotes, then those in other languages.
    :param document: (n,) the document of each.
    :param vectors: (n, d) float32 unit vectors of them by an encoder of several languages.
    :param quotes: How many of them are quotes.
    :param languages: The language code of each document.
    :param dates: The day of each document, ``YYYY-MM-DD``, or None.
    :param groups: The duplicate group of each document.
    :return: For each quote what was found, by its row; the ``probability`` is the cosine to it.
    """
    owners = document.tolist()

    def values(row: int) -> list[Value]:
        return find_values(texts[row], languages[owners[row]], dates[owners[row]])

    stating: list[list[Found]] = []
    for quote in range(quotes):
        # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
        cosines = (vectors[quotes:] @ vectors[quote]).round(5)
        near = np.flatnonzero(cosines >= settings.translation)
        wanted = [value for value in values(quote) if value.kind != "time"] if len(near) else []
        found: dict[int, Found] = {}
        for place in near[np.lexsort((near, -cosines[near]))].tolist():
            row, group = quotes + place, groups[owners[quotes + place]]
            if group not in found and all(any(map(v.agrees, values(row))) for v in wanted):
                found[group] = Found(row, row, min(float(cosines[place]), 1.0))
        stating.append(list(found.values()))
    return stating

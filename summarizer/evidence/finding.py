"""For quotes among sentences: which passages of others agree, differ, copy or translate them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, NamedTuple

import numpy as np

from ..datatypes import Span
from ..encoders import embed, load_encoder
from ..settings import EvidenceSettings
from ..text.table import Rows, Vectors, run_starts
from .compare import CLAUSE_END, FEATURES, Pool, Swap
from .judge import Judge
from .slots import Slot, describe_slot, find_slots, slot_spans
from .values import find_values

# The row of a quote, and the first and the last of a passage.
Place = tuple[int, int, int]
# So many passages are judged at once; more would take more memory and no less time.
AT_ONCE = 1 << 12


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
    differences: tuple[tuple[Span, Span], ...] = ()


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

    :param quoted: The row of the quote.
    :param first: The first row of the passage.
    :param last: Its last row.
    :param states: How much of the quote it likely states, 0 to 1.
    :param differs: The probability that it gives a value of the quote otherwise.
    :param slots: The values that it gives otherwise.
    :param swaps: Names and values that it has swapped.
    """

    quoted: int
    first: int
    last: int
    states: float = 0.0
    differs: float = 0.0
    slots: tuple[Slot, ...] = ()
    swaps: tuple[Swap, ...] = ()

    @property
    def place(self) -> Place:
        """The rows of the quote and of the passage."""
        return self.quoted, self.first, self.last

    @property
    def contradicts(self) -> bool:
        """Whether it gives something of the quote otherwise."""
        return bool(self.slots or self.swaps)

    def verdict(self, settings: EvidenceSettings) -> Literal["agrees", "partly", "differs", ""]:
        """Return what is said of the passage; nothing where it is not likely enough.

        With a name swapped it may as well be of another event.
        """
        if self.contradicts:
            return "differs" if self.slots else ""
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
    rows = iter(quoted)
    while True:
        places: list[list[Place]] = []
        count = 0
        for row in rows:
            found = pool.passages[_candidates(pool, joined, row, most, settings)].tolist()
            places.append([(row, first, last) for first, last in found])
            count += len(found)
            if count >= AT_ONCE:
                break
        if not places:
            return evidence
        judged = iter(judge_passages(pool, list(chain.from_iterable(places)), settings))
        evidence += [
            _gather(pool, groups, [next(judged) for _ in own], settings, strict=strict)
            for own in places
        ]


def judge_passages(
    pool: Pool,
    places: Sequence[Place],
    settings: EvidenceSettings | None = None,
) -> list[Judgement]:
    """Judge passages, each for a quote.

    :param pool: The sentences.
    :param places: The row of the quote, and the first and the last of the passage.
    :param settings: The constants.
    :return: A judgement for each; nothing is likely of what is in another language than its quote,
        or in one that the judge does not know.
    """
    settings = settings or EvidenceSettings()
    comparable = [place for place in places if _comparable(pool, place, settings)]
    features = np.array([pool.features(*place) for place in comparable]).reshape(-1, len(FEATURES))
    chances = Judge.load().states.probability(features).tolist()
    judged = dict(zip(comparable, chances, strict=True))
    slots: defaultdict[Place, list[tuple[Slot, float]]] = defaultdict(list)
    for place, slot, chance in judge_slots(pool, comparable):
        slots[place].append((slot, chance))
    found: list[Judgement] = []
    for place in places:
        own = slots[place]
        states = judged.get(place, 0.0)
        telling = states >= settings.partly
        swaps = tuple(s for s in pool.swaps(*place) if s.telling) if telling else ()
        against = [chance for _, chance in own] + [states for _ in swaps]
        found.append(
            Judgement(
                *place,
                states=states,
                differs=max(against, default=0.0),
                slots=tuple(slot for slot, chance in own if chance >= settings.differs),
                swaps=swaps,
            )
        )
    return found


def _candidates(
    pool: Pool,
    joined: Vectors,
    row: int,
    most: int | None,
    settings: EvidenceSettings,
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


def _comparable(pool: Pool, place: Place, settings: EvidenceSettings) -> bool:
    """Tell whether a passage is in the language of its quote, and that one was learned."""
    own, its = (pool.languages[int(pool.document[row])] for row in place[:2])
    return own == its and own in settings.languages


def describe_slots(pool: Pool, places: Iterable[Place]) -> list[tuple[Place, Slot, list[float]]]:
    """Find and describe the values that sentences give otherwise than their quotes.

    :param pool: The sentences.
    :param places: The row of the quote, and the first and the last of the passage.
    :return: The passage, the slot, and its ``SLOT_FEATURES``.
    """
    return [
        (place, slot, describe_slot(pool, place, slot, slots))
        for place in places
        for slots in [find_slots(pool.statement(place[0], place[0]), pool.statement(*place[1:]))]
        for slot in slots
    ]


def judge_slots(pool: Pool, places: Iterable[Place]) -> list[tuple[Place, Slot, float]]:
    """Tell how likely it is that each value given otherwise is of one thing with its quote's."""
    described = describe_slots(pool, places)
    if not described:
        return []
    chances = Judge.load().differs.probability([features for *_, features in described])
    return [
        (place, slot, chance)
        for (place, slot, _), chance in zip(described, chances.tolist(), strict=True)
    ]


def _gather(
    pool: Pool,
    groups: Rows,
    candidates: Sequence[Judgement],
    settings: EvidenceSettings,
    *,
    strict: bool,
) -> RowEvidence:
    """Choose what is shown of the candidates of one quote."""
    evidence = RowEvidence()
    of_group: defaultdict[int, list[Judgement]] = defaultdict(list)
    copying: set[int] = set()
    known: list[list[str]] = []
    for one in candidates:
        known = known or [pool.stems[one.quoted]]
        of_group[int(groups[one.first])].append(one)
    for group, judged in sorted(of_group.items()):
        own = [
            _compared_by_words(pool, one, settings, strict=strict)
            if strict
            or _comparable(pool, one.place, settings)
            or repeats(pool, one.quoted, one.first, settings)
            else one
            for one in judged
        ]
        for one in _copies(pool, own, settings):
            if strict and _quoted(pool, one) != "as said":
                continue
            evidence.copies.append(Found(one.first, one.last, 1.0))
            copying.add(group)
        if group in copying:
            continue
        strange = bool(own) and group != int(groups[own[0].quoted])
        against = [one for one in own if one.contradicts]
        # What seems to deny the quote does not state it, but may deny something else.
        shown = [one for one in against if strict or one.slots]
        differing = max(shown, key=lambda one: (one.differs, -one.first), default=None)
        apart = {row for one in against for row in range(one.first, one.last + 1)}
        stating = [one for one in own if apart.isdisjoint(range(one.first, one.last + 1))]
        stating.sort(key=lambda one: (-one.states, one.first))
        wholly = (one for one in stating if _wholly(pool, one, settings, strict=strict))
        if strange and (whole := next(wholly, None)):
            stems = [stem for row in range(whole.first, whole.last + 1) for stem in pool.stems[row]]
            found = Found(whole.first, whole.last, whole.states)
            if any(is_copy(before, stems, settings) for before in known[1:]):
                evidence.copies.append(found)
            else:
                evidence.agreeing.append(found)
            known.append(stems)
        elif differing:
            evidence.differing.append(differing_values(pool, differing))
        elif strange and stating and stating[0].states >= settings.partly:
            partly = stating[0]
            lacked = _lacked(pool, partly, settings) if strict else []
            found = Found(partly.first, partly.last, partly.states, tuple(lacked))
            evidence.partly.append(found)
    evidence.copies.sort(key=lambda found: found.first)
    return evidence


def _wholly(pool: Pool, one: Judgement, settings: EvidenceSettings, *, strict: bool) -> bool:
    """Tell whether a passage may state all of its quote: it lacks no value of it.

    Nor does one that is nearly the same lack a word that counts. If strict, it has one like each
    word, has no others in the place of some, and denies what the quote denies.
    """
    least = settings.stated if strict else settings.agrees
    if one.states < least or pool.lacks_values(*one.place):
        return False
    alike = pool.nearly_same(*one.place, settings.near)
    if (strict or alike) and _lacked(pool, one, settings):
        return False
    if not strict:
        return True
    if pool.swaps(*one.place) or _quoted(pool, one) == "denied":
        return False
    words, others = pool.unlike(*one.place, settings)
    static = load_encoder("static")
    if not pool.denies_alike(*one.place, settings.lacked):
        return False
    # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
    likest = (embed(static, words) @ embed(static, others).T).round(5).max(axis=1) if words else 1
    return bool(np.min(likest) >= settings.supported)


def _quoted(pool: Pool, one: Judgement) -> Literal["", "as said", "denied"]:
    """Tell whether the words of a quote stand in a sentence side by side, and how they are meant.

    They are denied where a denial stands before them in the clause, as in "There is no sign that".
    """
    passage = pool.statement(one.first, one.first)
    words, others = pool.stems[one.quoted], [word.stem for word in passage.words]
    for start in range(len(others) - len(words) + 1):
        if others[start : start + len(words)] == words:
            begin = passage.words[start].start
            before = (passage.text[end:begin] for _, end in passage.denials if end <= begin)
            return "denied" if any(map(CLAUSE_END.isdisjoint, before)) else "as said"
    return ""


def _lacked(pool: Pool, one: Judgement, settings: EvidenceSettings) -> list[tuple[Span, Span]]:
    """Return what a passage lacks of its quote; where it has most of the words, any that tell.

    In a language that the judge does not know, also what it has besides, which may be a "not".
    """
    if not pool.nearly_same(*one.place, settings.near):
        return [(swap.quote, swap.passage) for swap in pool.swaps(*one.place)]
    lacked = pool.lacked(*one.place, settings)
    if not _comparable(pool, one.place, settings):
        besides = pool.lacked(one.first, one.quoted, one.quoted, settings)
        lacked += [(own, its) for its, own in besides if own == (0, 0)]
    return lacked


def _compared_by_words(
    pool: Pool, one: Judgement, settings: EvidenceSettings, *, strict: bool
) -> Judgement:
    """Take a denial on one side alone for a contradiction, where else the main claim is stated.

    So with two names that have changed places, as in "A beat B" and "B beat A", and where nearly
    all words are the same with another number, another unit or the opposite of a word; this holds
    in any language. In those that the judge does not know, such sentences agree in part.
    """
    if one.first != one.last:
        return one
    swap = None
    if one.states >= (settings.stated if strict else settings.partly):
        swap = pool.denied(*one.place, settings.lacked) or pool.traded(*one.place, settings.traded)
    if pool.nearly_same(*one.place, settings.near):
        swap = swap or pool.exchanged(*one.place)
        if not _comparable(pool, one.place, settings):
            one = replace(one, states=settings.partly)
    return replace(one, swaps=(swap,), differs=one.states) if swap else one


def differing_values(pool: Pool, judgement: Judgement) -> Found:
    """Return the sentence of a passage that gives values, or names, of the quote otherwise."""
    quote = pool.statement(judgement.quoted, judgement.quoted)
    passage = pool.statement(judgement.first, judgement.last)
    spans = [slot_spans(quote, passage, slot) for slot in judgement.slots]
    spans += [
        (swap.quote, swap.passage)
        for swap in judgement.swaps
        if not any(start < swap.quote[1] and swap.quote[0] < end for (start, end), _ in spans)
    ]
    # Of two neighbours the one with the first such value is shown.
    shift = len(pool.texts[judgement.first]) + 1
    behind = spans[0][1][0] >= shift
    row, shift = (judgement.last, shift) if behind else (judgement.first, 0)
    own = tuple(
        (one, (start - shift, end - shift))
        for one, (start, end) in spans
        if start >= shift and end - shift <= len(pool.texts[row])
    )
    return Found(row, row, judgement.differs, own)


def _copies(
    pool: Pool, candidates: Sequence[Judgement], settings: EvidenceSettings
) -> Iterator[Judgement]:
    """Yield one sentence of each document that repeats the quote and changes no value of it."""
    done: set[int] = set()
    for one in candidates:
        document = int(pool.document[one.first])
        if document in done or one.first != one.last or one.contradicts:
            continue
        if repeats(pool, one.quoted, one.first, settings):
            done.add(document)
            yield one


def repeats(pool: Pool, quoted: int, row: int, settings: EvidenceSettings) -> bool:
    """Tell whether a sentence is a copy of a quote.

    :param pool: The sentences.
    :param quoted: The row of the quote.
    :param row: That of the other.
    :param settings: The least shares.
    """
    if not is_copy(pool.stems[quoted], pool.stems[row], settings):
        return False
    quote, other = pool.statement(quoted, quoted), pool.statement(row, row)
    found = sum(sorted(weight for stem, weight in quote.weights.items() if stem in other.weights))
    return found >= settings.telling * quote.total - 1e-9


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


class Translation(NamedTuple):
    """A sentence in another language that states what a quote states.

    :param row: Which one it is.
    :param cosine: Its cosine to the quote, -1 to 1.
    """

    row: int
    cosine: float


@dataclass(frozen=True, slots=True)
class ForeignSentences:
    """Sentences in other languages than that of the quotes.

    :param texts: m sentences.
    :param document: (m,) the document of each.
    :param vectors: (m, d) float32 unit vectors by an encoder of several languages.
    :param languages: The language code of each document.
    :param dates: The day of each document, ``YYYY-MM-DD``, or None.
    :param groups: The duplicate group of each document.
    """

    texts: Sequence[str]
    document: Sequence[int]
    vectors: Vectors
    languages: Sequence[str]
    dates: Sequence[str | None]
    groups: Sequence[int]

    def stating(
        self, text: str, vector: Vectors, document: int, settings: EvidenceSettings
    ) -> list[Translation]:
        """Find the sentences that state what a quote states, one of each duplicate group.

        They are near it in meaning and hold every number and day of it; a time of day may be that
        of another place.

        :param text: The quote.
        :param vector: (d,) float32, its unit vector by the same encoder.
        :param document: Its document.
        """
        # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
        cosines = (self.vectors @ vector).round(5)
        rows = np.flatnonzero(cosines >= settings.translation)
        if not len(rows):
            return []
        values = find_values(text, self.languages[document], self.dates[document])
        wanted = [value for value in values if value.kind != "time"]
        found: dict[int, Translation] = {}
        for row in rows[np.lexsort((rows, -cosines[rows]))].tolist():
            number = self.document[row]
            group = self.groups[number]
            if group in found:
                continue
            its = find_values(self.texts[row], self.languages[number], self.dates[number])
            if all(any(value.agrees(other) for other in its) for value in wanted):
                found[group] = Translation(row, min(float(cosines[row]), 1.0))
        return list(found.values())

"""Where sources give a value of one thing differently, in all their sentences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..settings import EvidenceSettings
from .compare import Pool, Vectors
from .finding import Place, judge_slots
from .slots import find_slots
from .values import Value


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a sentence gives.

    :param row: The sentence.
    :param value: The value.
    """

    row: int
    value: Value


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values of one thing that cannot all be right.

    :param versions: Who gives each, by row; those together agree. Ordered by their first row.
    :param probability: How likely it is that they are of one thing, 0 to 1.
    """

    versions: tuple[tuple[Given, ...], ...]
    probability: float


def search_disagreements(
    pool: Pool,
    vectors: Vectors,
    duplicate_group: Sequence[int],
    settings: EvidenceSettings | None = None,
) -> list[Disagreement]:
    """Find where documents give a value of one thing differently.

    :param pool: n sentences.
    :param vectors: (n, d) float32 unit vectors of them, by any encoder; they choose the sentences
        that are compared.
    :param duplicate_group: A number for each document, the same for near-duplicates.
    :param settings: The constants.
    :return: The disagreements, the likeliest first.
    """
    settings = settings or EvidenceSettings()
    places = compared_places(pool, vectors, duplicate_group, settings)
    edges = (
        (Given(place[0], slot.quote), Given(place[1], slot.passage), chance)
        for place, slot, chance in judge_slots(pool, places)
        if chance >= settings.differs
    )
    found = [Disagreement(_versions(own), probability) for own, probability in _connected(edges)]
    return sorted(found, key=lambda one: (-one.probability, one.versions[0][0].row))


def compared_places(
    pool: Pool, vectors: Vectors, duplicate_group: Sequence[int], settings: EvidenceSettings
) -> Iterator[Place]:
    """Yield sentences with those of later documents that are most like them but for a value.

    The parameters are those of ``search_disagreements``.
    """
    groups = np.asarray(duplicate_group)[pool.document]
    # Near-duplicates of several days are a series, of which each may give a value of its own.
    days = np.array([day or "" for day in pool.dates])[pool.document]
    valued = np.flatnonzero([bool(pool.values(row)) for row in range(len(pool.texts))])
    for row in valued.tolist():
        first = int(np.searchsorted(pool.document, pool.document[row], side="right"))
        rows = valued[valued >= first]
        series = (days[rows] != days[row]) & (days[rows] != "") & (days[row] != "")
        rows = rows[(groups[rows] != groups[row]) | series]
        if not len(rows):
            continue
        alike = (vectors[first:] @ vectors[row])[rows - first]
        # subtle: rounded, as a product of matrices may round otherwise by how many rows it has.
        rough = (np.maximum(alike, 0) * pool.word_cosines(row)[rows]).round(6)
        taken: defaultdict[int, int] = defaultdict(int)
        near = np.flatnonzero(rough >= settings.least_alike)
        nearest = rows[near[np.argsort(-rough[near], kind="stable")]]
        for other in nearest[: settings.most_compared].tolist():
            document = int(pool.document[other])
            if taken[document] < settings.compared and _comparable(pool, row, other, settings):
                taken[document] += 1
                yield row, other, other


def _comparable(pool: Pool, row: int, other: int, settings: EvidenceSettings) -> bool:
    """Tell whether two sentences of one language give a value differently."""
    own, its = (pool.languages[int(pool.document[one])] for one in (row, other))
    return (
        own == its
        and own in settings.languages
        and bool(find_slots(pool.statement(row, row), pool.statement(other, other)))
    )


def _connected(
    edges: Iterable[tuple[Given, Given, float]],
) -> list[tuple[list[Given], float]]:
    """Gather values that pairs connect, and the likeliest of these pairs."""
    first: dict[Given, Given] = {}
    likeliest: defaultdict[Given, float] = defaultdict(float)

    def root(given: Given) -> Given:
        first.setdefault(given, given)
        while first[given] != given:
            first[given] = given = first[first[given]]
        return given

    for one, other, chance in edges:
        start, end = root(one), root(other)
        first[start] = end
        likeliest[end] = max(likeliest[start], likeliest[end], chance)
    parts: defaultdict[Given, list[Given]] = defaultdict(list)
    for given in first:
        parts[root(given)].append(given)
    return [(own, likeliest[start]) for start, own in parts.items()]


def _versions(given: Sequence[Given]) -> tuple[tuple[Given, ...], ...]:
    """Part values into those that agree."""
    versions: list[list[Given]] = []
    # What is the same as a value before agrees with what that agrees with.
    known: dict[Value, list[Given]] = {}
    for one in sorted(given, key=lambda one: (one.row, one.value.start)):
        same = replace(one.value, start=0, end=0)
        if same not in known:
            agreeing = (own for own in versions if all(one.value.agrees(it.value) for it in own))
            own = known[same] = next(agreeing, [])
            if not own:
                versions.append(own)
        known[same].append(one)
    return tuple(map(tuple, versions))

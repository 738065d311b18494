"""Where sources give a value of one thing differently, and what later ones supersede.

"He will meet the president on Monday" is no news beside a source of that Monday, whatever it says;
nor are "at least 40 dead" beside "231 dead" in a later one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from ..settings import EvidenceSettings
from ..text.dates import PLANS
from ..text.table import Mask, Rows, Vectors
from .compare import Pool
from .finding import Place, judge_slots
from .slots import find_slots
from .values import Value, find_values

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WEEK = 7


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


def find_outdated(
    texts: Sequence[str],
    document: Rows,
    dates: Sequence[str | None],
    languages: Sequence[str],
    cluster: Rows,
) -> Mask:
    """Tell which sentences a later source supersedes.

    :param texts: n sentences.
    :param document: (n,) the document of each.
    :param dates: The day of each document, ``YYYY-MM-DD``, or None.
    :param languages: The language code of each document; plans are told in English alone.
    :param cluster: (n,) sentences that say the same have the same. Of those that give other numbers
        the latest stay; where a plan is outdated, so are the others, though their document may have
        no day.
    :return: (n,) bool.
    """
    plans = np.zeros(len(texts), dtype=bool)
    outdated = plans.copy()
    latest = max((date.fromisoformat(day) for day in dates if day), default=None)
    if latest is None:
        return outdated
    for row, text in enumerate(texts):
        number = int(document[row])
        plans[row] = languages[number] == "en" and PLANS.search(text) is not None
        day = dates[number]
        if plans[row] and day and (written := date.fromisoformat(day)) < latest:
            named = [v for v in find_values(text, "en", day) if v.kind == "day"]
            outdated[row] = any(_falls_between(value, written, latest) for value in named)
    outdated |= plans & np.isin(cluster, cluster[outdated])
    known = np.array([dates[number] or "" for number in document.tolist()])
    for rows in _groups(cluster, np.flatnonzero(known != "")):
        if len(set(known[rows].tolist())) > 1:
            numbers = {row: set(_NUMBER.findall(texts[row])) for row in rows}
            for row in rows:
                later = [other for other in rows if known[other] > known[row]]
                outdated[row] |= any(
                    numbers[row] - numbers[other] and numbers[other] - numbers[row]
                    for other in later
                )
    return outdated


def _groups(cluster: Rows, rows: Rows) -> list[list[int]]:
    """Return some rows by their cluster."""
    groups: dict[int, list[int]] = {}
    for row in rows.tolist():
        groups.setdefault(int(cluster[row]), []).append(row)
    return list(groups.values())


def _falls_between(value: Value, written: date, latest: date) -> bool:
    """Tell whether a day that is named is not before the one and not behind the other."""
    year, month, day, weekday = value.day
    if year and month and day:
        try:
            return written <= date(year, month, day) <= latest
        except ValueError:
            return False
    if weekday is None or month:
        return False
    return written + timedelta((weekday - written.weekday()) % _WEEK) <= latest

"""Where sources give a value of one thing differently, and what later ones supersede.

"He will meet the president on Monday" is no news beside a source of that Monday, whatever it says;
nor are "at least 40 dead" beside "231 dead" in a later one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from ..settings import EvidenceSettings
from ..text.dates import PLANS
from ..text.table import Mask, Rows, Vectors
from .compare import Pool
from .finding import judge_slots
from .pairs import Pair
from .values import Value, find_values

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WEEK = 7


# A sentence by its row, and a value that it gives.
Given = tuple[int, Value]


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
    edges = [
        ((pair.quoted, one), (pair.first, other), chance)
        for pair, (one, other), chance in judge_slots(
            compared_pairs(pool, vectors, duplicate_group, settings)
        )
        if chance >= settings.differs
    ]
    # The values that edges connect are of one thing.
    connected: dict[Given, list[Given]] = {}
    for one, other, _ in edges:
        sides = (connected.setdefault(given, [given]) for given in (one, other))
        fewer, more = sorted(sides, key=len)
        if fewer is not more:
            more += fewer
            connected.update(dict.fromkeys(fewer, more))
    likeliest: defaultdict[int, float] = defaultdict(float)
    for one, _, chance in edges:
        likeliest[id(connected[one])] = max(likeliest[id(connected[one])], chance)
    parts = {id(own): own for own in connected.values()}
    found = [Disagreement(_versions(own), likeliest[key]) for key, own in parts.items()]
    return sorted(found, key=lambda one: (-one.probability, one.versions[0][0][0]))


def compared_pairs(
    pool: Pool, vectors: Vectors, duplicate_group: Sequence[int], settings: EvidenceSettings
) -> Iterator[Pair]:
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
            if taken[document] < settings.compared:
                pair = Pair(pool, row, other, other)
                if pair.labelled(settings) and pair.slots:
                    taken[document] += 1
                    yield pair


def _versions(given: Sequence[Given]) -> tuple[tuple[Given, ...], ...]:
    """Part values into those that agree."""
    versions: list[list[Given]] = []
    # What is the same as a value before agrees with what that agrees with.
    known: dict[Value, list[Given]] = {}
    for row, value in sorted(given, key=lambda one: (one[0], one[1].start)):
        same = replace(value, start=0, end=0)
        if same not in known:
            agreeing = (own for own in versions if all(value.agrees(other) for _, other in own))
            own = known[same] = next(agreeing, [])
            if not own:
                versions.append(own)
        known[same].append((row, value))
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
    days = {number: date.fromisoformat(day) for number, day in enumerate(dates) if day}
    latest = max(days.values(), default=date.min)
    dated: defaultdict[int, list[tuple[date, int, set[str]]]] = defaultdict(list)
    for row, (text, number) in enumerate(zip(texts, document.tolist(), strict=True)):
        plans[row] = languages[number] == "en" and PLANS.search(text) is not None
        if number not in days:
            continue
        dated[int(cluster[row])].append((days[number], row, set(_NUMBER.findall(text))))
        if plans[row] and days[number] < latest:
            named = [v for v in find_values(text, "en", dates[number]) if v.kind == "day"]
            outdated[row] = any(_falls_between(value, days[number], latest) for value in named)
    outdated |= plans & np.isin(cluster, cluster[outdated])
    for own in dated.values():
        for day, row, numbers in own:
            outdated[row] |= any(
                later > day and numbers - others and others - numbers for later, _, others in own
            )
    return outdated


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

"""Which days matter, and which sentences tell of a day.

A day matters by how many documents name it and when: more than other days around it, long after
it, early, and in sentences that weigh much (features after Tran et al. 2013 and Gholipour
Ghalandari and Ifrim 2020, who also found that a tf-idf centroid picks the sentences of a day best).
How much each counts is learned from timelines that people wrote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..settings import Settings
from ..text.assets import read_weights
from ..text.dates import Mention
from ..text.table import Floats, Mask, Rows, SentenceTable, Vectors, unit_rows
from .concepts import lexical_vectors
from .features import position_weights

_WEIGHTIEST = 3
_MONTH = 30.0


@dataclass(frozen=True, slots=True)
class DatedTable:
    """Sentences, what they say of when, and the m places where they name a single day.

    :param table: n sentences of d documents, with ``concept_weight`` and ``series``.
    :param said: What each sentence says of when.
    :param published: (d,) the day of each document, counted from 1 January of the year 1; 0 where
        it is not known.
    :param groups: The duplicate group of each document; copies are one voice.
    :param row: (m,) the row of the sentence, ascending.
    :param day: (m,) the day that it names.
    :param elsewhen: (n,) whether it names a time which its day of publication is not in.
    """

    table: SentenceTable
    said: Sequence[Sequence[Mention]]
    published: Rows
    groups: Sequence[int]
    row: Rows
    day: Rows
    elsewhen: Mask

    @classmethod
    def of(
        cls,
        table: SentenceTable,
        said: Sequence[Sequence[Mention]],
        published: Rows,
        groups: Sequence[int],
    ) -> "DatedTable":
        """Find the places where sentences name a single day, ranges left out."""
        found = [
            (row, mention.first.toordinal())
            for row, own in enumerate(said)
            for mention in own
            if mention.first == mention.last
        ]
        row, day = np.array(found, dtype=np.intp).reshape(-1, 2).T
        elsewhen = [
            any(not one.first.toordinal() <= now <= one.last.toordinal() for one in own)
            for own, now in zip(said, published[table.document].tolist(), strict=True)
        ]
        return cls(table, said, published, groups, row, day, np.array(elsewhen, dtype=bool))


def rank_days(known: DatedTable, settings: Settings) -> tuple[Rows, Rows]:
    """Rank the days that sentences name.

    :return: (k,) the days, those that matter most first and equal ones in their order, and the days
        on which something was published that nobody names, most published first.
    """
    days, features = describe_days(known, settings)
    matters = np.zeros(len(days))
    for name, weight in read_weights("days", settings.timeline.weights)["features"].items():
        matters += weight * standardised(features[name])
    issued, count = np.unique(known.published[known.published > 0], return_counts=True)
    unnamed = ~np.isin(issued, days)
    by_count = np.argsort(-count[unnamed], kind="stable")
    return days[np.argsort(-matters, kind="stable")], issued[unnamed][by_count]


def standardised(values: npt.NDArray[Any]) -> Floats:
    """Return what is known of the days of a topic less its mean, in standard deviations."""
    if not len(values):
        return values
    return np.asarray((values - values.mean()) / (values.std() or 1.0))


def describe_days(
    known: DatedTable, settings: Settings
) -> tuple[Rows, dict[str, npt.NDArray[Any]]]:
    """Return (k,) the days that are named, ascending, and by its name what is known of each."""
    own, published = settings.timeline, known.published
    days = np.unique(known.day)
    place, document = np.searchsorted(days, known.day), known.table.document[known.row]
    voice, voices = np.array(known.groups, dtype=np.intp), max(known.groups) + 1
    dates = published[published > 0]

    def naming(which: Mask) -> Floats:
        """Count the voices that name each day in some of the mentions."""
        pairs = np.unique(place[which] * voices + voice[document[which]])
        return np.bincount(pairs // voices, minlength=len(days)).astype(np.float64)

    named = naming(np.ones(len(place), dtype=bool))
    later = published[document] - known.day
    late = np.log1p(naming((published[document] > 0) & (later > own.late_days)))
    last = int(dates.max(initial=0))
    age = np.maximum(last - days, 0) / _MONTH
    issued = np.unique(published[published > 0] * voices + voice[published > 0]) // voices
    issues = np.searchsorted(issued, days, side="right") - np.searchsorted(issued, days)
    early = naming(known.table.position[known.row] < own.early)
    sums = np.concatenate([[0.0], np.cumsum(named)])
    first = np.searchsorted(days, days - own.burst_days)
    end = np.searchsorted(days, days + own.burst_days, side="right")
    around = (sums[end] - sums[first]) / (2 * own.burst_days + 1)
    outside = (days < dates.min(initial=last) - own.before_days) | (days > last)
    return days, {
        "log documents that name it late": late,
        "log documents that name it late, less its age": late - np.log1p(age),
        "log documents published on it": np.log1p(issues),
        "burst of documents that name it": np.log1p(named) - np.log1p(around),
        "log documents that name it early": np.log1p(early),
        "outside the time of publication": outside & bool(len(dates)),
        "weight of sentences that name it": _weight(known, place, len(days)),
    }


def _weight(known: DatedTable, place: Rows, count: int) -> Floats:
    """Return (count,) the weight of the weightiest sentences that name each day."""
    table = known.table
    dense = table.concept_weight / np.sqrt(np.maximum(table.stems.lengths, 1))
    pairs = np.unique(place * len(table) + known.row)
    day, row = np.divmod(pairs, max(len(table), 1))
    order = np.lexsort((-dense[row], day))
    day, value = day[order], dense[row][order]
    rank = np.arange(len(day)) - np.searchsorted(day, day)
    top = rank < _WEIGHTIEST
    mean = float(dense.mean()) if len(dense) else 0.0
    sums = np.bincount(day[top], value[top] / (mean or 1.0), minlength=count)
    return sums.astype(np.float64)  # bincount of nothing gives whole numbers


def days_wanted(days: int, settings: Settings) -> int:
    """Return how many of some days a timeline has where nobody says so."""
    own = settings.timeline
    return max(1, min(days, own.few_days), round(own.days_root * float(np.cbrt(days))))


def tell_days(
    known: DatedTable, ranked: Rows, per_day: int, settings: Settings
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Pick sentences for days, one day after the other; nothing is told twice.

    Those that name a day tell of it, and those early in the documents of that day and the next that
    name none. What a series of documents says anew comes first; among the others, the nearest to
    their centroid by tf-idf (Radev et al. 2004), both kinds counting the same.

    :param known: n sentences, with ``statement`` and ``needs_context``, too.
    :param ranked: Days, the first first.
    :param per_day: How many sentences of a day.
    :return: Each day of which something can be told, with rows and their nearness, best first.
    """
    own, table = settings.timeline, known.table
    dated = np.zeros(len(table), dtype=bool)
    dated[known.row] = True
    issued = known.published[table.document]
    opening = (table.position < own.early) | (table.series != 0)
    early = np.flatnonzero(~dated & opening & (issued > 0))
    early = early[np.argsort(issued[early], kind="stable")]
    by_day = np.argsort(known.day, kind="stable")
    named_days, issued_days = known.day[by_day], issued[early]
    lengths, place = table.stems.lengths, position_weights(table.position, settings)
    reads_well = table.statement & ~table.needs_context & (lengths <= own.most_words)
    told: list[Vectors] = []
    for day in ranked.tolist():
        start, end = np.searchsorted(named_days, [day, day + 1])
        naming = np.unique(known.row[by_day[start:end]])
        start, end = np.searchsorted(issued_days, [day, day + own.days_after + 1])
        rows = np.concatenate([naming, early[start:end]])
        if not len(rows):
            continue
        share = np.repeat(
            [1 / max(len(naming), 1), 1 / max(end - start, 1)], [len(naming), end - start]
        )
        vectors = unit_rows(lexical_vectors(table.stems.take(rows), settings.lexical_dimensions))
        near = vectors @ unit_rows((share * place[rows]).astype(np.float32) @ vectors)
        near[: len(naming)] *= own.naming_factor
        picked: list[tuple[int, float]] = []
        news, away = table.series[rows] != 0, known.elsewhen[rows]
        away[: len(naming)] = False
        for number in np.lexsort((rows, -near, ~news, away, ~reads_well[rows])).tolist():
            if len(picked) == per_day:
                break
            alike = max((float(other @ vectors[number]) for other in told), default=0.0)
            # What a series says anew is of the day on which it says it.
            of_day = number < len(naming) or issued[rows[number]] == day
            if of_day if news[number] else alike < own.told_cosine:
                told.append(vectors[number])
                picked.append((int(rows[number]), float(near[number])))
        if picked:
            yield day, picked

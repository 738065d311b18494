"""Which days matter, and which sentences tell of a day.

A day matters by how many documents name it and when: more than other days around it, long after
it, early, and in sentences that weigh much (features after Tran et al. 2013 and Gholipour
Ghalandari and Ifrim 2020, who also found that a tf-idf centroid picks the sentences of a day best).
How much each counts is learned from timelines that people wrote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..assets import read_weights
from ..settings import Settings
from ..table import Floats, Mask, Rows, SentenceTable, Vectors
from ..text.dates import Mention
from .concepts import lexical_vectors
from .features import position_weights

FEATURES = (
    "log documents that name it late",
    "log documents that name it late, less its age",
    "log documents published on it",
    "burst of documents that name it",
    "log documents that name it early",
    "outside the time of publication",
    "weight of sentences that name it",
)
_WEIGHTIEST = 3
_MONTH = 30.0


@dataclass(frozen=True, slots=True)
class DayMentions:
    """The m places where sentences name a single day.

    :param row: (m,) the row of the sentence, ascending.
    :param day: (m,) the day, counted from 1 January of the year 1.
    :param elsewhen: The rows of sentences that name a time which their day of publication is not
        in, ascending.
    """

    row: Rows
    day: Rows
    elsewhen: Rows


def single_days(mentions: Sequence[Sequence[Mention]], issued: Sequence[int]) -> DayMentions:
    """Return the places where sentences name a single day, ranges left out.

    :param mentions: What each sentence says of when.
    :param issued: The day on which each was published, 0 where it is not known.
    """
    found = [
        (row, mention.first.toordinal())
        for row, own in enumerate(mentions)
        for mention in own
        if mention.first == mention.last
    ]
    row, day = np.array(found, dtype=np.intp).reshape(-1, 2).T
    elsewhen = [
        number
        for number, (own, now) in enumerate(zip(mentions, issued, strict=True))
        if any(not one.first.toordinal() <= now <= one.last.toordinal() for one in own)
    ]
    return DayMentions(row, day, np.array(elsewhen, dtype=np.intp))


def rank_days(
    table: SentenceTable,
    mentions: DayMentions,
    published: Rows,
    groups: Sequence[int],
    settings: Settings,
) -> tuple[Rows, Rows]:
    """Rank the days that sentences name.

    :param table: n sentences with ``score``.
    :param mentions: Where they name days.
    :param published: (d,) the day of publication of each document, 0 where it is not known.
    :param groups: The duplicate group of each document; copies are one voice.
    :return: (k,) the days, those that matter most first and equal ones in their order, and the days
        on which something was published that nobody names, most published first.
    """
    days, features = describe_days(table, mentions, published, groups, settings)
    matters = standardised(features) @ _coefficients(settings.timeline.weights)
    issued, count = np.unique(published[published > 0], return_counts=True)
    unnamed = ~np.isin(issued, days)
    by_count = np.argsort(-count[unnamed], kind="stable")
    return days[np.argsort(-matters, kind="stable")], issued[unnamed][by_count]


def standardised(features: Floats) -> Floats:
    """Return what is known of the days of a topic less its mean, in standard deviations."""
    if not len(features):
        return features
    deviation = features.std(axis=0)
    return np.asarray((features - features.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0))


def describe_days(
    table: SentenceTable,
    mentions: DayMentions,
    published: Rows,
    groups: Sequence[int],
    settings: Settings,
) -> tuple[Rows, Floats]:
    """Return (k,) the days that are named, ascending, and (k, f) what is known of each."""
    known = published[published > 0]
    days = np.unique(mentions.day)
    if not len(days):
        return days, np.zeros((0, len(FEATURES)))
    place, document = np.searchsorted(days, mentions.day), table.document[mentions.row]
    voice, voices = np.array(groups, dtype=np.intp), max(groups) + 1

    def naming(which: Mask) -> Floats:
        """Count the voices that name each day in some of the mentions."""
        pairs = np.unique(place[which] * voices + voice[document[which]])
        return np.bincount(pairs // voices, minlength=len(days)).astype(np.float64)

    own = settings.timeline
    named = naming(np.ones(len(place), dtype=bool))
    later = published[document] - mentions.day
    late = np.log1p(naming((published[document] > 0) & (later > own.late_days)))
    last = int(known.max(initial=0))
    age = np.maximum(last - days, 0) / _MONTH
    issued = np.unique(published[published > 0] * voices + voice[published > 0]) // voices
    sums = np.concatenate([[0.0], np.cumsum(named)])
    first = np.searchsorted(days, days - own.burst_days)
    end = np.searchsorted(days, days + own.burst_days, side="right")
    around = (sums[end] - sums[first]) / (2 * own.burst_days + 1)
    outside = (days < known.min(initial=last) - own.before_days) | (days > last)
    columns = (
        late,
        late - np.log1p(age),
        np.log1p(np.searchsorted(issued, days, side="right") - np.searchsorted(issued, days)),
        np.log1p(named) - np.log1p(around),
        np.log1p(naming(table.position[mentions.row] < own.early)),
        outside & bool(len(known)),
        _weight(table, mentions, place, len(days)),
    )
    return days, np.stack(columns, axis=1, dtype=np.float64)


def _weight(table: SentenceTable, mentions: DayMentions, place: Rows, count: int) -> Floats:
    """Return (count,) the weight of the weightiest sentences that name each day."""
    dense = table.concept_weight / np.sqrt(np.maximum(table.stems.lengths, 1))
    pairs = np.unique(place * len(table) + mentions.row)
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
    table: SentenceTable,
    mentions: DayMentions,
    published: Rows,
    ranked: Rows,
    per_day: int,
    settings: Settings,
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Pick sentences for days, one day after the other; nothing is told twice.

    Those that name a day tell of it, and those early in the documents of that day and the next that
    name none. What a series of documents says anew comes first; among the others, the nearest to
    their centroid by tf-idf (Radev et al. 2004), both kinds counting the same.

    :param table: n sentences with ``states``, ``needs_context`` and ``series``.
    :param ranked: Days, the first first.
    :param per_day: How many sentences of a day.
    :return: Each day of which something can be told, with rows and their nearness, best first.
    """
    own = settings.timeline
    dated = np.zeros(len(table), dtype=bool)
    dated[mentions.row] = True
    elsewhen = np.isin(np.arange(len(table)), mentions.elsewhen)
    issued = published[table.document]
    opening = (table.position < own.early) | (table.series != 0)
    early = np.flatnonzero(~dated & opening & (issued > 0))
    early = early[np.argsort(issued[early], kind="stable")]
    by_day = np.argsort(mentions.day, kind="stable")
    named_days, issued_days = mentions.day[by_day], issued[early]
    lengths, place = table.stems.lengths, position_weights(table.position, settings)
    reads_well = table.states & ~table.needs_context & (lengths <= own.most_words)
    told: list[Vectors] = []
    for day in ranked.tolist():
        start, end = np.searchsorted(named_days, [day, day + 1])
        naming = np.unique(mentions.row[by_day[start:end]])
        start, end = np.searchsorted(issued_days, [day, day + own.days_after + 1])
        rows = np.concatenate([naming, early[start:end]])
        if not len(rows):
            continue
        share = np.repeat(
            [1 / max(len(naming), 1), 1 / max(end - start, 1)], [len(naming), end - start]
        )
        vectors = _unit(lexical_vectors(table.stems.take(rows), settings.lexical_dimensions))
        near = vectors @ _unit((share * place[rows]).astype(np.float32) @ vectors)
        near[: len(naming)] *= own.naming_factor
        picked: list[tuple[int, float]] = []
        news, away = table.series[rows] != 0, elsewhen[rows]
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


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1))


@cache
def _coefficients(file: str) -> Floats:
    model = read_weights("days", file)
    return np.array([model["features"][name] for name in FEATURES])

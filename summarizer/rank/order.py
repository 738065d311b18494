"""The order in which picked sentences read well.

The sentence that best tells what it is about comes first, less likely the later its day: an
outcome in front of all that led to it reads as if it came first. The rest follows the days on which
the sources first report it and, within a day, the place that the sources as a whole give to what is
said, pulled towards what is similar to the sentence before (after Barzilay et al. 2002, who found
that neither chronology nor majority order alone reads well). Sentences of one document keep their
order. Nobody is named by a part of a name before a sentence that gives it in full.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from ..settings import Settings
from ..text.table import Concepts, Floats, Mask, Rows, SentenceTable
from .sentences import cover


def order_sentences(
    pool: SentenceTable,
    picked: Sequence[int],
    lengths: Rows,
    dates: Sequence[str | None],
    settings: Settings,
) -> list[int]:
    """Order picked sentences; neighbours in a document stay together.

    :param pool: n ranked sentences.
    :param picked: Rows of the pool.
    :param lengths: How many sentences each document has.
    :param dates: The day of each, or None.
    :return: The picked rows in reading order.
    """
    passages = _passages(pool, sorted(picked))
    if not passages:
        return []
    rows = np.array(sorted(picked), dtype=np.intp)
    covers = cover(pool.vectors @ pool.vectors[rows].T, settings).T
    covered = dict(zip(rows.tolist(), covers, strict=True))
    place = pool.position / np.maximum(lengths[pool.document] - 1, 1)
    lead = opening_worth(pool)
    places: dict[int, float] = {}
    days: dict[int, int] = {}
    for head in (passage[0] for passage in passages):
        # Where the sources tend to say it, each as far as it says it.
        weights = covered[head].astype(np.float64) ** 2
        total = float(weights.sum())
        places[head] = float(weights @ place) / total if total else 0.5
        reported = pool.day_rank[covered[head] >= settings.same_news]
        days[head] = int(reported.min(initial=pool.day_rank[head]))
    ranks = sorted(set(days.values()))
    for head, day in days.items():
        if dates[pool.document[head]]:
            lead[head] *= 1 - ranks.index(day) / len(ranks)
    ready = _introduced(pool, passages, set())
    current = max(ready, key=lambda passage: (lead[passage[0]], -passage[0]))
    ordered: list[int] = []
    known: set[int] = set()
    while True:
        ordered.extend(current)
        known.update(*(_names(pool.introduces, row) for row in current))
        passages.remove(current)
        if not passages:
            return ordered
        pull = settings.order_pull * covered[ordered[-1]]
        current = min(
            _introduced(pool, passages, known),
            key=lambda p: (days[p[0]], places[p[0]] - float(pull[p[0]])),
        )


def opening_worth(pool: SentenceTable) -> Floats:
    """Return (n,) how well each sentence of a ranked pool tells what it is all about.

    What may need context opens nothing, nor does a question or a scrap.
    """
    return np.asarray(pool.salience * pool.central * (1 - pool.context) * pool.statement)


def _names(names: Concepts | None, row: int) -> set[int]:
    return set(names.row(row).tolist()) if names else set()


def _introduced(pool: SentenceTable, passages: list[list[int]], known: set[int]) -> list[list[int]]:
    """Return those next in their documents that assume no name but known ones, or else all next.

    A document tells things in an order that its sentences rely on.
    """
    following = sorted({int(pool.document[p[0]]): p for p in reversed(passages)}.values())
    ready = []
    for passage in following:
        met = set(known)
        for row in passage:
            met |= _names(pool.introduces, row)
            if not _names(pool.assumes, row) <= met:
                break
        else:
            ready.append(passage)
    return ready or following


def day_ranks(dates: Sequence[str | None]) -> Rows:
    """Rank the days of documents.

    :param dates: For each document ``YYYY-MM-DD`` or None.
    :return: One rank a document, from 0; those without a date get the middle one.
    """
    known = sorted(date for date in dates if date)
    rank = {day: number for number, day in enumerate(sorted(set(known)))}
    middle = rank[known[len(known) // 2]] if known else 0
    return np.array([rank[date] if date else middle for date in dates], dtype=np.intp)


def of_latest_day(dates: Sequence[str | None], most: int) -> Mask:
    """Tell which documents are of the latest day, where the sources follow a story.

    They do where not all dated ones are of one day, and the middle one of them is at most so many
    days before the latest.

    :param dates: For each document ``YYYY-MM-DD`` or None.
    :param most: Days.
    :return: (d,) bool, all of them false where the sources follow none.
    """
    known = sorted(date.fromisoformat(day) for day in dates if day)
    if not known or known[0] == known[-1] or (known[-1] - known[len(known) // 2]).days > most:
        return np.zeros(len(dates), dtype=bool)
    latest = known[-1].isoformat()
    return np.array([day == latest for day in dates])


def _passages(pool: SentenceTable, rows: Sequence[int]) -> list[list[int]]:
    """Join rows that follow one another in a document."""
    passages: list[list[int]] = []
    for row in rows:
        last = passages[-1][-1] if passages else -1
        together = passages and pool.document[row] == pool.document[last]
        if together and pool.position[row] == pool.position[last] + 1:
            passages[-1].append(row)
        else:
            passages.append([row])
    return passages

"""The order in which picked sentences read well.

Those of one document stand together, in its order: it was written to be read so, and what one of
its sentences relies on stands before it. The document whose first sentence best tells what it is
about comes first, less likely the later its day: an outcome in front of all that led to it reads as
if it came first. The rest follows the days, and of one day what opens best comes first. Nobody is
named by a part of a name before a sentence that gives it in full.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from ..text.table import Concepts, Floats, Mask, Rows, SentenceTable


def order_sentences(
    pool: SentenceTable, picked: Sequence[int], dates: Sequence[str | None]
) -> list[int]:
    """Order picked sentences.

    :param pool: n ranked sentences.
    :param picked: Rows of the pool.
    :param dates: The day of each document, or None.
    :return: The picked rows in reading order.
    """
    blocks: dict[int, list[int]] = {}
    for row in sorted(picked):
        blocks.setdefault(int(pool.document[row]), []).append(row)
    opening = opening_worth(pool).tolist()
    worth = {number: opening[rows[0]] for number, rows in blocks.items()}
    days = {number: int(pool.day_rank[rows[0]]) for number, rows in blocks.items()}
    ranks = sorted(set(days.values()))
    leads = {
        number: worth[number] * (1 - ranks.index(day) / len(ranks) if dates[number] else 1)
        for number, day in days.items()
    }
    ordered: list[int] = []
    known: set[int] = set()
    while blocks:
        ready = [number for number, rows in blocks.items() if _introduced(pool, rows, known)]
        candidates = ready or list(blocks)
        if ordered:
            current = min(candidates, key=lambda number: (days[number], -worth[number]))
        else:
            current = max(candidates, key=lambda number: leads[number])
        rows = blocks.pop(current)
        ordered += rows
        known.update(*(_names(pool.introduces, row) for row in rows))
    return ordered


def opening_worth(pool: SentenceTable) -> Floats:
    """Return (n,) how well each sentence of a ranked pool tells what it is all about.

    What may need context opens nothing, nor does a question or a scrap.
    """
    return np.asarray(pool.salience * pool.central * (1 - pool.context) * pool.statement)


def _names(names: Concepts | None, row: int) -> set[int]:
    return set(names.row(row).tolist()) if names else set()


def _introduced(pool: SentenceTable, rows: Sequence[int], known: set[int]) -> bool:
    """Tell whether some rows assume no name but known ones and those that they introduce first."""
    met = set(known)
    for row in rows:
        met |= _names(pool.introduces, row)
        if not _names(pool.assumes, row) <= met:
            return False
    return True


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

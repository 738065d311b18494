"""What later sources supersede: plans for a day that has come, and numbers that were given anew.

"He will meet the president on Monday" is no news beside a source of that Monday, whatever it says;
nor are "at least 40 dead" beside "231 dead" in a later one.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from ..table import Rows
from .values import Value, find_values

_PLANS = re.compile(
    r"\b(?:will|shall|planned|plans?|expect(?:ed|s)|scheduled|due|intends?|hopes?)\b|['’]ll\b", re.I
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WEEK = 7


def find_outdated(
    texts: Sequence[str],
    document: Rows,
    dates: Sequence[str | None],
    languages: Sequence[str],
    cluster: Rows,
) -> npt.NDArray[np.bool_]:
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
        plans[row] = languages[number] == "en" and _PLANS.search(text) is not None
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

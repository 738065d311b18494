"""The order in which picked sentences read well.

The sentence that best tells what it is about comes first. The rest follows the days on which the
sources first report it and, within a day, the place that the sources as a whole give to what is
said, pulled towards what is similar to the sentence before (after Barzilay et al. 2002, who found
that neither chronology nor majority order alone reads well).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..datatypes import Sentence

_PULL = 0.3
# A document that covers a sentence this far has reported it too.
_SAME_NEWS = 0.7


def order_picked(
    picked: Sequence[int],
    sentences: Sequence[Sentence],
    lead: npt.NDArray[np.float64],
    cover: npt.NDArray[np.float32],
    place: npt.NDArray[np.float64],
    day: npt.NDArray[np.intp],
) -> list[int]:
    """Order picked sentences; neighbours in a document stay together.

    :param picked: Rows of n sentences.
    :param sentences: n sentences.
    :param lead: (n,) float64, how well each tells what the whole is about.
    :param cover: (n, n) float32 in 0 to 1: how far row i is covered by row j.
    :param place: (n,) where in its document a row stands, 0 first to 1 last.
    :param day: (n,) rank of the day of each row's document.
    :return: The picked rows in reading order.
    """
    passages = _passages(sorted(picked), sentences)
    if not passages:
        return []
    heads = [passage[0] for passage in passages]
    places = {head: _common_place(cover[:, head], place) for head in heads}
    days = {head: int(day[cover[:, head] >= _SAME_NEWS].min(initial=day[head])) for head in heads}
    current = max(passages, key=lambda passage: (lead[passage[0]], -passage[0]))
    ordered: list[int] = []
    while True:
        ordered.extend(current)
        passages.remove(current)
        if not passages:
            return ordered
        pull = _PULL * cover[ordered[-1]]
        current = min(passages, key=lambda p: (days[p[0]], places[p[0]] - float(pull[p[0]])))


def rank_days(dates: Sequence[str | None]) -> npt.NDArray[np.intp]:
    """Rank the days of documents.

    :param dates: For each document ``YYYY-MM-DD`` or None.
    :return: One rank a document, from 0; those without a date get the middle one.
    """
    known = sorted(date for date in dates if date)
    rank = {day: number for number, day in enumerate(sorted(set(known)))}
    middle = rank[known[len(known) // 2]] if known else 0
    return np.array([rank[date] if date else middle for date in dates], dtype=np.intp)


def _passages(rows: Sequence[int], sentences: Sequence[Sentence]) -> list[list[int]]:
    """Join rows that follow one another in a document."""
    passages: list[list[int]] = []
    for row in rows:
        if passages and sentences[row].follows(sentences[passages[-1][-1]]):
            passages[-1].append(row)
        else:
            passages.append([row])
    return passages


def _common_place(cover: npt.NDArray[np.float32], place: npt.NDArray[np.float64]) -> float:
    """Return where the sources tend to say something, each as far as it says it."""
    weights = cover.astype(np.float64) ** 2
    total = float(weights.sum())
    return float(weights @ place) / total if total else 0.5

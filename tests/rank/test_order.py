"""The order of picked sentences."""

import numpy as np
import numpy.typing as npt

from summarizer.datatypes import Sentence
from summarizer.rank.order import order_picked


def sentences(*places: tuple[int, int]) -> list[Sentence]:
    return [Sentence(document, index, 0, 0, "") for document, index in places]


def order(
    picked: list[int],
    rows: list[Sentence],
    lead: list[float],
    day: list[int] | None = None,
    cover: npt.NDArray[np.float32] | None = None,
) -> list[int]:
    count = len(rows)
    last = {s.document: max(o.index for o in rows if o.document == s.document) for s in rows}
    return order_picked(
        picked,
        rows,
        np.array(lead),
        np.eye(count, dtype=np.float32) if cover is None else cover,
        np.array([s.index / max(last[s.document], 1) for s in rows]),
        np.array(day or [0] * count),
    )


def test_nothing() -> None:
    assert order([], sentences((0, 0)), [1.0]) == []


def test_lead_first_then_by_place() -> None:
    rows = sentences((0, 0), (0, 2), (0, 4), (1, 0), (1, 2), (1, 4))
    assert order([5, 1, 3, 2], rows, [0, 0.5, 0, 0.2, 0, 0.1]) == [1, 3, 2, 5]


def test_neighbours_stay_together() -> None:
    rows = sentences((0, 0), (0, 1), (0, 9), (1, 0))
    assert order([0, 1, 2, 3], rows, [0.9, 0.1, 0.1, 0.8]) == [0, 1, 3, 2]


def test_earlier_days_first() -> None:
    rows = sentences((0, 0), (1, 5), (2, 0))
    assert order([0, 1, 2], rows, [1, 0, 0], day=[1, 0, 2]) == [0, 1, 2]
    assert order([0, 1, 2], rows, [1, 0, 0], day=[0, 2, 1]) == [0, 2, 1]


def test_news_is_of_the_day_that_first_reports_it() -> None:
    rows = sentences((0, 0), (1, 0), (2, 0), (3, 0))
    cover = np.eye(4, dtype=np.float32)
    assert order([0, 1, 2], rows, [1, 0, 0, 0], day=[0, 3, 2, 1]) == [0, 2, 1]
    cover[3, 1] = 0.8  # the third document says on day 1 what the first says on day 3
    assert order([0, 1, 2], rows, [1, 0, 0, 0], day=[0, 3, 2, 1], cover=cover) == [0, 1, 2]


def test_similar_sentences_attract() -> None:
    rows = sentences((0, 0), (0, 4), (1, 5), (0, 10), (1, 10))
    cover = np.eye(5, dtype=np.float32)
    cover[0, 2] = cover[2, 0] = 0.9
    assert order([0, 1, 2], rows, [1, 0, 0, 0, 0]) == [0, 1, 2]
    assert order([0, 1, 2], rows, [1, 0, 0, 0, 0], cover=cover) == [0, 2, 1]

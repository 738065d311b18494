"""The order of picked sentences."""

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.cohesion import with_names
from summarizer.rank.order import day_ranks, of_latest_day, order_sentences
from summarizer.settings import Settings

from ..builders import table_of


def order(
    picked: list[int],
    places: Sequence[tuple[int, int]],
    lead: Sequence[float],
    day: Sequence[int] = (),
    *,
    dated: bool = True,
) -> list[int]:
    """Order sentences that stand at these places: (document, position)."""
    count = len(places)
    pool = table_of(["s"] * count).with_columns(
        document=np.array([place[0] for place in places], dtype=np.intp),
        position=np.array([place[1] for place in places], dtype=np.intp),
        day_rank=np.array(day or [0] * count, dtype=np.intp),
        salience=np.array(lead),
        central=np.ones(count),
        context=np.zeros(count),
        statement=np.ones(count, dtype=bool),
    )
    return order_sentences(pool, picked, ["2024-05-01" if dated else None] * 9)


def test_nothing() -> None:
    assert order([], [(0, 0)], [1.0]) == []


def test_documents_stay_together_and_the_best_openings_come_first() -> None:
    places = [(0, 0), (0, 2), (0, 9), (1, 0), (1, 2), (2, 4)]
    # What stands behind the first sentence of a document opens nothing.
    assert order([5, 1, 4, 3, 2], places, [0, 0.2, 0.9, 0.5, 0, 0.4]) == [3, 4, 5, 1, 2]
    # Of equal ones the earlier.
    assert order([0, 3, 5], places, [0.1] * 6) == [0, 3, 5]


def test_earlier_days_first() -> None:
    places = [(0, 0), (1, 5), (2, 0)]
    assert order([0, 1, 2], places, [1, 0, 0], day=[1, 0, 2]) == [0, 1, 2]
    assert order([0, 1, 2], places, [1, 0, 0], day=[0, 2, 1]) == [0, 2, 1]


def test_the_later_its_day_the_better_must_be_what_opens() -> None:
    places = [(0, 0), (1, 0), (2, 0)]
    # On the second of three days two thirds count, on the last one.
    assert order([0, 1, 2], places, [0.6, 0.3, 0.2], day=[1, 0, 2]) == [0, 1, 2]
    assert order([0, 1, 2], places, [0.6, 0.5, 0.2], day=[1, 0, 2]) == [1, 0, 2]
    assert order([0, 1, 2], places, [0.1, 0.4, 0.9], day=[1, 0, 2]) == [1, 0, 2]
    # Where all are of one day, however late, none counts less.
    assert order([0, 1], places, [0.1, 0.4, 0.9], day=[5, 5, 0]) == [1, 0]
    # What has no day may open anything.
    assert order([0, 1, 2], places, [0.1, 0.1, 0.9], day=[1, 0, 2], dated=False) == [2, 1, 0]


@given(st.data())
def test_picked_rows_are_ordered_whatever_their_order(data: st.DataObject) -> None:
    places = [(document, position) for document in range(3) for position in range(3)]
    picked = data.draw(st.lists(st.sampled_from(range(9)), unique=True))
    lead = data.draw(st.lists(st.floats(0, 1), min_size=9, max_size=9))
    day = data.draw(st.lists(st.integers(0, 3), min_size=9, max_size=9))
    found = order(picked, places, lead, day)
    assert sorted(found) == sorted(picked)
    assert found == order(sorted(picked), places, lead, day)
    documents = [row // 3 for row in found]
    assert len([key for key, _ in groupby(documents)]) == len(set(documents))
    assert all(one < other for one, other in pairwise(found) if one // 3 == other // 3)


def test_days_are_ranked_and_unknown_ones_are_the_middle() -> None:
    assert day_ranks(["2020-05-02", None, "2020-05-01", "2020-05-03"]).tolist() == [1, 1, 0, 2]
    assert day_ranks([None, None]).tolist() == [0, 0]
    assert day_ranks([]).tolist() == []


def test_sources_of_one_story_have_a_latest_day() -> None:
    most = Settings().latest_days
    days = ["2020-05-02", None, "2020-05-16", "2020-05-16", "2020-05-01", "2020-05-02"]
    assert of_latest_day(days, most).tolist() == [False, False, True, True, False, False]
    # The middle one of those that have a day is of the second of May.
    later = ["2020-05-02", None, "2020-05-17", "2020-05-17", "2020-05-01", "2020-05-02"]
    assert not of_latest_day(later, most).any()
    for day in (["2020-05-02", "2020-05-02", None], [None], []):
        assert not of_latest_day(day, most).any()


def test_names_are_given_in_full_first() -> None:
    table = table_of(
        ["The court heard Namanga Ngongi on Monday."], ["Rain fell."], ["Ngongi was let go."]
    )
    pool = with_names(table, Settings()).with_columns(
        context=np.zeros(3),
        statement=np.ones(3, dtype=bool),
        day_rank=np.array([1, 1, 0]),
        salience=np.array([0.1, 0.2, 0.9]),
        central=np.ones(3),
    )
    dates = [None] * 3
    assert order_sentences(pool, [0, 1, 2], dates) == [1, 0, 2]
    # Where nothing introduces it, it may stand anywhere.
    assert order_sentences(pool, [1, 2], dates) == [1, 2]
    assert order_sentences(pool, [2], dates) == [2]


def test_documents_keep_their_order() -> None:
    places = [(0, 0), (0, 4), (1, 0), (1, 9)]
    # The best one would lead, and an earlier day come first.
    assert order([0, 1], places, [0.1, 1.0, 0.0, 0.0], [1, 0, 0, 0]) == [0, 1]
    assert order([0, 1, 2, 3], places, [0.1, 1.0, 0.2, 0.9], [0, 0, 0, 0])[0] == 2


def test_what_may_need_context_or_states_nothing_does_not_lead() -> None:
    table = table_of(["Rain fell."], ["The river rose."])
    pool = table.with_columns(
        day_rank=np.zeros(2, dtype=np.intp),
        statement=np.ones(2, dtype=bool),
        salience=np.array([0.6, 1.0]),
        central=np.ones(2),
    )
    for context, leading in ((0.5, 0), (0.3, 1)):
        chances = pool.with_columns(context=np.array([0.0, context]))
        found = order_sentences(chances, [0, 1], [None] * 2)
        assert found[0] == leading
    asks = chances.with_columns(statement=np.array([True, False]))
    assert order_sentences(asks, [0, 1], [None] * 2)[0] == 0

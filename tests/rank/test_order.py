"""The order of picked sentences."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
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
    cosines: npt.NDArray[np.float64] | None = None,
    *,
    dated: bool = True,
) -> list[int]:
    """Order sentences that stand at these places: (document, position)."""
    document = np.array([place[0] for place in places], dtype=np.intp)
    position = np.array([place[1] for place in places], dtype=np.intp)
    count = len(places)
    pool = table_of(["s"] * count).with_columns(
        document=document,
        position=position,
        day_rank=np.array(day or [0] * count, dtype=np.intp),
        salience=np.array(lead),
        central=np.ones(count),
        context=np.zeros(count),
        statement=np.ones(count, dtype=bool),
        # Rows of which the products are the cosines.
        vectors=np.linalg.cholesky(np.eye(count) if cosines is None else cosines).astype(
            np.float32
        ),
    )
    lengths = np.array([max(position[document == d], default=0) + 1 for d in range(9)])
    return order_sentences(pool, picked, lengths, ["2024-05-01" if dated else None] * 9, Settings())


def alike(count: int, one: int, other: int, cosine: float) -> npt.NDArray[np.float64]:
    """Return the cosines of sentences of which two are alike."""
    cosines = np.eye(count)
    cosines[one, other] = cosines[other, one] = cosine
    return cosines


def test_nothing() -> None:
    assert order([], [(0, 0)], [1.0]) == []


def test_lead_first_then_by_place() -> None:
    places = [(0, 0), (0, 2), (0, 4), (1, 0), (1, 2), (1, 4)]
    assert order([5, 1, 3, 2], places, [0, 0.5, 0, 0.2, 0, 0.1]) == [1, 3, 2, 5]


def test_neighbours_stay_together() -> None:
    places = [(0, 0), (0, 1), (0, 9), (1, 0)]
    assert order([0, 1, 2, 3], places, [0.9, 0.1, 0.1, 0.8]) == [0, 1, 3, 2]


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


# The cosine that covers a share: cover is (cosine - 0.3) / 0.7.
@pytest.mark.parametrize(("cover", "picked"), [(0.71, [0, 1, 2]), (0.69, [0, 2, 1])])
def test_news_is_of_the_day_that_first_reports_seven_tenths_of_it(
    cover: float, picked: list[int]
) -> None:
    # The last document says on day 1 what the second says on day 3.
    places = [(0, 0), (1, 0), (2, 0), (3, 0)]
    cosines = alike(4, 1, 3, 0.3 + 0.7 * cover)
    assert order([0, 1, 2], places, [1, 0, 0, 0], day=[0, 3, 2, 1], cosines=cosines) == picked


@pytest.mark.parametrize(("cover", "picked"), [(0.41, [0, 2, 1]), (0.38, [0, 1, 2])])
def test_similar_sentences_attract_by_three_tenths_of_the_likeness(
    cover: float, picked: list[int]
) -> None:
    # Sentences 1 and 2 stand at 0.4 and 0.6 of their documents. The first one, which opens its own,
    # draws the place of the last to 0.6 / (1 + cover ** 2), and by 0.3 * cover nearer to itself.
    places = [(0, 0), (0, 4), (1, 6), (0, 10), (1, 10)]
    cosines = alike(5, 0, 2, 0.3 + 0.7 * cover)
    assert order([0, 1, 2], places, [1, 0, 0, 0, 0], cosines=cosines) == picked


@given(st.data())
def test_picked_rows_are_ordered_whatever_their_order(data: st.DataObject) -> None:
    places = [(document, position) for document in range(3) for position in range(3)]
    picked = data.draw(st.lists(st.sampled_from(range(9)), unique=True))
    lead = data.draw(st.lists(st.floats(0, 1), min_size=9, max_size=9))
    day = data.draw(st.lists(st.integers(0, 3), min_size=9, max_size=9))
    found = order(picked, places, lead, day)
    assert sorted(found) == sorted(picked)
    assert found == order(sorted(picked), places, lead, day)
    for row in picked:
        if row % 3 and row - 1 in picked:
            assert found.index(row) == found.index(row - 1) + 1


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
        vectors=np.eye(3, dtype=np.float32),
    )
    lengths, dates = np.array([5] * 3), [None] * 3
    assert order_sentences(pool, [0, 1, 2], lengths, dates, Settings()) == [1, 0, 2]
    # Where nothing introduces it, it may stand anywhere.
    assert order_sentences(pool, [1, 2], lengths, dates, Settings()) == [1, 2]
    assert order_sentences(pool, [2], lengths, dates, Settings()) == [2]


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
        vectors=np.eye(2, dtype=np.float32),
    )
    for context, leading in ((0.5, 0), (0.3, 1)):
        chances = pool.with_columns(context=np.array([0.0, context]))
        found = order_sentences(chances, [0, 1], np.array([3, 3]), [None] * 2, Settings())
        assert found[0] == leading
    asks = chances.with_columns(statement=np.array([True, False]))
    assert order_sentences(asks, [0, 1], np.array([3, 3]), [None] * 2, Settings())[0] == 0

"""Selecting again until no row repeats another."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.redundancy import select_once
from summarizer.text.table import Mask

ALL = np.ones(6, dtype=bool)


def first_three(allowed: Mask) -> list[int]:
    return [row for row in range(len(allowed)) if allowed[row]][:3]


def test_what_repeats_another_gives_way_to_the_next() -> None:
    assert select_once(first_three, lambda rows: {2: 0} if 2 in rows else {}, ALL) == [0, 1, 3]


def test_what_stood_for_another_and_is_not_picked_lets_it_come_back() -> None:
    def choose(allowed: Mask) -> list[int]:
        """Pick 0 only together with 1, which repeats it."""
        return [0, 1] if allowed[1] else [2]

    assert select_once(choose, lambda rows: {1: 0} if {0, 1} <= set(rows) else {}, ALL) == [0, 1]


def test_what_is_left_alone_stays_where_nothing_else_can_be_picked() -> None:
    def choose(allowed: Mask) -> list[int]:
        return [0, 1] if allowed.all() else []

    assert select_once(choose, lambda rows: {rows[1]: rows[0]}, ALL) == [0, 1]


@given(st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_nothing_is_told_twice_nor_lost(kinds: list[int]) -> None:
    """Rows of one kind repeat one another."""

    def repeats(rows: Sequence[int]) -> dict[int, int]:
        firsts: dict[int, int] = {}
        return {row: by for row in rows if (by := firsts.setdefault(kinds[row], row)) != row}

    picked = select_once(first_three, repeats, ALL)
    assert sorted({kinds[row] for row in picked}) == sorted(kinds[row] for row in picked)
    assert {kinds[row] for row in first_three(ALL)} <= {kinds[row] for row in picked}

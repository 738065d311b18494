"""The selection: closed forms, the exact optimum, a peer's picks, budgets never exceeded."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyversity import Strategy, diversify

from summarizer.rank import search as searching
from summarizer.rank.picking import Candidates, Objective, pick_coverage, pick_densest, pick_mmr
from summarizer.rank.search import BudgetedSearch, Units

from ..rank.test_coverage import objective_of, singles


def test_start_from_the_best_unit_mends_what_greedy_spoils() -> None:
    # By gain for cost the small sentence comes first and leaves no room for the two best.
    candidates = singles([3, 5, 5])
    objective = objective_of(candidates, [[0], [1], [2]], [0.28, 0.36, 0.36])
    assert sorted(pick_coverage(candidates, objective, 10)) == [1, 2]


def test_one_of_redundant_sentences() -> None:
    candidates = singles([5, 5, 5, 5], labels=[0, 0, 1, 1])
    objective = objective_of(candidates, [[0], [1], [2], [3]], [0.4, 0.3, 0.2, 0.1])
    assert sorted(pick_coverage(candidates, objective, 100)) == [0, 2]


def test_of_two_that_add_as_much_the_one_that_repeats_less_is_picked() -> None:
    candidates = singles([50, 50, 50])
    objective = objective_of(candidates, [[0, 1], [1, 2], [2]], [0.5, 0.3, 0.2])
    assert sorted(pick_coverage(candidates, objective, 100)) == [0, 2]


def test_one_that_opens_is_picked_where_it_fits() -> None:
    opens = np.array([True, False, False])
    candidates = replace(singles([50, 50, 50]), opens=opens)
    objective = objective_of(candidates, [[0], [1], [2]], [0.1, 0.5, 0.4])
    assert sorted(pick_coverage(candidates, objective, 100)) == [0, 1]
    candidates = replace(singles([120, 50, 50]), opens=opens)
    assert sorted(pick_coverage(candidates, objective, 100)) == [1, 2]


def test_budget_is_filled_by_an_exchange() -> None:
    candidates = singles([60, 30, 38, 20])
    objective = objective_of(candidates, [[0], [1], [2], []], [0.6, 0.3, 0.1])
    assert sorted(pick_coverage(candidates, objective, 100)) == [0, 2]


def test_what_reads_badly_is_the_last_resort() -> None:
    candidates = singles([50, 50, 48], bad=(1,))
    objective = objective_of(candidates, [[0], [1], [2]], [0.2, 0.7, 0.1])
    assert sorted(pick_coverage(candidates, objective, 100)) == [0, 2]
    assert sorted(pick_coverage(candidates, objective, 148)) == [0, 1, 2]


def test_unit_that_needs_another_follows_it() -> None:
    candidates = Candidates(
        units=[(0,), (0, 1), (1,), (2,)],
        needs=np.array([-1, -1, 0, -1]),
        costs=np.array([10, 20, 10, 10]),
        same=np.eye(3, dtype=bool),
        reads_well=np.array([True] * 4),
        opens=np.zeros(4, dtype=bool),
    )
    objective = objective_of(candidates, [[0], [1], [2]], [0.4, 0.5, 0.1])
    for limit in (10, 20, 30):
        picked = pick_coverage(candidates, objective, limit)
        rows = [row for unit in picked for row in candidates.units[unit]]
        assert len(rows) == len(set(rows)) == limit // 10
        assert 1 not in rows or 0 in rows


def test_unit_is_not_picked_without_what_it_needs() -> None:
    candidates = Candidates(
        units=[(0,), (1,)],
        needs=np.array([-1, 0]),
        costs=np.array([10, 5]),
        same=np.eye(2, dtype=bool),
        reads_well=np.array([True, True]),
        opens=np.zeros(2, dtype=bool),
    )
    objective = objective_of(candidates, [[0], [1]], [0.1, 0.9])
    assert pick_coverage(candidates, objective, 12) == [0]
    assert pick_coverage(candidates, objective, 5) == []


def test_densest_first_and_nothing_twice() -> None:
    scores = np.array([1.0, 4.0, 3.0, 3.0])
    costs = np.array([1, 2, 3, 3])
    alone = np.full(4, -1)
    assert pick_densest(scores, costs, ["a", "b", "c", "c"], alone, 9) == [0, 1, 2]
    assert pick_densest(scores, costs, ["a", "b", "c", "d"], alone, 5) == [0, 1]


def test_densest_prefers_the_copy_that_is_needed_and_drops_what_lacks_it() -> None:
    scores, costs = np.array([5.0, 1.0, 5.0, 9.0]), np.array([2, 2, 2, 2])
    needs = np.array([-1, -1, 1, 2])
    assert pick_densest(scores, costs, ["a", "a", "b", "c"], needs, 8) == [1, 2, 3]
    assert pick_densest(scores, costs, ["a", "b", "c", "d"], needs, 4) == [0, 1]
    both = np.array([-1, 0, -1, 2])
    assert pick_densest(scores, costs, ["a", "b", "a", "c"], both, 8) == [2, 3]


@pytest.mark.parametrize("count", [400, 1500])
def test_large_budgets_are_filled(count: int) -> None:
    """A search without limits would take hours here."""
    random = np.random.default_rng(1)
    candidates = singles(random.integers(10, 30, count).tolist())
    facts = [[int(c)] for c in random.integers(0, 500, count)]
    objective = objective_of(candidates, facts, random.uniform(size=500).tolist())
    picked = pick_coverage(candidates, objective, 6 * count)
    assert 0.95 * 6 * count <= candidates.costs[picked].sum() <= 6 * count


def test_mmr_at_both_ends() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1], [-1, 0]], dtype=np.float32)
    salience = np.array([1.0, 0.9, 0.5, 0.1])
    candidates = singles([1] * 4)
    assert pick_mmr(candidates, salience, vectors, 0.0, 3) == [0, 1, 2]
    assert pick_mmr(candidates, salience, vectors, 1.0, 3) == [0, 2, 3]
    assert pick_mmr(candidates, salience, vectors, 0.5, 2) == [0, 2]


@pytest.mark.parametrize("diversity", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_mmr_picks_what_pyversity_picks(diversity: float) -> None:
    random = np.random.default_rng(7)
    vectors = random.normal(size=(60, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    salience = random.uniform(size=60)
    ours = pick_mmr(singles([1] * 60), salience, vectors, diversity, 12)
    theirs = diversify(vectors, salience, k=12, strategy=Strategy.MMR, diversity=diversity)
    assert ours == theirs.indices.tolist()


INSTANCES = st.integers(1, 9).flatmap(
    lambda rows: st.tuples(
        st.lists(st.integers(3, 30), min_size=rows, max_size=rows),
        st.lists(st.integers(0, 4), min_size=rows, max_size=rows),
        st.lists(st.lists(st.integers(0, 11), max_size=5), min_size=rows, max_size=rows),
        st.lists(st.floats(0.01, 1), min_size=12, max_size=12),
        st.integers(3, 120),
    )
)


def optimum(candidates: Candidates, objective: Objective, limit: int) -> float:
    """Find the best value by trying every set."""
    best = 0.0
    rows = range(len(candidates.costs))
    for size in range(len(candidates.costs) + 1):
        for chosen in combinations(rows, size):
            fits = candidates.costs[list(chosen)].sum() <= limit
            if fits and candidates.same[np.ix_(chosen, chosen)].sum() == size:
                best = max(best, objective.value(chosen))
    return best


@given(INSTANCES, st.sampled_from(["coverage", "mmr"]), st.sampled_from([0.0, 0.5, 1.0]))
def test_no_budget_is_exceeded_and_nothing_said_twice(
    instance: tuple[list[int], list[int], list[list[int]], list[float], int],
    ranker: str,
    diversity: float,
) -> None:
    costs, labels, concepts, weights, limit = instance
    candidates = singles(costs, labels, bad=(0, 3))
    facts = [sorted(set(row)) for row in concepts]
    objective = objective_of(candidates, facts, weights, diversity=diversity)
    if ranker == "mmr":
        vectors = np.eye(max(labels) + 1, dtype=np.float32)[labels]
        picked = pick_mmr(candidates, np.linspace(0, 1, len(costs)), vectors, diversity, limit)
    else:
        picked = pick_coverage(candidates, objective, limit)
    assert candidates.costs[picked].sum() <= limit
    used = [labels[row] for row in picked]
    assert len(used) == len(set(used))
    if limit >= sum(costs):
        assert set(used) == set(labels)


@given(INSTANCES)
def test_search_before_filling_is_never_far_from_the_optimum(
    instance: tuple[list[int], list[int], list[list[int]], list[float], int],
) -> None:
    costs, _, concepts, weights, limit = instance
    candidates = singles(costs)
    objective = objective_of(candidates, [sorted(set(row)) for row in concepts], weights)
    search = BudgetedSearch(candidates, limit, objective.gains, objective.value, 0.8)
    found = max(search.starts(), key=objective.value)
    assert objective.value(found) >= 0.316 * optimum(candidates, objective, limit) - 1e-9


@given(INSTANCES, st.sampled_from([0.0, 0.5, 1.0]))
def test_only_gains_that_could_be_the_largest_are_looked_at_again(
    instance: tuple[list[int], list[int], list[list[int]], list[float], int], diversity: float
) -> None:
    costs, _, concepts, weights, limit = instance
    candidates = singles(costs)
    cover = np.exp(-np.abs(np.subtract.outer(costs, costs))).astype(np.float32)
    facts = [sorted(set(row)) for row in concepts]
    objective = objective_of(candidates, facts, weights, cover, diversity)
    looked: list[int] = []

    def gains(picked: Sequence[int], units: Units) -> npt.NDArray[np.float64]:
        found = objective.gains(picked, units)
        looked.append(len(found))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_BATCH", 1)
        search = BudgetedSearch(candidates, limit, gains, objective.value, 0.8)
        grown = search.grow([])
    assert all(count <= 2 for count in looked[1:])
    for place in range(len(grown) + 1):
        picked = grown[:place]
        room = limit - sum(costs[unit] for unit in picked)
        free = [unit for unit in range(len(costs)) if costs[unit] <= room and unit not in picked]
        rates = objective.gains(picked, slice(None)) / np.array(costs) ** 0.8
        if place == len(grown):
            assert not free
        else:
            assert rates[grown[place]] >= max(rates[free]) - 1e-12

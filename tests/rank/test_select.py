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

from summarizer.rank.cohesion import with_cohesion
from summarizer.rank.concepts import extract_concepts
from summarizer.rank.select import (
    BudgetedSearch,
    Coverage,
    MarginalRelevance,
    Objective,
    Units,
    candidate_pool,
    make_units,
    select,
    sentence_costs,
    take_densest,
)
from summarizer.settings import Request, Settings, effective
from summarizer.text.table import Concepts, SentenceTable

from ..builders import table_of, unit

SETTINGS = Settings()


def units_of(
    rows: Sequence[tuple[int, ...]],
    costs: Sequence[int],
    needs: Sequence[int] = (),
    bad: Sequence[int] = (),
    opens: Sequence[int] = (),
) -> Units:
    """Make units of given costs."""
    lengths = np.array(list(map(len, rows)), dtype=np.intp)
    numbers = np.arange(len(rows))
    return Units(
        rows=list(rows),
        flat=np.array([row for held in rows for row in held], dtype=np.intp),
        starts=np.cumsum(lengths) - lengths,
        needs=np.array(needs or [-1] * len(rows), dtype=np.intp),
        costs=np.array(costs, dtype=np.intp),
        introduces=np.zeros((len(rows), 0), dtype=bool),
        assumes=np.zeros((len(rows), 0), dtype=bool),
        unfit=np.zeros(len(rows)),
        states=~np.isin(numbers, bad),
        opens=np.isin(numbers, opens),
    )


def singles(costs: Sequence[int], bad: Sequence[int] = (), opens: Sequence[int] = ()) -> Units:
    """Make a unit of each of some rows."""
    return units_of([(row,) for row in range(len(costs))], costs, bad=bad, opens=opens)


def labelled(labels: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Make rows redundant that have the same label."""
    return np.asarray(np.equal.outer(np.array(labels), np.array(labels)), dtype=bool)


def coverage(concepts: Sequence[Sequence[int]], weights: Sequence[float]) -> Coverage:
    """Make the objective of the different concepts of each unit."""
    rows = [np.array(sorted(set(row)), dtype=np.intp) for row in concepts]
    return Coverage(rows, np.array(weights), np.zeros(len(rows)))


def searching(
    units: Units, objective: Objective, limit: int, same: npt.NDArray[np.bool_] | None = None
) -> BudgetedSearch:
    """Prepare a search in which all may be picked."""
    count = int(units.flat.max()) + 1
    redundancy = list(np.eye(count, dtype=bool) if same is None else same)
    allowed = np.ones(len(units.rows), dtype=bool)
    return BudgetedSearch(units, redundancy, objective, limit, SETTINGS, allowed)


def pick(
    units: Units, objective: Objective, limit: int, same: npt.NDArray[np.bool_] | None = None
) -> list[int]:
    """Return the units that a search picks."""
    search = searching(units, objective, limit, same)
    return search.complete(max(search.starts(), key=objective.value))


# What coverage and MMR make large.


def test_value_is_the_weight_covered_once() -> None:
    objective = coverage([[0, 1], [1, 2], []], [0.5, 0.3, 0.2])
    assert objective.value([]) == 0
    assert objective.value([0, 1]) == pytest.approx(1.0)
    np.testing.assert_allclose(objective.gains([]), [0.8, 0.5, 0])
    np.testing.assert_allclose(objective.gains([0]), [0, 0.2, 0], atol=1e-12)


def test_marginal_relevance_at_both_ends() -> None:
    vectors = unit([1, 0], [1, 0], [0, 1], [-1, 0])
    salience = np.array([1.0, 0.9, 0.5, 0.1])
    np.testing.assert_allclose(MarginalRelevance(salience, vectors, 0.0).gains([0]), salience)
    np.testing.assert_allclose(MarginalRelevance(salience, vectors, 1.0).gains([0]), [-1, -1, 0, 0])
    for diversity, picked in ((0.0, [0, 1, 2]), (1.0, [0, 2, 3])):
        objective = MarginalRelevance(salience, vectors, diversity)
        assert pick(singles([1] * 4), objective, 3) == picked


@pytest.mark.parametrize("diversity", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_mmr_picks_what_pyversity_picks(diversity: float) -> None:
    random = np.random.default_rng(7)
    vectors = unit(*random.normal(size=(60, 16)))
    salience = random.uniform(size=60)
    ours = pick(singles([1] * 60), MarginalRelevance(salience, vectors, diversity), 12)
    theirs = diversify(vectors, salience, k=12, strategy=Strategy.MMR, diversity=diversity)
    assert ours == theirs.indices.tolist()


# Growth and exchanges, in closed form.


def test_start_from_the_best_unit_mends_what_greedy_spoils() -> None:
    # By gain for cost the small one comes first and leaves no room for the two best.
    objective = coverage([[0], [1], [2]], [0.28, 0.36, 0.36])
    assert sorted(pick(singles([3, 5, 5]), objective, 10)) == [1, 2]


def test_one_of_redundant_sentences() -> None:
    objective = coverage([[0], [1], [2], [3]], [0.4, 0.3, 0.2, 0.1])
    assert sorted(pick(singles([5] * 4), objective, 100, labelled([0, 0, 1, 1]))) == [0, 2]


def test_of_equal_ones_the_earlier_are_picked() -> None:
    objective = coverage([[0], [1], [2], [3]], [0.25] * 4)
    assert pick(singles([5] * 4), objective, 10) == [0, 1]


def test_one_that_opens_is_picked_where_it_fits() -> None:
    objective = coverage([[0], [1], [2]], [0.1, 0.5, 0.4])
    assert sorted(pick(singles([50, 50, 50], opens=[0]), objective, 100)) == [0, 1]
    assert sorted(pick(singles([120, 50, 50], opens=[0]), objective, 100)) == [1, 2]


def test_the_only_one_that_opens_is_not_exchanged() -> None:
    # To replace the first, too, would fill the budget and weigh more.
    objective = coverage([[0], [1], [2], [3]], [0.1, 0.3, 0.2, 0.25])
    assert sorted(pick(singles([20, 60, 78, 38], opens=[0]), objective, 100)) == [0, 2]
    assert sorted(pick(singles([20, 60, 78, 38]), objective, 100)) == [1, 3]


def test_budget_is_filled_by_an_exchange() -> None:
    objective = coverage([[0], [1], [2], []], [0.6, 0.3, 0.1])
    assert sorted(pick(singles([60, 30, 38, 20]), objective, 100)) == [0, 2]


@pytest.mark.parametrize(("cost", "picked"), [(37, [0, 1]), (36, [0, 2])])
def test_budget_is_full_from_97_of_100(cost: int, picked: list[int]) -> None:
    objective = coverage([[0], [1], [2]], [0.6, 0.3, 0.1])
    assert sorted(pick(singles([60, cost, 38]), objective, 100)) == picked


def test_of_exchanges_that_fill_the_one_of_most_value_is_made() -> None:
    objective = coverage([[0], [1], [2], [3]], [0.6, 0.3, 0.1, 0.2])
    assert sorted(pick(singles([60, 30, 38, 39]), objective, 100)) == [0, 3]


def test_two_may_leave_for_one() -> None:
    objective = coverage([[0], [1], [2]], [0.5, 0.4, 0.1])
    assert pick(singles([45, 45, 99]), objective, 100) == [2]


@pytest.mark.parametrize(("place", "filled"), [(60, True), (61, False)])
def test_sixty_sets_are_tried_out_of_a_summary(place: int, filled: bool) -> None:
    # Only what is redundant with one of the picked units fills the budget. Of single ones 60 are
    # tried, and of pairs the first with 60 others.
    weights = [*np.linspace(1, 0.9, 62), 0.01]
    objective = coverage([[number] for number in range(63)], weights)
    same = labelled([*range(62), place])
    picked = pick(singles([10] * 62 + [80]), objective, 700, same)
    assert sorted(picked) == [n for n in range(63) if n != (place if filled else 62)]


@pytest.mark.parametrize(("place", "filled"), [(59, True), (60, False)])
def test_pairs_are_sought_among_the_sixty_best(place: int, filled: bool) -> None:
    # The first unit keeps all others out; of these only the best and one more fill the budget. The
    # first, which leaves for them, is the best of the sixty.
    weights = [5.0, *np.linspace(1, 0.9, 61)]
    same = np.eye(62, dtype=bool)
    same[0] = same[:, 0] = True
    costs = [120, 48, *[30] * 60]
    costs[place] = 150
    objective = coverage([[number] for number in range(62)], weights)
    picked = pick(singles(costs), objective, 200, same)
    assert sorted(picked) == ([1, place] if filled else [0])


def test_what_reads_badly_is_the_last_resort() -> None:
    objective = coverage([[0], [1], [2]], [0.2, 0.7, 0.1])
    units = singles([50, 50, 48], bad=[1])
    assert sorted(pick(units, objective, 100)) == [0, 2]
    assert sorted(pick(units, objective, 148)) == [0, 1, 2]


def test_unit_that_needs_another_follows_it() -> None:
    units = units_of([(0,), (0, 1), (1,), (2,)], [10, 20, 10, 10], needs=[-1, -1, 0, -1])
    objective = coverage([[0], [0, 1], [1], [2]], [0.4, 0.5, 0.1])
    for limit in (10, 20, 30):
        rows = [row for number in pick(units, objective, limit) for row in units.rows[number]]
        assert len(rows) == len(set(rows)) == limit // 10
        assert 1 not in rows or 0 in rows


def test_unit_is_not_picked_without_what_it_needs() -> None:
    units = units_of([(0,), (1,)], [10, 5], needs=[-1, 0])
    objective = coverage([[0], [1]], [0.1, 0.9])
    assert pick(units, objective, 12) == [0]
    assert pick(units, objective, 5) == []


def test_unit_that_says_a_thing_twice_is_not_picked() -> None:
    units = units_of([(0,), (0, 1)], [10, 20])
    objective = coverage([[0], [0, 1]], [0.1, 0.9])
    assert pick(units, objective, 20, np.ones((2, 2), dtype=bool)) == [0]


def test_large_budgets_are_filled() -> None:
    """A search without limits would take hours here."""
    count = 1000
    random = np.random.default_rng(1)
    units = singles(random.integers(10, 30, count).tolist())
    concepts = [[int(c)] for c in random.integers(0, 500, count)]
    objective = coverage(concepts, random.uniform(size=500).tolist())
    picked = pick(units, objective, 6 * count)
    assert 0.97 * 6 * count <= units.costs[picked].sum() <= 6 * count


# Properties, against brute force.

INSTANCES = st.integers(1, 9).flatmap(
    lambda rows: st.tuples(
        st.lists(st.integers(3, 30), min_size=rows, max_size=rows),
        st.lists(st.integers(0, 4), min_size=rows, max_size=rows),
        st.lists(st.lists(st.integers(0, 11), max_size=5), min_size=rows, max_size=rows),
        st.lists(st.floats(0.01, 1), min_size=12, max_size=12),
        st.integers(3, 120),
    )
)
Instance = tuple[list[int], list[int], list[list[int]], list[float], int]


def optimum(units: Units, objective: Objective, limit: int, same: npt.NDArray[np.bool_]) -> float:
    """Find the best value by trying every set."""
    best = 0.0
    numbers = range(len(units.rows))
    for size in range(len(units.rows) + 1):
        for chosen in combinations(numbers, size):
            fits = units.costs[list(chosen)].sum() <= limit
            if fits and same[np.ix_(chosen, chosen)].sum() == size:
                best = max(best, objective.value(chosen))
    return best


@given(INSTANCES, st.sampled_from([None, 0.0, 0.5, 1.0]))
def test_no_budget_is_exceeded_and_nothing_said_twice(
    instance: Instance, diversity: float | None
) -> None:
    costs, labels, concepts, weights, limit = instance
    units = singles(costs, bad=[0, 3])
    objective: Objective = coverage(concepts, weights)
    if diversity is not None:
        vectors = np.eye(max(labels) + 1, dtype=np.float32)[labels]
        objective = MarginalRelevance(np.linspace(0, 1, len(costs)), vectors, diversity)
    picked = pick(units, objective, limit, labelled(labels))
    assert units.costs[picked].sum() <= limit
    used = [labels[row] for row in picked]
    assert len(used) == len(set(used))
    if limit >= sum(costs):
        assert set(used) == set(labels)


@given(INSTANCES)
def test_coverage_is_at_most_the_optimum_and_before_filling_never_far_from_it(
    instance: Instance,
) -> None:
    costs, labels, concepts, weights, limit = instance
    units, objective = singles(costs), coverage(concepts, weights)
    best = optimum(units, objective, limit, labelled(labels))
    assert objective.value(pick(units, objective, limit, labelled(labels))) <= best + 1e-9
    # The guarantee of greedy growth from the better of two starts (Khuller, Moss and Naor 1999).
    search = searching(units, objective, limit)
    alone = optimum(units, objective, limit, np.eye(len(costs), dtype=bool))
    assert max(map(objective.value, search.starts())) >= 0.316 * alone - 1e-9


@given(INSTANCES)
def test_units_come_with_what_they_need(instance: Instance) -> None:
    costs, labels, concepts, weights, limit = instance
    # Every other row needs the one before it.
    rows = [(row,) for row in range(len(costs))]
    needs = [row - 1 if row % 2 else -1 for row in range(len(costs))]
    units = units_of(rows, costs, needs)
    picked = pick(units, coverage(concepts, weights), limit, labelled(labels))
    assert all(needs[number] == -1 or needs[number] in picked for number in picked)


@pytest.mark.parametrize(
    ("costs", "weights", "picked"),
    [
        ([90, 8], [0.9, 0.039], [0]),  # less than half as much for its length
        ([90, 8], [0.9, 0.041], [0, 1]),
        ([89, 8], [0.89, 0.001], [0, 1]),  # less than nine tenths are used
        ([90, 8], [0.9, 0.0], [0]),
    ],
)
def test_weak_last_unit_is_not_added(
    costs: list[int], weights: list[float], picked: list[int]
) -> None:
    units, objective = singles(costs), coverage([[0], [1]], weights)
    for fills in (True, False):
        search = BudgetedSearch(
            units, list(np.eye(2, dtype=bool)), objective, 100, SETTINGS,
            np.ones(2, dtype=bool), ceiling=not fills,
        )  # fmt: skip
        found = search.complete(max(search.starts(), key=objective.value))
        assert found == ([0, 1] if fills else picked)


def test_answer_ends_where_little_of_the_question_is_left() -> None:
    # The second is worth more than the third, but says nothing of what is asked.
    units, objective = singles([10, 10, 10]), coverage([[0], [1], [2]], [0.5, 0.3, 0.2])
    settings = replace(SETTINGS, enough_share=0.0, least_worth=0.1)
    for ending, picked in ((None, [0, 1, 2]), (coverage([[0], [1], [2]], [0.9, 0.0, 0.1]), [0, 2])):
        search = BudgetedSearch(
            units, list(np.eye(3, dtype=bool)), objective, 100, settings,
            np.ones(3, dtype=bool), ceiling=True, ending=ending,
        )  # fmt: skip
        assert search.complete(search.starts()[0]) == picked


def test_exchange_fills_no_more_than_is_needed() -> None:
    # To be full it would have to swap a unit for a longer one that is worth less.
    units, objective = singles([60, 30, 38]), coverage([[0], [1], [2]], [0.6, 0.4, 0.3])
    for ceiling, picked in ((False, [0, 2]), (True, [0, 1])):
        search = BudgetedSearch(
            units, list(np.eye(3, dtype=bool)), objective, 98, SETTINGS,
            np.ones(3, dtype=bool), ceiling=ceiling,
        )  # fmt: skip
        assert sorted(search.complete(max(search.starts(), key=objective.value))) == picked


def test_what_reads_badly_fills_no_more_than_is_needed() -> None:
    units, objective = singles([91, 8], bad=[1]), coverage([[0], [1]], [0.1, 0.9])
    for fills in (True, False):
        search = BudgetedSearch(
            units, list(np.eye(2, dtype=bool)), objective, 100, SETTINGS,
            np.ones(2, dtype=bool), ceiling=not fills,
        )  # fmt: skip
        assert search.complete([0]) == ([0, 1] if fills else [0])


# From the table to units.


def ready(*documents: Sequence[str], **columns: object) -> SentenceTable:
    """Return a table as a selection gets it: nothing redundant, all of it cheap."""
    table = with_cohesion(table_of(*documents), ["en"] * len(documents), SETTINGS)
    count = len(table)
    return table.with_columns(
        **{
            "concepts": extract_concepts(table.stems),
            "unfit": np.zeros(count),
            "concept_weight": np.ones(count),
            "cost": np.ones(count, dtype=np.intp),
            "vectors": np.eye(count, dtype=np.float32),
            "lexical": np.eye(count, dtype=np.float32),
            "cluster": np.arange(count),
            "salience": np.ones(count),
        }
        | columns
    )


PLAIN = "The mayor closed the old bridge on Monday."
BACK = "He said that its cables had rusted through."


def told(table: SentenceTable) -> list[tuple[tuple[int, ...], int, bool]]:
    """Return rows, need and whether it reads well of each unit."""
    units = make_units(table, 1, SETTINGS)
    return list(zip(units.rows, units.needs.tolist(), units.states.tolist(), strict=True))


FULL = "On Monday the court heard Namanga Ngongi, an engineer."
PART = "On Tuesday the court let Ngongi go."


def test_part_of_a_name_needs_the_whole_first() -> None:
    table = ready([FULL, PART], [PLAIN])
    units = make_units(table, 1, SETTINGS)
    assert units.introduces[:, 0].tolist() == [True, False, False]
    assert units.assumes[:, 0].tolist() == [False, True, False]
    objective = coverage([[0], [1], [2]], [0.1, 0.5, 0.2])
    # Alone it is worth most, and is not picked; with the other it is.
    assert pick(units, objective, 1) == [2]
    assert sorted(pick(units, objective, 3)) == [0, 1, 2]


def test_what_may_be_unfit_is_worth_less() -> None:
    weights = np.ones(40) / 40
    ferry, boat = "Ferries sail to the island of Skarn.", "Boats go from the harbour of Aldwick."
    table = ready([ferry], [boat], *[["Rain."]] * 9, unfit=np.array([0.8, *[0.0] * 10]))
    assert select(table, weights, 1, "coverage", 0.0, replace(SETTINGS, unfit_loss=0.0)) == [0]
    assert select(table, weights, 1, "coverage", 0.0, replace(SETTINGS, unfit_loss=0.5)) != [0]
    salient = {"salience": np.array([1.0, 0.95, *[0.1] * 9])}
    table = table.with_columns(**salient)
    assert select(table, weights, 1, "mmr", 0.0, SETTINGS) == [1]
    # Where nearly all is quoted it is quoted, too.
    assert 0 in select(table, weights, 10, "coverage", 0.0, SETTINGS)


@pytest.mark.parametrize(
    ("documents", "salience", "picked"), [(3, 0.275, 0), (3, 0.295, 1), (1, 0, 1)]
)
def test_salience_counts_beside_what_concepts_weigh(
    documents: int, salience: float, picked: int
) -> None:
    # 0.5 + 0.7 is 1 + 0.7 * 0.286.
    texts = [PLAIN, "Boats go from the harbour of Aldwick.", "Rain fell on the island of Skarn."]
    table = ready(*([text] for text in texts)) if documents == 3 else ready(texts)
    weights = np.array([0.5, 1.0, 0.0])
    own = Concepts(np.arange(3), np.arange(4), np.arange(3, dtype=np.int32))
    table = table.with_columns(
        concepts=own, concept_weight=weights, salience=np.array([1.0, salience, 0.0])
    )
    settings = replace(SETTINGS, open_first=False)
    assert select(table, weights, 1, "coverage", 0.0, settings) == [picked]


def test_sentence_and_what_it_needs_are_one_unit() -> None:
    table = ready([PLAIN, BACK], cost=np.array([8, 7]))
    assert told(table) == [((0,), -1, True), ((0, 1), -1, True), ((1,), 0, True)]
    units = make_units(table, 1, SETTINGS)
    assert units.costs.tolist() == [8, 15, 7]
    assert units.opens.tolist() == [True, True, False]
    assert units.any(np.array([False, True])).tolist() == [False, True, True]


def test_unit_reads_no_better_than_its_sentences() -> None:
    assert told(ready(["Why was the old bridge closed on Monday?", BACK])) == [
        ((0,), -1, False),
        ((0, 1), -1, False),
        ((1,), 0, True),
    ]


def test_units_hold_and_need_only_what_is_kept() -> None:
    table = ready([PLAIN, BACK, PLAIN, BACK, BACK])
    assert [unit[:2] for unit in told(table.take(np.array([1, 2, 4])))] == [((1,), -1)]
    kept = [unit[:2] for unit in told(table.take(np.array([2, 3, 4])))]
    assert kept == [((0,), -1), ((0, 1), -1), ((1,), 0), ((0, 1, 2), -1), ((2,), 1)]


def test_rows_are_selected_by_either_ranker() -> None:
    ferries = "Ferries sail to the island of Skarn every day."
    facts = {"salience": np.array([0.2, 0.1, 1.0]), "cost": np.array([8, 8, 9])}
    table = ready([PLAIN, BACK], [ferries], **facts)
    weights = np.ones(len(extract_concepts(table.stems).keys)) / 22
    assert sorted(select(table, weights, 17, "coverage", 0.0, SETTINGS)) == [0, 2]
    assert select(table, weights, 17, "mmr", 0.5, SETTINGS) == [2, 0]
    assert select(table, weights, 25, "mmr", 0.0, SETTINGS) == [2, 0, 1]


def test_only_what_is_backed_is_selected() -> None:
    table = ready([PLAIN, BACK], [PLAIN.replace("old", "new")], cost=np.array([8, 8, 8]))
    weights = np.ones(len(extract_concepts(table.stems).keys))
    backed = np.array([False, True, True])
    assert select(table, weights, 24, "coverage", 0.0, SETTINGS, backed) == [2]
    none = np.array([False, True, False])
    assert select(table, weights, 24, "coverage", 0.0, SETTINGS, none) == []


# What sentences cost, which are worth a closer look, and budgets that take nearly all.


@pytest.mark.parametrize(
    ("measure", "costs"), [("words", [4, 3]), ("sentences", [1, 1]), ("chars", [20, 16])]
)
def test_costs(measure: str, costs: list[int]) -> None:
    table = table_of(["One two three four.", "Five  six seven."])
    assert sentence_costs(table, measure).tolist() == costs


def test_nul_parts_words_as_a_blank_does() -> None:
    assert sentence_costs(table_of(["a\0b c"]), "words").tolist() == [3]


def pool_of(
    scores: Sequence[float], costs: Sequence[int], limit: int, settings: Settings | None = None
) -> list[int]:
    """Return the rows of a pool of sentences that can all stand alone."""
    count = len(scores)
    table = table_of(["w"] * count).with_columns(
        concept_weight=np.array(scores, dtype=np.float64),
        cost=np.array(costs, dtype=np.intp),
        unit_size=np.ones(count, dtype=np.intp),
        unit_stands=np.ones(count, dtype=bool),
    )
    return list(candidate_pool(table, limit, settings or SETTINGS).row.tolist())


def test_pool_keeps_the_dense_and_enough_for_the_budget() -> None:
    few = Settings(pool_sentences=2)
    scores, costs = [1.0, 5.0, 3.0, 5.0, 0.0], [10, 10, 10, 10, 9]
    assert pool_of(scores, costs, 10, few) == [1, 3, 4]  # the last one is the shortest
    assert pool_of(scores, costs, 15, few) == [1, 2, 3, 4]
    assert pool_of(scores, costs, 999, few) == [0, 1, 2, 3, 4]
    assert pool_of([1.0, 9.0, 2.0], [10, 50, 10], 10, few) == [0, 2]


def test_pool_has_a_thousand_sentences_or_two_budgets() -> None:
    scores = np.arange(3000, 0, -1, dtype=np.float64)
    assert pool_of(scores.tolist(), [1] * 3000, 10) == list(range(1000))
    assert pool_of(scores.tolist(), [1] * 3000, 1200) == list(range(2400))


def test_pool_of_a_question_has_six_budgets_of_the_most_relevant() -> None:
    count = 100
    table = table_of([f"Sentence {number}." for number in range(count)]).with_columns(
        concept_weight=np.arange(count, dtype=np.float64),
        cost=np.full(count, 5, dtype=np.intp),
        unit_size=np.ones(count, dtype=np.intp),
        unit_stands=np.ones(count, dtype=bool),
        relevance=-np.arange(count, dtype=np.float64),
    )
    settings = effective(SETTINGS, Request(), answers=True)
    assert candidate_pool(table, 10, settings).row.tolist() == list(range(12))
    # Those that do not fit come last.
    table = table.with_columns(cost=np.where(table.row < 3, 11, 5).astype(np.intp))
    assert candidate_pool(table, 10, settings).row.tolist() == list(range(3, 15))


def densest(
    texts: list[str], scores: list[float], costs: list[int], chain: list[int], limit: int
) -> list[int]:
    table = table_of(texts).with_columns(
        concept_weight=np.array(scores), cost=np.array(costs), unit_size=np.array(chain)
    )
    return take_densest(table, limit, np.ones(len(table), dtype=bool))


def test_densest_first_and_nothing_twice() -> None:
    scores, costs, alone = [1.0, 4.0, 3.0, 3.0], [1, 2, 3, 3], [1] * 4
    assert densest(["a", "b", "c", "C."], scores, costs, alone, 9) == [0, 1, 2]
    assert densest(["a", "b", "c", "d"], scores, costs, alone, 5) == [0, 1]


def test_densest_prefers_the_copy_that_is_needed_and_drops_what_lacks_it() -> None:
    scores, costs = [5.0, 1.0, 5.0, 9.0], [2] * 4
    assert densest(["a", "a", "b", "c"], scores, costs, [1, 1, 2, 3], 8) == [1, 2, 3]
    assert densest(["a", "b", "c", "d"], scores, costs, [1, 1, 2, 3], 4) == [0, 1]
    assert densest(["a", "b", "a", "c"], scores, costs, [1, 2, 1, 2], 8) == [2, 3]


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.booleans()), min_size=1, max_size=9
    ),
    st.integers(1, 60),
)
def test_densest_fits_says_nothing_twice_and_keeps_chains(
    drawn: list[tuple[str, int, bool]], limit: int
) -> None:
    texts, costs, needs = ([*column] for column in zip(*drawn, strict=True))
    chain: list[int] = []
    for number, needed in enumerate(needs):
        chain.append(chain[-1] + 1 if needed and number else 1)
    rows = densest(texts, [1.0] * len(texts), costs, chain, limit)
    assert rows == sorted(set(rows))
    assert sum(costs[row] for row in rows) <= limit
    assert len({texts[row] for row in rows}) == len(rows)
    assert all(chain[row] == 1 or row - 1 in rows for row in rows)

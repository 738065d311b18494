"""What coverage maximises, by hand."""

import numpy as np
import numpy.typing as npt
import pytest

from summarizer.rank.picking import Candidates, Objective


def same(labels: list[int]) -> npt.NDArray[np.bool_]:
    """Make sentences redundant that have the same label."""
    return np.equal.outer(labels, labels)


def singles(
    costs: list[int], labels: list[int] | None = None, bad: tuple[int, ...] = ()
) -> Candidates:
    """Make one candidate of each sentence."""
    count = len(costs)
    grouped = same(list(range(count)) if labels is None else labels)
    return Candidates(
        units=[(row,) for row in range(count)],
        needs=np.full(count, -1),
        costs=np.array(costs),
        same=grouped,
        reads_well=np.array([row not in bad for row in range(count)]),
        opens=np.zeros(count, dtype=bool),
    )


def objective_of(
    candidates: Candidates,
    concepts: list[list[int]],
    weights: list[float],
    cover: npt.NDArray[np.float32] | None = None,
    diversity: float = 1.0,
    importance: list[float] | None = None,
) -> Objective:
    """Build an objective; without a cover only the concepts count."""
    rows = len(candidates.same)
    nothing = np.zeros((rows, rows), np.float32)
    facts = [np.array(row, dtype=np.intp) for row in concepts]
    return Objective(
        facts,
        candidates.units,
        np.array(importance or [1.0] * len(candidates.units)),
        np.array(weights),
        nothing if cover is None else cover,
        np.ones(rows),
        diversity,
    )


def test_value_is_the_weight_covered_once() -> None:
    candidates = singles([1, 1, 1])
    objective = objective_of(candidates, [[0, 1], [1, 2], []], [0.5, 0.3, 0.2])
    assert objective.value([]) == 0
    assert objective.value([0, 1]) == pytest.approx(1.0)
    np.testing.assert_allclose(objective.gains([], slice(None)), [0.8, 0.5, 0])
    twice = objective_of(candidates, [[0, 1], [1, 2], []], [0.5, 0.3, 0.2], diversity=0.0)
    assert twice.value([0, 1]) == pytest.approx(1.3)
    np.testing.assert_allclose(twice.gains([0], slice(None)), [0.8, 0.5, 0])


def test_what_is_had_is_worth_what_it_is_in_the_most_important_unit() -> None:
    candidates = singles([1, 1, 1])
    concepts, weights = [[0, 1, 2], [2, 3, 4, 5], [0, 1, 2]], [0.2, 0.1, 0.3, 0.2, 0.1, 0.1]
    objective = objective_of(candidates, concepts, weights, importance=[1.0, 2.0, 3.0])
    np.testing.assert_allclose(objective.gains([], slice(None)), [0.6, 1.4, 1.8])
    assert objective.value([0, 1]) == pytest.approx(0.3 + 2 * 0.7)
    assert objective.value([1, 0]) == objective.value([0, 1])
    # Concept 2 is worth 1 more; a quarter of the unit's concepts is repeated, of two fifths.
    assert objective.gains([0], slice(None))[1] == pytest.approx((0.3 + 2 * 0.4) * 0.375)
    # All that the third has is in the first.
    assert objective.gains([0], slice(None))[2] == 0


def test_facility_location_of_equal_rows() -> None:
    objective = objective_of(singles([1, 1, 1]), [[]] * 3, [], np.eye(3, dtype=np.float32))
    assert objective.value([0]) == pytest.approx(0.15 / 3)
    assert objective.value([0, 1, 2]) == pytest.approx(0.15)


def test_gain_shrinks_by_the_share_that_one_picked_unit_has() -> None:
    candidates = singles([1] * 4)
    concepts = [[0, 1], [1, 2, 3, 4], [0, 1, 4], [5]]
    objective = objective_of(candidates, concepts, [0.1, 0.2, 0.3, 0.2, 0.1, 0.1])
    np.testing.assert_allclose(objective.gains([0], slice(None)), [0, 0.6 * 0.375, 0, 0.1])
    np.testing.assert_allclose(objective.gains([3], slice(None)), [0.3, 0.8, 0.4, 0])
    np.testing.assert_allclose(objective.gains([1, 3], slice(None)), [0, 0, 0, 0])

"""Coverage: the units that together hold most of what matters in the sources."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .search import BudgetedSearch, Candidates, Units, largest_of_units

_COST_POWER = 0.8
# How much covering the whole of the sources in meaning counts beside having all their concepts.
_MEANING = 0.15
# A unit of which this share of the concepts is in one that is picked adds nothing.
_REPEATED = 0.4
# What is found of so many units at once stays in the processor's cache.
_BLOCK = 256


class Objective:
    """What coverage maximises: ``d * coverage(S) + (1 - d) * sum of the units' single values``.

    Coverage is the weight of the concepts in S, 1 for all of them, plus how far S covers each
    source sentence in meaning (facility location; Lin, Bilmes and Xie 2009), 0.15 for the whole:
    both times the importance of the unit of S that has the concept, or covers the sentence, best.

    :param concepts: The different concept numbers of each row.
    :param units: u tuples of rows.
    :param importance: (u,) float64 above 0: what having something is worth in each unit.
    :param weights: (c,) float64 concept weights of sum 1.
    :param cover: (n, n) float32 in 0 to 1: how far row i is covered by row j.
    :param salience: (n,) float64: how much each row demands to be covered.
    :param diversity: d, 0 to 1: at 1 what is said twice counts once, at 0 twice.
    """

    def __init__(
        self,
        concepts: Sequence[npt.NDArray[np.intp]],
        units: Sequence[tuple[int, ...]],
        importance: npt.NDArray[np.float64],
        weights: npt.NDArray[np.float64],
        cover: npt.NDArray[np.float32],
        salience: npt.NDArray[np.float64],
        diversity: float,
    ) -> None:
        self._weights = weights
        self._concepts = [
            concepts[unit[0]]
            if len(unit) == 1
            else np.unique(np.concatenate([concepts[row] for row in unit]))
            for unit in units
        ]
        self._flat = np.concatenate(self._concepts)
        self._offsets = np.cumsum([0, *map(len, self._concepts)])
        self._sizes = np.maximum(np.diff(self._offsets), 1)
        self._importance = importance
        self._worth = np.repeat(importance, np.diff(self._offsets))
        self._flat_weights = weights[self._flat]
        total = float(salience.sum())
        self._demand = _MEANING * (salience / total if total else salience)
        self._cover = largest_of_units(units, cover) * importance.astype(np.float32)
        self._diversity = diversity
        self._repeated: dict[int, npt.NDArray[np.float64]] = {}
        nothing = np.zeros(len(cover), dtype=cover.dtype), np.zeros(len(units))
        self._empty = _Covered([], np.zeros(len(weights)), *nothing)
        self._last = self._empty
        self._single = self._marginal(self._empty, slice(None))

    def value(self, picked: Sequence[int]) -> float:
        """Return what a set of units is worth, 0 or more."""
        if not picked:
            return 0.0
        had = np.zeros(len(self._weights))
        for unit in picked:
            self._take(had, unit)
        covered = self._cover[:, list(picked)].max(axis=1)
        coverage = float(self._weights @ had + covered @ self._demand)
        single = float(self._single[list(picked)].sum())
        return self._diversity * coverage + (1 - self._diversity) * single

    def gains(self, picked: Sequence[int], units: Units) -> npt.NDArray[np.float64]:
        """Return how much units would add to picked ones, less where they repeat one.

        What one adds to the value shrinks with the share of its concepts that are in the picked
        unit that has most of them, to nothing at two fifths.

        :param picked: The picked units.
        :param units: Which are asked for.
        """
        covered = self._covered(picked)
        single = self._single[units]
        marginal = self._marginal(covered, units) if picked and self._diversity else single
        new = np.maximum(1 - covered.repeated[units] / _REPEATED, 0)
        return self._diversity * new * marginal + (1 - self._diversity) * single

    def _covered(self, picked: Sequence[int]) -> "_Covered":
        """Return what picked units cover, found from what the first of them do where known."""
        known = self._last.picked
        covered = self._last if list(picked[: len(known)]) == known else self._empty
        had, cover, repeated = covered.had.copy(), covered.cover.copy(), covered.repeated.copy()
        for unit in picked[len(covered.picked) :]:
            self._take(had, unit)
            np.maximum(cover, self._cover[:, unit], out=cover)
            np.maximum(repeated, self._share_in(unit), out=repeated)
        self._last = _Covered(list(picked), had, cover, repeated)
        return self._last

    def _take(self, had: npt.NDArray[np.float64], unit: int) -> None:
        """Note what the concepts of a unit are worth in it."""
        held = self._concepts[unit]
        had[held] = np.maximum(had[held], self._importance[unit])

    def _share_in(self, unit: int) -> npt.NDArray[np.float64]:
        """Return (u,) the share of each unit's concepts that another one has."""
        if unit not in self._repeated:
            has = np.zeros(len(self._weights))
            has[self._concepts[unit]] = 1
            self._repeated[unit] = self._sums(has[self._flat]) / self._sizes
        return self._repeated[unit]

    def _sums(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return (u,) the sum of the values of each unit's concepts, given behind one another."""
        sums = np.zeros(len(values) + 1)
        np.cumsum(values, out=sums[1:])
        return np.diff(sums[self._offsets])

    def _marginal(self, covered: "_Covered", units: Units) -> npt.NDArray[np.float64]:
        cover = self._cover[:, units]
        demanded = np.empty(cover.shape[1])
        for start in range(0, len(demanded), _BLOCK):
            part = cover[:, start : start + _BLOCK]
            if covered.picked:
                part = np.maximum(part - covered.cover[:, None], 0)
            demanded[start : start + _BLOCK] = self._demand @ part
        more = np.maximum(self._worth - covered.had[self._flat], 0)
        return np.asarray(self._sums(more * self._flat_weights)[units] + demanded)


@dataclass(frozen=True, slots=True)
class _Covered:
    """What picked units cover.

    :param picked: They.
    :param had: (c,) the largest importance of those that have each concept, 0 without one.
    :param cover: (n,) how far they cover each row, times their importance.
    :param repeated: (u,) the largest share of each unit's concepts that one of them has.
    """

    picked: list[int]
    had: npt.NDArray[np.float64]
    cover: npt.NDArray[np.float32]
    repeated: npt.NDArray[np.float64]


def pick_coverage(candidates: Candidates, objective: Objective, limit: int) -> list[int]:
    """Pick the units of best coverage: greedily, then filling the budget.

    Greedy growth starts from the best unit for its cost and from the best one: under a budget the
    first alone can be arbitrarily bad (Khuller, Moss and Naor 1999).

    :param candidates: The units.
    :param objective: Made of the same units.
    :param limit: The budget, in the unit of the costs.
    :return: The picked units, in the order picked.
    """
    search = BudgetedSearch(candidates, limit, objective.gains, objective.value, _COST_POWER)
    return search.fill(max(search.starts(), key=objective.value))

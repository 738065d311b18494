"""Maximal marginal relevance (Carbonell and Goldstein 1998)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .search import BudgetedSearch, Candidates, Units


def pick_mmr(
    candidates: Candidates,
    salience: npt.NDArray[np.float64],
    vectors: npt.NDArray[np.float32],
    diversity: float,
    limit: int,
) -> list[int]:
    """Pick the most salient unit, then those of largest ``(1 - d) * salience - d * similarity``.

    :param candidates: The units; each stands for its last row.
    :param salience: (n,) float64 in 0 to 1.
    :param vectors: (n, d) float32 unit rows; similarity is the largest cosine to a picked unit,
        or 0 where that is negative.
    :param diversity: d, 0 to 1: at 1 only the difference to what is picked counts, at 0 only
        salience.
    :param limit: The budget, in the unit of the costs.
    :return: The picked units, in the order picked.
    """
    last = np.array([unit[-1] for unit in candidates.units], dtype=np.intp)
    rows = vectors[last].astype(np.float64)
    relevance = salience[last]

    def gains(picked: Sequence[int], units: Units) -> npt.NDArray[np.float64]:
        if not picked:
            return relevance[units]
        similarity = (rows[units] @ rows[list(picked)].T).max(axis=1, initial=0.0)
        return np.asarray((1 - diversity) * relevance[units] - diversity * similarity)

    def value(picked: Sequence[int]) -> float:
        return float(relevance[list(picked)].sum())

    search = BudgetedSearch(candidates, limit, gains, value, cost_power=0.0)
    return search.fill(search.starts()[0])

"""Picking without a search, for budgets that take most of the text."""

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt


def pick_densest(
    scores: npt.NDArray[np.float64],
    costs: npt.NDArray[np.intp],
    contents: Sequence[Hashable],
    limit: int,
) -> list[int]:
    """Pick sentences by score for their cost while they fit, and nothing twice.

    :param scores: (n,) float64.
    :param costs: (n,) intp, what each takes of the budget.
    :param contents: What each says; of equal ones the first is picked.
    :param limit: The budget.
    :return: Rows, ascending.
    """
    first: dict[Hashable, int] = {}
    for row, content in enumerate(contents):
        first.setdefault(content, row)
    picked: list[int] = []
    for row in np.argsort(-scores / np.maximum(costs, 1), kind="stable").tolist():
        if first[contents[row]] == row and costs[row] <= limit:
            picked.append(row)
            limit -= int(costs[row])
    return sorted(picked)

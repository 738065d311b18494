"""Picking without a search, for budgets that take most of the text."""

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt


def pick_densest(
    scores: npt.NDArray[np.float64],
    costs: npt.NDArray[np.intp],
    contents: Sequence[Hashable],
    needs: npt.NDArray[np.intp],
    limit: int,
) -> list[int]:
    """Pick sentences by score for their cost while they fit, and nothing twice.

    :param scores: (n,) float64.
    :param costs: (n,) intp, what each takes of the budget.
    :param contents: What each says; of equal ones the first is picked, or one that another needs.
    :param needs: (n,) intp, the earlier row without which a row may not be picked, or -1.
    :param limit: The budget.
    :return: Rows, ascending.
    """
    copy = _copies_to_pick(contents, needs)
    ranked = np.argsort(-scores / np.maximum(costs, 1), kind="stable").tolist()
    waiting = [row for row in ranked if copy[contents[row]] == row]
    picked: set[int] = set()
    while True:
        passed: list[int] = []
        for row in waiting:
            if costs[row] <= limit and (needs[row] < 0 or int(needs[row]) in picked):
                picked.add(row)
                limit -= int(costs[row])
            else:
                passed.append(row)
        if len(passed) == len(waiting):
            return sorted(picked)
        waiting = passed


def _copies_to_pick(
    contents: Sequence[Hashable], needs: npt.NDArray[np.intp]
) -> dict[Hashable, int]:
    """Choose one row for each content, where it can be one that a chosen row needs."""
    copy: dict[Hashable, int] = {}
    for row, content in enumerate(contents):
        copy.setdefault(content, row)
    needed: set[int] = set()
    for row in sorted(copy.values(), reverse=True):
        need = int(needs[row])
        while need >= 0 and need not in needed and copy[contents[need]] not in needed:
            copy[contents[need]] = need
            needed.add(need)
            need = int(needs[need])
    return copy

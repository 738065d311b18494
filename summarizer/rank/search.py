"""Greedy growth and filling under a budget, for any measure of gain.

What is picked are units: a sentence, or a sentence with those before it that it cannot stand
without. No two picked units say the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

import numpy as np
import numpy.typing as npt

from ..defaults import FULL

Gains = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Units = slice | npt.NDArray[np.intp]

_ALL = slice(None)
# So many gains are looked at again at once.
_BATCH = 64

# So many sets of leaving units are tried to fill a budget.
_LEAVING = 60
_TINY = 1e-9
# How many of the best units are tried in pairs to fill a budget.
_PAIRED = 60


@dataclass(frozen=True, slots=True)
class Candidates:
    """Units that may be picked.

    :param units: u tuples of rows in reading order; a row is a sentence.
    :param needs: (u,) intp, the row that must be picked already for a unit to be picked, or -1
        without one; a unit that needs any other negative row is never picked.
    :param costs: (u,) intp, what each takes of the budget.
    :param same: (n, n) bool, the rows that may not both be picked; True on the diagonal.
    :param reads_well: (u,) bool; the others are picked only where the budget stays unfilled.
    :param opens: (u,) bool, units that tell what the whole is about; one is picked where one fits.
    """

    units: Sequence[tuple[int, ...]]
    needs: npt.NDArray[np.intp]
    costs: npt.NDArray[np.intp]
    same: Mask
    reads_well: Mask
    opens: Mask


class BudgetedSearch:
    """A search for the best set of units within a budget.

    :param candidates: The units.
    :param limit: The budget, in the unit of the costs.
    :param gains: From picked units and some others to what each of these would add: never more
        than to fewer picked ones.
    :param value: From picked units to what they are worth together.
    :param cost_power: A gain is divided by the cost to this power: at 0 length is free, at 1 only
        the gain for each word counts.
    """

    def __init__(
        self,
        candidates: Candidates,
        limit: int,
        gains: Callable[[Sequence[int], Units], Gains],
        value: Callable[[Sequence[int]], float],
        cost_power: float,
    ) -> None:
        self._units = candidates.units
        self._needs = candidates.needs
        self._costs = candidates.costs
        self._rows = len(candidates.same)
        self._reads_well = candidates.reads_well
        self._opens = candidates.opens & candidates.reads_well
        self._limit = limit
        self._gains = gains
        self._value = value
        self._divisor = candidates.costs.astype(np.float64) ** cost_power
        self._same = _between_units(candidates.units, candidates.same)
        self._repeats = np.array([_repeats(candidates, unit) for unit in self._units], dtype=bool)

    def grow(self, picked: Sequence[int], *, well: bool = True) -> list[int]:
        """Add units while any fits, the one of largest gain for its cost first.

        :param picked: Units to start from.
        :param well: Whether to add only what reads well.
        :return: The units picked, old ones first.
        """
        result = list(picked)
        rates: Gains | None = None
        while True:
            free = self._free(result, well=well)
            if not free.any():
                return result
            if rates is None:
                rates = self._gains(result, _ALL) / self._divisor
                fresh = np.ones(len(rates), dtype=bool)
            else:
                fresh = np.zeros(len(rates), dtype=bool)
            result.append(self._best(result, free, rates, fresh))

    def _best(self, picked: list[int], free: Mask, rates: Gains, fresh: Mask) -> int:
        """Return the free unit of largest gain for its cost, the earlier of equal ones.

        As gains never grow, only those are found anew that could be the largest (Minoux 1978).

        :param rates: (u,) gains for the cost, found now or for fewer picked units; changed.
        :param fresh: (u,) which of them are found now; changed.
        """
        while True:
            shown = np.where(free, rates, -np.inf)
            best = int(shown.argmax())
            if fresh[best]:
                return best
            stale = np.flatnonzero(free & ~fresh)
            if len(stale) > _BATCH:
                stale = np.sort(stale[np.argpartition(-rates[stale], _BATCH)[:_BATCH]])
                stale = np.union1d(stale, [best])
            rates[stale] = self._gains(picked, stale) / self._divisor[stale]
            fresh[stale] = True

    def starts(self) -> list[list[int]]:
        """Grow from the unit of largest gain, and from that of largest gain for its cost.

        Units that open come first, where any fits.
        """
        free = self._free([], well=True)
        if not free.any():
            return [[]]
        free = free & self._opens if (free & self._opens).any() else free
        gains = np.where(free, self._gains([], _ALL), -np.inf)
        first = dict.fromkeys(int(rates.argmax()) for rates in (gains, gains / self._divisor))
        return [self.grow([unit]) for unit in first]

    def fill(self, picked: Sequence[int]) -> list[int]:
        """Use a budget up that is not full.

        By exchanges first, then with what reads less well.
        """
        best = list(picked)
        for well in (True, False):
            if not self._is_full(best):
                best = self.grow(best, well=well)
                best = self._exchange(best, well=well, leaving=2 if well else 0)
        return best

    def _cost(self, picked: Sequence[int]) -> int:
        return int(self._costs[list(picked)].sum())

    def _is_full(self, picked: Sequence[int]) -> bool:
        return self._cost(picked) >= FULL * self._limit

    def _free(self, picked: Sequence[int], *, well: bool) -> Mask:
        """Tell which units may still be added: they fit, say something new and read well."""
        free: Mask = (self._costs <= self._limit - self._cost(picked)) & ~self._repeats
        if picked:
            free &= ~self._same[list(picked)].any(axis=0)
        return free & self._needed(picked) & (self._reads_well | (not well))

    def _needed(self, picked: Sequence[int]) -> Mask:
        has = np.zeros(self._rows, dtype=bool)
        has[[row for unit in picked for row in self._units[unit]]] = True
        known = (self._needs >= 0) & has[np.maximum(self._needs, 0)]
        free: Mask = (self._needs == -1) | known
        return free

    def _without(self, picked: Sequence[int], count: int) -> Iterator[list[int]]:
        """Yield the picked units less ``count`` of them, where the rest still reads well."""
        cheapest = sorted(picked, key=lambda unit: self._costs[unit])
        for leaving in islice(combinations(cheapest, count), _LEAVING):
            rest = [unit for unit in picked if unit not in leaving]
            opens = self._opens[rest].any() or not self._opens[list(picked)].any()
            if opens and self._needed(rest)[rest].all():
                yield rest

    def _exchange(self, picked: list[int], *, well: bool, leaving: int) -> list[int]:
        """Replace up to ``leaving`` units by one or two others so that the budget becomes full."""
        if self._is_full(picked):
            return picked
        best, best_value = picked, -np.inf
        for count in range(leaving + 1):
            for rest in self._without(picked, count):
                room = self._limit - self._cost(rest)
                least = np.ceil(FULL * self._limit) - self._cost(rest)
                for entering in self._fillers(rest, room, least, well=well):
                    value = self._value([*rest, *entering])
                    if value > best_value + _TINY:
                        best, best_value = [*rest, *entering], value
            if best is not picked:
                break
        return best

    def _fillers(
        self, rest: list[int], room: float, least: float, *, well: bool
    ) -> Iterator[tuple[int, ...]]:
        """Yield the best single unit, and the best pair, that take ``least`` to ``room``."""
        free = self._free(rest, well=well)
        if not free.any():
            return
        gains = np.where(free, self._gains(rest, _ALL), -np.inf)
        ranked = np.argsort(-gains, kind="stable")[: int(free.sum())]
        single = ranked[self._costs[ranked] >= least]
        if len(single):
            yield (int(single[0]),)
        top = ranked[:_PAIRED]
        sums = self._costs[top][:, None] + self._costs[top]
        fits = np.triu((sums >= least) & (sums <= room), 1)
        pairs = np.argwhere(fits)
        order = np.argsort(-(gains[top][pairs].sum(axis=1)), kind="stable")
        for one, other in top[pairs[order]]:
            if not self._same[one, other]:
                yield int(one), int(other)
                break


def _repeats(candidates: Candidates, unit: tuple[int, ...]) -> bool:
    """Tell whether a unit of several sentences says something twice."""
    return len(unit) > 1 and bool(candidates.same[np.ix_(unit, unit)].sum() > len(unit))


def _between_units(units: Sequence[tuple[int, ...]], related: Mask) -> Mask:
    """Return (u, u) bool: which units have rows that are related."""
    return largest_of_units(units, largest_of_units(units, related).T)


def largest_of_units(
    units: Sequence[tuple[int, ...]], columns: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return (n, u) the largest of the columns of each of u units, of (n, m) columns."""
    found = columns.take([unit[-1] for unit in units], axis=1)
    for place in range(2, max(map(len, units), default=1) + 1):
        longer = [number for number, unit in enumerate(units) if len(unit) >= place]
        others = columns.take([units[number][-place] for number in longer], axis=1)
        found[:, longer] = np.maximum(found[:, longer], others)
    return found

"""Which sentences make the summary: coverage of concepts (default) or MMR, under a budget.

It picks units: a sentence, or a sentence with those before it that it cannot stand without. No two
of those picked say the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, islice
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ..settings import Ranker, Settings
from ..text.table import Concepts, Floats, Mask, Rows, SentenceTable, Vectors
from ..text.tokens import count_words, normalize_space, tokenize
from .redundancy import Redundancy

_TINY = 1e-9


def sentence_costs(table: SentenceTable, measure: str) -> Rows:
    """Return (n,) intp what each sentence takes of a budget.

    :param measure: ``words``, ``sentences`` or ``chars``; in characters each sentence costs one
        more, for the blank behind it.
    """
    if measure == "sentences":
        return np.ones(len(table), dtype=np.intp)
    if measure == "chars":
        costs = (len(normalize_space(text)) + 1 for text in table.texts())
    else:
        costs = (count_words(text.replace("\0", " ")) for text in table.texts())
    return np.fromiter(costs, dtype=np.intp, count=len(table))


def candidate_pool(table: SentenceTable, limit: int, settings: Settings) -> SentenceTable:
    """Return the sentences worth embedding: of those that fit, the ones of most score for cost.

    Where there is a question, it is those most relevant to it.

    :param table: n sentences with ``concept_weight`` and ``cost``.
    :param limit: The budget.
    :return: ``settings.pool_sentences`` of them, or more where these would not fill the budget
        ``settings.pool_budgets`` times. The shortest that can stand alone is among them.
    """
    dense = table.concept_weight / np.maximum(table.cost, 1)
    worth = table.relevance if table.asked else dense
    ranked = np.argsort(-np.where(table.cost <= limit, worth, -np.inf), kind="stable")
    filling = np.searchsorted(np.cumsum(table.cost[ranked]), settings.pool_budgets * limit)
    kept = ranked[: max(settings.pool_sentences, int(filling) + 1)]
    alone = np.flatnonzero(table.stands_alone)
    shortest = alone[[int(table.cost[alone].argmin())]]
    return table.take(np.union1d(kept, shortest))


@dataclass(frozen=True, slots=True)
class Units:
    """What can be picked: u tuples of rows of a pool, in reading order.

    :param rows: The rows of each unit.
    :param flat: (r,) intp, the rows of all units, one unit behind the other.
    :param starts: (u,) intp, where each unit begins in ``flat``.
    :param needs: (u,) intp, the row that must be picked first, or -1 for none.
    :param introduces: (u, k) bool, which of k names each gives in full.
    :param assumes: (u, k) bool, of which it gives a part that must be introduced first.
    :param unfit: (u,) float64, how likely each is unfit for a summary, 0 to 1.
    :param costs: (u,) intp, what each takes of the budget.
    :param states: (u,) bool, whether all of it are statements, and fit ones; the others are picked
        only where the budget stays unfilled.
    :param opens: (u,) bool, units that open their document.
    """

    rows: list[tuple[int, ...]]
    flat: Rows
    starts: Rows
    needs: Rows
    introduces: Mask
    assumes: Mask
    unfit: Floats
    costs: Rows
    states: Mask
    opens: Mask

    def any(self, rows: Mask) -> Mask:
        """Tell which units have one of some rows."""
        return np.asarray(np.logical_or.reduceat(rows[self.flat], self.starts))


def make_units(pool: SentenceTable, limit: int, settings: Settings) -> Units:
    """Return the units of which all that they hold and need is in the pool.

    There is one for each sentence that can stand alone. A sentence that needs the one before it
    makes one together with all it needs, and another for where the one before is picked already.
    The more of the pool the budget takes, the less of it is unfit.
    """
    place = {row: number for number, row in enumerate(pool.row.tolist())}
    units: list[tuple[int, ...]] = []
    needs: list[int] = []
    states: list[bool] = []
    columns = (pool.unit_size, pool.unit_stands, pool.statement, pool.unit_states)
    facts = zip(place.items(), *(column.tolist() for column in columns), strict=True)
    for (row, number), size, stands, statement, all_statements in facts:
        if size == 1:
            if stands:
                units.append((number,))
                needs.append(-1)
                states.append(statement)
            continue
        unit = range(row - size + 1, row + 1)
        if stands and all(member in place for member in unit):
            units.append(tuple(map(place.__getitem__, unit)))
            needs.append(-1)
            states.append(all_statements)
        if row - 1 in place:
            units.append((number,))
            needs.append(place[row - 1])
            states.append(statement)
    lengths = np.array(list(map(len, units)), dtype=np.intp)
    flat = np.array([row for unit in units for row in unit], dtype=np.intp)
    starts = np.cumsum(lengths) - lengths
    needed = np.array(needs, dtype=np.intp)
    introduces, assumes = (
        np.logical_or.reduceat(names[flat], starts) for names in _assumed_names(pool)
    )
    refused = 1 - pool.unfit < (1 - settings.unfit) * left_out(pool, limit)
    return Units(
        rows=units,
        flat=flat,
        starts=starts,
        needs=needed,
        introduces=introduces,
        # What answers a question may need what does not answer it.
        assumes=assumes & ~introduces & (not pool.asked),
        # What follows the sentence that it needs has its context there.
        unfit=np.where(needed < 0, pool.unfit[flat[starts]], 0.0),
        costs=np.add.reduceat(pool.cost[flat], starts),
        states=np.array(states, dtype=bool) & ~np.logical_or.reduceat(refused[flat], starts),
        opens=(pool.position[flat[starts]] == 0) & settings.open_first,
    )


def _assumed_names(pool: SentenceTable) -> tuple[Mask, Mask]:
    """Tell which rows introduce, and which assume, each name that any assumes, (n, k) each."""
    if pool.introduces is None or pool.assumes is None:
        return np.zeros((len(pool), 0), dtype=bool), np.zeros((len(pool), 0), dtype=bool)
    names = np.unique(pool.assumes.numbers)
    return _dense(pool.introduces, names), _dense(pool.assumes, names)


def _dense(sparse: Concepts, numbers: npt.NDArray[np.int32]) -> Mask:
    """Tell which rows have which of some numbers, (n, k)."""
    kept = np.isin(sparse.numbers, numbers)
    dense = np.zeros((len(sparse.offsets) - 1, len(numbers)), dtype=bool)
    dense[sparse.rows[kept], np.searchsorted(numbers, sparse.numbers[kept])] = True
    return dense


class Objective(Protocol):
    """What a search makes large."""

    by_cost: bool

    def gains(self, picked: Sequence[int]) -> Floats:
        """Return (u,) what each unit would add to picked ones."""

    def value(self, picked: Sequence[int]) -> float:
        """Return what picked units are worth together."""


class Coverage:
    """The weight of the concepts of picked units, each counted once (Gillick and Favre 2009).

    :param concepts: The different concept numbers of each unit.
    :param weights: (c,) float64, the weight of each concept, of sum 1 over all sources.
    :param worth: (u,) float64, by how much more each unit is worth than its concepts.
    """

    by_cost = True

    def __init__(self, concepts: Sequence[Rows], weights: Floats, worth: Floats) -> None:
        self._concepts = concepts
        self._worth = worth
        self._flat = np.concatenate(concepts)
        self._offsets = np.cumsum([0, *map(len, concepts)])
        self._weights = weights
        self._flat_weights = weights[self._flat]

    def gains(self, picked: Sequence[int]) -> Floats:
        """Return (u,) the weight of the concepts that picked ones lack, and each one's worth."""
        new = np.where(self._held(picked)[self._flat], 0.0, self._flat_weights)
        sums = np.concatenate([[0.0], np.cumsum(new)])
        return np.asarray(np.diff(sums[self._offsets]) + self._worth)

    def value(self, picked: Sequence[int]) -> float:
        """Return the weight of the concepts of picked units, and their worth."""
        return float(self._weights @ self._held(picked) + self._worth[list(picked)].sum())

    def _held(self, picked: Sequence[int]) -> Mask:
        held = np.zeros(len(self._weights), dtype=bool)
        for unit in picked:
            held[self._concepts[unit]] = True
        return held


class MarginalRelevance:
    """Maximal marginal relevance (Carbonell and Goldstein 1998).

    After the most salient unit, the gain of one is ``(1 - d) * salience - d * similarity``, with
    the largest cosine to a picked one, or 0 where that is negative, for similarity.

    :param salience: (u,) float64, 0 to 1.
    :param vectors: (u, m) float32 unit rows.
    :param diversity: d, 0 to 1: at 0 only salience counts, at 1 only difference.
    """

    by_cost = False

    def __init__(self, salience: Floats, vectors: Vectors, diversity: float) -> None:
        self._salience = salience
        self._vectors = vectors.astype(np.float64)
        self._diversity = diversity

    def gains(self, picked: Sequence[int]) -> Floats:
        """Return (u,) the marginal relevance of each unit."""
        if not picked:
            return self._salience
        similarity = (self._vectors @ self._vectors[list(picked)].T).max(axis=1, initial=0.0)
        return np.asarray((1 - self._diversity) * self._salience - self._diversity * similarity)

    def value(self, picked: Sequence[int]) -> float:
        """Return the salience of picked units."""
        return float(self._salience[list(picked)].sum())


def select(
    pool: SentenceTable,
    weights: Floats,
    limit: int,
    ranker: Ranker,
    diversity: float,
    settings: Settings,
    quotable: Mask | None = None,
    shares: Floats | None = None,
) -> list[int]:
    """Pick the sentences of a summary.

    :param pool: Ranked sentences.
    :param weights: The weight of each concept.
    :param limit: The budget, in the unit of the costs.
    :param diversity: For ``mmr`` alone.
    :param quotable: (n,) bool, the rows that may be quoted; by default all.
    :param shares: How relevant each concept is to a question, which tells where the answer ends.
    :return: Rows of the pool, in the order picked; none where no such sentence can stand alone
        and fits.
    """
    units = make_units(pool, limit, settings)
    allowed = ~units.any(pool.series < 0)
    if quotable is not None:
        allowed &= ~units.any(~quotable)
        if not (allowed & (units.needs == -1) & (units.costs <= limit)).any():
            return []
    objective: Objective
    ending: Objective | None = None
    if ranker == "mmr":
        last = np.array([unit[-1] for unit in units.rows], dtype=np.intp)
        salience = pool.salience[last] * (1 - settings.unfit_loss * units.unfit)
        objective = MarginalRelevance(salience, pool.vectors[last], diversity)
    else:
        assert pool.concepts is not None
        held, weights = _with_news(pool, weights, settings)
        concepts = [
            held[unit[0]] if len(unit) == 1 else np.unique(np.concatenate([held[r] for r in unit]))
            for unit in units.rows
        ]
        objective = Coverage(concepts, weights, _worth(pool, units, limit, settings))
        if shares is not None:
            # What a series says anew is no part of the question.
            shares = np.pad(shares, (0, len(weights) - len(shares)))
            ending = Coverage(concepts, shares, np.zeros(len(concepts)))
    search = BudgetedSearch(
        units,
        Redundancy(pool, settings),
        objective,
        limit,
        settings,
        allowed,
        # What answers a question is not given up for what only fits.
        may_lose_value=not pool.asked,
        ceiling=not settings.fill,
        ending=ending,
    )
    picked = search.complete(max(search.starts(), key=objective.value))
    return [row for unit in picked for row in units.rows[unit]]


def _worth(pool: SentenceTable, units: Units, limit: int, settings: Settings) -> Floats:
    """Return (u,) what units are worth besides their concepts: salience, less what is likely unfit.

    What concepts weigh is learned and salience is counted, so that each makes up for the other on
    texts of a kind that it does not know. In one document salience is no more than position.
    """
    mean = _density(pool.concept_weight, pool.cost, limit)
    salient = pool.salience * pool.cost
    share = settings.salience_share if len(np.unique(pool.document)) > 1 else 0.0
    share *= mean / (_density(salient, pool.cost, limit) or 1.0)
    rest = left_out(pool, limit)
    losses = settings.unfit_loss * rest * mean * units.unfit
    losses *= pool.cost[units.flat[units.starts]]
    return np.asarray(np.add.reduceat(share * salient[units.flat], units.starts) - losses)


def left_out(pool: SentenceTable, limit: int) -> float:
    """Return the share of a pool that a summary leaves out at least."""
    return max(1 - limit / max(int(pool.cost.sum()), 1), 0.0)


def _density(worth: Floats, cost: Rows, limit: int) -> float:
    """Return the worth for their cost of the densest sentences that fill a budget."""
    ranked = np.argsort(-worth / np.maximum(cost, 1), kind="stable")
    filling = ranked[: int(np.searchsorted(np.cumsum(cost[ranked]), limit)) + 1]
    return float(worth[filling].sum() / max(int(cost[filling].sum()), 1))


def _with_news(
    pool: SentenceTable, weights: Floats, settings: Settings
) -> tuple[list[Rows], Floats]:
    """Return the concepts of each row, and their weights; the numbers of a series are one each."""
    assert pool.concepts is not None
    held = [pool.concepts.row(row) for row in range(len(pool))]
    news = np.flatnonzero(pool.series > 0)
    for number, row in enumerate(news.tolist(), len(weights)):
        held[row] = np.append(held[row], number)
    worth = settings.series_news * pool.concepts.totals(weights)[news]
    return held, np.concatenate([weights, worth])


class BudgetedSearch:
    """Greedy growth, then exchanges that use a budget up.

    :param units: What may be picked.
    :param redundancy: For a row, which rows may not stand beside it.
    :param objective: Its gains never grow with what is picked.
    :param limit: The budget, in the unit of the costs.
    :param allowed: (u,) bool, the units that may be picked at all.
    :param may_lose_value: Whether to become full is worth some of the objective.
    :param ceiling: Whether a budget is full where ``settings.enough_share`` of it is used, so that
        no weak unit is added.
    :param ending: What tells whether a unit is weak; by default the objective.
    """

    def __init__(
        self,
        units: Units,
        redundancy: Redundancy | Sequence[Mask],
        objective: Objective,
        limit: int,
        settings: Settings,
        allowed: Mask,
        *,
        may_lose_value: bool = True,
        ceiling: bool = False,
        ending: Objective | None = None,
    ) -> None:
        self._units = units
        self._redundancy = redundancy
        self._objective = objective
        self._ending = ending or objective
        self._limit = limit
        self._settings = settings
        self._may_lose_value = may_lose_value
        self._ceiling = ceiling
        self._full = (settings.enough_share if ceiling else settings.full_share) * limit
        self._opens = units.opens & units.states
        self._divisor = (
            np.maximum(units.costs, 1) if objective.by_cost else np.ones(len(units.rows))
        )
        self._blocked: dict[int, Mask] = {}
        twice = [self._says_twice(unit) for unit in units.rows]
        self._allowed = allowed & ~np.array(twice, dtype=bool)

    def starts(self) -> list[list[int]]:
        """Grow from the unit of largest gain, and from that of largest gain for its cost.

        Under a budget either alone can be arbitrarily bad (Khuller, Moss and Naor 1999). Units that
        open a document come first, where any fits.
        """
        free = self._free([], well=True)
        if not free.any():
            return [[]]
        free = free & self._opens if (free & self._opens).any() else free
        gains = np.where(free, self._objective.gains([]), -np.inf)
        first = dict.fromkeys(int(rates.argmax()) for rates in (gains, gains / self._divisor))
        return [self._grow([unit], well=True) for unit in first]

    def complete(self, picked: list[int]) -> list[int]:
        """Use a budget up that is not full: by exchanges first, then with what reads less well."""
        for well in (True, False):
            if self._cost(picked) < self._full:
                picked = self._grow(picked, well=well)
                picked = self._exchange(picked, well=well, most=2 if well else 0)
        return picked

    def _grow(self, picked: Sequence[int], *, well: bool) -> list[int]:
        """Add units while any fits, the one of largest gain for its cost first."""
        result = list(picked)
        while (free := self._free(result, well=well) & self._strong(result, well=well)).any():
            rates = np.where(free, self._objective.gains(result) / self._divisor, -np.inf)
            result.append(int(rates.argmax()))
        return result

    def _strong(self, picked: list[int], *, well: bool) -> Mask:
        """Tell which units are not too weak to be added, by their gain for their cost."""
        if not self._ceiling or self._cost(picked) < self._full:
            return np.ones(len(self._divisor), dtype=bool)
        mean = self._ending.value(picked) / float(self._divisor[picked].sum())
        rates = self._ending.gains(picked) / self._divisor
        return (rates >= self._settings.least_worth * mean) & well

    def _exchange(self, picked: list[int], *, well: bool, most: int) -> list[int]:
        """Replace up to ``most`` units by one or two others so that the budget becomes full."""
        if self._cost(picked) >= self._full:
            return picked
        for count in range(most + 1):
            found = [
                [*rest, *entering]
                for rest in self._without(picked, count)
                for entering in self._fillers(rest, well=well)
            ]
            if found:
                values = [self._objective.value(units) for units in found]
                # The first of the best; _TINY makes ties independent of rounding.
                best = max(values) - _TINY
                if not self._may_lose_value and best + 2 * _TINY < self._objective.value(picked):
                    continue
                return found[next(n for n, value in enumerate(values) if value > best)]
        return picked

    def _without(self, picked: Sequence[int], count: int) -> Iterator[list[int]]:
        """Yield the picked units less ``count`` of them, where the rest still reads well."""
        cheapest = sorted(picked, key=lambda unit: int(self._units.costs[unit]))
        for leaving in islice(combinations(cheapest, count), self._settings.exchanges):
            rest = [unit for unit in picked if unit not in leaving]
            opens = self._opens[rest].any() or not self._opens[list(picked)].any()
            if opens and self._needed(rest)[rest].all():
                yield rest

    def _fillers(self, rest: list[int], *, well: bool) -> Iterator[tuple[int, ...]]:
        """Yield the best unit, and the best pair, that fill the budget."""
        free = self._free(rest, well=well)
        if not free.any():
            return
        costs, spent = self._units.costs, self._cost(rest)
        least, room = np.ceil(self._full) - spent, self._limit - spent
        gains = np.where(free, self._objective.gains(rest), -np.inf)
        ranked = np.argsort(-gains, kind="stable")[: int(free.sum())]
        single = ranked[costs[ranked] >= least]
        if len(single):
            yield (int(single[0]),)
        top = ranked[: self._settings.exchange_partners]
        sums = costs[top][:, None] + costs[top]
        pairs = np.argwhere(np.triu((sums >= least) & (sums <= room), 1))
        order = np.argsort(-gains[top][pairs].sum(axis=1), kind="stable")
        for one, other in top[pairs[order]].tolist():
            if not self._blocks(one)[other]:
                yield one, other
                break

    def _free(self, picked: Sequence[int], *, well: bool) -> Mask:
        """Tell which units may still be added: they fit, say something new and read well."""
        free: Mask = (self._units.costs <= self._limit - self._cost(picked)) & self._allowed
        for unit in picked:
            free = free & ~self._blocks(unit)
        return free & self._needed(picked) & (self._units.states | (not well))

    def _needed(self, picked: Sequence[int]) -> Mask:
        """Tell which units have what they need among picked ones."""
        has = np.zeros(len(self._redundancy), dtype=bool)
        has[[row for unit in picked for row in self._units.rows[unit]]] = True
        needs = self._units.needs
        found = (needs == -1) | has[np.maximum(needs, 0)] & (needs >= 0)
        known = self._units.introduces[list(picked)].any(axis=0)
        return np.asarray(found & ~(self._units.assumes & ~known).any(axis=1))

    def _blocks(self, unit: int) -> Mask:
        """Tell which units may not stand beside one."""
        if unit not in self._blocked:
            rows = [self._redundancy[row] for row in self._units.rows[unit]]
            self._blocked[unit] = self._units.any(np.logical_or.reduce(rows))
        return self._blocked[unit]

    def _says_twice(self, unit: tuple[int, ...]) -> bool:
        return any(self._redundancy[one][other] for one, other in combinations(unit, 2))

    def _cost(self, picked: Sequence[int]) -> int:
        return int(self._units.costs[list(picked)].sum())


def take_densest(table: SentenceTable, limit: int, allowed: Mask) -> list[int]:
    """Pick sentences by score for their cost while they fit, and nothing twice.

    For budgets that take nearly everything. Of sentences of the same words the first is picked, or
    one that another needs.

    :param table: n sentences with ``concept_weight``, ``cost`` and ``unit_size``.
    :param limit: The budget.
    :param allowed: (n,) bool, what may be picked.
    :return: Rows, ascending.
    """
    contents = [_content(text) for text in table.texts()]
    needs = np.where(table.unit_size > 1, np.arange(len(table)) - 1, -1)
    copy = _copies_to_pick(contents, needs)
    ranked = np.argsort(-table.concept_weight / np.maximum(table.cost, 1), kind="stable").tolist()
    waiting = [row for row in ranked if copy[contents[row]] == row and allowed[row]]
    picked: set[int] = set()
    while True:
        passed: list[int] = []
        for row in waiting:
            if table.cost[row] <= limit and (needs[row] < 0 or int(needs[row]) in picked):
                picked.add(row)
                limit -= int(table.cost[row])
            else:
                passed.append(row)
        if len(passed) == len(waiting):
            return sorted(picked)
        waiting = passed


def _content(text: str) -> bytes:
    """Return what tells a sentence from those of other words."""
    said = "\n".join(tokenize(text)) or text
    return blake2b(said.encode(errors="surrogatepass"), digest_size=16).digest()


def _copies_to_pick(contents: Sequence[bytes], needs: Rows) -> dict[bytes, int]:
    """Choose one row for each content, where it can be one that a chosen row needs."""
    copy: dict[bytes, int] = {}
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

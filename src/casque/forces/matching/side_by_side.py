"""The fill of large problems: searches side by side, and beside them a bound house by house whose plans the last searches begin from."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from casque.forces.matching.annealing import Leads, annealed, leads
from casque.forces.matching.budget import STEPS, Budget
from casque.forces.matching.by_house import house_bound, separable
from casque.forces.matching.cut_process import Effort
from casque.forces.matching.heat import charges, heat
from casque.forces.matching.instance import NONE, Array, Matching
from casque.forces.matching.pricing import Priced

CHAINS = 2
"""Searches side by side; fixed, so that the machine has no say in the answer."""

SHARES = (0.2, 0.4, 0.4)
"""Parts of the budget for the three turns of search."""

HOT, COLD = ((0.2, 0.2), (0.1, 0.1), (0.1, 0.05)), 0.006
"""Heat at the beginning of each turn, by search, and at the end, as shares of what a column is worth."""

WIDE = 0.08
"""What a column may give away at the prices, as a share of what a column is worth, to be looked at."""

NODES = 1
"""Nodes of the search tree for each house."""

APART = 80_000
"""Columns up to which each house is looked at apart; beyond, the work of it is out of proportion to the bound."""


@dataclass
class _Best:
    taken: Array
    value: int
    bound: int
    tell: Callable[[int, int], None]

    def offer(self, taken: Array, value: int) -> None:
        """Takes a plan that is better."""
        if value > self.value:
            self.taken, self.value = np.sort(taken), value
            self.tell(self.value, self.bound)


def searched(
    matching: Matching, budget: Budget, prices: Priced, taken: Array, value: int, bound: int, tell: Callable[[int, int], None]
) -> tuple[Array, int, int]:
    """A plan that is no worse, its value, and a bound that is no worse."""
    best = _Best(taken, value, bound, tell)
    tried = leads(matching, np.union1d(np.flatnonzero(prices.slack <= heat(matching, WIDE)), taken))
    other = np.flatnonzero(prices.prices.taken > 0.5)
    whole = max(0.0, budget.left)
    for turn, share in enumerate(SHARES):
        if best.value >= best.bound:
            break
        budget.left -= share * whole
        with ThreadPoolExecutor(CHAINS) as pool:
            starts = (best.taken, other)
            running = [
                pool.submit(
                    _search,
                    matching,
                    prices,
                    start,
                    tried,
                    HOT[turn][chain],
                    int(share * whole * STEPS),
                    budget.seed * 1000 + 10 * turn + chain,
                )
                for chain, start in enumerate(starts)
            ]
            if turn == 1 and separable(matching) and matching.columns <= APART:
                other = _by_house(matching, prices, best, running, Effort(NODES, budget.seed, budget.workers))
            for found in running:
                best.offer(*found.result())
    return best.taken, best.value, best.bound


def _search(matching: Matching, prices: Priced, start: Array, tried: Leads, share: float, steps: int, seed: int) -> tuple[Array, int]:
    hot, cold = heat(matching, share), heat(matching, COLD)
    return annealed(matching, start, tried, charges(matching, prices), max(1_000, steps), hot, cold, seed)


def _by_house(matching: Matching, prices: Priced, best: _Best, running: list[Future[tuple[Array, int]]], effort: Effort) -> Array:
    """Betters the bound house by house, telling of the searches that end meanwhile; gives the houses' plans as one, each unit once."""
    told: set[int] = set()

    def between() -> None:
        for number, search in enumerate(running):
            if number not in told and search.done():
                told.add(number)
                best.tell(max(best.value, search.result()[1]), best.bound)

    near = np.flatnonzero(prices.slack <= prices.bound - best.value)
    limit, plans = house_bound(matching, prices.prices, np.union1d(near, best.taken), effort, between)
    if limit is not None:
        # A plan that takes another column is worth no more than the one at hand.
        best.bound = min(best.bound, max(best.value, limit))
    place = np.full(matching.units, NONE)
    for plan in plans:
        free = place[matching.unit[plan]] < 0
        place[matching.unit[plan[free]]] = plan[free]
    return place[place >= 0]

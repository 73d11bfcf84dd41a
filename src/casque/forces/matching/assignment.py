"""The plan of a matching problem that is generalised assignment: knapsack prices name a small core of columns, and
exchanges search that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from casque.forces.matching.budget import Budget
from casque.forces.matching.exchange import exchanged
from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.knapsacks import packed
from casque.forces.matching.pricing import Priced

ROUNDS = 1_500
"""Rounds of prices before the core is named; as many follow on the core."""

SELDOM = 0.002
"""Columns taken less often than this in the last rounds are outside the core."""

LOOKS = 80_000_000
"""Looks of the exchange search that count as one second."""

CHAINS = 2
"""Searches side by side; their number is fixed, so that the machine has no say in the answer."""

UNKNOWN = -(10**12)
"""The value before any plan keeps its rows."""


def assigned(matching: Matching, budget: Budget, prices: Priced) -> tuple[Array | None, int, int]:
    """The best plan that a budget allows, its value, and a proven bound; no plan where none that keeps its rows was found."""
    order = np.lexsort((-prices.prices.taken, matching.unit))
    start = np.sort(order[np.searchsorted(matching.unit[order], np.arange(matching.units))])
    fees = 1.2 * np.maximum(prices.prices.row, 0.1)
    ranked = order_by_slack(matching, prices.slack)
    wide = np.sort(ranked[ranked >= 0])
    taken, value, bound, paid, often = packed(matching, start, UNKNOWN, wide, prices.prices.unit, fees, ROUNDS, budget.seed)
    bound = min(bound, prices.bound)
    core = np.union1d(np.flatnonzero(often > SELDOM), taken)
    taken, value, second, _, _ = packed(matching, taken, value, core, paid, fees, 2 * ROUNDS, budget.seed + 1)
    bound = min(bound, second)
    budget.left -= 2.0
    looks = int(max(0.05, budget.left / 4) * LOOKS)

    def search(chain: int) -> tuple[Array, int]:
        found, worth = taken, value
        for part in range(4):
            better, now = exchanged(matching, found, core, fees, looks, budget.seed + 100 * chain + part)
            if now > worth:
                found, worth = better, now
        return found, worth

    if value < bound:
        with ThreadPoolExecutor(CHAINS) as pool:
            found = list(pool.map(search, range(CHAINS)))
        taken, value = max([(taken, value), *found], key=lambda pair: pair[1])
    budget.left = 0.0
    return (None, UNKNOWN, bound) if value <= UNKNOWN else (taken, value, bound)


def order_by_slack(matching: Matching, slack: Array) -> Array:
    """The columns of each unit that give away least at the prices, up to a dozen of each, as a flat array padded with -1."""
    order = np.lexsort((slack, matching.unit))
    units = matching.unit[order]
    rank = np.arange(len(order)) - np.searchsorted(units, units)
    return np.where(rank < 12, order, -1)

"""Finds the best plan of a matching problem: the fill with its bound, then the points level by level at that fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from casque.errors import CasqueBug
from casque.forces.matching.annealing import annealed, leads
from casque.forces.matching.assignment import assigned
from casque.forces.matching.budget import Budget
from casque.forces.matching.cutting import cut
from casque.forces.matching.earnings import allowed, points_of, value_of
from casque.forces.matching.exchange import fits
from casque.forces.matching.heat import ceiling, charges, heat
from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.neighbourhood import exact, ordered, refilled
from casque.forces.matching.pricing import Priced, priced
from casque.forces.matching.side_by_side import searched

SMALL = 4_000
"""Columns up to which the whole problem is put to the solver at once."""

CUT = 8_000
"""Columns up to which cutting planes tighten the bound."""

NODES = 10
"""Nodes of the search tree for each second of the budget, with a thousand columns."""

Progress = Callable[[int, int], None]
"""Called with value and bound whenever one of them is better."""


@dataclass(frozen=True)
class Found:
    """Columns taken, rising, what they are worth, a proven bound, their points by level, and the levels proven best, from the first on."""

    taken: Array
    value: int
    bound: int
    points: tuple[int, ...]
    proven: int = 0


def solved(matching: Matching, budget: Budget, start: Array | None = None, levels: bool = True, progress: Progress | None = None) -> Found:
    """The best plan that a budget allows, begun from a plan that is allowed. Raises CasqueBug where a value passes its bound."""
    taken = np.zeros(0, np.int64) if start is None else np.sort(np.asarray(start, np.int64))
    if not matching.columns:
        return Found(taken, 0, 0, points_of(matching, taken), matching.levels)
    half = replace(budget, left=budget.left * (0.5 if levels and matching.levels else 1.0))
    kept = budget.left - half.left
    taken, bound = filled(matching, half, taken, progress)
    value = value_of(matching, taken)
    if value > bound or not allowed(matching, taken):
        raise CasqueBug(f"a plan is worth {value}, which its bound {bound} rules out, or breaks its limits")
    budget.left, proven = kept + half.left, 0
    if levels:
        taken, proven = ordered(matching, budget, taken, value == bound)
    return Found(taken, value_of(matching, taken), bound, points_of(matching, taken), proven)


def filled(matching: Matching, budget: Budget, taken: Array, progress: Progress | None = None) -> tuple[Array, int]:
    """The best fill that a budget allows, and a proven bound on every fill."""
    tell = progress or (lambda *_: None)
    value = value_of(matching, taken)
    taken, value = quick(matching, budget, taken, value)
    tell(value, ceiling(matching))
    prices = priced(matching)
    if prices is not None and fits(matching):
        return _assigned(matching, budget, taken, prices, progress)
    bound = ceiling(matching) if prices is None else min(ceiling(matching), prices.bound)
    if value < bound and matching.columns <= SMALL:
        taken, bound = exact(matching, budget, taken, bound, 0.25)
        value = value_of(matching, taken)
    tell(value, bound)
    if prices is None:
        return refilled(matching, budget, taken, value, np.arange(matching.columns), budget.left, budget.seed)[0], bound
    if value < bound and matching.columns > SMALL and budget.left > 0.01:
        taken, value, bound = searched(matching, replace(budget), prices, taken, value, bound, tell)
        budget.left *= 0.4
    if value < bound and matching.columns <= CUT and budget.left > 0.5:
        taken, bound = _branched(matching, budget, taken, value, bound, prices)
        value = value_of(matching, taken)
        tell(value, bound)
    if value < bound and budget.left > 0.01 and matching.columns <= CUT:
        near = np.union1d(np.flatnonzero(prices.slack <= heat(matching, 0.3)), taken)
        taken, value = refilled(matching, budget, taken, value, near, budget.left, budget.seed)
        tell(value, bound)
    return taken, bound


def quick(matching: Matching, budget: Budget, taken: Array, value: int) -> tuple[Array, int]:
    """A first plan by a short search among all columns."""
    if matching.exactly:
        return taken, value
    steps = budget.steps(150 * matching.units + 2_000)
    fees = charges(matching, None)
    found, worth = annealed(
        matching,
        taken,
        leads(matching, np.arange(matching.columns)),
        fees,
        steps,
        heat(matching, 0.05),
        heat(matching, 0.005),
        budget.seed,
    )
    return (found, worth) if worth > value else (taken, value)


def _assigned(matching: Matching, budget: Budget, taken: Array, prices: Priced, progress: Progress | None) -> tuple[Array, int]:
    found, value, bound = assigned(matching, budget, prices)
    if found is None:
        if not allowed(matching, taken):
            raise CasqueBug("every unit must have a column, and no plan in which the rows hold was found")
        return taken, bound
    if allowed(matching, taken) and value_of(matching, taken) > value:
        found, value = taken, value_of(matching, taken)
    if progress is not None:
        progress(value, bound)
    return found, bound


def _branched(matching: Matching, budget: Budget, taken: Array, value: int, bound: int, prices: Priced | None) -> tuple[Array, int]:
    """Cutting planes over the columns that a better plan could take; a plan of the others is worth no more than this one."""
    columns = np.arange(matching.columns)
    if prices is not None:
        columns = np.union1d(columns[prices.slack <= prices.bound - value], taken)
    nodes = max(1, int(NODES * budget.left * 1000 / max(1_000, len(columns))))
    found, limit = cut(matching, columns, nodes, budget.seed)
    budget.left *= 0.5
    if found is not None and allowed(matching, found) and value_of(matching, found) > value:
        taken, value = np.sort(found), value_of(matching, found)
    return taken, bound if limit is None else min(bound, max(value, limit))

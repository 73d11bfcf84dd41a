"""Prices of elements: from the linear relaxation, and from the bids that pieces made; and what each element earns at prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from casque.forces.arrays import arrays
from casque.forces.blocks import blocks
from casque.forces.linear import taken
from casque.forces.matching.certificate import SCALE, certified_bound, worth
from casque.forces.matching.relaxation import relaxed
from casque.forces.problem import Problem

MOST_COLUMNS = 12_000
"""Columns above which no ledger is drawn up."""


def priced(problem: Problem, free: frozenset[int]) -> dict[int, int]:
    """Shadow prices, in tenths of weighted people-months, of the elements that could serve in several pieces, by the linear relaxation."""
    if not free:
        return {}
    solver = pywraplp.Solver.CreateSolver("GLOP")
    options = taken(solver, problem)
    goal = solver.Objective()
    for block in blocks(problem):
        sources = [solver.Constraint(-solver.infinity(), 0) for _ in block.classes]
        for source, there in zip(sources, block.classes, strict=True):
            for index, people in there:
                source.SetCoefficient(options.shares[index], -people)
        for group in block.wanted:
            demand = solver.Constraint(-solver.infinity(), group.demand)
            for position in group.classes:
                flow = solver.NumVar(0, solver.infinity(), "")
                sources[position].SetCoefficient(flow, 1)
                demand.SetCoefficient(flow, 1)
                goal.SetCoefficient(flow, block.months * group.weight)
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return dict.fromkeys(sorted(free), 0)
    return {unit: max(0, round(options.places[unit].dual_value())) for unit in sorted(free)}


def sharpened(bids: Sequence[Sequence[tuple[int, frozenset[int]]]], free: Sequence[int]) -> dict[int, int]:
    """Prices of the free elements from bids seen so far, each its fill before prices and the free elements it takes, by piece.

    The bids are the columns of a Dantzig-Wolfe master problem; its dual prices lie where no combination of bids seen so far does better.
    """
    solver = pywraplp.Solver.CreateSolver("GLOP")
    rows = {unit: solver.Constraint(-solver.infinity(), 1) for unit in free}
    goal = solver.Objective()
    for seen in bids:
        one = solver.Constraint(-solver.infinity(), 1)
        for value, served in seen:
            share = solver.NumVar(0, solver.infinity(), "")
            one.SetCoefficient(share, 1)
            goal.SetCoefficient(share, value)
            for unit in sorted(served):
                rows[unit].SetCoefficient(share, 1)
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return dict.fromkeys(free, 0)
    return {unit: max(0, round(row.dual_value())) for unit, row in rows.items()}


@dataclass(frozen=True)
class Ledger:
    """What no plan can fill more than at the prices of the linear relaxation, and what each element earns of it, by position."""

    bound: int
    earns: tuple[int, ...]

    def without(self, gone: frozenset[int]) -> int:
        """What no plan can fill more than once some elements are gone: the prices still hold, and nobody pays what those earned."""
        return self.bound - sum(self.earns[unit] for unit in gone)


def ledger(problem: Problem) -> Ledger | None:
    """The ledger of a problem; none where it is large, or the solver gave up."""
    if len(problem.options) > MOST_COLUMNS or not problem.options:
        return None
    matching = arrays(problem).matching
    prices = relaxed(matching)
    if prices is None:
        return None
    best = np.zeros(matching.units, np.int64)
    np.maximum.at(best, matching.unit, worth(matching, prices))
    return Ledger(certified_bound(matching, prices), tuple((best // SCALE).tolist()))

"""What no plan can fill more of, on average over some futures: a linear relaxation over groups of like futures.

The fill of a plan is concave in the people that its options bring (it is the value of a linear program in its right-hand side), so its mean
over a group of futures is at most its fill with the mean people of that group (Jensen). One linear program over all groups at once, in
which an element may be split over options, is therefore a bound for every plan; the more groups, the tighter. The plan that is best at its
worst tenth is bounded in the same way on any tenth of the futures, since no plan's worst tenth is better than any other tenth of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from casque.forces.futures.cells import Cells, People, Whole
from casque.forces.linear import taken
from casque.forces.problem import Problem

MOST_GROUPS = 40
"""Most groups of like futures."""
SIZE = 9_000
"""Demands x kinds x groups up to which futures are told apart."""
MOST_SIZE = 40_000
"""Demands x kinds above which no relaxation is tried."""


def bound(problem: Problem, cells: Cells, people: People, total: Whole) -> float | None:
    """Most that any plan can fill on average over the futures, in tenths of weighted people-months; None where it was not worked out.

    `total` is the fill of a plan by future; futures are grouped by it.
    """
    size = max(1, len(cells.open))
    if size > MOST_SIZE:
        return None
    groups = max(1, min(MOST_GROUPS, len(total), SIZE // size))
    cut = np.array_split(np.argsort(total, kind="stable"), groups)
    solver = pywraplp.Solver.CreateSolver("GLOP")
    takes = taken(solver, problem).shares
    goal = solver.Objective()
    for part in cut:
        mean = people[:, part, :].mean(axis=1)
        _group(solver, problem, cells, takes, mean, goal, len(part) / len(total))
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return float(goal.Value())


def _group(
    solver: pywraplp.Solver,
    problem: Problem,
    cells: Cells,
    takes: Sequence[pywraplp.Variable],
    mean: NDArray[np.float64],
    goal: pywraplp.Objective,
    share: float,
) -> None:
    """Adds the flows of one group of futures: its people by option and month over the demands of every cell."""
    sources = [solver.Constraint(-solver.infinity(), 0) for _ in range(int(cells.kinds[-1]))]
    for index in range(len(problem.options)):
        for month, kind in enumerate(cells.kind[index].tolist()):
            if kind >= 0 and mean[index, month] > 0:
                sources[kind].SetCoefficient(takes[index], -float(mean[index, month]))
    for cell in range(len(cells.kinds) - 1):
        first, count = int(cells.kinds[cell]), int(cells.kinds[cell + 1] - cells.kinds[cell])
        for demand in range(int(cells.groups[cell]), int(cells.groups[cell + 1])):
            row = solver.Constraint(-solver.infinity(), float(cells.demand[demand]))
            for position in range(count):
                if cells.open[cells.opens[demand] + position]:
                    flow = solver.NumVar(0, solver.infinity(), "")
                    sources[first + position].SetCoefficient(flow, 1)
                    row.SetCoefficient(flow, 1)
                    goal.SetCoefficient(flow, share * float(cells.weight[demand]))

"""What a unit is worth at the margin, from the linear relaxation: the price at which sectors bid for units that could serve in several."""

from __future__ import annotations

from typing import Any

from ortools.linear_solver import pywraplp

from casque.forces.problem import Problem
from casque.forces.variables import blocks


def free_units(problem: Problem) -> tuple[int, ...]:
    """Units that could serve in more than one sector."""
    return tuple(unit for unit, options in enumerate(problem.by_unit) if len({problem.sector_of(index) for index in options}) > 1)


def prices(problem: Problem) -> dict[int, int]:
    """Shadow price, in tenths of weighted people-months, of every unit that could serve in more than one sector."""
    free = free_units(problem)
    if not free:
        return {}
    solver = pywraplp.Solver.CreateSolver("GLOP")
    takes = [solver.NumVar(0, solver.infinity(), "") for _ in problem.options]
    places: dict[int, Any] = {}
    for unit, options in enumerate(problem.by_unit):
        if options:
            places[unit] = row = solver.Constraint(-solver.infinity(), 1)
            for index in options:
                row.SetCoefficient(takes[index], 1)
    goal = solver.Objective()
    for block in blocks(problem):
        sources = [solver.Constraint(-solver.infinity(), 0) for _ in block.classes]
        for source, units in zip(sources, block.classes, strict=True):
            for index, people in units:
                source.SetCoefficient(takes[index], -people)
        for group in block.groups:
            demand = solver.Constraint(-solver.infinity(), group.demand)
            for position in group.classes:
                flow = solver.NumVar(0, solver.infinity(), "")
                sources[position].SetCoefficient(flow, 1)
                demand.SetCoefficient(flow, 1)
                goal.SetCoefficient(flow, block.months * group.weight)
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return dict.fromkeys(free, 0)
    return {unit: max(0, round(places[unit].dual_value())) for unit in free}

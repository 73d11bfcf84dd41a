"""The columns of a matching problem in a linear program: shares of them, one place in all for each element, and the hard limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from casque.forces.problem import Problem


@dataclass(frozen=True)
class Taken:
    """How much of each option is taken."""

    shares: Sequence[pywraplp.Variable]
    """By option."""
    places: Mapping[int, pywraplp.Constraint]
    """The one place of each element that has an option."""


def taken(solver: pywraplp.Solver, problem: Problem) -> Taken:
    """Adds the options of a problem to a linear program. The nations in a sector are left aside."""
    shares = [solver.NumVar(0, solver.infinity(), "") for _ in problem.options]
    places: dict[int, pywraplp.Constraint] = {}
    for unit, options in enumerate(problem.by_unit):
        if options:
            places[unit] = row = solver.Constraint(-solver.infinity(), 1)
            for index in options:
                row.SetCoefficient(shares[index], 1)
    for limit in problem.limits:
        row = solver.Constraint(-solver.infinity(), limit.most)
        for index, amount in zip(limit.options, limit.amounts, strict=True):
            row.SetCoefficient(shares[index], amount)
    return Taken(shares, places)

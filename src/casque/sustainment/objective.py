"""Objectives of the distribution program: first meet the demand, the scarcest classes first; then fill the stocks and drive little."""

from __future__ import annotations

from typing import Any

from casque.sustainment.demand import CLASSES
from casque.sustainment.problem import Problem
from casque.sustainment.variables import Variables

SHORT = tuple(1000.0 * 3.0 ** (len(CLASSES) - 1 - position) for position in range(len(CLASSES)))
"""Penalty for a tonne not delivered, by class: each counts three times the next, so that it goes first."""

LACK_LEAST = 1.0
"""Penalty for a tonne below the least stock for a day. This and the next weights rank plans with the same shortfall."""

LACK_TARGET = 0.1
"""Penalty for a tonne between least and target for a day."""

LACK_DEPOT = 0.01
"""Penalty for a tonne below a depot's level for a day."""

HOLDING = 1e-4
"""Penalty for a tonne in stock at a base for a day: nothing is brought long before it is wanted, unless it would else come too late."""

KILOMETRE = 1e-6
"""Penalty for a tonne over a kilometre: decides between equal plans."""

EARLINESS = 0.1
"""By how much the first period's shortfall weighs more than the last one's: stocks are used up before people go short."""


Terms = list[tuple[Any, float]]
"""Variables with their coefficients."""


def shortfall_terms(problem: Problem, made: Variables) -> Terms:
    """The weighted shortfall."""
    return [(short, penalty(problem, supply_class, period)) for (_, supply_class, period), short in made.short.items()]


def upkeep_terms(problem: Problem, made: Variables) -> Terms:
    """Lacks below the stocks wanted, holding and tonne-kilometres."""
    length = problem.periods.length
    terms: Terms = []
    for lacks, weight in ((made.lack_least, LACK_LEAST), (made.lack_target, LACK_TARGET), (made.lack_depot, LACK_DEPOT)):
        terms += [(lack, weight * length[period]) for (_, _, period), lack in lacks.items()]
    terms += [(stock, HOLDING * length[period]) for (_, _, period), stock in made.stock.items()]
    for (position, way, period), flow in made.way.items():
        path = problem.pairs[position].ways[way]
        terms.append((flow, KILOMETRE * (path.road + path.rail + 1.0) * length[period]))
    return terms


def minimise(solver: Any, terms: Terms) -> None:
    """Make these terms the objective, in place of any other."""
    objective = solver.Objective()
    objective.Clear()
    for variable, coefficient in terms:
        objective.SetCoefficient(variable, coefficient)
    objective.SetMinimization()


def penalty(problem: Problem, supply_class: int, period: int) -> float:
    """Penalty for a tonne a day short over a period."""
    length, first = problem.periods.length, problem.periods.first
    span = first[-1] + length[-1] - first[0]
    return SHORT[supply_class] * length[period] * (1.0 + EARLINESS * (1.0 - (first[period] - first[0]) / span))

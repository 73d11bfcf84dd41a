"""Objective of the distribution program: meet the demand in the order of the classes, then fill the stocks, then drive little."""

from __future__ import annotations

from typing import Any

from casque.sustainment.demand import CLASSES
from casque.sustainment.problem import Problem
from casque.sustainment.variables import Variables

SHORT = tuple(1000.0 * 3.0 ** (len(CLASSES) - 1 - position) for position in range(len(CLASSES)))
"""Penalty for a tonne not delivered, by class: each counts three times the next, so that it goes first."""

LACK_LEAST = 1.0
"""Penalty for a tonne below the least stock for a day: a year of it weighs less than a tonne of the last class that is not delivered."""

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


def add_objective(solver: Any, problem: Problem, made: Variables) -> None:
    """Minimise the weighted shortfalls, lacks and tonne-kilometres."""
    objective, length = solver.Objective(), problem.periods.length
    for (_, supply_class, period), short in made.short.items():
        objective.SetCoefficient(short, penalty(problem, supply_class, period))
    for lacks, weight in ((made.lack_least, LACK_LEAST), (made.lack_target, LACK_TARGET), (made.lack_depot, LACK_DEPOT)):
        for (_, _, period), lack in lacks.items():
            objective.SetCoefficient(lack, weight * length[period])
    for (_, _, period), stock in made.stock.items():
        objective.SetCoefficient(stock, HOLDING * length[period])
    for (position, way, period), flow in made.way.items():
        path = problem.pairs[position].ways[way]
        objective.SetCoefficient(flow, KILOMETRE * (path.road + path.rail + 1.0) * length[period])
    objective.SetMinimization()


def penalty(problem: Problem, supply_class: int, period: int) -> float:
    """Penalty for a tonne a day short over a period."""
    length, first = problem.periods.length, problem.periods.first
    span = first[-1] + length[-1] - first[0]
    return SHORT[supply_class] * length[period] * (1.0 + EARLINESS * (1.0 - (first[period] - first[0]) / span))

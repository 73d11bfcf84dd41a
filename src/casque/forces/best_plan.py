"""The best plan of a matching problem, from the matching core: fill first, then risk, cohesion, burden and cost at that fill."""

from __future__ import annotations

import numpy as np

from casque.errors import CasqueBug
from casque.forces.arrays import arrays
from casque.forces.matching.budget import Budget
from casque.forces.matching.solution import Progress, solved
from casque.forces.optimum import Plan, certified, value_of
from casque.forces.problem import Problem


def best_plan(problem: Problem, budget: Budget, start: tuple[int, ...] = (), levels: bool = True, progress: Progress | None = None) -> Plan:
    """The best plan that a budget allows, begun from options that keep every limit.

    Deterministic: the budget counts work, not time. Without `levels` only the fill is looked at. `progress` is told value and bound.
    Raises CasqueBug where the plan is not worth what the core says it is.
    """
    within = arrays(problem)
    found = solved(within.matching, budget, within.columns[np.array(start, np.int64)], levels, progress)
    taken = within.taken(found.taken)
    if value_of(taken, problem) != found.value:
        raise CasqueBug(f"a plan fills {value_of(taken, problem)}, not the {found.value} that the matching core counts")
    plan = certified(taken, found.value, min(problem.wanted, found.bound))
    return Plan(plan.taken, plan.value, plan.bound, plan.status, found.points, found.proven)


def best_fill(problem: Problem, budget: Budget, start: tuple[int, ...] = ()) -> Plan:
    """The plan with the largest weighted fill that a budget allows, whatever points it has."""
    return best_plan(problem, budget, start, levels=False)

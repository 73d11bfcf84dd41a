"""Distribution: deliveries and stocks over time as a linear program, solved by GLOP, and the daily ledger that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from casque.mission.mission import Mission
from casque.plan.record import Outcome, gap_between
from casque.sustainment.constraints import add_balances, add_carriage
from casque.sustainment.demand import CLASSES, Array, Demand
from casque.sustainment.objective import Terms, minimise, penalty, shortfall_terms, upkeep_terms
from casque.sustainment.problem import Problem, contracted
from casque.sustainment.variables import Variables, variables

_STATUS = {0: "optimal", 1: "feasible", 2: "infeasible"}
_SOLVED = ("optimal", "feasible")

_ROUNDING = 1e-6
"""Share of the weighted shortfall, taken as 1,000 or more, that is the solver's rounding: a gram of the last class."""


@dataclass(frozen=True)
class Distribution:
    """Solution of the program."""

    outcome: Outcome
    """Weighted shortfall and the least that any plan can reach; the program always has a solution, to deliver nothing."""
    upkeep: float
    """Lacks and distances together, the least that goes with the least shortfall."""
    flow: dict[tuple[int, int, int], float]
    """Tonnes a day by pair, class and period."""
    way: dict[tuple[int, int, int], float]
    """Tonnes a day by pair, way and period."""
    received: Array
    """Tonnes a day hauled to each base by class and period."""
    short: Array
    """Tonnes a day of demand not met by base, class and period."""
    depots: Array
    """Tonnes in each depot by class at the end of the period."""


def distribute(mission: Mission, problem: Problem, deterministic_seconds: float) -> Distribution:
    """Least weighted shortfall, and of the plans that reach it the one with the least lacks and distances.

    Both are minimised together first: a plan that leaves no shortfall, or the least shortfall by itself, is then the answer. Where it
    leaves more, the least shortfall is held fast and the rest minimised again. GLOP is exact and deterministic; each of its runs may take
    `deterministic_seconds`, and stopped early it gives a feasible plan, or none at all (`unknown`).
    """
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetSolverSpecificParametersAsString(f"max_deterministic_time: {deterministic_seconds} use_dual_simplex: false")
    made = variables(solver, problem)
    add_balances(solver, problem, made)
    add_carriage(solver, mission, problem, made)
    shortfall, upkeep = shortfall_terms(problem, made), upkeep_terms(problem, made)
    status, plan = _solve(solver, problem, made, shortfall + upkeep, upkeep)
    if status not in _SOLVED or plan.outcome.status == "optimal":
        return plan
    proof, least = _solve(solver, problem, made, shortfall, upkeep)
    bound = least.outcome.value if proof == "optimal" else 0.0
    if proof == "optimal" and plan.outcome.value > bound + _rounding(bound):
        _hold(solver, shortfall, bound)
        status, again = _solve(solver, problem, made, upkeep, upkeep)
        plan = again if status in _SOLVED else least
    return replace(plan, outcome=_outcome(True, plan.outcome.value, bound))


def _rounding(shortfall: float) -> float:
    return _ROUNDING * max(1000.0, shortfall)


def _hold(solver: Any, terms: Terms, bound: float) -> None:
    """No plan with more than this shortfall; scaled, since the solver's tolerance is an absolute one."""
    scale = max((coefficient for _, coefficient in terms), default=1.0)
    row = solver.Constraint(-solver.infinity(), (bound + _rounding(bound) / 2) / scale)
    for variable, coefficient in terms:
        row.SetCoefficient(variable, coefficient / scale)


def _solve(solver: Any, problem: Problem, made: Variables, terms: Terms, upkeep: Terms) -> tuple[str, Distribution]:
    """Least of some terms: how the solver ended, and its plan, whose outcome claims only what needs no proof."""
    minimise(solver, terms)
    status = _STATUS.get(solver.Solve(), "unknown")
    return status, _read(problem, made, status in _SOLVED, upkeep)


def _outcome(solved: bool, value: float, bound: float) -> Outcome:
    """Outcome of a plan whose shortfall cannot fall below the bound; what rounding alone leaves between them is no gap."""
    if not solved:
        return Outcome(status="unknown", value=value, bound=bound, gap=gap_between(value, bound), sense="least")
    if value <= bound + _rounding(bound):
        return Outcome(status="optimal", value=value, bound=value, gap=0.0, sense="least")
    return Outcome(status="feasible", value=value, bound=bound, gap=gap_between(value, bound), sense="least")


def _read(problem: Problem, made: Variables, solved: bool, upkeep: Terms) -> Distribution:
    values = {
        name: {key: max(0.0, variable.solution_value()) if solved else 0.0 for key, variable in getattr(made, name).items()}
        for name in ("flow", "way", "depot", "short")
    }
    received, short, depots = (
        np.zeros_like(problem.demand),
        np.zeros_like(problem.demand),
        np.zeros((*problem.depot_opening.shape, problem.demand.shape[-1])),
    )
    for (position, supply_class, period), tonnes in values["flow"].items():
        if problem.pairs[position].target == "base":
            received[problem.pairs[position].target_at, supply_class, period] += tonnes
    for key in made.short:
        short[key] = values["short"][key] if solved else problem.demand[key]
    for key, tonnes in values["depot"].items():
        depots[key] = tonnes if solved else problem.depot_opening[key[:2]]
    weighted = float(sum(short[key] * penalty(problem, key[1], key[2]) for key in made.short))
    cost = sum(coefficient * variable.solution_value() for variable, coefficient in upkeep) if solved else 0.0
    return Distribution(_outcome(solved, weighted, 0.0), cost, values["flow"], values["way"], received, short, depots)


@dataclass(frozen=True)
class Ledger:
    """Day by day at the bases, by base, class and day: opening stock + brought + delivered - issued = stock at the end of the day."""

    delivered: Array
    """Tonnes hauled or brought by contractors."""
    issued: Array
    """Tonnes of demand met."""
    unmet: Array
    """Tonnes of demand not met."""
    stock: Array
    """Tonnes at the end of the day."""


def ledger(mission: Mission, demand: Demand, problem: Problem, plan: Distribution) -> Ledger:
    """Unroll a plan to days: hauled tonnes come evenly over a period, contractors bring their share, stock is issued while there is any."""
    days = demand.tonnes.shape[-1]
    first, last = problem.periods.first[0], problem.periods.first[-1] + problem.periods.length[-1]
    hauled = np.zeros_like(demand.tonnes)
    hauled[..., first:last] = np.repeat(plan.received, problem.periods.length, axis=-1)
    delivered = hauled + demand.tonnes * contracted(mission, days)[None, :, :]
    issued, stock = np.zeros_like(hauled), np.zeros_like(hauled)
    held = problem.opening.copy()
    for day in range(first, last):
        held = held + demand.brought[..., day] + delivered[..., day]
        issued[..., day] = np.minimum(demand.tonnes[..., day], held)
        held = held - issued[..., day]
        stock[..., day] = held
    return Ledger(delivered, issued, demand.tonnes - issued, stock)


def depot_stock(problem: Problem, plan: Distribution, day: int) -> Array:
    """Tonnes by depot and class at the start of a day, evenly between the ends of periods."""
    if not len(problem.depot_capacity):
        return np.zeros((0, len(CLASSES)))
    period = int(np.searchsorted(problem.periods.first, day, side="right")) - 1
    before = problem.depot_opening if period == 0 else plan.depots[..., period - 1]
    share = (day - problem.periods.first[period]) / problem.periods.length[period]
    return np.asarray(before + (plan.depots[..., period] - before) * share)

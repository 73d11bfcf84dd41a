"""Distribution: deliveries and stocks over time as a linear program, solved by GLOP, and the daily ledger that follows from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.mission.mission import Mission
from casque.plan.record import Outcome, gap_between
from casque.sustainment.constraints import add_balances, add_carriage
from casque.sustainment.demand import CLASSES, Array, Demand
from casque.sustainment.objective import add_objective, penalty
from casque.sustainment.problem import Problem, contracted
from casque.sustainment.variables import Variables, variables

_STATUS = {0: "optimal", 1: "feasible", 2: "infeasible"}


@dataclass(frozen=True)
class Distribution:
    """Solution of the program."""

    outcome: Outcome
    """Weighted shortfall; the program always has a solution, to deliver nothing."""
    objective: float
    """Shortfalls, lacks and distances together, as minimised."""
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
    """Solve the program. GLOP is exact and deterministic; stopped early it gives a feasible plan, or none at all (`unknown`)."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetSolverSpecificParametersAsString(f"max_deterministic_time: {deterministic_seconds} use_dual_simplex: false")
    made = variables(solver, problem)
    add_balances(solver, problem, made)
    add_carriage(solver, mission, problem, made)
    add_objective(solver, problem, made)
    status = _STATUS.get(solver.Solve(), "unknown")
    return _read(problem, made, status, solver.Objective().Value() if status in ("optimal", "feasible") else 0.0)


def _read(problem: Problem, made: Variables, status: str, objective: float) -> Distribution:
    solved = status in ("optimal", "feasible")
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
    bound = weighted if status == "optimal" else 0.0
    outcome = Outcome(
        status="optimal" if status == "optimal" else "feasible" if solved else "unknown",
        value=weighted,
        bound=bound,
        gap=gap_between(weighted, bound),
        sense="least",
    )
    return Distribution(outcome, objective, values["flow"], values["way"], received, short, depots)


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

"""Solves each sector by itself, exactly, with the units that could serve elsewhere bought at a price.

Most pledges are tied to a sector, so sectors are nearly independent. Taken alone with a copy of every free unit at price p, sector s earns
at most V_s(p); the sum of V_s(p) and of the prices is then a bound on every plan (Lagrangian relaxation of `one place for each unit`),
whatever the prices are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from casque.errors import CasqueBug
from casque.forces.constraints import constrain
from casque.forces.objective import weighted_fill
from casque.forces.problem import Option, Problem
from casque.forces.variables import Variables, variables


@dataclass(frozen=True)
class Bid:
    """The best that a sector can do by itself: what it takes, what it earns after prices, and the proven limit of that."""

    taken: tuple[Option, ...]
    value: int
    bound: int


@dataclass
class Budget:
    """Deterministic time that is left, and the bids already known."""

    left: float
    seed: int
    each: float = 1.0
    """Most time for one solve."""
    bids: dict[tuple[Any, ...], Bid] = field(default_factory=dict)

    def solver(self) -> Any:
        """A solver on one worker that stops with the budget."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = max(1e-3, min(self.each, self.left))
        return solver

    def spend(self, solver: Any) -> None:
        """Takes what a solve used from the budget."""
        self.left -= solver.response_proto.deterministic_time


def restricted(problem: Problem, sector: str, units: frozenset[int] | None = None) -> Problem:
    """The problem of one sector alone, with some of the units that could serve there, or all of them."""
    return problem.keeping(
        [
            index
            for index, option in enumerate(problem.options)
            if problem.sector_of(index) == sector and (units is None or option.unit in units)
        ]
    )


def bid(problem: Problem, prices: Mapping[int, int], start: Iterable[int], budget: Budget) -> Bid:
    """The best that a one-sector problem earns after prices, from a start plan of its own options."""
    key = (problem.options, tuple((option.unit, prices.get(option.unit, 0)) for option in problem.options))
    if key in budget.bids:
        return budget.bids[key]
    model = cp_model.CpModel()
    names = variables(model, problem)
    constrain(model, problem, names)
    costs = [prices.get(option.unit, 0) for option in problem.options]
    model.maximize(weighted_fill(problem, names) - cp_model.LinearExpr.weighted_sum(names.takes, costs))
    hint(model, problem, names, tuple(start))
    solver = budget.solver()
    status = solver.solve(model)
    budget.spend(solver)
    if not answered(solver, status):
        return Bid((), 0, problem.wanted)
    taken = tuple(option for option, takes in zip(problem.options, names.takes, strict=True) if solver.boolean_value(takes))
    found = Bid(taken, round(solver.objective_value), int(solver.best_objective_bound + 1e-6))
    if status == cp_model.OPTIMAL:
        budget.bids[key] = found
    return found


def answered(solver: Any, status: Any) -> bool:
    """Whether a solve found a plan in its time. Every model here has one, to place nobody or what is known; where the solver says it
    has none, or cannot read it, the model is wrong: raises CasqueBug."""
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return True
    if status == cp_model.UNKNOWN:
        return False
    raise CasqueBug(f"the matching program ended {solver.status_name(status)}, though a plan is known")


def hint(model: cp_model.CpModel, problem: Problem, names: Variables, taken: tuple[int, ...]) -> None:
    """Gives a solver a whole plan to start from: who serves where, and people by class and group."""
    chosen = frozenset(taken)
    nations = {(problem.options[index].member, problem.sector_of(index)) for index in taken}
    for index, takes in enumerate(names.takes):
        model.add_hint(takes, index in chosen)
    for pair, stands in names.stands.items():
        model.add_hint(stands, pair in nations)
    for block, flow in zip(names.blocks, names.flows, strict=True):
        left = [sum(people for index, people in units if index in chosen) for units in block.classes]
        for wanted, group in enumerate(block.groups):
            missing = group.demand
            for source in group.classes:
                number = min(left[source], missing)
                left[source] -= number
                missing -= number
                model.add_hint(flow[source, wanted], number)

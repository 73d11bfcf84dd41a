"""A piece of the matching problem as an integer program, with elements that could serve elsewhere bought at a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ortools.sat.python import cp_model

from casque.errors import CasqueBug
from casque.forces.blocks import blocks
from casque.forces.problem import Problem

Placing = tuple[int, ...]
"""Options taken, by their names, which they keep in every problem made from the same one."""


@dataclass(frozen=True)
class Bid:
    """The best that a piece does at some prices: options taken, by names; what is left of their fill after prices; the proven limit."""

    taken: Placing
    value: int
    bound: int


@dataclass
class Clock:
    """Deterministic time for solving again, given out step by step."""

    total: float
    seed: int
    each: float = 0.5
    """Most time for one program."""
    part: float = 1.0
    """Part of that most time that a program is given now."""
    left: float = 0.0
    known: dict[Any, Bid] = field(default_factory=dict)
    """Bids that are proven, their options by position: options of other names may be alike."""

    def give(self, part: float) -> None:
        """Adds a part of the whole to what is left."""
        self.left += part * self.total


def bid(alone: Problem, prices: Mapping[int, int], start: Placing, clock: Clock) -> Bid | None:
    """The best that a piece does when its elements cost what `prices` says, by unit; none where the time was used up before."""
    costs = tuple(prices.get(option.unit, 0) for option in alone.options)
    key = (alone.options, alone.limits, costs)
    known = clock.known.get(key)
    if known is not None:
        return replace(known, taken=tuple(alone.names[index] for index in known.taken))
    if clock.left <= 0:
        return None
    model = cp_model.CpModel()
    takes = [model.new_bool_var("") for _ in alone.options]
    fill = _fill(model, alone, takes)
    _rules(model, alone, takes)
    model.maximize(fill - cp_model.LinearExpr.weighted_sum(takes, costs))
    begun = frozenset(start)
    for name, take in zip(alone.names, takes, strict=True):
        model.add_hint(take, name in begun)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = clock.seed
    solver.parameters.linearization_level = 2
    # In a quick solve, to look for simplifications takes longer than it saves.
    solver.parameters.cp_model_presolve = clock.part >= 1.0
    solver.parameters.max_deterministic_time = max(1e-3, min(clock.part * clock.each, clock.left))
    status = solver.solve(model)
    clock.left -= solver.response_proto.deterministic_time
    if status == cp_model.UNKNOWN:
        return Bid((), 0, int(solver.best_objective_bound + 1e-6))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise CasqueBug(f"a piece of the matching program ended {solver.status_name(status)}, though to place nobody is a plan")
    taken = tuple(name for name, take in zip(alone.names, takes, strict=True) if solver.boolean_value(take))
    found = Bid(taken, round(solver.objective_value), int(solver.best_objective_bound + 1e-6))
    if status == cp_model.OPTIMAL:
        clock.known[key] = replace(found, taken=tuple(index for index, take in enumerate(takes) if solver.boolean_value(take)))
    return found


def _fill(model: cp_model.CpModel, alone: Problem, takes: Sequence[Any]) -> Any:
    """People that go from classes to groups, month by month; what they fill, as an expression."""
    terms: list[Any] = []
    factors: list[int] = []
    for block in blocks(alone):
        leaving: list[list[Any]] = [[] for _ in block.classes]
        for group in block.wanted:
            flows = []
            for source in group.classes:
                people = model.new_int_var(0, min(group.demand, sum(number for _, number in block.classes[source])), "")
                leaving[source].append(people)
                flows.append(people)
                terms.append(people)
                factors.append(block.months * group.weight)
            if len(flows) > 1:
                model.add(cp_model.LinearExpr.sum(flows) <= group.demand)
        for source, options in enumerate(block.classes):
            if leaving[source]:
                there = cp_model.LinearExpr.weighted_sum([takes[index] for index, _ in options], [people for _, people in options])
                model.add(cp_model.LinearExpr.sum(leaving[source]) <= there)
    return cp_model.LinearExpr.weighted_sum(terms, factors)


def _rules(model: cp_model.CpModel, alone: Problem, takes: Sequence[Any]) -> None:
    """One column for each element, and the limits; nations in a sector are left aside."""
    for options in alone.by_unit:
        if len(options) > 1:
            model.add_at_most_one(takes[index] for index in options)
    for row in alone.limits:
        model.add(cp_model.LinearExpr.weighted_sum([takes[index] for index in row.options], list(row.amounts)) <= row.most)

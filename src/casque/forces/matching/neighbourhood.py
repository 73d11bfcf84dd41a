"""Parts of a plan solved again to the best: the whole at once where it is small, else some units at a time, for the
fill and for each level."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from casque.forces.matching.budget import Budget, answered
from casque.forces.matching.earnings import points_of, value_of
from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.program import Part, Program

FREE = 60
"""Units that are free in one part of a large problem, at first."""


def exact(matching: Matching, budget: Budget, taken: Array, bound: int, share: float) -> tuple[Array, int]:
    """The best fill of the whole problem from one solve, and its bound; what was known where the solve finds nothing better."""
    program = Program(matching, Part(np.arange(matching.columns), np.zeros(0, np.int64)))
    fill = program.fill()
    program.model.add(fill <= bound)
    program.model.maximize(fill)
    program.hint(taken)
    solver = budget.solver(budget.left * share)
    status = solver.solve(program.model)
    budget.spend(solver)
    if not answered(solver, status):
        return taken, bound
    found = program.chosen(solver)
    limit = min(bound, int(np.floor(solver.best_objective_bound + 1e-6)))
    return (found if value_of(matching, found) > value_of(matching, taken) else taken), limit


def refilled(matching: Matching, budget: Budget, taken: Array, value: int, columns: Array, most: float, seed: int) -> tuple[Array, int]:
    """A plan of the same fill or better: some units at a time are placed again over some columns, for so much of the budget."""
    random = np.random.default_rng(seed)
    until = budget.left - most
    free = FREE
    while budget.left > max(until, 0.01):
        part = _part(matching, taken, columns, _units(matching, taken, free, random))
        program = Program(matching, part)
        program.model.maximize(program.fill())
        own = np.setdiff1d(taken, part.fixed)
        program.hint(own)
        solver = budget.solver()
        status = solver.solve(program.model)
        budget.left -= 0.02
        budget.spend(solver)
        if answered(solver, status):
            found = np.sort(np.concatenate((part.fixed, program.chosen(solver))))
            worth = value_of(matching, found)
            if worth >= value:
                taken, value = found, worth
        free = min(matching.units, free + 4) if status == cp_model.OPTIMAL else max(8, free - 6)
    return taken, value


def ordered(matching: Matching, budget: Budget, taken: Array, proven: bool) -> tuple[Array, int]:
    """A plan of the same fill with fewer points, level by level, and how many levels are proven best, the fill counted as proven or not."""
    best = 0
    for level in range(matching.levels):
        share = budget.left / (matching.levels - level)
        taken, certain = _level(matching, budget, taken, level, share)
        proven = proven and certain
        best += proven
    return taken, best


def _level(matching: Matching, budget: Budget, taken: Array, level: int, share: float) -> tuple[Array, bool]:
    everything = np.arange(matching.columns)
    until = budget.left - share
    if matching.columns <= 4_000 and budget.left > 0.01:
        found, certain = _lowered(matching, budget, taken, Part(everything, np.zeros(0, np.int64)), level, share * 0.6)
        if certain:
            return found, True
        taken = found
    random = np.random.default_rng(budget.seed + 7919 * (level + 1))
    free = FREE
    while budget.left > max(until, 0.01):
        part = _part(matching, taken, everything, _units(matching, taken, free, random))
        taken, certain = _lowered(matching, budget, taken, part, level, budget.each)
        if certain and not len(part.fixed) and free >= matching.units:
            return taken, True
        free = min(matching.units, free + 4) if certain else max(8, free - 6)
    return taken, False


def _lowered(matching: Matching, budget: Budget, taken: Array, part: Part, level: int, most: float) -> tuple[Array, bool]:
    """The part solved again for one level, with the fill and the levels before it held; and whether that was proven best."""
    program = Program(matching, part)
    own = np.setdiff1d(taken, part.fixed)
    fixed_cells = value_of(matching, taken) - program.value_of_rest(taken)
    program.model.add(program.fill() >= fixed_cells)
    held = points_of(matching, taken)
    for earlier in range(level):
        program.model.add(program.points(earlier) <= held[earlier] - program.points_of_rest(earlier))
    program.model.minimize(program.points(level))
    program.hint(own)
    solver = budget.solver(most)
    status = solver.solve(program.model)
    budget.left -= 0.02
    budget.spend(solver)
    if not answered(solver, status):
        return taken, False
    found = np.sort(np.concatenate((part.fixed, program.chosen(solver))))
    return found, status == cp_model.OPTIMAL


def _units(matching: Matching, taken: Array, most: int, random: np.random.Generator) -> Array:
    """Units to free: those that could serve near one of the cells, and a few others."""
    if most >= matching.units:
        return np.arange(matching.units)
    score = random.random(matching.units)
    houses = len(matching.house_most)
    if houses and random.random() < 0.6:
        some = random.choice(houses, size=min(houses, 1 + int(random.integers(2))), replace=False)
        near = np.isin(np.where(matching.standing >= 0, matching.standing_house[matching.standing], -1), some)
    elif matching.cells:
        cell = int(random.integers(matching.cells))
        inside = matching.slot_cell[matching.slot]
        wide = max(1, matching.cells // 20)
        owners = np.repeat(np.arange(matching.columns), np.diff(matching.column_first))
        near = np.zeros(matching.columns, bool)
        near[owners[np.abs(inside - cell) <= wide]] = True
    else:
        near = np.zeros(matching.columns, bool)
    score[np.unique(matching.unit[near])] += 0.7
    score[matching.unit[taken]] += 0.1
    return np.sort(np.argsort(-score, kind="stable")[:most])


def _part(matching: Matching, taken: Array, columns: Array, units: Array) -> Part:
    free = np.zeros(matching.units, bool)
    free[units] = True
    fixed = taken[~free[matching.unit[taken]]]
    own = np.union1d(columns[free[matching.unit[columns]]], taken[free[matching.unit[taken]]])
    return Part(own, fixed)

"""One plain model of a large force generation problem, given whole to HiGHS or to CP-SAT for so many seconds, and what it had found when.

The plain model (`plain_model`) is what a planner would write, from the world and not from our arrays: one yes or no for each unit, place
and first month; people of each unit on each line in each month; what each line is met by; one yes or no for each nation in each sector,
without which none of its units serves there. It allows exactly the plans that we allow, so its best value is ours; nothing in it is
weakened, and HiGHS and CP-SAT work on it with both processors and their own settings.

`highs-ours` is HiGHS on our writing instead: people pooled by class of units, tours as columns, one row for each unit's leave to use a
nation's place in a sector. That writing is a part of what we built, so the row is printed for information.

Run as `python -m benchmarks.forces_peers highs 300 60 12 1 60`.
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from benchmarks.forces_instances import World, drawn, matching
from casque.forces.matching.cutting import model_of
from casque.forces.matching.relaxation import program_of

Trace = list[tuple[float, float]]
"""Seconds since the solver was called, and the value reached."""


@dataclass
class Plain:
    """A mixed integer program: the most of a sum, under rows that are at most so much."""

    most: list[int] = field(default_factory=list)
    """Upper bound of each variable; the lower is 0."""
    whole: list[bool] = field(default_factory=list)
    worth: list[int] = field(default_factory=list)
    rows: list[tuple[list[tuple[int, int]], int]] = field(default_factory=list)

    def variable(self, most: int, whole: bool, worth: int = 0) -> int:
        """Adds a variable and gives its number."""
        self.most.append(most)
        self.whole.append(whole)
        self.worth.append(worth)
        return len(self.most) - 1

    def at_most(self, terms: list[tuple[int, int]], most: int) -> None:
        """Adds a row of variables and factors."""
        self.rows.append((terms, most))


def plain_model(world: World) -> Plain:
    """The model as a planner would write it."""
    model = Plain()
    starts = [model.variable(1, True) for _ in world.tours]
    _once_each(world, model, starts)
    _demand(world, model, starts)
    _ceilings(world, model, starts)
    return model


def _once_each(world: World, model: Plain, starts: list[int]) -> None:
    """A unit serves once; it serves in a sector only where its nation does; so many nations to a sector."""
    by_unit: dict[int, list[int]] = defaultdict(list)
    by_place: dict[tuple[int, tuple[int, int]], list[int]] = defaultdict(list)
    nation_in: dict[tuple[int, int], int] = {}
    for tour, start in zip(world.tours, starts, strict=True):
        by_unit[tour.unit].append(start)
        by_place[tour.unit, tour.pool].append(start)
        if (tour.nation, tour.pool[1]) not in nation_in:
            nation_in[tour.nation, tour.pool[1]] = model.variable(1, True)
    for inside in by_unit.values():
        model.at_most([(start, 1) for start in inside], 1)
    nation = {tour.unit: tour.nation for tour in world.tours}
    for (unit, pool), inside in by_place.items():
        model.at_most([*((start, 1) for start in inside), (nation_in[nation[unit], pool[1]], -1)], 0)
    for sector in range(world.sectors):
        model.at_most([(there, 1) for (_, where), there in nation_in.items() if where == sector], world.nations_most)


def _demand(world: World, model: Plain, starts: list[int]) -> None:
    """A unit's people on its lines are at most those who are there; a line is met by at most those on it, and by what it wants."""
    there: dict[tuple[int, tuple[int, int], int], list[int]] = defaultdict(list)
    unit_of = {}
    for tour, start in zip(world.tours, starts, strict=True):
        for month in tour.months:
            there[tour.unit, tour.pool, month].append(start)
        unit_of[tour.unit, tour.pool] = tour
    on_line: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (unit, pool, month), inside in there.items():
        tour = unit_of[unit, pool]
        serves = []
        for line in tour.lines:
            if world.lines[line].wanted[month]:
                serves.append(model.variable(tour.people, False))
                on_line[line, month].append(serves[-1])
        model.at_most([*((each, 1) for each in serves), *((start, -tour.people) for start in inside)], 0)
    for (line, month), serves in on_line.items():
        met = model.variable(world.lines[line].wanted[month], False, world.lines[line].weight)
        model.at_most([(met, 1), *((each, -1) for each in serves)], 0)


def _ceilings(world: World, model: Plain, starts: list[int]) -> None:
    """Person-months paid, and people there at once."""
    paid = [(start, tour.strength * len(tour.months)) for tour, start in zip(world.tours, starts, strict=True)]
    model.at_most(paid, world.paid_most)
    for month in range(world.months):
        inside = [(start, tour.strength) for tour, start in zip(world.tours, starts, strict=True) if month in tour.months]
        model.at_most(inside, world.there_most)


def traced(peer: str, units: int, lines: int, months: int, seed: int, seconds: float) -> Trace:
    """What a peer found, in a process of its own. Raises AssertionError where it ends badly."""
    words = [sys.executable, "-m", "benchmarks.forces_peers", peer, *map(str, (units, lines, months, seed, seconds))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    if peer == "cp-sat":
        return [(time, value) for time, value in json.loads(done.stdout.splitlines()[-1])]
    return _read(done.stdout)


def _read(log: str) -> Trace:
    """The plans that the log of HiGHS tells of: after the share explored come bound and value, at the end of the line the seconds."""
    trace: Trace = []
    for line in log.splitlines():
        words = line.split()
        explored = next((number for number, word in enumerate(words) if word.endswith("%")), len(words))
        if explored + 2 >= len(words) or not words[-1].endswith("s"):
            continue
        with contextlib.suppress(ValueError):
            value, time = float(words[explored + 2]), float(words[-1].removesuffix("s"))
            if np.isfinite(value) and (not trace or value > trace[-1][1]):
                trace.append((time, value))
    return trace


def _highs(model: Any, seconds: float) -> None:
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), enable_output=True)
    parameters.highs.int_options["threads"] = 2
    mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)


def _for_highs(plain: Plain) -> Any:
    model = model_pb2.ModelProto()
    model.variables.ids.extend(range(len(plain.most)))
    model.variables.lower_bounds.extend(0.0 for _ in plain.most)
    model.variables.upper_bounds.extend(map(float, plain.most))
    model.variables.integers.extend(plain.whole)
    model.objective.maximize = True
    worth = [(number, value) for number, value in enumerate(plain.worth) if value]
    model.objective.linear_coefficients.ids.extend(number for number, _ in worth)
    model.objective.linear_coefficients.values.extend(float(value) for _, value in worth)
    model.linear_constraints.ids.extend(range(len(plain.rows)))
    model.linear_constraints.lower_bounds.extend(-np.inf for _ in plain.rows)
    model.linear_constraints.upper_bounds.extend(float(most) for _, most in plain.rows)
    matrix = model.linear_constraint_matrix
    for number, (terms, _) in enumerate(plain.rows):
        ordered = sorted(terms)
        matrix.row_ids.extend([number] * len(ordered))
        matrix.column_ids.extend(variable for variable, _ in ordered)
        matrix.coefficients.extend(float(factor) for _, factor in ordered)
    return mathopt.Model.from_model_proto(model)


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self) -> None:
        super().__init__()
        self.began = perf_counter()
        self.trace: Trace = []

    def on_solution_callback(self) -> None:
        """Notes a better plan."""
        self.trace.append((perf_counter() - self.began, self.objective_value))


def _cp_sat(plain: Plain, seconds: float) -> None:
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, most, "") for most in plain.most]
    for terms, most in plain.rows:
        model.add(cp_model.LinearExpr.weighted_sum([variables[number] for number, _ in terms], [factor for _, factor in terms]) <= most)
    model.maximize(cp_model.LinearExpr.weighted_sum(variables, plain.worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    watch = _Watch()
    with contextlib.redirect_stdout(io.StringIO()):
        solver.solve(model, watch)
    print(json.dumps(watch.trace))


def _main(peer: str, world: World, seconds: float) -> None:
    if peer == "cp-sat":
        _cp_sat(plain_model(world), seconds)
    elif peer == "highs":
        _highs(_for_highs(plain_model(world)), seconds)
    else:
        problem = matching(world)
        program = program_of(problem, np.arange(problem.columns))
        _highs(model_of(program.proto, slice(program.takes, program.takes + problem.columns)), seconds)


if __name__ == "__main__":
    _main(sys.argv[1], drawn(*(int(word) for word in sys.argv[2:6])), float(sys.argv[6]))

"""One plain model of a large force generation problem, given whole to HiGHS or to CP-SAT for so many seconds, and what it had found when.

The model is the best writing that we know of: a variable for each column, people as flows from classes of units to lines, one row for
each unit's leave to use a nation's standing in a sector. Run as `python -m benchmarks.forces_peers highs 300 60 12 1 60`.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
from datetime import timedelta
from time import perf_counter

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from benchmarks.forces_instances import drawn, matching
from casque.forces.matching.cutting import model_of
from casque.forces.matching.instance import Matching
from casque.forces.matching.program import Part, Program
from casque.forces.matching.relaxation import program_of

Trace = list[tuple[float, float]]
"""Seconds since the solver was called, and the value reached."""

LINE = re.compile(r"^ \S?\s.*?\s(\d{4,}|-inf)\s+(?:[\d.]+%|Large|inf)\s.*?([\d.]+)s\s*$")


def traced(peer: str, units: int, lines: int, months: int, seed: int, seconds: float) -> Trace:
    """What a peer found, in a process of its own. Raises AssertionError where it ends badly."""
    words = [sys.executable, "-m", "benchmarks.forces_peers", peer, *map(str, (units, lines, months, seed, seconds))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    if peer == "cp-sat":
        return [(time, value) for time, value in json.loads(done.stdout.splitlines()[-1])]
    trace: Trace = []
    for line in done.stdout.splitlines():
        found = LINE.match(line)
        if found and found[1] != "-inf" and (not trace or float(found[1]) > trace[-1][1]):
            trace.append((float(found[2]), float(found[1])))
    return trace


def _highs(problem: Matching, seconds: float) -> None:
    program = program_of(problem, np.arange(problem.columns))
    model = model_of(program.proto, slice(program.takes, program.takes + problem.columns))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), enable_output=True)
    mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self) -> None:
        super().__init__()
        self.began = perf_counter()
        self.trace: Trace = []

    def on_solution_callback(self) -> None:
        """Notes a better plan."""
        self.trace.append((perf_counter() - self.began, self.objective_value))


def _cp_sat(problem: Matching, seconds: float) -> None:
    program = Program(problem, Part(np.arange(problem.columns), np.zeros(0, np.int64)))
    program.model.maximize(program.fill())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    watch = _Watch()
    with contextlib.redirect_stdout(io.StringIO()):
        solver.solve(program.model, watch)
    print(json.dumps(watch.trace))


if __name__ == "__main__":
    world = matching(drawn(*(int(word) for word in sys.argv[2:6])))
    {"highs": _highs, "cp-sat": _cp_sat}[sys.argv[1]](world, float(sys.argv[6]))

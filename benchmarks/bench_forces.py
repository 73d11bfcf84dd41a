"""Force generation at size: how near to its bound the matching core comes and when, against one plain model given to HiGHS and to CP-SAT.

The instances come from `benchmarks.forces_instances`, seed 1, and every plan is reckoned there again by flows, limit by limit, from the
world as it was drawn. The peers and their plain model are in `benchmarks.forces_peers`. Known answers: the published generalised assignment
instances, where their files are at hand (`benchmarks.forces_gap`). Figures of processor time count helping processes too.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import Any

from benchmarks.figures import Figure
from benchmarks.forces_gap import BEST, FOLDER, present
from benchmarks.forces_peers import Trace, traced

SEED = 1

CASES = ((300, 60, 12, 20.0, 0.01, 60), (500, 120, 24, 40.0, 0.02, 120), (2000, 240, 24, 120.0, 0.05, 600))
"""Units, lines, months, budget, and the bars: gap and seconds."""

PEER_SECONDS = 120.0

PEERS = {
    "highs": "HiGHS, plain model, 10 times",
    "cp-sat": "CP-SAT, plain model, 10 times",
    "highs-ours": "HiGHS on our own writing; no bar",
}

ONE_RUN = """
import json, os, resource, sys
from time import perf_counter
import numpy as np
from benchmarks.forces_instances import drawn, matching, reckoned
from casque.forces.matching.budget import Budget
from casque.forces.matching.solution import solved
units, lines, months, seed = map(int, sys.argv[1:5])
solved(matching(drawn(12, 6, 4, 1)), Budget(0.2), levels=False)
world = drawn(units, lines, months, seed)
started, worked, trace = perf_counter(), sum(os.times()[:4]), []
problem = matching(world)
def note(value, bound):
    trace.append((perf_counter() - started, value, bound))
found = solved(problem, Budget(float(sys.argv[5])), levels=False, progress=note)
seconds, worked = perf_counter() - started, sum(os.times()[:4]) - worked
assert reckoned(world, found.taken.tolist()) == found.value <= found.bound
# Two helping processes at most, each as large as the larger.
memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024**2
answer = {"value": found.value, "bound": found.bound, "seconds": seconds, "cpu": worked, "trace": trace}
print(json.dumps(answer | {"memory": memory, "columns": problem.columns}))
"""

ONE_GAP = """
import json, sys
from time import perf_counter, process_time
from benchmarks.forces_gap import cost_of, read
from casque.forces.matching.budget import Budget
from casque.forces.matching.solution import solved
solved(read(sys.argv[1])[0], Budget(0.01), levels=False)
problem, costs, needs, most = read(sys.argv[1])
started, worked = perf_counter(), process_time()
found = solved(problem, Budget(48.0), levels=False)
seconds, worked = perf_counter() - started, process_time() - worked
cost = cost_of(found.taken, costs, needs, most)
assert cost == -found.value
print(json.dumps({"cost": cost, "least": -found.bound, "seconds": seconds, "cpu": worked}))
"""


def measure(size: str) -> list[Figure]:
    """The figures of force generation."""
    if size == "small":
        return [*_against((100, 30, 12, 4.0, 0.02, 20), 10.0, peers=False), *_known(present()[:1])]
    figures = [figure for number, case in enumerate(CASES) for figure in _against(case, PEER_SECONDS, peers=number > 0)]
    return [*figures, _growth(), *_known(present())]


def _run(units: int, lines: int, months: int, budget: float) -> dict[str, Any]:
    return _process(ONE_RUN, units, lines, months, SEED, budget)


def _process(program: str, *words: object) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", program, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _against(case: tuple[int, int, int, float, float, float], seconds: float, peers: bool) -> list[Figure]:
    units, lines, months, budget, most_gap, most_seconds = case
    ours = _run(units, lines, months, budget)
    name = f"{units} units, {lines} lines, {months} months"
    gap = (ours["bound"] - ours["value"]) / ours["bound"]
    said = f"{ours['columns']} columns; reckoned again by flows; {ours['cpu']:.0f} s of processor"
    figures = [
        Figure(f"gap, {name}", 100 * gap, "%", f"bar of {100 * most_gap:g} %", gap / most_gap, said),
        Figure(f"time, {name}", ours["seconds"], "s", f"bar of {most_seconds:g} s", ours["seconds"] / most_seconds, said),
        Figure(f"memory, {name}", ours["memory"], "GiB", "bar of 4 GB", ours["memory"] * 1.073741824 / 4, said),
    ]
    rivals = ("highs", "cp-sat", "highs-ours") if peers else ()
    return figures + [_sooner(name, peer, ours, traced(peer, units, lines, months, SEED, seconds), seconds) for peer in rivals]


def _sooner(name: str, peer: str, ours: dict[str, Any], trace: Trace, seconds: float) -> Figure:
    """How much sooner ours reaches the best value of a peer; a peer that found nothing took all its time for nothing."""
    when, best = trace[-1] if trace else (seconds, 0.0)
    reached = next((time for time, value, _ in ours["trace"] if value >= best), math.inf)
    short = 100 * (ours["bound"] - best) / ours["bound"]
    said = f"its best, {short:.1f} % under our bound, found after {when:.0f} s of {seconds:.0f} s"
    return Figure(f"{peer}: its best value reached, {name}", reached, "s", PEERS[peer], reached / when, said)


def _growth() -> Figure:
    """The exponent with which time grows from 100 to 2,000 units, a tenth as many lines, for as much search for each unit."""
    small, large = (_run(units, units // 10 + 20, 12, units / 25) for units in (100, 2000))
    power = math.log(large["seconds"] / small["seconds"]) / math.log(20)
    gaps = " and ".join(f"{100 * (run['bound'] - run['value']) / run['bound']:.1f} %" for run in (small, large))
    return Figure("growth from 100 to 2,000 units", power, "power", "in step with the units", power, f"gaps {gaps}")


def _known(names: list[str]) -> list[Figure]:
    """How far the core is from the best known cost of published instances."""
    if not names:
        print(f"no known answers: none of the instances of AssignmentProblems.jl is in {FOLDER}; CASQUE_GAP names their folder")
    figures = []
    for name in names:
        found = _process(ONE_GAP, name)
        assert found["least"] <= BEST[name] <= found["cost"]
        off = 100 * (found["cost"] / BEST[name] - 1)
        said = f"cost {found['cost']}, proven least {found['least']}, {found['seconds']:.0f} s, {found['cpu']:.0f} s of processor"
        figures.append(Figure(f"{name} over the best known", off, "%", "bar of 0.3 %", off / 0.3, said))
        figures.append(Figure(f"{name} time", found["seconds"], "s", "bar of 60 s", found["seconds"] / 60, said))
    return figures

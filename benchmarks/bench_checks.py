"""Reading and checking large generated missions, and the fix set proven cheapest; how time grows, and what it takes of memory.

The missions come from `benchmarks.missions`, seed 1: for every 2,000 units 500 tasks, 300 agreements, 400 caveats and 150 measures. Peers:
for reading, PyYAML's `safe_load` and `csv` over the same files without looking at what they say; for the fix set, trying every subset of
the changes of a small mission.
"""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from benchmarks.figures import Figure, in_turn
from benchmarks.missions import generated

SEED = 1
TINY_SEED = 12
"""Seed of the mission whose fix set every subset is tried for; it has few changes."""

SMALLER, FULL = 500, 2000

ONE_RUN = """
import json, resource, sys
from time import perf_counter
from casque.mission.folder import read
from casque.reference.load import load
from casque.checks.solve import Params, check, fix
started = perf_counter()
mission = read(sys.argv[1])
reading = perf_counter() - started
reference = load(mission.overrides)
record = check(mission, reference)
checking = perf_counter() - started
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
answer = {"read": reading, "checked": checking, "tasks": len(record.chains), "findings": len(record.findings), "memory": memory / 1024**2}
if sys.argv[2] == "fix":
    started = perf_counter()
    found = fix(mission, reference, Params())
    red = [chain.task for chain in record.chains if chain.priority <= 3 and any(link.state == "red" for link in chain.links)]
    answer |= {"fix": perf_counter() - started, "status": found.outcome.status, "changes": len(found.changes)}
    answer |= {"alternatives": len(found.alternatives), "saved": len(found.saves), "lost": len(found.cannot_save), "red": len(red)}
    answer["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(json.dumps(answer))
"""


def measure(size: str) -> list[Figure]:
    """The figures of the checks."""
    small, large = (50, 200) if size == "small" else (SMALLER, FULL)
    with tempfile.TemporaryDirectory() as temporary:
        folders = {units: _written(units, Path(temporary) / str(units)) for units in (small, large)}
        thin = _written(large, Path(temporary) / "thin", units=small)
        first = _run(folders[large], "fix")
        assert first["tasks"] == large // 4
        assert first["findings"] > 0
        assert first["status"] == "optimal", first
        assert first["saved"] + first["lost"] == first["red"], first
        pairs = [(_run(folders[small], "check"), _run(folders[large], "check")) for _ in range(3)]
        checked = min(large_run["checked"] for _, large_run in pairs)
        together = _power(checked, min(small_run["checked"] for small_run, _ in pairs), large / small)
        alone = _power(checked, min(_run(thin, "check")["checked"] for _ in range(3)), large / small)
        reading, plain = in_turn(lambda: float(_run(folders[large], "check")["read"]), lambda: _plain(folders[large]), 3)
        fixing, trying, changes = _by_trial(Path(temporary) / "tiny")
    found = f"{first['changes']} changes and {first['alternatives']} alternatives; {first['saved']} of {first['red']} broken tasks saved"
    return [
        Figure(f"read and checked, {large} units", checked, "s", "bar of 5 s", checked / 5, f"{first['findings']} findings, every chain"),
        Figure(f"read, {large} units", reading, "s", "safe_load and csv in turn", reading / plain, "no fault"),
        Figure(
            f"growth from {small} to {large} units", alone, "power", "bar of 1.3", alone / 1.3, "all else the same; best of three runs each"
        ),
        Figure(
            f"growth of all from {small} to {large} units",
            together,
            "power",
            "bar of 1.3",
            together / 1.3,
            "tasks times units grow 16-fold",
        ),
        Figure(f"fix set, {large} units", first["fix"], "s", "bar of 20 s", first["fix"] / 20, f"proven cheapest: {found}"),
        Figure(f"fix set of {changes} changes", fixing, "s", "every subset in turn", fixing / trying, "the same cost"),
        Figure(f"memory, {large} units", first["memory"], "GiB", "bar of 1 GB", first["memory"] * 1.073741824, "read, checked, fix set"),
    ]


def _written(size: int, folder: Path, units: int = 0) -> Path:
    """A mission with everything that a size goes with, and where asked another number of units."""
    return generated(units or size, size // 4, size * 3 // 20, size // 5, max(10, size * 3 // 40), SEED, folder)


def _power(large: float, small: float, ratio: float) -> float:
    """Exponent with which time grows."""
    return math.log(large / small) / math.log(ratio)


def _run(folder: Path, what: str) -> dict[str, Any]:
    """One process that reads and checks a folder, and where asked looks for its fix set."""
    done = subprocess.run([sys.executable, "-c", ONE_RUN, str(folder), what], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _plain(folder: Path) -> float:
    """Seconds to parse the files of a folder without looking at what they say."""
    started = perf_counter()
    for path in sorted(folder.rglob("*.yaml")):
        yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            list(csv.reader(stream))
    return perf_counter() - started


def _by_trial(folder: Path) -> tuple[float, float, int]:
    """Seconds for the fix set of a small mission, seconds for trying every subset of its changes, and how many changes there are."""
    from casque.checks.chain import judge_task
    from casque.checks.effects import applied, effect_of
    from casque.checks.fixes import Params
    from casque.checks.options import options_for
    from casque.checks.problem import Problem
    from casque.checks.solve import fix
    from casque.mission.folder import read
    from casque.reference.load import load

    mission = read(generated(24, 8, 16, 12, 10, TINY_SEED, folder))
    reference = load(mission.overrides)
    fix(mission, reference, Params(alternatives=0))
    started = perf_counter()
    found = fix(mission, reference, Params(alternatives=0))
    fixing = perf_counter() - started
    problem = Problem(mission, reference)
    broken = tuple(task for task in mission.tasks.tasks if task.id in found.saves)
    proposals = options_for(problem, broken).proposals
    effects = [effect_of(problem, proposal) for proposal in proposals]
    started, best = perf_counter(), math.inf
    for count in range(len(proposals) + 1):
        for subset in combinations(range(len(proposals)), count):
            after = Problem(applied(mission, [effects[number] for number in subset]), reference)
            if all(v.state != "red" for task in broken for v in judge_task(after, after.tasks[task.id]).verdicts):
                best = min(best, sum(proposals[number].cost for number in subset))
    trying = perf_counter() - started
    assert math.isclose(best, found.outcome.value), (best, found.outcome.value)
    return fixing, trying, len(proposals)

"""The movement of large generated forces: the first schedule, what the search makes of it, bounds, growth, and CP-SAT on the same problems.

The problems come from `benchmarks.deployment_worlds`, seed 1, in hours. Every schedule that is counted has passed the verifier, which
shares no code with the scheduler, and no value is below its bound. The small size runs far smaller problems than the bars speak of: its
ratios say how far the bars would be away there, not that they are met. The code is compiled before anything is timed.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import Any

from benchmarks.figures import Figure

RUN = """
import json, resource, sys
from time import perf_counter
from benchmarks.deployment_worlds import world
from casque.deployment.schedule.balance import balance
from casque.deployment.schedule.bound import alone, proven
from casque.deployment.schedule.relaxed import counters_of, items_of
from casque.deployment.schedule.solve import Params, first_plans, solve
from casque.deployment.verify import faults
import numpy as np
lines, seconds, steps = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
small = world(200)
warm = solve(small, Params(iterations=1, rounds=1 if steps > 0 else 0))
if warm.prices is not None:
    proven(small, items_of(small), warm.prices)
drawn = world(lines)
times = []
for _ in range(1 if seconds > 0 else 3):
    started = perf_counter()
    found = first_plans(drawn, Params())
    times.append(perf_counter() - started)
answer = {"loads": drawn.loads, "dispatch": min(times), "first": found.score}
if seconds > 0:
    started = perf_counter()
    found = solve(drawn, Params(iterations=10**9, rounds=steps), lambda number, score: perf_counter() - started < seconds)
    answer["search"] = perf_counter() - started
    started = perf_counter()
    reach = np.zeros(len(drawn.group_due), dtype=np.int64)
    np.maximum.at(reach, drawn.load_group, alone(drawn))
    late = float((drawn.group_weight * np.maximum(0, reach - drawn.group_due)).sum())
    items = items_of(drawn)
    by_work = balance(drawn, items, counters_of(drawn, 24, found.plan), 60)
    answer |= {"score": found.score, "closure": max(by_work.closure, float(reach.max())), "late": late, "alone": late}
    answer |= {"neck": int(by_work.weight.argmax()), "part": float(by_work.weight.max()), "capacities": len(drawn.resource_width)}
    if found.prices is not None:
        answer["late"] = max(late, proven(drawn, items, found.prices))
    answer["bounds"] = perf_counter() - started
answer["faults"] = faults(drawn, found.plan)[:3]
answer["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(json.dumps(answer))
"""

RIVAL = """
import json, sys
from benchmarks.deployment_rival import Rival
from benchmarks.deployment_worlds import world
drawn = world(int(sys.argv[1]))
rival = Rival(drawn, drawn.horizon)
answer = rival.solve(float(sys.argv[2]))
print(json.dumps([answer.lateness, answer.bound, rival.whole]))
"""

ACCEPTED = """
import json
from benchmarks.deployment_rival import Rival
from benchmarks.deployment_worlds import first_units, world
from casque.deployment.schedule.solve import Params, solve
from casque.deployment.verify import faults
answers = []
for seed, units in ((1, 1), (2, 1), (3, 2), (4, 2), (5, 3)):
    drawn = first_units(world(60, seed), units)
    found = solve(drawn, Params(iterations=50))
    rival = Rival(drawn, drawn.horizon, most=drawn.loads)
    sound = faults(drawn, found.plan) == [] and found.score.behind == 0 and rival.whole
    answers.append([drawn.loads, sound, rival.accepts(found.plan, 20.0)])
print(json.dumps(answers))
"""


def measure(size: str) -> list[Figure]:
    """The figures of the movement."""
    full = size == "full"
    figures = _main(10_000, 80.0, 20) if full else _main(1_000, 8.0, 16)
    figures += _growth((1_000, 10_000, 100_000) if full else (300, 1_000))
    figures.append(_accepted())
    for lines, seconds in ((300, 600.0), (1_000, 600.0), (3_000, 600.0)) if full else ((60, 6.0),):
        figures += _beside(lines, seconds)
    return figures


def _main(lines: int, seconds: float, steps: int) -> list[Figure]:
    found = _run(RUN, lines, seconds, steps)
    behind, late, closure, _ = found["score"]
    held = f"verified, {behind} of {found['loads']:,} loads left behind"
    name, of = f"{lines:,} lines", "" if lines == 10_000 else " at 10,000 lines"
    closing, tardy = 1 - found["closure"] / closure, 1 - found["late"] / max(late, 1.0)
    whole = found["dispatch"] + found["search"] + found["bounds"]
    gap = found["capacities"]
    neck = f"fleet {found['neck'] - gap}" if found["neck"] >= gap else f"capacity {found['neck']}"
    holds = f"{closure} h, bound {found['closure']:.0f} h, held most by {neck} ({found['part']:.0%})"
    lateness = f"{late:.0f}, bound {found['late']:.0f}, by each load alone {found['alone']:.0f}"
    return [
        Figure(f"first schedule, {name}", found["dispatch"], "s", f"bar of 15 s{of}", found["dispatch"] / 15, held),
        Figure(f"gap on closure, {name}", closing, "part", f"bar of 0.05{of}", closing / 0.05, f"{held}; {holds}"),
        Figure(f"gap on weighted lateness, {name}", tardy, "part", f"bar of 0.1{of}", tardy / 0.1, f"{held}; {lateness}"),
        Figure(f"first schedule, search and bounds, {name}", whole, "s", f"bar of 120 s{of}", whole / 120, held),
        Figure(f"memory, {name}", found["memory"], "GiB", f"bar of 4 GB{of}", found["memory"] * 1.073741824 / 4, held),
    ]


def _growth(sizes: tuple[int, ...]) -> list[Figure]:
    times = {lines: _run(RUN, lines, 0, 0)["dispatch"] for lines in sizes}
    power = math.log(times[sizes[-1]] / times[sizes[0]]) / math.log(sizes[-1] / sizes[0])
    told = "verified; best of three each: " + ", ".join(f"{lines:,} lines {seconds:.2f} s" for lines, seconds in times.items())
    bar = "bar of 1.2" if sizes[-1] == 100_000 else "bar of 1.2 from 1,000 to 100,000 lines"
    return [
        Figure("first schedule, 1,000 lines", times[1_000], "s", "bar of 2 s", times[1_000] / 2, "verified"),
        Figure(f"growth from {sizes[0]:,} to {sizes[-1]:,} lines", power, "power", bar, power / 1.2, told),
    ]


def _accepted() -> Figure:
    """That CP-SAT's model is no harder than the problem: it takes our schedules of tiny problems as they are."""
    answers = _answer(ACCEPTED)
    assert all(sound and accepted for _, sound, accepted in answers), answers
    loads = ", ".join(str(count) for count, _, _ in answers)
    count = float(len(answers))
    return Figure("our schedules that CP-SAT's model accepts", count, "schedules", "tiny problems", 1.0, f"{loads} loads, all dates fixed")


def _beside(lines: int, seconds: float) -> list[Figure]:
    ours, (rival, own, whole) = _run(RUN, lines, seconds / 20, 0), _answer(RIVAL, lines, seconds)
    late, bound = ours["score"][1], own if whole else 0.0
    assert ours["score"][0] > 0 or late >= bound - 1e-6, (late, bound)
    kind = "valid" if whole else "of its short pools only"
    asserted = f"ours verified, {ours['score'][0]} left behind; bound {max(ours['late'], bound):.0f} (CP-SAT's {own:.0f}, {kind})"
    peer = f"CP-SAT, {seconds:.0f} s: " + ("no schedule" if math.isinf(rival) else f"{rival:.0f} on an easier model")
    ratio = 0.0 if math.isinf(rival) else late / max(rival, 1.0)
    return [Figure(f"weighted lateness in {seconds / 20:.1f} s, {lines:,} lines", late, "weighted h", peer, ratio, asserted)]


def _run(program: str, lines: int, seconds: float, steps: int) -> Any:
    """One run whose schedule keeps every rule and does not pass its bounds."""
    answer = _answer(program, lines, seconds, steps)
    assert answer["faults"] == [], answer
    if "score" in answer and answer["score"][0] == 0:
        assert answer["score"] <= answer["first"], answer
        assert answer["score"][1] >= answer["late"] - 1e-6, answer
        assert answer["score"][2] >= answer["closure"], answer
    return answer


def _answer(program: str, *words: float) -> Any:
    command = [sys.executable, "-c", program, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    return json.loads(done.stdout)

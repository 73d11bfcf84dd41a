"""The AFRL Airlift Challenge, second round: our tasking of vehicles in its simulator against its published ShortestPath scores.

Neither the simulator nor its scenarios are part of this project. To have them:

* simulator: github.com/airlift-challenge/airlift at 1576db07136ce6c6681ce82c2839600acf549486;
* scenarios: github.com/airlift-challenge/airlift-challenge.github.io, `scenarios/Round2_test_Scenarios.zip`, unpacked (its metadata.csv
  holds the seeds and the published scores);
* a Python 3.11 of its own with numpy==1.26.4 pandas<2.3 networkx==3.2 matplotlib<3.9 opencv-python-headless==4.10.0.84 and, without their
  dependencies, gym==0.23.1 PettingZoo==1.18.1 (which refuses new Pythons only by its declaration) noise==1.2.2 pyglet<2 cloudpickle
  gym_notices click ordered_set graphviz joblib msgpack msgpack_numpy redis requests.

CASQUE_AIRLIFT_PYTHON names that interpreter, CASQUE_AIRLIFT_SIMULATOR and CASQUE_AIRLIFT_SCENARIOS the two folders. Small plays one
episode, full the levels 0 to 4 of every test from 0 to 8 (CASQUE_AIRLIFT_LEVELS=5:15 plays those that nobody looked at).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from pathlib import Path
from statistics import mean

from benchmarks.airlift.episodes import ALL, FIRST_STEP, STEP
from benchmarks.figures import Figure

TESTS = range(9)
LEVELS = range(*map(int, os.environ.get("CASQUE_AIRLIFT_LEVELS", "0:5").split(":")))
"""Levels played at full size; the first five are those that the dispatcher was developed on, up to 15 there are."""
BASELINE = "published ShortestPath"
MISSED_BAR = 0.10
"""Share of deliveries that may be missed on the mean of tests 0 to 6."""


def measure(size: str) -> list[Figure]:
    """The figures, or none with the reason where the simulator is not here."""
    names = ("CASQUE_AIRLIFT_PYTHON", "CASQUE_AIRLIFT_SIMULATOR", "CASQUE_AIRLIFT_SCENARIOS")
    places = [os.environ.get(name, "") for name in names]
    missing = [name for name, place in zip(names, places, strict=True) if not place or not Path(place).exists()]
    if missing:
        print(f"airlift: skipped for want of {' and '.join(missing)}; bench_airlift.py says how to get the simulator")
        return []
    wanted = ["Test_0/Level_0.pkl"] if size == "small" else [f"Test_{test}/Level_{level}.pkl" for test in TESTS for level in LEVELS]
    by_test: dict[str, list[dict[str, float]]] = defaultdict(list)
    for episode in _episodes(places, wanted):
        by_test[str(episode["test"])].append(episode)
    figures: list[Figure] = []
    for test, played in sorted(by_test.items()):
        figures += _figures(test, played)
    easy = [episode["missed"] / episode["cargo"] for test in by_test if int(test) <= 6 for episode in by_test[test]]
    assert mean(easy) < MISSED_BAR, easy
    figures.append(
        Figure(
            "share missed, tests 0 to 6", mean(easy), "share", f"bar of {MISSED_BAR:.0%}", mean(easy) / MISSED_BAR, "mean over the episodes"
        )
    )
    return figures


def _episodes(places: list[str], names: list[str]) -> list[dict[str, float]]:
    python, simulator, scenarios = places
    here = Path(__file__).parents[1]
    done = subprocess.run(
        [python, "-W", "ignore", "-m", "benchmarks.airlift.episodes", simulator, scenarios, *names],
        capture_output=True,
        text=True,
        check=False,
        cwd=here,
        env={**os.environ, "PYTHONPATH": f"{here / 'src'}{os.pathsep}{here}"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    played = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(played) == len(names), f"{len(played)} of {len(names)} episodes were played"
    return played


def _figures(test: str, played: list[dict[str, float]]) -> list[Figure]:
    score, theirs = mean(item["score"] for item in played), mean(item["their_score"] for item in played)
    missed, they_missed = sum(item["missed"] for item in played), sum(item["their_missed"] for item in played)
    slowest = max(item["slowest_step"] for item in played)
    assert score < theirs, (test, score, theirs)
    assert missed < they_missed or (missed == they_missed == 0), (test, missed, they_missed)
    assert slowest < STEP < FIRST_STEP, (test, slowest)
    assert sum(item["seconds"] for item in played) < ALL, test
    return [
        Figure(f"test {test}: mean score", score, "points", BASELINE, score / theirs, f"{len(played)} episodes, lower is better"),
        Figure(
            f"test {test}: deliveries missed",
            missed,
            "deliveries",
            f"{BASELINE}: {they_missed:g}",
            missed / they_missed if they_missed else 0.0,
            f"slowest step {slowest:.2f} s",
        ),
    ]

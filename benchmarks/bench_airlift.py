"""The AFRL Airlift Challenge, second round: our tasking of vehicles in its simulator against its published ShortestPath scores.

Neither the simulator nor its scenarios are part of this project. To have them:

* simulator: github.com/airlift-challenge/airlift at 1576db07136ce6c6681ce82c2839600acf549486;
* scenarios: github.com/airlift-challenge/airlift-challenge.github.io, `scenarios/Round2_test_Scenarios.zip`, unpacked (its metadata.csv
  holds the seeds and the published scores);
* a Python 3.11 of its own with numpy==1.26.4 pandas<2.3 networkx==3.2 matplotlib<3.9 opencv-python-headless==4.10.0.84 and, without their
  dependencies, gym==0.23.1 PettingZoo==1.18.1 (which refuses new Pythons only by its declaration) noise==1.2.2 pyglet<2 cloudpickle
  gym_notices click ordered_set graphviz joblib msgpack msgpack_numpy redis requests.

CASQUE_AIRLIFT_PYTHON names that interpreter, CASQUE_AIRLIFT_SIMULATOR and CASQUE_AIRLIFT_SCENARIOS the two folders. Small plays one
episode, full the levels 0 to 4 of every test from 0 to 8, on which the tasking was developed (CASQUE_AIRLIFT_LEVELS=5:15 plays the ten
that were held out). Every episode is written to benchmarks/out/airlift_episodes.jsonl as soon as it is played.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from tempfile import TemporaryFile

from benchmarks.airlift.episodes import ALL, FIRST_STEP, STEP
from benchmarks.figures import OUT, Figure

TESTS = range(9)
LEVELS = range(*map(int, os.environ.get("CASQUE_AIRLIFT_LEVELS", "0:5").split(":")))
"""Levels played at full size, of 15 that there are."""
EASY = 6
"""The last of the tests on which the share missed is held to a bar of ours."""
MISSED_BAR = 0.10
"""Share of deliveries that may be missed there on the mean of the episodes."""

Episode = dict[str, float]


def measure(size: str) -> list[Figure]:
    """The figures, or none with the reason where the simulator is not here."""
    names = ("CASQUE_AIRLIFT_PYTHON", "CASQUE_AIRLIFT_SIMULATOR", "CASQUE_AIRLIFT_SCENARIOS")
    places = [os.environ.get(name, "") for name in names]
    missing = [name for name, place in zip(names, places, strict=True) if not place or not Path(place).exists()]
    if missing:
        print(f"airlift: skipped for want of {' and '.join(missing)}; bench_airlift.py says how to get the simulator")
        return []
    wanted = ["Test_0/Level_0.pkl"] if size == "small" else [f"Test_{test}/Level_{level}.pkl" for level in LEVELS for test in TESTS]
    by_test: dict[int, list[Episode]] = defaultdict(list)
    for episode in _episodes(places, wanted):
        by_test[int(episode["test"])].append(episode)
    assert sum(map(len, by_test.values())) == len(wanted), f"not all of the {len(wanted)} episodes were played"
    figures = [figure for test, played in sorted(by_test.items()) for figure in _figures(test, played)]
    return [*figures, *_together(by_test)]


def _episodes(places: list[str], names: list[str]) -> Iterator[Episode]:
    """Plays the episodes in one process under the simulator's Python and yields each when it is over."""
    python, simulator, scenarios = places
    here = Path(__file__).parents[1]
    OUT.mkdir(exist_ok=True)
    with TemporaryFile("w+") as said, (OUT / "airlift_episodes.jsonl").open("w") as kept:
        playing = subprocess.Popen(
            [python, "-W", "ignore", "-m", "benchmarks.airlift.episodes", simulator, scenarios, *names],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=here,
            env={**os.environ, "PYTHONPATH": f"{here / 'src'}{os.pathsep}{here}"},
        )
        assert playing.stdout is not None
        for line in playing.stdout:
            if line.startswith("{"):
                print(line, end="", file=kept, flush=True)
                yield json.loads(line)
        if playing.wait() != 0:
            said.seek(0)
            raise AssertionError(said.read()[-2000:])


def _share(played: list[Episode], theirs: str = "") -> float:
    """Mean over the episodes of the share of deliveries missed."""
    return mean(item[f"{theirs}missed"] / item[f"{theirs}cargo"] for item in played)


def _figures(test: int, played: list[Episode]) -> list[Figure]:
    """What came of one test: fewer missed and a lower mean score than the baseline, every step in time."""
    score, their_score = mean(item["score"] for item in played), mean(item["their_score"] for item in played)
    missed, they_missed = sum(item["missed"] for item in played), sum(item["their_missed"] for item in played)
    first, slowest = max(item["first_step"] for item in played), max(item["slowest_step"] for item in played)
    longest = max(item["seconds"] for item in played)
    assert score < their_score, (test, score, their_score)
    assert missed < they_missed or missed == they_missed == 0, (test, missed, they_missed)
    assert first < FIRST_STEP, (test, first)
    assert slowest < STEP, (test, slowest)
    ours, theirs = _share(played), _share(played, "their_")
    name, peer = f"test {test}: ", "ShortestPath, published: "
    return [
        Figure(
            f"{name}share missed", ours, "share", f"{peer}{theirs:.3f}", ours / theirs if theirs else 0.0, f"{missed:g} of {they_missed:g}"
        ),
        Figure(
            f"{name}mean score", score, "points", f"{peer}{their_score:.2f}", score / their_score, f"{len(played)} episodes, less is better"
        ),
        Figure(f"{name}longest step", slowest, "s", f"limit of {STEP:g} s", slowest / STEP, "the first included"),
        Figure(f"{name}longest episode", longest, "s", f"limit for all of {ALL:g} s", longest / ALL, "the simulator's own time included"),
    ]


def _together(by_test: dict[int, list[Episode]]) -> list[Figure]:
    """What is held over several tests: the share missed on the easier ones, and the time of all."""
    share = _share([episode for test, played in by_test.items() if test <= EASY for episode in played])
    seconds = sum(episode["seconds"] for played in by_test.values() for episode in played)
    assert share < MISSED_BAR, share
    assert seconds < ALL, seconds
    return [
        Figure(
            f"tests 0 to {EASY}: share missed", share, "share", f"bar of {MISSED_BAR:.0%}", share / MISSED_BAR, "mean over the episodes"
        ),
        Figure("all episodes", seconds, "s", f"limit of {ALL:g} s", seconds / ALL, "the simulator's own time included"),
    ]

"""Runs episodes in the simulator and prints one line of JSON for each; started by the benchmark under the simulator's own Python.

Arguments: the folder of the simulator, the folder of the scenarios, and names of episodes such as `Test_0/Level_3.pkl`.
"""

from __future__ import annotations

import csv
import json
import sys
import warnings
from pathlib import Path
from time import perf_counter
from typing import Any

FIRST_STEP, STEP, ALL = 600.0, 10.0, 7200.0
"""Seconds that the competition allows for the first step, for every other, and for all episodes together."""


def main(simulator: str, scenarios: str, names: list[str]) -> None:
    """Plays the named episodes with their published seeds."""
    warnings.filterwarnings("ignore")
    sys.path.insert(0, simulator)
    from airlift.envs.airlift_env import AirliftEnv  # type: ignore[import-not-found]

    from benchmarks.airlift.adapter import Dispatcher

    with (Path(scenarios) / "metadata.csv").open(encoding="utf-8") as table:
        published = {row["filename"]: row for row in csv.DictReader(table)}
    for name in names:
        row = published[name]
        print(json.dumps(_episode(AirliftEnv.load(str(Path(scenarios) / name)), Dispatcher(), row)), flush=True)


def _episode(world: Any, dispatcher: Any, row: dict[str, str]) -> dict[str, float | str]:
    seen = world.reset(seed=int(row["seed"]))
    dispatcher.reset(seen)
    begun, first, slowest, done = perf_counter(), 0.0, 0.0, False
    while not done:
        started = perf_counter()
        actions = dispatcher.policies(world.observe(), world.dones)
        taken = perf_counter() - started
        first, slowest = first or taken, max(slowest, taken)
        _, _, dones, _ = world.step(actions)
        done = all(dones.values())
    found = world.metrics
    return {
        "episode": row["filename"],
        "test": row["test_id"],
        "score": found.score,
        "missed": found.missed_deliveries,
        "cargo": found.total_cargo_generated,
        "late": found.total_scaled_lateness,
        "first_step": first,
        "slowest_step": slowest,
        "seconds": perf_counter() - begun,
        "their_score": float(row["baseline_score"]),
        "their_missed": float(row["baseline_missed_deliveries"]),
        "their_cargo": float(row["baseline_total_cargo_generated"]),
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])

"""Runs all replications of one plan on any number of threads; each writes its own rows, so their number changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from casque.simulation.kernel import run_one
from casque.simulation.streams import seed_word
from casque.simulation.world import Floats, Results, World, blank_results, blank_state

_CHUNK = 50


def replicate(world: World, drawn: Floats, seed: int, workers: int) -> Results:
    """Results of every replication; `drawn` has one row of parameters for each."""
    count = len(drawn)
    results = blank_results(world, count)
    word = seed_word(seed)

    def run(first: int) -> None:
        for replication in range(first, min(first + _CHUNK, count)):
            run_one(world, drawn[replication], word, replication, blank_state(world), results)

    with ThreadPoolExecutor(max(1, workers)) as pool:
        for running in [pool.submit(run, first) for first in range(0, count, _CHUNK)]:
            running.result()
    return results

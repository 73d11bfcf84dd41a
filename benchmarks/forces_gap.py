"""Published generalised assignment instances of classes c, d and e (OR-Library; Yagiura and others) for the matching core.

The files are not part of this repository; they are in AssignmentProblems.jl (github.com/rafaelmartinelli/AssignmentProblems.jl, MIT).
CASQUE_GAP names the folder they lie in. The bounds beside the names are from the same place, for the least cost.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from casque.forces.matching.instance import Array, Draft, Matching

BEST = {
    "c10100": 1402,
    "c20100": 1243,
    "c20200": 2391,
    "d05100": 6353,
    "d05200": 12742,
    "d10100": 6348,
    "d10200": 12432,
    "d20100": 6190,
    "d20200": 12241,
    "e05100": 12681,
    "e10100": 11577,
    "e10200": 23307,
    "e20100": 8436,
    "e20200": 22379,
    "e20400": 44877,
}
"""Least cost known, by name."""

FOLDER = Path(os.environ.get("CASQUE_GAP", "../shared/data/gap"))
"""Where the files are looked for."""


def present() -> list[str]:
    """Names of the instances whose files are there."""
    return [name for name in BEST if (FOLDER / name).is_file()]


def read(name: str) -> tuple[Matching, Array, Array, Array]:
    """An instance as a matching problem, columns job by job and agent by agent; costs and needs by agent and job; capacities."""
    words = np.array((FOLDER / name).read_text(encoding="ascii").split(), dtype=np.int64)
    agents, jobs = int(words[0]), int(words[1])
    costs = words[2 : 2 + agents * jobs].reshape(agents, jobs)
    needs = words[2 + agents * jobs : 2 + 2 * agents * jobs].reshape(agents, jobs)
    most = words[2 + 2 * agents * jobs : 2 + 2 * agents * jobs + agents]
    return assignment(costs, needs, most), costs, needs, most


def assignment(costs: Array, needs: Array, most: Array) -> Matching:
    """Generalised assignment as a matching problem: every job with exactly one agent, needs within what each agent can do, least cost."""
    draft = Draft(exactly=True)
    rows = [draft.row(int(each)) for each in most]
    for job in range(costs.shape[1]):
        for agent, row in enumerate(rows):
            draft.column(job, (), -int(costs[agent, job]), [(row, int(needs[agent, job]))])
    return draft.matching()


def cost_of(columns: Array, costs: Array, needs: Array, most: Array) -> int:
    """What a plan costs. Raises AssertionError where a job is not done once or an agent is overworked."""
    agents, jobs = costs.shape
    job, agent = np.divmod(np.asarray(columns), agents)
    assert sorted(job.tolist()) == list(range(jobs))
    assert np.all(np.bincount(agent, weights=needs[agent, job], minlength=agents) <= most)
    return int(costs[agent, job].sum())

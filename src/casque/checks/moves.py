"""Which other sectors' force could take a task over where the base of its own cannot serve."""

from __future__ import annotations

from casque.checks.geography import kilometres
from casque.checks.problem import Problem
from casque.checks.remedy import Proposal, change
from casque.mission.tasks import Task

MOST = 2
"""Sectors that are asked, the nearest first."""


def moves_asked(problem: Problem, task: Task) -> tuple[Proposal, ...]:
    """Handing a task to the force of another sector: of the sectors whose base is supplied while it runs, the nearest two."""
    nodes = problem.network.nodes
    own = [problem.sectors[sector].base for sector in task.sectors if sector in problem.sectors and problem.sectors[sector].base in nodes]
    if task.force_of is not None or not own:
        return ()
    reached = problem.supplied(problem.window(task))
    others = [
        (min(kilometres(nodes[base], nodes[sector.base]) for base in own), place, sector.id)
        for place, sector in enumerate(problem.mission.area.sectors)
        if sector.id not in task.sectors and sector.base in reached and sector.base not in own
    ]
    return tuple(
        change(
            problem,
            "move task",
            f"task:{task.id}",
            f"Have the force of {problem.sector_name(sector)} carry out “{task.title}” in {problem.sector_names(task.sectors)}.",
            "move",
            task,
            sector,
        )
        for _, _, sector in sorted(others)[:MOST]
    )

"""What could be asked for where units have no way: lift, a route, or the force of another sector."""

from __future__ import annotations

from casque.checks.geography import kilometres
from casque.checks.problem import Problem
from casque.checks.remedy import Proposal, change
from casque.checks.windows import EVER
from casque.mission.forces import Pledge
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


def ways_asked(problem: Problem, task: Task, pledge: Pledge) -> list[Proposal]:
    """Lift where a unit lacks lift only; else a route to the base from the nearest node that the unit reaches, or from its home."""
    nodes, end = problem.network.nodes, problem.day(task.end)
    sectors = [sector for sector in problem.force_sectors(task) if sector in problem.sectors and problem.sectors[sector].base in nodes]
    if problem.arrival(pledge, sectors, problem.linked) <= end:
        text = f"Charter or borrow lift for the loads of {problem.member_name(pledge.member)}."
        return [change(problem, "add lift", f"member:{pledge.member}", text, "lift")]
    if not sectors:
        return []
    base, days, supplied = problem.sectors[sectors[0]].base, problem.linked.of(pledge), problem.supplied(problem.window(task))
    reached = [node for node in problem.network.nearest(base) if days.get(node, EVER) <= end]
    if not reached:
        return []
    near = next((node for node in reached if node in supplied), reached[0])
    text = f"Open a route from {nodes[near].name} to the base of {problem.sector_name(sectors[0])}."
    return [change(problem, "open route", f"node:{near}", text, "route", place=sectors[0])] if near != base else []

"""A rough likely need of people for a task, capability by capability, enough to tell whether the pledges come near it.

The stage `require` works out the requirement with its bands; this is the middle figure of each troop-to-task rule only.
"""

from __future__ import annotations

from math import ceil, pi

from casque.checks.problem import Problem
from casque.mission.area import Sector
from casque.mission.tasks import Need, Task
from casque.mission.vocabulary import Capability


def rough_needs(problem: Problem, task: Task) -> dict[Capability, float]:
    """People needed at a time by capability, summed over the sectors of the task."""
    known = problem.needs.get(task.id)
    if known is not None and known[0] is task.needs:
        held: dict[Capability, float] = known[1]
        return held
    people: dict[Capability, float] = {}
    for need in task.needs:
        for sector in need.sectors or task.sectors:
            if sector in problem.sectors:
                people[need.capability] = people.get(need.capability, 0.0) + _people(problem, task, need, problem.sectors[sector])
    problem.needs[task.id] = (task.needs, people)
    return people


def _people(problem: Problem, task: Task, need: Need, sector: Sector) -> float:
    if need.rule != "reserve":
        return _plain(problem, need, sector)
    others = [
        (other, part)
        for other in problem.mission.tasks.tasks
        for part in other.needs
        if part.rule != "reserve" and sector.id in (part.sectors or other.sectors)
    ]
    # The reserve of a task stands behind whatever runs beside it in the same sector.
    beside = [part for other, part in others if problem.window(other).meets(problem.window(task))]
    return need.share * sum(_plain(problem, part, sector) for part in beside if part.capability in _MANOEUVRE)


_MANOEUVRE = (Capability.INFANTRY, Capability.MECHANISED, Capability.ARMOUR, Capability.RECONNAISSANCE)


def _plain(problem: Problem, need: Need, sector: Sector) -> float:
    """People for a need that looks at nothing but its sector."""
    value = problem.reference.value
    match need.rule:
        case "static posts":
            return need.posts * need.people_per_post * value("force.relief")
        case "patrols":
            visits = need.visits_per_week / 7 * sector.settlements / value("force.patrol-visits")
            roads = need.share_of_roads_daily * sector.road / value("force.patrol-road")
            return max(visits, roads) * value("force.patrol-size") / value("force.duty-share")
        case "quick reaction":
            reach = value("force.reaction-speed") * need.within
            return need.strength * max(1, ceil(sector.area / (pi * reach**2))) if reach else need.strength
        case "escorts":
            return need.convoys_per_day * need.hours / 24 * need.people_per_convoy / value("force.duty-share")
        case "units":
            return need.strength
        case "police by population":
            return need.per_thousand * sector.population / 1000
        case "border watch":
            posts = ceil(sector.border / need.kilometres_per_post) if need.kilometres_per_post else 0
            return posts * need.people_per_post * value("force.relief")
        case _:
            return 0.0

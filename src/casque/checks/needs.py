"""A rough likely need of people for a task, capability by capability, enough to tell whether the pledges come near it.

The stage `require` works out the requirement with its bands; this is the middle figure of each troop-to-task rule only.
"""

from __future__ import annotations

from math import ceil, pi

from casque.checks.problem import Problem
from casque.mission.area import Sector
from casque.mission.needs import Need
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability, StatementMode

WEEK = 168.0
"""Hours."""


def rough_needs(problem: Problem, task: Task) -> dict[Capability, float]:
    """People needed at a time by capability, summed over the sectors of the task."""
    known = problem.needs.get(task.id)
    if known is not None and known[0] is task.needs:
        held: dict[Capability, float] = known[1]
        return held
    stated = [item for item in problem.mission.requirements.requirements if item.task == task.id]
    instead = {(item.sector, item.capability) for item in stated if item.mode is StatementMode.OVERRIDES}
    people: dict[Capability, float] = {}
    for need in task.needs:
        for sector in need.sectors or task.sectors:
            if sector in problem.sectors and (task.force_of or sector, need.capability) not in instead:
                people[need.capability] = people.get(need.capability, 0.0) + _people(problem, task, need, problem.sectors[sector])
    for item in stated:
        people[item.capability] = people.get(item.capability, 0.0) + item.strength
    problem.needs[task.id] = (task.needs, people)
    return people


def _people(problem: Problem, task: Task, need: Need, sector: Sector) -> float:
    if need.rule not in _SHARES:
        return _plain(problem, need, sector)
    others = [
        (other, part)
        for other in problem.mission.tasks.tasks
        for part in other.needs
        if part.rule not in _SHARES and sector.id in (part.sectors or other.sectors)
    ]
    # What looks at the other needs looks at whatever runs beside it in the same sector.
    beside = [part for other, part in others if problem.window(other).meets(problem.window(task))]
    people = sum(_plain(problem, part, sector) for part in beside)
    forward = sum(_plain(problem, part, sector) for part in beside if part.capability in _MANOEUVRE)
    return _shared(problem, need, sector, people, forward)


_SHARES = ("reserve", "population band", "area band", "medical reach", "headquarters", "support ratio", "national support")
_MANOEUVRE = (Capability.INFANTRY, Capability.MECHANISED, Capability.ARMOUR, Capability.RECONNAISSANCE)


def _shared(problem: Problem, need: Need, sector: Sector, people: float, forward: float) -> float:
    """People for a need that looks at what the others of its sector come to: all of them, and the manoeuvre troops among them."""
    value = problem.reference.value
    match need.rule:
        case "reserve":
            return need.share * forward
        case "population band":
            rate = value(f"force.band-{need.profile.value}") if need.per_thousand is None else need.per_thousand
            return max(0.0, rate * sector.population / 1000 - forward)
        case "area band":
            density = value("force.area-density") if need.per_square_kilometre is None else need.per_square_kilometre
            return max(0.0, density * sector.area - forward)
        case "medical reach":
            depend = value(f"force.level-{need.level}-people") if need.level != 2 else 0.0
            return max(1, ceil(people / depend) if depend else 1) * value(f"force.medical-staff-{need.level}")
        case "headquarters":
            return (value("force.headquarters-share") if need.share is None else need.share) * people
        case "support ratio":
            return (value("force.support-ratio") if need.share is None else need.share) * people
        case "national support":
            each = value("force.national-support") if need.people_per_nation is None else need.people_per_nation
            return people * need.share if need.share is not None else (need.nations or 0) * each
        case _:
            return 0.0


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
            return _enabling(problem, need, sector)


def _enabling(problem: Problem, need: Need, sector: Sector) -> float:
    """People for a need of those who enable the others, or who search."""
    value = problem.reference.value
    match need.rule:
        case "checkpoints":
            lanes = max(1, ceil(need.vehicles_per_hour * need.share_searched * value("force.search-minutes") / 60))
            on_post = value("force.checkpoint-cover") + lanes * value("force.search-team")
            return need.checkpoints * on_post * value("force.relief") * min(24.0, need.hours_per_day) / 24
        case "searches":
            return need.searches_per_week * need.people_per_search * need.hours / WEEK / value("force.duty-share")
        case "roads kept open":
            return need.share_of_roads * sector.road / 100 * value("force.road-crew") * value(f"force.roadwork-{sector.terrain.value}")
        case "flights":
            aircraft = ceil(need.sorties_per_day * need.hours_per_sortie / value("force.flying-hours"))
            return aircraft * value("force.people-per-aircraft")
        case "medical evacuation":
            return value("force.medevac-aircraft") * value("force.people-per-aircraft") + value("force.medevac-team")
        case "signals nodes":
            return need.nodes * value("force.signals-node")
        case "ordnance disposal":
            teams = ceil(need.calls_per_week * need.hours / WEEK / value("force.duty-share"))
            routes = need.routes_per_day / value("force.route-search") * value("force.route-team") / value("force.duty-share")
            return teams * value("force.ordnance-team") + routes
        case "haulage":
            lifted = value("supply.truck-load") * value("supply.unit-distance") * value("force.truck-availability")
            return need.tonnes_per_day * 2 * need.distance / lifted * value("force.people-per-truck") if lifted else 0.0
        case _:
            return 0.0

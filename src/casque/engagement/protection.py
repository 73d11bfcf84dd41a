"""Force protection: which posture the threat asks for, which one is held, what that costs, and the risk that is left.

The posture that a threat asks for is the lightest one that answers it. A sector's threat is the highest among its own and those of
its places, because a contingent guards itself against the worst that it meets there.
"""

from __future__ import annotations

from collections.abc import Iterator

from casque.engagement.problem import Problem
from casque.mission.about import Phase
from casque.mission.area import Place, Sector
from casque.mission.engagement import Engagement, Posture
from casque.mission.mission import Mission
from casque.mission.needs import Patrols
from casque.mission.vocabulary import Threat
from casque.plan.engagement import PlaceProtection, Protection, Standing


def protections(mission: Mission, problem: Problem) -> tuple[Protection, ...]:
    """Every contingent in every sector, stretch of days by stretch of days; none where the mission writes no postures.

    A stretch ends where the phase or the posture changes. People are those serving on its first day, or on the first day within it
    on which any serve.
    """
    if not mission.engagement.postures:
        return ()
    found = []
    for sector in mission.area.sectors:
        members = sorted({unit.member for unit in problem.units if unit.sector == sector.id})
        visits = _visits(mission, sector)
        for member in members:
            for first, last, phase in _stretches(mission, problem, sector.id, member):
                people = _people(problem, sector.id, member, first, last)
                if people > 0:
                    found.append(_judged(mission, problem, sector, member, (first, last, phase), people, visits))
    return tuple(found)


def _judged(
    mission: Mission,
    problem: Problem,
    sector: Sector,
    member: str,
    stretch: tuple[int, int, str],
    people: float,
    visits: float,
) -> Protection:
    first, last, phase = stretch
    engagement, threat = mission.engagement, mission.area.worst_threat(sector, phase)
    held, asked = engagement.posture_held(sector.id, member, problem.when(first)), engagement.posture_asked(threat)
    everyone = sum(unit.people for unit in problem.units if unit.sector == sector.id and unit.start <= first <= unit.end) or people
    share = min(1.0, people / everyone)
    patrols, wanted = (1.0 if held is None else held.patrols), (1.0 if asked is None else asked.patrols)
    return Protection(
        sector=sector.id,
        member=member,
        first=first,
        last=last,
        phase=phase,
        threat=threat,
        held="" if held is None else held.id,
        asked="" if asked is None else asked.id,
        standing=_standing(held, asked, threat),
        people=round(people, 6),
        guards=round(people * (0.0 if held is None else held.guards), 6),
        guards_asked=round(people * (0.0 if asked is None else asked.guards), 6),
        patrols_lost=round(visits * share * (1 - patrols), 6),
        patrols_lost_asked=round(visits * share * (1 - wanted), 6),
        residual=1.0 if held is None else held.residual,
        residual_asked=1.0 if asked is None else asked.residual,
    )


def _standing(held: Posture | None, asked: Posture | None, threat: Threat) -> Standing:
    if asked is None:
        return "no posture answers"
    rank = -1 if held is None else held.answers.rank
    if rank < threat.rank:
        return "below"
    return "above" if held is not None and held.guards > asked.guards and held.answers.rank > threat.rank else "meets"


def place_protections(mission: Mission, problem: Problem) -> tuple[PlaceProtection, ...]:
    """Places whose threat is written, phase by phase, with the posture that it asks for and the contingents there that are below it."""
    if not mission.engagement.postures:
        return ()
    return tuple(
        _place(mission.engagement, problem, place, phase, item.level)
        for place in mission.area.places
        if place.sector is not None
        for item in place.threats
        for phase in mission.about.phases
        if phase.id == item.phase
    )


def _place(engagement: Engagement, problem: Problem, place: Place, phase: Phase, threat: Threat) -> PlaceProtection:
    asked, begins = engagement.posture_asked(threat), problem.when(max(0, problem.day(phase.start)))
    sector = place.sector or ""
    members = sorted({unit.member for unit in problem.units if unit.sector == sector and unit.start <= problem.day(phase.end)})
    below = [
        member for member in members if (held := engagement.posture_held(sector, member, begins)) is None or held.answers.rank < threat.rank
    ]
    return PlaceProtection(
        place=place.id, sector=sector, phase=phase.id, threat=threat, asked="" if asked is None else asked.id, below=tuple(below)
    )


def _stretches(mission: Mission, problem: Problem, sector: str, member: str) -> Iterator[tuple[int, int, str]]:
    """First day, last day and phase of every stretch with one phase and one posture, within the horizon."""
    for phase in mission.about.phases:
        start, end = max(0, problem.day(phase.start)), min(problem.horizon, problem.day(phase.end))
        first, held = start, None
        for day in range(start, end + 1):
            now = mission.engagement.posture_held(sector, member, problem.when(day))
            if day > first and now is not held:
                yield first, day - 1, phase.id
                first = day
            held = now
        if start <= end:
            yield first, end, phase.id


def _people(problem: Problem, sector: str, member: str, first: int, last: int) -> float:
    units = [unit for unit in problem.units if unit.sector == sector and unit.member == member]
    for day in sorted({max(first, unit.start) for unit in units if max(first, unit.start) <= min(last, unit.end)}):
        return sum(unit.people for unit in units if unit.start <= day <= unit.end)
    return 0.0


def _visits(mission: Mission, sector: Sector) -> float:
    """Patrol visits to settlements that the tasks of a sector ask for in a week."""
    return sum(
        need.visits_per_week * sector.settlements
        for task in mission.tasks.tasks
        if sector.id in task.sectors
        for need in task.needs
        if isinstance(need, Patrols) and (not need.sectors or sector.id in need.sectors)
    )

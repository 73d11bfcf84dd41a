"""Rules on force protection: every threat has a posture that answers it, and the contingents hold it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement
from casque.mission.about import Phase
from casque.mission.area import Sector
from casque.mission.engagement import Posture
from casque.mission.vocabulary import Severity, Threat


def _phases(problem: Problem) -> list[Phase]:
    """Phases that begin within the horizon."""
    return [phase for phase in problem.mission.about.phases if problem.day(phase.start) <= problem.period.last]


def _threats(problem: Problem, sector: Sector) -> Iterator[tuple[str, Threat, str]]:
    """Phase, level and holder of every threat written for a sector or one of its places, in phases that begin within the horizon."""
    phases = {phase.id for phase in _phases(problem)}
    yield from ((item.phase, item.level, f"sector:{sector.id}") for item in sector.threats if item.phase in phases)
    for place in problem.mission.area.places:
        if place.sector == sector.id:
            yield from ((item.phase, item.level, f"place:{place.id}") for item in place.threats if item.phase in phases)


def _unanswered(problem: Problem) -> Iterator[Breach]:
    postures = problem.mission.engagement.postures
    most = max((posture.answers.rank for posture in postures), default=None)
    if most is None:
        return
    for sector in problem.mission.area.sectors:
        for phase, level, holder in _threats(problem, sector):
            if level.rank > most:
                text = f"The threat in {problem.sector_name(sector.id)} in phase {phase} is {level}, and no posture answers it."
                yield Breach(holder, text)


def _below(problem: Problem) -> Iterator[Breach]:
    held = problem.mission.engagement.posture_held
    if not problem.mission.engagement.postures:
        return
    for sector in problem.mission.area.sectors:
        pledges = [pledge for pledge in problem.mission.forces.pledges if pledge.sector == sector.id]
        for phase in _phases(problem):
            members = tuple(dict.fromkeys(pledge.member for pledge in pledges if pledge.ready_to_load <= phase.end))
            worst = problem.mission.area.worst_threat(sector, phase.id)
            begins = max(problem.d_day, phase.start)
            low = [member for member in members if _rank(held(sector.id, member, begins)) < worst.rank]
            if low:
                names = listed(problem.member_name(member) for member in low)
                where = problem.sector_name(sector.id)
                hold = "holds" if len(low) == 1 else "hold"
                day = day_text(problem.day(begins))
                text = f"From {day} the threat in {where} is {worst}; {names} {hold} a posture that answers less, or none."
                yield Breach(f"sector:{sector.id}", text)


def _rank(posture: Posture | None) -> int:
    return -1 if posture is None else posture.answers.rank


RULES = (
    Rule(
        "threat-without-posture",
        Severity.WARNING,
        "A threat that no posture of force protection answers",
        "Where a mission writes postures, every threat of a sector or place is answered by one.",
        judgement("staff practice: force protection measures rise with the assessed threat"),
        "Write a posture that answers the threat, with its measures and what it takes.",
        _unanswered,
    ),
    Rule(
        "posture-below-threat",
        Severity.WARNING,
        "Contingents that guard themselves less than the threat asks for",
        "Where a mission writes postures, every contingent that wants a sector holds one there that answers the worst threat of "
        "each phase on its first day.",
        judgement("staff practice: force protection measures rise with the assessed threat"),
        "Agree on the posture with the contingents, and count the people and patrols that it takes.",
        _below,
    ),
)

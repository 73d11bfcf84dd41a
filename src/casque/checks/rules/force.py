"""Rules on the pledged force: every capability is there, in time, firm enough, and able to work together."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.muster import Muster, musters, people
from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability, PledgeStatus, Severity, Threat


def _every_muster(problem: Problem) -> Iterator[tuple[Task, Muster]]:
    return ((task, muster) for task in problem.mission.tasks.tasks for muster in musters(problem, task))


def _not_pledged(problem: Problem) -> Iterator[Breach]:
    for task, muster in _every_muster(problem):
        if not muster.candidates:
            text = (
                f"“{task.title}” needs about {muster.need:,.0f} people of {muster.capability}; nobody "
                "has pledged any that is ready before it ends, nor a unit that could stand in."
            )
            yield Breach(f"task:{task.id}", text)


def _stand_in_only(problem: Problem) -> Iterator[Breach]:
    for task, muster in _every_muster(problem):
        if muster.candidates and all(c.quality < 1 for c in muster.candidates):
            best = max(c.quality for c in muster.candidates)
            units = listed(c.pledge.name for c in muster.candidates)
            yield Breach(
                f"task:{task.id}",
                f"“{task.title}” needs {muster.capability}, and only {units} could stand in, at {best:.0%} of its worth at best.",
            )


def _late(problem: Problem) -> Iterator[Breach]:
    ends = [problem.day(task.end) for task in problem.mission.tasks.tasks]
    for pledge in problem.mission.forces.pledges:
        sectors = (pledge.sector,) if pledge.sector else tuple(problem.sectors)
        arrival = problem.arrival(pledge, sectors, problem.free_arrivals)
        limit = None if pledge.required is None else problem.day(pledge.required)
        last = max(ends, default=problem.period.last) if limit is None else limit
        if last < arrival < float("inf") and int(arrival // 1) > last:
            day = int(arrival // 1)
            against = f"its required date {day_text(last)}" if limit is not None else f"the end of the last task on {day_text(last)}"
            name = f"{pledge.name} of {problem.member_name(pledge.member)}"
            yield Breach(f"unit:{pledge.id}", f"{name} can be in place on {day_text(day)} at best, {day - last} days after {against}.", day)


def _soft(problem: Problem) -> Iterator[Breach]:
    limit = problem.reference.value("check.offered-share")
    for task, muster in _every_muster(problem):
        total = people(muster.free)
        offered = people(tuple(c for c in muster.free if c.pledge.status is PledgeStatus.OFFERED))
        if total > 0 and offered > limit * total:
            text = f"“{task.title}”: {offered:,.0f} of {total:,.0f} usable people of {muster.capability} are only offered, not committed."
            yield Breach(f"task:{task.id}", text)


def _no_common_language(problem: Problem) -> Iterator[Breach]:
    for sector in problem.mission.area.sectors:
        lead = problem.members.get(sector.lead)
        if lead is None or not lead.languages:
            continue
        members = dict.fromkeys(
            pledge.member for pledge in problem.mission.forces.pledges if pledge.sector == sector.id and pledge.member != sector.lead
        )
        mute = [
            m
            for m in members
            if m in problem.members and problem.members[m].languages and not set(problem.members[m].languages) & set(lead.languages)
        ]
        if mute:
            text = f"{lead.name} leads {sector.name} and shares no working language with {listed(map(problem.member_name, mute))}."
            yield Breach(f"sector:{sector.id}", text)


def _no_reserve(problem: Problem) -> Iterator[Breach]:
    for sector in problem.mission.area.sectors:
        if not any(threat.level is Threat.HIGH for threat in sector.threats):
            continue
        needs = [need for task in problem.mission.tasks.tasks for need in task.needs if sector.id in (need.sectors or task.sectors)]
        if not any(need.rule in ("reserve", "quick reaction") for need in needs):
            yield Breach(
                f"sector:{sector.id}",
                f"The threat in {sector.name} is assessed as high, and no task asks for a reserve or a quick reaction force there.",
            )


def _no_medical(problem: Problem) -> Iterator[Breach]:
    pledges = problem.mission.forces.pledges
    types = problem.reference.unit_types
    if pledges and not any(p.unit_type in types and types[p.unit_type].capability is Capability.MEDICAL for p in pledges):
        total = sum(pledge.strength for pledge in pledges)
        yield Breach(
            f"mission:{problem.mission.about.id}",
            f"{len(pledges)} units with {total:,.0f} people are pledged, and none of them is medical.",
        )


def _unguarded(problem: Problem) -> Iterator[Breach]:
    tasked = {sector for task in problem.mission.tasks.tasks for sector in task.sectors}
    for sector in problem.mission.area.sectors:
        if sector.id not in tasked:
            yield Breach(f"sector:{sector.id}", f"No task is to be done in {sector.name}, where {sector.population:,.0f} people live.")


RULES = (
    Rule(
        "capability-not-pledged",
        Severity.ERROR,
        "A capability that nobody has pledged",
        "For every capability that a task needs a unit is pledged that brings it or stands in for it.",
        "NATO force generation against the combined joint statement of requirements; UN statement of unit requirements",
        "Ask contributors for the capability, or do the task without it.",
        _not_pledged,
    ),
    Rule(
        "stand-in-only",
        Severity.WARNING,
        "A capability for which only other kinds of unit stand in",
        "For every capability that a task needs at least one unit of that kind is pledged.",
        "UN statement of unit requirements: capability, not headcount",
        "Ask contributors for a unit of the kind itself.",
        _stand_in_only,
    ),
    Rule(
        "pledge-after-required",
        Severity.WARNING,
        "A unit that cannot be in place by its required date",
        (
            "On a network that nothing else uses a unit reaches its base by its required date "
            "or, where it has none, before the last task ends."
        ),
        "NATO movement dates: RLD, ALD, EAD, LAD, RDD",
        "Ask for an earlier ready-to-load date or faster lift, or move the required date.",
        _late,
    ),
    Rule(
        "pledges-only-offered",
        Severity.NOTE,
        "A task that rests on soft pledges",
        "No more of the usable people of a capability than factor check.offered-share are only offered.",
        "UN peacekeeping capability readiness system: a pledge registered is the lowest of its levels",
        "Have the members commit their offers.",
        _soft,
    ),
    Rule(
        "language-gap",
        Severity.NOTE,
        "A contingent without a language in common with its sector lead",
        "Every member wanted in a sector shares a working language with the member that leads it.",
        "NATO STANAG 6001: language proficiency; interoperability requirements of multinational formations",
        "Attach liaison officers and interpreters, or place the contingent elsewhere.",
        _no_common_language,
    ),
    Rule(
        "reserve-missing",
        Severity.WARNING,
        "High threat without a reserve",
        "In every sector whose threat is high in a phase a task asks for a reserve or a quick reaction force.",
        "Human Rights Watch, Failure to Protect (2004), on Kosovo, March 2004; UN shortfalls of quick reaction forces (2022)",
        "Add a need of the kind `reserve` or `quick reaction`.",
        _no_reserve,
    ),
    Rule(
        "medical-missing",
        Severity.WARNING,
        "A force without a medical unit",
        "At least one medical unit is pledged.",
        "UN medical support manual for field missions (2015); the 10-1-2 guideline",
        "Ask contributors for a medical unit.",
        _no_medical,
    ),
    Rule(
        "sector-without-task",
        Severity.NOTE,
        "A sector in which nothing is to be done",
        "Every sector has a task.",
        "NATO planning: areas of operation follow from tasks",
        "Give the sector a task, or join it to another.",
        _unguarded,
    ),
)

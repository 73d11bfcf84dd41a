"""Rules on the pledged force: every capability is there, in time, firm enough, and able to work together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casque.checks.muster import Muster, musters
from casque.checks.problem import Problem, day_text, listed
from casque.checks.roll import total
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.faults import nearest
from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability, Severity, Threat


def _every_muster(problem: Problem) -> Iterator[tuple[Task, Muster]]:
    return ((task, muster) for task in problem.mission.tasks.tasks for muster in musters(problem, task))


def _not_pledged(problem: Problem) -> Iterator[Breach]:
    for task, muster in _every_muster(problem):
        if not len(muster.places):
            text = (
                f"“{task.title}” needs about {muster.need:,.0f} people of {muster.capability}; nobody "
                "has pledged any that is ready before it ends, nor a unit that could stand in."
            )
            yield Breach(f"task:{task.id}", text)


def _stand_in_only(problem: Problem) -> Iterator[Breach]:
    for task, muster in _every_muster(problem):
        if len(muster.places) and muster.lent:
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
        offered = total(muster.free_people[problem.roll.offered[muster.free_rows]])
        if muster.usable > 0 and offered > limit * muster.usable:
            shares = f"{offered:,.0f} of {muster.usable:,.0f} usable people of {muster.capability}"
            text = f"“{task.title}”: {shares} are only offered, not committed."
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
    medical = (Capability.MEDICAL, Capability.HOSPITAL)
    if pledges and not any(p.unit_type in types and types[p.unit_type].capability in medical for p in pledges):
        people = sum(pledge.strength for pledge in pledges)
        yield Breach(
            f"mission:{problem.mission.about.id}",
            f"{len(pledges)} units with {people:,.0f} people are pledged, and none of them is medical.",
        )


def _unguarded(problem: Problem) -> Iterator[Breach]:
    tasked = {sector for task in problem.mission.tasks.tasks for sector in task.sectors}
    for sector in problem.mission.area.sectors:
        if sector.id not in tasked:
            yield Breach(f"sector:{sector.id}", f"No task is to be done in {sector.name}, where {sector.population:,.0f} people live.")


def _unknown_type(problem: Problem) -> Iterator[Breach]:
    types = problem.reference.unit_types
    for pledge in problem.mission.forces.pledges:
        if pledge.unit_type not in types:
            near = nearest(pledge.unit_type, types)
            hint = f" to “{near}”, if that is meant" if near else ""
            unit = f"{pledge.name} of {problem.member_name(pledge.member)}"
            text = f"{unit} is of the type “{pledge.unit_type}”, which the reference set has not."
            yield Breach(f"unit:{pledge.id}", text, fix=f"Correct the type{hint}.")


def _out_of_size(problem: Problem) -> Iterator[Breach]:
    limit, types = problem.reference.value("check.unit-size"), problem.reference.unit_types
    for pledge in problem.mission.forces.pledges:
        kind = types.get(pledge.unit_type)
        if kind is not None and kind.strength > 0 and pledge.strength > limit * kind.strength:
            text = (
                f"{pledge.name} of {problem.member_name(pledge.member)} counts {pledge.strength:,.0f} people; "
                f"its type, {kind.name.lower()}, has {kind.strength:,.0f}: its vehicles and consumption are reckoned from the type."
            )
            yield Breach(f"unit:{pledge.id}", text)


def _served_until(problem: Problem, pledge: Pledge) -> tuple[int, int] | None:
    """First day of a unit in place as planned, and the last day of its last tour, or of the plan where it comes back after rest; None where
    it never arrives."""
    arrival = problem.arrival(pledge, (pledge.sector,) if pledge.sector else tuple(problem.sectors), problem.free_arrivals)
    if arrival == float("inf"):
        return None
    first = max(int(arrival // 1), problem.day(pledge.required) if pledge.required else int(arrival // 1))
    if pledge.rest is not None:
        return first, problem.period.last
    return first, first + int(pledge.tour * (1 + pledge.renewals) * _DAYS_A_MONTH)


_DAYS_A_MONTH = 365.2425 / 12


def _short_tour(problem: Problem) -> Iterator[Breach]:
    for pledge in problem.mission.forces.pledges:
        days = pledge.tour * _DAYS_A_MONTH
        arrival = problem.arrival(pledge, (pledge.sector,) if pledge.sector else tuple(problem.sectors), problem.free_arrivals)
        moving = arrival - problem.day(pledge.available_to_load or pledge.ready_to_load)
        if arrival < float("inf") and moving >= days:
            text = f"{pledge.name} of {problem.member_name(pledge.member)} moves for {moving:.0f} days to serve a tour of {days:.0f}."
            yield Breach(f"unit:{pledge.id}", text)


def _unrelieved(problem: Problem) -> Iterator[Breach]:
    spans = [_served_until(problem, pledge) for pledge in problem.mission.forces.pledges]
    stays = np.array([-np.inf if span is None else span[1] for span in spans], dtype=np.float64)
    for task in problem.mission.tasks.tasks:
        end = min(problem.day(task.end), problem.period.last)
        parts = []
        for muster in musters(problem, task):
            last = stays[muster.free_rows].max(initial=-np.inf)
            if -np.inf < last < end:
                parts.append(f"{muster.capability} from {day_text(last + 1)}")
        if parts:
            text = (
                f"“{task.title}” runs until {day_text(end)}; the last tours promised for it end before: nobody is left of {listed(parts)}."
            )
            yield Breach(f"task:{task.id}", text)


def _empty_handed(problem: Problem) -> Iterator[Breach]:
    empty = [item for item in problem.mission.alliance.members if "contributor" in item.roles and item.id not in problem.contributors]
    if problem.contributors and empty:
        names = listed((item.name for item in empty), most=12)
        yield Breach(f"mission:{problem.mission.about.id}", f"Listed as contributors, and without any pledged unit: {names}.")


RULES = (
    Rule(
        "capability-not-pledged",
        Severity.ERROR,
        "A capability that nobody has pledged",
        "For every capability that a task needs a unit is pledged that brings it or stands in for it.",
        judgement("staff practice: force generation against a statement of requirements; none of its manuals read for this"),
        "Ask contributors for the capability, or do the task without it.",
        _not_pledged,
    ),
    Rule(
        "stand-in-only",
        Severity.WARNING,
        "A capability for which only other kinds of unit stand in",
        "For every capability that a task needs at least one unit of that kind is pledged.",
        judgement("staff practice: capability, not headcount"),
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
        judgement("staff practice of movement dates (RLD, ALD, EAD, LAD, RDD); CJCSM 3122.02B not read"),
        "Ask for an earlier ready-to-load date or faster lift, or move the required date.",
        _late,
    ),
    Rule(
        "pledges-only-offered",
        Severity.NOTE,
        "A task that rests on soft pledges",
        "No more of the usable people of a capability than factor check.offered-share are only offered.",
        secondary("UN manual on force generation, on the readiness system: a registered pledge is the lowest of its levels"),
        "Have the members commit their offers.",
        _soft,
    ),
    Rule(
        "language-gap",
        Severity.NOTE,
        "A contingent without a language in common with its sector lead",
        "Every member wanted in a sector shares a working language with the member that leads it.",
        judgement("staff practice of multinational formations; STANAG 6001 not read"),
        "Attach liaison officers and interpreters, or place the contingent elsewhere.",
        _no_common_language,
    ),
    Rule(
        "reserve-missing",
        Severity.WARNING,
        "High threat without a reserve",
        "In every sector whose threat is high in a phase a task asks for a reserve or a quick reaction force.",
        secondary("Human Rights Watch, Failure to Protect (2004): slow reaction in Kosovo, March 2004"),
        "Add a need of the kind `reserve` or `quick reaction`.",
        _no_reserve,
    ),
    Rule(
        "medical-missing",
        Severity.WARNING,
        "A force without a medical unit",
        "At least one medical unit is pledged.",
        secondary("UN levels of medical care as reported by epomedicine.com; the medical support manual (2015) not read"),
        "Ask contributors for a medical unit.",
        _no_medical,
    ),
    Rule(
        "sector-without-task",
        Severity.NOTE,
        "A sector in which nothing is to be done",
        "Every sector has a task.",
        judgement("staff practice: areas of operation follow from tasks"),
        "Give the sector a task, or join it to another.",
        _unguarded,
    ),
    Rule(
        "unit-type-unknown",
        Severity.ERROR,
        "A unit of a type that nobody knows",
        "Every unit is of a type of the reference set; without it the unit brings no capability and no load.",
        judgement("the reference set of this program"),
        "Choose a type of the reference set.",
        _unknown_type,
    ),
    Rule(
        "unit-out-of-size",
        Severity.WARNING,
        "A unit much larger than its type",
        "No unit is larger than its type by factor check.unit-size.",
        judgement("staff practice: a pledge is checked against the establishment of its type"),
        "Correct the strength or the type, or write the unit as several.",
        _out_of_size,
    ),
    Rule(
        "tour-shorter-than-movement",
        Severity.WARNING,
        "A tour that is shorter than the way to it",
        "The tour of every unit is longer than its movement from home.",
        judgement("staff practice: a tour is counted in place"),
        "Lengthen the tour, or move the unit faster.",
        _short_tour,
    ),
    Rule(
        "task-without-relief",
        Severity.WARNING,
        "A task that outlasts every tour promised for it",
        "For every capability of a task a usable unit, with the renewals that its member promised, stays until the task or the plan ends.",
        secondary("Quinlivan, Parameters (1995): a standing force needs units to rotate through it"),
        "Ask the members to renew their tours, or ask for units that relieve them.",
        _unrelieved,
    ),
    Rule(
        "member-pledges-nothing",
        Severity.NOTE,
        "A contributor without a pledge",
        "Every member with the role of contributor has pledged a unit.",
        judgement("staff practice: a contributor is known by its pledge"),
        "Ask for the pledge, or change the role.",
        _empty_handed,
    ),
)

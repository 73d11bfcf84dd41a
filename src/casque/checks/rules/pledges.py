"""Rules on the strings of a pledge: parts, notice, wishes, and the limits that its nation or its sector sets."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Severity


def _named(problem: Problem, pledge: Pledge) -> str:
    return f"{pledge.name} of {problem.member_name(pledge.member)}"


def _small_parts(problem: Problem) -> Iterator[Breach]:
    least = problem.reference.value("force.company-least")
    for pledge in problem.mission.forces.pledges:
        part = pledge.strength / pledge.splits_into
        if pledge.splits_into > 1 and part < least:
            text = (
                f"{_named(problem, pledge)} may be split into {pledge.splits_into} parts of {part:,.0f} people; a part below {least:,.0f} "
                "is no company and cannot serve by itself."
            )
            yield Breach(f"unit:{pledge.id}", text)


def _ready_before_notice(problem: Problem) -> Iterator[Breach]:
    for pledge in problem.mission.forces.pledges:
        notice = pledge.notice
        if notice is None and pledge.readiness is not None:
            notice = problem.reference.value(pledge.readiness.factor)
        if notice is None:
            continue
        called = 0 if pledge.called is None else problem.day(pledge.called)
        ready, able = problem.day(pledge.ready_to_load), called + round(notice)
        if ready < able:
            promised, possible = day_text(ready), day_text(able)
            text = (
                f"{_named(problem, pledge)} is promised ready to load on {promised}; called on {day_text(called)} at {notice:g} days' "
                f"notice it can be on {possible}, {able - ready} days later."
            )
            yield Breach(f"unit:{pledge.id}", text, able)


def _vain_wish(problem: Problem) -> Iterator[Breach]:
    for pledge in problem.mission.forces.pledges:
        if pledge.sector is not None and pledge.wishes and pledge.wishes != (pledge.sector,):
            wished = listed(problem.sectors[name].name for name in pledge.wishes if name in problem.sectors)
            where = problem.sectors[pledge.sector].name if pledge.sector in problem.sectors else pledge.sector
            yield Breach(f"unit:{pledge.id}", f"{_named(problem, pledge)} may serve in {where} only, and wishes for {wished}.")


def _above_ceiling(problem: Problem) -> Iterator[Breach]:
    for member in problem.mission.alliance.members:
        if member.people_at_most is None:
            continue
        own = [pledge for pledge in problem.mission.forces.pledges if pledge.member == member.id]
        never = [pledge for pledge in own if floor(pledge.strength) // pledge.splits_into > member.people_at_most]
        if never:
            names, verb = listed(pledge.name for pledge in never), "is" if len(never) == 1 else "are"
            limit = f"{member.name} lets no more than {member.people_at_most:,.0f} of its people serve at once"
            text = f"{limit}; {names} {verb} larger than that."
            yield Breach(f"member:{member.id}", text)


def _bound_elsewhere(problem: Problem) -> Iterator[Breach]:
    for pledge in problem.mission.forces.pledges:
        leads = [sector for sector in problem.mission.area.sectors if sector.lead == pledge.member]
        bound = [sector for sector in leads if sector.lead_stays]
        if bound and pledge.sector is not None and pledge.sector not in {sector.id for sector in leads}:
            where = problem.sectors[pledge.sector].name if pledge.sector in problem.sectors else pledge.sector
            text = f"{_named(problem, pledge)} is wanted in {where}; units of its nation may serve in {listed(s.name for s in leads)} only."
            yield Breach(f"unit:{pledge.id}", text)


_PLEDGES = judgement("staff practice: a pledge is read with every string that its nation attached; no manual read for this")

RULES = (
    Rule(
        "part-below-company",
        Severity.WARNING,
        "A pledge split into parts below company size",
        "Every part of a pledge that may be split has at least the people of factor force.company-least.",
        _PLEDGES,
        "Split it into fewer parts.",
        _small_parts,
    ),
    Rule(
        "ready-before-notice",
        Severity.WARNING,
        "A unit promised before its notice runs out",
        "No unit is promised ready to load before the day on which it is called and its notice or readiness allow it.",
        secondary("UN readiness system: deployment within a stated time of a request (un.org, node 237137)"),
        "Call it earlier, raise its readiness, or correct the promised date: the plan counts on the later day.",
        _ready_before_notice,
    ),
    Rule(
        "wish-without-choice",
        Severity.NOTE,
        "A wish that cannot be heard",
        "A unit that is tied to a sector wishes for no other.",
        _PLEDGES,
        "Untie it from the sector, or drop the wish.",
        _vain_wish,
    ),
    Rule(
        "unit-above-ceiling",
        Severity.ERROR,
        "A unit larger than its nation's ceiling",
        "No unit, nor any part of one that may be split, has more people than its member lets serve at once.",
        _PLEDGES,
        "Raise the ceiling, let the unit be split, or pledge fewer people.",
        _above_ceiling,
    ),
    Rule(
        "lead-bound-elsewhere",
        Severity.ERROR,
        "A unit of a lead nation tied to another sector",
        "Where units of a lead nation must stay in the sectors that it leads, none of them is tied to another sector.",
        _PLEDGES,
        "Let the units serve elsewhere (`lead_stays`), or untie this one.",
        _bound_elsewhere,
    ),
)

"""Rules on re-hatting: units that pass to another lead organisation pass with mandate, authority and supply in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.alliance import Rehatting
from casque.mission.vocabulary import AgreementKind, Severity


def _without_mandate(problem: Problem) -> Iterator[Breach]:
    instruments = {item.id: item for item in problem.mission.mandate.instruments}
    for change in problem.mission.alliance.rehattings:
        instrument = instruments[change.instrument]
        day = problem.day(change.day)
        if instrument.in_force > change.day:
            late = problem.day(instrument.in_force)
            text = f"{instrument.title} has effect from {day_text(late)}; the units pass to {change.to_organisation} on {day_text(day)}."
            yield Breach(f"rehatting:{change.id}", text, late)
        elif instrument.expires is not None and instrument.expires < change.day:
            text = f"{instrument.title} has ended by {day_text(day)}, when the units pass to {change.to_organisation}."
            yield Breach(f"rehatting:{change.id}", text)


def _without_authority(problem: Problem) -> Iterator[Breach]:
    posts = {post.id: post for post in problem.mission.alliance.command_posts}
    for change in problem.mission.alliance.rehattings:
        own = {name for name, post in posts.items() if name == change.to_post or post.organisation == change.to_organisation}
        out = [
            member
            for member in _passing(problem, change)
            if not any(item.covers(member) and item.to_post in own and item.in_effect(change.day) for item in problem.transfers)
        ]
        if out:
            names = listed(map(problem.member_name, out))
            text = f"From {day_text(problem.day(change.day))} on no transfer of authority puts {names} under {posts[change.to_post].name}."
            yield Breach(f"rehatting:{change.id}", text)


def _without_memorandum(problem: Problem) -> Iterator[Breach]:
    memoranda = [item for item in problem.mission.agreements.agreements if item.kind is AgreementKind.MOU]
    for change in problem.mission.alliance.rehattings:
        out = [
            member
            for member in _passing(problem, change)
            if not any(item.covers(member) and change.to_organisation in item.parties and item.in_effect(change.day) for item in memoranda)
        ]
        if out:
            names = listed(map(problem.member_name, out))
            day = day_text(problem.day(change.day))
            text = f"No memorandum of understanding with {change.to_organisation} says who supplies and pays for {names} from {day} on."
            yield Breach(f"rehatting:{change.id}", text)


def _gap(problem: Problem) -> Iterator[Breach]:
    for change in problem.mission.alliance.rehattings:
        eve = change.day - timedelta(days=1)
        holding = [
            item
            for item in problem.mission.mandate.instruments
            if item.id != change.instrument and item.in_force <= eve and (item.expires is None or item.expires >= eve)
        ]
        if not holding:
            day = day_text(problem.day(change.day))
            text = f"On the eve of {day} no instrument covers the units that are to pass to {change.to_organisation}."
            yield Breach(f"rehatting:{change.id}", text)


def _below_standard(problem: Problem) -> Iterator[Breach]:
    units = {pledge.id: pledge for pledge in problem.mission.forces.pledges}
    for change in problem.mission.alliance.rehattings:
        passing = [pledge for pledge in units.values() if pledge.member in _passing(problem, change)]
        short = [pledge for pledge in passing if pledge.id in change.below_standard]
        if short:
            by = problem.day(change.standards_by or change.day)
            share = sum(pledge.strength for pledge in short) / max(1.0, sum(pledge.strength for pledge in passing))
            asked = f" ({change.standards.rstrip('.')})" if change.standards else ""
            text = (
                f"{counted(len(short), 'unit')} of those that pass to {change.to_organisation}, {share:.0%} of their people, fall short of "
                f"its standards{asked}: {listed(pledge.name for pledge in short)}. They have until {day_text(by)}."
            )
            yield Breach(f"rehatting:{change.id}", text)


def _old_supply(problem: Problem) -> Iterator[Breach]:
    for change in problem.mission.alliance.rehattings:
        open_ended = [
            fleet.id
            for fleet in problem.mission.supply.trucks
            if fleet.number and fleet.owner == change.from_organisation and (fleet.until is None or fleet.until >= change.day)
        ]
        if open_ended:
            day = day_text(problem.day(change.day))
            text = (
                f"From {day} on {change.to_organisation} supplies the units, and the plan still counts trucks of "
                f"{change.from_organisation}: {listed(open_ended)}."
            )
            yield Breach(f"rehatting:{change.id}", text)


def _passing(problem: Problem, change: Rehatting) -> tuple[str, ...]:
    return tuple(member for member in problem.contributors if not change.members or member in change.members)


_SOURCE = judgement("practice of the UN missions that took over from regional forces, Liberia 2003 and Mali 2013")

RULES = (
    Rule(
        "rehatting-without-mandate",
        Severity.ERROR,
        "A change of lead without a mandate",
        "On the day units pass to another lead organisation, the instrument it rests on is in force.",
        _SOURCE,
        "Bring the instrument forward or move the day.",
        _without_mandate,
    ),
    Rule(
        "rehatting-without-authority",
        Severity.ERROR,
        "A change of lead without authority over the units",
        "On the day units pass to another lead organisation, a transfer of authority puts each contributor under a post of it.",
        _SOURCE,
        "Agree on transfers of authority to the new commander that take effect on the day.",
        _without_authority,
    ),
    Rule(
        "rehatting-without-memorandum",
        Severity.WARNING,
        "A change of lead that leaves supply and pay open",
        "On the day units pass to another lead organisation, a memorandum of understanding with it covers each contributor.",
        _SOURCE,
        "Sign the memoranda before the day, with the standards that the units do not yet meet.",
        _without_memorandum,
    ),
    Rule(
        "rehatting-gap",
        Severity.ERROR,
        "A day between two mandates",
        "On the eve of a change of lead, another instrument still covers the units.",
        _SOURCE,
        "Extend the old instrument to the day of the change.",
        _gap,
    ),
    Rule(
        "rehatting-below-standard",
        Severity.WARNING,
        "Units that pass to another lead organisation below its standards",
        "No unit that passes is written down as falling short of what the new lead organisation asks.",
        secondary(
            "the Global Observatory (May 2013) on Mali: contingents that passed to the United Nations fell short of its equipment standards"
        ),
        "Bring the units up to standard by the day, or agree until when they are taken as they are and who makes up the difference.",
        _below_standard,
    ),
    Rule(
        "rehatting-old-supply",
        Severity.NOTE,
        "Trucks of the old lead organisation after the change of lead",
        "Truck fleets of the organisation that hands over end before the day of the change.",
        _SOURCE,
        "Give the fleet a last day, or write that the new organisation takes it over.",
        _old_supply,
    ),
)

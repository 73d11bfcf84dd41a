"""Rules on standing arrangements: what is to enter first is on call, ready in time, lawful, and stays as long as the plan counts on it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.vocabulary import Severity
from casque.plan.record import DAYS_PER_MONTH


def _off_call(problem: Problem) -> Iterator[Breach]:
    about = problem.mission.about
    for item in problem.mission.alliance.standing:
        asked = item.asked_on(about.d_day)
        if not item.on_call(asked):
            spans = [f"from {day_text(problem.day(item.from_day))}"] if item.from_day is not None else []
            spans += [f"until {day_text(problem.day(item.until))}"] if item.until is not None else []
            text = f"{item.title} is asked for on {day_text(problem.day(asked))} and is on call {listed(spans)} only."
            yield Breach(f"arrangement:{item.id}", text)


def _not_ready(problem: Problem) -> Iterator[Breach]:
    units = {pledge.id: pledge for pledge in problem.mission.forces.pledges}
    for item in problem.mission.alliance.standing:
        ready = item.ready_on(problem.mission.about.d_day)
        early = [units[name] for name in item.pledges if units[name].ready_to_load < ready]
        if early:
            asked = day_text(problem.day(item.asked_on(problem.mission.about.d_day)))
            verb = "is" if len(early) == 1 else "are"
            text = (
                f"{item.title}, asked for on {asked}, is ready on {day_text(problem.day(ready))} (decision {item.decision:g} days, notice "
                f"{item.notice:g} days); {listed(unit.name for unit in early)} {verb} pledged as ready before."
            )
            yield Breach(f"arrangement:{item.id}", text)


def _outstayed(problem: Problem) -> Iterator[Breach]:
    units = {pledge.id: pledge for pledge in problem.mission.forces.pledges}
    for item in problem.mission.alliance.standing:
        stays = {name: units[name].tour * (1 + units[name].renewals) * DAYS_PER_MONTH for name in item.pledges}
        long = [name for name, days in stays.items() if days > item.stay + 1]
        if long:
            most = max(stays[name] for name in long)
            text = (
                f"{item.title} can stay {item.stay:.0f} days, every renewal counted; {counted(len(long), 'unit')} of it "
                f"({listed(units[name].name for name in long)}) {'is' if len(long) == 1 else 'are'} pledged for up to {most:.0f} days."
            )
            yield Breach(f"arrangement:{item.id}", text)


def _without_basis(problem: Problem) -> Iterator[Breach]:
    instruments = {item.id: item for item in problem.mission.mandate.instruments}
    agreements = {item.id: item for item in problem.mission.agreements.agreements}
    for item in problem.mission.alliance.standing:
        moves = item.ready_on(problem.mission.about.d_day)
        when = day_text(problem.day(moves))
        if item.instrument is not None:
            basis = instruments[item.instrument]
            if basis.in_force > moves or (basis.expires is not None and basis.expires < moves):
                yield Breach(
                    f"arrangement:{item.id}", f"{item.title} is ready on {when}; {basis.title}, on which it rests, has no effect then."
                )
        if item.agreement is not None and not agreements[item.agreement].in_effect(moves):
            title = agreements[item.agreement].title
            yield Breach(f"arrangement:{item.id}", f"{item.title} is ready on {when}; {title}, on which it rests, is not in force then.")


_PRACTICE = judgement("staff practice: a package is planned with the notice and the endurance that were agreed on")

RULES = (
    Rule(
        "standing-off-call",
        Severity.ERROR,
        "A standing arrangement that is not on call",
        "On the day a standing arrangement is asked for, it is on call.",
        _PRACTICE,
        "Ask for it earlier, or for the one that is on call then.",
        _off_call,
    ),
    Rule(
        "standing-not-ready",
        Severity.WARNING,
        "A package planned before it can be ready",
        "No unit of a standing arrangement is pledged as ready to load before request, decision and notice allow it.",
        _PRACTICE,
        "Ask for it earlier, shorten the decision, or plan its units from the day on which they are ready.",
        _not_ready,
    ),
    Rule(
        "standing-outstayed",
        Severity.WARNING,
        "A package planned beyond its endurance",
        "No unit of a standing arrangement is pledged for longer than the arrangement lets it stay, renewals counted.",
        secondary("the Dutch Ministry of Defence on rapid reaction forces: an EU battlegroup stays for 30 to 120 days"),
        "Ask for a renewal, or for a unit of the main force that relieves it.",
        _outstayed,
    ),
    Rule(
        "standing-without-basis",
        Severity.WARNING,
        "A package without the text it rests on",
        "When a standing arrangement is ready to move, the instrument and the agreement it rests on are in force.",
        _PRACTICE,
        "Bring the instrument or the agreement forward, or name what it rests on until then.",
        _without_basis,
    ),
)

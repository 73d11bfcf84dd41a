"""Rules on decisions: what was adopted carried under the organisation's own rule, and who could stop what has yet to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement
from casque.mission.alliance import Organisation
from casque.mission.mandate import Instrument
from casque.mission.vocabulary import DecisionRule, Severity
from casque.mission.votes import COUNCIL, PERMANENT, Vote, carried, who_could_stop


def _votes(problem: Problem) -> Iterator[tuple[Instrument, Vote, Organisation]]:
    bodies = {item.id: item for item in problem.mission.alliance.organisations}
    for instrument in problem.mission.mandate.instruments:
        for vote in instrument.votes:
            if vote.organisation in bodies:
                yield instrument, vote, bodies[vote.organisation]


def _seats(body: Organisation) -> int | None:
    return COUNCIL if body.decides_by is DecisionRule.COUNCIL_NINE_OF_FIFTEEN else body.seats


def _not_carried(problem: Problem) -> Iterator[Breach]:
    for instrument, vote, body in _votes(problem):
        found = carried(body.decides_by, vote, _seats(body), body.leader)
        if not found.holds:
            text = f"{instrument.title} did not carry in {body.name} ({body.decides_by}) with {vote.figures}: {found.why}."
            yield Breach(f"instrument:{instrument.id}", text)


def _miscounted(problem: Problem) -> Iterator[Breach]:
    for instrument, vote, body in _votes(problem):
        seats = _seats(body)
        for what, count, named in (("against", vote.against, vote.against_by), ("abstaining", vote.abstaining, vote.abstaining_by)):
            if len(named) > count:
                text = f"The vote on {instrument.title} counts {count} {what} and names {len(named)}: {listed(named)}."
                yield Breach(f"instrument:{instrument.id}", text)
        if seats is not None and vote.cast > seats:
            yield Breach(
                f"instrument:{instrument.id}", f"The vote on {instrument.title} counts {vote.cast} members; {body.name} has {seats}."
            )


def _one_no(problem: Problem) -> Iterator[Breach]:
    bodies = {item.id: item for item in problem.mission.alliance.organisations}
    for instrument in problem.mission.mandate.instruments:
        if instrument.expires is None or not 0 <= problem.day(instrument.expires) < problem.period.last:
            continue
        for body in (bodies[name] for name in instrument.adopted_by if name in bodies):
            members = tuple(member.id for member in problem.mission.alliance.members if body.id in member.organisations)
            could = who_could_stop(body.decides_by, members, body.leader)
            if not could:
                continue
            doubtful = {
                name for vote in instrument.votes if vote.organisation == body.id for name in (*vote.against_by, *vote.abstaining_by)
            }
            before = [name for name in could if name in doubtful]
            text = (
                f"{instrument.title} has to be renewed by {day_text(problem.day(instrument.expires))}. In {body.name} ({body.decides_by}) "
                f"the “no” of any one of these ends it: {listed(_name(problem, name) for name in could)}."
            )
            if before:
                text += f" Not in favour last time: {listed(_name(problem, name) for name in before)}."
            yield Breach(f"instrument:{instrument.id}", text)


def _name(problem: Problem, member: str) -> str:
    return problem.member_name(member) if member in problem.members else PERMANENT.get(member, member)


RULES = (
    Rule(
        "vote-not-carried",
        Severity.ERROR,
        "An instrument that did not carry",
        "Every recorded vote on an instrument carries under the decision rule of the organisation: no breach of silence under consensus, "
        "nine of fifteen and no permanent member against in the Security Council, two thirds or a majority of the votes cast, the lead "
        "nation not against.",
        judgement("the organisations' own rules; UN Charter, article 27, and the protocol of the Peace and Security Council not read"),
        "Correct the vote or the decision rule, or take out the instrument.",
        _not_carried,
    ),
    Rule(
        "vote-miscounted",
        Severity.WARNING,
        "A vote whose figures do not fit",
        "A recorded vote names no more members than it counts, and counts no more than the organisation has.",
        judgement("the vote's own figures, as the folder gives them"),
        "Correct the figures.",
        _miscounted,
    ),
    Rule(
        "renewal-hangs-on-one",
        Severity.NOTE,
        "A renewal that one member can stop",
        "An instrument that expires within the plan is not decided by consensus, by veto or by a lead nation alone.",
        judgement("the organisations' own rules; UN Charter, article 27, not read"),
        "Ask those members early, and plan for the case that one of them says no.",
        _one_no,
    ),
)

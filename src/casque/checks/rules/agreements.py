"""Rules on agreements: the force may enter, pass and be sustained where it has to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casque.checks.entry import shut_to
from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.agreements import Agreement
from casque.mission.vocabulary import AgreementKind, AgreementStatus, Severity


def _missing(problem: Problem) -> Iterator[Breach]:
    end = problem.period.last
    for country, role in problem.gates.items():
        members = tuple(member for member in problem.contributors if member != country)
        out = [member for member in members if shut_to(problem, country, (member,), end)]
        if not (out or (not members and shut_to(problem, country, (), end))):
            continue
        everyone = len(out) == len(members)
        name = problem.member_name(country)
        kind = "status-of-forces" if role == "host" else "transit"
        whom = "any contributor" if everyone else listed(map(problem.member_name, out))
        doing = "serves" if role == "host" else "passes"
        severe = everyone and (role == "host" or _cuts_off(problem, out))
        known = [item for item in problem.agreements_on(country) if all(shut_to(problem, country, (member,), end) for member in out)]
        state = f" “{known[0].title}” is {known[0].status}." if known else ""
        yield Breach(
            f"member:{country}",
            f"The force {doing} on the ground of {name}, and no {kind} agreement covers {whom} there by {day_text(end)}.{state}",
            severity=None if severe else Severity.WARNING,
        )


def _cuts_off(problem: Problem, members: list[str]) -> bool:
    """Whether agreements leave every unit of the members without a way that the network would give it."""
    pairs = [(problem.free_arrivals[p.id], problem.gated_arrivals[p.id]) for p in problem.mission.forces.pledges if p.member in members]
    bases = tuple(sector.base for sector in problem.mission.area.sectors)
    coming = [gated for free, gated in pairs if any(base in free for base in bases)]
    return bool(coming) and not any(base in gated for gated in coming for base in bases)


def _late(problem: Problem) -> Iterator[Breach]:
    starts = [problem.day(task.start) for task in problem.mission.tasks.tasks]
    if not starts:
        return
    need = min(starts)
    for country, role in problem.gates.items():
        live = [
            (item, problem.agreement_window(item)) for item in problem.agreements_on(country) if not problem.agreement_window(item).empty
        ]
        if not live or min(window.first for _, window in live) <= need or (role == "transit" and not _delays(problem, country)):
            continue
        item, window = min(live, key=lambda pair: pair[1].first)
        yield _late_breach(item, window.first, need, "the first task starts")
    for item in problem.mission.agreements.agreements:
        window = problem.agreement_window(item)
        if item.kind not in (AgreementKind.MOU, AgreementKind.LOA) or window.empty:
            continue
        bound = item.members or tuple(member for member in problem.contributors if member in item.parties)
        alike = _alike(problem, item)
        units = [
            when
            for member in bound
            for pledge in problem.pledges_of.get(member, ())
            if not _covered(problem, alike, member, when := max(need, problem.day(pledge.required or pledge.ready_to_load)))
        ]
        if units and window.first > min(units):
            yield _late_breach(item, window.first, min(units), "the first unit that it covers is required")


def _alike(problem: Problem, item: Agreement) -> list[Agreement]:
    """Other agreements of the same kind and country."""
    every = problem.mission.agreements.agreements
    return [other for other in every if other.kind is item.kind and other.country == item.country and other.id != item.id]


def _covered(problem: Problem, alike: list[Agreement], member: str, day: int) -> bool:
    """Whether another agreement of the same kind and country covers a member on a day, so that the one at hand only follows it."""
    return any(
        (member in other.members or (not other.members and member in other.parties))
        and problem.agreement_window(other).first <= day <= problem.agreement_window(other).last
        for other in alike
    )


def _delays(problem: Problem, country: str) -> bool:
    """Whether waiting for the ground of a country may hold up a unit on its fastest way."""
    bases = problem.bases(problem.sectors)
    free, gated = problem.free_arrivals.days(bases), problem.gated_arrivals.days(bases)
    held_up = np.where(np.isinf(gated), 0, np.floor(gated)) > np.floor(free)
    units = (problem.roll.pledges[row] for row in np.flatnonzero(held_up).tolist())
    return any(shut_to(problem, country, (pledge.member,), problem.day(pledge.ready_to_load)) for pledge in units)


def _late_breach(item: Agreement, first: int, need: int, what: str) -> Breach:
    text = f"“{item.title}” has effect from {day_text(first)}, {first - need} days after {what} on {day_text(need)}."
    return Breach(f"agreement:{item.id}", text, first)


def _expires(problem: Problem) -> Iterator[Breach]:
    ends = [problem.day(task.end) for task in problem.mission.tasks.tasks]
    if not ends:
        return
    last = min(max(ends), problem.period.last)
    for item in problem.mission.agreements.agreements:
        window = problem.agreement_window(item)
        if window.empty or window.last >= last:
            continue
        successors = [
            other
            for other in problem.mission.agreements.agreements
            if other.id != item.id
            and other.kind is item.kind
            and other.country == item.country
            and problem.agreement_window(other).last >= last
            and not problem.agreement_window(other).empty
        ]
        if not successors:
            yield Breach(f"agreement:{item.id}", f"“{item.title}” ends on {day_text(window.last)}; tasks run until {day_text(last)}.")


def _pending(problem: Problem) -> Iterator[Breach]:
    for item in problem.mission.agreements.agreements:
        if item.status is not AgreementStatus.REFUSED and problem.agreement_window(item).empty:
            text = f"“{item.title}” is {item.status}, and no day is named on which it takes effect."
            if item.status is AgreementStatus.IN_FORCE:
                yield Breach(f"agreement:{item.id}", f"{text} Until one is, it counts for nothing.")
            else:
                yield Breach(f"agreement:{item.id}", text, severity=Severity.NOTE)


def _incomplete_transfer(problem: Problem) -> Iterator[Breach]:
    for item in problem.transfers:
        missing = ["the degree"] * (item.authority is None) + ["the post that receives it"] * (item.to_post is None)
        if missing and not problem.refused(item):
            yield Breach(f"agreement:{item.id}", f"“{item.title}” passes on authority, and does not name {listed(missing)}.")


_ON_GROUND = (AgreementKind.SOFA, AgreementKind.TRANSIT, AgreementKind.OVERFLIGHT, AgreementKind.BASING)


def _groundless(problem: Problem) -> Iterator[Breach]:
    for item in problem.mission.agreements.agreements:
        if item.kind in _ON_GROUND and item.country is None:
            yield Breach(f"agreement:{item.id}", f"“{item.title}” ({item.kind}) does not name the country whose ground or air it opens.")


def _unsustained(problem: Problem) -> Iterator[Breach]:
    covered: set[str] = set()
    for item in problem.mission.agreements.agreements:
        if item.kind in (AgreementKind.MOU, AgreementKind.LOA) and not problem.agreement_window(item).empty:
            covered |= {*item.members, *item.parties}
    out = [member for member in problem.contributors if member not in covered]
    if covered and 0 < len(out) < len(problem.contributors):
        for member in out:
            people = sum(pledge.strength for pledge in problem.mission.forces.pledges if pledge.member == member)
            text = (
                f"No memorandum of understanding or letter of assist covers {problem.member_name(member)} with {people:,.0f} people, "
                "as it does other contributors: nothing says who sustains them."
            )
            yield Breach(f"member:{member}", text)


RULES = (
    Rule(
        "agreement-missing",
        Severity.ERROR,
        "Ground that no agreement opens",
        "Every country in which the force serves or through which it passes has a status-of-forces "
        "or transit agreement that covers every contributor. "
        "It is an error where nobody may serve, or where no other way is left; otherwise a warning.",
        judgement("legal practice: status-of-forces and transit agreements; the UN model agreement (A/45/594) not read"),
        "Conclude the agreement, or extend it to the contributors that it leaves out.",
        _missing,
    ),
    Rule(
        "agreement-late",
        Severity.WARNING,
        "An agreement that takes effect too late",
        "Agreements on ground have effect when the first task starts, and hold no unit up; memoranda of understanding "
        "and letters of assist have effect when the first unit that they cover is required, unless another of their kind covers its "
        "member by then.",
        judgement("staff practice: agreements precede deployment; the UN manual on force generation not read for this"),
        "Bring it forward, agree on provisional application, or move the tasks that wait for it.",
        _late,
    ),
    Rule(
        "agreement-expires",
        Severity.WARNING,
        "An agreement that ends while tasks still run",
        "Every agreement lasts until the last task ends, or another of its kind follows it.",
        judgement("the agreement's own dates, as the folder gives them"),
        "Agree on its extension.",
        _expires,
    ),
    Rule(
        "agreement-undated",
        Severity.WARNING,
        "An agreement without a day",
        "Every agreement has a day on which it takes effect, or is expected to. It is a warning where it is said to be in force, a note "
        "where it is still to come.",
        judgement("staff practice: what cannot be dated cannot be planned on"),
        "Name the expected day, or plan without it.",
        _pending,
    ),
    Rule(
        "transfer-incomplete",
        Severity.WARNING,
        "A transfer of authority that does not say what to whom",
        "Every transfer of authority names its degree and the post that receives it.",
        secondary("Joint Force Quarterly 65 on multinational command relationships: authority is delegated by degree, with its caveats"),
        "Name the degree and the post.",
        _incomplete_transfer,
    ),
    Rule(
        "agreement-without-ground",
        Severity.WARNING,
        "An agreement on ground that names no country",
        "Every status-of-forces, transit, overflight or basing agreement names the country whose ground or air it opens.",
        judgement("legal practice: such an agreement binds the country whose ground it opens"),
        "Name the country.",
        _groundless,
    ),
    Rule(
        "sustainment-agreement-missing",
        Severity.WARNING,
        "A contributor that no agreement sustains, where others have one",
        "Where memoranda of understanding or letters of assist cover some contributors, they cover all.",
        secondary("MINUSCA memorandum of understanding: personnel, major equipment and self-sustainment are agreed with the contributor"),
        "Agree on a memorandum of understanding, or write down that the nation sustains itself.",
        _unsustained,
    ),
)

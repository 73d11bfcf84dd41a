"""The link agreements: whether the force may enter the ground that it works on, and is sustained there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from casque.checks.lawful import days_text
from casque.checks.moves import moves_asked
from casque.checks.pools import Pool
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.remedy import Proposal, Verdict, agreement_asked
from casque.checks.roll import Rows
from casque.checks.roster import Candidate
from casque.checks.sustainers import memoranda_asked, sustained
from casque.checks.thinned import Kept, taken_out, thinned
from casque.checks.windows import EVER
from casque.mission.tasks import Task
from casque.plan.findings import State


def judge_agreements(problem: Problem, task: Task, candidates: Pool) -> Verdict:
    """Whether the units that could serve may stand on the task's ground and pass what lies before it in time, and are sustained there."""
    ground = _judge_ground(problem, task, candidates)
    if ground.state is State.RED:
        return ground
    kept = _is_sustained(problem, task)
    bare = unsustained(problem, task, candidates)
    if not len(bare):
        return ground
    names = listed(map(problem.member_name, problem.roll.members_of(bare)))
    text = f"No memorandum of understanding or letter of assist says who sustains the units of {names}"
    items = (*ground.items, *(f"agreement:{item.id}" for item in problem.memoranda))
    if thin := thinned(problem, task, candidates.musters, kept):
        text = f"{text}; without them too little {listed(str(m.capability) for m in thin)} is left."
        return Verdict(State.RED, text, items, None, memoranda_asked(problem, taken_out(problem, task, thin, kept)))
    if ground.state is State.AMBER:
        return replace(ground, reason=f"{ground.reason} {text}.", items=items, clears_on=None)
    return Verdict(State.AMBER, f"{text}.", items)


def unsustained(problem: Problem, task: Task, candidates: Pool) -> Rows:
    """Rows on the roll of units that come in time and that nothing sustains."""
    covered = sustained(problem, task)
    bare = [number for member, number in problem.roll.members.items() if member not in covered]
    if not bare:
        return candidates.rows[:0]
    rows = candidates.rows[np.isin(problem.roll.member[candidates.rows], bare)]
    coming: Rows = rows[problem.days_at_bases(task, problem.free_arrivals)[rows] <= problem.day(task.end)]
    return coming


def _is_sustained(problem: Problem, task: Task) -> Kept:
    covered = sustained(problem, task)
    return lambda pledge: pledge.member in covered


def _enters(problem: Problem, task: Task) -> Kept:
    """Whether agreements let a unit be at a base of the task before it ends."""
    gated, end = problem.at_bases(task, problem.gated_arrivals), problem.day(task.end)
    return lambda pledge: gated[pledge.id] <= end


def _judge_ground(problem: Problem, task: Task, candidates: Pool) -> Verdict:
    """Whether the units that could serve may stand on the ground of the task's sectors and pass what lies before it, in time."""
    by, end = problem.day(task.required_by), problem.day(task.end)
    hosts = tuple(dict.fromkeys(sector_country(problem, sector) for sector in problem.force_sectors(task) if sector in problem.sectors))
    items = tuple(dict.fromkeys(item for host in hosts for item in problem.items_on(host)))
    free, gated = problem.days_at_bases(task, problem.free_arrivals), problem.days_at_bases(task, problem.gated_arrivals)
    coming = candidates.rows[free[candidates.rows] <= end]
    may_enter = gated[coming] <= end
    entering, members = coming[may_enter], problem.roll.members_of
    shut = tuple(host for host in hosts if shut_to(problem, host, members(candidates.rows), end))
    if len(coming) and not len(entering) and not shut:
        shut = tuple(country for country in problem.gates if shut_to(problem, country, members(coming), end)) or hosts
    if shut:
        asks = tuple(ask for country in closed_to(problem, candidates, end, shut) if (ask := agreement_asked(problem, country)))
        return _closed(problem, task, shut, items, (*asks, *moves_asked(problem, task)))
    hosts_text = listed(map(problem.member_name, hosts))
    if not len(coming):
        return Verdict(State.GREEN, f"The ground of {hosts_text} is open by agreement; no unit is on its way yet.", items)
    if len(entering) < len(coming):
        out = listed(map(problem.member_name, members(coming[~may_enter])))
        text = f"{len(entering)} of {len(coming)} units that could serve may enter and pass; not covered are those of {out}"
        last = float(gated[coming].max())
        clears = int(last // 1) if last < float("inf") else None
        enters = _enters(problem, task)
        if thin := thinned(problem, task, candidates.musters, enters):
            text = f"{text}; without them too little {listed(str(m.capability) for m in thin)} is left"
            return Verdict(State.RED, f"{text}.", items, clears, _openings(problem, task, taken_out(problem, task, thin, enters)))
        return Verdict(State.AMBER, f"{text}.", items, clears)
    first, allowed = float(free[entering].min()), float(gated[entering].min())
    if int(allowed // 1) > max(by, int(first // 1)):
        clears = int(allowed // 1)
        return Verdict(
            State.AMBER, f"Agreements let the first unit in on {day_text(clears)}, {clears - by} days after {day_text(by)}.", items, clears
        )
    return Verdict(State.GREEN, f"Agreements open the ground of {hosts_text} and the way there to {counted(len(entering), 'unit')}.", items)


def _openings(problem: Problem, task: Task, rows: Rows) -> tuple[Proposal, ...]:
    """Agreements with the countries that are shut to some units until the task ends; else with those that open to them too late."""
    end, by, members = problem.day(task.end), problem.day(task.required_by), problem.roll.members_of(rows)
    shut = [[c for c in problem.gates if any(shut_to(problem, c, (member,), day) for member in members)] for day in (end, by)]
    return tuple(ask for country in shut[0] or shut[1] if (ask := agreement_asked(problem, country)))


def agreements_fail(problem: Problem, task: Task, pool: Pool) -> bool:
    """Whether nobody who could serve may enter, or too few to carry the task: a host is shut, or agreements open no way in time."""
    end, sectors = problem.day(task.end), problem.force_sectors(task)
    closed = list(dict.fromkeys(sector_country(problem, sector) for sector in sectors if sector in problem.sectors))
    if not len(pool):
        return any(shut_to(problem, host, (), end) for host in closed)
    free, gated = problem.at_bases(task, problem.free_arrivals), problem.at_bases(task, problem.gated_arrivals)
    present, entered, looked, pledges = False, False, set(), problem.roll.pledges
    for pledge in map(pledges.__getitem__, pool.rows.tolist()):
        member = pledge.member
        if (entered and member in looked) or free[pledge.id] > end:
            continue
        present, entered = True, entered or gated[pledge.id] <= end
        if member not in looked:
            looked.add(member)
            closed = [host for host in closed if shut_to(problem, host, (member,), end)]
        if entered and not closed:
            return any(thinned(problem, task, pool.musters, kept) for kept in (_enters(problem, task), _is_sustained(problem, task)))
    return present or any(shut_to(problem, host, problem.roll.members_of(pool.rows), end) for host in closed)


def sector_country(problem: Problem, sector: str) -> str:
    """Country in which a sector's base lies; the mission's own where the base is not on the network."""
    node = problem.network.nodes.get(problem.sectors[sector].base)
    return problem.mission.area.country if node is None else node.country


def shut_to(problem: Problem, country: str, members: tuple[str, ...], until: int) -> bool:
    """Whether no agreement opens a country to any of the members by a day; without members, whether none opens it to anybody."""
    if not members:
        return all(w.empty or w.first > until for w in (problem.agreement_window(item) for item in problem.agreements_on(country)))
    return all(w.empty or w.first > until for member in dict.fromkeys(members) for w in problem.ground(country, member))


def closed_to(problem: Problem, candidates: Iterable[Candidate], until: int, shut: tuple[str, ...]) -> tuple[str, ...]:
    """Countries that are shut, and those that are shut to some of the units that could serve."""
    members = tuple(dict.fromkeys(c.pledge.member for c in candidates))
    partly = [country for country in problem.gates if any(shut_to(problem, country, (member,), until) for member in members)]
    return tuple(dict.fromkeys([*shut, *partly]))


def _closed(problem: Problem, task: Task, shut: tuple[str, ...], items: tuple[str, ...], asks: tuple[Proposal, ...]) -> Verdict:
    """The red verdict: nobody may enter, with what stands in the way in each country."""
    end = problem.day(task.end)
    parts = []
    for country in shut:
        name, known = problem.member_name(country), problem.agreements_on(country)
        pending = [item for item in known if not problem.refused(item)]
        if known and not pending:
            parts.append(f"{name} refused “{known[0].title}”")
        elif pending:
            window = days_text(problem.agreement_window(pending[0]))
            parts.append(f"“{pending[0].title}” with {name} is {pending[0].status} and has effect {window}")
        else:
            parts.append(f"no agreement with {name} is foreseen")
    starts = [
        min((w.first for w in map(problem.agreement_window, problem.agreements_on(country)) if not w.empty), default=EVER)
        for country in shut
    ]
    clears = max(starts) if end < max(starts) < EVER else None
    return Verdict(State.RED, f"By {day_text(end)} nobody may enter: {'; '.join(parts)}.", items, clears, asks)

"""The links authority and agreements: whether the force may be commanded by the mission and may enter the ground it works on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from casque.checks.lawful import days_text
from casque.checks.moves import moves_asked
from casque.checks.pools import Pool
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.remedy import Proposal, Verdict, agreement_asked, change, raise_asked
from casque.checks.roster import Candidate
from casque.checks.windows import EVER, Window
from casque.mission.tasks import Task
from casque.plan.findings import State


def judge_authority(problem: Problem, task: Task, candidates: Pool, able: Pool) -> Verdict:
    """Whether authority over the units that could serve passes to a post of the mission by the required date.

    A transfer of TACON does not count: it lets the post direct movements in place, not assign tasks. `able` are the units that
    could serve if every caveat were waived and every way open.
    """
    wanted = Window(problem.day(task.required_by), problem.day(task.end))
    sectors = problem.force_sectors(task)
    posts = tuple(f"post:{post.id}" for post in problem.mission.alliance.command_posts if post.sector in sectors)
    items = problem.transfer_items + posts
    members = problem.roll.members_of(candidates.rows) or problem.contributors
    first = _taskable_days(problem, members, wanted)
    held = [member for member in members if first[member] is not None]
    missing = [member for member in members if first[member] is None]
    if not held:
        if not candidates and any(problem.agreement_window(item).meets(wanted) for item in problem.wide_transfers):
            return Verdict(State.GREEN, "A transfer of authority stands ready; no unit that could serve is pledged yet.", items)
        return _untransferred(problem, tuple(dict.fromkeys([*missing, *problem.roll.members_of(able.rows)])), wanted, items)
    after = {member: day for member in held if (day := first[member]) is not None and day > wanted.first}
    from_day = wanted_from(problem, task, candidates) if after or missing else {}
    # Units that are planned to come after the task need no authority for it.
    missing = [member for member in missing if from_day.get(member, wanted.first) <= wanted.last]
    late = {member: day for member, day in after.items() if day > from_day.get(member, wanted.first)}
    if missing or late:
        parts = list(_uncovered(problem, missing, wanted))
        if late:
            last = max(late.values())
            names = listed(map(problem.member_name, late))
            parts.append(f"that of {names} has effect by {day_text(last)}, later than the task and their units need it")
        text = "; ".join(parts)
        return Verdict(State.AMBER, f"{text[:1].upper()}{text[1:]}.", items, max(late.values()) if late and not missing else None)
    bare = [sector for sector in sectors if not any(post.sector == sector for post in problem.mission.alliance.command_posts)]
    if bare and problem.mission.alliance.command_posts:
        return Verdict(State.AMBER, f"No command post is named for {problem.sector_names(bare)}.", items)
    return Verdict(
        State.GREEN, f"Authority over the units of {counted(len(held), 'contributor')} is transferred by the day they are needed.", items
    )


def _uncovered(problem: Problem, members: list[str], wanted: Window) -> Iterator[str]:
    """Why the units of some members cannot be tasked: too narrow a degree, or no transfer at all."""
    narrow = [member for member in members if transfer_day(problem, member, wanted) is not None]
    without = [member for member in members if member not in narrow]
    if without:
        yield f"no transfer of authority covers {listed(map(problem.member_name, without))}"
    if narrow:
        yield (
            f"{listed(map(problem.member_name, narrow))} {'passes' if len(narrow) == 1 else 'pass'} on TACON only, "
            "which directs movements in place; to assign the task takes TACOM, OPCON or OPCOM over the units"
        )


def authority_fails(problem: Problem, task: Task, pool: Pool) -> bool:
    """Whether nobody who could serve, and comes in time where anybody does, can be tasked."""
    wanted = Window(problem.day(task.required_by), problem.day(task.end))
    taskable = {member: day is not None for member, day in _taskable_days(problem, problem.contributors, wanted).items()}
    if not pool:
        return not any(taskable.values()) and not any(problem.agreement_window(item).meets(wanted) for item in problem.wide_transfers)
    days, present, pledges = problem.at_bases(task, problem.free_arrivals), False, problem.roll.pledges
    for pledge in map(pledges.__getitem__, pool.rows.tolist()):
        if not (present and not taskable[pledge.member]) and days[pledge.id] <= wanted.last:
            present = True
            if taskable[pledge.member]:
                return False
    return present or not any(taskable[member] for member in problem.roll.members_of(pool.rows))


def _untransferred(problem: Problem, members: tuple[str, ...], wanted: Window, items: tuple[str, ...]) -> Verdict:
    """The red verdict: nobody who could serve can be tasked, with the transfers that would change that."""
    if not members:
        text = "Agree on a transfer of authority with the contributors."
        asked = change(problem, "transfer authority", "agreement:transfer-of-authority", text, "authority")
        return Verdict(State.RED, "No transfer of authority is foreseen.", items, None, (asked,))
    asks, narrow = [], []
    for member in members:
        name = problem.member_name(member)
        if taskable_from(problem, member, wanted) is not None:
            continue
        passed = [item for item in problem.transfers if item.covers(member) and problem.agreement_window(item).meets(wanted)]
        if passed:
            narrow.append(name)
            asks.append(raise_asked(problem, member, passed))
        else:
            text = f"Have {name} transfer authority over its units."
            asks.append(change(problem, "transfer authority", f"member:{member}", text, "authority"))
    names = listed(map(problem.member_name, members))
    why = f"; {listed(narrow)} only TACON, under which no task can be assigned" if narrow else ""
    return Verdict(
        State.RED,
        f"No transfer of authority by {day_text(wanted.last)} covers {names}, whose units could serve{why and ', wide enough'}{why}.",
        items,
        _transferred_on(problem, members, wanted),
        tuple(dict.fromkeys(asks)),
    )


def _transferred_on(problem: Problem, members: tuple[str, ...], wanted: Window) -> int | None:
    """Day after a stretch on which authority over the units of all members has passed; None where it never does."""
    firsts = [min((w.first for w in problem.taskable(member) if w.first > wanted.last), default=EVER) for member in members]
    return last if (last := max(firsts, default=EVER)) < EVER else None


def transfer_day(problem: Problem, member: str, wanted: Window) -> int | None:
    """First day of a stretch on which a transfer of authority covers a member; None where none does."""
    return min((max(w.first, wanted.first) for w in problem.transferred(member) if w.meets(wanted)), default=None)


def taskable_from(problem: Problem, member: str, wanted: Window) -> int | None:
    """As `transfer_day`, for transfers that pass on enough to assign tasks."""
    return _taskable_days(problem, (member,), wanted)[member]


def _taskable_days(problem: Problem, members: tuple[str, ...], wanted: Window) -> dict[str, int | None]:
    """As `taskable_from`, for some members."""
    known = problem.taskable_days.setdefault(wanted, {})
    for member in members:
        if member not in known:
            known[member] = min((max(w.first, wanted.first) for w in problem.taskable(member) if w.meets(wanted)), default=None)
    return {member: known[member] for member in members}


def wanted_from(problem: Problem, task: Task, candidates: Pool) -> dict[str, int]:
    """Day from which each member's units could work on the task: its required date, or their first arrival where that is later."""
    roll, rows = problem.roll, candidates.rows
    arrival = problem.days_at_bases(task, problem.free_arrivals)[rows]
    planned = np.maximum(problem.required_days[rows], problem.day(task.required_by))
    days = np.maximum(planned, np.where(np.isinf(arrival), -EVER, np.floor(arrival)))
    first = np.full(len(roll.members), EVER, dtype=np.float64)
    np.minimum.at(first, roll.member[rows], days)
    return {member: int(first[roll.members[member]]) for member in roll.members_of(rows)}


def judge_agreements(problem: Problem, task: Task, candidates: Pool) -> Verdict:
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
        last = float(gated[coming].max())
        return Verdict(
            State.AMBER,
            f"{len(entering)} of {len(coming)} units that could serve may enter and pass; not covered are those of {out}.",
            items,
            int(last // 1) if last < float("inf") else None,
        )
    first, allowed = float(free[entering].min()), float(gated[entering].min())
    if int(allowed // 1) > max(by, int(first // 1)):
        clears = int(allowed // 1)
        return Verdict(
            State.AMBER, f"Agreements let the first unit in on {day_text(clears)}, {clears - by} days after {day_text(by)}.", items, clears
        )
    return Verdict(State.GREEN, f"Agreements open the ground of {hosts_text} and the way there to {counted(len(entering), 'unit')}.", items)


def agreements_fail(problem: Problem, task: Task, pool: Pool) -> bool:
    """Whether nobody who could serve may enter: a host is shut to all of them, or none has a way that agreements open in time."""
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
            return False
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

"""The link authority: whether the units that could serve may be commanded by the mission."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from casque.checks.pools import Pool
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.remedy import Verdict, change, raise_asked
from casque.checks.thinned import Kept, taken_out, thinned
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
    taskable = _taskable(problem, wanted)
    if thin := thinned(problem, task, able.musters, taskable):
        red = _untransferred(problem, problem.roll.members_of(taken_out(problem, task, thin, taskable)), wanted, items)
        return replace(red, reason=f"{red.reason[:-1]}; without them too little {listed(str(m.capability) for m in thin)} is left.")
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


def _taskable(problem: Problem, wanted: Window) -> Kept:
    """Whether a unit can be tasked on a day of a stretch."""
    days = _taskable_days(problem, problem.contributors, wanted)
    return lambda pledge: days[pledge.member] is not None


def authority_fails(problem: Problem, task: Task, pool: Pool) -> bool:
    """Whether so few of those who could serve, and come in time where anybody does, can be tasked that the task is not carried."""
    wanted = Window(problem.day(task.required_by), problem.day(task.end))
    taskable = {member: day is not None for member, day in _taskable_days(problem, problem.contributors, wanted).items()}
    if not pool:
        return not any(taskable.values()) and not any(problem.agreement_window(item).meets(wanted) for item in problem.wide_transfers)
    days, present, pledges = problem.at_bases(task, problem.free_arrivals), False, problem.roll.pledges
    for pledge in map(pledges.__getitem__, pool.rows.tolist()):
        if not (present and not taskable[pledge.member]) and days[pledge.id] <= wanted.last:
            present = True
            if taskable[pledge.member]:
                return bool(thinned(problem, task, pool.musters, _taskable(problem, wanted)))
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

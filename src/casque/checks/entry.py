"""The links authority and agreements: whether the force may be commanded by the mission and may enter the ground it works on."""

from __future__ import annotations

from casque.checks.lawful import days_text
from casque.checks.moves import moves_asked
from casque.checks.muster import Candidate
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.remedy import Proposal, Verdict, agreement_asked, change
from casque.checks.windows import EVER, Window
from casque.mission.tasks import Task
from casque.plan.findings import State


def judge_authority(problem: Problem, task: Task, candidates: tuple[Candidate, ...], able: tuple[Candidate, ...]) -> Verdict:
    """Whether authority over the units that could serve passes to a post of the mission by the required date.

    A transfer of TACON does not count: it lets the post direct movements in place, not assign tasks. `able` are the units that
    could serve if every caveat were waived and every way open.
    """
    wanted = Window(problem.day(task.required_by), problem.day(task.end))
    sectors = problem.force_sectors(task)
    posts = tuple(f"post:{post.id}" for post in problem.mission.alliance.command_posts if post.sector in sectors)
    items = tuple(f"agreement:{item.id}" for item in problem.transfers) + posts
    members = tuple(dict.fromkeys(c.pledge.member for c in candidates)) or problem.contributors
    first = {member: _taskable_from(problem, member, wanted) for member in members}
    held = [member for member in members if first[member] is not None]
    missing = [member for member in members if first[member] is None]
    if not held:
        if not candidates and any(problem.agreement_window(item).meets(wanted) for item in problem.wide_transfers):
            return Verdict(State.GREEN, "A transfer of authority stands ready; no unit that could serve is pledged yet.", items)
        return _untransferred(problem, tuple(dict.fromkeys([*missing, *(c.pledge.member for c in able)])), wanted, items)
    after = {member: day for member in held if (day := first[member]) is not None and day > wanted.first}
    from_day = _wanted_from(problem, task, candidates) if after else {}
    late = {member: day for member, day in after.items() if day > from_day.get(member, wanted.first)}
    if missing or late:
        parts = []
        if missing:
            parts.append(f"no transfer of authority covers {listed(map(problem.member_name, missing))}")
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


def authority_fails(problem: Problem, task: Task, pool: tuple[Candidate, ...]) -> bool:
    """Whether nobody who could serve, and comes in time where anybody does, can be tasked."""
    wanted = Window(problem.day(task.required_by), problem.day(task.end))
    taskable = {member: _taskable_from(problem, member, wanted) is not None for member in problem.contributors}
    if not pool:
        return not any(taskable.values()) and not any(problem.agreement_window(item).meets(wanted) for item in problem.wide_transfers)
    days, present = problem.at_bases(task, problem.free_arrivals), False
    for candidate in pool:
        if not (present and not taskable[candidate.pledge.member]) and days[candidate.id] <= wanted.last:
            present = True
            if taskable[candidate.pledge.member]:
                return False
    return present or not any(taskable[candidate.pledge.member] for candidate in pool)


def _untransferred(problem: Problem, members: tuple[str, ...], wanted: Window, items: tuple[str, ...]) -> Verdict:
    """The red verdict: nobody who could serve can be tasked, with the transfers that would change that."""
    if not members:
        text = "Agree on a transfer of authority with the contributors."
        asked = change(problem, "transfer authority", "agreement:transfer-of-authority", text, "authority")
        return Verdict(State.RED, "No transfer of authority is foreseen.", items, None, (asked,))
    asks, narrow = [], []
    for member in members:
        name = problem.member_name(member)
        if _taskable_from(problem, member, wanted) is not None:
            continue
        passed = [item for item in problem.transfers if item.covers(member) and problem.agreement_window(item).meets(wanted)]
        if passed:
            narrow.append(name)
            text = f"Raise the authority that “{passed[0].title}” passes on from TACON to OPCON."
            asks.append(change(problem, "change command relationship", f"agreement:{passed[0].id}", text, "command"))
        else:
            text = f"Have {name} transfer authority over its units."
            asks.append(change(problem, "transfer authority", f"member:{member}", text, "authority"))
    names = listed(map(problem.member_name, members))
    why = f"; {listed(narrow)} only TACON, under which no task can be assigned" if narrow else ""
    return Verdict(
        State.RED,
        f"No transfer of authority by {day_text(wanted.last)} covers {names}, whose units could serve{why and ', wide enough'}{why}.",
        items,
        None,
        tuple(dict.fromkeys(asks)),
    )


def transfer_day(problem: Problem, member: str, wanted: Window) -> int | None:
    """First day of a stretch on which a transfer of authority covers a member; None where none does."""
    windows = [problem.agreement_window(item) for item in problem.transfers if item.covers(member)]
    return min((max(w.first, wanted.first) for w in windows if w.meets(wanted)), default=None)


def _taskable_from(problem: Problem, member: str, wanted: Window) -> int | None:
    """As `transfer_day`, for transfers that pass on enough to assign tasks."""
    return min((max(w.first, wanted.first) for w in problem.taskable(member) if w.meets(wanted)), default=None)


def _wanted_from(problem: Problem, task: Task, candidates: tuple[Candidate, ...]) -> dict[str, int]:
    """Day from which each member's units could work on the task: its required date, or their first arrival where that is later."""
    days, by = problem.at_bases(task, problem.free_arrivals), problem.day(task.required_by)
    arrivals: dict[str, float] = {}
    planned: dict[str, int] = {}
    for candidate in candidates:
        pledge = candidate.pledge
        arrivals[pledge.member] = min(arrivals.get(pledge.member, float("inf")), days[pledge.id])
        if pledge.required is not None:
            planned[pledge.member] = min(planned.get(pledge.member, EVER), problem.day(pledge.required))
    return {
        member: max([by, planned.get(member, by), *([int(day // 1)] if day < float("inf") else [])]) for member, day in arrivals.items()
    }


def judge_agreements(problem: Problem, task: Task, candidates: tuple[Candidate, ...]) -> Verdict:
    """Whether the units that could serve may stand on the ground of the task's sectors and pass what lies before it, in time."""
    by, end = problem.day(task.required_by), problem.day(task.end)
    hosts = tuple(dict.fromkeys(sector_country(problem, sector) for sector in problem.force_sectors(task) if sector in problem.sectors))
    items = tuple(dict.fromkeys(f"agreement:{item.id}" for host in hosts for item in problem.agreements_on(host)))
    free, gated = problem.at_bases(task, problem.free_arrivals), problem.at_bases(task, problem.gated_arrivals)
    coming = [c for c in candidates if free[c.id] <= end]
    entering = [c for c in coming if gated[c.id] <= end]
    shut = tuple(host for host in hosts if shut_to(problem, host, tuple(c.pledge.member for c in candidates), end))
    if coming and not entering and not shut:
        shut = (
            tuple(country for country in problem.gates if shut_to(problem, country, tuple(c.pledge.member for c in coming), end)) or hosts
        )
    if shut:
        asks = tuple(ask for country in _closed_to(problem, candidates, end, shut) if (ask := agreement_asked(problem, country)))
        return _closed(problem, task, shut, items, (*asks, *moves_asked(problem, task)))
    hosts_text = listed(map(problem.member_name, hosts))
    if not coming:
        return Verdict(State.GREEN, f"The ground of {hosts_text} is open by agreement; no unit is on its way yet.", items)
    if len(entering) < len(coming):
        out = listed(problem.member_name(c.pledge.member) for c in coming if gated[c.id] > end)
        return Verdict(
            State.AMBER,
            f"{len(entering)} of {len(coming)} units that could serve may enter and pass; not covered are those of {out}.",
            items,
        )
    first, allowed = min(free[c.id] for c in entering), min(gated[c.id] for c in entering)
    if int(allowed // 1) > max(by, int(first // 1)):
        clears = int(allowed // 1)
        return Verdict(
            State.AMBER, f"Agreements let the first unit in on {day_text(clears)}, {clears - by} days after {day_text(by)}.", items, clears
        )
    return Verdict(State.GREEN, f"Agreements open the ground of {hosts_text} and the way there to {counted(len(entering), 'unit')}.", items)


def agreements_fail(problem: Problem, task: Task, pool: tuple[Candidate, ...]) -> bool:
    """Whether nobody who could serve may enter: a host is shut to all of them, or none has a way that agreements open in time."""
    end, sectors = problem.day(task.end), problem.force_sectors(task)
    closed = list(dict.fromkeys(sector_country(problem, sector) for sector in sectors if sector in problem.sectors))
    if not pool:
        return any(shut_to(problem, host, (), end) for host in closed)
    free, gated = problem.at_bases(task, problem.free_arrivals), problem.at_bases(task, problem.gated_arrivals)
    present, entered, looked = False, False, set()
    for candidate in pool:
        member = candidate.pledge.member
        if (entered and member in looked) or free[candidate.id] > end:
            continue
        present, entered = True, entered or gated[candidate.id] <= end
        if member not in looked:
            looked.add(member)
            closed = [host for host in closed if shut_to(problem, host, (member,), end)]
        if entered and not closed:
            return False
    return present or any(shut_to(problem, host, tuple(c.pledge.member for c in pool), end) for host in closed)


def sector_country(problem: Problem, sector: str) -> str:
    """Country in which a sector's base lies; the mission's own where the base is not on the network."""
    node = problem.network.nodes.get(problem.sectors[sector].base)
    return problem.mission.area.country if node is None else node.country


def shut_to(problem: Problem, country: str, members: tuple[str, ...], until: int) -> bool:
    """Whether no agreement opens a country to any of the members by a day; without members, whether none opens it to anybody."""
    if not members:
        return all(w.empty or w.first > until for w in (problem.agreement_window(item) for item in problem.agreements_on(country)))
    return all(w.empty or w.first > until for member in dict.fromkeys(members) for w in problem.ground(country, member))


def _closed_to(problem: Problem, candidates: tuple[Candidate, ...], until: int, shut: tuple[str, ...]) -> tuple[str, ...]:
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

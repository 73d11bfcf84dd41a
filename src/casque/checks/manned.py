"""The links capability, units and movement: whether the pledges can do a task, and be there in time."""

from __future__ import annotations

import heapq

from casque.checks.moves import moves_asked, ways_asked
from casque.checks.muster import Candidate, Muster, people, wanted_elsewhere
from casque.checks.problem import Problem, day_text, listed
from casque.checks.remedy import Proposal, Verdict, pledge_asked, waiver
from casque.mission.tasks import Task
from casque.plan.findings import State

SLACK = 1e-9
"""People that rounding may cost a sum."""

MOST_WAYS = 5
"""Units that lift or a route is asked for, the largest first."""


def judge_capability(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> Verdict:
    """Whether every capability that the task needs has been pledged."""
    if not needed:
        return Verdict(State.AMBER, "The task states no need, so that nothing can be held against it.")
    items = tuple(f"capability:{muster.capability}" for muster in needed)
    absent = [muster for muster in needed if not muster.candidates]
    if absent:
        names = listed(f"{muster.capability} (about {muster.need:,.0f} people)" for muster in absent)
        return Verdict(
            State.RED,
            f"Nobody has pledged {names} that is ready before the task ends.",
            items,
            None,
            tuple(pledge_asked(problem, task, muster.capability, muster.need) for muster in absent),
        )
    lent = [muster for muster in needed if all(candidate.quality < 1 for candidate in muster.candidates)]
    if lent:
        parts = listed(f"{muster.capability} comes from {listed(c.pledge.name for c in muster.candidates)}" for muster in lent)
        return Verdict(State.AMBER, f"Only units of another kind stand in: {parts}.", items)
    return Verdict(State.GREEN, f"Pledges bring {listed(str(muster.capability) for muster in needed)}.", items)


def judge_units(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> Verdict:
    """Whether the pledged units that no caveat keeps from the task come near its rough need, each counted for this task alone."""
    if not needed:
        return Verdict(State.AMBER, "The task states no need, so that no unit can be held against it.")
    share = problem.reference.value("check.red-share")
    items = tuple(dict.fromkeys(f"unit:{c.pledge.id}" for muster in needed for c in muster.free))
    red = [muster for muster in needed if _wanting(muster, share)]
    if red:
        text = listed((_shortage(problem, muster) for muster in red), most=3)
        return Verdict(State.RED, f"{text}.", items, None, tuple(ask for muster in red for ask in _units_asked(problem, task, muster)))
    short = [muster for muster in needed if muster.usable < muster.need]
    if short:
        return Verdict(State.AMBER, f"{listed((_shortage(problem, muster) for muster in short), most=3)}.", items)
    moved = [muster for muster in needed if people(tuple(c for c in muster.free if not wanted_elsewhere(task, c.pledge))) < muster.need]
    if moved:
        names = listed(str(muster.capability) for muster in moved)
        return Verdict(State.AMBER, f"{names} suffice only with units that their members want in other sectors.", items)
    parts = listed(f"{muster.usable:,.0f} people of {muster.capability} for about {muster.need:,.0f}" for muster in needed)
    return Verdict(State.GREEN, f"Free of caveats are {parts}, each unit counted for this task alone.", items)


def units_fail(problem: Problem, needed: tuple[Muster, ...]) -> bool:
    """Whether the usable units of any capability do not carry the task."""
    share = problem.reference.value("check.red-share")
    return any(_wanting(muster, share) for muster in needed)


def movement_fails(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> bool:
    """Whether too few usable units of any capability can be in place before the task ends."""
    share = problem.reference.value("check.red-share")
    usable = [muster for muster in needed if muster.free]
    return bool(needed) and (not usable or any(not _carried_in(problem, task, muster, share * muster.need) for muster in usable))


def _carried_in(problem: Problem, task: Task, muster: Muster, wanted: float) -> bool:
    """Whether so many people, and one unit at least, can be in place before the task ends."""
    days, end, present, there = problem.at_bases(task, problem.free_arrivals), problem.day(task.end), 0.0, False
    for candidate in muster.free:
        if max(days[candidate.id], candidate.free_from) <= end:
            present, there = present + candidate.people, True
            if present >= wanted - SLACK:
                return True
    return there and present >= wanted - SLACK


def _wanting(muster: Muster, share: float) -> bool:
    """Whether so few usable people are pledged that the task is not carried."""
    return not muster.free or muster.usable < share * muster.need - SLACK


def _shortage(problem: Problem, muster: Muster) -> str:
    text = f"of about {muster.need:,.0f} people of {muster.capability} needed, {muster.usable:,.0f} are pledged and free of caveats"
    if muster.barred:
        caveats = dict.fromkeys(caveat.member for c in muster.barred for caveat in c.barred_by)
        text += f"; caveats of {listed(map(problem.member_name, caveats))} keep {people(muster.barred):,.0f} from it"
    return text[:1].upper() + text[1:]


def _units_asked(problem: Problem, task: Task, muster: Muster) -> tuple[Proposal, ...]:
    """What brings usable people: the waivers of units whose caveats can all be waived, and a new pledge of what is wanting."""
    found: list[Proposal] = []
    for candidate in muster.barred:
        waivers = [waiver(problem, caveat) for caveat in candidate.barred_by]
        if all(waivers):
            found += [proposal for proposal in waivers if proposal is not None]
    return (*dict.fromkeys(found), pledge_asked(problem, task, muster.capability, muster.need - muster.usable))


def judge_movement(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> Verdict:
    """Whether the usable units can reach a base of the task by its required date on a network that nothing else uses."""
    by, end = problem.day(task.required_by), problem.day(task.end)
    share = problem.reference.value("check.red-share")
    items = tuple(
        dict.fromkeys(f"node:{problem.sectors[sector].base}" for sector in problem.force_sectors(task) if sector in problem.sectors)
    )
    if not needed:
        return Verdict(State.AMBER, "The task states no need, so that nothing has to be moved for it.", items)
    usable = [muster for muster in needed if muster.free]
    if not usable:
        return Verdict(
            State.RED,
            "There is no usable unit to move.",
            items,
            None,
            tuple(ask for muster in needed for ask in _units_asked(problem, task, muster)),
        )
    places = {muster.capability: _in_place(problem, task, muster, share) for muster in usable}
    stuck = [muster for muster in usable if places[muster.capability] > end]
    if stuck:
        days = [places[muster.capability] for muster in stuck]
        text = listed(_stuck_text(muster, places[muster.capability], end) for muster in stuck)
        clears = int(max(days) // 1) if max(days) < float("inf") else None
        return Verdict(State.RED, f"{text}.", items, clears, tuple(ask for muster in stuck for ask in _ways_asked(problem, task, muster)))
    last = max(usable, key=lambda muster: places[muster.capability])
    day = int(places[last.capability] // 1)
    days_there = problem.at_bases(task, problem.free_arrivals)
    lost = [c for muster in usable for c in muster.free if days_there[c.id] == float("inf")]
    if day > by:
        text = f"At best {last.capability} is in place on {day_text(day)}, {day - by} days after the required date {day_text(by)}."
        return Verdict(State.AMBER, text, items, day)
    if lost:
        text = f"The force can be in place by {day_text(day)}, but {listed(c.pledge.name for c in lost)} cannot reach any base of the task."
        return Verdict(State.AMBER, text, items)
    return Verdict(State.GREEN, f"On a free network the force can be in place by {day_text(day)}; it is required by {day_text(by)}.", items)


def _in_place(problem: Problem, task: Task, muster: Muster, share: float) -> float:
    """Day on which the people that carry the task can be in place; infinite where so many never can.

    What counts is the rough need, or all that is usable where that is less.
    """
    wanted, end = min(muster.need, muster.usable), problem.day(task.end)
    present, day, held = 0.0, float("inf"), float("inf")
    days = problem.at_bases(task, problem.free_arrivals)
    # The first few units are enough for most tasks, so that they are not all put in order.
    waiting = [(max(days[c.id], c.free_from), c.people) for c in muster.free]
    heapq.heapify(waiting)
    while waiting:
        arrival, weight = heapq.heappop(waiting)
        if arrival == float("inf"):
            break
        present, day = present + weight, arrival
        if present >= share * muster.need - SLACK and arrival <= end:
            held = arrival
        if present >= wanted - SLACK:
            break
    if day <= end or present < wanted - SLACK:
        return held
    return held if held < float("inf") else day


def _stuck_text(muster: Muster, day: float, end: int) -> str:
    names = listed(c.pledge.name for c in muster.free)
    if day == float("inf"):
        return f"too little {muster.capability} has a way to the task's bases ({names})"
    return f"{muster.capability} is in place on {day_text(day)} at best, after the task's end on {day_text(end)}"


def in_place(problem: Problem, task: Task, candidate: Candidate) -> float:
    """First day on which a unit can be at a base of the task on a free network, with every caveat that is lifted in time behind it."""
    return max(problem.at_bases(task, problem.free_arrivals)[candidate.id], candidate.free_from)


def _ways_asked(problem: Problem, task: Task, muster: Muster) -> tuple[Proposal, ...]:
    """What would bring enough people there: lift, a route, other units, or the force of another sector."""
    end = problem.day(task.end)
    arriving = sum(c.people for c in muster.free if in_place(problem, task, c) <= end)
    late = sorted((c for c in muster.free if in_place(problem, task, c) > end), key=lambda c: -c.people)
    ways = [way for candidate in late[:MOST_WAYS] for way in ways_asked(problem, task, candidate.pledge)]
    asked = pledge_asked(problem, task, muster.capability, muster.need - arriving)
    waivers = _units_asked(problem, task, muster)[:-1]
    return (*dict.fromkeys(ways), *waivers, asked, *moves_asked(problem, task))

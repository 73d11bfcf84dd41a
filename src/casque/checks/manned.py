"""The links capability, units and movement: whether the pledges can do a task, and be there in time."""

from __future__ import annotations

import numpy as np

from casque.checks.moves import moves_asked, ways_asked
from casque.checks.muster import Candidate, Muster, people
from casque.checks.problem import Problem, day_text, listed
from casque.checks.remedy import Proposal, Verdict, pledge_asked, waiver
from casque.checks.roll import Figures, Truths, total
from casque.checks.windows import EVER
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
    absent = [muster for muster in needed if not len(muster.places)]
    if absent:
        names = listed(f"{muster.capability} (about {muster.need:,.0f} people)" for muster in absent)
        return Verdict(
            State.RED,
            f"Nobody has pledged {names} that is ready before the task ends.",
            items,
            _ready_on(problem, absent),
            tuple(pledge_asked(problem, task, muster.capability, muster.need) for muster in absent),
        )
    lent = [muster for muster in needed if muster.lent]
    if lent:
        parts = listed(f"{muster.capability} comes from {listed(c.pledge.name for c in muster.candidates)}" for muster in lent)
        return Verdict(State.AMBER, f"Only units of another kind stand in: {parts}.", items)
    return Verdict(State.GREEN, f"Pledges bring {listed(str(muster.capability) for muster in needed)}.", items)


def judge_units(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> Verdict:
    """Whether the pledged units that no caveat keeps from the task come near its rough need, each counted for this task alone."""
    if not needed:
        return Verdict(State.AMBER, "The task states no need, so that no unit can be held against it.")
    share = problem.reference.value("check.red-share")
    items = problem.roll.items_of(problem.roll.joined(muster.free_rows for muster in needed))
    red = [muster for muster in needed if _wanting(muster, share)]
    if red:
        text = listed((_shortage(problem, muster) for muster in red), most=3)
        asks = tuple(ask for muster in red for ask in units_asked(problem, task, muster))
        return Verdict(State.RED, f"{text}.", items, _filled_on(problem, task, needed), asks)
    short = [muster for muster in needed if muster.usable < muster.need]
    if short:
        text = f"{listed((_shortage(problem, muster) for muster in short), most=3)}."
        return Verdict(State.AMBER, text, items, _filled_on(problem, task, needed))
    near = problem.roll.near(task)
    moved = [muster for muster in needed if total(muster.free_people[near[muster.free_rows]]) < muster.need]
    if moved:
        spread = listed(str(muster.capability) for muster in moved)
        return Verdict(State.AMBER, f"{spread} suffice only with units that their members want in other sectors.", items)
    parts = listed(f"{muster.usable:,.0f} people of {muster.capability} for about {muster.need:,.0f}" for muster in needed)
    return Verdict(State.GREEN, f"Free of caveats are {parts}, each unit counted for this task alone.", items)


def _ready_on(problem: Problem, absent: list[Muster]) -> int | None:
    """Day after the task's end on which a unit of every capability that is wanting is ready to load; None where none is pledged."""
    days = [min((ready for _, _, ready in problem.able(muster.capability)), default=EVER) for muster in absent]
    return last if (last := max(days)) < EVER else None


def _filled_on(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> int | None:
    """Day after the task's end on which later units and caveats that lapse make up its rough need; None where they never do."""
    last = problem.day(task.end)
    for muster in needed:
        there, (days, brought) = muster.usable, muster.later
        order = np.lexsort((brought, days))
        for day, people_more in zip(days[order].tolist(), brought[order].tolist(), strict=True):
            if there >= muster.need or day >= EVER:
                break
            there, last = there + people_more, max(last, int(day))
        if there < muster.need:
            return None
    return last


def units_fail(problem: Problem, needed: tuple[Muster, ...]) -> bool:
    """Whether the usable units of any capability do not carry the task."""
    share = problem.reference.value("check.red-share")
    return any(_wanting(muster, share) for muster in needed)


def movement_fails(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> bool:
    """Whether too few usable units of any capability can be in place before the task ends."""
    share = problem.reference.value("check.red-share")
    usable = [muster for muster in needed if len(muster.free_places)]
    return bool(needed) and (not usable or any(not _carried_in(problem, task, muster, share * muster.need) for muster in usable))


def _carried_in(problem: Problem, task: Task, muster: Muster, wanted: float) -> bool:
    """Whether so many people, and one unit at least, can be in place before the task ends."""
    days, end, present, there = problem.at_bases(task, problem.free_arrivals), problem.day(task.end), 0.0, False
    pledges = problem.roll.pledges
    units = zip(muster.free_rows.tolist(), muster.free_people.tolist(), muster.free_from.tolist(), strict=True)
    for row, weight, free_from in units:
        if free_from <= end and days[pledges[row].id] <= end:
            present, there = present + weight, True
            if present >= wanted - SLACK:
                return True
    return there and present >= wanted - SLACK


def _wanting(muster: Muster, share: float) -> bool:
    """Whether so few usable people are pledged that the task is not carried."""
    return not len(muster.free_places) or muster.usable < share * muster.need - SLACK


def _shortage(problem: Problem, muster: Muster) -> str:
    text = f"of about {muster.need:,.0f} people of {muster.capability} needed, {muster.usable:,.0f} are pledged and free of caveats"
    if muster.caveats:
        members = dict.fromkeys(caveat.member for caveat in muster.caveats)
        text += f"; caveats of {listed(map(problem.member_name, members))} keep {muster.kept_out:,.0f} from it"
    return text[:1].upper() + text[1:]


def units_asked(problem: Problem, task: Task, muster: Muster) -> tuple[Proposal, ...]:
    """What brings usable people: the waivers of units whose caveats can all be waived, and a new pledge of what is wanting."""
    found: list[Proposal] = []
    for hold in muster.holds:
        waivers = [waiver(problem, caveat) for caveat in hold.caveats]
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
    usable = [muster for muster in needed if len(muster.free_places)]
    if not usable:
        return Verdict(
            State.RED,
            "There is no usable unit to move.",
            items,
            None,
            tuple(ask for muster in needed for ask in units_asked(problem, task, muster)),
        )
    reached = {muster.capability: _in_place(problem, task, muster, share) for muster in usable}
    places = {capability: day for capability, (day, _) in reached.items()}
    filled = max(day for _, day in reached.values())
    stuck = [muster for muster in usable if places[muster.capability] > end]
    if stuck:
        days = [places[muster.capability] for muster in stuck]
        text = listed(_stuck_text(muster, places[muster.capability], end) for muster in stuck)
        clears = int(max(days) // 1) if max(days) < float("inf") else None
        return Verdict(State.RED, f"{text}.", items, clears, tuple(ask for muster in stuck for ask in _ways_asked(problem, task, muster)))
    last = max(usable, key=lambda muster: places[muster.capability])
    day = int(places[last.capability] // 1)
    lost = lost_units(problem, task, needed)
    partial = [muster for muster in usable if reached[muster.capability][1] > end]
    clears = int(filled // 1) if filled < float("inf") and not lost else None
    if day > by:
        text = f"At best {last.capability} is in place on {day_text(day)}, {day - by} days after the required date {day_text(by)}."
        return Verdict(State.AMBER, text, items, clears)
    if partial:
        names = listed(f"{muster.capability} (about {min(muster.need, muster.usable):,.0f} people)" for muster in partial)
        return Verdict(State.AMBER, f"Only part of {names} can be in place before the task ends on {day_text(end)}.", items, clears)
    if lost:
        text = f"The force can be in place by {day_text(day)}, but {listed(c.pledge.name for c in lost)} cannot reach any base of the task."
        return Verdict(State.AMBER, text, items)
    return Verdict(State.GREEN, f"On a free network the force can be in place by {day_text(day)}; it is required by {day_text(by)}.", items)


def lost_units(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> tuple[Candidate, ...]:
    """Usable units that can never reach a base of the task."""
    never = np.isinf(problem.days_at_bases(task, problem.free_arrivals))
    return tuple(muster.free[place] for muster in needed for place in np.flatnonzero(never[muster.free_rows]).tolist())


def in_time(problem: Problem, task: Task, needed: tuple[Muster, ...]) -> bool:
    """Whether of every capability as many usable people as are needed can be in place by the required date."""
    by, end = problem.day(task.required_by), problem.day(task.end)
    for muster in needed:
        there = tuple(c for c in muster.free if (day := in_place(problem, task, c)) <= end and day // 1 <= by)
        if not there or people(there) < muster.need - SLACK:
            return False
    return bool(needed)


def _in_place(problem: Problem, task: Task, muster: Muster, share: float) -> tuple[float, float]:
    """Day on which the people that carry the task can be in place, and the day on which all are; infinite where so many never can.

    What counts is the rough need, or all that is usable where that is less.
    """
    wanted, end = min(muster.need, muster.usable), problem.day(task.end)
    days = _days_in_place(problem, task, muster)
    order = np.lexsort((muster.free_people, days))
    days, present = days[order], np.cumsum(muster.free_people[order])
    coming = int(np.count_nonzero(days < np.inf))
    if not coming:
        return float("inf"), float("inf")
    last = min(_first(present >= wanted - SLACK), coming - 1)
    # The last day before the end, up to then, on which enough are there.
    in_time = min(last, int(np.count_nonzero(days <= end)) - 1)
    held = float(days[in_time]) if in_time >= _first(present >= share * muster.need - SLACK) else float("inf")
    day = float(days[last]) if present[last] >= wanted - SLACK else float("inf")
    if days[last] <= end or day == float("inf"):
        return held, day
    return (held if held < float("inf") else day), day


def _days_in_place(problem: Problem, task: Task, muster: Muster) -> Figures:
    """As `in_place`, for all units that no caveat keeps from the task."""
    days: Figures = np.maximum(problem.days_at_bases(task, problem.free_arrivals)[muster.free_rows], muster.free_from)
    return days


def _first(truths: Truths) -> int:
    """Place of the first that is true; beyond the last where none is."""
    return int(truths.argmax()) if truths.any() else len(truths)


def _stuck_text(muster: Muster, day: float, end: int) -> str:
    if day == float("inf"):
        names = listed(muster.roster.roll.pledges[row].name for row in muster.free_rows.tolist())
        return f"too little {muster.capability} has a way to the task's bases ({names})"
    return f"{muster.capability} is in place on {day_text(day)} at best, after the task's end on {day_text(end)}"


def in_place(problem: Problem, task: Task, candidate: Candidate) -> float:
    """First day on which a unit can be at a base of the task on a free network, with every caveat that is lifted in time behind it."""
    return max(problem.at_bases(task, problem.free_arrivals)[candidate.id], candidate.free_from)


def _ways_asked(problem: Problem, task: Task, muster: Muster) -> tuple[Proposal, ...]:
    """What would bring enough people there: lift, a route, other units, or the force of another sector."""
    end = problem.day(task.end)
    late = _days_in_place(problem, task, muster) > end
    largest = muster.free_rows[late][np.argsort(-muster.free_people[late], kind="stable")][:MOST_WAYS]
    ways = [way for row in largest.tolist() for way in ways_asked(problem, task, problem.roll.pledges[row])]
    asked = pledge_asked(problem, task, muster.capability, muster.need - total(muster.free_people[~late]))
    waivers = units_asked(problem, task, muster)[:-1]
    return (*dict.fromkeys(ways), *waivers, asked, *moves_asked(problem, task))

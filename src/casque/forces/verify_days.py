"""Whether the days of an assignment are days on which its unit may be there; part of the verifier, with its own reckoning of dates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind
from casque.plan.force import Assignment
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference


def days_of_month(mission: Mission, month: int) -> range:
    """Days of a mission month inside the horizon."""
    first, after = ceil(month * DAYS_PER_MONTH), ceil((month + 1) * DAYS_PER_MONTH)
    horizon = max(1, int(mission.about.horizon))
    return range(min(first, horizon), min(after, horizon))


def number_of_months(mission: Mission) -> int:
    """Mission months that the plan looks at."""
    month = 0
    while month == 0 or ceil(month * DAYS_PER_MONTH) < int(mission.about.horizon):
        month += 1
    return max(month, ceil(max(1, int(mission.about.horizon)) / DAYS_PER_MONTH))


def earliest(mission: Mission, reference: Reference, pledge: Pledge) -> tuple[int, int]:
    """First day on which a unit can load, and first day on which it can serve."""

    def day(written: object) -> int:
        return (written - mission.about.d_day).days  # type: ignore[operator, no-any-return]

    loads = day(pledge.ready_to_load)
    transit = round(reference.value("movement.planning-days"))
    notice = pledge.notice
    if notice is None and pledge.readiness is not None:
        notice = reference.value("force.notice-" + str(pledge.readiness.value).replace(" ", "-").lower())
    held_up = 0
    if notice is not None:
        held_up = (0 if pledge.called is None else day(pledge.called)) + round(notice) - loads
    candidates = [loads]
    if pledge.required is not None:
        candidates.append(day(pledge.required))
    if pledge.earliest_arrival is not None:
        candidates.append(day(pledge.earliest_arrival))
    if pledge.required is None and pledge.earliest_arrival is None:
        candidates.append(loads + transit)
    if held_up > 0:
        loads += held_up
        candidates.append(loads + transit)
    return loads, max(candidates)


def under_authority(mission: Mission, member: str, day: int) -> bool:
    """Whether a transfer of authority that covers a member is in effect on a day."""
    date = mission.about.d_day.fromordinal(mission.about.d_day.toordinal() + day)
    return any(
        item.kind is AgreementKind.TRANSFER_OF_AUTHORITY and item.covers(member) and item.in_effect(date)
        for item in mission.agreements.agreements
    )


def there(assignment: Assignment, day: int) -> bool:
    """Whether anybody of an assignment is there on a day."""
    return any(first <= day <= last for first, last in assignment.spans or ((assignment.start, assignment.end),))


def served(mission: Mission, assignment: Assignment) -> set[int]:
    """Days inside the horizon on which an assignment is there and may be tasked."""
    horizon = max(1, int(mission.about.horizon))
    return {day for day in range(horizon) if there(assignment, day) and under_authority(mission, assignment.member, day)}


def day_faults(mission: Mission, reference: Reference, pledge: Pledge, item: Assignment) -> Iterator[str]:
    """What is wrong with the days of an assignment."""
    spans = item.spans or ((item.start, item.end),)
    loads, first = earliest(mission, reference, pledge)
    if item.ready is not None and item.ready < loads:
        yield f"is to load on D{item.ready:+d}, and can load from D{loads:+d} on"
    if any(begin > end for begin, end in spans) or any(after[0] < before[0] for before, after in pairwise(spans)):
        yield "has tours that end before they begin, or are out of order"
        return
    if item.tours != len(spans) or item.end != max(end for _, end in spans):
        yield "counts other tours, or another last day, than its tours have"
    covered = under_authority(mission, item.member, item.start) and there(item, item.start)
    if not covered and (served(mission, item) or item.start <= item.end):
        yield f"starts on D{item.start:+d}, when it is not there or no transfer of authority covers it"
    yield from _start_faults(mission, pledge, spans, first)
    yield from _tour_faults(reference, pledge, spans)
    for change in mission.alliance.rehattings:
        day = (change.day - mission.about.d_day).days
        own = next((member.organisations for member in mission.alliance.members if member.id == pledge.member), ())
        belongs = change.from_organisation in own
        if change.members and pledge.member not in change.members and belongs and first < day <= item.end:
            yield f"stays beyond D{day:+d}, when the command passes to {change.to_organisation} and its nation does not pass over"


def _start_faults(mission: Mission, pledge: Pledge, spans: tuple[tuple[int, int], ...], first: int) -> Iterator[str]:
    start = spans[0][0]
    if start < first:
        yield f"starts on D{start:+d}, and can serve from D{first:+d} on"
    wait = pledge.may_wait
    most = (0.0 if pledge.required is not None else float("inf")) if wait is None else round(wait * DAYS_PER_MONTH)
    if start > first + most:
        yield f"starts on D{start:+d}, and may not wait so long after D{first:+d}"
    months = [days_of_month(mission, month) for month in range(number_of_months(mission))]
    if start > first and not any(month and month[0] == start for month in months):
        yield f"starts on D{start:+d}, neither as early as it can nor on the first day of a month"


def _tour_faults(reference: Reference, pledge: Pledge, spans: tuple[tuple[int, int], ...]) -> Iterator[str]:
    like = 1 + pledge.renewals
    length = pledge.tour * DAYS_PER_MONTH
    ahead = round(reference.value("force.relief-overlap") if pledge.relief_overlap is None else pledge.relief_overlap)
    if pledge.rest is None and len(spans) > like:
        yield f"serves {len(spans)} tours of {like} promised"
    taken_over = spans[0][0]
    for number, (begin, end) in enumerate(spans):
        if number:
            before = spans[number - 1][1]
            taken_over = max(begin, before + 1)
            if before + 1 - begin > ahead:
                yield f"has a relief of {before + 1 - begin} days, {ahead} at most"
            if begin > before + 1 and (number < like or pledge.rest is None):
                yield f"leaves a gap before tour {number + 1}, which was to relieve the one before it"
        if end - taken_over + 1 > length + 1:
            yield f"has a tour of {end - taken_over + 1} days, {length:.0f} promised"
        if number >= like and pledge.rest is not None:
            rested = spans[number - like][1] + 1 + round(pledge.rest * DAYS_PER_MONTH)
            if begin < rested:
                yield f"comes back on D{begin:+d}, before it has rested until D{rested:+d}"

"""When the tours of a pledged unit could lie: its first day, the relief of one like unit by the next, rest, and later starts.

A schedule is the tours of one stay after another. The tours that a member promised follow each other without a break: the next like unit
arrives before it takes over (relief in place), and the length of a tour is counted from the day on which it takes over, so that the overlap
adds people and takes no days away. Where a unit may come back after rest, like units go on in turn, each once it has rested; between two
stays there is a gap. A unit whose start may wait can also start on the first day of a later month, and come back on one from its first
rest; from every later rest it comes back as soon as it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casque.forces.calendar_profile import Calendar
from casque.mission.alliance import Alliance
from casque.mission.forces import Pledge
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference

Spans = tuple[tuple[int, int], ...]
"""First and last day of each tour, in order."""


def ready_day(pledge: Pledge, days: Calendar, reference: Reference) -> int:
    """Day on which a unit can load: the promised day, or later where its notice, counted from the day it is called, runs longer."""
    ready = days.day(pledge.ready_to_load)
    notice = notice_days(pledge, reference)
    if notice is None:
        return ready
    called = 0 if pledge.called is None else days.day(pledge.called)
    return max(ready, called + round(notice))


def notice_days(pledge: Pledge, reference: Reference) -> float | None:
    """Days of notice of a unit: its own, or those of the readiness in which it is held; None where it states neither."""
    if pledge.notice is not None:
        return pledge.notice
    return None if pledge.readiness is None else reference.value(pledge.readiness.factor)


def first_day(pledge: Pledge, days: Calendar, reference: Reference) -> int:
    """First day on which a unit can serve.

    That is its required date where it has one, else its earliest arrival, else ready to load plus the planned movement time, and never
    before it is ready to load. Where its notice makes it ready later than promised, the planned movement time is added to that day.
    """
    promised = days.day(pledge.ready_to_load)
    ready = ready_day(pledge, days, reference)
    moving = round(reference.value("movement.planning-days"))
    arrival = None if pledge.earliest_arrival is None else days.day(pledge.earliest_arrival)
    late = ready + moving if ready > promised else promised
    if pledge.required is not None:
        return max(late, days.day(pledge.required), promised if arrival is None else arrival)
    return max(late, promised + moving if arrival is None else arrival)


def leaving_day(pledge: Pledge, alliance: Alliance, days: Calendar, first: int) -> int | None:
    """Day from which a unit that is there is gone because its nation does not pass over to the new lead organisation; None where it stays.

    Only units of members of the organisation that led until then can be left out, and only those that were there before.
    """
    own = next((member.organisations for member in alliance.members if member.id == pledge.member), ())
    leaves = [
        days.day(change.day)
        for change in alliance.rehattings
        if change.members and pledge.member not in change.members and change.from_organisation in own and first < days.day(change.day)
    ]
    return min(leaves, default=None)


def schedules(pledge: Pledge, alliance: Alliance, days: Calendar, reference: Reference, shorter: bool = False) -> tuple[Spans, ...]:
    """Every schedule of a unit, the earliest first.

    With `shorter` those are added that leave out the last tours: where money or a ceiling of its nation binds, fewer tours may be all that
    can be had. Without such a limit a unit that serves keeps its promise in full.
    """
    first = first_day(pledge, days, reference)
    last = days.months[-1][-1]
    gone = leaving_day(pledge, alliance, days, first)
    overlap = round(reference.value("force.relief-overlap") if pledge.relief_overlap is None else pledge.relief_overlap)
    wait = max(0, last - first) if pledge.may_wait is None and pledge.required is None else round((pledge.may_wait or 0.0) * DAYS_PER_MONTH)
    found: dict[Spans, None] = {}
    for start in _starts(first, wait, days):
        for spans in _from(start, pledge, overlap, wait, days):
            whole = _until(spans, gone)
            if whole:
                found.setdefault(whole)
                for kept in range(1, len(whole) if shorter else 0):
                    found.setdefault(whole[:kept])
    return tuple(sorted(found, key=lambda spans: (spans[0][0], -len(spans), spans)))


def _starts(first: int, wait: int, days: Calendar) -> Iterator[int]:
    """The earliest day, and the first day of every later month while the unit waits."""
    yield first
    for month in days.months:
        if month and first < month[0] <= first + wait:
            yield month[0]


def _from(start: int, pledge: Pledge, overlap: int, wait: int, days: Calendar) -> Iterator[Spans]:
    """Schedules that begin on a day: the promised tours on end, then those after rest."""
    like = 1 + pledge.renewals
    handovers = [start + round(pledge.tour * number * DAYS_PER_MONTH) for number in range(like + 1)]
    spans = tuple(
        (begin - (min(overlap, begin - handovers[number - 1]) if number else 0), end - 1)
        for number, (begin, end) in enumerate(pairwise(handovers))
        if end > begin
    )
    if not spans:
        return
    if pledge.rest is None:
        yield spans
    else:
        yield from _again(spans, like, pledge, overlap, wait, days)


def _again(spans: Spans, like: int, pledge: Pledge, overlap: int, wait: int, days: Calendar) -> Iterator[Spans]:
    """A schedule with the tours that follow after rest, up to the end of the plan."""
    length, last = round(pledge.tour * DAYS_PER_MONTH), days.months[-1][-1]
    rested = spans[-like][1] + 1 + round((pledge.rest or 0.0) * DAYS_PER_MONTH)
    due = spans[-1][1] + 1
    begin = max(due, rested)
    if begin > last or length < 1:
        yield spans
    elif begin == due:
        ahead = min(overlap, begin - rested, length)
        yield from _again((*spans, (begin - ahead, begin + length - 1)), like, pledge, overlap, wait, days)
    else:
        for start in _starts(begin, wait, days):
            yield from _again((*spans, (start, start + length - 1)), like, pledge, overlap, 0, days)


def _until(spans: Spans, gone: int | None) -> Spans:
    if gone is None:
        return spans
    return tuple((first, min(last, gone - 1)) for first, last in spans if first < gone)


def stays(spans: Spans) -> Spans:
    """The stretches without a gap in a schedule."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def days_of(spans: Spans, days: Calendar) -> frozenset[int]:
    """Days inside the horizon on which somebody of a schedule is there."""
    last = days.months[-1][-1]
    return frozenset(day for begin, end in spans for day in range(max(0, begin), min(end, last) + 1))


def overlapping(spans: Spans) -> Spans:
    """The stretches in which a relieving unit and the one that it relieves are both there."""
    return tuple((after[0], before[1]) for before, after in pairwise(spans) if after[0] <= before[1])


def people_days(spans: Spans, days: Calendar) -> int:
    """Days inside the horizon that the tours of a schedule last, those of an overlap counted for both units."""
    last = days.months[-1][-1]
    return sum(max(0, min(end, last) - max(0, begin) + 1) for begin, end in spans)

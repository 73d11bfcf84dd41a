"""Gates between a pledged unit and a requirement line: dates and tours, transfer of authority, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casque.forces.calendar_profile import Calendar
from casque.mission.agreements import Agreements
from casque.mission.engagement import Caveat, Engagement
from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind, AgreementStatus
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference


@dataclass(frozen=True)
class Presence:
    """When a unit is there and may be tasked. Days count from D-day; `taskable` are the days inside the horizon."""

    start: int
    end: int
    tours: int
    taskable: frozenset[int]
    gated: frozenset[int]
    """Days inside the horizon on which it would be there, were its transfer of authority in force."""


def presence(pledge: Pledge, agreements: Agreements, days: Calendar, reference: Reference) -> Presence:
    """When a unit is there.

    It can serve from its required date where it has one, else from its earliest arrival, else from ready to load plus the
    planned movement time, and never before it is ready to load; its promised tours run from that day.
    """
    ready = days.day(pledge.ready_to_load)
    arrival = None if pledge.earliest_arrival is None else days.day(pledge.earliest_arrival)
    if pledge.required is not None:
        start = max(ready, days.day(pledge.required), ready if arrival is None else arrival)
    elif arrival is not None:
        start = max(ready, arrival)
    else:
        start = ready + round(reference.value("movement.planning-days"))
    tours = 1 + pledge.renewals
    end = start + max(0, round(pledge.tour * tours * DAYS_PER_MONTH)) - 1
    there = [day for month in days.months for day in month if start <= day <= end]
    spans = transfer_spans(pledge.member, agreements, days)
    if spans is None:
        return Presence(start, end, tours, frozenset(there), frozenset())
    taskable = frozenset(day for day in there if any(first <= day <= last for first, last in spans))
    return Presence(start, end, tours, taskable, frozenset(there) - taskable)


def transfer_spans(member: str, agreements: Agreements, days: Calendar) -> tuple[tuple[int, int], ...] | None:
    """Days on which a member's units are under the force commander, as first and last day of each span.

    None where the folder writes no transfer of authority at all: then nothing is known about it and it gates nobody. A transfer
    that is signed or negotiated counts from the day it is expected; one without such a day counts only if it is in force.
    """
    transfers = [item for item in agreements.agreements if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY]
    if not transfers:
        return None
    spans: list[tuple[int, int]] = []
    for item in transfers:
        if not item.covers(member) or item.status is AgreementStatus.REFUSED:
            continue
        if item.in_force is None and item.status is not AgreementStatus.IN_FORCE:
            continue
        first = days.day(date.min) if item.in_force is None else days.day(item.in_force)
        spans.append((first, days.day(date.max) if item.expires is None else days.day(item.expires)))
    return tuple(sorted(spans))


@dataclass(frozen=True)
class Barrier:
    """A caveat as it bears on one unit: the days it holds."""

    caveat: Caveat
    first: int
    last: int

    def holds(self, days: frozenset[int], month: Sequence[int]) -> bool:
        """Whether it holds on any of the unit's days in a month: a unit barred for part of a month is not counted on in it."""
        return any(self.first <= day <= self.last for day in month if day in days)


def barriers(pledge: Pledge, engagement: Engagement, days: Calendar) -> tuple[Barrier, ...]:
    """Caveats that bind a unit, declared or only observed."""
    return tuple(
        Barrier(
            caveat,
            days.day(date.min) if caveat.from_day is None else days.day(caveat.from_day),
            days.day(date.max) if caveat.until is None else days.day(caveat.until),
        )
        for caveat in engagement.caveats
        if caveat.member == pledge.member and (not caveat.units or pledge.id in caveat.units)
    )


def bars(caveat: Caveat, task: Task | None, sector: str, crosses: bool) -> bool:
    """Whether a caveat keeps a unit from a line of a task in a sector.

    `task` is None for a line whose task the mission does not know; then only sector and crossing can bar.
    """
    if sector in caveat.bars_sectors or (crosses and caveat.bars_crossing):
        return True
    if task is None:
        return False
    return (
        task.id in caveat.bars_tasks
        or any(rule in caveat.bars_rules for rule in task.rules)
        or (caveat.force_at_most is not None and task.force_level.rank > caveat.force_at_most.rank)
    )

"""Gates between a pledged unit and a requirement line: the days of its tours, transfer of authority, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casque.forces.calendar_profile import Calendar
from casque.forces.tours import Spans, days_of, first_day, schedules
from casque.mission.agreements import Agreement, Agreements
from casque.mission.alliance import Alliance
from casque.mission.engagement import Caveat, Engagement
from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind
from casque.reference.load import Reference


@dataclass(frozen=True)
class Presence:
    """When a unit is there and may be tasked. Days count from D-day; `taskable` are the days inside the horizon."""

    start: int
    end: int
    tours: int
    tasked: int
    """First day on which it is there and may be tasked; behind `end` where it never may."""
    taskable: frozenset[int]
    gated: frozenset[int]
    """Days inside the horizon on which it would be there, were a transfer of authority in effect for it."""
    spans: Spans = ()
    """First and last day of each tour; empty for one stay from `start` to `end`."""

    @property
    def tours_by_day(self) -> Spans:
        """First and last day of each tour."""
        return self.spans or ((self.start, self.end),)


def presences(
    pledge: Pledge, alliance: Alliance, agreements: Agreements, days: Calendar, reference: Reference, shorter: bool = False
) -> tuple[Presence, ...]:
    """When a unit is there, by schedule of its tours, the earliest first.

    It may be tasked only on days on which a transfer of authority that covers its member is in effect. Where its nation takes it out before
    its first day there is one presence without days.
    """
    transfers = transfers_of(pledge.member, agreements)
    found = schedules(pledge, alliance, days, reference, shorter)
    start = first_day(pledge, days, reference)
    never = Presence(start, start - 1, 0, start, frozenset(), frozenset())
    return tuple(presence_on(spans, transfers, days) for spans in found) or (never,)


def presence_on(spans: Spans, transfers: tuple[Agreement, ...], days: Calendar) -> Presence:
    """When a unit with some tours is there, and when it may be tasked."""
    there = days_of(spans, days)

    def may(day: int) -> bool:
        return any(item.in_effect(days.d_day + timedelta(days=day)) for item in transfers)

    taskable = frozenset(day for day in there if may(day))
    begins = (*(first for first, _ in spans), *(days.day(item.in_force) for item in transfers if item.in_force is not None))
    served = [day for day in begins if any(first <= day <= last for first, last in spans) and may(day)]
    end = max(last for _, last in spans)
    return Presence(spans[0][0], end, len(spans), min(served, default=end + 1), taskable, there - taskable, spans)


def transfers_of(member: str, agreements: Agreements) -> tuple[Agreement, ...]:
    """Transfers of authority that cover a member."""
    return tuple(item for item in agreements.agreements if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY and item.covers(member))


@dataclass(frozen=True)
class Barrier:
    """A caveat as it bears on one unit: the days it holds."""

    caveat: Caveat
    rules: tuple[str, ...]
    """Rules of engagement whose use it bars."""
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
            engagement.rules_barred(caveat),
            days.day(date.min) if caveat.from_day is None else days.day(caveat.from_day),
            days.day(date.max) if caveat.until is None else days.day(caveat.until),
        )
        for caveat in engagement.caveats
        if caveat.member == pledge.member and (not caveat.units or pledge.id in caveat.units)
    )


def bars(barrier: Barrier, task: Task | None, sector: str, crosses: bool) -> bool:
    """Whether a caveat keeps a unit from a line of a task in a sector.

    `task` is None for a line whose task the mission does not know; then only sector and crossing can bar.
    """
    caveat = barrier.caveat
    if sector in caveat.bars_sectors or (crosses and caveat.bars_crossing):
        return True
    if task is None:
        return False
    if task.force_of is not None and task.sectors and set(task.sectors) <= set(caveat.bars_sectors):
        return True
    return (
        task.id in caveat.bars_tasks
        or any(rule in barrier.rules for rule in task.rules_to_use)
        or (caveat.force_at_most is not None and task.force_level.rank > caveat.force_at_most.rank)
    )

"""The bridge from first entry to the main force, cell by cell: who holds the ground first, who takes over, and where it is let go.

A *cell* is one capability in one sector. *First entry* are the units of standing arrangements and those that come within the first
days and leave before the need ends; the *main force* is everybody else. Ground that was held counts as let go on days on which
fewer people are there than were before, as far as they are still wanted; caveats on single tasks are not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from casque.forces.calendar_profile import Calendar, calendar
from casque.forces.closings import Offer, closings
from casque.forces.packages import Waiting, package_of, stays_of, waiting_units
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.bridge import BridgeCell, BridgeGap, BridgeRecord, Holder, Role, Step
from casque.plan.force import Assignment
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

WEEK = 7
LEAST_WEEKS = 26
"""Weeks that the series cover at least, where the plan is that long."""
WEEKS_AFTER = 8
"""Weeks that they go on after the last unit of the first entry has left."""


@dataclass(frozen=True)
class Ground:
    """A cell and its days."""

    lines: tuple[RequirementLine, ...]
    need: tuple[float, ...]
    holders: tuple[Holder, ...]
    horizon: int
    slack: float

    def there(self, *roles: Role) -> list[float]:
        """People of some roles there, by day."""
        people = [0.0] * self.horizon
        for holder in self.holders:
            if holder.role in roles:
                for day in range(max(0, holder.first), min(self.horizon - 1, holder.last) + 1):
                    people[day] += holder.people
        return people


def bridge(mission: Mission, reference: Reference, requirement: RequirementRecord, serving: Sequence[Assignment]) -> BridgeRecord:
    """The bridge of a plan: packages, cells, gaps and the cheapest ways to close them."""
    days = calendar(mission.about)
    horizon = sum(len(month) for month in days.months)
    packages = tuple(package_of(item, mission, days, serving) for item in mission.alliance.standing)
    waiting = tuple(waiting_units(mission, reference, days, packages))
    cells: dict[tuple[str, Capability], list[RequirementLine]] = {}
    for line in requirement.lines:
        cells.setdefault((line.sector, line.capability), []).append(line)
    grounds: dict[tuple[str, Capability], Ground] = {}
    for key, lines in cells.items():
        need = _need(lines, days, horizon)
        holders = _holders(key, need, mission, days, serving, reference.value("force.first-entry"))
        if any(need) and holders:
            grounds[key] = Ground(tuple(lines), need, holders, horizon, reference.value("force.bridge-slack"))
    leaving = [h.last for ground in grounds.values() for h in ground.holders if h.role != "main"]
    weeks = max(LEAST_WEEKS, max((min(day, horizon) for day in leaving), default=0) // WEEK + WEEKS_AFTER)
    weeks = max(1, min(weeks, -(-horizon // WEEK)))
    weight = reference.value("force.bridge-uncalled")
    made = [_cell(key, ground, weeks, waiting, weight) for key, ground in grounds.items()]
    made.sort(key=lambda cell: (-sum(gap.person_days for gap in cell.gaps), cell.sector, cell.capability))
    return BridgeRecord(weeks=weeks, packages=packages, cells=tuple(made))


def _need(lines: Sequence[RequirementLine], days: Calendar, horizon: int) -> tuple[float, ...]:
    """People wanted by day: the mean of a month stands on those of its days on which the line is open."""
    need = [0.0] * horizon
    for line in lines:
        for month, people in zip(days.months, line.by_month, strict=False):
            open_days = [day for day in month if line.start <= day <= line.end]
            for day in open_days:
                need[day] += people * len(month) / len(open_days)
    return tuple(need)


def _holders(
    key: tuple[str, Capability], need: Sequence[float], mission: Mission, days: Calendar, serving: Sequence[Assignment], entry: float
) -> tuple[Holder, ...]:
    """Units in a cell, by first day."""
    arrangement = {name: item.id for item in mission.alliance.standing for name in item.pledges}
    end = max((day for day, people in enumerate(need) if people > 0), default=-1)
    found: list[Holder] = []
    for unit in serving:
        stays = stays_of(unit, mission, days) if (unit.sector, unit.capability) == key else ()
        held = arrangement.get(unit.unit, "")
        role: Role = "package" if held else "early" if stays and stays[0][0] <= entry and stays[-1][1] < end else "main"
        found += [
            Holder(
                unit=unit.unit,
                member=unit.member,
                role=role,
                arrangement=held,
                first=first,
                last=last,
                people=unit.strength * unit.quality,
            )
            for first, last in stays
        ]
    return tuple(sorted(found, key=lambda holder: (holder.first, holder.unit)))


def _cell(key: tuple[str, Capability], ground: Ground, weeks: int, waiting: Sequence[Waiting], weight: float) -> BridgeCell:
    entry, main, everybody = ground.there("package", "early"), ground.there("main"), ground.there("package", "early", "main")
    first = next((day for day, people in enumerate(everybody) if people > 0), None)
    wanted = min(max(line.start, line.required_by) for line in ground.lines)
    too_many = [min(early, max(0.0, early + late - want)) for early, late, want in zip(entry, main, ground.need, strict=True)]
    too_many = [surplus if late > 0 else 0.0 for surplus, late in zip(too_many, main, strict=True)]
    return BridgeCell(
        sector=key[0],
        capability=key[1],
        lines=tuple(line.id for line in ground.lines),
        wanted_by=wanted,
        first=first,
        takeover=_takeover(entry, main, ground),
        need=_weekly(ground.need, weeks),
        package=_weekly(ground.there("package"), weeks),
        early=_weekly(ground.there("early"), weeks),
        main=_weekly(main, weeks),
        holders=ground.holders,
        gaps=tuple(_gaps(key, ground, everybody, first, wanted, waiting, weight)),
        overlap_days=sum(surplus >= 1 for surplus in too_many),
        overlap=sum(too_many),
    )


def _weekly(people: Sequence[float], weeks: int) -> tuple[float, ...]:
    spans = [people[week * WEEK : (week + 1) * WEEK] for week in range(weeks)]
    return tuple(round(sum(span) / len(span), 2) if span else 0.0 for span in spans)


def _takeover(entry: Sequence[float], main: Sequence[float], ground: Ground) -> int | None:
    """First day from which on the main force holds alone what the first entry held until it left; none where it never does."""
    most = max(entry, default=0.0)
    if most <= 0:
        return None
    left = max(day for day, people in enumerate(entry) if people > 0)
    enough = [late >= min(most, want) * (1 - ground.slack) for late, want in zip(main, ground.need, strict=True)]
    day = min(left + 1, ground.horizon - 1)
    if not enough[day]:
        return next((later for later in range(day, ground.horizon) if enough[later] and main[later] > 0), None)
    while day > 0 and enough[day - 1] and main[day - 1] > 0:
        day -= 1
    return day if main[day] > 0 else None


def _gaps(
    key: tuple[str, Capability],
    ground: Ground,
    there: Sequence[float],
    first: int | None,
    wanted: int,
    waiting: Sequence[Waiting],
    weight: float,
) -> Iterator[BridgeGap]:
    """Days before anybody is there although somebody is due, and days on which ground that the first entry held is let go."""
    if first is not None and first > max(0, wanted):
        people = min(there[first], max(ground.need[max(0, wanted) : first], default=0.0))
        if people > 0:
            yield _gap(key, ground, list(range(max(0, wanted), first)), [people] * (first - max(0, wanted)), (), waiting, weight)
    entry = [holder for holder in ground.holders if holder.role != "main" and holder.last >= 0]
    if not entry:
        return
    held, missing = 0.0, []
    end = max(holder.last for holder in entry)
    for day, (people, want) in enumerate(zip(there, ground.need, strict=True)):
        lost = min(held, want) - people
        missing.append(lost if lost > ground.slack * min(held, want) and lost >= 1 else 0.0)
        if day <= end:
            held = max(held, people)
    for short, group in groupby(range(len(missing)), key=lambda day: missing[day] > 0):
        span = list(group)
        leaving = tuple(holder.unit for holder in entry if span[0] - 1 <= holder.last < span[-1]) if short else ()
        if leaving:
            yield _gap(key, ground, span, missing[span[0] : span[-1] + 1], leaving, waiting, weight)


def _gap(
    key: tuple[str, Capability],
    ground: Ground,
    span: Sequence[int],
    missing: Sequence[float],
    leaving: tuple[str, ...],
    waiting: Sequence[Waiting],
    weight: float,
) -> BridgeGap:
    first, last = span[0], span[-1]
    return BridgeGap(
        kind="at the handover" if leaving else "before first entry",
        first=first,
        last=last,
        closed=last + 1 < ground.horizon and ground.need[last + 1] > 0,
        people=max(missing),
        person_days=sum(missing),
        leaving=leaving,
        closings=closings(list(_offers(key, ground, first, last, leaving, waiting, weight)), max(missing)),
    )


def _offers(
    key: tuple[str, Capability], ground: Ground, first: int, last: int, leaving: tuple[str, ...], waiting: Sequence[Waiting], weight: float
) -> Iterator[Offer]:
    """What could be asked: to come sooner of whoever comes later, to stay of whoever leaves, to come of whoever waits."""
    for holder in ground.holders:
        if holder.first > first and holder.last >= last:
            sooner = holder.first - first
            asked = holder.people * sooner
            yield Step(how="earlier arrival", unit=holder.unit, days=sooner, people=holder.people, person_days=asked), asked
        if holder.unit in leaving:
            longer = last - holder.last
            asked = holder.people * longer
            yield Step(how="longer stay", unit=holder.unit, days=longer, people=holder.people, person_days=asked), asked
    length = last - first + 1
    for unit in waiting:
        quality = unit.qualities.get(key[1], 0.0)
        if quality > 0 and unit.sector in (None, key[0]) and unit.first <= first and unit.last >= last:
            asked = unit.strength * length
            step = Step(how="another package", unit=unit.unit, days=length, people=unit.strength * quality, person_days=asked)
            yield step, asked * weight

"""The columns of an element: every way in which it could serve that may be part of a best plan.

A column is left out only where another of the same element in the same pool is at least as good in every plan. That is so where the other
fills as many people on as many lines in every month, weighs no more on any limit, and either carries less risk, which counts before
everything but the fill, or is no worse at any level. Putting it in place of the first can then never make a plan worse, so the best plan
among the columns kept is the best of all. As a start that waits is itself a risk, of starts that fill the same the earliest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import floor

from casque.forces.calendar_profile import Calendar
from casque.forces.elements import Option, Pool, Unit
from casque.forces.eligibility import Presence, bars
from casque.forces.ground import Ground, limited
from casque.forces.points import points_of
from casque.forces.tours import days_of, people_days
from casque.mission.area import Sector
from casque.reference.load import Reference


def unit_options(index: int, unit: Unit, ground: Ground, reference: Reference, sectors: Iterable[str]) -> tuple[Option, ...]:
    """Every column of an element in some sectors that fills at least one line in at least one month, by pool and then by start."""
    if not unit.known:
        return ()
    kind = reference.unit_types[unit.pledge.unit_type]
    qualities = {**kind.stands_in, kind.capability: 1.0}
    wanted = frozenset(sectors)
    served = unit.schedules or (unit.presence,)
    shares = [shares_by_month(item.taskable, ground.calendar) for item in served]
    found: list[Option] = []
    for position, pool in enumerate(ground.pools):
        quality = qualities.get(pool.capability, 0.0)
        if pool.sector not in wanted or quality <= 0 or not may_serve(unit, pool.sector, ground.sectors):
            continue
        own: list[tuple[Presence, Option]] = []
        for item, share in zip(served, shares, strict=True):
            people = tuple(floor(unit.strength * quality * part + 1e-9) for part in share)
            option = Option(index, unit.pledge.member, position, quality, people, _open(unit, item, pool, ground), item.tours_by_day)
            if _useful(option, pool, ground):
                own.append((item, replace(option, points=points_of(unit, item, pool, ground, reference))))
        found += undominated(own, ground, limited(unit.pledge.member, ground))
    return tuple(found)


def may_serve(unit: Unit, sector: str, sectors: Mapping[str, Sector]) -> bool:
    """Whether a unit may serve in a sector: one that its nation leads, where units of the nation must stay in those."""
    member = unit.pledge.member
    bound = any(item.lead == member and item.lead_stays for item in sectors.values())
    return not bound or (sector in sectors and sectors[sector].lead == member)


def shares_by_month(taskable: frozenset[int], days: Calendar) -> tuple[float, ...]:
    """Share of each month's days that are in a set of days."""
    return tuple(sum(day in taskable for day in month) / len(month) if month else 0.0 for month in days.months)


def _open(unit: Unit, item: Presence, pool: Pool, ground: Ground) -> tuple[int, ...]:
    everything = (1 << len(pool.lines)) - 1
    masks = [everything] * len(ground.calendar.months)
    for barrier in unit.barriers:
        barred = 0
        for bit, index in enumerate(pool.lines):
            line = ground.lines[index]
            if bars(barrier, ground.tasks.get(line.task), pool.sector, line.crosses_sectors):
                barred |= 1 << bit
        if barred:
            for month, span in enumerate(ground.calendar.months):
                if barrier.holds(item.taskable, span):
                    masks[month] &= ~barred
    return tuple(masks)


def _useful(option: Option, pool: Pool, ground: Ground) -> bool:
    return any(
        number and any(mask >> bit & 1 and ground.demand[line][month] for bit, line in enumerate(pool.lines))
        for month, (number, mask) in enumerate(zip(option.people, option.open, strict=True))
    )


def undominated(own: Sequence[tuple[Presence, Option]], ground: Ground, bound: bool) -> list[Option]:
    """The columns of one element in one pool without those that another of them is as good as in every plan."""
    if len(own) < 2:
        return [option for _, option in own]
    kept: list[tuple[Presence, Option]] = []
    for item, option in own:
        if not any(_as_good(other, item, option, ground, bound) for other in kept):
            kept = [other for other in kept if not _as_good((item, option), *other, ground, bound)]
            kept.append((item, option))
    return [option for _, option in kept]


def _as_good(other: tuple[Presence, Option], item: Presence, option: Option, ground: Ground, bound: bool) -> bool:
    """Whether another column is as good as one in every plan."""
    there, better = other
    for month, less in enumerate(option.people):
        wanted = sum(1 << bit for bit, line in enumerate(ground.pools[option.pool].lines) if ground.demand[line][month])
        served = option.open[month] & wanted
        if less and served and (better.people[month] < less or served & ~better.open[month]):
            return False
    if bound and not _lighter(there, item, ground.calendar):
        return False
    if better.points[0] != option.points[0]:
        return better.points[0] < option.points[0]
    return all(mine <= yours for mine, yours in zip(better.points, option.points, strict=True)) and _lighter(there, item, ground.calendar)


def _lighter(one: Presence, other: Presence, days: Calendar) -> bool:
    """Whether one presence weighs no more on any limit than another: no day more, and no more days of people."""
    spans, others = one.tours_by_day, other.tours_by_day
    return days_of(spans, days) <= days_of(others, days) and people_days(spans, days) <= people_days(others, days)

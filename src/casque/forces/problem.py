"""The matching problem as plain figures: units, places they could take, and what each sector wants of each capability by month.

A *pool* is one capability in one sector. A unit takes at most one pool; its people are then spread, month by month, over the lines of
that pool that no caveat bars. Effective people are strength x quality x share of the month's days on which the unit may be tasked,
rounded down to whole people, so that every figure in the program is a whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import floor
from typing import Any

from casque.forces.calendar_profile import Calendar, calendar
from casque.forces.eligibility import Barrier, Presence, barriers, bars, presence
from casque.mission.alliance import Member
from casque.mission.area import Sector
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

WEIGHT_SCALE = 10
"""Priority weights are kept in tenths as whole numbers."""


@dataclass(frozen=True)
class Pool:
    """One capability in one sector: its lines as positions in `Problem.lines`."""

    sector: str
    capability: Capability
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Unit:
    """A pledged unit with its days and the caveats that bind it."""

    pledge: Pledge
    presence: Presence
    barriers: tuple[Barrier, ...]
    known: bool
    """Whether the reference set knows its type."""


@dataclass(frozen=True)
class Option:
    """A place that a unit could take.

    `people` are effective people by month; `open` has one bit by month for each line of the pool that the unit may count towards.
    """

    unit: int
    member: str
    pool: int
    quality: float
    people: tuple[int, ...]
    open: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """Everything the integer program knows."""

    calendar: Calendar
    lines: tuple[RequirementLine, ...]
    demand: tuple[tuple[int, ...], ...]
    """Whole people wanted, by line and month."""
    weights: tuple[int, ...]
    """Weight of a filled place, by line, in tenths."""
    pools: tuple[Pool, ...]
    units: tuple[Unit, ...]
    options: tuple[Option, ...]
    contingents: int
    """Most nations in one sector."""
    sectors: dict[str, Sector]
    members: dict[str, Member]
    tasks: dict[str, Task]
    names: tuple[int, ...] = ()
    """A number for each option that it keeps in every problem made from this one."""
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Answers already worked out about demands and pools, shared with every problem made from this one."""

    @cached_property
    def by_pool(self) -> tuple[tuple[int, ...], ...]:
        """Options of each pool."""
        result: list[list[int]] = [[] for _ in self.pools]
        for index, option in enumerate(self.options):
            result[option.pool].append(index)
        return tuple(tuple(options) for options in result)

    @cached_property
    def by_unit(self) -> tuple[tuple[int, ...], ...]:
        """Options of each unit."""
        result: list[list[int]] = [[] for _ in self.units]
        for index, option in enumerate(self.options):
            result[option.unit].append(index)
        return tuple(tuple(options) for options in result)

    @cached_property
    def wanted(self) -> int:
        """Weighted people-months wanted, in tenths: what a complete force would fill."""
        return sum(weight * sum(months) for weight, months in zip(self.weights, self.demand, strict=True))

    def sector_of(self, option: int) -> str:
        """Sector of an option."""
        return self.pools[self.options[option].pool].sector

    def without(self, member: str) -> Problem:
        """The same problem after a member has left."""
        return self.keeping([index for index, option in enumerate(self.options) if option.member != member])

    def keeping(self, options: Sequence[int]) -> Problem:
        """The same problem with some of its options only."""
        return replace(self, options=tuple(self.options[index] for index in options), names=tuple(self.names[index] for index in options))

    def plus(self, unit: Unit, sector: str, reference: Reference) -> Problem:
        """The same problem with one more unit, which can serve in one sector only."""
        extra = unit_options(len(self.units), unit, self, reference, (sector,))
        first = max(self.names, default=-1) + 1
        return replace(
            self,
            units=(*self.units, unit),
            options=(*self.options, *extra),
            names=(*self.names, *range(first, first + len(extra))),
            known=dict(self.known),
        )


def problem(mission: Mission, reference: Reference, requirement: RequirementRecord, contingents: int | None = None) -> Problem:
    """The matching problem of a mission. `contingents` overrides the planning factor for nations in one sector."""
    days = calendar(mission.about)
    pools: dict[tuple[str, Capability], list[int]] = {}
    for index, line in enumerate(requirement.lines):
        pools.setdefault((line.sector, line.capability), []).append(index)
    months = len(days.months)
    empty = Problem(
        calendar=days,
        lines=requirement.lines,
        demand=tuple(tuple(floor(people + 1e-9) for people in _fitted(line.by_month, months)) for line in requirement.lines),
        weights=tuple(round(WEIGHT_SCALE * reference.value(f"force.weight-{line.priority}")) for line in requirement.lines),
        pools=tuple(Pool(sector, capability, tuple(lines)) for (sector, capability), lines in pools.items()),
        units=tuple(
            Unit(
                pledge,
                presence(pledge, mission.agreements, days, reference),
                barriers(pledge, mission.engagement, days),
                pledge.unit_type in reference.unit_types,
            )
            for pledge in mission.forces.pledges
        ),
        options=(),
        contingents=round(reference.value("force.contingents-per-sector")) if contingents is None else contingents,
        sectors={sector.id: sector for sector in mission.area.sectors},
        members={member.id: member for member in mission.alliance.members},
        tasks={task.id: task for task in mission.tasks.tasks},
    )
    sectors = tuple(dict.fromkeys(pool.sector for pool in empty.pools))
    options: list[Option] = []
    for index, unit in enumerate(empty.units):
        wish = unit.pledge.sector
        options += unit_options(index, unit, empty, reference, sectors if wish is None else (wish,))
    return replace(empty, options=tuple(options), names=tuple(range(len(options))))


def unit_options(index: int, unit: Unit, problem: Problem, reference: Reference, sectors: Iterable[str]) -> tuple[Option, ...]:
    """Every place in some sectors in which a unit could fill at least one line in at least one month."""
    if not unit.known:
        return ()
    kind = reference.unit_types[unit.pledge.unit_type]
    qualities = {**kind.stands_in, kind.capability: 1.0}
    wanted = frozenset(sectors)
    shares = shares_by_month(unit.presence.taskable, problem.calendar)
    found: list[Option] = []
    for position, pool in enumerate(problem.pools):
        quality = qualities.get(pool.capability, 0.0)
        if pool.sector not in wanted or quality <= 0:
            continue
        people = tuple(floor(unit.pledge.strength * quality * share + 1e-9) for share in shares)
        masks = _open(unit, pool, problem)
        useful = any(
            number and any(mask >> bit & 1 and problem.demand[line][month] for bit, line in enumerate(pool.lines))
            for month, (number, mask) in enumerate(zip(people, masks, strict=True))
        )
        if useful:
            found.append(Option(index, unit.pledge.member, position, quality, people, masks))
    return tuple(found)


def shares_by_month(taskable: frozenset[int], days: Calendar) -> tuple[float, ...]:
    """Share of each month's days that are in a set of days."""
    return tuple(sum(day in taskable for day in month) / len(month) if month else 0.0 for month in days.months)


def _open(unit: Unit, pool: Pool, problem: Problem) -> tuple[int, ...]:
    everything = (1 << len(pool.lines)) - 1
    masks = [everything] * len(problem.calendar.months)
    for barrier in unit.barriers:
        barred = 0
        for bit, index in enumerate(pool.lines):
            line = problem.lines[index]
            if bars(barrier, problem.tasks.get(line.task), pool.sector, line.crosses_sectors):
                barred |= 1 << bit
        if barred:
            for month, span in enumerate(problem.calendar.months):
                if barrier.holds(unit.presence.taskable, span):
                    masks[month] &= ~barred
    return tuple(masks)


def _fitted(months: tuple[float, ...], length: int) -> tuple[float, ...]:
    return (*months[:length], *[0.0] * (length - len(months)))

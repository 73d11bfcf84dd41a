"""The matching problem as plain figures: elements, the columns in which they could serve, and what each sector wants of each capability.

A *pool* is one capability in one sector. An element takes at most one column, which is in one pool; its people are then spread, month by
month, over the lines of that pool that no caveat bars. Effective people are strength x quality x share of the month's days on which the
unit may be tasked, rounded down to whole people, so that every figure in the program is a whole number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import floor
from typing import Any, TypeVar

from casque.forces.calendar_profile import Calendar, calendar
from casque.forces.columns import shares_by_month, unit_options
from casque.forces.elements import LEVELS, NO_POINTS, WEIGHT_SCALE, Excess, Limit, Option, Pool, Unit
from casque.forces.eligibility import Presence, barriers, presences, transfers_of
from casque.forces.ground import limited
from casque.forces.limits import excesses, limits
from casque.forces.points import standing
from casque.forces.preferences import Preferences
from casque.forces.tours import ready_day
from casque.mission.alliance import Exercise, Member
from casque.mission.area import Sector
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

__all__ = (
    "LEVELS",
    "NO_POINTS",
    "WEIGHT_SCALE",
    "Excess",
    "Limit",
    "Option",
    "Pool",
    "Problem",
    "Unit",
    "problem",
    "shares_by_month",
    "unit_options",
)

_Row = TypeVar("_Row", Limit, Excess)


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
    """Most nations in one sector that states no number of its own."""
    sectors: dict[str, Sector]
    members: dict[str, Member]
    tasks: dict[str, Task]
    contingents_by_sector: Mapping[str, int] = field(default_factory=dict)
    """Most nations in the sectors that state a number of their own."""
    exercises: tuple[Exercise, ...] = ()
    """Exercises that members held together."""
    budget: float | None = None
    """Most that the people of the force may cost up to the horizon, in USD."""
    preferences: Preferences = field(default_factory=Preferences)
    """Prices of what tells plans with the same fill apart."""
    limits: tuple[Limit, ...] = ()
    """Hard limits beside one place for each element and the nations in a sector."""
    excesses: tuple[Excess, ...] = ()
    """Soft limits."""
    standing: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    """Points by level, once, for any element of a member (first) in a sector (second); none where the pair is missing."""
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

    def most_nations(self, sector: str) -> int:
        """Most nations in a sector."""
        return self.contingents_by_sector.get(sector, self.contingents)

    def sector_of(self, option: int) -> str:
        """Sector of an option."""
        return self.pools[self.options[option].pool].sector

    def presence_of(self, option: Option) -> Presence:
        """When an element is there in one of its columns."""
        unit = self.units[option.unit]
        return next((item for item in unit.schedules if item.tours_by_day == option.tours), unit.presence)

    def ready_of(self, option: Option) -> int | None:
        """Day on which an element with a column is to be ready to load: as early as it can, and later by as much as its start waits."""
        unit = self.units[option.unit]
        return None if unit.ready is None or not option.tours else unit.ready + max(0, option.tours[0][0] - unit.presence.start)

    def without(self, member: str) -> Problem:
        """The same problem after a member has left."""
        return self.keeping([index for index, option in enumerate(self.options) if option.member != member])

    def keeping(self, options: Sequence[int]) -> Problem:
        """The same problem with some of its options only, in the order given."""
        position = {old: new for new, old in enumerate(options)}
        return replace(
            self,
            options=tuple(self.options[index] for index in options),
            names=tuple(self.names[index] for index in options),
            limits=tuple(row for row in (_kept(row, position) for row in self.limits) if row.options),
            excesses=tuple(row for row in (_kept(row, position) for row in self.excesses) if row.options),
        )


def problem(
    mission: Mission,
    reference: Reference,
    requirement: RequirementRecord,
    contingents: int | None = None,
    preferences: Preferences | None = None,
) -> Problem:
    """The matching problem of a mission. `contingents` overrides the nations in one sector, the planning factor's and the sectors' own."""
    days = calendar(mission.about)
    pools: dict[tuple[str, Capability], list[int]] = {}
    for index, line in enumerate(requirement.lines):
        pools.setdefault((line.sector, line.capability), []).append(index)
    months = len(days.months)
    own = {sector.id: sector.most_nations for sector in mission.area.sectors if sector.most_nations is not None and contingents is None}
    empty = Problem(
        calendar=days,
        lines=requirement.lines,
        demand=tuple(tuple(floor(people + 1e-9) for people in _fitted(line.by_month, months)) for line in requirement.lines),
        weights=tuple(round(WEIGHT_SCALE * reference.value(f"force.weight-{line.priority}")) for line in requirement.lines),
        pools=tuple(Pool(sector, capability, tuple(lines)) for (sector, capability), lines in pools.items()),
        units=(),
        options=(),
        contingents=round(reference.value("force.contingents-per-sector")) if contingents is None else contingents,
        sectors={sector.id: sector for sector in mission.area.sectors},
        members={member.id: member for member in mission.alliance.members},
        tasks={task.id: task for task in mission.tasks.tasks},
        contingents_by_sector=own,
        exercises=mission.alliance.exercises,
        budget=mission.about.budget,
        preferences=preferences or Preferences(),
    )
    empty = replace(empty, standing=standing(empty, reference))
    units = [unit for pledge in mission.forces.pledges for unit in elements(pledge, mission, empty, reference)]
    sectors = tuple(dict.fromkeys(pool.sector for pool in empty.pools))
    options: list[Option] = []
    for index, unit in enumerate(units):
        wish = unit.pledge.sector
        options += unit_options(index, unit, empty, reference, sectors if wish is None else (wish,))
    whole = replace(empty, units=tuple(units), options=tuple(options), names=tuple(range(len(options))))
    return bound_together(whole, reference)


def elements(pledge: Pledge, mission: Mission, ground: Problem, reference: Reference) -> list[Unit]:
    """A pledge as the elements that serve independently: itself, or its parts where it may be split."""
    days = ground.calendar
    found = presences(pledge, mission.alliance, mission.agreements, days, reference, limited(pledge.member, ground))
    caveats, known = barriers(pledge, mission.engagement, days), pledge.unit_type in reference.unit_types
    transfers = transfers_of(pledge.member, mission.agreements)
    # More parts than people would leave some of them empty.
    of = max(1, min(pledge.splits_into, floor(pledge.strength)))
    ready = ready_day(pledge, days, reference)
    return [Unit(pledge, found[0], caveats, known, found, part, of, ready, transfers) for part in range(1, of + 1)]


def bound_together(whole: Problem, reference: Reference) -> Problem:
    """A problem with the rows that bind its columns together worked out anew."""
    return replace(
        whole,
        limits=limits(whole.options, whole.units, whole, reference),
        excesses=excesses(whole.options, whole.units, whole),
    )


def _kept(row: _Row, position: Mapping[int, int]) -> _Row:
    pairs = sorted((position[index], amount) for index, amount in zip(row.options, row.amounts, strict=True) if index in position)
    return replace(row, options=tuple(index for index, _ in pairs), amounts=tuple(amount for _, amount in pairs))


def _fitted(months: tuple[float, ...], length: int) -> tuple[float, ...]:
    return (*months[:length], *[0.0] * (length - len(months)))

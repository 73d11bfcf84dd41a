"""Every situation that a mission could see, as one symbolic situation: who acts, where, on which day, at what hour, in what circumstances.

Sets of units, places, days and hours become formulas over it. Written apart from the tables that decisions rest on, so that each can be
held against the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import z3

from casque.mission.engagement import HOURS_OF_DAY, HoursOfDay
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.season import is_winter
from casque.mission.vocabulary import Capability, Circumstance, Protected
from casque.plan.coherence import Situation
from casque.reference.load import Reference

Formula = Any
"""A formula of the solver, or True or False where it is trivial."""

Span = tuple[int, int]
"""First and last day."""

PROTECTED = tuple(Protected)
EVER = 10**6
"""Days that lie beyond every mission."""


@dataclass(frozen=True)
class UnitClass:
    """Units that no rule, caveat or agreement tells apart."""

    units: tuple[str, ...]
    member: str
    sector: str
    """Sector that they are posted to; empty where that is not known."""
    capabilities: frozenset[Capability]
    manoeuvre: bool


@dataclass(frozen=True)
class Spot:
    """A sector as a whole, or a place in one."""

    sector: str
    place: str


class Ground:
    """The symbolic situation of a mission. `postings` says in which sector each unit serves; else it is where its member wants it."""

    def __init__(self, mission: Mission, reference: Reference, postings: Mapping[str, str]) -> None:
        self.mission = mission
        self.classes = _classes(mission, reference, postings)
        self.manoeuvre_capabilities = frozenset(kind.capability for kind in reference.unit_types.values() if kind.manoeuvre)
        sectors = [Spot(sector.id, "") for sector in mission.area.sectors]
        self.spots = (*sectors, *(Spot(place.sector or "", place.id) for place in mission.area.places))
        self.horizon = int(mission.about.horizon)
        self.unit = _variable("unit", len(self.classes))
        self.spot = _variable("spot", len(self.spots))
        self.day = _variable("day", self.horizon + 1)
        self.hour = _variable("hour", HOURS_OF_DAY)
        self.protecting = _variable("protecting", len(PROTECTED) + 1)
        self._of_member: dict[str, Formula] = {}
        self._sets: dict[tuple[str, tuple[int, ...]], Formula] = {}
        self.given = {item: z3.Bool(f"given {item.value}") for item in Circumstance}

    @cached_property
    def world(self) -> list[Formula]:
        """What holds of every situation: each variable stays within what there is."""
        sizes = (
            (self.unit, len(self.classes)),
            (self.spot, len(self.spots)),
            (self.day, self.horizon + 1),
            (self.hour, HOURS_OF_DAY),
            (self.protecting, len(PROTECTED) + 1),
        )
        return [z3.ULE(variable, size - 1) if size else z3.BoolVal(False) for variable, size in sizes]

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Members with a pledged unit, in the order of the pledges."""
        return tuple(dict.fromkeys(item.member for item in self.classes))

    def by_units(self, keep: Callable[[UnitClass], bool]) -> Formula:
        """The unit is one of those."""
        return self._among(self.unit, [number for number, item in enumerate(self.classes) if keep(item)], len(self.classes) - 1)

    def at_spots(self, keep: Callable[[Spot], bool]) -> Formula:
        """It happens at one of those spots."""
        return self._among(self.spot, [number for number, item in enumerate(self.spots) if keep(item)], len(self.spots) - 1)

    def of_member(self, member: str) -> Formula:
        """The unit is one of a member's."""
        if member not in self._of_member:
            self._of_member[member] = self.by_units(lambda item: item.member == member)
        return self._of_member[member]

    def in_sectors(self, sectors: Collection[str]) -> Formula:
        """It happens in one of those sectors."""
        return self.at_spots(lambda spot: spot.sector in sectors)

    def on_days(self, spans: Iterable[Span]) -> Formula:
        """It happens on one of those days."""
        return some(self._within(self.day, max(first, 0), min(last, self.horizon), self.horizon) for first, last in spans)

    def at_hours(self, hours: HoursOfDay | None) -> Formula:
        """It happens at one of those hours of the day."""
        if hours is None or hours.start == hours.end:
            return True
        last = HOURS_OF_DAY - 1
        if hours.start < hours.end:
            return self._within(self.hour, hours.start, hours.end - 1, last)
        return some((self._within(self.hour, 0, hours.end - 1, last), self._within(self.hour, hours.start, last, last)))

    def is_given(self, circumstance: Circumstance) -> Formula:
        """That is the case."""
        return self.given[circumstance]

    def protects(self, protected: Iterable[Protected]) -> Formula:
        """Force would protect one of those."""
        return self._among(self.protecting, sorted(PROTECTED.index(item) + 1 for item in protected), len(PROTECTED))

    @cached_property
    def crosses(self) -> Formula:
        """The unit is outside the sector that it is posted to."""
        own = list(dict.fromkeys(item.sector for item in self.classes if item.sector))
        return some(every((self._posted_to(sector), opposite(self.in_sectors([sector])))) for sector in own)

    def _posted_to(self, sector: str) -> Formula:
        return self.by_units(lambda item: item.sector == sector)

    @cached_property
    def winter(self) -> Formula:
        """It happens in winter."""
        outlines = [latitude for sector in self.mission.area.sectors for _, latitude in sector.outline]
        latitude = sum(outlines) / len(outlines) if outlines else 0.0
        cold = [day for day in range(self.horizon + 1) if is_winter(self.mission.about.d_day + timedelta(days=day), latitude)]
        starts = [day for day in cold if day - 1 not in set(cold)]
        ends = [day for day in cold if day + 1 not in set(cold)]
        return self.on_days(zip(starts, ends, strict=True))

    def span(self, first: date | None, last: date | None) -> Span:
        """The days between two dates; an open end lies beyond every mission."""
        d_day = self.mission.about.d_day
        return (-EVER if first is None else (first - d_day).days, EVER if last is None else (last - d_day).days)

    def _among(self, variable: Any, numbers: list[int], most: int) -> Formula:
        """The variable is one of some numbers in rising order, written as the runs that they make up."""
        key = (str(variable), tuple(numbers))
        if key not in self._sets:
            starts = [number for place, number in enumerate(numbers) if place == 0 or numbers[place - 1] != number - 1]
            ends = [number for place, number in enumerate(numbers) if place == len(numbers) - 1 or numbers[place + 1] != number + 1]
            self._sets[key] = some([self._within(variable, *run, most) for run in zip(starts, ends, strict=True)])
        return self._sets[key]

    def _within(self, variable: Any, first: int, last: int, most: int) -> Formula:
        if first > last:
            return False
        if first == last and most > 0:
            return variable == first
        bounds = [z3.UGE(variable, first)] if first > 0 else []
        return every(bounds + ([z3.ULE(variable, last)] if last < most else []))

    def cell(self, model: Any) -> tuple[UnitClass, Spot, int]:
        """Unit, spot and day that a model of the solver stands for."""
        return self.classes[_value(model, self.unit)], self.spots[_value(model, self.spot)], _value(model, self.day)

    def situation(self, model: Any, measure: str) -> Situation:
        """The situation that a model of the solver stands for."""
        unit, spot, day = self.cell(model)
        protecting = _value(model, self.protecting)
        return Situation(
            unit=unit.units[0],
            measure=measure,
            sector=spot.sector,
            place=spot.place,
            day=day,
            hour=_value(model, self.hour),
            given=tuple(item for item, sign in self.given.items() if z3.is_true(model.eval(sign, model_completion=True))),
            protecting=PROTECTED[protecting - 1] if protecting else None,
        )


def _value(model: Any, variable: Any) -> int:
    return int(model.eval(variable, model_completion=True).as_long())


def every(parts: Iterable[Formula]) -> Formula:
    """All of them hold."""
    kept = [part for part in parts if part is not True]
    if any(part is False for part in kept):
        return False
    return True if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def some(parts: Iterable[Formula]) -> Formula:
    """At least one of them holds."""
    kept = [part for part in parts if part is not False]
    if any(part is True for part in kept):
        return True
    return False if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def opposite(part: Formula) -> Formula:
    """It does not hold."""
    return not part if isinstance(part, bool) else z3.Not(part)


def _variable(name: str, size: int) -> Any:
    return z3.BitVec(name, max(1, (max(size, 1) - 1).bit_length()))


def _classes(mission: Mission, reference: Reference, postings: Mapping[str, str]) -> tuple[UnitClass, ...]:
    rules, caveats = mission.engagement.rules, mission.engagement.caveats
    named = [frozenset(units) for units in (*(rule.units for rule in rules), *(caveat.units for caveat in caveats)) if units]
    groups: dict[tuple[Any, ...], list[Pledge]] = {}
    for pledge in mission.forces.pledges:
        kind = reference.unit_types.get(pledge.unit_type)
        capabilities = frozenset((kind.capability,)) if kind else frozenset()
        by_name = tuple(number for number, units in enumerate(named) if pledge.id in units)
        own = postings.get(pledge.id, pledge.sector or "")
        groups.setdefault((pledge.member, own, capabilities, bool(kind and kind.manoeuvre), by_name), []).append(pledge)
    order = {member: number for number, member in enumerate(dict.fromkeys(pledge.member for pledge in mission.forces.pledges))}
    return tuple(
        UnitClass(tuple(pledge.id for pledge in pledges), member, own, capabilities, manoeuvre)
        for (member, own, capabilities, manoeuvre, _), pledges in sorted(groups.items(), key=lambda group: order[group[0][0]])
    )

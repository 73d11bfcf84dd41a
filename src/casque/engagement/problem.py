"""The question in whole days: which units serve where and when, and which texts bind them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

from casque.engagement.law import mean_latitude
from casque.mission.agreements import Agreement
from casque.mission.area import Place
from casque.mission.engagement import Caveat, Rule
from casque.mission.mandate import Instrument, Provision
from casque.mission.mission import Mission
from casque.mission.season import is_winter
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind, Capability, Season
from casque.plan.force import Assignment, ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Serving:
    """A unit in the sector it is assigned to. Days are counted from D-day."""

    id: str
    name: str
    member: str
    sector: str
    people: float
    capabilities: frozenset[Capability]
    manoeuvre: bool
    start: int
    """First day in place; where it was never moved, the first day it could serve."""
    end: int
    moved: bool
    """Whether the movement plan brings it into place."""
    trained: frozenset[Capability] = frozenset()
    """What its own kind of unit brings; rules of engagement that name capabilities mean these, and not what it stands in for."""


@dataclass(frozen=True)
class Problem:
    """Everything that a decision can rest on, found by id."""

    d_day: date
    horizon: int
    country: str
    units: tuple[Serving, ...]
    tasks: tuple[Task, ...]
    rules: dict[str, Rule]
    caveats: tuple[Caveat, ...]
    provisions: dict[str, tuple[Instrument, Provision]]
    transfers: tuple[Agreement, ...]
    statuses: tuple[Agreement, ...]
    members: dict[str, str]
    posts: dict[str, str]
    sectors: dict[str, str]
    manoeuvre_capabilities: frozenset[Capability]
    places: dict[str, Place] = field(default_factory=dict)
    latitude: float = 0.0

    def day(self, when: date) -> int:
        """A date in days from D-day."""
        return (when - self.d_day).days

    def when(self, day: int) -> date:
        """The date of a day from D-day."""
        return self.d_day + timedelta(days=day)

    def holds(self, first: date | None, last: date | None, day: int) -> bool:
        """Whether a window covers a day; an end that is not given is open."""
        return (first is None or self.day(first) <= day) and (last is None or day <= self.day(last))

    def caveats_on(self, unit: Serving, day: int) -> tuple[Caveat, ...]:
        """Caveats that bind a unit at some hour of a day."""
        return tuple(
            caveat
            for caveat in self.caveats
            if binds(caveat, unit) and self.holds(caveat.from_day, caveat.until, day) and self.in_season(caveat, day)
        )

    def in_season(self, caveat: Caveat, day: int) -> bool:
        """Whether a day lies in the season in which a caveat binds; every day does where it names none."""
        return caveat.season is None or (caveat.season is Season.WINTER) == is_winter(self.when(day), self.latitude)

    def needed(self, task: Task, sector: str) -> frozenset[Capability]:
        """Capabilities that a task asks for in a sector; a task with manoeuvre needs can use every manoeuvre unit."""
        asked = frozenset(need.capability for need in task.needs if not need.sectors or sector in need.sectors)
        return asked | self.manoeuvre_capabilities if asked & self.manoeuvre_capabilities else asked

    def serves(self, unit: Serving, task: Task, sector: str) -> bool:
        """Whether a unit is of the force that carries out a task in a sector: that of the sector, or of the one that does it for it."""
        return unit.sector == (task.force_of or sector)

    def capable(self, unit: Serving, task: Task, sector: str) -> bool:
        """Whether a unit brings what the task asks for in a sector."""
        needed = self.needed(task, sector)
        return bool(unit.capabilities & needed) or (unit.manoeuvre and bool(needed & self.manoeuvre_capabilities))


def binds(caveat: Caveat, unit: Serving) -> bool:
    """Whether a caveat is meant for a unit, whatever the day."""
    return caveat.member == unit.member and (not caveat.units or unit.id in caveat.units)


def day_name(day: int) -> str:
    """A day as plans write it, such as `D+12`."""
    return "D-day" if day == 0 else f"D{day:+d}"


def build(mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord) -> Problem:
    """The problem of a mission, its force and its movement plan."""
    agreements = mission.agreements.agreements
    return Problem(
        d_day=mission.about.d_day,
        horizon=int(mission.about.horizon),
        country=mission.area.country,
        units=_serving(mission, reference, force, movement),
        tasks=mission.tasks.tasks,
        rules={rule.id: rule for rule in mission.engagement.rules},
        caveats=mission.engagement.caveats,
        provisions=mission.mandate.provisions(),
        transfers=tuple(item for item in agreements if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY),
        statuses=tuple(item for item in agreements if item.kind is AgreementKind.SOFA and item.country == mission.area.country),
        members={member.id: member.name for member in mission.alliance.members},
        posts={post.id: post.name for post in mission.alliance.command_posts},
        sectors={sector.id: sector.name for sector in mission.area.sectors},
        manoeuvre_capabilities=frozenset(kind.capability for kind in reference.unit_types.values() if kind.manoeuvre),
        places={place.id: place for place in mission.area.places},
        latitude=mean_latitude(mission),
    )


def _serving(mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord) -> tuple[Serving, ...]:
    names = {pledge.id: pledge.name for pledge in mission.forces.pledges}
    in_place = {item.place: math.ceil(item.day) for item in movement.in_place}
    units = [
        _unit(item, names.get(item.unit, item.unit), (math.ceil(first), last), item.place in in_place, reference)
        for item in force.assignments
        for first, last in item.stays(in_place.get(item.place))
    ]
    return tuple(sorted(units, key=lambda unit: (unit.id, unit.sector, unit.start)))


def _unit(item: Assignment, name: str, stay: tuple[int, int], moved: bool, reference: Reference) -> Serving:
    kind = reference.unit_types.get(item.unit_type)
    return Serving(
        id=item.unit,
        name=name,
        member=item.member,
        sector=item.sector,
        people=item.strength,
        capabilities=frozenset((item.capability, kind.capability) if kind else (item.capability,)),
        manoeuvre=kind.manoeuvre if kind else False,
        start=stay[0],
        end=stay[1],
        moved=moved,
        trained=frozenset((kind.capability,)) if kind else frozenset(),
    )

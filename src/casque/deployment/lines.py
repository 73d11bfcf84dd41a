"""Movement lines: what has to get from where to where and by when, one line for each part of a unit that travels together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Literal

from casque.deployment.calendar import Calendar
from casque.deployment.line import MovementLine
from casque.deployment.network import ANY_MODE, ROADS, SURFACE, Ban, Network, Traveller, fastest
from casque.deployment.staff_lines import stated_lines
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Mode, NodeKind
from casque.plan.force import Assignment, ForceRecord
from casque.reference.load import Reference
from casque.reference.unit_type import UnitType

__all__ = ["MovementLine", "area_of", "calendar_of", "movement_lines", "names_of", "ready_day", "tasks_of", "theatre_of", "traveller"]

TAIL = 60
"""Days behind the horizon that a late load may still take."""


def movement_lines(mission: Mission, reference: Reference, force: ForceRecord, network: Network | None = None) -> tuple[MovementLine, ...]:
    """The lines of the generated force, in the order of pledge, sector and part, equipment before people; then those that the staff states.

    What the staff states for equipment without naming modes goes on the surface, and by air only where no surface route exists.
    Assignments of units or to sectors that no longer exist are left out. A line may start or end at a node that the network does not
    have; it cannot be moved. Without a network one is made over the days of `calendar_of`.
    """
    if network is None:
        network = Network(mission.transport, mission.agreements.agreements, calendar_of(mission, force))
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    bases = {sector.id: sector.base for sector in mission.area.sectors}
    area, theatre = area_of(mission), theatre_of(mission)
    wanted = tasks_of(mission, force)
    names = names_of(wanted)
    modes: dict[Traveller, frozenset[Mode]] = {}
    lines: list[MovementLine] = []
    for task in wanted:
        pledge = pledges[task.unit]
        base = _destination(network, pledge, bases[task.sector], area)
        start = _Start(pledge, task, base, names[task.place], network, reference)
        lines += _of_assignment(start, theatre)
    return tuple(
        _by_air_at_need(line, network, modes) for line in stated_lines(mission.movements.movements, tuple(lines), network, reference)
    )


def tasks_of(mission: Mission, force: ForceRecord) -> list[Assignment]:
    """Assignments of the force that still exist in the mission, by pledge, sector and part."""
    units = {pledge.id for pledge in mission.forces.pledges}
    sectors = {sector.id for sector in mission.area.sectors}
    return sorted((task for task in force.assignments if task.unit in units and task.sector in sectors), key=lambda task: task.place)


def names_of(tasks: list[Assignment]) -> dict[tuple[str, str, str], str]:
    """A short name for every assignment: the pledge, with sector and parts where it serves in more than one place."""
    times = Counter(task.unit for task in tasks)
    twice = Counter((task.unit, task.sector) for task in tasks)
    names: dict[tuple[str, str, str], str] = {}
    for task in tasks:
        name = task.unit if times[task.unit] == 1 else f"{task.unit}@{task.sector}"
        parts = task.part.split(" of ")[0].replace(", ", "+")
        names[task.place] = f"{name}#{parts}" if twice[task.unit, task.sector] > 1 else name
    return names


def calendar_of(mission: Mission, force: ForceRecord, tail: int = TAIL) -> Calendar:
    """Days planned over: from the first that anybody is ready, D-day at the latest, to the horizon or the last that anybody is, and on."""
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    ready = [ready_day(pledges[task.unit], task, mission.about.d_day) for task in tasks_of(mission, force)]
    first, latest = min([0, *ready]), max([int(mission.about.horizon), *ready])
    return Calendar(mission.about.d_day, first, latest + tail - first + 1)


def area_of(mission: Mission) -> tuple[str, ...]:
    """Countries that hold a sector base."""
    country = {node.id: node.country for node in mission.transport.nodes}
    return tuple(sorted({country[sector.base] for sector in mission.area.sectors if sector.base in country}))


def theatre_of(mission: Mission) -> tuple[str, ...]:
    """Countries that hold a sector base, a border crossing or a staging area."""
    edge = {node.country for node in mission.transport.nodes if node.kind in (NodeKind.BORDER, NodeKind.STAGING)}
    return tuple(sorted(edge | set(area_of(mission))))


def ready_day(pledge: Pledge, task: Assignment, d_day: date) -> int:
    """Day on which a unit can load, from D-day: the assignment's, which knows its notice and whether its start waits, else the pledge's."""
    return (pledge.ready_to_load - d_day).days if task.ready is None else task.ready


def _destination(network: Network, pledge: Pledge, base: str, area: tuple[str, ...]) -> str:
    """Where a unit goes: the base of its sector, or a place outside the area where it is stationed, such as a depot behind a border."""
    place = None if pledge.stationed is None else network.nodes.get(pledge.stationed)
    return base if place is None or place.country in area else place.id


def _required(pledge: Pledge, task: Assignment, calendar: Calendar) -> int | None:
    """Day on which a unit is required, from D-day; where its start may wait, the first day of its first tour if that is later."""
    if pledge.required is None:
        return None
    required = calendar.day(pledge.required)
    return max(required, task.spans[0][0]) if pledge.may_wait and task.spans else required


@dataclass(frozen=True)
class _Start:
    """An assignment with what its lines share."""

    pledge: Pledge
    task: Assignment
    base: str
    name: str
    network: Network
    reference: Reference

    def line(self, what: Literal["people", "equipment"], kind: UnitType | None, people: float, modes: frozenset[Mode]) -> MovementLine:
        """One line of the assignment; equipment is that of its unit type, at its share of the reference strength."""
        pledge, task, calendar = self.pledge, self.task, self.network.calendar
        share = task.strength / kind.strength if kind is not None else 0.0
        dates = [None if day is None else calendar.day(day) for day in (pledge.available_to_load, pledge.earliest_arrival)]
        return MovementLine(
            id=f"{self.name}:{what}",
            unit=task.unit,
            member=pledge.member,
            sector=task.sector,
            part=task.part,
            name=pledge.name,
            what=what,
            origin=pledge.home,
            destination=self.base,
            people=people,
            vehicles=0.0 if kind is None else kind.vehicles * share,
            lane_metres=0.0 if kind is None else kind.lane_metres * share,
            bulk=0.0 if kind is None else kind.tonnes_bulk * share,
            oversize=0.0 if kind is None else kind.tonnes_oversize * share,
            outsize=0.0 if kind is None else kind.tonnes_outsize * share,
            surface_only=0.0 if kind is None else kind.tonnes_not_air * share,
            coaches=ceil(people / self.reference.value("movement.coach-seats")) if what == "people" else 0.0,
            dangerous=kind is not None and kind.ammunition_kg > 0,
            modes=modes,
            ready=ready_day(pledge, task, calendar.d_day),
            available=dates[0],
            earliest=dates[1],
            latest=None if pledge.latest_arrival is None else calendar.day(pledge.latest_arrival),
            required=_required(pledge, task, calendar),
            end=task.end,
            away=tuple((before[1] + 1, int(after[0]) - 1) for before, after in pairwise(task.stays())),
            weight=task.strength / 100,
            load_class=0.0 if kind is None else self.reference.value(f"movement.load-class-{_weight_of(kind)}"),
            height=0.0 if kind is None else self.reference.value("movement.vehicle-height"),
        )


def _weight_of(kind: UnitType) -> str:
    """How heavy the vehicles of a unit type are, told from the aircraft that their loads need."""
    if kind.tonnes_outsize + kind.tonnes_not_air > 0:
        return "heavy"
    return "medium" if kind.tonnes_oversize > 0 else "light"


def _of_assignment(start: _Start, theatre: tuple[str, ...]) -> list[MovementLine]:
    """Lines of a unit with the modes they go by.

    Equipment goes on the surface, and by air only where no surface route exists. A unit that stands in the theatre within reach by road
    is one line: its vehicles with its people aboard.
    """
    pledge, task, network = start.pledge, start.task, start.network
    kind = start.reference.unit_types.get(task.unit_type)
    if kind is None or kind.strength <= 0 or kind.vehicles <= 0:
        return [start.line("people", None, task.strength, ANY_MODE)]
    people = start.line("people", None, task.strength, ANY_MODE)
    freight = start.line("equipment", kind, 0.0, SURFACE)
    home = network.nodes.get(pledge.home)
    if home is None or start.base not in network.nodes:
        return [freight, people]
    if home.country in theatre:
        driver = replace(traveller(freight, network), ready=0, modes=ROADS, ignore_agreements=True)
        if fastest(network, driver, Ban()) is not None:
            return [replace(freight, people=task.strength, modes=ROADS)]
    return [freight, people]


def _by_air_at_need(line: MovementLine, network: Network, known: dict[Traveller, frozenset[Mode]]) -> MovementLine:
    """A line by surface, with any mode allowed where it has no surface route."""
    if line.modes != SURFACE or line.origin not in network.nodes or line.destination not in network.nodes:
        return line
    shipper = traveller(line, network)
    if shipper not in known:
        known[shipper] = ANY_MODE if fastest(network, shipper, Ban()) is None else SURFACE
    return replace(line, modes=known[shipper])


def traveller(line: MovementLine, network: Network) -> Traveller:
    """Who looks for the path of a line."""
    return Traveller(
        line.member,
        line.origin,
        line.destination,
        line.ready - network.calendar.first,
        line.vehicles == 0,
        line.modes,
        load_class=line.load_class,
        height=line.height,
    )

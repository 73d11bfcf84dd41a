"""The movement problem: units to bring to their sector bases, their loads, the routes open to each, and the capacities they share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, zip_longest
from math import ceil, floor, inf

from casque.deployment.calendar import Calendar
from casque.deployment.capacity import Cargo, Floats, Register, Resource
from casque.deployment.network import ANY_MODE, ROADS, SURFACE, Ban, Network, Traveller, fastest, paths
from casque.deployment.reason import why_unmoved
from casque.deployment.route import Route, build, hauls
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Mode, NodeKind
from casque.plan.force import Assignment, ForceRecord
from casque.plan.movement import Unmoved
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers the movement plan."""

    seed: int = 1
    """Seed of the neighbourhood search."""
    iterations: int = 150
    """Dispatch orders tried; the stop rule of the search."""
    paths: int = 4
    """Paths kept for each load."""
    searches: int = 14
    """Path searches made for each load to find them."""
    chains: int = 24
    """Combinations of fleets looked at on each path."""
    routes: int = 10
    """Routes kept for each load: of all combinations of path and fleets those that can arrive first, and more only so that no fleet is
    left out."""
    tail: int = 60
    """Days behind the horizon that a late load may still take."""
    effort: float = 4.0
    """Deterministic time granted to the linear program that bounds lateness."""
    more: float = 0.2
    """Share by which a throughput is raised to see what it holds up."""


@dataclass(frozen=True)
class Consignment:
    """People or equipment of a unit that travel together, with the routes they may take, fastest first."""

    id: str
    what: str
    cargo: Cargo
    ready: int
    """Index of the first day it may leave."""
    routes: tuple[Route, ...]


@dataclass(frozen=True)
class Mover:
    """A unit to be moved; it is in place when the last of its loads has arrived."""

    id: str
    name: str
    member: str
    sector: str
    base: str
    home: str
    strength: float
    ready: int
    """Day it is ready to load, from D-day."""
    required: int | None
    """Day it is required, from D-day."""
    end: int
    """Last day of its last tour, from D-day."""
    weight: float
    """Weight of a day that it is late: its people in hundreds."""
    loads: tuple[Consignment, ...]
    """Equipment before people."""
    part: str = ""
    """Which parts of the pledge, as its assignment says."""
    away: tuple[tuple[int, int], ...] = ()
    """First and last day of every gap between its tours."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Pledge, sector and part."""
        return self.id, self.sector, self.part


@dataclass(frozen=True)
class Problem:
    """Everything the scheduler and the bounds work on."""

    calendar: Calendar
    horizon: int
    movers: tuple[Mover, ...]
    unmoved: tuple[Unmoved, ...]
    resources: tuple[Resource, ...]
    capacity: Floats
    """Resource x day."""
    ahead: int
    """Days by which people may be in place before their equipment."""
    area: tuple[str, ...]
    """Countries that hold a sector base."""
    theatre: tuple[str, ...]
    """Countries of the theatre, those of the area among them."""
    countries: dict[str, str]
    """Country of each node."""

    def late(self, mover: Mover, day: float) -> float:
        """Days by which a unit in place at a moment, in days from D-day, is late; any hour of the required day is in time."""
        return 0.0 if mover.required is None else max(0.0, floor(day + 1e-6) - mover.required)


def formulate(mission: Mission, reference: Reference, force: ForceRecord, params: Params) -> Problem:
    """The problem behind a mission and the force generated for it. Assignments of units that no longer exist are left out."""
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    bases = {sector.id: sector.base for sector in mission.area.sectors}
    wanted = sorted((task for task in force.assignments if task.unit in pledges and task.sector in bases), key=lambda task: task.place)
    d_day, horizon = mission.about.d_day, int(mission.about.horizon)
    ready = [_ready(pledges[task.unit], task, d_day) for task in wanted]
    first, latest = min([0, *ready]), max([horizon, *ready])
    calendar = Calendar(d_day, first, latest + params.tail - first + 1)
    network = Network(mission.transport, mission.agreements.agreements, calendar)
    register = Register(network, reference)
    theatre = _theatre(mission, network, bases)
    times = Counter(task.unit for task in wanted)
    twice = Counter((task.unit, task.sector) for task in wanted)
    movers: list[Mover] = []
    unmoved: list[Unmoved] = []
    for task in wanted:
        name = task.unit if times[task.unit] == 1 else f"{task.unit}@{task.sector}"
        name += f"#{task.part.split(' of ')[0].replace(', ', '+')}" if twice[task.unit, task.sector] > 1 else ""
        base = _destination(network, pledges[task.unit], bases[task.sector], _area(network, bases))
        found = _mover(register, reference, pledges[task.unit], task, name, base, theatre, params)
        if isinstance(found, Mover):
            movers.append(found)
        else:
            unmoved.append(found)
    return Problem(
        calendar=calendar,
        horizon=horizon,
        movers=tuple(movers),
        unmoved=tuple(unmoved),
        resources=tuple(register.resources),
        capacity=register.table(),
        ahead=ceil(reference.value("movement.people-ahead")),
        area=_area(network, bases),
        theatre=theatre,
        countries={node.id: node.country for node in mission.transport.nodes},
    )


def _area(network: Network, bases: dict[str, str]) -> tuple[str, ...]:
    """Countries that hold a sector base."""
    return tuple(sorted({network.nodes[base].country for base in bases.values() if base in network.nodes}))


def _destination(network: Network, pledge: Pledge, base: str, area: tuple[str, ...]) -> str:
    """Where a unit goes: the base of its sector, or a place outside the area where it is stationed, such as a depot behind a border."""
    place = None if pledge.stationed is None else network.nodes.get(pledge.stationed)
    return base if place is None or place.country in area else place.id


def _theatre(mission: Mission, network: Network, bases: dict[str, str]) -> tuple[str, ...]:
    """Countries that hold a sector base, a border crossing or a staging area."""
    held = set(_area(network, bases))
    held |= {node.country for node in mission.transport.nodes if node.kind in (NodeKind.BORDER, NodeKind.STAGING)}
    return tuple(sorted(held))


def _mover(
    register: Register,
    reference: Reference,
    pledge: Pledge,
    task: Assignment,
    name: str,
    base: str,
    theatre: tuple[str, ...],
    params: Params,
) -> Mover | Unmoved:
    """A unit with its loads and their routes, or the reason why it cannot be moved."""
    calendar, network = register.calendar, register.network
    can_load = _ready(pledge, task, calendar.d_day)
    ready = can_load - calendar.first
    missing = [node for node in (pledge.home, base) if node not in network.nodes]
    if missing:
        return Unmoved(unit=task.unit, reason=f"{pledge.name} cannot be moved: the transport network has no node {' or '.join(missing)}.")
    loads: list[Consignment] = []
    embarks, lands = (None if day is None else calendar.index(day) for day in (pledge.available_to_load, pledge.earliest_arrival))
    for what, cargo, modes in _cargoes(network, reference, pledge, task, base, theatre):
        traveller = Traveller(pledge.member, pledge.home, base, ready, cargo.vehicles == 0, modes)
        routes = _routes(register, traveller, cargo, (embarks, lands), params)
        if not routes and modes == SURFACE:
            routes = _routes(register, replace(traveller, modes=ANY_MODE), cargo, (embarks, lands), params)
        if not routes:
            return Unmoved(unit=task.unit, reason=why_unmoved(network, traveller, pledge.name, what))
        loads.append(Consignment(f"{name}:{what}", what, cargo, ready, routes))
    return Mover(
        id=task.unit,
        name=pledge.name,
        member=pledge.member,
        sector=task.sector,
        base=base,
        home=pledge.home,
        strength=task.strength,
        ready=can_load,
        required=_required(pledge, task, calendar),
        end=task.end,
        weight=task.strength / 100,
        loads=tuple(loads),
        part=task.part,
        away=tuple((before[1] + 1, int(after[0]) - 1) for before, after in pairwise(task.stays())),
    )


def _ready(pledge: Pledge, task: Assignment, d_day: date) -> int:
    """Day on which a unit can load, from D-day: the assignment's, which knows its notice and whether its start waits, else the pledge's."""
    return (pledge.ready_to_load - d_day).days if task.ready is None else task.ready


def _required(pledge: Pledge, task: Assignment, calendar: Calendar) -> int | None:
    """Day on which a unit is required, from D-day; where its start may wait, the first day of its first tour if that is later."""
    if pledge.required is None:
        return None
    required = calendar.day(pledge.required)
    return max(required, task.spans[0][0]) if pledge.may_wait and task.spans else required


def _cargoes(
    network: Network, reference: Reference, pledge: Pledge, task: Assignment, base: str, theatre: tuple[str, ...]
) -> list[tuple[str, Cargo, frozenset[Mode]]]:
    """Loads of a unit with the modes they go by.

    Equipment goes on the surface, and by air only where no surface route exists. A unit that stands in the theatre within reach by road
    is one load: its vehicles with its people aboard.
    """
    kind = reference.unit_types.get(task.unit_type)
    share = task.strength / kind.strength if kind is not None and kind.strength > 0 else 0.0
    vehicles, metres, tonnes = (0.0, 0.0, 0.0) if kind is None else (kind.vehicles * share, kind.lane_metres * share, kind.tonnes * share)
    people = Cargo(task.strength, 0.0, 0.0, 0.0, ceil(task.strength / reference.value("movement.coach-seats")))
    if vehicles <= 0:
        return [("people", people, ANY_MODE)]
    if network.nodes[pledge.home].country in theatre:
        driver = Traveller(pledge.member, pledge.home, base, 0, False, ROADS, ignore_agreements=True)
        if fastest(network, driver, Ban()) is not None:
            return [("equipment", Cargo(task.strength, vehicles, metres, tonnes, 0.0), ROADS)]
    return [("equipment", Cargo(0.0, vehicles, metres, tonnes, 0.0), SURFACE), ("people", people, ANY_MODE)]


def _routes(
    register: Register, traveller: Traveller, cargo: Cargo, port_days: tuple[int | None, int | None], params: Params
) -> tuple[Route, ...]:
    """Routes on which the load could get there on some day, fastest first."""
    if traveller.home == traveller.base:
        return (build(register, traveller, cargo, (), port_days),)
    network = register.network
    by_path = [hauls(network, traveller, moves, params.chains) for moves in paths(network, traveller, params.paths, params.searches)]
    chains = [chain for rank in zip_longest(*by_path) for chain in rank if chain is not None]
    routes = [build(register, traveller, cargo, chain, port_days) for chain in chains]
    return tuple(sorted(_kept(routes, traveller.ready, params.routes), key=lambda route: route.total))


def _kept(routes: list[Route], ready: int, most: int) -> list[Route]:
    """The routes that arrive first when nobody else moves, and for each fleet that none of them uses the best one that does; the
    first ones as they come where none is ever open."""
    arrivals = {index: route.soonest(ready) for index, route in enumerate(routes)}
    ranked = sorted((index for index in arrivals if arrivals[index] < inf), key=lambda index: (arrivals[index], routes[index].total, index))
    kept = ranked[:most]
    known = {fleet for index in kept for fleet in routes[index].fleets}
    for index in ranked[most:]:
        if not known.issuperset(routes[index].fleets):
            kept.append(index)
            known.update(routes[index].fleets)
    return [routes[index] for index in kept] or routes[:most]

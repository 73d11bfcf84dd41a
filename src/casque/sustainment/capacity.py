"""What roads, railways, nodes and truck fleets can carry for supply on each day, once the deployment has taken its part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from casque.mission.mission import Mission
from casque.mission.transport import Lift
from casque.mission.vocabulary import AgreementKind, Capability, Mode
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference
from casque.sustainment.demand import Array, winter_days
from casque.sustainment.presence import Presence

UNIT_TRUCKS = "unit-trucks"
"""Name of the fleet that the force's own transport and logistics units make up."""

_GATES = (AgreementKind.TRANSIT, AgreementKind.BASING, AgreementKind.HOST_SUPPORT)


@dataclass(frozen=True)
class Capacity:
    """Capacities by day from D-day; infinite where a thing sets no limit, 0 where it is closed."""

    links: Array
    """Tonnes a day over each link of the mission, both directions together: trucks that go out loaded come back empty."""
    nodes: Array
    """Tonnes a day that each node of the mission can receive or send."""
    fleets: Array
    """Loaded tonne-kilometres a day of each truck fleet, in the order of `fleet_names`."""
    fleet_names: tuple[str, ...]
    """Fleets of the supply concept, then the force's own trucks."""
    rail: Array
    """Loaded tonne-kilometres a day of the trains."""

    def closed(self, kind: str, position: int, first: int, last: int) -> Capacity:
        """The same with one link, node or fleet at 0 from the first to the last day, both counted."""
        field = {"link": "links", "node": "nodes", "fleet": "fleets"}[kind]
        changed = getattr(self, field).copy()
        changed[position, first : last + 1] = 0.0
        return replace(self, **{field: changed})


def capacity_of(mission: Mission, reference: Reference, present: tuple[Presence, ...], movement: MovementRecord, days: int) -> Capacity:
    """Capacities left for supply; of every link and node that the deployment uses, supply keeps at least its reserved share."""
    link_use, node_use, rail_use = _deployment_use(mission, movement, days)
    reserved = reference.value("supply.reserved-share")
    links, nodes, truck = _links(mission, days), _nodes(mission, days), _truck_load(mission, reference)
    for position, link in enumerate(mission.transport.links):
        load = truck if link.mode is Mode.ROAD else reference.value("supply.wagon-load")
        links[position] = _left(links[position], link_use[position], reserved) * load
    for position in range(len(nodes)):
        nodes[position] = _left(nodes[position], node_use[position], reserved)
    names = (*(fleet.id for fleet in mission.supply.trucks), UNIT_TRUCKS)
    rail = _left(_rail(mission, reference, days), rail_use, reserved)
    return Capacity(links, nodes, _fleets(mission, reference, present, days), names, rail)


def _left(capacity: Array, used: Array, reserved: float) -> Array:
    return np.where(np.isinf(capacity), capacity, np.maximum(capacity * reserved, capacity - used))


def _open_days(mission: Mission, opens: date | None, closes: date | None, days: int) -> NDArray[np.bool_]:
    first = 0 if opens is None else (opens - mission.about.d_day).days
    last = days - 1 if closes is None else (closes - mission.about.d_day).days
    day = np.arange(days)
    return (day >= first) & (day <= last)


def _country_open(mission: Mission, country: str, days: int) -> NDArray[np.bool_]:
    """Days on which supply may pass a country.

    Where an agreement on transit, basing or host nation support is written, one must be in effect. A country for which none is written
    stays open; the check of the mission reports what is missing.
    """
    gates = [item for item in mission.agreements.agreements if item.kind in _GATES and item.country == country]
    if not gates:
        return np.ones(days, dtype=bool)
    dates = [mission.about.d_day + timedelta(days=day) for day in range(days)]
    return np.array([any(gate.in_effect(day) for gate in gates) for day in dates], dtype=bool)


def _links(mission: Mission, days: int) -> Array:
    """Vehicles a day by link; 0 for sea and air, by which supply reaches the entries and goes no further."""
    latitude = {node.id: node.latitude for node in mission.transport.nodes}
    railway = any(lift.mode is Mode.RAIL for lift in mission.transport.lift)
    rows = np.zeros((len(mission.transport.links), days))
    for position, link in enumerate(mission.transport.links):
        if link.mode is Mode.ROAD or (link.mode is Mode.RAIL and railway):
            limit = np.inf if link.vehicles_per_day is None else link.vehicles_per_day
            winter = winter_days(mission.about.d_day, days, (latitude.get(link.start, 0.0) + latitude.get(link.end, 0.0)) / 2)
            open_ = _open_days(mission, link.opens, link.closes, days)
            rows[position] = np.where(open_, limit * np.where(winter, link.winter_share, 1.0), 0.0)
    return rows


def _nodes(mission: Mission, days: int) -> Array:
    rows = np.zeros((len(mission.transport.nodes), days))
    allowed = {country: _country_open(mission, country, days) for country in sorted({node.country for node in mission.transport.nodes})}
    for position, node in enumerate(mission.transport.nodes):
        limit = np.inf if node.tonnes_per_day is None else node.tonnes_per_day
        rows[position] = np.where(_open_days(mission, node.opens, node.closes, days) & allowed[node.country], limit, 0.0)
    return rows


def _truck_load(mission: Mission, reference: Reference) -> float:
    """Mean payload of the trucks in tonnes."""
    trucks = sum(fleet.number for fleet in mission.supply.trucks)
    return sum(fleet.number * fleet.payload for fleet in mission.supply.trucks) / trucks if trucks else reference.value("supply.truck-load")


def _fleets(mission: Mission, reference: Reference, present: tuple[Presence, ...], days: int) -> Array:
    """Loaded tonne-kilometres: trucks x availability x payload x daily distance x share of the distance that carries a load."""
    loaded = reference.value("supply.truck-share")
    rows = np.zeros((len(mission.supply.trucks) + 1, days))
    for position, fleet in enumerate(mission.supply.trucks):
        work = fleet.number * fleet.availability * fleet.payload * fleet.daily_distance * loaded
        rows[position] = np.where(_open_days(mission, fleet.from_day, fleet.until, days), work, 0.0)
    lift = {Capability.TRANSPORT: reference.value("supply.transport-lift"), Capability.LOGISTICS: reference.value("supply.logistics-lift")}
    for unit in present:
        tonnes = lift.get(unit.unit_type.capability, 0.0) * unit.unit_type.vehicles * unit.scale
        rows[-1, unit.first : unit.last + 1] += tonnes * reference.value("supply.unit-distance") * loaded
    return rows


def _rail(mission: Mission, reference: Reference, days: int) -> Array:
    """Loaded tonne-kilometres a day of the trains: half of the distance loaded, a turnaround for every day's working hours."""
    total = np.zeros(days)
    for lift in mission.transport.lift:
        if lift.mode is Mode.RAIL:
            running = max(0.0, lift.hours_per_day - lift.turnaround / 2)
            work = lift.number * lift.tonnes * lift.speed * running * reference.value("supply.truck-share")
            total += np.where(_open_days(mission, lift.first_day, lift.last_day, days), work, 0.0)
    return total


def _deployment_use(mission: Mission, movement: MovementRecord, days: int) -> tuple[Array, Array, Array]:
    """What the deployment takes: vehicles a day by link, tonnes a day by node that a load reaches, tonne-kilometres a day by rail."""
    links = {link.id: position for position, link in enumerate(mission.transport.links)}
    nodes = {node.id: position for position, node in enumerate(mission.transport.nodes)}
    lift = {fleet.id: fleet for fleet in mission.transport.lift}
    link_use, node_use, rail_use = np.zeros((len(links), days)), np.zeros((len(nodes), days)), np.zeros(days)
    for load in movement.loads:
        for leg in load.legs:
            first, last = int(leg.departs), max(int(leg.departs), int(np.ceil(leg.arrives)) - 1)
            if leg.link not in links or last < 0 or first >= days:
                continue
            stretch, share = slice(max(0, first), last + 1), 1.0 / (last - first + 1)
            position = links[leg.link]
            if leg.mode is Mode.RAIL:
                rail_use[stretch] += load.tonnes * mission.transport.links[position].length * share
                link_use[position, stretch] += load.vehicles * share
            elif leg.mode is Mode.ROAD:
                link_use[position, stretch] += _vehicles(load.vehicles, load.people, lift.get(leg.fleet)) * share
            if leg.end in nodes and 0 <= int(leg.arrives) < days:
                node_use[nodes[leg.end], int(leg.arrives)] += load.tonnes
    return link_use, node_use, rail_use


def _vehicles(vehicles: float, people: float, fleet: Lift | None) -> float:
    """Vehicles on the road for a load: its own, or the buses of the fleet that carries its people."""
    return max(vehicles, people / fleet.people) if fleet is not None and fleet.people else vehicles

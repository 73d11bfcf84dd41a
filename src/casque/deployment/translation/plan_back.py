"""A record's shipments and trips as a schedule of the world that they belong to."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.world import Ints, Plan
from casque.deployment.translation.clock import tick_of
from casque.deployment.translation.translate import Translated
from casque.errors import CasqueBug
from casque.plan.movement import Load, MovementRecord, Shipment


def plan_of(translated: Translated, record: MovementRecord) -> Plan:
    """The schedule behind a record. Loads of which the record knows nothing are unmoved, on the first of their routes.

    Raises CasqueBug where a shipment of the record goes by a way that the world does not have.
    """
    world, key = translated.world, translated.key
    legs_most = int(np.diff(world.route_first).max(initial=1))
    route = world.class_first[world.load_class].astype(np.int64)
    start = np.full((world.loads, legs_most), -1, dtype=np.int64)
    trip = np.full((world.loads, legs_most), -1, dtype=np.int64)
    arrival = np.full(world.loads, -1, dtype=np.int64)
    names = {line.id: number for number, line in enumerate(key.lines)}
    number_of = {(int(line), int(number)): load for load, (line, number) in enumerate(zip(key.line_of, key.number_of, strict=True))}
    loads = {load.id: load for load in record.loads}
    trips = {item.id: number for number, item in enumerate(record.trips)}
    begins = [tick_of(item.departs, key.first) for item in record.trips]
    leg_of = np.full(len(record.trips), -1, dtype=np.int64)
    for part in record.shipments:
        whole = loads[part.load]
        load = number_of[names[whole.line], part.number]
        route[load] = _route(translated, load, whole)
        _follow(translated, load, int(route[load]), part, (start, trip, arrival), trips, begins, leg_of)
    vehicles = [_vehicle(translated, item.fleet, item.vehicle) for item in record.trips]
    return Plan(route, start, trip, arrival, leg_of, np.array(vehicles, dtype=np.int64), np.array(begins, dtype=np.int64))


def _route(translated: Translated, load: int, whole: Load) -> int:
    world, key = translated.world, translated.key
    wanted = [(leg.link, leg.start, leg.fleet) for leg in whole.legs]
    kind = int(world.load_class[load])
    for route in range(int(world.class_first[kind]), int(world.class_first[kind + 1])):
        way = key.ways[route]
        links = [(link.id, start, "" if part.lift is None else part.lift.id) for part in way.sections for link, start, _ in part.moves]
        if links == wanted:
            return route
    raise CasqueBug(f"load {whole.id} of the record goes by a way that the network does not have")


def _follow(
    translated: Translated,
    load: int,
    route: int,
    part: Shipment,
    tables: tuple[Ints, Ints, Ints],
    trips: dict[str, int],
    begins: list[int],
    leg_of: Ints,
) -> None:
    """Enter the departures of a shipment; a driven leg departs when it is left on, a trip when it begins to load."""
    world, key = translated.world, translated.key
    start, trip, arrival = tables
    at, first = 0, int(world.route_first[route])
    for number, section in enumerate(key.ways[route].sections):
        leg = int(world.route_leg[first + number])
        name = part.trips[at]
        if name:
            trip[load, number] = trips[name]
            leg_of[trips[name]] = leg
            start[load, number] = begins[trips[name]]
        else:
            start[load, number] = tick_of(part.departs[at], key.first)
        arrival[load] = start[load, number] + int(world.leg_time[leg])
        at += len(section.moves)


def _vehicle(translated: Translated, fleet: str, number: int) -> int:
    lifts = [lift.id for lift in translated.key.lifts]
    return int(translated.world.fleet_vehicle_first[lifts.index(fleet)]) + number - 1

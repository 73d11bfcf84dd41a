"""A schedule in the words of the record: trips of vehicles, parts of loads with their legs, loads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casque.deployment.line import MovementLine
from casque.deployment.presence import Journey
from casque.deployment.schedule.world import Plan, World
from casque.deployment.translation.clock import day_of
from casque.deployment.translation.section import Chain
from casque.deployment.translation.translate import Key
from casque.plan.movement import Leg, Load, Shipment, Trip


@dataclass(frozen=True)
class Timetable:
    """All that moves."""

    loads: tuple[Load, ...]
    shipments: tuple[Shipment, ...]
    trips: tuple[Trip, ...]
    journeys: tuple[Journey, ...]
    """Of the people, one for each part of a line."""


def timetable(world: World, key: Key, plan: Plan) -> Timetable:
    """The timetable of a schedule that leaves nothing behind. Shipments are numbered within their line, whichever load they go with."""
    trips = _trips(world, key, plan)
    loads: list[Load] = []
    shipments: list[Shipment] = []
    journeys: list[Journey] = []
    firsts = np.searchsorted(key.line_of, np.arange(len(key.lines) + 1))
    for line, first, behind in zip(key.lines, firsts[:-1].tolist(), firsts[1:].tolist(), strict=True):
        by_way: dict[tuple[object, ...], list[int]] = {}
        for load in range(first, behind):
            by_way.setdefault(_signature(key.ways[int(plan.route[load])]), []).append(load)
        for rank, some in enumerate(by_way.values()):
            name = line.id if rank == 0 else f"{line.id}/{rank + 1}"
            parts = [_shipment(world, key, plan, load, name, trips) for load in some]
            shipments += parts
            way = key.ways[int(plan.route[some[0]])]
            arrives = [day_of(int(plan.arrival[load]), key.first) for load in some]
            loads.append(_load(line, name, way, parts, max(arrives), world.load_amount[some].sum(axis=0).tolist()))
            journeys += [_journey(line, way, part, arrival) for part, arrival in zip(parts, arrives, strict=True)]
    for line in key.still:
        loads.append(_load(line, line.id, None, [], float(line.ready), _whole(line)))
        journeys.append(Journey(line, line.people, ()))
    order = sorted(range(len(loads)), key=lambda number: (loads[number].unit, loads[number].sector, number))
    return Timetable(tuple(loads[number] for number in order), tuple(shipments), tuple(trips), tuple(journeys))


def _signature(way: Chain) -> tuple[object, ...]:
    return tuple(part.key for part in way.sections)


def _trips(world: World, key: Key, plan: Plan) -> list[Trip]:
    """Trips in the order of the schedule, with the part of the vehicle that its loads fill."""
    full = np.zeros(len(plan.trip_leg))
    for load, leg in zip(*np.nonzero(plan.trip >= 0), strict=True):
        trip = int(plan.trip[load, leg])
        full[trip] += float(world.share[load, world.leg_fleet[plan.trip_leg[trip]]])
    numbers: dict[int, int] = {}
    found: list[Trip | None] = [None] * len(full)
    for trip in np.lexsort((plan.trip_start, plan.trip_vehicle)).tolist():
        vehicle, leg, start = int(plan.trip_vehicle[trip]), int(plan.trip_leg[trip]), int(plan.trip_start[trip])
        numbers[vehicle] = numbers.get(vehicle, 0) + 1
        lift, number = key.vehicle(world, vehicle)
        section = key.stretches[leg].section
        found[trip] = Trip(
            id=f"{lift.id}-{number}-{numbers[vehicle]}",
            fleet=lift.id,
            vehicle=number,
            start=section.start,
            end=section.end,
            departs=day_of(start, key.first),
            arrives=day_of(start + int(world.leg_time[leg]), key.first),
            full=min(1.0, round(float(full[trip]), 3)),
        )
    return [trip for trip in found if trip is not None]


def _shipment(world: World, key: Key, plan: Plan, load: int, name: str, trips: Sequence[Trip]) -> Shipment:
    amount = world.load_amount[load]
    departs: list[float] = []
    arrives: list[float] = []
    aboard: list[str] = []
    way = key.ways[int(plan.route[load])]
    for number, section in enumerate(way.sections):
        start, trip = int(plan.start[load, number]), int(plan.trip[load, number])
        for enters, leaves in section.passages():
            departs.append(day_of(start + enters, key.first))
            arrives.append(day_of(start + leaves, key.first))
            aboard.append(trips[trip].id if trip >= 0 else "")
    rides = key.lines[int(key.line_of[load])].what == "people"
    return Shipment(
        load=name,
        number=int(key.number_of[load]),
        people=float(amount[0]),
        vehicles=0.0 if rides else round(float(amount[6]), 2),
        lane_metres=round(float(amount[5]), 2),
        tonnes=round(float(amount[8]), 2),
        departs=tuple(departs),
        arrives=tuple(arrives),
        trips=tuple(aboard),
    )


def _journey(line: MovementLine, way: Chain, part: Shipment, arrival: float) -> Journey:
    ends = [end for section in way.sections for _, _, end in section.moves]
    days = (*part.arrives[:-1], arrival)
    return Journey(line, part.people, tuple(zip(ends, days, strict=True)))


def _load(line: MovementLine, name: str, way: Chain | None, parts: Sequence[Shipment], arrives: float, amount: Sequence[float]) -> Load:
    """A load with its legs. A leg departs with the first part of the load and arrives with the last."""
    legs: list[Leg] = []
    for section in () if way is None else way.sections:
        for link, start, end in section.moves:
            number = len(legs)
            legs.append(
                Leg(
                    link=link.id,
                    start=start,
                    end=end,
                    mode=link.mode,
                    fleet="" if section.lift is None else section.lift.id,
                    departs=min(part.departs[number] for part in parts),
                    arrives=max(part.arrives[number] for part in parts),
                )
            )
    people, bulk, oversize, outsize, surface_only, metres, vehicles = amount[:7]
    return Load(
        id=name,
        line=line.id,
        unit=line.unit,
        member=line.member,
        sector=line.sector,
        module=line.module,
        what=line.what,
        people=round(people, 3),
        vehicles=round(vehicles, 1) if line.what == "equipment" else 0.0,
        lane_metres=round(metres, 1),
        tonnes=round(bulk + oversize + outsize + surface_only, 1),
        bulk=round(bulk, 2),
        oversize=round(oversize, 2),
        outsize=round(outsize, 2),
        surface_only=round(surface_only, 2),
        dangerous=line.dangerous,
        ready=line.ready,
        available=line.available,
        earliest=line.earliest,
        latest=line.latest,
        required=line.required,
        legs=tuple(legs),
        arrives=arrives,
    )


def _whole(line: MovementLine) -> list[float]:
    return [line.people, line.bulk, line.oversize, line.outsize, line.surface_only, line.lane_metres, line.vehicles]

"""An independent check of a schedule: it is replayed load by load and trip by trip, and shares no code with the scheduler.

Only the records of the problem and of the schedule are common to both. Everything is plain counting in dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

TRIP = 9
"""Quantity of a use that is booked once for a trip, or for a packet on a driven leg."""
ROUNDING = 1e-6
"""Part of a capacity, or of a vehicle, that sums may pass it by."""


def faults(world: Any, plan: Any) -> list[str]:
    """What is wrong with a schedule, in words; nothing where every rule is kept.

    Checked: each load takes one route of its class, leg after leg, not before it is ready and handled; shared trips go where and when
    their loads do and hold them; vehicles are where their trips begin, in time, within their days; no capacity is overdrawn in any
    period, waiting space included; people are not at their destination longer than allowed before their vehicles; no trip goes empty.
    """
    used: dict[tuple[int, int], float] = defaultdict(float)
    aboard: dict[int, list[int]] = defaultdict(list)
    found: list[str] = []
    for load in range(len(world.load_group)):
        found += _journey(world, plan, load, used, aboard)
    found += _trips(world, plan, used, aboard)
    found += _vehicles(world, plan)
    found += _meetings(world, plan)
    for (resource, period), amount in used.items():
        first, behind = int(world.resource_first[resource]), int(world.resource_first[resource + 1])
        limit = float(world.capacity[first + period]) if first + period < behind else 0.0
        if amount > limit + ROUNDING * max(1.0, limit):
            found.append(f"capacity {resource} takes {amount} in period {period}, limit {limit}")
    return found


def _legs(world: Any, route: int) -> list[int]:
    return [int(leg) for leg in world.route_leg[int(world.route_first[route]) : int(world.route_first[route + 1])]]


def _journey(world: Any, plan: Any, load: int, used: dict[tuple[int, int], float], aboard: dict[int, list[int]]) -> list[str]:
    route, kind = int(plan.route[load]), int(world.load_class[load])
    if not int(world.class_first[kind]) <= route < int(world.class_first[kind + 1]):
        return [f"load {load}: route {route} is not open to it"]
    found: list[str] = []
    legs, clock, going = _legs(world, route), int(world.load_ready[load]), True
    for number, leg in enumerate(legs):
        start, trip = int(plan.start[load, number]), int(plan.trip[load, number])
        if start < 0:
            going = False
            if number > 0:
                last = _last_period(world, int(world.leg_space[leg]))
                _wait(world, load, leg, clock, last, used)
            break
        if start < clock + int(world.leg_dwell[leg]):
            found.append(f"load {load}: leaves on leg {leg} at {start}, there since {clock}")
        if number > 0:
            if int(world.leg_from[leg]) != int(world.leg_to[legs[number - 1]]):
                found.append(f"load {load}: leg {leg} does not begin where the one before ended")
            _wait(world, load, leg, clock, start, used)
        if int(world.leg_fleet[leg]) >= 0:
            if not 0 <= trip < len(plan.trip_leg) or int(plan.trip_leg[trip]) != leg or int(plan.trip_start[trip]) != start:
                found.append(f"load {load}: trip {trip} is not that of leg {leg} at {start}")
            else:
                aboard[trip].append(load)
        _draw(world, load, leg, start, used)
        clock = start + int(world.leg_time[leg])
    if any(int(start) >= 0 for start in plan.start[load, len(legs) :]):
        found.append(f"load {load}: moves after its last leg")
    if int(plan.arrival[load]) != (clock if going else -1):
        found.append(f"load {load}: said to arrive at {plan.arrival[load]}, does at {clock if going else 'no time'}")
    return found


def _last_period(world: Any, resource: int) -> int:
    if resource < 0:
        return 0
    return int(world.resource_first[resource + 1] - world.resource_first[resource]) * int(world.resource_width[resource])


def _wait(world: Any, load: int, leg: int, come: int, gone: int, used: dict[tuple[int, int], float]) -> None:
    resource = int(world.leg_space[leg])
    if resource >= 0:
        amount, width = float(world.load_amount[load, int(world.leg_space_quantity[leg])]), int(world.resource_width[resource])
        for period in range(come // width, -(-gone // width)):
            used[resource, period] += amount


def _periods(world: Any, use: int, start: int) -> Iterator[tuple[int, int]]:
    resource = int(world.use_resource[use])
    width, begin = int(world.resource_width[resource]), start + int(world.use_offset[use])
    for period in range(begin // width, (begin + int(world.use_time[use]) - 1) // width + 1):
        yield resource, period


def _draw(world: Any, load: int, leg: int, start: int, used: dict[tuple[int, int], float]) -> None:
    for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
        quantity = int(world.use_quantity[use])
        if quantity == TRIP and int(world.leg_fleet[leg]) >= 0:
            continue
        amount = float(world.use_factor[use]) * (1.0 if quantity == TRIP else float(world.load_amount[load, quantity]))
        if amount > 0:
            for key in _periods(world, use, start):
                used[key] += amount


def _trips(world: Any, plan: Any, used: dict[tuple[int, int], float], aboard: dict[int, list[int]]) -> list[str]:
    found = []
    for trip, leg in enumerate(int(leg) for leg in plan.trip_leg):
        fleet = int(world.leg_fleet[leg])
        carried = sum(float(world.share[load, fleet]) for load in aboard[trip])
        if not aboard[trip]:
            found.append(f"trip {trip} carries nothing")
        if carried > 1 + ROUNDING:
            found.append(f"trip {trip} carries {carried} vehicles full")
        for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
            if int(world.use_quantity[use]) == TRIP and float(world.use_factor[use]) > 0:
                for key in _periods(world, use, int(plan.trip_start[trip])):
                    used[key] += float(world.use_factor[use])
    return found


def _vehicles(world: Any, plan: Any) -> list[str]:
    found = []
    by_vehicle: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for trip, vehicle in enumerate(int(vehicle) for vehicle in plan.trip_vehicle):
        by_vehicle[vehicle].append((int(plan.trip_start[trip]), int(plan.trip_leg[trip]), trip))
    owner = {
        vehicle: fleet
        for fleet in range(len(world.fleet_vehicle_first) - 1)
        for vehicle in range(int(world.fleet_vehicle_first[fleet]), int(world.fleet_vehicle_first[fleet + 1]))
    }
    for vehicle, trips in by_vehicle.items():
        place, free, fleet = int(world.vehicle_place[vehicle]), int(world.vehicle_from[vehicle]), owner[vehicle]
        for start, leg, trip in sorted(trips):
            if int(world.leg_fleet[leg]) != fleet:
                found.append(f"trip {trip}: vehicle {vehicle} is of another fleet")
            if start < free + int(world.travel[fleet, place, int(world.leg_from[leg])]):
                found.append(f"trip {trip}: vehicle {vehicle} cannot be there at {start}")
            place, free = int(world.leg_to[leg]), start + int(world.leg_time[leg])
            if free > int(world.vehicle_until[vehicle]):
                found.append(f"trip {trip}: vehicle {vehicle} is still under way at {free}")
    return found


def _meetings(world: Any, plan: Any) -> list[str]:
    last: dict[int, int] = {}
    missing = set()
    for load, group in enumerate(int(group) for group in world.load_group):
        if int(world.load_people[load]) == 0:
            last[group] = max(last.get(group, 0), int(plan.arrival[load]))
            if int(plan.arrival[load]) < 0:
                missing.add(group)
    found = []
    for load, group in enumerate(int(group) for group in world.load_group):
        arrival = int(plan.arrival[load])
        if int(world.load_people[load]) == 1 and arrival >= 0 and group in last:
            if group in missing:
                found.append(f"load {load}: people at their destination, their vehicles not on the way there")
            elif arrival < last[group] - int(world.ahead):
                found.append(f"load {load}: people there at {arrival}, their vehicles at {last[group]}")
    return found

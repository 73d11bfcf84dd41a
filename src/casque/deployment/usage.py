"""What a schedule draws on capacities and fleets, day by day, and which of them bind."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.world import TRIP, Floats, Plan, World
from casque.deployment.translation.clock import DAY
from casque.deployment.translation.translate import Key
from casque.plan.movement import Workload

FULL = 0.9
"""Part of a capacity from which a day counts as full: parts of loads do not fit to the last metre."""
MOST = 80
"""Capacities in the record, those full on most days first."""


def used(world: World, plan: Plan) -> Floats:
    """Capacity and fleet x day: use, on average over the periods of the day where it has several; vehicles under way or at rest."""
    days = -(-world.horizon // DAY)
    resources, fleets = len(world.resource_width), len(world.fleet_cost)
    table = np.zeros((resources + fleets, days + 1))
    loads, numbers = np.nonzero(plan.start >= 0)
    legs = world.route_leg[world.route_first[plan.route[loads]] + numbers]
    for load, leg, start in zip(loads.tolist(), legs.tolist(), plan.start[loads, numbers].tolist(), strict=True):
        for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
            quantity = int(world.use_quantity[use])
            if quantity != TRIP or world.leg_fleet[leg] < 0:
                amount = 1.0 if quantity == TRIP else float(world.load_amount[load, quantity])
                _draw(world, table, use, start, amount)
    for leg, start in zip(plan.trip_leg.tolist(), plan.trip_start.tolist(), strict=True):
        for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
            if int(world.use_quantity[use]) == TRIP:
                _draw(world, table, use, start, 1.0)
    _vehicles(world, plan, table)
    return table[:, :days]


def _draw(world: World, table: Floats, use: int, start: int, amount: float) -> None:
    resource = int(world.use_resource[use])
    width, begin = int(world.resource_width[resource]), start + int(world.use_offset[use])
    each = amount * float(world.use_factor[use]) * min(1.0, width / DAY)
    for period in range(begin // width, (begin + int(world.use_time[use]) - 1) // width + 1):
        table[resource, period * width // DAY] += each


def _vehicles(world: World, plan: Plan, table: Floats) -> None:
    resources, hours = len(world.resource_width), table.shape[1] * DAY
    order = np.lexsort((plan.trip_start, plan.trip_vehicle))
    busy = np.zeros((len(world.fleet_cost), hours + 1))
    for at, trip in enumerate(order.tolist()):
        leg, start, vehicle = int(plan.trip_leg[trip]), int(plan.trip_start[trip]), int(plan.trip_vehicle[trip])
        fleet = int(world.leg_fleet[leg])
        until = start + int(world.leg_time[leg])
        following = int(order[at + 1]) if at + 1 < len(order) else -1
        if following >= 0 and int(plan.trip_vehicle[following]) == vehicle:
            until += int(world.travel[fleet, world.leg_to[leg], world.leg_from[plan.trip_leg[following]]])
        busy[fleet, start] += 1
        busy[fleet, min(until, hours)] -= 1
    under_way = np.cumsum(busy[:, :hours], axis=1).reshape(len(busy), hours // DAY, DAY).mean(axis=2)
    table[resources:] = under_way


def offered(world: World) -> Floats:
    """Capacity and fleet x day: what there is, on average over the periods of the day."""
    days = -(-world.horizon // DAY)
    rows = []
    for resource in range(len(world.resource_width)):
        row = world.capacity[int(world.resource_first[resource]) : int(world.resource_first[resource + 1])]
        each = np.repeat(row, max(1, int(world.resource_width[resource]) // DAY)) if world.resource_width[resource] >= DAY else row
        per_day = max(1, DAY // int(world.resource_width[resource]))
        rows.append(np.resize(np.append(each, np.zeros(per_day)), days * per_day)[: days * per_day].reshape(days, per_day).mean(axis=1))
    for fleet in range(len(world.fleet_cost)):
        edges = np.arange(days + 1) * DAY
        there = np.zeros(days)
        for vehicle in range(int(world.fleet_vehicle_first[fleet]), int(world.fleet_vehicle_first[fleet + 1])):
            at_work = np.clip(edges, int(world.vehicle_from[vehicle]), max(0, int(world.vehicle_until[vehicle]))).astype(np.float64)
            there += np.diff(at_work) / DAY
        rows.append(there)
    return np.array(rows, dtype=np.float64).reshape(len(rows), days)


def binding(use: Floats, there: Floats) -> list[int]:
    """Capacities and fleets that are full on at least one day, those full on most days first."""
    full = ((there > 0) & (use >= FULL * there)).sum(axis=1)
    return sorted((row for row in range(len(full)) if full[row] > 0), key=lambda row: (-int(full[row]), row))


def label(key: Key, row: int) -> tuple[str, str]:
    """A capacity or fleet in words, and the unit of its figures."""
    if row < len(key.capacities):
        return key.capacities[row].label, key.capacities[row].unit
    return f"fleet {key.lifts[row - len(key.capacities)].name}: vehicles busy", "vehicle"


def workloads(key: Key, use: Floats, there: Floats, horizon: int) -> tuple[Workload, ...]:
    """Capacity and use of the capacities that bind, by day from D-day to the horizon or, if later, the last day of use."""
    start = -key.first
    table = []
    for row in binding(use, there)[:MOST]:
        busy = np.flatnonzero(use[row] > 1e-9)
        end = max(start + horizon + 1, int(busy[-1]) + 1)
        name, unit = label(key, row)
        capacity, spent = (tuple(np.round(figures[row, start:end], 2).tolist()) for figures in (there, use))
        table.append(Workload(resource=name, unit=unit, capacity=capacity, used=spent))
    return tuple(table)

"""First choice of routes: each load, in order of urgency, to the route on which it would arrive first if work flowed like water."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.compilation import compiled, filling
from casque.deployment.schedule.queues import MASKED
from casque.deployment.schedule.world import TRIP, Floats, Ints, World

LATER = 24
"""Ticks by which a route may bring a load in later than the soonest."""


@compiled
def arrives(world: World, clock: Floats, rate: Floats, opens: Ints, load: int, route: int) -> float:
    """Tick on which a route would bring a load in, and a little for its length and clocks; -1 where a fleet cannot take the load."""
    resources = len(world.resource_width)
    total, latest, clocks, begins = 0, 0.0, 0.0, world.load_ready[load]
    for position in range(world.route_first[route], world.route_first[route + 1]):
        leg = world.route_leg[position]
        head = total + world.leg_dwell[leg]
        total = head + world.leg_time[leg]
        fleet = world.leg_fleet[leg]
        share = 1.0
        if fleet >= 0:
            share = world.share[load, fleet]
            if share > 1.0 + 1e-9:
                return -1.0
            cycle = world.leg_time[leg] + world.travel[fleet, world.leg_to[leg], world.leg_from[leg]]
            latest = max(latest, clock[resources + fleet] + share * cycle / rate[resources + fleet])
            clocks += clock[resources + fleet]
            begins = max(begins, opens[resources + fleet] - head)
        for use in range(world.use_first[leg], world.use_first[leg + 1]):
            quantity, resource = world.use_quantity[use], world.use_resource[use]
            amount = world.use_factor[use] * (share if quantity == TRIP else world.load_amount[load, quantity])
            periods = max(1.0, world.use_time[use] / world.resource_width[resource])
            clocks += clock[resource]
            begins = max(begins, opens[resource] - head - world.use_offset[use])
            latest = max(latest, clock[resource] + amount * periods / rate[resource] if rate[resource] > 0 else np.inf)
    return float(max(latest, begins) + total + 1e-3 * total + 1e-2 * clocks)


@compiled
def wind(world: World, clock: Floats, rate: Floats, load: int, route: int) -> None:
    """Move on every clock that a load touches on its route by its work there."""
    resources = len(world.resource_width)
    for position in range(world.route_first[route], world.route_first[route + 1]):
        leg = world.route_leg[position]
        fleet = world.leg_fleet[leg]
        share = world.share[load, fleet] if fleet >= 0 else 1.0
        if fleet >= 0 and rate[resources + fleet] > 0:
            cycle = world.leg_time[leg] + world.travel[fleet, world.leg_to[leg], world.leg_from[leg]]
            clock[resources + fleet] += share * cycle / rate[resources + fleet]
        for use in range(world.use_first[leg], world.use_first[leg + 1]):
            quantity, resource = world.use_quantity[use], world.use_resource[use]
            amount = world.use_factor[use] * (share if quantity == TRIP else world.load_amount[load, quantity])
            if rate[resource] > 0:
                clock[resource] += amount * max(1.0, world.use_time[use] / world.resource_width[resource]) / rate[resource]


def spread(world: World, order: Ints, fixed: Ints, stretch: Floats) -> Ints:
    """Route of each load, see `flow`."""
    return flow(world, order, fixed, stretch)[0]


@filling
def flow(world: World, order: Ints, fixed: Ints, stretch: Floats) -> tuple[Ints, Ints]:
    """Route of each load, those with `fixed` at 0 or above keep it, -1 where no fleet takes the load; and as bits its routes that are slow.

    A route is slow that would bring a load in later than the soonest by `LATER` ticks and half of what the soonest takes.

    Every capacity and fleet has a clock, in ticks: the work given to it over what it does in a tick. A route brings a load in when the
    latest of the clocks that it touches says so, or after its own time, waiting only for what opens later. `stretch` makes the clock of a
    capacity or fleet run faster, so that what it stands for is used less.
    """
    resources, fleets = len(world.resource_width), len(world.fleet_vehicle_first) - 1
    rate, clock, opens = np.zeros(resources + fleets), np.zeros(resources + fleets), np.zeros(resources + fleets, dtype=np.int64)
    for resource in range(resources):
        first, last = world.resource_first[resource], world.resource_first[resource + 1]
        rate[resource] = world.capacity[first:last].mean() / world.resource_width[resource] / stretch[resource]
        for period in range(first, last):
            if world.capacity[period] > 0.0:
                opens[resource] = (period - first) * world.resource_width[resource]
                break
    for fleet in range(fleets):
        rate[resources + fleet] = (world.fleet_vehicle_first[fleet + 1] - world.fleet_vehicle_first[fleet]) / stretch[resources + fleet]
        opens[resources + fleet] = world.vehicle_from[world.fleet_vehicle_first[fleet] : world.fleet_vehicle_first[fleet + 1]].min()
    result, slow = np.empty(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.int64)
    for load in order:
        best, soonest = -1, np.inf
        for route in range(world.class_first[world.load_class[load]], world.class_first[world.load_class[load] + 1]):
            if fixed[load] >= 0 and route != fixed[load]:
                continue
            when = arrives(world, clock, rate, opens, load, route)
            if when >= 0.0 and (best < 0 or when < soonest):
                best, soonest = route, when
        result[load] = best
        if best < 0:
            continue
        first = world.class_first[world.load_class[load]]
        if fixed[load] < 0:
            slack = LATER + 0.5 * (soonest - world.load_ready[load])
            for route in range(first, min(world.class_first[world.load_class[load] + 1], first + MASKED)):
                when = arrives(world, clock, rate, opens, load, route)
                if when < 0.0 or when > soonest + slack:
                    slow[load] |= 1 << (route - first)
        wind(world, clock, rate, load, best)
    return result, slow

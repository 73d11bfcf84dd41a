"""First choice of routes: each load, in order of urgency, to the route on which it would arrive first if work flowed like water."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.compilation import compiled, filling
from casque.deployment.schedule.world import TRIP, Floats, Ints, World


@compiled
def arrives(world: World, clock: Floats, rate: Floats, load: int, route: int) -> float:
    """Tick on which a route would bring a load in, and a little for its length and clocks; -1 where a fleet cannot take the load."""
    resources = len(world.resource_width)
    total, latest, clocks = 0, 0.0, 0.0
    for position in range(world.route_first[route], world.route_first[route + 1]):
        leg = world.route_leg[position]
        total += world.leg_dwell[leg] + world.leg_time[leg]
        fleet = world.leg_fleet[leg]
        share = 1.0
        if fleet >= 0:
            share = world.share[load, fleet]
            if share > 1.0 + 1e-9:
                return -1.0
            cycle = world.leg_time[leg] + world.travel[fleet, world.leg_to[leg], world.leg_from[leg]]
            latest = max(latest, clock[resources + fleet] + share * cycle / rate[resources + fleet])
            clocks += clock[resources + fleet]
        for use in range(world.use_first[leg], world.use_first[leg + 1]):
            quantity, resource = world.use_quantity[use], world.use_resource[use]
            amount = world.use_factor[use] * (share if quantity == TRIP else world.load_amount[load, quantity])
            periods = max(1.0, world.use_time[use] / world.resource_width[resource])
            clocks += clock[resource]
            latest = max(latest, clock[resource] + amount * periods / rate[resource] if rate[resource] > 0 else np.inf)
    return float(max(latest + total, world.load_ready[load] + total) + 1e-3 * total + 1e-2 * clocks)


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


@filling
def spread(world: World, order: Ints, fixed: Ints, stretch: Floats) -> Ints:
    """Route of each load; those with `fixed` at 0 or above keep it.

    Every capacity and fleet has a clock, in ticks: the work given to it over what it does in a tick. A route brings a load in when the
    latest of the clocks that it touches says so, or after its own time without waiting. `stretch` makes the clock of a capacity or fleet
    run faster, so that what it stands for is used less.
    """
    resources, fleets = len(world.resource_width), len(world.fleet_vehicle_first) - 1
    rate, clock = np.zeros(resources + fleets), np.zeros(resources + fleets)
    for resource in range(resources):
        first, last = world.resource_first[resource], world.resource_first[resource + 1]
        rate[resource] = world.capacity[first:last].mean() / world.resource_width[resource] / stretch[resource]
    for fleet in range(fleets):
        rate[resources + fleet] = (world.fleet_vehicle_first[fleet + 1] - world.fleet_vehicle_first[fleet]) / stretch[resources + fleet]
    result = np.empty(len(order), dtype=np.int64)
    for load in order:
        best, soonest = -1, np.inf
        for route in range(world.class_first[world.load_class[load]], world.class_first[world.load_class[load] + 1]):
            if fixed[load] >= 0 and route != fixed[load]:
                continue
            when = arrives(world, clock, rate, load, route)
            if when >= 0.0 and (best < 0 or when < soonest):
                best, soonest = route, when
        result[load] = best
        wind(world, clock, rate, load, best)
    return result

"""What every route would cost a load if capacities and vehicles had prices, and the routes worth taking at those prices."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.compilation import compiled, filling
from casque.deployment.schedule.queues import MASKED
from casque.deployment.schedule.world import TRIP, Floats, Ints, World


@compiled
def toll_of(world: World, toll: Floats, cycle: Floats, load: int, route: int) -> float:
    """What a load pays on a route; infinity where a fleet cannot take it."""
    total, resources = 0.0, len(world.resource_width)
    for position in range(world.route_first[route], world.route_first[route + 1]):
        leg = world.route_leg[position]
        fleet, share = world.leg_fleet[leg], 1.0
        if fleet >= 0:
            share = world.share[load, fleet]
            if share > 1.0 + 1e-9:
                return np.inf
            total += toll[resources + fleet] * share * cycle[leg]
        for use in range(world.use_first[leg], world.use_first[leg + 1]):
            quantity, resource = world.use_quantity[use], world.use_resource[use]
            amount = world.use_factor[use] * (share if quantity == TRIP else world.load_amount[load, quantity])
            periods = 1.0 if world.use_time[use] == 1 else world.use_time[use] / world.resource_width[resource]
            total += toll[resource] * amount * periods
    return total


@filling
def open_routes(world: World, toll: Floats, cycle: Floats, spare: float, route: Ints, slow: Ints) -> tuple[Ints, Ints]:
    """By load: its route, and as bits those routes of its class that it does not take.

    Closed is what is slow, and what is dearer than the cheapest by more than a share of its cost; where that is everything, only what is
    slow. A load keeps the given route where that is open, else it takes the cheapest of those open. `toll` is the price of a unit of each
    capacity and of a tick of a vehicle of each fleet, `cycle` the ticks of a vehicle on each leg. Loads with the route -1 are passed over.
    """
    loads, most = len(world.load_class), 1
    for kind in range(len(world.class_first) - 1):
        most = max(most, world.class_first[kind + 1] - world.class_first[kind])
    shut, own, cost = np.zeros(loads, dtype=np.int64), route.copy(), np.empty(most)
    for load in range(loads):
        if route[load] < 0:
            continue
        first = world.class_first[world.load_class[load]]
        count = min(world.class_first[world.load_class[load] + 1] - first, MASKED)
        least = np.inf
        for number in range(count):
            cost[number] = toll_of(world, toll, cycle, load, first + number)
            least = min(least, cost[number])
        bits, cheapest = slow[load], -1
        for number in range(count):
            if cost[number] > least * (1.0 + spare) + 1e-12:
                bits |= 1 << number
            elif (slow[load] >> number) & 1 == 0 and (cheapest < 0 or cost[number] < cost[cheapest]):
                cheapest = number
        if cheapest < 0:
            shut[load] = slow[load]
            continue
        shut[load] = bits
        if route[load] - first < count and (bits >> (route[load] - first)) & 1 == 1:
            own[load] = first + cheapest
    return own, shut

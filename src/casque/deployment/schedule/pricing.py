"""What capacities cost at given prices: the alike loads and the counters that prices stand on, the cost of each leg by its departure.

Every capacity, and every fleet's vehicle time, has a price in each period of a coarse calendar. Prices are in weighted ticks of lateness
for a unit of the capacity, or for a tick of a vehicle.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from casque.deployment.schedule.compilation import compiled, filling
from casque.deployment.schedule.world import TRIP, Floats, Ints, World

BARRED = 1e15
"""Price of a departure into a period that has no capacity at all."""


class Items(NamedTuple):
    """Loads of a group that are alike but for their size; groups are ranges."""

    first: Ints
    """By group, and behind the last."""
    kind: Ints
    ready: Ints
    amount: Floats
    """Item x quantity, over all its loads."""
    share: Floats
    """Item x fleet, over all its loads."""
    due: Ints
    """By group."""
    weight: Floats
    """By group."""


class Counters(NamedTuple):
    """What has a price: first the capacities, then the fleets."""

    width: Ints
    """Ticks of a period."""
    offered: Floats
    """Counter x period: capacity, in its own unit times its own periods; vehicle ticks for fleets."""
    before: Floats
    """Fleet x place: ticks counted before the start of a trip there."""
    after: Floats
    """Fleet x place: ticks counted after a trip that ends there."""
    row_first: Ints
    """Rows of the table of leg costs, by leg."""
    row_quantity: Ints


@compiled
def spent(price: Floats, counter: int, width: int, start: float, end: float, horizon: int) -> float:
    """Integral of a price over a stretch of ticks within the horizon."""
    total = 0.0
    low, high = max(start, 0.0), min(end, float(horizon))
    while low < high:
        period = int(low // width)
        until = min(high, float((period + 1) * width))
        total += price[counter, period] * (until - low)
        low = until
    return total


@compiled
def counted(usage: Floats, counter: int, width: int, start: float, end: float, horizon: int, amount: float) -> None:
    """Book an amount a tick over a stretch of ticks within the horizon."""
    low, high = max(start, 0.0), min(end, float(horizon))
    while low < high:
        period = int(low // width)
        until = min(high, float((period + 1) * width))
        usage[counter, period] += amount * (until - low)
        low = until


@filling
def leg_costs(world: World, counters: Counters, price: Floats, stride: int) -> Floats:
    """Row (leg and quantity) x departure: price of one unit of the quantity that leaves on the leg at a multiple of the stride."""
    steps = world.horizon // stride
    costs = np.zeros((len(counters.row_quantity), steps))
    resources = len(world.resource_width)
    for leg in range(len(world.leg_from)):
        fleet, begin = world.leg_fleet[leg], counters.row_first[leg]
        for step in range(steps):
            start = step * stride
            if start + world.leg_time[leg] > world.horizon:
                costs[begin : counters.row_first[leg + 1], step] = BARRED
                continue
            for use in range(world.use_first[leg], world.use_first[leg + 1]):
                resource, row = world.use_resource[use], begin
                while counters.row_quantity[row] != world.use_quantity[use]:
                    row += 1
                at, base, own = start + world.use_offset[use], world.resource_first[resource], world.resource_width[resource]
                time, width = world.use_time[use], counters.width[resource]
                for period in range(at // own, (at + time - 1) // own + 1):
                    if base + period >= world.resource_first[resource + 1] or world.capacity[base + period] <= 0.0:
                        costs[row, step] += BARRED
                if time == 1:
                    costs[row, step] += world.use_factor[use] * price[resource, min(at // width, price.shape[1] - 1)]
                else:
                    stretch = spent(price, resource, width, at, at + time, world.horizon)
                    costs[row, step] += world.use_factor[use] * stretch / own
            if fleet >= 0:
                row = begin
                while counters.row_quantity[row] != TRIP:
                    row += 1
                low = start - counters.before[fleet, world.leg_from[leg]]
                high = start + world.leg_time[leg] + counters.after[fleet, world.leg_to[leg]]
                costs[row, step] += spent(price, resources + fleet, counters.width[resources + fleet], low, high, world.horizon)
    return costs


@compiled
def add_leg(
    world: World, counters: Counters, items: Items, costs: Floats, item: int, leg: int, span: tuple[int, int, int], row: Floats
) -> None:
    """Add to a row, for each step of a span, the price of an item that leaves on a leg so many steps later."""
    fleet = world.leg_fleet[leg]
    first, last, shift = span
    for line in range(counters.row_first[leg], counters.row_first[leg + 1]):
        quantity = counters.row_quantity[line]
        amount = items.amount[item, quantity] if quantity != TRIP else items.share[item, fleet] if fleet >= 0 else items.amount[item, 7]
        if amount > 0.0:
            for step in range(first, last):
                row[step] += amount * costs[line, step + shift]


@compiled
def book_leg(world: World, counters: Counters, items: Items, usage: Floats, item: int, leg: int, start: int) -> None:
    """Count what an item draws on a leg."""
    fleet, resources = world.leg_fleet[leg], len(world.resource_width)
    share = items.share[item, fleet] if fleet >= 0 else items.amount[item, 7]
    for use in range(world.use_first[leg], world.use_first[leg + 1]):
        quantity, resource = world.use_quantity[use], world.use_resource[use]
        amount = world.use_factor[use] * (share if quantity == TRIP else items.amount[item, quantity])
        at, width = start + world.use_offset[use], counters.width[resource]
        if world.use_time[use] == 1:
            usage[resource, min(at // width, usage.shape[1] - 1)] += amount
        else:
            own = world.resource_width[resource]
            counted(usage, resource, width, at, at + world.use_time[use], world.horizon, amount / own)
    if fleet >= 0:
        low = start - counters.before[fleet, world.leg_from[leg]]
        high = start + world.leg_time[leg] + counters.after[fleet, world.leg_to[leg]]
        counted(usage, resources + fleet, counters.width[resources + fleet], low, high, world.horizon, share)

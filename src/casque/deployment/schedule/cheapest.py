"""What every group would do if capacities had prices: the inner problem of the Lagrangian of the time-expanded linear program.

Each item (loads of a group that are alike) takes the route and the departures that cost it least and still bring it in by the tick at which
its group is to be complete; the group takes the tick for which lateness and prices together are least. The sum over groups, less the worth
of all capacity at these prices, is a lower bound on the weighted lateness of every schedule, whatever the prices (weak duality).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from casque.deployment.schedule.compilation import compiled, filling
from casque.deployment.schedule.pricing import BARRED, Counters, Items, add_leg, book_leg, leg_costs
from casque.deployment.schedule.world import Floats, Ints, World


class Scratch(NamedTuple):
    """What is worked on for one group at a time; steps are departures or arrivals at multiples of the stride."""

    costs: Floats
    """Row (leg and quantity) x departure step: price of one unit."""
    table: Floats
    """Leg of a route x step: least price of an item so far."""
    least: Floats
    """Item of the group x step: least price at which it is in by then."""
    by_route: Ints
    """Item of the group x step: the route of that price."""
    by_step: Ints
    """Item of the group x step: the step of that price in the table of its route."""
    whole: Floats
    """Step: price of the whole group in by then."""


@compiled
def able(world: World, items: Items, item: int, route: int) -> bool:
    """Whether every fleet of a route takes the item."""
    for position in range(world.route_first[route], world.route_first[route + 1]):
        fleet = world.leg_fleet[world.route_leg[position]]
        if fleet >= 0 and items.share[item, fleet] == np.inf:
            return False
    return True


@compiled
def walk(
    world: World, counters: Counters, items: Items, costs: Floats, stride: int, item: int, route: int, table: Floats
) -> tuple[int, int, int]:
    """Least price of a route by the step on which its last leg would leave had nothing been waited for, in the last row of a table.

    The rows before hold the same for each leg before. Gives the first step, the first that is too late, and the ticks of the route.
    """
    total, offset, begin = 0, 0, world.route_first[route]
    for position in range(world.route_first[route], world.route_first[route + 1]):
        total += world.leg_dwell[world.route_leg[position]] + world.leg_time[world.route_leg[position]]
    first = (items.ready[item] + stride - 1) // stride
    last = max(first, (world.horizon - total) // stride)
    for position in range(world.route_first[route], world.route_first[route + 1]):
        leg = world.route_leg[position]
        offset += world.leg_dwell[leg]
        number = position - begin
        row = table[number]
        for step in range(first, last):
            row[step] = table[number - 1, step] if number > 0 else 0.0
        if counters.row_first[leg] < counters.row_first[leg + 1]:
            add_leg(world, counters, items, costs, item, leg, (first, last, offset // stride), row)
            for step in range(first + 1, last):
                row[step] = min(row[step], row[step - 1])
        offset += world.leg_time[leg]
    return first, last, total


@compiled
def cheapen(world: World, counters: Counters, items: Items, scratch: Scratch, stride: int, item: int, row: int) -> None:
    """Fill a row with the least price at which an item is in by each step, and add it to that of its group."""
    steps = scratch.costs.shape[1]
    least, by_route, by_step = scratch.least[row], scratch.by_route[row], scratch.by_step[row]
    for step in range(steps):
        least[step] = np.inf
    for route in range(world.class_first[items.kind[item]], world.class_first[items.kind[item] + 1]):
        if not able(world, items, item, route):
            continue
        first, last, total = walk(world, counters, items, scratch.costs, stride, item, route, scratch.table)
        end = world.route_first[route + 1] - world.route_first[route] - 1
        ticks = (total + stride - 1) // stride
        for step in range(first, min(last, steps - ticks)):
            arrives, cost = step + ticks, scratch.table[end, step]
            if cost < least[arrives]:
                least[arrives], by_route[arrives], by_step[arrives] = cost, route, step
    for step in range(steps):
        if step > 0 and least[step - 1] <= least[step]:
            least[step], by_route[step], by_step[step] = least[step - 1], by_route[step - 1], by_step[step - 1]
        scratch.whole[step] += least[step]


@compiled
def completed(items: Items, whole: Floats, stride: int, group: int, deadline: int) -> tuple[float, int]:
    """Value of a group and the step by which it is complete: the deadline where there is one, else where it costs least."""
    if deadline >= 0:
        at = min(deadline // stride, len(whole) - 1)
        return whole[at], at
    best, at = np.inf, -1
    for step in range(len(whole)):
        here = whole[step] + items.weight[group] * max(0, step * stride - items.due[group])
        if here < best:
            best, at = here, step
    return best, at


@compiled
def traced(
    world: World, counters: Counters, items: Items, scratch: Scratch, stride: int, item: int, choice: tuple[int, int], usage: Floats
) -> None:
    """Count what an item draws on its cheapest way, given as a route and the step in the table of that route."""
    route, step = choice
    start, _, offset = walk(world, counters, items, scratch.costs, stride, item, route, scratch.table)
    for position in range(world.route_first[route + 1] - 1, world.route_first[route] - 1, -1):
        leg = world.route_leg[position]
        offset -= world.leg_time[leg]
        number = position - world.route_first[route]
        while step > start and scratch.table[number, step - 1] <= scratch.table[number, step]:
            step -= 1
        book_leg(world, counters, items, usage, item, leg, (step + offset // stride) * stride)
        offset -= world.leg_dwell[leg]


@filling
def priced(world: World, counters: Counters, items: Items, price: Floats, stride: int, deadline: int, trace: bool) -> tuple[float, Floats]:
    """Value of all groups at given prices, before the worth of the capacity is taken off; and with `trace` what they use.

    With `deadline` at 0 or above lateness counts nothing and every item has to be in by that tick: a value above the worth of the
    capacity then proves that no schedule closes by it. Exact, and so a bound, with a stride of 1 only.
    """
    costs = leg_costs(world, counters, price, stride)
    steps, longest, largest = costs.shape[1], 1, 1
    for route in range(len(world.route_first) - 1):
        longest = max(longest, world.route_first[route + 1] - world.route_first[route])
    for group in range(len(items.due)):
        largest = max(largest, items.first[group + 1] - items.first[group])
    by_route, by_step = np.empty((largest, steps), dtype=np.int64), np.empty((largest, steps), dtype=np.int64)
    scratch = Scratch(costs, np.empty((longest, steps)), np.empty((largest, steps)), by_route, by_step, np.empty(steps))
    usage, value = np.zeros(price.shape), 0.0
    for group in range(len(items.due)):
        scratch.whole[:] = 0.0
        first = items.first[group]
        for item in range(first, items.first[group + 1]):
            cheapen(world, counters, items, scratch, stride, item, item - first)
        best, at = completed(items, scratch.whole, stride, group, deadline)
        value += best
        if trace and best < BARRED:
            for item in range(first, items.first[group + 1]):
                choice = (by_route[item - first, at], by_step[item - first, at])
                traced(world, counters, items, scratch, stride, item, choice, usage)
    return value, usage


@filling
def proposed(world: World, counters: Counters, items: Items, price: Floats, stride: int) -> tuple[Floats, Ints, Ints, Ints, Floats]:
    """Way of each group at given prices: its value, the tick by which it is complete, and what it uses as a sparse table by group.

    The table has for each group the range of its entries, their counter and period as one number, and the amounts.
    """
    costs = leg_costs(world, counters, price, stride)
    steps, longest, largest = costs.shape[1], 1, 1
    for route in range(len(world.route_first) - 1):
        longest = max(longest, world.route_first[route + 1] - world.route_first[route])
    for group in range(len(items.due)):
        largest = max(largest, items.first[group + 1] - items.first[group])
    by_route, by_step = np.empty((largest, steps), dtype=np.int64), np.empty((largest, steps), dtype=np.int64)
    scratch = Scratch(costs, np.empty((longest, steps)), np.empty((largest, steps)), by_route, by_step, np.empty(steps))
    groups, periods = len(items.due), price.shape[1]
    value, done, first = np.zeros(groups), np.zeros(groups, dtype=np.int64), np.zeros(groups + 1, dtype=np.int64)
    where, amount = np.empty(1024, dtype=np.int64), np.empty(1024)
    usage = np.zeros(price.shape)
    for group in range(groups):
        scratch.whole[:] = 0.0
        start = items.first[group]
        for item in range(start, items.first[group + 1]):
            cheapen(world, counters, items, scratch, stride, item, item - start)
        value[group], at = completed(items, scratch.whole, stride, group, -1)
        done[group] = at * stride
        first[group + 1] = first[group]
        if value[group] >= BARRED:
            continue
        for item in range(start, items.first[group + 1]):
            choice = (by_route[item - start, at], by_step[item - start, at])
            traced(world, counters, items, scratch, stride, item, choice, usage)
        for counter in range(price.shape[0]):
            for period in range(periods):
                if usage[counter, period] > 0.0:
                    if first[group + 1] == len(where):
                        where, amount = np.append(where, where), np.append(amount, amount)
                    where[first[group + 1]], amount[first[group + 1]] = counter * periods + period, usage[counter, period]
                    usage[counter, period] = 0.0
                    first[group + 1] += 1
    return value, done, first, where[: first[groups]], amount[: first[groups]]

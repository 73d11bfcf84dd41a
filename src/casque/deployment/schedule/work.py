"""Work as columns, an item on a route, and rows, a capacity or fleet in a window of time between heads and tails."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from casque.deployment.schedule.pricing import Counters, Items
from casque.deployment.schedule.world import TRIP, Floats, Ints, World

QUANTILES = (0.0, 0.5, 0.8)
"""Shares of the uses of a capacity that lie before the windows kept for it."""


@dataclass(frozen=True)
class Work:
    """Columns (an item on a route) and their draws on rows (a capacity or fleet in a window)."""

    item: Ints
    route: Ints
    first: Ints
    """Draws by column."""
    row: Ints
    amount: Floats
    counter: Ints
    """By row."""
    head: Ints
    tail: Ints
    cumulative: tuple[Floats, ...]
    """By counter: what is offered before the end of each period."""
    width: Ints


def offered(work: Work, closure: float) -> Floats:
    """What each row offers up to a closure."""
    result = np.zeros(len(work.head))
    for row, counter in enumerate(work.counter.tolist()):
        whole, width = work.cumulative[counter], work.width[counter]
        end = int((closure - work.tail[row]) // width) + 1
        begin = max(0, int(work.head[row] // width))
        result[row] = max(0.0, whole[max(0, min(end, len(whole) - 1))] - whole[min(begin, len(whole) - 1)])
    return result


def pooled(whole: Work) -> Work:
    """The same rows with items of one class, open to the same routes, taken as one that may be split between them."""
    mark = np.random.default_rng(0).random(int(whole.route.max(initial=0)) + 1)
    _, position = np.unique(whole.item, return_inverse=True)
    sign = np.round(np.bincount(position, weights=mark[whole.route]), 9)[position]
    _, pool = np.unique(sign, return_inverse=True)
    pairs, column = np.unique(pool * len(mark) + whole.route, return_inverse=True)
    owner = np.repeat(column, np.diff(whole.first))
    cells, draw = np.unique(owner * len(whole.head) + whole.row, return_inverse=True)
    amount = np.bincount(draw, weights=whole.amount, minlength=len(cells)).astype(np.float64)
    first = np.searchsorted(cells // len(whole.head), np.arange(len(pairs) + 1)).astype(np.int64)
    return replace(whole, item=pairs // len(mark), route=pairs % len(mark), first=first, row=cells % len(whole.head), amount=amount)


def work(world: World, items: Items, counters: Counters, quantiles: tuple[float, ...] = QUANTILES) -> Work:
    """Columns and draws of items on their routes, with windows from these quantiles of the heads of each capacity."""
    uses = _route_uses(world, counters)
    count = np.diff(world.class_first)[items.kind]
    item = np.repeat(np.arange(len(items.kind)), count)
    within = np.arange(len(item)) - np.repeat(np.cumsum(count) - count, count)
    route = world.class_first[items.kind][item] + within
    able = np.array([True] * len(item))
    for fleet in range(len(world.fleet_cost)):
        flies = np.zeros(len(world.route_first) - 1, dtype=np.bool_)
        leg_owner = np.repeat(np.arange(len(flies)), np.diff(world.route_first))
        flies[leg_owner[world.leg_fleet[world.route_leg] == fleet]] = True
        able &= ~(flies[route] & ~np.isfinite(items.share[item, fleet]))
    item, route = item[able], route[able]
    spans = np.diff(uses.first)[route]
    draw = np.repeat(uses.first[route] - (np.cumsum(spans) - spans), spans) + np.arange(int(spans.sum()))
    owner = np.repeat(item, spans)
    quantity, carrier = uses.quantity[draw], uses.fleet[draw]
    share = items.amount[owner, 7]
    if len(world.fleet_cost):
        share = np.where(carrier >= 0, items.share[owner, np.maximum(carrier, 0)], share)
    amount = uses.factor[draw] * np.where(quantity == TRIP, share, items.amount[owner, np.minimum(quantity, 8)])
    head = items.ready[owner] + uses.offset[draw]
    return _rows(world, counters, (item, route, spans), (uses.counter[draw], amount, head, uses.tail[draw]), quantiles)


@dataclass(frozen=True)
class _Uses:
    first: Ints
    counter: Ints
    quantity: Ints
    fleet: Ints
    factor: Floats
    offset: Ints
    tail: Ints


def _route_uses(world: World, counters: Counters) -> _Uses:
    """Uses of every route, with the ticks from its start to the use and from the use to its end."""
    rows: list[tuple[int, int, int, float, int, int]] = []
    first = [0]
    resources = len(world.resource_width)
    for route in range(len(world.route_first) - 1):
        legs = world.route_leg[world.route_first[route] : world.route_first[route + 1]].tolist()
        total = int((world.leg_dwell[legs] + world.leg_time[legs]).sum())
        clock = 0
        for leg in legs:
            clock += int(world.leg_dwell[leg])
            fleet, time = int(world.leg_fleet[leg]), int(world.leg_time[leg])
            for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
                resource, span, at = int(world.use_resource[use]), int(world.use_time[use]), clock + int(world.use_offset[use])
                periods = 1.0 if span == 1 else span / float(world.resource_width[resource])
                row = (resource, int(world.use_quantity[use]), fleet, float(world.use_factor[use]) * periods, at, total - at - span)
                rows.append(row)
            if fleet >= 0:
                before, after = counters.before[fleet, world.leg_from[leg]], counters.after[fleet, world.leg_to[leg]]
                rows.append(
                    (
                        resources + fleet,
                        TRIP,
                        fleet,
                        time + before + after,
                        clock - int(np.ceil(before)),
                        total - clock - time - int(np.ceil(after)),
                    )
                )
            clock += time
        first.append(len(rows))
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 6)
    whole = table.astype(np.int64)
    return _Uses(np.array(first, dtype=np.int64), whole[:, 0], whole[:, 1], whole[:, 2], table[:, 3], whole[:, 4], whole[:, 5])


def _rows(
    world: World,
    counters: Counters,
    columns: tuple[Ints, Ints, Ints],
    drawn: tuple[Ints, Floats, Ints, Ints],
    quantiles: tuple[float, ...],
) -> Work:
    """Rows for windows that begin at a few quantiles of the heads of each capacity; a draw counts in each window that holds it."""
    item, route, spans = columns
    counter, amount, head, tail = drawn
    owner = np.repeat(np.arange(len(item)), spans)
    draws: list[tuple[Ints, Floats, Ints]] = []
    of_row: list[tuple[int, int, int]] = []
    for number in np.unique(counter).tolist():
        mine = np.flatnonzero(counter == number)
        for begin in sorted({int(np.quantile(head[mine], share)) for share in quantiles}):
            inside = mine[head[mine] >= begin]
            draws.append((owner[inside], amount[inside], np.full(len(inside), len(of_row), dtype=np.int64)))
            of_row.append((number, begin, int(tail[inside].min())))
    nothing = np.zeros(0, dtype=np.int64)
    column = np.concatenate([nothing, *(some[0] for some in draws)])
    order = np.argsort(column, kind="stable")
    first = np.searchsorted(column[order], np.arange(len(item) + 1)).astype(np.int64)
    rows = np.array(of_row, dtype=np.int64).reshape(-1, 3)
    widths = np.concatenate([world.resource_width, np.ones(len(world.fleet_cost), dtype=np.int64)])
    return Work(
        item,
        route,
        first,
        np.concatenate([nothing, *(some[2] for some in draws)])[order],
        np.concatenate([np.zeros(0), *(some[1] for some in draws)])[order],
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        tuple(_cumulative(world, counters, number) for number in range(len(widths))),
        widths,
    )


def _cumulative(world: World, counters: Counters, number: int) -> Floats:
    resources = len(world.resource_width)
    if number < resources:
        row = world.capacity[world.resource_first[number] : world.resource_first[number + 1]]
        return np.concatenate([[0.0], np.cumsum(row)])
    fleet = number - resources
    ticks = np.zeros(2 * world.horizon)
    for vehicle in range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1]):
        last = int(world.vehicle_until[vehicle])
        # Behind the horizon there is only the way back of trips that count before it.
        ticks[int(world.vehicle_from[vehicle]) : last + int(np.ceil(counters.after[fleet].max())) + 1] += 1.0
    return np.concatenate([[0.0], np.cumsum(ticks)])

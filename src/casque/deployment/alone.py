"""How soon a line, a unit and a group could be in with the whole network to themselves: no schedule brings them in sooner.

A line splits itself freely over its ways. By a tick each way can have brought in no more than the tightest of its capacities and fleets
lets through between the earliest tick at which the line can come there and the last from which it still arrives. The first tick by which
the ways together can have brought in all of it, and on which its quickest part can have come through all openings, is a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from casque.deployment.schedule.world import TRIP, Ints, World
from casque.deployment.translation.translate import Key, Translated

_NEARLY = 1 - 1e-6


@dataclass(frozen=True)
class Draw:
    """What a whole line draws on a capacity on one way, the earliest tick at which it can, and the ticks from there to its arrival."""

    resource: int
    amount: float
    head: int
    tail: int
    span: int


@dataclass(frozen=True)
class Haul:
    """What a whole line takes of a fleet on one way: trips, vehicles, and ticks from one trip of a vehicle to its next."""

    trips: float
    vehicles: int
    cycle: int
    head: int
    tail: int


@dataclass(frozen=True)
class Passing:
    """A way of a line, as what limits the flow on it."""

    draws: tuple[Draw, ...]
    hauls: tuple[Haul, ...]


def alone(translated: Translated) -> Ints:
    """By line: a tick before which it is not all in; the horizon where it never is."""
    world, key = translated.world, translated.key
    offered = [_sums(world, resource) for resource in range(len(world.resource_width))]
    result = np.zeros(len(key.lines), dtype=np.int64)
    firsts = np.searchsorted(key.line_of, np.arange(len(key.lines) + 1))
    reach: dict[tuple[int, int], int] = {}
    for line in range(len(key.lines)):
        loads = np.arange(firsts[line], firsts[line + 1])
        kind, ready = int(world.load_class[loads[0]]), int(world.load_ready[loads[0]])
        if (kind, ready) not in reach:
            ways = [key.ways[route].arrival(ready) for route in range(int(world.class_first[kind]), int(world.class_first[kind + 1]))]
            reach[kind, ready] = min((way for way in ways if way is not None), default=world.horizon)
        result[line] = _volume(world, offered, loads, kind, ready, reach[kind, ready])
    return result


def by_group(translated: Translated, lines: Ints) -> Ints:
    """The latest of the lines of each group."""
    world, key = translated.world, translated.key
    result = np.zeros(len(key.groups), dtype=np.int64)
    firsts = np.searchsorted(key.line_of, np.arange(len(key.lines)))
    np.maximum.at(result, world.load_group[firsts], lines)
    return result


def by_place(key: Key, lines: Ints) -> dict[tuple[str, str, str], int]:
    """The latest of the lines of each unit in its place."""
    result: dict[tuple[str, str, str], int] = {}
    for line, tick in zip(key.lines, lines.tolist(), strict=True):
        result[line.place] = max(result.get(line.place, 0), tick)
    return result


def _sums(world: World, resource: int) -> list[float]:
    row = world.capacity[int(world.resource_first[resource]) : int(world.resource_first[resource + 1])]
    return [0.0, *np.cumsum(row).tolist()]


def _volume(world: World, offered: list[list[float]], loads: Ints, kind: int, ready: int, reach: int) -> int:
    """The first tick, from one on, by which the ways of a line let all of it through."""
    ways = [_passing(world, loads, route, ready) for route in range(int(world.class_first[kind]), int(world.class_first[kind + 1]))]
    widths = world.resource_width

    @cache
    def through(tick: int) -> bool:
        return sum(_part(way, offered, widths, tick) for way in ways) >= _NEARLY

    low, high = reach, world.horizon
    if through(low):
        return low
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if through(middle) else (middle + 1, high)
    return low


def _part(way: Passing, offered: list[list[float]], widths: Ints, tick: int) -> float:
    """Part of a line that can have come in by a way by a tick."""
    part = 1.0
    for draw in way.draws:
        sums, width = offered[draw.resource], int(widths[draw.resource])
        last = (tick - draw.tail + draw.span - 1) // width + 1
        begin = min(draw.head // width, len(sums) - 1)
        part = min(part, max(0.0, sums[max(begin, min(last, len(sums) - 1))] - sums[begin]) / draw.amount)
    for haul in way.hauls:
        left = tick - haul.tail - haul.head
        done = haul.vehicles * (1 + left // haul.cycle) if left >= 0 else 0
        part = min(part, done / haul.trips)
    return part


def _passing(world: World, loads: Ints, route: int, ready: int) -> Passing:
    legs = [int(leg) for leg in world.route_leg[int(world.route_first[route]) : int(world.route_first[route + 1])]]
    total = int((world.leg_dwell[legs] + world.leg_time[legs]).sum())
    amount, clock = world.load_amount[loads].sum(axis=0), 0
    draws: list[Draw] = []
    hauls: list[Haul] = []
    for leg in legs:
        clock += int(world.leg_dwell[leg])
        fleet = int(world.leg_fleet[leg])
        trips = float(world.share[loads, fleet].sum()) if fleet >= 0 else float(len(loads))
        for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
            resource, quantity = int(world.use_resource[use]), int(world.use_quantity[use])
            span, width = int(world.use_time[use]), int(world.resource_width[resource])
            drawn = (trips if quantity == TRIP else float(amount[quantity])) * float(world.use_factor[use]) * -(-span // width)
            at = clock + int(world.use_offset[use])
            if drawn > 1e-9:
                draws.append(Draw(resource, drawn, ready + at, total - at, span))
        if fleet >= 0:
            vehicles = int(world.fleet_vehicle_first[fleet + 1] - world.fleet_vehicle_first[fleet])
            back = int(world.travel[fleet, world.leg_to[leg], world.leg_from[leg]])
            hauls.append(Haul(trips, vehicles, int(world.leg_time[leg]) + back, ready + clock, total - clock))
        clock += int(world.leg_time[leg])
    return Passing(tuple(draws), tuple(hauls))

"""A world made wider: legs, uses, capacities and classes added behind those that are there, so that all numbers keep their meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from casque.deployment.schedule.world import DRIVEN, TRIP, Floats, Ints, World

OPEN = 1e9
"""Packets and trips that a leg takes at a time while it is open."""


def legs_of(world: World, route: int) -> tuple[int, ...]:
    """Legs of a route."""
    return tuple(world.route_leg[world.route_first[route] : world.route_first[route + 1]].tolist())


def shortened(world: World, horizon: int) -> World:
    """The world planned over fewer ticks."""
    if horizon >= world.horizon:
        return world
    counts = np.diff(world.resource_first)
    kept = np.minimum(counts, -(-horizon // world.resource_width))
    period = np.arange(len(world.capacity)) - np.repeat(world.resource_first[:-1], counts)
    return world._replace(
        horizon=horizon,
        resource_first=np.cumsum([0, *kept], dtype=np.int64),
        capacity=world.capacity[period < np.repeat(kept, counts)],
        vehicle_until=np.minimum(world.vehicle_until, horizon),
    )


def with_classes(world: World, classes: Sequence[Sequence[tuple[int, ...]]]) -> World:
    """The world with classes added, each given by the chains of legs of its routes."""
    if not classes:
        return world
    chains = [chain for routes in classes for chain in routes]
    routes = np.cumsum([len(some) for some in classes]) + world.class_first[-1]
    firsts = np.cumsum([len(chain) for chain in chains]) + world.route_first[-1]
    return world._replace(
        class_first=np.concatenate([world.class_first, routes]).astype(np.int64),
        route_first=np.concatenate([world.route_first, firsts]).astype(np.int64),
        route_leg=np.concatenate([world.route_leg, np.array([leg for chain in chains for leg in chain], dtype=np.int64)]),
    )


Gate = Sequence[tuple[int, int, int]]
"""Legs that pass a gate: leg, ticks from its start until it is at the gate, ticks that it is there."""


def with_gates(world: World, gates: Sequence[Gate], width: int, rows: Sequence[Floats] | None = None) -> World:
    """The world with gates added behind its capacities: as many trips and packets pass as want to, in each period of `width` ticks.

    A gate is shut by a cut to nothing. `rows` are other figures by period.
    """
    if not gates:
        return world
    periods = -(-world.horizon // width)
    first = len(world.resource_width)
    uses = sorted((leg, first + number, offset, time) for number, gate in enumerate(gates) for leg, offset, time in gate)
    legs = np.array([use[0] for use in uses], dtype=np.int64)
    at = world.use_first[legs + 1]
    more = np.bincount(legs + 1, minlength=len(world.use_first))
    given = [np.full(periods, OPEN) for _ in gates] if rows is None else list(rows)
    return world._replace(
        use_first=(world.use_first + np.cumsum(more)).astype(np.int64),
        use_resource=np.insert(world.use_resource, at, [use[1] for use in uses]),
        use_offset=np.insert(world.use_offset, at, [use[2] for use in uses]),
        use_time=np.insert(world.use_time, at, [use[3] for use in uses]),
        use_quantity=np.insert(world.use_quantity, at, TRIP),
        use_factor=np.insert(world.use_factor, at, 1.0),
        resource_width=np.append(world.resource_width, np.full(len(gates), width, dtype=np.int64)),
        resource_first=np.append(world.resource_first, world.resource_first[-1] + periods * np.arange(1, len(gates) + 1)),
        capacity=np.concatenate([world.capacity, *given]),
    )


def with_closed(world: World, windows: dict[int, list[tuple[int, int]]], now: int) -> World:
    """The world with legs on which nobody who leaves from now on may be within windows of ticks."""
    legs, rows = sorted(windows), []
    for leg in legs:
        row = np.full(world.horizon, OPEN)
        for first, last in windows[leg]:
            row[max(now, first - int(world.leg_time[leg]) + 1) : max(now, last)] = 0.0
        rows.append(row)
    return with_gates(world, [[(leg, 0, 1)] for leg in legs], 1, rows)


Uses = Sequence[tuple[int, int, int, int, float]]
"""Capacity, offset, time, quantity and factor of each use."""


def with_legs(world: World, legs: Sequence[tuple[int, int, Uses]]) -> World:
    """The world with driven legs added: each like a given one, but with a time and uses of its own and no handling before it."""
    if not legs:
        return world
    like = np.array([leg for leg, _, _ in legs], dtype=np.int64)
    some = [use for _, _, uses in legs for use in uses]
    drawn = np.array([use[:4] for use in some], dtype=np.int64).reshape(len(some), 4)
    fleet = np.append(world.leg_fleet, np.full(len(legs), DRIVEN, dtype=np.int64))
    owner = np.where(fleet < 0, len(world.fleet_cost), fleet)
    return world._replace(
        leg_from=_more(world.leg_from, world.leg_from[like]),
        leg_to=_more(world.leg_to, world.leg_to[like]),
        leg_fleet=fleet,
        leg_time=_more(world.leg_time, [time for _, time, _ in legs]),
        leg_dwell=_more(world.leg_dwell, np.zeros(len(legs))),
        leg_space=_more(world.leg_space, world.leg_space[like]),
        leg_space_quantity=_more(world.leg_space_quantity, world.leg_space_quantity[like]),
        leg_cost=np.append(world.leg_cost, world.leg_cost[like]),
        use_first=_more(world.use_first, world.use_first[-1] + np.cumsum([len(uses) for _, _, uses in legs])),
        use_resource=_more(world.use_resource, drawn[:, 0]),
        use_offset=_more(world.use_offset, drawn[:, 1]),
        use_time=_more(world.use_time, drawn[:, 2]),
        use_quantity=_more(world.use_quantity, drawn[:, 3]),
        use_factor=np.append(world.use_factor, np.array([use[4] for use in some], dtype=np.float64)),
        fleet_leg_first=np.cumsum([0, *np.bincount(owner, minlength=len(world.fleet_cost) + 1)], dtype=np.int64),
        fleet_leg=np.argsort(owner, kind="stable").astype(np.int64),
    )


def _more(row: Ints, values: Sequence[int] | Ints | Floats) -> Ints:
    return np.append(row, np.asarray(values)).astype(np.int64)


def onward_chains(world: World, kind: int, begun: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Chains that begin with the legs that are done and go on, from the place where they end, as any route of the class does."""
    chains: dict[tuple[int, ...], None] = {}
    place = int(world.leg_to[begun[-1]])
    for route in range(int(world.class_first[kind]), int(world.class_first[kind + 1])):
        legs = legs_of(world, route)
        for number, leg in enumerate(legs):
            if int(world.leg_from[leg]) == place:
                chains[begun + legs[number:]] = None
    return tuple(chains)

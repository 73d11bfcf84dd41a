"""State of a dispatch, and how loads queue for their legs. All times are in ticks."""

from __future__ import annotations

from typing import NamedTuple

from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.heap import push
from casque.deployment.schedule.world import Choice, Floats, Ints, World

DETOUR = 24
"""Ticks by which another way may take longer than that for which a load waits."""
ROUTES = 1024
"""Routes of a class that a ticket can tell apart; the last number stands for the load's own way."""
MASKED = 62
"""Routes of a class that can be closed."""


class State(NamedTuple):
    """What a dispatch has settled so far. Queues hold tickets, one heap for each leg: a rank, and the route for which it stands there."""

    left: Floats
    heap: Ints
    heap_first: Ints
    heap_size: Ints
    coming: Ints
    """By leg: loads that will stand in its queue and do not yet."""
    try_at: Ints
    """By leg: tick before which asking again is of no use."""
    stage: Ints
    available: Ints
    """By load: tick from which it may leave on its next leg."""
    next_of: Ints
    first_at: Ints
    """By tick: first of the loads that join a queue then; the others follow in `next_of`."""
    waiting: Ints
    """By group: vehicles whose arrival is not yet known."""
    met: Ints
    """By group: arrival of the last of its vehicles."""
    gate: Ints
    """By group: first of the people who wait to hear when their vehicles arrive."""
    place: Ints
    free: Ints
    start: Ints
    trip: Ints
    arrival: Ints
    trip_leg: Ints
    trip_vehicle: Ints
    trip_start: Ints
    trips: Ints
    """One number: trips so far."""
    by_rank: Ints
    onward: Ints
    """By load: departure on the leg after the next, where it was fixed with it; -1 where it was not."""
    aside: Ints
    taken: Ints
    called: Ints
    """By load: 1 while it waits at its origin for the vehicle that calls it forward."""
    seen: Ints
    """By leg: the last round in which it was looked at."""
    rounds: Ints
    """One number: rounds so far, each a choice of one trip."""


@compiled
def leg_of(world: World, choice: Choice, state: State, load: int) -> int:
    """The next leg of a load."""
    return int(world.route_leg[world.route_first[choice.route[load]] + state.stage[load]])


@compiled
def closed(world: World, choice: Choice, load: int, route: int) -> bool:
    """Whether a free load does not take a route of its class."""
    number = route - world.class_first[world.load_class[load]]
    return bool(len(choice.closed) > 0 and number < MASKED and (choice.closed[load] >> number) & 1 == 1)


@compiled
def feeds(world: World, route: int) -> bool:
    """Whether a route begins with a way that draws on no capacity, to a vehicle that is waited for without any."""
    first = world.route_first[route]
    if world.route_first[route + 1] - first < 2:
        return False
    way, trip = world.route_leg[first], world.route_leg[first + 1]
    loose = world.leg_fleet[way] < 0 and world.use_first[way] == world.use_first[way + 1]
    return bool(loose and world.leg_fleet[trip] >= 0 and world.leg_space[trip] < 0)


@compiled
def callable_on(world: World, choice: Choice, load: int, route: int) -> bool:
    """Whether a load that waits at its origin may be called forward on a route of its class."""
    if not feeds(world, route) or closed(world, choice, load, route):
        return False
    trip = world.route_leg[world.route_first[route] + 1]
    number = route - world.class_first[world.load_class[load]]
    return bool(world.share[load, world.leg_fleet[trip]] <= 1.0 + 1e-9 and number < ROUTES - 1)


@compiled
def ready_for(world: World, state: State, load: int, route: int) -> int:
    """Tick from which a load can leave on the next leg of a route by vehicle."""
    if state.called[load] == 0:
        return int(state.available[load])
    way, trip = world.route_leg[world.route_first[route]], world.route_leg[world.route_first[route] + 1]
    return int(state.available[load] + world.leg_time[way] + world.leg_dwell[trip])


@compiled
def load_of(state: State, ticket: int) -> int:
    """The load of a ticket."""
    return int(state.by_rank[ticket // ROUTES])


@compiled
def via(world: World, choice: Choice, state: State, ticket: int, leg: int) -> int:
    """The route on which a load that waits may take a leg next: its own, or if it is free another of its class; -1 where it has gone."""
    load, number = load_of(state, ticket), ticket % ROUTES
    if state.arrival[load] >= 0:
        return -1
    if number < ROUTES - 1:
        return int(world.class_first[world.load_class[load]] + number) if state.called[load] == 1 else -1
    own, stage = choice.route[load], state.stage[load]
    if state.called[load] == 1 or world.route_first[own] + stage >= world.route_first[own + 1]:
        return -1
    if world.route_leg[world.route_first[own] + stage] == leg:
        return int(own)
    if choice.free[load] == 0:
        return -1
    for route in range(world.class_first[world.load_class[load]], world.class_first[world.load_class[load] + 1]):
        if branches(world, own, route, stage) and world.route_leg[world.route_first[route] + stage] == leg:
            return route
    return -1


@compiled
def branches(world: World, own: int, route: int, stage: int) -> bool:
    """Whether two routes have the same legs before a stage, and legs at it that are waited for in the same way.

    Who waits takes another way only where it brings him in about as soon as his own would without more waiting.
    """
    if world.route_first[route] + stage >= world.route_first[route + 1]:
        return False
    for number in range(stage):
        if world.route_leg[world.route_first[route] + number] != world.route_leg[world.route_first[own] + number]:
            return False
    mine, other = world.route_leg[world.route_first[own] + stage], world.route_leg[world.route_first[route] + stage]
    last = world.route_first[own] + stage + 1 == world.route_first[own + 1]
    also = world.route_first[route] + stage + 1 == world.route_first[route + 1]
    if behind(world, route, stage) > behind(world, own, stage) + DETOUR:
        return False
    alike = world.leg_space[mine] == world.leg_space[other] and world.leg_dwell[mine] == world.leg_dwell[other]
    return bool(alike and not (last or also))


@compiled
def behind(world: World, route: int, stage: int) -> int:
    """Ticks of a route from a stage on, without waiting."""
    total = 0
    for position in range(world.route_first[route] + stage, world.route_first[route + 1]):
        leg = world.route_leg[position]
        total += world.leg_dwell[leg] + world.leg_time[leg]
    return total


@compiled
def enqueue(choice: Choice, state: State, load: int, number: int, leg: int, now: int) -> None:
    """Put a load into the queue for a leg, on a route of its class or, with the last number, on its own way."""
    push(state.heap, state.heap_first[leg], state.heap_size[leg], choice.rank[load] * ROUTES + number)
    state.heap_size[leg] += 1
    state.try_at[leg] = min(state.try_at[leg], now)


@compiled
def join(world: World, choice: Choice, state: State, load: int, now: int) -> None:
    """Put a load into the queue for its next leg, and if it is free and waits for a vehicle for all others that it could take."""
    if state.called[load] == 1:
        first = world.class_first[world.load_class[load]]
        for route in range(first, world.class_first[world.load_class[load] + 1]):
            if callable_on(world, choice, load, route):
                leg = world.route_leg[world.route_first[route] + 1]
                state.coming[leg] -= 1
                enqueue(choice, state, load, route - first, leg, now)
        return
    own, leg, stage = choice.route[load], leg_of(world, choice, state, load), state.stage[load]
    state.coming[leg] -= 1
    enqueue(choice, state, load, ROUTES - 1, leg, now)
    if choice.free[load] == 0 or world.leg_fleet[leg] < 0:
        return
    first = world.class_first[world.load_class[load]]
    for route in range(first, world.class_first[world.load_class[load] + 1]):
        if not branches(world, own, route, stage):
            continue
        other, known = world.route_leg[world.route_first[route] + stage], False
        for before in range(first, route):
            known = known or (branches(world, own, before, stage) and world.route_leg[world.route_first[before] + stage] == other)
        fleet = world.leg_fleet[other]
        if not known and other != leg and (fleet < 0 or world.share[load, fleet] <= 1.0):
            enqueue(choice, state, load, ROUTES - 1, other, now)


@compiled
def stand_by(world: World, choice: Choice, state: State, load: int, now: int) -> None:
    """Put a load that will be called forward on the list of the tick from which a vehicle may look for it."""
    at = world.horizon
    for route in range(world.class_first[world.load_class[load]], world.class_first[world.load_class[load] + 1]):
        if callable_on(world, choice, load, route):
            look = world.fleet_look[world.leg_fleet[world.route_leg[world.route_first[route] + 1]]]
            at = min(at, ready_for(world, state, load, route) - look)
    at = max(now + 1, at)
    if at < world.horizon:
        state.next_of[load] = state.first_at[at]
        state.first_at[at] = load


@compiled
def call(world: World, choice: Choice, state: State, load: int) -> None:
    """Count a load that waits at its origin among those that come to each of the legs on which it may be called, not to its own."""
    state.coming[world.route_leg[world.route_first[choice.route[load]] + 1]] -= 1
    for route in range(world.class_first[world.load_class[load]], world.class_first[world.load_class[load] + 1]):
        if callable_on(world, choice, load, route):
            state.coming[world.route_leg[world.route_first[route] + 1]] += 1


@compiled
def line_up(world: World, choice: Choice, state: State, load: int, now: int) -> None:
    """Put a load on the list of the tick at which it joins the queue for its next leg; people whose vehicles are on the way wait."""
    if state.called[load] == 1:
        stand_by(world, choice, state, load, now)
        return
    route = choice.route[load]
    leg = leg_of(world, choice, state, load)
    if world.load_people[load] == 1 and world.route_first[route] + state.stage[load] == world.route_first[route + 1] - 1:
        group = world.load_group[load]
        if state.waiting[group] > 0:
            state.next_of[load] = state.gate[group]
            state.gate[group] = load
            return
        state.available[load] = max(state.available[load], state.met[group] - world.ahead - world.leg_time[leg])
    fleet = world.leg_fleet[leg]
    at = max(now + 1, state.available[load] - (world.fleet_look[fleet] if fleet >= 0 else 0))
    if at < world.horizon:
        state.next_of[load] = state.first_at[at]
        state.first_at[at] = load

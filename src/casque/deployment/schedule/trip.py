"""State of a dispatch, how loads queue for their legs, and how they leave by road. All times are in ticks."""

from __future__ import annotations

from typing import NamedTuple

from casque.deployment.schedule.booking import book, fits, has_space, leave_space, lodge, take_space
from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.heap import pop, push
from casque.deployment.schedule.world import Choice, Floats, Ints, World

GLANCE = 48
"""Loads that may be passed over, because they do not fit, before a queue is left for now."""


class State(NamedTuple):
    """What a dispatch has settled so far. Queues hold ranks, one heap for each leg."""

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


@compiled
def leg_of(world: World, choice: Choice, state: State, load: int) -> int:
    """The next leg of a load."""
    return int(world.route_leg[world.route_first[choice.route[load]] + state.stage[load]])


@compiled
def via(world: World, choice: Choice, state: State, load: int, leg: int) -> int:
    """A route on which a load that waits may take a leg next: its own, or if it is free another of its class; -1 where it has gone."""
    if state.arrival[load] >= 0:
        return -1
    own, stage = choice.route[load], state.stage[load]
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
    """Whether two routes have the same legs before a stage, and legs at it that are waited for in the same way."""
    if world.route_first[route] + stage >= world.route_first[route + 1]:
        return False
    for number in range(stage):
        if world.route_leg[world.route_first[route] + number] != world.route_leg[world.route_first[own] + number]:
            return False
    mine, other = world.route_leg[world.route_first[own] + stage], world.route_leg[world.route_first[route] + stage]
    last = world.route_first[own] + stage + 1 == world.route_first[own + 1]
    also = world.route_first[route] + stage + 1 == world.route_first[route + 1]
    return bool(
        world.leg_fleet[other] >= 0 and world.leg_space[mine] == world.leg_space[other] and world.leg_dwell[mine] == world.leg_dwell[other]
    ) and not (last or also)


@compiled
def enqueue(choice: Choice, state: State, load: int, leg: int, now: int) -> None:
    """Put a load into the queue for a leg."""
    push(state.heap, state.heap_first[leg], state.heap_size[leg], choice.rank[load])
    state.heap_size[leg] += 1
    state.try_at[leg] = min(state.try_at[leg], now)


@compiled
def join(world: World, choice: Choice, state: State, load: int, now: int) -> None:
    """Put a load into the queue for its next leg, and if it is free and waits for a vehicle for all others that it could take."""
    own, leg, stage = choice.route[load], leg_of(world, choice, state, load), state.stage[load]
    state.coming[leg] -= 1
    enqueue(choice, state, load, leg, now)
    if choice.free[load] == 0 or world.leg_fleet[leg] < 0:
        return
    first = world.class_first[world.load_class[load]]
    for route in range(first, world.class_first[world.load_class[load] + 1]):
        if not branches(world, own, route, stage):
            continue
        other, known = world.route_leg[world.route_first[route] + stage], False
        for before in range(first, route):
            known = known or (branches(world, own, before, stage) and world.route_leg[world.route_first[before] + stage] == other)
        if not known and other != leg and world.share[load, world.leg_fleet[other]] <= 1.0:
            enqueue(choice, state, load, other, now)


@compiled
def line_up(world: World, choice: Choice, state: State, load: int, now: int) -> None:
    """Put a load on the list of the tick at which it joins the queue for its next leg; people whose vehicles are on the way wait."""
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


@compiled
def leave(world: World, choice: Choice, state: State, load: int, start: int, trip: int, now: int) -> None:
    """Settle the departure of a load whose uses are booked, that of the next leg where it was fixed with it, and what follows."""
    while True:
        leg, stage, fixed = leg_of(world, choice, state, load), state.stage[load], state.onward[load]
        state.start[load, stage], state.trip[load, stage] = start, trip
        arrival = start + world.leg_time[leg]
        if stage > 0 and fixed != start:
            leave_space(world, state.left, leg, load, start)
        state.stage[load] = stage + 1
        route = choice.route[load]
        if world.route_first[route] + stage + 1 >= world.route_first[route + 1]:
            arrive(world, choice, state, load, arrival, now)
            return
        if fixed <= start:
            onward = leg_of(world, choice, state, load)
            state.available[load] = arrival + world.leg_dwell[onward]
            line_up(world, choice, state, load, now)
            return
        state.coming[leg_of(world, choice, state, load)] -= 1
        start, trip = fixed, -1


@compiled
def arrive(world: World, choice: Choice, state: State, load: int, arrival: int, now: int) -> None:
    """Note the arrival of a load; with the last vehicles of a group its people may line up for their last leg."""
    state.arrival[load] = arrival
    group = world.load_group[load]
    if world.load_people[load] == 0:
        state.waiting[group] -= 1
        state.met[group] = max(state.met[group], arrival)
        if state.waiting[group] == 0:
            people = state.gate[group]
            while people >= 0:
                following = state.next_of[people]
                line_up(world, choice, state, people, now)
                people = following


@compiled
def go_on(world: World, choice: Choice, state: State, load: int, arrival: int) -> bool:
    """Take the space to wait for the leg after the next, and fix the departure on it where it is driven; false where there is no space."""
    route = choice.route[load]
    following = world.route_first[route] + state.stage[load] + 1
    if following >= world.route_first[route + 1]:
        return True
    leg = world.route_leg[following]
    last = following + 1 == world.route_first[route + 1]
    gated = world.load_people[load] == 1 and last and world.group_vehicles[world.load_group[load]] > 0
    if choice.through[0] == 0 or world.leg_fleet[leg] >= 0 or gated or not last:
        if not has_space(world, state.left, leg, load, arrival):
            return False
        take_space(world, state.left, leg, load, arrival)
        return True
    start = arrival + world.leg_dwell[leg]
    while True:
        when = fits(world, state.left, leg, load, start, False)
        if when == start:
            break
        if when >= world.horizon:
            return False
        start = when
    if not lodge(world, state.left, leg, load, arrival, start, -1.0):
        return False
    book(world, state.left, leg, load, start, False, -1.0)
    state.onward[load] = start
    return True


@compiled
def go_back(world: World, choice: Choice, state: State, load: int, arrival: int) -> None:
    """Undo what `go_on` has taken."""
    route = choice.route[load]
    following = world.route_first[route] + state.stage[load] + 1
    if following >= world.route_first[route + 1]:
        return
    leg = world.route_leg[following]
    if state.onward[load] >= 0:
        lodge(world, state.left, leg, load, arrival, state.onward[load], 1.0)
        book(world, state.left, leg, load, state.onward[load], False, 1.0)
        state.onward[load] = -1
    elif world.leg_space[leg] >= 0:
        width = world.resource_width[world.leg_space[leg]]
        leave_space(world, state.left, leg, load, arrival // width * width)


@compiled
def drive(world: World, choice: Choice, state: State, leg: int, now: int) -> None:
    """Send off, in order of urgency, the loads that can drive now."""
    first, passed, again = state.heap_first[leg], 0, world.horizon
    while state.heap_size[leg] > 0 and passed < GLANCE:
        rank = pop(state.heap, first, state.heap_size[leg])
        state.heap_size[leg] -= 1
        load = state.by_rank[rank]
        when = fits(world, state.left, leg, load, now, False)
        if when == now:
            book(world, state.left, leg, load, now, False, -1.0)
            if go_on(world, choice, state, load, now + world.leg_time[leg]):
                leave(world, choice, state, load, now, -1, now)
                continue
            book(world, state.left, leg, load, now, False, 1.0)
        again = min(again, max(when, now + 1))
        state.aside[passed] = rank
        passed += 1
    for back in range(passed):
        push(state.heap, first, state.heap_size[leg], state.aside[back])
        state.heap_size[leg] += 1
    state.try_at[leg] = max(again, now + 1)

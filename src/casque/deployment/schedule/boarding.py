"""How loads leave by vehicle: the nearest idle one, what it takes aboard, and whether it waits to fill. All times are in ticks."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.booking import book, fits
from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.heap import pop, push
from casque.deployment.schedule.queues import ROUTES, State, load_of, ready_for, via
from casque.deployment.schedule.trip import GLANCE, go_back, go_on, leave
from casque.deployment.schedule.world import Choice, World

PATIENCE = 96
"""Ticks that a vehicle may be booked to wait for a place to be free for it."""
LATER = 6
"""Ticks after which a vehicle that is not full asks again, unless a load comes before."""


@compiled
def nearest(world: World, state: State, fleet: int, leg: int, now: int) -> tuple[int, int]:
    """The idle vehicle that can begin to load soonest, of those the one with the shortest way; and when."""
    best, soonest, way = -1, world.horizon, world.horizon
    for vehicle in range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1]):
        if state.free[vehicle] > now:
            continue
        empty = world.travel[fleet, state.place[vehicle], world.leg_from[leg]]
        start = max(now, state.free[vehicle] + empty)
        if start + world.leg_time[leg] <= world.vehicle_until[vehicle] and (start < soonest or (start == soonest and empty < way)):
            best, soonest, way = vehicle, start, empty
    return best, soonest


@compiled
def boarded(world: World, choice: Choice, state: State, fleet: int, leg: int, start: int) -> tuple[int, float, int, int, bool]:
    """Take aboard, in order of urgency, what can leave at a tick; how many, the room left, since when, when to ask again, more to come."""
    first, room, count, passed = state.heap_first[leg], 1.0, 0, 0
    since, again, more = start, world.horizon, state.coming[leg] > 0
    while state.heap_size[leg] > 0 and passed < GLANCE and room > 1e-6:
        ticket = pop(state.heap, first, state.heap_size[leg])
        state.heap_size[leg] -= 1
        load, route = load_of(state, ticket), via(world, choice, state, ticket, leg)
        if route < 0:
            continue
        choice.route[load] = route
        share, when = world.share[load, fleet], ready_for(world, state, load, route)
        if when > start:
            more = True
        elif share > room + 1e-9:
            when = world.horizon
        else:
            when = fits(world, state.left, leg, load, start, False)
            if when == start:
                book(world, state.left, leg, load, start, False, -1.0)
                since_then = ready_for(world, state, load, route)
                state.stage[load] += state.called[load]
                if go_on(world, choice, state, load, start + world.leg_time[leg]):
                    since = min(since, since_then)
                    room -= share
                    state.taken[count] = ticket
                    count += 1
                    continue
                state.stage[load] -= state.called[load]
                book(world, state.left, leg, load, start, False, 1.0)
            when, more = max(when, start + 1), True
        again = min(again, when)
        state.aside[passed] = ticket
        passed += 1
    for back in range(passed):
        push(state.heap, first, state.heap_size[leg], state.aside[back])
        state.heap_size[leg] += 1
    return count, room, since, again, more


@compiled
def unboard(world: World, choice: Choice, state: State, leg: int, start: int, count: int) -> None:
    """Undo what was taken aboard."""
    for back in range(count):
        load = load_of(state, state.taken[back])
        choice.route[load] = via(world, choice, state, state.taken[back], leg)
        book(world, state.left, leg, load, start, False, 1.0)
        go_back(world, choice, state, load, start + world.leg_time[leg])
        state.stage[load] -= state.called[load]
        push(state.heap, state.heap_first[leg], state.heap_size[leg], state.taken[back])
        state.heap_size[leg] += 1


@compiled
def worth(world: World, choice: Choice, state: State, fleet: int, count: int) -> float:
    """What those aboard are worth: their parts of the vehicle, each the less the later it comes in the order of urgency."""
    total, scale = 0.0, choice.eager[0] * len(choice.rank) * ROUTES
    for number in range(count):
        total += world.share[load_of(state, state.taken[number]), fleet] * np.exp(-state.taken[number] / scale)
    return total


@compiled
def embark(world: World, choice: Choice, state: State, fleet: int, leg: int, now: int, settle: bool, full: float) -> tuple[float, float]:
    """Plan one trip on a leg by the vehicle that can be there soonest, or note the tick to ask again where none should go now.

    Gives the worth of the trip by tick and how full it is. Without `settle` the trip is only looked at. A trip that is settled leaves
    with so much of its vehicle full, or with less the longer both the vehicle and a load have waited; a fullness of -1 says it did not.
    """
    vehicle, soonest = nearest(world, state, fleet, leg, now)
    if vehicle < 0:
        state.try_at[leg] = now + 1
        return 0.0, -1.0
    start = soonest
    while True:
        when = fits(world, state.left, leg, 0, start, True)
        if when == start:
            break
        start = when
        if start > soonest + PATIENCE or start + world.leg_time[leg] > world.vehicle_until[vehicle]:
            state.try_at[leg] = max(now + 1, start - PATIENCE - (soonest - now))
            return 0.0, -1.0
    count, room, since, again, more = boarded(world, choice, state, fleet, leg, start)
    if count == 0:
        state.try_at[leg] = max(now + 1, min(again - (start - now), now + PATIENCE))
        return 0.0, -1.0
    rate = worth(world, choice, state, fleet, count) / (start + world.leg_time[leg] - now)
    part = 1.0 - room if more else 1.0
    patient = max(1, min(choice.hold[fleet], world.leg_time[leg]))
    if not settle or part < full * (1.0 - (start - max(since, state.free[vehicle])) / patient):
        unboard(world, choice, state, leg, start, count)
        if part < full:
            state.try_at[leg] = max(now + 1, min(now + LATER, since + patient - (start - now)))
        return rate, -1.0 if settle else part
    trip = state.trips[0]
    state.trips[0] = trip + 1
    state.trip_leg[trip], state.trip_vehicle[trip], state.trip_start[trip] = leg, vehicle, start
    book(world, state.left, leg, 0, start, True, -1.0)
    state.free[vehicle], state.place[vehicle] = start + world.leg_time[leg], world.leg_to[leg]
    for number in range(count):
        leave(world, choice, state, load_of(state, state.taken[number]), start, trip, now)
    return rate, part

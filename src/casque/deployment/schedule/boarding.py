"""How loads leave by vehicle: the nearest idle one, what it takes aboard, and whether it waits to fill. All times are in ticks."""

from __future__ import annotations

from casque.deployment.schedule.booking import book, fits
from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.heap import pop, push
from casque.deployment.schedule.trip import GLANCE, State, go_back, go_on, leave, via
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
        rank = pop(state.heap, first, state.heap_size[leg])
        state.heap_size[leg] -= 1
        load = state.by_rank[rank]
        route = via(world, choice, state, load, leg)
        if route < 0:
            continue
        choice.route[load] = route
        share, when = world.share[load, fleet], state.available[load]
        if when > start:
            more = True
        elif share > room + 1e-9:
            when = world.horizon
        else:
            when = fits(world, state.left, leg, load, start, False)
            if when == start:
                book(world, state.left, leg, load, start, False, -1.0)
                if go_on(world, choice, state, load, start + world.leg_time[leg]):
                    since = min(since, state.available[load])
                    room -= share
                    state.taken[count] = rank
                    count += 1
                    continue
                book(world, state.left, leg, load, start, False, 1.0)
            when, more = max(when, start + 1), True
        again = min(again, when)
        state.aside[passed] = rank
        passed += 1
    for back in range(passed):
        push(state.heap, first, state.heap_size[leg], state.aside[back])
        state.heap_size[leg] += 1
    return count, room, since, again, more


@compiled
def unboard(world: World, choice: Choice, state: State, leg: int, start: int, count: int) -> None:
    """Undo what was taken aboard."""
    for back in range(count):
        load = state.by_rank[state.taken[back]]
        book(world, state.left, leg, load, start, False, 1.0)
        go_back(world, choice, state, load, start + world.leg_time[leg])
        push(state.heap, state.heap_first[leg], state.heap_size[leg], state.taken[back])
        state.heap_size[leg] += 1


@compiled
def embark(world: World, choice: Choice, state: State, fleet: int, leg: int, now: int) -> None:
    """Plan one trip on a leg by the vehicle that can be there soonest, or note the tick to ask again where none should go now."""
    vehicle, soonest = nearest(world, state, fleet, leg, now)
    if vehicle < 0:
        state.try_at[leg] = now + 1
        return
    start = soonest
    while True:
        when = fits(world, state.left, leg, 0, start, True)
        if when == start:
            break
        start = when
        if start > soonest + PATIENCE or start + world.leg_time[leg] > world.vehicle_until[vehicle]:
            state.try_at[leg] = max(now + 1, start - PATIENCE - (soonest - now))
            return
    count, room, since, again, more = boarded(world, choice, state, fleet, leg, start)
    if count == 0:
        state.try_at[leg] = max(now + 1, min(again - (start - now), now + PATIENCE))
        return
    if room > 1.0 - choice.fill[fleet] and more and start - since < choice.hold[fleet]:
        unboard(world, choice, state, leg, start, count)
        state.try_at[leg] = max(now + 1, min(now + LATER, since + choice.hold[fleet] - (start - now)))
        return
    trip = state.trips[0]
    state.trips[0] = trip + 1
    state.trip_leg[trip], state.trip_vehicle[trip], state.trip_start[trip] = leg, vehicle, start
    book(world, state.left, leg, 0, start, True, -1.0)
    state.free[vehicle], state.place[vehicle] = start + world.leg_time[leg], world.leg_to[leg]
    for number in range(count):
        leave(world, choice, state, state.by_rank[state.taken[number]], start, trip, now)

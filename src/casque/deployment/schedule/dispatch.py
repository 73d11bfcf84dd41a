"""Dispatch: forward through time, every vehicle and every road to the most urgent loads that wait for it, within all capacities."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.boarding import embark
from casque.deployment.schedule.compilation import compiled, kept
from casque.deployment.schedule.heap import pop
from casque.deployment.schedule.queues import State, call, join, line_up, via
from casque.deployment.schedule.trip import drive
from casque.deployment.schedule.world import Choice, Ints, Plan, World

WIDTH = 8
"""Trips with a full vehicle that are looked at before one is chosen."""
PAUSE = 24
"""Ticks between two looks at whether everything has been sent off."""


def waits_at_origin(world: World, choice: Choice) -> Ints:
    """By load: 1 where it is free and begins with a way that draws on no capacity, so that it waits to be called forward."""
    first = world.route_first[:-1]
    way, trip = world.route_leg[first], world.route_leg[np.minimum(first + 1, len(world.route_leg) - 1)]
    loose = (world.leg_fleet[way] < 0) & (world.use_first[way] == world.use_first[way + 1])
    feeds = loose & (np.diff(world.route_first) >= 2) & (world.leg_fleet[trip] >= 0) & (world.leg_space[trip] < 0)
    return np.where(feeds[choice.route], choice.free, 0).astype(np.int64)


def opened(world: World, choice: Choice) -> State:
    """The state before anything has left."""
    loads, legs = len(world.load_group), len(world.leg_from)
    taken = np.bincount(choice.route, minlength=len(world.route_first) - 1)
    lengths = np.diff(world.route_first)
    # A load that is free may change to a longer route of its class.
    longest = np.maximum.reduceat(lengths, world.class_first[:-1])[world.load_class]
    most, total = int(longest.max(initial=1)), int(longest.sum())
    called = waits_at_origin(world, choice)
    coming = np.bincount(world.route_leg, weights=np.repeat(taken, lengths), minlength=legs).astype(np.int64)
    kinds = np.bincount(world.load_class, minlength=len(world.class_first) - 1)
    owner = np.repeat(np.repeat(np.arange(len(kinds)), np.diff(world.class_first)), lengths)
    pairs = np.unique((owner * legs + world.route_leg)[kinds[owner] > 0])
    room = np.bincount(pairs % legs, weights=kinds[pairs // legs], minlength=legs).astype(np.int64)
    heap_first = np.concatenate([[0], np.cumsum(room)]).astype(np.int64)
    by_rank = np.empty(loads, dtype=np.int64)
    by_rank[choice.rank] = np.arange(loads)
    return State(
        world.capacity.copy(),
        np.empty(int(heap_first[-1]) + 1, dtype=np.int64),
        heap_first,
        np.zeros(legs, dtype=np.int64),
        coming,
        np.zeros(legs, dtype=np.int64),
        np.zeros(loads, dtype=np.int64),
        np.maximum(choice.release, world.load_ready),
        np.full(loads, -1, dtype=np.int64),
        np.full(world.horizon, -1, dtype=np.int64),
        world.group_vehicles.copy(),
        np.zeros(len(world.group_due), dtype=np.int64),
        np.full(len(world.group_due), -1, dtype=np.int64),
        world.vehicle_place.copy(),
        world.vehicle_from.copy(),
        np.full((loads, most), -1, dtype=np.int64),
        np.full((loads, most), -1, dtype=np.int64),
        np.full(loads, -1, dtype=np.int64),
        np.empty(total + 1, dtype=np.int64),
        np.empty(total + 1, dtype=np.int64),
        np.empty(total + 1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
        by_rank,
        np.full(loads, -1, dtype=np.int64),
        np.empty(64, dtype=np.int64),
        np.empty(loads + 1, dtype=np.int64),
        called,
        np.full(legs, -1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@compiled
def most_urgent(world: World, choice: Choice, state: State, fleet: int, now: int) -> int:
    """The leg of a fleet whose queue begins with the most urgent load, of those worth asking in this round; -1 for none."""
    best, least = -1, 0
    for position in range(world.fleet_leg_first[fleet], world.fleet_leg_first[fleet + 1]):
        leg = world.fleet_leg[position]
        if state.heap_size[leg] == 0 or state.try_at[leg] > now or state.seen[leg] == state.rounds[0]:
            continue
        first = state.heap_first[leg]
        while state.heap_size[leg] > 0 and via(world, choice, state, state.heap[first], leg) < 0:
            pop(state.heap, first, state.heap_size[leg])
            state.heap_size[leg] -= 1
        if state.heap_size[leg] > 0 and (best < 0 or state.heap[first] < least):
            best, least = leg, state.heap[first]
    return best


@compiled
def any_idle(world: World, state: State, fleet: int, now: int) -> bool:
    """Whether a vehicle of a fleet waits."""
    for vehicle in range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1]):
        if state.free[vehicle] <= now and world.vehicle_until[vehicle] > now:
            return True
    return False


@compiled
def serve(world: World, choice: Choice, state: State, fleet: int, now: int) -> None:
    """Plan trips of a fleet as long as a vehicle is idle and a queue wants one: the worthiest that fills, else the fullest."""
    full = choice.fill[fleet]
    while any_idle(world, state, fleet, now):
        state.rounds[0] += 1
        filled, most, partly, fullest, looked = -1, 0.0, -1, 0.0, 0
        while looked < WIDTH:
            leg = most_urgent(world, choice, state, fleet, now)
            if leg < 0:
                break
            state.seen[leg] = state.rounds[0]
            rate, part = embark(world, choice, state, fleet, leg, now, False, full)
            if part >= full:
                looked += 1
                if rate > most:
                    filled, most = leg, rate
            elif part > fullest:
                partly, fullest = leg, part
        chosen = filled if filled >= 0 else partly
        if chosen < 0 or embark(world, choice, state, fleet, chosen, now, True, full)[1] < 0.0:
            return


@compiled
def all_in(state: State) -> bool:
    """Whether the last departure of every load is settled."""
    load = 0
    while load < len(state.arrival) and state.arrival[load] >= 0:
        load += 1
    return load == len(state.arrival)


@kept
def run(world: World, choice: Choice, state: State, begin: int) -> None:
    """Dispatch from a tick on everything that has not arrived in the given state."""
    fleets = len(world.fleet_vehicle_first) - 1
    for load in range(len(world.load_group)):
        if state.stage[load] > 0:
            state.called[load] = 0
        if state.called[load] == 1:
            call(world, choice, state, load)
        if state.arrival[load] < 0:
            line_up(world, choice, state, load, begin - 1)
    for now in range(begin, world.horizon):
        if (now - begin) % PAUSE == 0 and all_in(state):
            break
        load = state.first_at[now]
        while load >= 0:
            following = state.next_of[load]
            join(world, choice, state, load, now)
            load = following
        state.rounds[0] += 1
        while True:
            leg = most_urgent(world, choice, state, fleets, now)
            if leg < 0:
                break
            drive(world, choice, state, leg, now)
        for fleet in range(fleets):
            serve(world, choice, state, fleet, now)


def dispatch(world: World, choice: Choice) -> Plan:
    """A schedule that keeps every capacity in every period; what does not arrive within the horizon is left behind."""
    choice = choice._replace(route=choice.route.copy())
    state = opened(world, choice)
    run(world, choice, state, 0)
    count = int(state.trips[0])
    trips = (some[:count] for some in (state.trip_leg, state.trip_vehicle, state.trip_start))
    return Plan(choice.route, state.start, state.trip, state.arrival, *trips)

"""Dispatch: forward through time, every vehicle and every road to the most urgent loads that wait for it, within all capacities."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.boarding import embark
from casque.deployment.schedule.compilation import compiled, kept
from casque.deployment.schedule.trip import State, drive, join, line_up
from casque.deployment.schedule.world import Choice, Plan, World


def opened(world: World, choice: Choice) -> State:
    """The state before anything has left."""
    loads, legs = len(world.load_group), len(world.leg_from)
    taken = np.bincount(choice.route, minlength=len(world.route_first) - 1)
    lengths = np.diff(world.route_first)
    most, total = int(lengths[choice.route].max(initial=1)), int((taken * lengths).sum())
    coming = np.bincount(world.route_leg, weights=np.repeat(taken, lengths), minlength=legs).astype(np.int64)
    kinds = np.bincount(world.load_class, minlength=len(world.class_first) - 1)
    owner = np.repeat(np.repeat(np.arange(len(kinds)), np.diff(world.class_first)), lengths)
    pairs = np.unique(owner * legs + world.route_leg)
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
    )


@compiled
def most_urgent(world: World, state: State, fleet: int, now: int) -> int:
    """The leg of a fleet whose queue begins with the most urgent load, of those worth asking; -1 for none."""
    best, rank = -1, len(world.load_group)
    for position in range(world.fleet_leg_first[fleet], world.fleet_leg_first[fleet + 1]):
        leg = world.fleet_leg[position]
        if state.heap_size[leg] > 0 and state.try_at[leg] <= now and state.heap[state.heap_first[leg]] < rank:
            best, rank = leg, state.heap[state.heap_first[leg]]
    return best


@compiled
def serve(world: World, choice: Choice, state: State, fleet: int, now: int) -> None:
    """Plan trips of a fleet as long as a vehicle is idle and a queue wants one."""
    while True:
        idle = False
        for vehicle in range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1]):
            if state.free[vehicle] <= now and world.vehicle_until[vehicle] > now:
                idle = True
                break
        if not idle:
            return
        leg = most_urgent(world, state, fleet, now)
        if leg < 0:
            return
        embark(world, choice, state, fleet, leg, now)


@kept
def run(world: World, choice: Choice, state: State) -> None:
    """Dispatch everything from the opening state on."""
    fleets = len(world.fleet_vehicle_first) - 1
    for load in range(len(world.load_group)):
        line_up(world, choice, state, load, -1)
    for now in range(world.horizon):
        load = state.first_at[now]
        while load >= 0:
            following = state.next_of[load]
            join(world, choice, state, load, now)
            load = following
        while True:
            leg = most_urgent(world, state, fleets, now)
            if leg < 0:
                break
            drive(world, choice, state, leg, now)
        for fleet in range(fleets):
            serve(world, choice, state, fleet, now)


def dispatch(world: World, choice: Choice) -> Plan:
    """A schedule that keeps every capacity in every period; what does not arrive within the horizon is left behind."""
    choice = choice._replace(route=choice.route.copy())
    state = opened(world, choice)
    run(world, choice, state)
    count = int(state.trips[0])
    trips = (some[:count] for some in (state.trip_leg, state.trip_vehicle, state.trip_start))
    return Plan(choice.route, state.start, state.trip, state.arrival, *trips)

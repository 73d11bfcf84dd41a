"""Replay of an announced plan in a world that has changed: which departures still hold, departure after departure. Times are in ticks."""

from __future__ import annotations

from typing import NamedTuple

from casque.deployment.execution.compilation import kept
from casque.deployment.schedule.booking import SLACK, book, fits, has_space, lodge, take_space, used
from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.world import Floats, Ints, World

FREE, LATE, VEHICLE, CAPACITY, SPACE, WAITS = range(6)
"""Why a departure does not hold: it does; the load is not there; no vehicle; a capacity; no space to wait at the other end; people who
wait for word of their vehicles."""


class Replay(NamedTuple):
    """What was announced, and what of it still holds."""

    now: int
    route: Ints
    start: Ints
    trip: Ints
    trip_leg: Ints
    trip_start: Ints
    done: Ints
    """By load: legs that it has begun."""
    late: Ints
    """By load: tick before which it does not leave where it is."""
    load_of: Ints
    """Announced departures that are still to come, in order of time: load."""
    stage_of: Ints
    """Announced departures: place of the leg in its route."""
    begun: Ints
    """By trip: 1 where it has begun."""
    turn_first: Ints
    turn: Ints
    """Trips still to come by vehicle, in order of time."""
    out_first: Ints
    out_last: Ints
    place: Ints
    """By vehicle: where it is when its trips under way have ended."""
    free: Ints
    at: Ints
    """Working copy of `place`."""
    since: Ints
    """Working copy of `free`."""
    broken: Ints
    """By load: first leg that no longer goes as announced; as many as its route has where all do."""
    dropped: Ints
    """By trip: 1 where it no longer goes."""
    state: Ints
    """By trip: 0 not looked at, 1 goes."""
    aboard: Ints
    vehicle: Ints
    """By trip: vehicle that goes."""
    given: Ints
    """By trip: vehicle that was announced."""
    why: Ints
    """By load: why it has to be planned again."""
    what: Ints
    """By load: the capacity, or the vehicle, that is missing; -1 for none."""
    lacks: Ints
    """By trip: the vehicle or, behind all vehicles, the capacity that it lacks."""
    left: Floats
    """What is left of the capacities."""


@compiled
def next_turn(replay: Replay, vehicle: int, start: int) -> int:
    """The next trip that a vehicle is announced for from a tick on and that is not dropped; -1 for none."""
    for position in range(replay.turn_first[vehicle], replay.turn_first[vehicle + 1]):
        trip = replay.turn[position]
        if replay.trip_start[trip] >= start and replay.dropped[trip] == 0 and (replay.state[trip] == 0 or replay.vehicle[trip] == vehicle):
            return int(trip)
    return -1


@compiled
def able(world: World, replay: Replay, fleet: int, vehicle: int, trip: int) -> bool:
    """Whether a vehicle can take a trip from where it is."""
    leg, start = replay.trip_leg[trip], replay.trip_start[trip]
    end = start + world.leg_time[leg]
    if end > world.vehicle_until[vehicle] or (start < replay.out_last[vehicle] and end > replay.out_first[vehicle]):
        return False
    return bool(start >= replay.since[vehicle] + world.travel[fleet, replay.at[vehicle], world.leg_from[leg]])


@compiled
def spare(world: World, replay: Replay, fleet: int, trip: int) -> int:
    """Another vehicle of the fleet that can take a trip and be back in time for its own next one; -1 for none."""
    leg, start = replay.trip_leg[trip], replay.trip_start[trip]
    end, node = start + world.leg_time[leg], world.leg_to[leg]
    for vehicle in range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1]):
        from_now = max(replay.now, replay.since[vehicle]) + world.travel[fleet, replay.at[vehicle], world.leg_from[leg]]
        if from_now > start or not able(world, replay, fleet, vehicle, trip):
            continue
        following = next_turn(replay, vehicle, start)
        if following < 0 or replay.trip_start[following] >= end + world.travel[fleet, node, world.leg_from[replay.trip_leg[following]]]:
            return vehicle
    return -1


@compiled
def short_of(world: World, left: Floats, leg: int, load: int, start: int, trip: bool) -> int:
    """The capacity that keeps a load, or with `trip` the trip as a whole, from leaving at a tick; -1 for none."""
    for use in range(world.use_first[leg], world.use_first[leg + 1]):
        amount = used(world, leg, use, load, trip)
        resource, begin = world.use_resource[use], start + world.use_offset[use]
        width, base = world.resource_width[resource], world.resource_first[resource]
        for period in range(begin // width, (begin + world.use_time[use] - 1) // width + 1):
            if amount > 0.0 and (base + period >= world.resource_first[resource + 1] or left[base + period] + SLACK < amount):
                return int(resource)
    return -1


@compiled
def breaks(replay: Replay, load: int, why: int, what: int) -> bool:
    """Note why a departure does not hold; false."""
    replay.why[load], replay.what[load] = why, what
    return False


@compiled
def goes(world: World, replay: Replay, trip: int) -> bool:
    """Whether a trip goes at its announced time, with its own vehicle or a spare one; books it where it does."""
    if replay.state[trip] == 1:
        return True
    if replay.dropped[trip] == 1:
        return False
    leg, start = replay.trip_leg[trip], replay.trip_start[trip]
    fleet, vehicle = world.leg_fleet[leg], replay.given[trip]
    if not able(world, replay, fleet, vehicle, trip):
        vehicle = spare(world, replay, fleet, trip)
    if vehicle < 0 or fits(world, replay.left, leg, 0, start, True) != start:
        replay.dropped[trip] = 1
        replay.lacks[trip] = replay.given[trip] if vehicle < 0 else len(replay.place) + short_of(world, replay.left, leg, 0, start, True)
        replay.since[replay.given[trip]] = max(replay.since[replay.given[trip]], replay.now)
        return False
    book(world, replay.left, leg, 0, start, True, -1.0)
    if vehicle != replay.given[trip]:
        replay.since[replay.given[trip]] = max(replay.since[replay.given[trip]], replay.now)
    replay.state[trip], replay.vehicle[trip] = 1, vehicle
    replay.at[vehicle], replay.since[vehicle] = world.leg_to[leg], start + world.leg_time[leg]
    return True


@compiled
def occupy(world: World, left: Floats, leg: int, load: int, arrival: int, departure: int) -> None:
    """Take the space to wait for a leg between two ticks, whether or not there is any."""
    resource = world.leg_space[leg]
    if resource >= 0:
        amount, width = world.load_amount[load, world.leg_space_quantity[leg]], world.resource_width[resource]
        behind = min(world.resource_first[resource] + (departure + width - 1) // width, world.resource_first[resource + 1])
        for period in range(world.resource_first[resource] + arrival // width, behind):
            left[period] -= amount


@compiled
def facts(world: World, replay: Replay, bare: bool) -> None:
    """Book what has begun. Who waits, or is on the way to wait, holds his space until he leaves; with `bare` only until now."""
    for trip in range(len(replay.trip_leg)):
        if replay.begun[trip] == 1:
            book(world, replay.left, replay.trip_leg[trip], 0, replay.trip_start[trip], True, -1.0)
    for load in range(len(replay.route)):
        first, arrival = world.route_first[replay.route[load]], 0
        for stage in range(replay.done[load]):
            leg, start = world.route_leg[first + stage], replay.start[load, stage]
            book(world, replay.left, leg, load, start, False, -1.0)
            if stage > 0:
                occupy(world, replay.left, leg, load, arrival, start)
            arrival = start + world.leg_time[leg]
        stage = replay.done[load]
        if stage > 0 and first + stage < world.route_first[replay.route[load] + 1]:
            leg = world.route_leg[first + stage]
            if bare:
                occupy(world, replay.left, leg, load, arrival, replay.now)
            elif replay.broken[load] == stage:
                take_space(world, replay.left, leg, load, arrival)
            else:
                occupy(world, replay.left, leg, load, arrival, replay.start[load, stage])


@compiled
def holds(world: World, replay: Replay, load: int, stage: int) -> bool:
    """Whether a load leaves on a leg as announced; books it, and the space to wait for the next, where it does."""
    first, start = world.route_first[replay.route[load]], replay.start[load, stage]
    leg = world.route_leg[first + stage]
    there = world.load_ready[load]
    if stage > 0:
        there = replay.start[load, stage - 1] + world.leg_time[world.route_leg[first + stage - 1]]
    if start < there + world.leg_dwell[leg] or (stage == replay.done[load] and start < replay.late[load]):
        return breaks(replay, load, LATE, -1)
    trip = replay.trip[load, stage]
    if trip >= 0 and not goes(world, replay, trip):
        lacks, vehicles = replay.lacks[trip], len(replay.place)
        return breaks(replay, load, VEHICLE, lacks) if lacks < vehicles else breaks(replay, load, CAPACITY, lacks - vehicles)
    if fits(world, replay.left, leg, load, start, False) != start:
        return breaks(replay, load, CAPACITY, short_of(world, replay.left, leg, load, start, False))
    if first + stage + 1 < world.route_first[replay.route[load] + 1]:
        following, arrival = world.route_leg[first + stage + 1], start + world.leg_time[leg]
        if replay.broken[load] > stage + 1:
            if not lodge(world, replay.left, following, load, arrival, replay.start[load, stage + 1], -1.0):
                return breaks(replay, load, SPACE, world.leg_space[following])
        elif has_space(world, replay.left, following, load, arrival):
            take_space(world, replay.left, following, load, arrival)
        else:
            return breaks(replay, load, SPACE, world.leg_space[following])
    book(world, replay.left, leg, load, start, False, -1.0)
    if trip >= 0:
        replay.aboard[trip] += 1
    return True


@kept
def replayed(world: World, replay: Replay, bare: bool) -> bool:
    """Go through the announced departures once; true where all that were still thought to hold do. With `bare` only the facts are booked.

    `broken` and `dropped` are carried on: what does not hold once is not tried again. The other working arrays come in as at the start.
    """
    facts(world, replay, bare)
    if bare:
        return True
    settled = True
    for number in range(len(replay.load_of)):
        load, stage = replay.load_of[number], replay.stage_of[number]
        if replay.broken[load] <= stage:
            continue
        if not holds(world, replay, load, stage):
            replay.broken[load] = stage
            settled = False
    for trip in range(len(replay.trip_leg)):
        if replay.begun[trip] == 0 and replay.dropped[trip] == 0 and replay.aboard[trip] == 0:
            replay.dropped[trip] = 1
            settled = False
    return settled

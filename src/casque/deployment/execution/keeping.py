"""What of an announced plan still holds, what is left of the capacities beside it, and who has to be planned again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casque.deployment.execution.replay import WAITS, Replay, replayed
from casque.deployment.execution.state import Standing
from casque.deployment.schedule.world import Ints, World


class Kept(NamedTuple):
    """A part of the announced plan that can be carried out in the world as it is."""

    replay: Replay
    """The departures that hold: those before `replay.broken`, on the trips that are begun or have `replay.state` 1."""
    lengths: Ints
    """By load: legs of its announced route."""

    @property
    def open(self) -> Ints:
        """Loads that have to be planned again from some place on."""
        return np.flatnonzero(self.replay.broken < self.lengths)


def settled_facts(standing: Standing) -> Standing:
    """The same with capacities never below what has moved takes of them, so that facts are no faults."""
    replay = _replay(standing, standing.now)
    _once(standing.world, replay, True)
    short = np.minimum(replay.left, 0.0)
    if not (short < 0.0).any():
        return standing
    return standing._replace(world=standing.world._replace(capacity=standing.world.capacity - short))


def kept(standing: Standing, until: int) -> Kept:
    """The announced departures before a tick that still hold, none of which asks for one that does not.

    A departure holds where its load, its vehicle or another of the same fleet, and every capacity are there in time. Trips that nobody
    is left to board are dropped. People do not leave on their last leg before it is known when their vehicles come in.
    """
    world, replay = standing.world, _replay(standing, until)
    lengths = np.diff(world.route_first)[standing.plan.route]
    while True:
        while not _once(world, replay, False):
            pass
        early = _too_early(world, standing, replay, lengths)
        if not early.any():
            return Kept(replay, lengths)
        replay.broken[early] = lengths[early] - 1
        replay.why[early] = WAITS


def _once(world: World, replay: Replay, bare: bool) -> bool:
    replay.left[:] = world.capacity
    replay.at[:], replay.since[:] = replay.place, replay.free
    replay.state[:], replay.aboard[:] = 0, 0
    return replayed(world, replay, bare)


def _replay(standing: Standing, until: int) -> Replay:
    world, plan, now, done = standing.world, standing.plan, standing.now, standing.done
    lengths = np.diff(world.route_first)[plan.route]
    columns = np.arange(plan.start.shape[1])[None, :]
    whole = (columns < lengths[:, None]) & ((plan.start >= now) & (plan.start < until) | (columns < done[:, None]))
    broken = np.cumprod(whole, axis=1).sum(axis=1).astype(np.int64)
    coming = (columns < broken[:, None]) & (columns >= done[:, None])
    loads, stages = np.nonzero(coming)
    order = np.lexsort((loads, stages, plan.start[loads, stages]))
    trips = len(plan.trip_leg)
    begun = np.zeros(trips, dtype=np.int64)
    taken = plan.trip[columns.repeat(world.loads, axis=0) < done[:, None]]
    begun[taken[taken >= 0]] = 1
    place, free = _vehicles(world, standing, begun)
    ahead = np.flatnonzero(begun == 0)
    turn = ahead[np.lexsort((ahead, plan.trip_start[ahead], plan.trip_vehicle[ahead]))]
    counts = np.bincount(plan.trip_vehicle[turn], minlength=len(place))
    return Replay(
        now=now,
        route=plan.route,
        start=plan.start,
        trip=plan.trip,
        trip_leg=plan.trip_leg,
        trip_start=plan.trip_start,
        done=done,
        late=standing.late,
        load_of=loads[order].astype(np.int64),
        stage_of=stages[order].astype(np.int64),
        begun=begun,
        turn_first=np.cumsum([0, *counts], dtype=np.int64),
        turn=turn.astype(np.int64),
        out_first=standing.out_first,
        out_last=standing.out_last,
        place=place,
        free=free,
        at=place.copy(),
        since=free.copy(),
        broken=broken,
        dropped=(1 - begun).astype(np.int64) * ((plan.trip_start < now) | (plan.trip_start >= until)).astype(np.int64),
        state=np.zeros(trips, dtype=np.int64),
        aboard=np.zeros(trips, dtype=np.int64),
        vehicle=plan.trip_vehicle.copy(),
        given=plan.trip_vehicle,
        why=np.zeros(world.loads, dtype=np.int64),
        what=np.full(world.loads, -1, dtype=np.int64),
        lacks=np.full(trips, -1, dtype=np.int64),
        left=np.zeros(len(world.capacity)),
    )


def _vehicles(world: World, standing: Standing, begun: Ints) -> tuple[Ints, Ints]:
    """Where and when each vehicle comes free after the trips that have begun."""
    plan = standing.plan
    place, free = world.vehicle_place.copy(), world.vehicle_from.copy()
    trips = np.flatnonzero(begun)
    trips = trips[np.argsort(plan.trip_start[trips], kind="stable")]
    place[plan.trip_vehicle[trips]] = world.leg_to[plan.trip_leg[trips]]
    free[plan.trip_vehicle[trips]] = plan.trip_start[trips] + world.leg_time[plan.trip_leg[trips]]
    return place, free


def _too_early(world: World, standing: Standing, replay: Replay, lengths: Ints) -> NDArray[np.bool_]:
    """People who would leave on their last leg with no word yet of their vehicles, or too long before them."""
    whole = replay.broken == lengths
    last = np.zeros(len(world.group_due), dtype=np.int64)
    missing = np.zeros(len(world.group_due), dtype=np.bool_)
    vehicles, people = world.load_people == 0, world.load_people == 1
    np.maximum.at(last, world.load_group[vehicles & whole], standing.plan.arrival[vehicles & whole])
    missing[world.load_group[vehicles & ~whole]] = True
    early = missing[world.load_group] | (standing.plan.arrival < last[world.load_group] - world.ahead)
    gated: NDArray[np.bool_] = people & whole & (standing.done < lengths) & early & (world.group_vehicles[world.load_group] > 0)
    return gated

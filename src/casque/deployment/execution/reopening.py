"""What has to be planned again, opened to every way on: classes of routes from where loads are, and the gaps in the days of vehicles."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from casque.deployment.execution.keeping import Kept
from casque.deployment.execution.state import Standing
from casque.deployment.execution.widening import legs_of, onward_chains, with_classes
from casque.deployment.schedule.world import Ints, World


class Reopened(NamedTuple):
    """A problem that begins with what is kept of an announced plan."""

    world: World
    """The world, with a class of routes for each way that loads to be planned again have come so far."""
    route: Ints
    """By load: the route with the legs of its announced one."""
    fleet_vehicle_first: Ints
    """Windows by fleet."""
    vehicle: Ints
    """By window: vehicle that has time there."""
    place: Ints
    """By window: where the vehicle is when it begins."""
    begin: Ints
    end: Ints
    """By window: tick by which the last trip in it has ended."""


def reopened(standing: Standing, kept: Kept) -> Reopened:
    """The problem with everything open that is not kept."""
    world, route = _classes(standing, kept)
    windows = _windows(standing, kept, _wanted(world, kept))
    table = np.array([row for fleet in windows for row in fleet], dtype=np.int64).reshape(-1, 4)
    firsts = np.cumsum([0, *(len(fleet) for fleet in windows)], dtype=np.int64)
    return Reopened(world, route, firsts, *(table[:, number].copy() for number in range(4)))


def _classes(standing: Standing, kept: Kept) -> tuple[World, Ints]:
    world, plan, broken = standing.world, standing.plan, kept.replay.broken
    route, kinds = plan.route.copy(), world.load_class.copy()
    known: dict[tuple[int, int, int], tuple[int, int]] = {}
    classes: list[tuple[tuple[int, ...], ...]] = []
    routes = len(world.route_first) - 1
    for load in kept.open.tolist():
        stage = int(broken[load])
        if stage == 0:
            continue
        key = (int(kinds[load]), int(route[load]), stage)
        if key not in known:
            legs = legs_of(world, key[1])
            others = (chain for chain in onward_chains(world, key[0], legs[:stage]) if chain != legs)
            classes.append((legs, *others))
            known[key] = (len(world.class_first) + len(classes) - 2, routes)
            routes += len(classes[-1])
        kinds[load], route[load] = known[key]
    return with_classes(world, classes)._replace(load_class=kinds), route


def _wanted(world: World, kept: Kept) -> set[int]:
    """Fleets on any way that is open to loads to be planned again."""
    result: set[int] = set()
    for kind in np.unique(world.load_class[kept.open]).tolist():
        routes = world.route_first[[world.class_first[kind], world.class_first[kind + 1]]]
        result.update(world.leg_fleet[world.route_leg[routes[0] : routes[1]]].tolist())
    return result


def _windows(standing: Standing, kept: Kept, wanted: set[int]) -> list[list[tuple[int, int, int, int]]]:
    """By fleet: vehicle, place, begin and end of each stretch in which a vehicle can take trips beside those that are kept.

    Before a kept trip a window ends soon enough to come back from the farthest end of a leg of its fleet. Fleets that nobody wants have
    none.
    """
    world, replay, plan, now = standing.world, kept.replay, standing.plan, standing.now
    going = np.flatnonzero((replay.state == 1) & (replay.begun == 0))
    going = going[np.lexsort((plan.trip_start[going], replay.vehicle[going]))]
    mine = np.searchsorted(replay.vehicle[going], np.arange(len(world.vehicle_place) + 1))
    result: list[list[tuple[int, int, int, int]]] = []
    for fleet in range(len(world.fleet_cost)):
        if fleet not in wanted:
            result.append([])
            continue
        legs = world.fleet_leg[world.fleet_leg_first[fleet] : world.fleet_leg_first[fleet + 1]]
        back = world.travel[fleet][world.leg_to[legs]].max(axis=0, initial=0)
        least = int(world.leg_time[legs].min(initial=1))
        rows: list[tuple[int, int, int, int]] = []
        for vehicle in range(int(world.fleet_vehicle_first[fleet]), int(world.fleet_vehicle_first[fleet + 1])):
            place, free = int(replay.place[vehicle]), int(replay.free[vehicle])
            for trip in [*going[mine[vehicle] : mine[vehicle + 1]].tolist(), -1]:
                leg = int(plan.trip_leg[trip]) if trip >= 0 else -1
                start = int(plan.trip_start[trip]) if trip >= 0 else 0
                until = start - int(back[world.leg_from[leg]]) if trip >= 0 else int(world.vehicle_until[vehicle])
                begin = max(free, now)
                first, last = int(standing.out_first[vehicle]), int(standing.out_last[vehicle])
                if begin < last and until > first:
                    begin = max(begin, last)
                if begin + least <= until:
                    rows.append((vehicle, place, begin, until))
                place, free = (int(world.leg_to[leg]), start + int(world.leg_time[leg])) if trip >= 0 else (place, free)
        result.append(rows)
    return result

"""The search for a schedule, and people who wait at home rather than at a port for their vehicles."""

from __future__ import annotations

import numpy as np

from casque.deployment.schedule.score import Score, completion
from casque.deployment.schedule.solve import Found, Params, Progress, State, neighbour, settle, solve
from casque.deployment.schedule.world import Ints, Plan, World
from casque.deployment.translation.clock import DAY

_ROUNDS = 4
"""Times that people who were held too long are called earlier."""
_SPARE = DAY
"""Ticks that people allow for waiting on the way."""


def search(world: World, due: Ints, params: Params, progress: Progress | None = None) -> Found:
    """The best schedule found, with people held at home so that they need not wait long for their vehicles; `due` is by load."""
    return held(world, due, solve(world, params, progress)) if world.loads else _nothing()


def _nothing() -> Found:
    """The schedule of nobody."""
    none, table = np.zeros(0, dtype=np.int64), np.zeros((0, 1), dtype=np.int64)
    floats = np.zeros(0)
    return Found(
        Plan(none, table, table, none, none, none, none), Score(0, 0.0, 0, 0.0), State(floats, floats, none, none, none, none, floats)
    )


def held(world: World, due: Ints, found: Found) -> Found:
    """The same schedule, but that people leave home so as to arrive a few days before their vehicles, or on the day on which their unit
    is required if that is sooner.

    Whoever would make his unit late by it, or later than it was, is called earlier, in a few rounds; the schedule that came in stands
    where none of them is as good.
    """
    mine = (world.load_people == 1) & (world.group_vehicles[world.load_group] > 0) & (found.plan.arrival >= 0)
    if not mine.any():
        return found
    base = completion(world, found.plan)
    wanted = np.minimum(_vehicles_in(world, found)[world.load_group] - world.ahead, due) - _way(world, found) - _SPARE
    release = np.where(mine, np.maximum(found.state.release, wanted), found.state.release)
    fixed = np.where(mine, found.plan.route, found.state.fixed)
    best: Found | None = None
    for _ in range(_ROUNDS):
        tried = settle(world, found.state._replace(release=release, fixed=fixed))
        if tried.score[:3] <= found.score[:3]:
            best = tried
        late = np.maximum(0, completion(world, tried.plan) - np.maximum(base, world.group_due))
        if not late.any():
            break
        release = np.where(mine, np.maximum(found.state.release, release - 2 * late[world.load_group]), release)
    return best or found


def _vehicles_in(world: World, found: Found) -> Ints:
    """By group: tick on which the last of its vehicles arrives."""
    last = np.zeros(len(world.group_due), dtype=np.int64)
    np.maximum.at(last, world.load_group, np.where(world.load_people == 0, found.plan.arrival, 0))
    return last


def _way(world: World, found: Found) -> Ints:
    """By load: ticks of its route without waiting."""
    ticks = np.add.reduceat((world.leg_dwell + world.leg_time)[world.route_leg], world.route_first[:-1])
    return np.asarray(ticks[found.plan.route], dtype=np.int64)


def continued(world: World, found: Found, seed: int, iterations: int) -> Found:
    """A schedule of a slightly other world, searched for from the point of the search at hand."""
    draw = np.random.default_rng(seed)
    best = current = settle(world, found.state)
    for _ in range(iterations):
        tried = settle(world, neighbour(world, current, draw))
        if tried.score <= current.score:
            current = tried
        if tried.score < best.score:
            best = tried
    return best

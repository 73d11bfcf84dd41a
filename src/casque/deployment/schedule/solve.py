"""Schedule: a first dispatch by several rules, then a neighbourhood search until the stop rule says so or somebody stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from casque.deployment.schedule.bound import Prices, alone
from casque.deployment.schedule.choosing import open_routes
from casque.deployment.schedule.columns import Guide, guide
from casque.deployment.schedule.dispatch import dispatch
from casque.deployment.schedule.fluid import flow
from casque.deployment.schedule.score import Score, completion, score_of
from casque.deployment.schedule.steering import Steering, steering
from casque.deployment.schedule.world import Choice, Floats, Ints, Plan, World

Progress = Callable[[int, Score], bool]
"""Told the number of dispatches and the best score so far; false stops the search."""


@dataclass(frozen=True)
class Params:
    """What steers the search."""

    seed: int = 1
    iterations: int = 200
    """Dispatches after the first ones; the stop rule."""
    hold: float = 0.8
    """Part of its usual cycle that a vehicle waits at most to fill."""
    fill: float = 0.9
    """Part of a vehicle with which it leaves at once."""
    rounds: int = 20
    """Rounds of the linear program over time that guides the search for many loads; 0 for none."""


GUIDED = 1000
"""Loads from which on the linear program over time is worth its time."""
SPARE = 0.15
"""Part by which a route may be dearer than the cheapest of a load for the load to be called on it, at first."""
EAGER = 0.5


AHEAD = 0.05
"""Part of the time that all loads take by which a group of twice the weight comes sooner in the order of urgency."""
LARGE = 20_000
"""Loads from which on fewer rules are tried for the first schedule."""
FRESH = 400
"""Dispatches without a better schedule after which the search begins afresh elsewhere."""


class State(NamedTuple):
    """A point of the search: all from which a dispatch follows."""

    key: Floats
    """Urgency of each load; the smaller the sooner."""
    stretch: Floats
    """By capacity and fleet: how much it is spared when routes are chosen."""
    fixed: Ints
    """Route of each load where it is not left to the choice by clocks; -1 where it is."""
    release: Ints
    through: Ints
    hold: Ints
    fill: Floats
    toll: Floats = np.zeros(0)
    """By capacity, then by fleet: price at which free loads look for their routes; empty for none."""
    cycle: Floats = np.zeros(0)
    """By leg: ticks of a vehicle that a trip is charged for."""
    spare: Floats = np.full(1, np.inf)
    """One number: part by which a route may be dearer than the cheapest of a load for the load to take it."""
    eager: Floats = np.full(1, EAGER)
    """One number: see `Choice`."""


@dataclass(frozen=True)
class Found:
    """A schedule with its score, and the point of the search that it came from."""

    plan: Plan
    score: Score
    state: State
    prices: Prices | None = None
    """Prices for the bound on lateness, where the search has asked for them."""


def settle(world: World, state: State) -> Found:
    """The schedule that follows from a point of the search."""
    order = np.lexsort((np.arange(world.loads), state.key)).astype(np.int64)
    rank = np.empty(world.loads, dtype=np.int64)
    rank[order] = np.arange(world.loads)
    flowing, slow = flow(world, order, state.fixed, state.stretch)
    # A load that no vehicle takes is left behind: it is never ready.
    stuck = flowing < 0
    route, shut = flowing, slow
    if len(state.toll):
        route, shut = open_routes(world, state.toll, state.cycle, float(state.spare[0]), flowing, slow)
    route = np.where(state.fixed >= 0, flowing, route)
    free = ((state.fixed < 0) & ~stuck).astype(np.int64)
    route = np.where(stuck, world.class_first[world.load_class], route)
    release = np.where(stuck, world.horizon, np.maximum(state.release, world.load_ready))
    plan = dispatch(world, Choice(rank, route, free, release, state.through, state.hold, state.fill, shut, state.eager))
    return Found(plan, score_of(world, plan), state)


def first_plans(world: World, params: Params) -> Found:
    """The best dispatch by a few rules of urgency: by required date, by weight and work, and between."""
    fleets = len(world.fleet_cost)
    nowhere = np.full(world.loads, -1, dtype=np.int64)
    plain = np.ones(len(world.resource_width) + fleets)
    reach = np.zeros(len(world.group_due), dtype=np.int64)
    np.maximum.at(reach, world.load_group, alone(world))
    size = np.bincount(world.load_group, minlength=len(world.group_due)) / np.maximum(world.group_weight, 1e-9)
    spanned = float(reach.max(initial=1))
    density = size / max(float(size.max(initial=1.0)), 1e-9) * spanned
    steer = steering(world)
    best: Found | None = None
    rules = ((0.0, 1, SPARE, AHEAD), (0.25, 0, SPARE, AHEAD), (0.0, 0, SPARE, 0.0), (0.6, 0, SPARE, 0.0), (0.25, 0, np.inf, 0.0))
    for share, through, spare, forward in rules if world.loads < LARGE else rules[:3]:
        key = (1 - share) * np.minimum(world.group_due, 2 * world.horizon) + share * (density + reach)
        key = key - forward * steer.span * heft(world)
        state = State(
            key[world.load_group].astype(np.float64),
            plain,
            nowhere,
            world.load_ready.copy(),
            np.array([through], dtype=np.int64),
            _holds(world, params.hold),
            np.full(fleets, params.fill),
            steer.toll,
            steer.cycle,
            np.array([spare]),
            np.array([EAGER]),
        )
        found = settle(world, state)
        if best is None or found.score < best.score:
            best = found
    assert best is not None
    return best


def heft(world: World) -> Floats:
    """By group: how many times its weight is twice that of the middle group, at most three."""
    weight = np.maximum(world.group_weight, 1e-9)
    return np.clip(np.log2(weight / max(float(np.median(weight)), 1e-9)), -3.0, 3.0)


def _holds(world: World, share: float) -> Ints:
    """Ticks that the vehicles of each fleet wait at most, from the mean cycle over its legs."""
    result = np.zeros(len(world.fleet_cost), dtype=np.int64)
    for fleet in range(len(result)):
        legs = world.fleet_leg[world.fleet_leg_first[fleet] : world.fleet_leg_first[fleet + 1]]
        if len(legs):
            cycle = world.leg_time[legs] + world.travel[fleet, world.leg_to[legs], world.leg_from[legs]]
            result[fleet] = int(share * cycle.mean())
    return result


def solve(world: World, params: Params | None = None, progress: Progress | None = None) -> Found:
    """The best schedule found. Stopped at any time it is the best so far; the same seed and iterations give the same schedule."""
    params = params or Params()
    draw = np.random.default_rng(params.seed)
    best = current = first_plans(world, params)
    prices: Prices | None = None
    ahead: list[State] = []
    stale = idle = 0
    for iteration in range(params.iterations):
        if progress is not None and not progress(iteration, best.score):
            break
        if iteration == 0 and params.rounds > 0 and world.loads >= GUIDED and best.score.lateness > 0:
            steer = steering(world)
            guided = guide(world, steer, params.rounds)
            prices, ahead = guided.prices, guided_states(world, steer, guided, best.state)
        tried = settle(world, ahead.pop() if ahead else neighbour(world, current, draw))
        if tried.score <= current.score:
            stale = 0 if tried.score < current.score else stale + 1
            current = tried
        else:
            stale += 1
        idle += 1
        if tried.score < best.score:
            best, idle = tried, 0
        if idle >= FRESH:
            current, stale, idle = settle(world, shuffled(world, best.state, draw)), 0, 0
        elif stale > 60:
            current, stale = best, 0
        elif stale > 12 and draw.random() < 0.05:
            current = tried
    return replace(best, prices=prices)


def shuffled(world: World, state: State, draw: np.random.Generator) -> State:
    """A point of the search with no memory of the others but the rules of the vehicles: everything open, in any order of the groups."""
    key = draw.permutation(len(world.group_due))[world.load_group] + draw.normal(0.0, draw.choice([0.01, 1.0]), world.loads)
    return state._replace(
        key=key * float(np.std(state.key) + 1.0) / max(1, len(world.group_due)),
        stretch=np.ones(len(state.stretch)),
        fixed=np.full(world.loads, -1, dtype=np.int64),
        release=world.load_ready.copy(),
        spare=np.array([np.inf]),
    )


def guided_states(world: World, steer: Steering, guided: Guide, state: State) -> list[State]:
    """Points of the search that follow the linear program over time: groups by when they are complete there, routes by its prices."""
    each, width = guided.prices.each, guided.prices.counters.width
    toll = np.array([row[: max(1, int(0.8 * steer.span / ticks))].mean() for row, ticks in zip(each, width, strict=True)])
    result = []
    for spare, through, forward in ((0.05, 1, 0.0), (0.2, 0, AHEAD), (0.1, 1, AHEAD), (0.05, 1, AHEAD)):
        key = (guided.wanted - forward * steer.span * heft(world))[world.load_group]
        result.append(state._replace(key=key, toll=toll, spare=np.array([spare]), through=np.array([through], dtype=np.int64)))
    return result


def neighbour(world: World, found: Found, draw: np.random.Generator) -> State:
    """A point near another: capacities spared more or less, late groups drawn forward, loads re-routed, held or re-ordered."""
    state, what = found.state, draw.random()
    if what < 0.15 and len(state.toll):
        toll = state.toll.copy()
        some = draw.integers(0, len(toll), int(draw.integers(1, 4)))
        toll[some] *= np.exp(draw.normal(0.0, 0.3, len(some)))
        return state._replace(toll=toll)
    if what < 0.2:
        spare = np.array([draw.choice([0.02, 0.05, 0.1, 0.2, 0.5, np.inf])])
        return state._replace(spare=spare, eager=state.eager * np.exp(draw.normal(0.0, 0.5)))
    if what < 0.3 and len(state.stretch):
        stretch = state.stretch.copy()
        some = draw.integers(0, len(stretch), int(draw.integers(1, 4)))
        stretch[some] *= np.exp(draw.normal(0.0, 0.3, len(some)))
        return state._replace(stretch=stretch)
    if what < 0.5:
        return state._replace(key=_drawn_forward(world, found, draw))
    if what < 0.6 and len(state.fill):
        fleet = int(draw.integers(0, len(state.fill)))
        fill, hold = state.fill.copy(), state.hold.copy()
        fill[fleet], hold[fleet] = draw.uniform(0.3, 1.0), int(hold[fleet] * draw.uniform(0.4, 1.8)) + 1
        return state._replace(fill=fill, hold=hold)
    if what < 0.63:
        return state._replace(through=1 - state.through)
    some = _some_loads(world, found, draw)
    if what < 0.75:
        fixed = state.fixed.copy()
        first, last = world.class_first[world.load_class[some]], world.class_first[world.load_class[some] + 1]
        drawn = first + (draw.random(len(some)) * (last - first)).astype(np.int64)
        fixed[some] = np.where(draw.random() < 0.3, -1, np.where(_open(world, some, drawn), drawn, -1))
        return state._replace(fixed=fixed)
    if what < 0.9:
        key = state.key.copy()
        key[some] += draw.normal(0.0, max(1.0, float(np.std(key)) * draw.uniform(0.02, 1.0)))
        return state._replace(key=key)
    release = state.release.copy()
    release[some] = world.load_ready[some] + (0 if draw.random() < 0.5 else int(draw.exponential(24.0)))
    return state._replace(release=release)


def _drawn_forward(world: World, found: Found, draw: np.random.Generator) -> Floats:
    """Keys with some groups drawn forward, the later and weightier the likelier, or all keys moved towards what the schedule achieved."""
    complete = completion(world, found.plan)
    key = found.state.key.copy()
    if draw.random() < 0.3:
        return key + draw.uniform(-0.3, 0.3) * (complete[world.load_group] - key)
    late = world.group_weight * np.maximum(0, complete - world.group_due) + 1e-9
    count = max(1, int(len(late) * draw.uniform(0.0, 0.03)))
    some = draw.choice(len(late), count, p=late / late.sum())
    shift = np.zeros(len(late))
    shift[some] = draw.normal(-0.2, 0.3, count) * max(1.0, float(np.std(key)))
    return key + shift[world.load_group]


def _some_loads(world: World, found: Found, draw: np.random.Generator) -> Ints:
    """One load, the loads of a group, or those of a few groups that are complete at about the same time."""
    if draw.random() < 0.4:
        return draw.integers(0, world.loads, 1)
    complete = completion(world, found.plan)
    lead = int(draw.integers(0, len(complete)))
    near = np.argsort(np.abs(complete - complete[lead]), kind="stable")[: int(draw.integers(1, max(2, min(20, len(complete) // 4))))]
    return np.flatnonzero(np.isin(world.load_group, near)) if draw.random() < 0.7 else np.flatnonzero(world.load_group == lead)


def _open(world: World, loads: Ints, routes: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether every fleet of a route takes the load."""
    result = np.ones(len(loads), dtype=np.bool_)
    for number, (load, route) in enumerate(zip(loads.tolist(), routes.tolist(), strict=True)):
        legs = world.route_leg[world.route_first[route] : world.route_first[route + 1]]
        fleets = world.leg_fleet[legs]
        result[number] = bool((world.share[load, fleets[fleets >= 0]] <= 1 + 1e-9).all())
    return result

"""Planning again from now on, with all kept that still holds and with less and less of it; of good plans the one that changes least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from casque.deployment.execution.changes import Changes
from casque.deployment.execution.keeping import Kept, kept, settled_facts
from casque.deployment.execution.reopening import Reopened, reopened
from casque.deployment.execution.resumption import resumed
from casque.deployment.execution.state import Standing, onward
from casque.deployment.execution.steering import by_urgency, choice_of, legs_table, opening_state
from casque.deployment.schedule.score import Score, score_of
from casque.deployment.schedule.solve import Found, State, neighbour
from casque.deployment.schedule.world import Choice, Ints, Plan, World


@dataclass(frozen=True)
class Params:
    """What a plan may cost in dates to change less."""

    lateness: float = 0.02
    """Part of the least lateness found by which a plan that changes less may be later."""
    closure: int = 12
    """Ticks by which it may close later than the earliest found."""
    notice: tuple[int, ...] = (168, 48, 0)
    """Ticks from now within which nothing that holds is touched; one try for each, beside the one that keeps all."""
    hold: float = 0.8
    """Part of its usual cycle that a vehicle waits at most to fill."""
    fill: float = 0.95
    """Part of a vehicle with which it leaves at once."""
    improve: bool = False
    """Whether plans that keep less are tried even where one that keeps all that holds is within the tolerances of the announced one."""
    rules: tuple[str, ...] = ("announced", "flow", "near")
    """Routes of loads that are planned again: their announced ones; those that flow best; those that flow best in the `near` ticks."""
    near: int = 240
    iterations: int = 20
    """Dispatches of the search behind the first of each rule."""
    seed: int = 1
    """Seed of the search."""
    spare: int | None = 24
    """Ticks that people who are planned again allow for waits on the way to their vehicles; none where they leave as soon as they can."""


class Reasons(NamedTuple):
    """Why loads had to be planned again, with all kept that holds."""

    why: Ints
    """By load: one of the reasons of `replay`."""
    what: Ints
    """By load: the vehicle or the capacity that is missing; -1 for none."""


class Replanned(NamedTuple):
    """A plan made again."""

    world: World
    """The world as it has become, with the routes that the plan takes."""
    plan: Plan
    """The whole plan: what has moved, what is kept and what is new."""
    score: Score
    changed: Ints
    """Loads of which a departure, or the route, is another than announced."""
    now: int
    notice: int
    """Ticks from now within which nothing that holds was touched; the horizon where all was kept."""
    reasons: Reasons
    like: Ints
    """The legs of the network that the last legs of the world really were, see `Standing`."""
    tried: tuple[tuple[int, Score, int], ...]
    """The plans looked at: notice, score and number of changed loads."""


def replan(world: World, plan: Plan, now: int, changes: Changes | None = None, params: Params | None = None) -> Replanned:
    """The plan from now on, with the least change to what is announced.

    What has begun stays. Of the plans tried, those with the fewest loads left behind, lateness and closure within the tolerances of the
    best are good enough; of these the one is taken that changes the departures of the fewest loads, and of equals the better one.
    """
    params = params or Params()
    standing = onward(world, plan, now, changes)
    if changes is not None and (changes.cuts or changes.moved):
        standing = settled_facts(standing)
    found = _tries(standing, world, plan, world.horizon, params)
    before = score_of(world, plan)
    worse = not any(_about(item.score, before, params) for item in found)
    if params.improve or worse:
        for notice in params.notice:
            if now + notice < world.horizon:
                found += _tries(standing, world, plan, notice, params)
    tried = tuple((item.notice, item.score, len(item.changed)) for item in found)
    return _least(found, params)._replace(reasons=found[0].reasons, tried=tried)


def _about(score: Score, best: Score, params: Params) -> bool:
    """Whether a score is no worse than another beyond the tolerances."""
    late = best.lateness * (1 + params.lateness) + 1e-6
    return score.behind <= best.behind and score.lateness <= late and score.closure <= best.closure + params.closure


def _least(found: list[Replanned], params: Params) -> Replanned:
    behind = min(item.score.behind for item in found)
    some = [item for item in found if item.score.behind == behind]
    late = min(item.score.lateness for item in some) * (1 + params.lateness) + 1e-6
    some = [item for item in some if item.score.lateness <= late]
    closure = min(item.score.closure for item in some) + params.closure
    return min((item for item in some if item.score.closure <= closure), key=lambda item: (len(item.changed), item.score))


def _tries(standing: Standing, before: World, announced: Plan, notice: int, params: Params) -> list[Replanned]:
    """Plans that keep what holds within a notice: loads to be planned again on their announced routes, and on those that flow best."""
    world = standing.world
    held = kept(standing, min(world.horizon, standing.now + notice))
    if not len(held.open):
        plan = standing.plan._replace(trip_vehicle=held.replay.vehicle)
        changed = changed_loads(before, announced, world, plan, standing.like)
        reasons = Reasons(held.replay.why, held.replay.what)
        return [Replanned(world, plan, score_of(world, plan), changed, standing.now, notice, reasons, standing.like, ())]
    again = reopened(standing, held)
    order, ahead = by_urgency(standing, held), max(1, world.horizon - standing.now)
    result = []
    for rule in params.rules:
        routes = again.route if rule == "announced" else np.full(world.loads, -1, dtype=np.int64)
        state = opening_state(again.world, order, routes, params.hold, params.fill)
        choice, plan, score = _searched(standing, held, again, state, min(params.near, ahead) if rule == "near" else ahead, params)
        if params.spare is not None:
            plan, score = _waiting_at_home(standing, held, again, choice, (plan, score), params.spare)
        changed = changed_loads(before, announced, again.world, plan, standing.like)
        why = Reasons(held.replay.why, held.replay.what)
        result.append(Replanned(again.world, plan, score, changed, standing.now, notice, why, standing.like, ()))
    return result


def _searched(standing: Standing, held: Kept, again: Reopened, state: State, reach: int, params: Params) -> tuple[Choice, Plan, Score]:
    """The best plan of a short search from a point on."""
    draw = np.random.default_rng(params.seed)
    choice = choice_of(standing, held, again, state, reach)
    plan = resumed(standing, held, again, choice)
    best = choice, plan, score_of(again.world, plan)
    current = Found(plan, best[2], state)
    for _ in range(params.iterations):
        near = neighbour(again.world, current, draw)
        choice = choice_of(standing, held, again, near, reach)
        plan = resumed(standing, held, again, choice)
        tried = Found(plan, score_of(again.world, plan), near)
        if tried.score <= current.score:
            current = tried
        if tried.score < best[2]:
            best = choice, plan, tried.score
    return best


def _waiting_at_home(
    standing: Standing, held: Kept, again: Reopened, choice: Choice, found: tuple[Plan, Score], spare: int
) -> tuple[Plan, Score]:
    """The same plan, but that people who are planned again wait at home until it is time to meet their vehicles, if that costs nothing."""
    world, (plan, score) = again.world, found
    mine = (world.load_people == 1) & (held.replay.broken == 0) & (plan.arrival >= 0) & (world.group_vehicles[world.load_group] > 0)
    if not mine.any():
        return found
    vehicles = np.zeros(len(world.group_due), dtype=np.int64)
    np.maximum.at(vehicles, world.load_group, np.where(world.load_people == 0, plan.arrival, 0))
    ticks = np.add.reduceat((world.leg_dwell + world.leg_time)[world.route_leg], world.route_first[:-1])[plan.route]
    wanted = vehicles[world.load_group] - world.ahead - ticks - spare
    later = choice._replace(
        route=plan.route,
        free=np.zeros(world.loads, dtype=np.int64),
        release=np.where(mine, np.maximum(choice.release, wanted), choice.release),
    )
    patient = resumed(standing, held, again, later)
    value = score_of(world, patient)
    return (patient, value) if value[:3] <= score[:3] else found


def changed_loads(world: World, plan: Plan, other: World, again: Plan, like: Ints) -> Ints:
    """Loads with another departure, other legs or another arrival in one plan than in the other; `like` as in `Standing`."""
    width = max(plan.start.shape[1], again.start.shape[1])
    starts = [np.pad(one.start, ((0, 0), (0, width - one.start.shape[1])), constant_values=-1) for one in (plan, again)]
    legs = [legs_table(one, its, width) for one, its in ((world, plan), (other, again))]
    really = np.append(np.arange(len(other.leg_from) - len(like)), like)
    legs[1] = np.where(legs[1] >= 0, really[np.maximum(legs[1], 0)], -1)
    odd = (starts[0] != starts[1]) | ((legs[0] != legs[1]) & (starts[1] >= 0))
    return np.flatnonzero(odd.any(axis=1) | (plan.arrival != again.arrival)).astype(np.int64)

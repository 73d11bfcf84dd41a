"""How a dispatch from now on is steered: the order of urgency, and the routes of loads that are planned again."""

from __future__ import annotations

import numpy as np

from casque.deployment.execution.keeping import Kept
from casque.deployment.execution.reopening import Reopened
from casque.deployment.execution.resumption import there
from casque.deployment.execution.state import Standing
from casque.deployment.schedule.fluid import flow
from casque.deployment.schedule.solve import State
from casque.deployment.schedule.world import Choice, Floats, Ints, Plan, World


def legs_table(world: World, plan: Plan, width: int) -> Ints:
    """Load x place in its route: leg, -1 behind the end."""
    columns = np.arange(width)[None, :]
    position = world.route_first[plan.route][:, None] + columns
    inside = position < world.route_first[plan.route + 1][:, None]
    return np.where(inside, world.route_leg[np.minimum(position, len(world.route_leg) - 1)], -1).astype(np.int64)


def by_urgency(standing: Standing, held: Kept) -> Ints:
    """Loads by urgency: required date, then the order in which they were announced to leave."""
    world, plan = standing.world, standing.plan
    stage = np.minimum(held.replay.broken, held.lengths - 1)
    announced = plan.start[np.arange(world.loads), stage]
    announced = np.where(announced < 0, world.horizon, announced)
    due = world.group_due[world.load_group]
    return np.lexsort((np.arange(world.loads), announced, np.minimum(due, world.horizon))).astype(np.int64)


def opening_state(world: World, order: Ints, routes: Ints, hold: float, fill: float) -> State:
    """A point of the search at which loads go in an order, each on its route, or where that is -1 on the one that flows best."""
    key = np.empty(world.loads)
    key[order] = np.arange(world.loads)
    fleets = len(world.fleet_cost)
    return State(
        key,
        np.ones(len(world.resource_width) + fleets),
        routes,
        world.load_ready,
        np.array([0], dtype=np.int64),
        holds(world, hold),
        np.full(fleets, fill),
    )


def choice_of(standing: Standing, held: Kept, again: Reopened, state: State, reach: int) -> Choice:
    """What the dispatch is steered by at a point of the search; routes are weighed by what is left in the ticks of `reach`."""
    world = again.world
    order = np.lexsort((np.arange(world.loads), state.key)).astype(np.int64)
    rank = np.empty(world.loads, dtype=np.int64)
    rank[order] = np.arange(world.loads)
    free = (state.fixed < 0).astype(np.int64)
    settled = held.replay.broken == held.lengths
    fixed = np.where(settled, again.route, state.fixed).astype(np.int64)
    route, slow = fixed, np.zeros(0, dtype=np.int64)
    if (fixed < 0).any():
        route, slow = _spread(standing, held, again, order, state, reach)
    return Choice(rank, route, free, np.maximum(state.release, world.load_ready), state.through, state.hold, state.fill, slow)


def holds(world: World, share: float) -> Ints:
    """By fleet: ticks that its vehicles wait at most, a part of their mean cycle."""
    result = np.zeros(len(world.fleet_cost), dtype=np.int64)
    for fleet in range(len(result)):
        legs = world.fleet_leg[world.fleet_leg_first[fleet] : world.fleet_leg_first[fleet + 1]]
        if len(legs):
            result[fleet] = int(share * (world.leg_time[legs] + world.travel[fleet, world.leg_to[legs], world.leg_from[legs]]).mean())
    return result


def _spread(standing: Standing, held: Kept, again: Reopened, order: Ints, state: State, reach: int) -> tuple[Ints, Ints]:
    """Routes of the open loads by clocks on what is left in the ticks ahead; kept loads weigh nothing. What is shut is avoided.

    Also, as bits, the routes of each load that are slow.
    """
    world, now = again.world, standing.now
    amount, share, ready = world.load_amount.copy(), world.share.copy(), there(standing, held)
    settled = np.ones(world.loads, dtype=np.bool_)
    settled[held.open] = False
    amount[settled] = 0.0
    share[settled] = 0.0
    done = np.zeros(world.loads, dtype=np.int64)
    legs = legs_table(world, standing.plan._replace(route=again.route), standing.plan.start.shape[1])
    taken = (np.arange(legs.shape[1])[None, :] < held.replay.broken[:, None]) & (legs >= 0)
    done[:] = np.where(taken, world.leg_time[legs] + world.leg_dwell[legs], 0).sum(axis=1)
    thin = world._replace(
        load_amount=amount, share=share, load_ready=np.maximum(ready, now) - done, capacity=_ahead(world, held, now, reach)
    )
    fixed = np.where(settled, again.route, state.fixed).astype(np.int64)
    return flow(thin, order, fixed, state.stretch)


def _ahead(world: World, held: Kept, now: int, reach: int) -> Floats:
    """What is left of the capacities in the ticks ahead, as if spread over the whole horizon."""
    left = np.maximum(held.replay.left, 0.0)
    counts = np.diff(world.resource_first)
    width = np.repeat(world.resource_width, counts)
    period = np.arange(len(left)) - np.repeat(world.resource_first[:-1], counts)
    left[((period + 1) * width <= now) | (period * width >= now + reach)] = 0.0
    return left * (world.horizon / reach)

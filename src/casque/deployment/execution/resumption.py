"""A dispatch that goes on from what has moved and what is kept."""

from __future__ import annotations

import numpy as np

from casque.deployment.execution.keeping import Kept
from casque.deployment.execution.reopening import Reopened
from casque.deployment.execution.state import Standing
from casque.deployment.schedule.dispatch import opened, run
from casque.deployment.schedule.queues import State
from casque.deployment.schedule.world import Choice, Floats, Ints, Plan, World


def resumed(standing: Standing, kept: Kept, again: Reopened, choice: Choice) -> Plan:
    """The plan that follows from what is kept when everything else is dispatched from now on."""
    world = again.world
    choice = choice._replace(route=choice.route.copy())
    narrow = world._replace(
        fleet_vehicle_first=again.fleet_vehicle_first,
        vehicle_place=again.place,
        vehicle_from=again.begin,
        vehicle_until=again.end,
        capacity=_left(world, kept, again, choice.route),
    )
    state = _state(standing, kept, opened(narrow, choice), narrow, choice)
    known = int(state.trips[0])
    run(narrow, choice, state, standing.now)
    count = int(state.trips[0])
    vehicle = state.trip_vehicle[:count].copy()
    vehicle[known:] = again.vehicle[vehicle[known:]]
    return Plan(choice.route, state.start, state.trip, state.arrival, state.trip_leg[:count], vehicle, state.trip_start[:count])


def there(standing: Standing, kept: Kept) -> Ints:
    """By load: tick on which it is at the place from which it is planned again."""
    world, plan, broken = standing.world, standing.plan, kept.replay.broken
    stage = np.maximum(broken - 1, 0)
    rows = np.arange(world.loads)
    leg = world.route_leg[world.route_first[plan.route] + stage]
    return np.where(broken > 0, plan.start[rows, stage] + world.leg_time[leg], world.load_ready).astype(np.int64)


def _left(world: World, kept: Kept, again: Reopened, route: Ints) -> Floats:
    """What is left of the capacities; loads wait in the space of the leg that they wait for, which may be another than announced."""
    left = kept.replay.left.copy()
    loads = kept.open[kept.replay.broken[kept.open] > 0]
    stage = kept.replay.broken[loads]
    before = world.route_leg[world.route_first[again.route[loads]] + stage]
    after = world.route_leg[world.route_first[route[loads]] + stage]
    last = world.route_leg[world.route_first[again.route[loads]] + stage - 1]
    odd = (world.leg_space[before] != world.leg_space[after]) | (world.leg_space_quantity[before] != world.leg_space_quantity[after])
    for number in np.flatnonzero(odd).tolist():
        load = int(loads[number])
        arrival = int(kept.replay.start[load, stage[number] - 1] + world.leg_time[last[number]])
        for leg, sign in ((int(before[number]), 1.0), (int(after[number]), -1.0)):
            resource = int(world.leg_space[leg])
            if resource >= 0:
                begin = int(world.resource_first[resource]) + arrival // int(world.resource_width[resource])
                left[begin : int(world.resource_first[resource + 1])] += sign * world.load_amount[load, world.leg_space_quantity[leg]]
    return left


def _state(standing: Standing, kept: Kept, state: State, world: World, choice: Choice) -> State:
    """The state of a dispatch in which all that is kept has been settled."""
    plan, replay = standing.plan, kept.replay
    broken, whole = replay.broken, replay.broken == kept.lengths
    columns = np.arange(plan.start.shape[1])[None, :]
    settled = (columns < broken[:, None]) & (columns < kept.lengths[:, None])
    going = (replay.begun == 1) | (replay.state == 1)
    number = np.cumsum(going) - 1
    width = min(state.start.shape[1], plan.start.shape[1])
    mask = settled[:, :width]
    state.start[:, :width][mask] = plan.start[:, :width][mask]
    trips = np.append(number, -1)[plan.trip[:, :width]]
    state.trip[:, :width][mask] = trips[mask]
    state.arrival[whole] = plan.arrival[whole]
    count = int(going.sum())
    for ours, theirs in ((state.trip_leg, plan.trip_leg), (state.trip_vehicle, replay.vehicle), (state.trip_start, plan.trip_start)):
        ours[:count] = theirs[going]
    state.trips[0] = count
    state.stage[:] = broken
    route_legs = world.route_first[choice.route]
    legs = world.route_leg[(route_legs[:, None] + columns)[settled]]
    state.coming[:] -= np.bincount(legs, minlength=len(state.coming))
    following = world.route_leg[np.minimum(route_legs + broken, len(world.route_leg) - 1)]
    comes = there(standing, kept) + np.where(broken > 0, world.leg_dwell[following], 0)
    held = np.where(broken == standing.done, standing.late, 0)
    state.available[:] = np.maximum(np.maximum(comes, held), np.maximum(choice.release, standing.now))
    vehicles = (world.load_people == 0) & whole
    groups = world.load_group[vehicles]
    np.subtract.at(state.waiting, groups, 1)
    np.maximum.at(state.met, groups, state.arrival[vehicles])
    return state

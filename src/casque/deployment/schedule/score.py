"""How good a schedule is: left behind, weighted lateness, closure, cost, in that order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from casque.deployment.schedule.world import Ints, Plan, World


class Score(NamedTuple):
    """The smaller the better, the first first."""

    behind: int
    """Loads that do not arrive within the horizon."""
    lateness: float
    """Ticks late, each group by its weight; a group with a load left behind counts to the horizon."""
    closure: int
    """Tick on which the last group that moves is complete."""
    cost: float
    """Trips, packets and ways without loads."""


def completion(world: World, plan: Plan) -> Ints:
    """Tick on which the last load of each group is in; the horizon where one is left behind."""
    complete = np.zeros(len(world.group_due), dtype=np.int64)
    np.maximum.at(complete, world.load_group, np.where(plan.arrival < 0, world.horizon, plan.arrival))
    return complete


def score_of(world: World, plan: Plan) -> Score:
    """The score of a schedule."""
    complete = completion(world, plan)
    late = float((world.group_weight * np.maximum(0, complete - world.group_due)).sum())
    return Score(int((plan.arrival < 0).sum()), round(late, 6), int(plan.arrival.max(initial=0)), round(cost_of(world, plan), 6))


def cost_of(world: World, plan: Plan) -> float:
    """Cost of all trips and packets, and of the ways of vehicles to their next trip."""
    moved = plan.start >= 0
    legs = world.route_leg[np.minimum(world.route_first[plan.route][:, None] + np.arange(plan.start.shape[1]), len(world.route_leg) - 1)]
    total = float(world.leg_cost[plan.trip_leg].sum() + world.leg_cost[legs[moved & (plan.trip < 0)]].sum())
    order = np.lexsort((plan.trip_start, plan.trip_vehicle))
    leg, vehicle = plan.trip_leg[order], plan.trip_vehicle[order]
    before = np.where(np.append(True, vehicle[1:] != vehicle[:-1])[: len(leg)], world.vehicle_place[vehicle], np.roll(world.leg_to[leg], 1))
    fleet = world.leg_fleet[leg]
    return total + float((world.fleet_cost[fleet] * world.travel[fleet, before, world.leg_from[leg]]).sum())

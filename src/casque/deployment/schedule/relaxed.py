"""What the bounds work on: loads that are alike taken together, capacities and fleets as counters over coarse periods."""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp

from casque.deployment.schedule.pricing import Counters, Items
from casque.deployment.schedule.world import TRIP, Floats, Ints, Plan, World


def items_of(world: World) -> Items:
    """Loads of a group with the same class, readiness and mixture of quantities, taken together.

    They face the same prices, so the cheapest way of one, in proportion, is the cheapest of all.
    """
    total = np.maximum(world.load_amount[:, :7].sum(axis=1), 1e-12)
    finite = np.where(np.isfinite(world.share), world.share, -1.0)
    mixture = np.round(np.column_stack([world.load_amount, finite]) / total[:, None], 9)
    key = np.column_stack([world.load_group, world.load_class, world.load_ready, mixture])
    order = np.lexsort(key.T[::-1])
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = (key[order[1:]] != key[order[:-1]]).any(axis=1)
    first = np.flatnonzero(fresh)
    lead = order[first]
    groups = np.searchsorted(world.load_group[lead], np.arange(len(world.group_due) + 1)).astype(np.int64)
    return Items(
        first=groups,
        kind=world.load_class[lead].copy(),
        ready=world.load_ready[lead].copy(),
        amount=np.add.reduceat(world.load_amount[order], first, axis=0),
        share=np.add.reduceat(world.share[order], first, axis=0),
        due=world.group_due,
        weight=world.group_weight,
    )


def counters_of(world: World, period: int, plan: Plan | None = None) -> Counters:
    """Capacities and fleets over periods of at least so many ticks; ways without loads weighed by the trips of a plan."""
    width = np.concatenate([-(-period // world.resource_width) * world.resource_width, np.full(len(world.fleet_cost), period)]).astype(
        np.int64
    )
    periods = int(-(-world.horizon // period)) + 1
    offered = np.zeros((len(width), periods))
    for resource in range(len(world.resource_width)):
        row = world.capacity[world.resource_first[resource] : world.resource_first[resource + 1]]
        each = width[resource] // world.resource_width[resource]
        np.add.at(offered[resource], np.arange(len(row)) // each, row)
    before, after = empty_ways(world, plan)
    for fleet in range(len(world.fleet_cost)):
        for vehicle in range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1]):
            last = int(world.vehicle_until[vehicle])
            # The way back counts after a trip; the last one may begin as the vehicle retires.
            last = last if last >= world.horizon else last + int(after[fleet].max())
            edges = np.arange(periods + 1) * period
            offered[len(world.resource_width) + fleet] += np.diff(np.clip(edges, int(world.vehicle_from[vehicle]), max(last, 0)))
    rows = [sorted(_quantities(world, leg)) for leg in range(len(world.leg_from))]
    return Counters(
        width=width,
        offered=offered,
        before=before,
        after=after,
        row_first=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
        row_quantity=np.array([quantity for row in rows for quantity in row], dtype=np.int64),
    )


def _quantities(world: World, leg: int) -> set[int]:
    used = set(world.use_quantity[world.use_first[leg] : world.use_first[leg + 1]].tolist())
    return used | ({TRIP} if world.leg_fleet[leg] >= 0 else set())


def empty_ways(world: World, plan: Plan | None) -> tuple[Floats, Floats]:
    """Ticks that every trip of a fleet certainly costs without loads, before it by its start and after it by its end.

    The way from the end of one trip to the start of the next is at least what stands after the one plus what stands before the other:
    such figures are dual prices of the transport problem of empty ways. Of all of them the best for the trips of a plan are taken.
    """
    fleets, places = world.travel.shape[0], world.travel.shape[1]
    before, after = np.zeros((fleets, places)), np.zeros((fleets, places))
    for fleet in range(fleets):
        legs = world.fleet_leg[world.fleet_leg_first[fleet] : world.fleet_leg_first[fleet + 1]]
        if not len(legs):
            continue
        vehicles = slice(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1])
        starts, ends = np.unique(world.leg_from[legs]), np.unique(world.leg_to[legs])
        homes = np.unique(world.vehicle_place[vehicles])
        taken = legs if plan is None else plan.trip_leg[world.leg_fleet[plan.trip_leg] == fleet]
        _best_ways(world.travel[fleet], starts, ends, homes, (world.leg_from[taken], world.leg_to[taken]), before[fleet], after[fleet])
    return before, after


def _best_ways(travel: Ints, starts: Ints, ends: Ints, homes: Ints, trips: tuple[Ints, Ints], before: Floats, after: Floats) -> None:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    out = {int(place): solver.NumVar(0, float(travel[homes, place].min(initial=0)), "") for place in starts}
    back = {int(place): solver.NumVar(0, solver.infinity(), "") for place in ends}
    for end, of_end in back.items():
        for start, of_start in out.items():
            solver.Add(of_end + of_start <= float(travel[end, start]))
    weight_out, weight_back = np.bincount(trips[0], minlength=len(travel)), np.bincount(trips[1], minlength=len(travel))
    solver.Maximize(
        sum((float(weight_out[place]) + 1e-3) * variable for place, variable in out.items())
        + sum((float(weight_back[place]) + 1e-3) * variable for place, variable in back.items())
    )
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return
    for place, variable in out.items():
        before[place] = max(0.0, variable.solution_value() - 1e-6)
    for place, variable in back.items():
        after[place] = max(0.0, variable.solution_value() - 1e-6)

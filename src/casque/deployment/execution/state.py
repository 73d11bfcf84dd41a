"""The movement as it stands at a moment: what has moved stays moved, and the world is as it has become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from casque.deployment.execution.changes import Changes, Cut, Moved
from casque.deployment.execution.waiting import held_up
from casque.deployment.execution.widening import legs_of, onward_chains, with_classes, with_closed, with_legs
from casque.deployment.schedule.world import TRIP, Ints, Plan, World


class Standing(NamedTuple):
    """A world with a plan that is carried out in it up to a tick."""

    world: World
    """The world from now on. Legs that went otherwise than announced stand in it as legs of their own, without vehicle."""
    plan: Plan
    """What was announced, with what really happened entered. Starts before `now` are facts."""
    now: int
    done: Ints
    """By load: legs that it has begun."""
    late: Ints
    """By load: tick before which it does not leave the place where it is."""
    out_first: Ints
    """By vehicle: tick from which it is out; the horizon where it is not."""
    out_last: Ints
    lost: Ints
    """Loads that will not come any more."""
    like: Ints
    """For each leg that stands for what really happened: the leg of the network that it was. They are the last legs of the world."""


_NONE = np.zeros(0, dtype=np.int64)


def onward(world: World, plan: Plan, now: int, changes: Changes | None = None) -> Standing:
    """How things stand at a tick, if all went as announced but for the changes.

    Legs that begin before `now` are done or under way and are finished; vehicles come free where and when their trips under way end. What
    begins at `now` or later can still be changed. Trips under way to where nothing is left of a capacity that they need wait for it.
    """
    changes = changes or Changes()
    begun = (plan.start >= 0) & (plan.start < now)
    done = begun.sum(axis=1).astype(np.int64)
    late = np.zeros(world.loads, dtype=np.int64)
    for delay in changes.delays:
        late[delay.load] = delay.ready
        done[delay.load] = min(done[delay.load], delay.done) if delay.done >= 0 else done[delay.load]
    world = with_closed(_cut(world, changes.cuts, now), _windows(changes), now)
    out_first = np.full(len(world.vehicle_place), world.horizon, dtype=np.int64)
    out_last = out_first.copy()
    for outage in changes.outages:
        first, last = int(out_first[outage.vehicle]), int(out_last[outage.vehicle])
        known = first < world.horizon
        out_first[outage.vehicle] = min(first, outage.first)
        out_last[outage.vehicle] = max(last, outage.last) if known else outage.last
    standing = Standing(world, plan, now, done, late, out_first, out_last, np.array(sorted(changes.lost), dtype=np.int64), _NONE)
    moved = changes.moved + held_up(world, plan, now, done, changes)
    return _as_it_went(standing, moved) if moved or changes.lost else standing


def _cut(world: World, cuts: Iterable[Cut], now: int) -> World:
    capacity = world.capacity.copy()
    for cut in cuts:
        width, base = int(world.resource_width[cut.resource]), int(world.resource_first[cut.resource])
        behind = int(world.resource_first[cut.resource + 1])
        begin = base + max(cut.first, now) // width
        end = min(behind, base - (-cut.last // width))
        capacity[begin:end] *= cut.share
    return world._replace(capacity=capacity)


def _windows(changes: Changes) -> dict[int, list[tuple[int, int]]]:
    result: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for closing in changes.closings:
        result[closing.leg].append((closing.first, closing.last))
    return dict(result)


def _as_it_went(standing: Standing, moved: tuple[Moved, ...]) -> Standing:
    """Legs that went otherwise, and all done trips of the vehicles concerned, become legs of their own with the times that they took."""
    world, plan, now = standing.world, standing.plan, standing.now
    done, start = standing.done.copy(), plan.start.copy()
    went = {(item.load, item.stage): (item.start, item.end) for item in moved}
    for item in sorted(moved):
        legs, following = legs_of(world, int(plan.route[item.load])), item.stage + 1
        done[item.load] = max(int(done[item.load]), following)
        unknown = following < done[item.load] and (item.load, following) not in went
        if unknown and start[item.load, following] < item.end + int(world.leg_dwell[legs[following]]):
            done[item.load] = following
    odd = {int(plan.trip[item.load, item.stage]) for item in moved} - {-1}
    vehicles = {int(plan.trip_vehicle[trip]) for trip in odd} | {item.vehicle for item in moved if item.vehicle >= 0}
    place, free = world.vehicle_place.copy(), world.vehicle_from.copy()
    facts: dict[tuple[int, int], tuple[int, int]] = {}
    last: dict[int, tuple[int, int]] = {}
    carried = {(item.load, item.stage): item.vehicle for item in moved if item.vehicle >= 0}
    for load, stage in zip(*np.nonzero(np.arange(start.shape[1])[None, :] < done[:, None]), strict=True):
        key, trip = (int(load), int(stage)), int(plan.trip[load, stage])
        vehicle = carried.get(key, int(plan.trip_vehicle[trip]) if trip >= 0 else -1)
        if key not in went and vehicle not in vehicles and trip not in odd:
            continue
        leg = legs_of(world, int(plan.route[load]))[int(stage)]
        planned = int(start[load, stage])
        facts[key] = went.get(key, (planned, planned + int(world.leg_time[leg])))
        if vehicle >= 0 and facts[key][1] >= last.get(vehicle, (-1, 0))[0]:
            last[vehicle] = (facts[key][1], int(world.leg_to[leg]))
    for vehicle, (end, node) in last.items():
        place[vehicle], free[vehicle] = node, end
    for load in standing.lost.tolist():
        done[load] = max(0, min(int(done[load]), len(legs_of(world, int(plan.route[load]))) - 1))
    standing = standing._replace(world=world._replace(vehicle_place=place, vehicle_from=free), done=done)
    return _entered(standing, facts, now)


def _entered(standing: Standing, facts: dict[tuple[int, int], tuple[int, int]], now: int) -> Standing:
    """The facts as legs, and for each load that has some a class of its own with every way on from where it is."""
    world, plan, done = standing.world, standing.plan, standing.done
    start, trip, route, arrival = (some.copy() for some in (plan.start, plan.trip, plan.route, plan.arrival))
    ready, kinds, groups = world.load_ready.copy(), world.load_class.copy(), world.load_group.copy()
    aboard: dict[int, int] = defaultdict(int)
    for load, stage in facts:
        aboard[int(trip[load, stage])] += 1
    legs: list[tuple[int, int, list[tuple[int, int, int, int, float]]]] = []
    chain_of: dict[int, list[int]] = {}
    for (load, stage), (began, end) in sorted(facts.items()):
        chain = chain_of.setdefault(load, list(legs_of(world, int(route[load]))))
        shift = end - began - int(world.leg_time[chain[stage]])
        uses = _uses(world, chain[stage], shift, max(1, aboard[int(trip[load, stage])])) if end > now else []
        legs.append((chain[stage], max(1, end - began), uses))
        chain[stage] = len(world.leg_from) + len(legs) - 1
        start[load, stage], trip[load, stage] = began, -1
    for load in standing.lost.tolist():
        chain = chain_of.setdefault(load, list(legs_of(world, int(route[load]))))
        chain[int(done[load]) :] = [len(world.leg_from) + len(legs)]
        legs.append((chain_leg(world, int(route[load]), int(done[load])), 1, []))
        before = chain[int(done[load]) - 1] if done[load] else -1
        there = 0 if before < 0 else int(start[load, done[load] - 1]) + _time(world, legs, before)
        start[load, done[load]], trip[load, done[load]] = max(now - 1, there), -1
        done[load] += 1
        groups[load] = len(world.group_due)
    known = world
    world = with_legs(world, legs)
    classes: list[list[tuple[int, ...]]] = []
    for load, chain in chain_of.items():
        begun = tuple(chain[: int(done[load])])
        whole = len(begun) == len(chain)
        ways = () if whole else onward_chains(world, int(known.load_class[load]), begun)
        classes.append([tuple(chain), *(way for way in ways if way != tuple(chain))])
        kinds[load] = len(known.class_first) + len(classes) - 2
        ready[load] = min(ready[load], start[load, 0] if done[load] else ready[load])
        last = int(start[load, done[load] - 1]) + int(world.leg_time[begun[-1]]) if begun else 0
        behind = start[load, int(done[load]) :]
        if whole:
            arrival[load], behind[:] = last, -1
        elif len(behind) and 0 <= behind[0] < last:
            arrival[load], behind[:] = -1, -1
    world = with_classes(world, classes)
    for load in chain_of:
        route[load] = world.class_first[kinds[load]]
    world = world._replace(load_ready=ready, load_class=kinds)
    if len(standing.lost):
        world = _apart(world, groups)
    plan = _tidied(plan._replace(start=start, trip=trip, route=route, arrival=arrival))
    return standing._replace(world=world, plan=plan, done=done, like=np.array([leg for leg, _, _ in legs], dtype=np.int64))


def chain_leg(world: World, route: int, number: int) -> int:
    """A leg of a route."""
    return int(world.route_leg[world.route_first[route] + number])


def _time(world: World, legs: list[tuple[int, int, list[tuple[int, int, int, int, float]]]], leg: int) -> int:
    return int(world.leg_time[leg]) if leg < len(world.leg_from) else legs[leg - len(world.leg_from)][1]


def _uses(world: World, leg: int, shift: int, aboard: int) -> list[tuple[int, int, int, int, float]]:
    """Uses of a leg that takes longer: those that begin behind its start are put off, those of a trip are shared by who is aboard."""
    result = []
    for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
        offset, quantity = int(world.use_offset[use]), int(world.use_quantity[use])
        factor = float(world.use_factor[use]) / (aboard if quantity == TRIP and world.leg_fleet[leg] >= 0 else 1)
        later = max(0, offset + shift) if offset > 0 else 0
        result.append((int(world.use_resource[use]), later, int(world.use_time[use]), quantity, factor))
    return result


def _apart(world: World, groups: Ints) -> World:
    """The world with the lost loads in a group of their own, which is never late and which nobody waits for."""
    people = world.load_people.copy()
    people[groups == len(world.group_due)] = 0
    return world._replace(
        load_group=groups,
        load_people=people,
        group_due=np.append(world.group_due, world.horizon),
        group_weight=np.append(world.group_weight, 0.0),
        group_vehicles=np.bincount(groups[people == 0], minlength=len(world.group_due) + 1).astype(np.int64),
    )


def _tidied(plan: Plan) -> Plan:
    """The plan without trips that carry nobody any more."""
    used = np.zeros(len(plan.trip_leg) + 1, dtype=np.bool_)
    used[plan.trip[plan.trip >= 0]] = True
    number = np.cumsum(used[:-1]) - 1
    trip = np.where(plan.trip >= 0, number[np.maximum(plan.trip, 0)] if len(number) else -1, -1)
    keep = used[:-1]
    return plan._replace(
        trip=trip.astype(np.int64), trip_leg=plan.trip_leg[keep], trip_vehicle=plan.trip_vehicle[keep], trip_start=plan.trip_start[keep]
    )

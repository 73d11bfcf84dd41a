"""The record of a plan made again: the announced record with what has become of its loads, trips, dates and workloads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from casque.deployment.certificate import tardiness
from casque.deployment.execution.replan import Replanned
from casque.deployment.execution.situation import Situation
from casque.deployment.execution.widening import legs_of
from casque.deployment.lines import area_of, theatre_of
from casque.deployment.presence import Journey, ground, half_there, present
from casque.deployment.schedule.score import completion
from casque.deployment.schedule.world import Ints, Plan
from casque.deployment.timetable import Timetable, timetable
from casque.deployment.translation.clock import day_of
from casque.deployment.translation.section import Chain
from casque.deployment.translation.translate import Key
from casque.deployment.usage import offered, used, workloads
from casque.plan.movement import InPlace, Load, MovementRecord, Shipment
from casque.plan.record import Outcome, Status, gap_between

_GRAIN = 2


def remade_record(situation: Situation, again: Replanned, lost: tuple[int, ...]) -> MovementRecord:
    """The announced record with the plan as it is now. Bottlenecks and bounds are those of the announced plan.

    What is lost or left behind is in no load any more; units of which something is are in place when the rest is.
    """
    going = np.ones(again.world.loads, dtype=np.bool_)
    going[list(lost)] = False
    going &= again.plan.arrival >= 0
    key = _key(situation, again)
    told = _told(situation, again, key, going)
    record, mission = situation.record, situation.mission
    horizon = int(mission.about.horizon)
    area, theatre = ground(mission, area_of(mission)), ground(mission, theatre_of(mission))
    in_place = _in_place(situation, told, key)
    closing = max((row.day for row in in_place), default=record.closure.value)
    late = tardiness(again.world, completion(again.world, again.plan))
    world = again.world
    capacities = len(situation.translated.key.capacities)
    use, there = used(world, again.plan), offered(world)
    rows = np.r_[0:capacities, len(world.resource_width) : len(use)]
    return record.model_copy(
        update={
            "loads": told.loads,
            "shipments": told.shipments,
            "trips": told.trips,
            "in_place": in_place,
            "strength": present(area, told.journeys, horizon),
            "in_theatre": present(theatre, told.journeys, horizon),
            "workloads": workloads(situation.translated.key, use[rows], there[rows], horizon),
            "closure": _outcome(record.closure, closing),
            "lateness": _outcome(record.lateness, late),
            "disruption": None,
        }
    )


def _outcome(before: Outcome, value: float) -> Outcome:
    value = round(value, 2) + 0.0
    bound = min(before.bound, value)
    status: Status = before.status if value == before.value else "feasible"
    return before.model_copy(update={"status": status, "value": value, "bound": bound, "gap": gap_between(value, bound)})


def _key(situation: Situation, again: Replanned) -> Key:
    """The key, with the ways and legs that have come in."""
    key, world = situation.translated.key, again.world
    stretches = key.stretches + tuple(key.stretches[leg] for leg in again.like.tolist())
    ways = list(key.ways)
    for route in range(len(ways), len(world.route_first) - 1):
        legs = legs_of(world, route)
        sections = tuple(stretches[leg].section for leg in legs)
        ways.append(Chain(sections, tuple(() for _ in legs), tuple(int(world.leg_dwell[leg]) for leg in legs)))
    return replace(key, ways=tuple(ways), stretches=stretches)


def _told(situation: Situation, again: Replanned, key: Key, going: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Timetable:
    """The timetable, with the trips that have happened and the times that they really took.

    The people's way through intermediate places keeps its planned times in the counts by day.
    """
    world, plan = again.world, _with_trips(situation, again)
    some = np.flatnonzero(going)
    world = world._replace(load_amount=world.load_amount[some], share=world.share[some])
    plan = plan._replace(route=plan.route[some], start=plan.start[some], trip=plan.trip[some], arrival=plan.arrival[some])
    key = replace(key, line_of=key.line_of[some], number_of=key.number_of[some])
    told = timetable(world, key, plan)
    real = _real_times(again, some, key)
    if not real:
        return told
    numbers = {(key.lines[line].id, int(number)): at for at, (line, number) in enumerate(zip(key.line_of, key.number_of, strict=True))}
    lines = {load.id: load.line for load in told.loads}
    shipments = tuple(_as_it_went(part, real.get(numbers[lines[part.load], part.number], {})) for part in told.shipments)
    by_load: dict[str, list[Shipment]] = {}
    for part in shipments:
        by_load.setdefault(part.load, []).append(part)
    loads = tuple(_covering(load, by_load.get(load.id, [])) for load in told.loads)
    return replace(told, loads=loads, shipments=shipments)


def _with_trips(situation: Situation, again: Replanned) -> Plan:
    """The plan with the trips that the world knows as legs without vehicle, because they went otherwise."""
    plan, world, first = again.plan, again.world, len(again.world.leg_from) - len(again.like)
    trip = plan.trip.copy()
    legs, vehicles, starts = (some.tolist() for some in (plan.trip_leg, plan.trip_vehicle, plan.trip_start))
    known: dict[tuple[int, int, int], int] = {}
    announced = situation.plan
    for load in range(world.loads):
        for stage, leg in enumerate(legs_of(world, int(plan.route[load]))):
            was = int(announced.trip[load, stage]) if stage < announced.trip.shape[1] else -1
            if leg < first or was < 0:
                continue
            row = (int(again.like[leg - first]), int(announced.trip_vehicle[was]), int(plan.start[load, stage]))
            if row not in known:
                known[row] = len(legs)
                for table, value in zip((legs, vehicles, starts), row, strict=True):
                    table.append(value)
            trip[load, stage] = known[row]
    tables = (np.array(table, dtype=np.int64) for table in (legs, vehicles, starts))
    return Plan(plan.route, plan.start, trip, plan.arrival, *tables)


def _real_times(again: Replanned, some: Ints, key: Key) -> dict[int, dict[int, tuple[int, float, float]]]:
    """By load and place of the first move of a section: its moves, and the days on which it began and ended, where it went otherwise."""
    world, plan, first = again.world, again.plan, len(again.world.leg_from) - len(again.like)
    found: dict[int, dict[int, tuple[int, float, float]]] = {}
    for at, load in enumerate(some.tolist()):
        moves = 0
        for stage, leg in enumerate(legs_of(world, int(plan.route[load]))):
            section = key.stretches[leg].section
            if leg >= first:
                begin = int(plan.start[load, stage])
                end = begin + int(world.leg_time[leg])
                leaves, lands = begin + section.loading, max(begin + section.loading, end - section.unloading)
                found.setdefault(at, {})[moves] = (len(section.moves), day_of(leaves, key.first), day_of(lands, key.first))
            moves += len(section.moves)
    return found


def _as_it_went(part: Shipment, real: dict[int, tuple[int, float, float]]) -> Shipment:
    departs, arrives = list(part.departs), list(part.arrives)
    for first, (count, begin, end) in real.items():
        last = first + count - 1
        planned = arrives[last] - departs[first]
        scale = (end - begin) / planned if planned > 0 else 0.0
        zero = departs[first]
        for number in range(first, last + 1):
            departs[number] = round(begin + (departs[number] - zero) * scale, 4)
            arrives[number] = round(begin + (arrives[number] - zero) * scale, 4)
        arrives[last] = end
    return part.model_copy(update={"departs": tuple(departs), "arrives": tuple(arrives)})


def _covering(load: Load, parts: list[Shipment]) -> Load:
    """A load whose legs begin with its first part and end with its last."""
    if not parts:
        return load
    legs = tuple(
        leg.model_copy(
            update={"departs": min(part.departs[number] for part in parts), "arrives": max(part.arrives[number] for part in parts)}
        )
        for number, leg in enumerate(load.legs)
    )
    return load.model_copy(update={"legs": legs})


def _in_place(situation: Situation, told: Timetable, key: Key) -> tuple[InPlace, ...]:
    """The announced rows with the days as they are now; units of which nothing moves any more are left out."""
    mission = situation.mission
    area, theatre = ground(mission, area_of(mission)), ground(mission, theatre_of(mission))
    place_of = {line.id: line.place for line in (*key.lines, *key.still)}
    arrives: dict[tuple[str, str, str], float] = {}
    for load in told.loads:
        place = place_of[load.line]
        arrives[place] = max(arrives.get(place, -np.inf), load.arrives)
    journeys: dict[tuple[str, str, str], list[Journey]] = {}
    for journey in told.journeys:
        journeys.setdefault(journey.line.place, []).append(journey)
    required = {line.place: line.required for line in (*key.lines, *key.still)}
    rows = []
    for row in situation.record.in_place:
        if row.place not in arrives:
            continue
        day, due = round(arrives[row.place], _GRAIN), required[row.place]
        mine = journeys.get(row.place, [])
        near = min(day, round(half_there(area, mine, day), _GRAIN))
        rows.append(
            row.model_copy(
                update={
                    "day": day,
                    "earliest": min(row.earliest, day),
                    "late": 0.0 if due is None else float(max(0, int(np.floor(day + 1e-6)) - due)),
                    "people_day": near,
                    "theatre_day": min(near, round(half_there(theatre, mine, day), _GRAIN)),
                }
            )
        )
    return tuple(rows)

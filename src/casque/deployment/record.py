"""A schedule and its proof in the words of the record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.deployment.alone import by_place
from casque.deployment.bottleneck import bottlenecks
from casque.deployment.certificate import Bounds, bounds, outcome, tardiness
from casque.deployment.lines import area_of, theatre_of
from casque.deployment.presence import Journey, ground, half_there, present
from casque.deployment.schedule.score import completion
from casque.deployment.schedule.solve import Found
from casque.deployment.timetable import Timetable, timetable
from casque.deployment.translation.clock import day_of
from casque.deployment.translation.translate import Key, Translated
from casque.deployment.usage import binding, offered, used, workloads
from casque.mission.mission import Mission
from casque.plan.movement import InPlace, MovementRecord, Unmoved

_GRAIN = 2


@dataclass(frozen=True)
class Proof:
    """What is spent on bounds and on what would bring more."""

    steps: int
    """Steps of the ascent that bounds lateness."""
    more: int
    """Dispatches for each capacity of which there is one more."""
    seed: int


def record_of(translated: Translated, found: Found, mission: Mission, proof: Proof, held: tuple[Unmoved, ...] = ()) -> MovementRecord:
    """The record of a schedule that leaves nothing behind, with units `held` at home."""
    world, key, plan = translated.world, translated.key, found.plan
    told = timetable(world, key, plan)
    area, theatre = ground(mission, area_of(mission)), ground(mission, theatre_of(mission))
    horizon = int(mission.about.horizon)
    proven = bounds(translated, found, proof.steps)
    use, there = used(world, plan), offered(world)
    complete = completion(world, plan)
    moved = bool(told.loads)
    still = max((float(line.ready) for line in key.still), default=-np.inf)
    closing = max(still, day_of(found.score.closure, key.first)) if world.loads else max(0.0, still)
    bound = max(still, day_of(proven.closure, key.first)) if world.loads else closing
    late = tardiness(world, complete)
    unmoved = (*translated.unmoved, *held)
    return MovementRecord(
        loads=told.loads,
        in_place=_in_place(translated, found, proven, told, mission),
        unmoved=unmoved,
        strength=present(area, told.journeys, horizon),
        in_theatre=present(theatre, told.journeys, horizon),
        workloads=workloads(key, use, there, horizon),
        closure=outcome(closing if moved else 0.0, bound if moved else 0.0, moved, bool(unmoved)),
        lateness=outcome(late, proven.lateness, moved, bool(unmoved)),
        bottlenecks=bottlenecks(translated, found, proven, binding(use, there), proof.seed, proof.more) if world.loads else (),
        shipments=told.shipments,
        trips=told.trips,
    )


def _in_place(translated: Translated, found: Found, proven: Bounds, told: Timetable, mission: Mission) -> tuple[InPlace, ...]:
    key = translated.key
    area, theatre = ground(mission, area_of(mission)), ground(mission, theatre_of(mission))
    soonest = by_place(key, proven.lines)
    journeys: dict[tuple[str, str, str], list[Journey]] = {}
    for journey in told.journeys:
        journeys.setdefault(journey.line.place, []).append(journey)
    arrives = _arrivals(key, found)
    lines = {line.place: line for line in (*key.still, *key.lines)}
    rows = []
    for place in sorted(lines):
        line = lines[place]
        day = round(arrives[place], _GRAIN)
        mine = journeys[place]
        near = min(day, round(half_there(area, mine, day), _GRAIN))
        rows.append(
            InPlace(
                unit=line.unit,
                sector=line.sector,
                part=line.part,
                strength=round(line.weight * 100, 6),
                day=day,
                earliest=min(day, round(day_of(soonest[place], key.first), _GRAIN)) if place in soonest else day,
                late=0.0 if line.required is None else float(max(0, int(np.floor(day + 1e-6)) - line.required)),
                people_day=near,
                theatre_day=min(near, round(half_there(theatre, mine, day), _GRAIN)),
                ready=float(line.ready),
                outside=area.country[line.destination] not in area.countries,
            )
        )
    return tuple(rows)


def _arrivals(key: Key, found: Found) -> dict[tuple[str, str, str], float]:
    """Day from D-day on which the last of each unit in its place arrives."""
    result = {line.place: float(line.ready) for line in key.still}
    last = np.full(len(key.lines), -1, dtype=np.int64)
    np.maximum.at(last, key.line_of, found.plan.arrival)
    for line, tick in zip(key.lines, last.tolist(), strict=True):
        result[line.place] = max(result.get(line.place, -np.inf), day_of(tick, key.first))
    return result

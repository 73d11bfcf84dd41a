"""From reported departures and arrivals to the legs that went otherwise than announced."""

from __future__ import annotations

from casque.deployment.execution.changes import Moved
from casque.deployment.execution.situation import Situation

Times = dict[tuple[int, int], int]
"""Load and leg: tick."""


def went(situation: Situation, now: int, began: Times, ended: Times, on: Times, heard: set[int]) -> tuple[Moved, ...]:
    """The legs that went otherwise than announced, from the ticks on which legs `began` and `ended` and the vehicles that they were `on`.

    Who shared a trip with somebody reported, and is not among the loads `heard` of, was on it. Legs before a reported one ended before it.
    """
    plan, world = situation.plan, situation.translated.world
    began, ended = dict(began), dict(ended)
    _with_mates(situation, began, ended, on, heard)
    times = {key: _times(situation, key, began, ended) for key in sorted({*began, *ended})}
    for load in sorted({load for load, _ in times}):
        _before(situation, load, times)
    result = []
    for (load, stage), (start, end) in sorted(times.items()):
        leg = int(world.route_leg[world.route_first[plan.route[load]] + stage])
        announced = int(plan.start[load, stage])
        same = on.get((load, stage), -1) in (-1, _carrier(situation, load, stage))
        if (start, end) != (announced, announced + int(world.leg_time[leg])) or announced >= now or not same:
            result.append(Moved(load, stage, start, max(end, start + 1), -1 if same else on[load, stage]))
    return tuple(result)


def _with_mates(situation: Situation, began: Times, ended: Times, on: Times, heard: set[int]) -> None:
    plan = situation.plan
    aboard: dict[int, list[tuple[int, int]]] = {}
    for load in range(situation.translated.world.loads):
        for stage in range(len(situation.sections(load))):
            aboard.setdefault(int(plan.trip[load, stage]), []).append((load, stage))
    for key in sorted({*began, *ended}):
        trip = int(plan.trip[key])
        for mate in aboard[trip] if trip >= 0 and key not in on else ():
            if mate[0] not in heard:
                for table in (began, ended):
                    if key in table:
                        table.setdefault(mate, table[key])


def _carrier(situation: Situation, load: int, stage: int) -> int:
    trip = int(situation.plan.trip[load, stage])
    return int(situation.plan.trip_vehicle[trip]) if trip >= 0 else -1


def _times(situation: Situation, key: tuple[int, int], began: Times, ended: Times) -> tuple[int, int]:
    plan, world = situation.plan, situation.translated.world
    leg = int(world.route_leg[world.route_first[plan.route[key[0]]] + key[1]])
    takes, announced = int(world.leg_time[leg]), int(plan.start[key])
    if key in began:
        return began[key], max(ended.get(key, began[key] + takes), began[key] + 1)
    end = ended[key]
    return (announced if announced < end else max(0, end - takes)), end


def _before(situation: Situation, load: int, times: dict[tuple[int, int], tuple[int, int]]) -> None:
    plan, world = situation.plan, situation.translated.world
    last = max(stage for known, stage in times if known == load)
    for stage in range(last - 1, -1, -1):
        leg = int(world.route_leg[world.route_first[plan.route[load]] + stage])
        announced = int(plan.start[load, stage])
        start, end = times.get((load, stage), (announced, announced + int(world.leg_time[leg])))
        following = times.get((load, stage + 1), (int(plan.start[load, stage + 1]), 0))[0]
        if end > following:
            times[load, stage] = (max(0, min(start, following - 1)), following)

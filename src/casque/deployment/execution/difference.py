"""What changed for whom between an announced plan and the one made again, and why."""

from __future__ import annotations

from casque.deployment.execution.replan import Replanned
from casque.deployment.execution.replay import CAPACITY, LATE, SPACE, VEHICLE, WAITS
from casque.deployment.execution.reported import Reported
from casque.deployment.execution.situation import Situation
from casque.deployment.execution.widening import legs_of
from casque.deployment.schedule.world import Plan
from casque.deployment.translation.section import Section
from casque.plan.remade import ChangedMovement


def changed_movements(situation: Situation, reported: Reported, again: Replanned) -> tuple[ChangedMovement, ...]:
    """The parts of loads whose journey is another than announced, those that leave first before the others."""
    rows = [_row(situation, reported, again, load) for load in again.changed.tolist()]
    return tuple(sorted(rows, key=lambda row: (_soonest(row), row.unit, row.load, row.shipment)))


def _soonest(row: ChangedMovement) -> float:
    known = [day for day in (row.departs_before, row.departs) if day is not None]
    return min(known) if known else float("inf")


def _row(situation: Situation, reported: Reported, again: Replanned, load: int) -> ChangedMovement:
    key, world, before, now = situation.translated.key, situation.translated.world, situation.plan, again.plan
    line = key.lines[int(key.line_of[load])]
    sections, others = situation.sections(load), _sections(situation, again, load)
    stage = _first_change(situation, again, load)
    was = sections[stage] if stage < len(sections) else None
    new = others[stage] if stage < len(others) else None
    arrives, comes = int(before.arrival[load]), int(now.arrival[load])
    lost = load in reported.lost
    kind = "lost" if lost else "behind" if comes < 0 else "planned" if _ahead(again, load, stage) else "reported"
    ways = ("", "") if _nodes(sections) == _nodes(others) or lost else (_nodes(sections), _nodes(others))
    leaves = None if lost or new is None else _leaves(situation, now, load, stage, new)
    first = new or was
    return ChangedMovement(
        unit=line.unit,
        member=line.member,
        load=situation.load_of.get(load, line.id),
        shipment=int(key.number_of[load]),
        what=line.what,
        people=float(world.load_amount[load, 0]),
        tonnes=round(float(world.load_amount[load, 8]), 2),
        kind=kind,
        start=first.start if first is not None else line.origin,
        departs_before=None if was is None else _leaves(situation, before, load, stage, was),
        departs=leaves,
        arrives_before=situation.day(arrives) if arrives >= 0 else None,
        arrives=situation.day(comes) if comes >= 0 and not lost else None,
        by_before=_carrier(situation, before, load, stage),
        by="" if lost else _carried(situation, again, load, stage),
        way_before=ways[0],
        way=ways[1],
        why=_why(situation, reported, again, load),
    )


def _sections(situation: Situation, again: Replanned, load: int) -> tuple[Section, ...]:
    stretches, first = situation.translated.key.stretches, len(again.world.leg_from) - len(again.like)
    legs = legs_of(again.world, int(again.plan.route[load]))
    return tuple(stretches[leg if leg < first else int(again.like[leg - first])].section for leg in legs)


def _first_change(situation: Situation, again: Replanned, load: int) -> int:
    """The first leg that begins at another time or takes another way; the last one begun where only its end is another."""
    before, now = situation.plan, again.plan
    mine = legs_of(situation.translated.world, int(before.route[load]))
    first = len(again.world.leg_from) - len(again.like)
    theirs = [leg if leg < first else int(again.like[leg - first]) for leg in legs_of(again.world, int(now.route[load]))]
    longest = max(len(mine), len(theirs))
    for stage in range(longest):
        if mine[stage : stage + 1] != tuple(theirs[stage : stage + 1]):
            return stage
        if int(before.start[load, stage]) != int(now.start[load, stage]):
            return stage
    facts = [stage for stage, leg in enumerate(legs_of(again.world, int(now.route[load]))) if leg >= first]
    return facts[0] if facts else 0


def _ahead(again: Replanned, load: int, stage: int) -> bool:
    """Whether something that is still to come is another than announced."""
    starts = again.plan.start[load, stage:]
    return bool((starts >= again.now).any()) and int(again.plan.start[load, stage]) >= again.now


def _leaves(situation: Situation, plan: Plan, load: int, stage: int, section: Section) -> float | None:
    start = int(plan.start[load, stage]) if stage < plan.start.shape[1] else -1
    return situation.day(start + section.loading) if start >= 0 else None


def _carrier(situation: Situation, plan: Plan, load: int, stage: int) -> str:
    trip = int(plan.trip[load, stage]) if stage < plan.trip.shape[1] else -1
    return situation.vehicle(int(plan.trip_vehicle[trip])) if trip >= 0 else ""


def _carried(situation: Situation, again: Replanned, load: int, stage: int) -> str:
    """What carries it now; what went otherwise was carried as announced unless a report says by what."""
    first = len(again.world.leg_from) - len(again.like)
    legs = legs_of(again.world, int(again.plan.route[load]))
    if stage < len(legs) and legs[stage] >= first:
        return _carrier(situation, situation.plan, load, stage)
    return _carrier(situation, again.plan, load, stage)


def _nodes(sections: tuple[Section, ...]) -> str:
    return " – ".join([sections[0].start, *(section.end for section in sections)]) if sections else ""


def _why(situation: Situation, reported: Reported, again: Replanned, load: int) -> str:
    """Why a part of a load does not go as announced."""
    reason, what = int(again.reasons.why[load]), int(again.reasons.what[load])
    if load in reported.lost:
        return "reported lost"
    if load in reported.delays:
        return "reported delayed"
    told = load in {known for known, _ in (*reported.began, *reported.ended)}
    if reason == LATE:
        return "went otherwise, as reported" if told else "is not there in time"
    if reason == VEHICLE:
        return f"{situation.vehicle(what)} cannot be there, nor another of its fleet"
    if reason in (CAPACITY, SPACE):
        room = "no room to wait" if reason == SPACE else "no capacity left"
        return f"{room}: {_capacity(situation, reported, what)}"
    if reason == WAITS:
        return "its vehicles come at another time"
    if _shared(again, load):
        return "went otherwise, as reported" if told else "shared a trip that went otherwise"
    return "brought forward or put back for the sake of the whole"


def _shared(again: Replanned, load: int) -> bool:
    first = len(again.world.leg_from) - len(again.like)
    return any(leg >= first for leg in legs_of(again.world, int(again.plan.route[load])))


def _capacity(situation: Situation, reported: Reported, what: int) -> str:
    key = situation.translated.key
    if 0 <= what < len(key.capacities):
        return key.capacities[what].label
    names = sorted({name for name, _ in reported.closed})
    at = what - len(key.capacities)
    return f"{names[at]} is closed" if 0 <= at < len(names) else "a capacity"

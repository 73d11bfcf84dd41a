"""An independent check of a schedule against the mission as written; it shares no computation with the scheduler.

It replays the daily parts of every load over the written nodes, links and fleets.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import Any

from casque.deployment.dispatch import Movement, Shipment
from casque.mission.season import is_winter
from casque.mission.vocabulary import AgreementStatus, Mode, NodeKind
from casque.reference.load import Reference

GRAIN = 0.0051


@dataclass(frozen=True)
class Freight:
    """What a load weighs on the network by the pledge, its unit type and the factors, whatever the scheduler thinks."""

    people: float
    vehicles: float
    lane_metres: float
    tonnes: float
    coaches: float


def freight(mission: Any, reference: Reference, movement: Movement, shipment: Shipment) -> Freight:
    """The load of a unit that a shipment stands for: all its equipment, its people, or both where they ride in their own vehicles."""
    unit = next(pledge for pledge in mission.forces.pledges if pledge.id == movement.mover.id)
    kind = reference.unit_types[unit.unit_type]
    whole = unit.strength / kind.strength
    aboard = len(movement.shipments) == 1
    if shipment.load.what == "people":
        return Freight(unit.strength, 0.0, 0.0, 0.0, float(ceil(unit.strength / reference.value("movement.coach-seats"))))
    return Freight(unit.strength if aboard else 0.0, kind.vehicles * whole, kind.lane_metres * whole, kind.tonnes * whole, 0.0)


def faults(mission: Any, reference: Reference, movements: list[Movement], first: int) -> list[str]:
    """Everything wrong with a schedule; empty if nothing is. `first` is the day, from D-day, of index 0."""
    queueing, stowage = reference.value("movement.queueing"), reference.value("movement.stowage")
    found: list[str] = []
    used: dict[tuple[str, ...], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    seen: set[str] = set()
    for movement in movements:
        if movement.mover.id in seen:
            found.append(f"{movement.mover.id} moves twice")
        seen.add(movement.mover.id)
        if movement.shipments:
            found += _meeting(mission, reference, movement, first)
        for shipment in movement.shipments:
            found += _journey(mission, movement, shipment, first)
            found += _replay(mission, movement, shipment, freight(mission, reference, movement, shipment), first, used, stowage)
    return found + _overfull(mission, used, queueing)


def _meeting(mission: Any, reference: Reference, movement: Movement, first: int) -> list[str]:
    """People and equipment are all there, and the unit is in place when the later of them is."""
    unit = next(pledge for pledge in mission.forces.pledges if pledge.id == movement.mover.id)
    found = []
    kind = reference.unit_types[unit.unit_type]
    whats = sorted(shipment.load.what for shipment in movement.shipments)
    if whats not in (["equipment", "people"], ["people"] if kind.vehicles == 0 else ["equipment"]):
        found.append(f"{unit.id}: {' and '.join(whats)} is not the whole unit")
    if whats == ["equipment"] and (_country(mission, unit.home) not in _theatre(mission) or _lifted(movement)):
        found.append(f"{unit.id}: people aboard vehicles that do not drive all the way")
    if abs(movement.arrives - max(shipment.arrives for shipment in movement.shipments)) > 1e-9:
        found.append(f"{unit.id}: in place before its last load")
    if movement.arrives + first < (unit.ready_to_load - mission.about.d_day).days - 1e-9:
        found.append(f"{unit.id}: in place before it was ready")
    return found


def _country(mission: Any, node: str) -> str:
    return str(next(place.country for place in mission.transport.nodes if place.id == node))


def _theatre(mission: Any) -> set[str]:
    """Countries that hold a sector base, a border crossing or a staging area."""
    fixed = {place.country for place in mission.transport.nodes if place.kind in (NodeKind.BORDER, NodeKind.STAGING)}
    return fixed | {_country(mission, sector.base) for sector in mission.area.sectors}


def _lifted(movement: Movement) -> bool:
    return any(stage.fleet for shipment in movement.shipments for stage in shipment.route.stages)


def _journey(mission: Any, movement: Movement, shipment: Shipment, first: int) -> list[str]:
    """Legs join up from home to base, all of the load goes over each of them, and none of it before it came up."""
    found = []
    hops = [hop for stage in shipment.route.stages for hop in stage.hops]
    places = [movement.mover.home, *(hop.end for hop in hops)]
    if any(hop.start != place for hop, place in zip(hops, places, strict=False)) or places[-1] != movement.mover.base:
        found.append(f"{shipment.load.id}: legs do not join")
    links = {link.id: link for link in mission.transport.links}
    fleets = {lift.id: lift for lift in mission.transport.lift}
    gone = None
    for stage, flow in zip(shipment.route.stages, shipment.flows, strict=True):
        if abs(flow.sum() - 1) > 1e-6:
            found.append(f"{shipment.load.id}: {flow.sum()} of it goes by {stage.hops[0].link}")
        if gone is not None and (flow.cumsum() > gone + 1e-6).any():
            found.append(f"{shipment.load.id}: leaves {stage.hops[0].start} before it is there")
        gone = flow.cumsum()
        for hop in stage.hops:
            link = links[hop.link]
            speed = min(link.speed, fleets[stage.fleet].speed) if stage.fleet else link.speed
            if hop.arrives - hop.departs < link.length / speed / link.hours_per_day - GRAIN:
                found.append(f"{shipment.load.id}: too fast over {link.id}")
            if (link.mode is Mode.ROAD) == bool(stage.fleet):
                found.append(f"{shipment.load.id}: wrong vehicles over {link.id}")
    nodes = {node.id: node for node in mission.transport.nodes}
    for before, after in pairwise(hops):
        place = nodes[before.end]
        received = place.kind in (NodeKind.BORDER, NodeKind.STAGING) or before.mode is not after.mode
        if after.departs - before.arrives < (place.handling if received else 0.0) - GRAIN:
            found.append(f"{shipment.load.id}: not handled at {place.id}")
    if hops:
        last = max(day for day, part in enumerate(shipment.flows[-1]) if part > 0)
        if abs(last + hops[-1].arrives - shipment.arrives) > 1e-6:
            found.append(f"{shipment.load.id}: arrives before its last part")
        start = min(day for day, part in enumerate(shipment.flows[0]) if part > 0)
        unit = next(pledge for pledge in mission.forces.pledges if pledge.id == movement.mover.id)
        if start + first < (unit.ready_to_load - mission.about.d_day).days:
            found.append(f"{shipment.load.id}: leaves before it is ready")
    return found


def _replay(mission: Any, movement: Movement, shipment: Shipment, cargo: Freight, first: int, used: Any, stowage: float) -> list[str]:
    """Books every part of the load against what it passes, and notes what was closed on the day."""
    found = []
    nodes = {node.id: node for node in mission.transport.nodes}
    links = {link.id: link for link in mission.transport.links}
    fleets = {lift.id: lift for lift in mission.transport.lift}
    d_day = mission.about.d_day
    hops = [hop for stage in shipment.route.stages for hop in stage.hops]
    for stage, flow in zip(shipment.route.stages, shipment.flows, strict=True):
        for index, part in ((index, float(part)) for index, part in enumerate(flow) if part > 0):
            for hop in stage.hops:
                leaves, lands = floor(index + first + hop.departs), floor(index + first + hop.arrives)
                place, number = nodes[hop.end], hops.index(hop)
                if not _within(links[hop.link], d_day + timedelta(days=leaves)) or not _within(place, d_day + timedelta(days=lands)):
                    found.append(f"{shipment.load.id}: {hop.link} or {place.id} closed")
                if not _welcome(
                    mission, nodes[movement.mover.home].country, movement.mover.member, place.country, d_day + timedelta(days=lands)
                ):
                    found.append(f"{shipment.load.id}: no agreement with {place.country}")
                if number == 0:
                    _book_node(used, nodes[hop.start], cargo, None, hop.mode, leaves, part)
                _book_node(used, place, cargo, hop.mode, hops[number + 1].mode if number + 1 < len(hops) else None, lands, part)
                coaches = cargo.coaches if hop.mode is Mode.ROAD else 0.0
                used["link", hop.link, hop.start][leaves] += part * (cargo.vehicles + coaches)
            if stage.fleet:
                lift, leaves = fleets[stage.fleet], floor(index + first + stage.hops[0].departs)
                if lift.members and movement.mover.member not in lift.members:
                    found.append(f"{shipment.load.id}: {lift.id} does not take {movement.mover.member}")
                if d_day + timedelta(days=leaves) < lift.first_day or (lift.last_day and d_day + timedelta(days=leaves) > lift.last_day):
                    found.append(f"{shipment.load.id}: {lift.id} not at work")
                tonnes = cargo.tonnes / lift.tonnes if lift.tonnes else 0.0
                metres = cargo.lane_metres / lift.lane_metres / (stowage if lift.mode is Mode.SEA else 1) if lift.lane_metres else 0.0
                trips = part * (max(tonnes, metres) if cargo.vehicles else cargo.people / lift.people)
                length = sum(links[hop.link].length / min(links[hop.link].speed, lift.speed) for hop in stage.hops)
                cycle = (2 * length + lift.turnaround) / lift.hours_per_day
                for day in range(max(1, ceil(cycle - 1e-9))):
                    used["fleet", lift.id][leaves + day] += trips * cycle / max(1, ceil(cycle - 1e-9))
    return found


def _book_node(used: Any, place: Any, cargo: Any, arriving: Mode | None, leaving: Mode | None, day: int, part: float) -> None:
    if place.kind not in (NodeKind.BORDER, NodeKind.STAGING) and arriving is leaving:
        return
    used["node", place.id, "people"][day] += part * cargo.people
    if {arriving, leaving} & {Mode.AIR, Mode.SEA, Mode.RAIL}:
        metres = place.lane_metres_per_day is not None and Mode.AIR not in (arriving, leaving)
        used["node", place.id, "lane metres" if metres else "tonnes"][day] += part * (cargo.lane_metres if metres else cargo.tonnes)


def _within(thing: Any, when: date) -> bool:
    return (thing.opens is None or when >= thing.opens) and (thing.closes is None or when <= thing.closes)


def _welcome(mission: Any, standing: str, member: str, country: str, when: date) -> bool:
    if country in (standing, member):
        return True
    return any(
        agreement.country == country
        and agreement.status is not AgreementStatus.REFUSED
        and agreement.kind.value in ("status of forces", "transit", "basing")
        and (not agreement.members or member in agreement.members)
        and agreement.in_force is not None
        and when >= agreement.in_force
        and (agreement.expires is None or when <= agreement.expires)
        for agreement in mission.agreements.agreements
    )


def _overfull(mission: Any, used: Any, queueing: float) -> list[str]:
    limits: dict[tuple[str, ...], float] = {}
    winter: dict[tuple[str, ...], float] = {}
    latitude: dict[tuple[str, ...], float] = {}
    where = {node.id: node.latitude for node in mission.transport.nodes}
    for node in mission.transport.nodes:
        share = queueing if node.kind is NodeKind.AIRPORT else 1.0
        for what, limit in (("people", node.people_per_day), ("tonnes", node.tonnes_per_day), ("lane metres", node.lane_metres_per_day)):
            if limit is not None:
                limits["node", node.id, what] = limit * share
    for link in mission.transport.links:
        if link.vehicles_per_day is not None:
            for end in (link.start, link.end):
                limits["link", link.id, end] = link.vehicles_per_day
                winter["link", link.id, end] = link.vehicles_per_day * link.winter_share
                latitude["link", link.id, end] = (where[link.start] + where[link.end]) / 2
    limits.update({("fleet", lift.id): lift.number for lift in mission.transport.lift})
    found = []
    for key, days in used.items():
        for day, amount in days.items():
            cold = key in winter and is_winter(mission.about.d_day + timedelta(days=day), latitude[key])
            limit = winter[key] if cold else limits.get(key)
            if limit is not None and amount > limit * (1 + 1e-6) + 1e-6:
                found.append(f"{key} takes {amount} on day {day}, limit {limit}")
    return found

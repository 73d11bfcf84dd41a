"""Movement lines, network and lift as a problem of the scheduler, with a key from its numbers back to their names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil, inf

import numpy as np
from numpy.typing import NDArray

from casque.deployment.calendar import Calendar
from casque.deployment.line import MovementLine
from casque.deployment.network import ANY_MODE, SURFACE, Network, Traveller, paths
from casque.deployment.reason import why_unmoved
from casque.deployment.schedule.draft import Draft, Loads
from casque.deployment.schedule.world import World
from casque.deployment.translation.clock import DAY, start_of
from casque.deployment.translation.ground import Capacity, Ground, Stretch
from casque.deployment.translation.packet import MOST, amounts, needed, parts, share, split
from casque.deployment.translation.section import Chain, chains, seasons
from casque.deployment.translation.vehicles import Lifts
from casque.mission.transport import Lift
from casque.mission.vocabulary import Mode
from casque.plan.movement import Unmoved
from casque.reference.load import Reference

Ints = NDArray[np.int64]

PATHS, SEARCHES, CHAINS, ROUTES = 4, 14, 24, 10
"""Paths kept for a line, path searches made to find them, combinations of fleets looked at on each, ways kept in all."""
APART = 36
"""Ticks by which port dates may hold up a way more than the quickest one; ways that are held up longer are left out."""
NEVER = 10**6
"""Tick by which what has no required date is due."""


@dataclass(frozen=True)
class Key:
    """What the numbers of a world stand for."""

    first: int
    """Day, from D-day, on which tick 0 begins."""
    lines: tuple[MovementLine, ...]
    """Lines that move."""
    still: tuple[MovementLine, ...]
    """Lines that are at their destination already."""
    groups: tuple[tuple[str, str, str], ...]
    """By group."""
    line_of: Ints
    """By load: its line."""
    number_of: Ints
    """By load: its number in the line, from 1."""
    ways: tuple[Chain, ...]
    """By route."""
    stretches: tuple[Stretch, ...]
    """By leg."""
    capacities: tuple[Capacity, ...]
    """By capacity."""
    lifts: tuple[Lift, ...]
    """By fleet."""

    def vehicle(self, world: World, vehicle: int) -> tuple[Lift, int]:
        """Fleet of a vehicle, and its number in it, from 1."""
        fleet = int(np.searchsorted(world.fleet_vehicle_first, vehicle, side="right")) - 1
        return self.lifts[fleet], vehicle - int(world.fleet_vehicle_first[fleet]) + 1


@dataclass(frozen=True)
class Translated:
    """A world, the key to it, and the units that cannot be moved."""

    world: World
    key: Key
    unmoved: tuple[Unmoved, ...]


@dataclass(frozen=True)
class _Line:
    """A line with its ways and parts."""

    line: MovementLine
    ways: tuple[Chain, ...]
    legs: tuple[tuple[int, ...], ...]
    ready: int
    amount: NDArray[np.float64]
    count: int


Barred = frozenset[tuple[str, str]]
"""Lines and the labels of ways that they cannot finish."""


def translate(
    lines: tuple[MovementLine, ...], network: Network, reference: Reference, calendar: Calendar, barred: Barred = frozenset()
) -> Translated:
    """The problem behind movement lines, without the `barred` ways. A unit of which one line has no way is unmoved as a whole."""
    horizon = calendar.size * DAY
    ahead = ceil(reference.value("movement.people-ahead")) * DAY
    lifts = Lifts(network, reference)
    ground = Ground(network, reference, Draft(horizon, ahead), lifts.number)
    unmoved: dict[tuple[str, str, str], Unmoved] = {}
    found: list[_Line] = []
    still: list[MovementLine] = []
    for line in lines:
        if line.place in unmoved:
            continue
        missing = [node for node in (line.origin, line.destination) if node not in network.nodes]
        if missing:
            text = f"{line.name} cannot be moved: the transport network has no node {' or '.join(missing)}."
            unmoved[line.place] = Unmoved(unit=line.unit, reason=text)
        elif line.origin == line.destination:
            still.append(line)
        elif isinstance(ways := _line(ground, lifts, line, barred), str):
            unmoved[line.place] = Unmoved(unit=line.unit, reason=ways)
        else:
            found.append(ways)
    found = [item for item in found if item.line.place not in unmoved]
    still = [line for line in still if line.place not in unmoved]
    return _whole(ground, lifts, found, still, tuple(unmoved[place] for place in sorted(unmoved)))


def _line(ground: Ground, lifts: Lifts, line: MovementLine, barred: Barred) -> _Line | str:
    """A line with the ways that it may take, or why it has none."""
    network = ground.network
    first = network.calendar.first
    traveller = Traveller(
        line.member,
        line.origin,
        line.destination,
        line.ready - first,
        line.vehicles == 0,
        line.modes,
        load_class=line.load_class,
        height=line.height,
    )
    limits = {lift.id: lifts.limits(lift) for lift in network.transport.lift}
    amount = amounts(line)
    chosen = _ways(network, line, traveller, limits, amount)
    if not chosen and line.modes == SURFACE:
        chosen = _ways(network, line, replace(traveller, modes=ANY_MODE), limits, amount)
    chosen = [way for way in chosen if (line.id, way.label) not in barred]
    if not chosen:
        return why_unmoved(network, traveller, line.name, line.what)
    rides = line.what == "people"
    legs = [
        tuple(ground.leg(part, gates, dwell, rides) for part, gates, dwell in zip(way.sections, way.gates, way.dwells, strict=True))
        for way in chosen
    ]
    counts = [needed(amount, [ground.stretches[leg] for leg in route], ground.least, limits) for route in legs]
    kept = [number for number, count in enumerate(counts) if count <= MOST] or [int(np.argmin(counts))]
    fewest = max(counts[number] for number in kept)
    if fewest == inf:
        return f"{line.name} cannot be moved: no vehicle on its ways takes its {line.what}."
    fleets = {part.lift.id for number in kept for part in chosen[number].sections if part.lift is not None}
    count = parts(amount, int(fewest), [share(limits[name], amount) for name in sorted(fleets)])
    ready = max(start_of(line.ready, first), *(_release(chosen[number], line, first) for number in kept))
    return _Line(line, tuple(chosen[number] for number in kept), tuple(legs[number] for number in kept), ready, amount, count)


def _release(way: Chain, line: MovementLine, first: int) -> int:
    dates = [None if day is None else (day - first) * DAY for day in (line.available, line.earliest)]
    return way.release(dates[0], dates[1])


def _ways(
    network: Network, line: MovementLine, traveller: Traveller, limits: dict[str, list[float]], amount: NDArray[np.float64]
) -> list[Chain]:
    """Ways by which the line could get there on some day: those that would arrive first with nobody else under way, and more only so that
    no fleet is left out; each with its likes at other times of the year."""
    by_path = [chains(network, traveller, moves, CHAINS) for moves in paths(network, traveller, PATHS, SEARCHES)]
    ranked = _ranked(network, line, [way for rank in zip_longest(*by_path) for way in rank if way is not None], limits, amount)
    if Mode.AIR in traveller.modes and any(Mode.SEA not in item[3].modes for item in ranked):
        # Who may fly does not sail: as a ferry for troops, or for what an aircraft has brought, a cargo ship keeps vehicles waiting.
        ranked = [item for item in ranked if Mode.SEA not in item[3].modes]
    ranked.sort(key=lambda item: item[:2])
    near = [item for item in ranked if item[2] <= ranked[0][2] + APART]
    kept = near[:ROUTES]
    known = {name for item in kept for name in item[3].fleets}
    for item in near[ROUTES:]:
        if not known.issuperset(item[3].fleets):
            kept.append(item)
            known.update(item[3].fleets)
    ways = [item[3] for item in kept]
    other = [way for own in ways for moves in seasons(network, own.moves) for way in chains(network, traveller, moves, CHAINS)]
    fleets = {way.lifts for way in ways}
    later = _ranked(network, line, [way for way in other if way.lifts in fleets], limits, amount)
    return list({way.signature: way for way in (*ways, *(item[3] for item in later))}.values())


def _ranked(
    network: Network, line: MovementLine, ways: list[Chain], limits: dict[str, list[float]], amount: NDArray[np.float64]
) -> list[tuple[int, int, int, Chain]]:
    """Ways that get there, with the tick of arrival, their place and the tick before which they must not begin."""
    first = network.calendar.first
    ranked: list[tuple[int, int, int, Chain]] = []
    for way in ways:
        if any(share(limits[name], amount) == inf for name in way.fleets):
            continue
        begins = max(start_of(line.ready, first), _release(way, line, first))
        arrives = way.arrival(begins)
        if arrives is not None and arrives < network.calendar.size * DAY:
            ranked.append((arrives, len(ranked), begins, way))
    return ranked


def _whole(ground: Ground, lifts: Lifts, found: list[_Line], still: list[MovementLine], unmoved: tuple[Unmoved, ...]) -> Translated:
    draft, first = ground.draft, ground.network.calendar.first
    groups = sorted({item.line.group for item in found})
    number_of = {group: number for number, group in enumerate(groups)}
    kinds: dict[tuple[tuple[int, ...], ...], int] = {}
    ways: list[Chain] = []
    for item in found:
        if item.legs not in kinds:
            kinds[item.legs] = draft.routes(item.legs)
            ways += item.ways
    sections = [(stretch.section, ground.place(stretch.section.start), ground.place(stretch.section.end)) for stretch in ground.stretches]
    lifts.enter(draft, sections)
    spread = np.repeat(np.arange(len(found)), [item.count for item in found])
    rows = [split(item.line, item.amount, item.count) for item in found]
    due, weight = _dates(found, number_of, first)
    loads = Loads(
        group=[number_of[found[line].line.group] for line in spread],
        kind=[kinds[found[line].legs] for line in spread],
        ready=[found[line].ready for line in spread],
        people=[int(found[line].line.what == "people" and found[line].line.meets) for line in spread],
        amount=np.concatenate([np.zeros((0, 9)), *rows])[:, :7],
        due=due,
        weight=weight,
    )
    key = Key(
        first=first,
        lines=tuple(item.line for item in found),
        still=tuple(still),
        groups=tuple(groups),
        line_of=spread.astype(np.int64),
        number_of=np.concatenate([np.zeros(0), *(np.arange(1, item.count + 1) for item in found)]).astype(np.int64),
        ways=tuple(ways),
        stretches=tuple(ground.stretches),
        capacities=tuple(ground.capacities),
        lifts=tuple(lifts.lifts),
    )
    return Translated(draft.world(loads), key, unmoved)


def _dates(found: list[_Line], number_of: dict[tuple[str, str, str], int], first: int) -> tuple[list[int], list[float]]:
    """By group: the last tick of the day on which it is required, and the weight of a tick of lateness, its people in hundreds a day."""
    due = [NEVER] * len(number_of)
    weights: list[dict[tuple[str, str, str], float]] = [{} for _ in number_of]
    for item in found:
        group = number_of[item.line.group]
        weights[group][item.line.place] = item.line.weight
        if item.line.required is not None:
            due[group] = min(due[group], (item.line.required - first + 1) * DAY - 1)
    return due, [sum(some.values()) / DAY for some in weights]

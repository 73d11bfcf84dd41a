"""How far a force reaches in a sector within a time: over the roads of the mission's network, or in circles where there is none.

A force that stands at a node reaches what lies within the time over open roads. Two things are asked of the forces of a sector: that every
named place is reached from one of the nodes where they stand, and that there are as many of them as circles of their reach cover the
sector, since most settlements are not named. The reach as the crow flies is measured on the ways from the base to the named places, so
that roads as they are take the place of an assumed detour.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import asin, ceil, cos, inf, radians, sin, sqrt

from casque.mission.area import Area, Place, Sector
from casque.mission.transport import Link, Node, Transport
from casque.mission.vocabulary import Mode

HEXAGON = 3 * sqrt(3) / 2
"""Area of the hexagon inside a unit circle: the thinnest covering of the plane by circles (Kershner 1939) spends one circle on each."""

_EARTH_RADIUS = 6371.0
_MOST_TRIED = 5_000
"""Sets of stands that are tried before the cover is left to the greedy choice."""


@dataclass(frozen=True)
class Speeds:
    """How a force drives: the most on roads, off the network, in km/h, and the way off it over the straight line."""

    road: float
    local: float
    detour: float


@dataclass(frozen=True)
class Ways:
    """What the network says of a sector on one day."""

    places: tuple[str, ...]
    """Named places of the sector."""
    hours: dict[str, dict[str, float]]
    """By node where a force could stand, hours to each place; a place that no open road reaches is left out."""
    crow_speed: float
    """Kilometres made good as the crow flies in an hour on the ways from the base."""
    base: str
    """Node of the sector base."""
    day: date
    """The day whose open roads these are."""


@dataclass(frozen=True)
class Covered:
    """How many forces reach a sector."""

    forces: int
    stands: int
    """Nodes from which every named place is reached."""
    circles: int
    """Circles of the reach that cover the sector."""
    radius: float
    """Reach as the crow flies, in km."""
    from_base: int
    """Named places reached from the base alone."""
    ways: Ways | None
    """The ways they were measured on; none for circles only."""


def circles(area: float, radius: float) -> int:
    """Circles of a radius in km that cover an area in km2, at least one; none for no radius."""
    return max(1, ceil(area / (HEXAGON * radius * radius) - 1e-9)) if radius > 0 else 0


def covered(sector: Sector, seasons: Sequence[Ways], within: float, crow_speed: float) -> Covered:
    """Forces that reach a sector within so many hours, in the worst of the seasons of its network.

    `crow_speed` is the speed as the crow flies in km/h where the network says nothing of the sector.
    """
    found = [_in_season(sector, ways, within) for ways in seasons]
    if not found:
        radius = crow_speed * within
        number = circles(sector.area, radius)
        return Covered(number, 0, number, radius, 0, None)
    return max(found, key=lambda item: item.forces)


def _in_season(sector: Sector, ways: Ways, within: float) -> Covered:
    radius = ways.crow_speed * within
    near = {stand: frozenset(place for place, hours in reached.items() if hours <= within) for stand, reached in ways.hours.items()}
    stands = _fewest(near, frozenset(ways.places), ways.base)
    number = circles(sector.area, radius)
    return Covered(max(stands, number), stands, number, radius, len(near[ways.base]), ways)


def _fewest(near: dict[str, frozenset[str]], wanted: frozenset[str], base: str) -> int:
    """Fewest stands from which every wanted place is reached; a place that none reaches takes a stand of its own."""
    reachable = frozenset[str]().union(*near.values()) & wanted
    alone = len(wanted - reachable)
    names = sorted((name for name in near if near[name]), key=lambda name: (name != base, -len(near[name]), name))
    names = [name for place, name in enumerate(names) if not any(near[name] <= near[other] for other in names[:place])]
    tried = 0
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            if reachable <= frozenset[str]().union(*(near[name] for name in chosen)):
                return max(1, size + alone)
            tried += 1
            if tried > _MOST_TRIED:
                return _greedy(near, reachable) + alone
    return max(1, alone)


def _greedy(near: dict[str, frozenset[str]], reachable: frozenset[str]) -> int:
    left, number = reachable, 0
    while left:
        best = max(sorted(near), key=lambda name: len(near[name] & left))
        left, number = left - near[best], number + 1
    return number


def seasons_of(area: Area, transport: Transport, sector: Sector, first: date, last: date, speeds: Speeds) -> tuple[Ways, ...]:
    """What the network says of a sector on each day from the first to the last on which a road opens or closes.

    Empty where the network says too little: it speaks for a sector if open roads lead from its base to at least two of its named places
    that lie on the network. A place without a node hangs on the nearest node of any road, the rest of the way at the local speed.
    """
    places = [place for place in area.places if place.sector == sector.id]
    nodes = {node.id: node for node in transport.nodes}
    if sector.base not in nodes or sum(place.node in nodes and place.node != sector.base for place in places) < 2:
        return ()
    turns = {first}
    items: list[Node | Link] = [*transport.links, *transport.nodes]
    for item in items:
        turns |= {item.opens} if item.opens is not None else set()
        turns |= {item.closes + timedelta(days=1)} if item.closes is not None and item.closes < date.max else set()
    days = sorted(day for day in turns if first <= day <= last)
    touched = {end for link in transport.links if link.mode is Mode.ROAD for end in (link.start, link.end)}
    hung = [_hung(place, [nodes[name] for name in sorted(touched & nodes.keys())], nodes, speeds) for place in places]
    found = [_ways(transport, sector, day, speeds, list(zip(places, hung, strict=True)), nodes) for day in days]
    return tuple(ways for ways in found if ways is not None)


def _ways(
    transport: Transport, sector: Sector, day: date, speeds: Speeds, hung: list[tuple[Place, tuple[str, float]]], nodes: dict[str, Node]
) -> Ways | None:
    roads = _roads(transport, day, speeds)
    stands = dict.fromkeys([sector.base, *(place.node for place, _ in hung if place.node is not None and place.node in nodes)])
    hours: dict[str, dict[str, float]] = {}
    for stand in stands:
        reached = _from(roads, stand)
        hours[stand] = {place.id: reached[node] + more for place, (node, more) in hung if node in reached}
    base = nodes[sector.base]
    ways = [
        (_kilometres(base, nodes[place.node]), hours[sector.base][place.id])
        for place, _ in hung
        if place.node is not None and place.node in nodes and place.node != sector.base and place.id in hours[sector.base]
    ]
    time = sum(taken for _, taken in ways)
    if len(ways) < 2 or time <= 0:
        return None
    crow = min(speeds.road, sum(length for length, _ in ways) / time)
    return Ways(tuple(place.id for place, _ in hung), hours, crow, sector.base, day)


def _hung(place: Place, touched: list[Node], nodes: dict[str, Node], speeds: Speeds) -> tuple[str, float]:
    """The node that a place hangs on and the hours from there."""
    if place.node is not None and place.node in nodes:
        return place.node, 0.0
    near = min(((_kilometres(node, place), node.id) for node in touched), default=(inf, ""))
    return near[1], near[0] * speeds.detour / speeds.local if speeds.local > 0 else inf


def _roads(transport: Transport, day: date, speeds: Speeds) -> dict[str, list[tuple[str, float]]]:
    nodes = {node.id for node in transport.nodes if _open(node, day)}
    roads: dict[str, list[tuple[str, float]]] = {name: [] for name in sorted(nodes)}
    for link in transport.links:
        speed = min(link.speed, speeds.road)
        if link.mode is Mode.ROAD and link.start in nodes and link.end in nodes and speed > 0 and _open(link, day):
            roads[link.start].append((link.end, link.length / speed))
            roads[link.end].append((link.start, link.length / speed))
    return roads


def _open(item: Node | Link, day: date) -> bool:
    return (item.opens is None or item.opens <= day) and (item.closes is None or day <= item.closes)


def _from(roads: dict[str, list[tuple[str, float]]], start: str) -> dict[str, float]:
    """Hours to every node by the quickest way (Dijkstra 1959)."""
    reached: dict[str, float] = {}
    queue = [(0.0, start)]
    while queue:
        hours, node = heapq.heappop(queue)
        if node in reached or node not in roads:
            continue
        reached[node] = hours
        for other, more in roads[node]:
            if other not in reached:
                heapq.heappush(queue, (hours + more, other))
    return reached


def _kilometres(here: Node, there: Node | Place) -> float:
    """Distance along a great circle (haversine formula)."""
    east, north = radians(there.longitude - here.longitude), radians(there.latitude - here.latitude)
    half = sin(north / 2) ** 2 + cos(radians(here.latitude)) * cos(radians(there.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(min(1.0, sqrt(half)))

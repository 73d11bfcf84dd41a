"""How long a reaction force takes over the roads: from one sector base to another, and from where units live to a place."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, inf, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from casque.mission.area import Place
from casque.mission.mission import Mission
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import Mode

_EARTH_RADIUS = 6371.0

Graph = dict[str, list[tuple[str, float]]]
"""By node, its neighbours by road and the hours to each."""


@dataclass(frozen=True)
class Pace:
    """How a reaction force drives: the fastest on the network and the speed off it, in km/h, and the way off it over the straight line."""

    roads: float
    local: float
    detour: float


@dataclass(frozen=True)
class Access:
    """How a place hangs on the network: its nearest node and the hours from there."""

    node: str
    hours: float


def road_hours(mission: Mission, day: int, ceiling: float) -> dict[tuple[str, str], float]:
    """Hours by road between the bases of every two sectors, by (from, to); pairs without a road that is open on the day are left out.

    `ceiling` is the fastest that a reaction force drives, in km/h; a link's own speed holds where it is lower. Shortest paths after
    Dijkstra (1959).
    """
    roads = road_graph(mission, day, ceiling)
    found: dict[tuple[str, str], float] = {}
    for sector in mission.area.sectors:
        reached = _from(roads, sector.base)
        for other in mission.area.sectors:
            if other.base in reached:
                found[sector.id, other.id] = reached[other.base]
    return found


def road_graph(mission: Mission, day: int, ceiling: float) -> Graph:
    """The roads that are open on a day, both ways, with the hours that a reaction force takes."""
    nodes = {node.id for node in mission.transport.nodes if _open(mission, node, day)}
    roads: Graph = {name: [] for name in sorted(nodes)}
    for link in mission.transport.links:
        if link.mode is Mode.ROAD and link.start in nodes and link.end in nodes and link.speed > 0 and _open(mission, link, day):
            hours = link.length / min(link.speed, ceiling)
            roads[link.start].append((link.end, hours))
            roads[link.end].append((link.start, hours))
    return roads


def accesses(mission: Mission, places: Sequence[Place], pace: Pace) -> tuple[Access, ...]:
    """How each place hangs on the network.

    A place without a node of its own hangs on the nearest node that any road touches, open or not, so that a closed road never moves a
    place; the way from there is the straight line with its detour at the local speed. Where there is no road at all it is out of reach.
    """
    touched = {end for link in mission.transport.links if link.mode is Mode.ROAD for end in (link.start, link.end)}
    nodes = sorted((node for node in mission.transport.nodes if node.id in touched), key=lambda node: node.id)
    found = []
    for place in places:
        if place.node is not None:
            found.append(Access(place.node, 0.0))
            continue
        near = min(((_kilometres(node, place), node.id) for node in nodes), default=(inf, ""))
        found.append(Access(near[1], near[0] * pace.detour / pace.local))
    return tuple(found)


def hours_to(roads: Graph, origins: Sequence[str], ends: Sequence[Access]) -> NDArray[np.float64]:
    """Hours from every origin (rows) to every end (columns); infinite where no open road leads there. Roads run both ways."""
    rows, columns = list(dict.fromkeys(origins)), list(dict.fromkeys(end.node for end in ends))
    starts, stops = (rows, columns) if len(rows) <= len(columns) else (columns, rows)
    number = {name: place for place, name in enumerate(stops)}
    between = np.full((len(starts), len(stops)), inf)
    for row, start in enumerate(starts):
        for name, hours in _from(roads, start).items():
            if name in number:
                between[row, number[name]] = hours
    if starts is columns:
        between = between.T
    row_of, column_of = {name: n for n, name in enumerate(rows)}, {name: n for n, name in enumerate(columns)}
    picked = between[np.ix_([row_of[name] for name in origins], [column_of[end.node] for end in ends])]
    found: NDArray[np.float64] = picked + np.array([end.hours for end in ends])
    return found


def _kilometres(node: Node, place: Place) -> float:
    """Distance along a great circle (haversine formula)."""
    east, north = radians(place.longitude - node.longitude), radians(place.latitude - node.latitude)
    half = sin(north / 2) ** 2 + cos(radians(node.latitude)) * cos(radians(place.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def _open(mission: Mission, item: Node | Link, day: int) -> bool:
    d_day = mission.about.d_day
    return (item.opens is None or (item.opens - d_day).days <= day) and (item.closes is None or day <= (item.closes - d_day).days)


def _from(roads: Graph, start: str) -> dict[str, float]:
    reached: dict[str, float] = {}
    queue = [(0.0, start)]
    while queue:
        hours, node = heapq.heappop(queue)
        if node in reached:
            continue
        reached[node] = hours
        for other, more in roads.get(node, ()):
            if other not in reached:
                heapq.heappush(queue, (hours + more, other))
    return reached

"""How long a reaction force takes by road from one sector base to another."""

from __future__ import annotations

import heapq

from casque.mission.mission import Mission
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import Mode


def road_hours(mission: Mission, day: int, ceiling: float) -> dict[tuple[str, str], float]:
    """Hours by road between the bases of every two sectors, by (from, to); pairs without a road that is open on the day are left out.

    `ceiling` is the fastest that a reaction force drives, in km/h; a link's own speed holds where it is lower. Shortest paths after
    Dijkstra (1959).
    """
    nodes = {node.id for node in mission.transport.nodes if _open(mission, node, day)}
    roads: dict[str, list[tuple[str, float]]] = {name: [] for name in sorted(nodes)}
    for link in mission.transport.links:
        if link.mode is Mode.ROAD and link.start in nodes and link.end in nodes and link.speed > 0 and _open(mission, link, day):
            hours = link.length / min(link.speed, ceiling)
            roads[link.start].append((link.end, hours))
            roads[link.end].append((link.start, hours))
    found: dict[tuple[str, str], float] = {}
    for sector in mission.area.sectors:
        reached = _from(roads, sector.base)
        for other in mission.area.sectors:
            if other.base in reached:
                found[sector.id, other.id] = reached[other.base]
    return found


def _open(mission: Mission, item: Node | Link, day: int) -> bool:
    d_day = mission.about.d_day
    return (item.opens is None or (item.opens - d_day).days <= day) and (item.closes is None or day <= (item.closes - d_day).days)


def _from(roads: dict[str, list[tuple[str, float]]], start: str) -> dict[str, float]:
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

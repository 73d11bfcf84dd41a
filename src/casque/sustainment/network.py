"""Ways that supply can take: the quickest over the open roads and railways, and the quickest that avoids each part of it."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from casque.mission.mission import Mission
from casque.mission.vocabulary import Mode
from casque.sustainment.capacity import Capacity


@dataclass(frozen=True, order=True)
class Path:
    """A way from one node to another; positions refer to the links and nodes of the mission."""

    hours: float
    """Driving hours, halts included."""
    links: tuple[int, ...]
    """Links in order."""
    nodes: tuple[int, ...]
    """Nodes in order, both ends included."""
    road: float
    """Kilometres by road."""
    rail: float
    """Kilometres by rail."""


class Network:
    """The roads and railways of a mission, to ask for ways under a given state of closures."""

    def __init__(self, mission: Mission) -> None:
        self._links = mission.transport.links
        at = {node.id: position for position, node in enumerate(mission.transport.nodes)}
        self._neighbours: list[list[tuple[int, int, float]]] = [[] for _ in at]
        for position, link in enumerate(self._links):
            if link.mode in (Mode.ROAD, Mode.RAIL) and link.start in at and link.end in at:
                hours = link.length / link.speed if link.speed else float("inf")
                self._neighbours[at[link.start]].append((at[link.end], position, hours))
                self._neighbours[at[link.end]].append((at[link.start], position, hours))

    def quickest(self, start: int, end: int, no_links: frozenset[int], no_nodes: frozenset[int]) -> Path | None:
        """Quickest way without the closed links and nodes; none where there is no way."""
        if start in no_nodes or end in no_nodes:
            return None
        queue: list[tuple[float, int, tuple[int, ...], tuple[int, ...]]] = [(0.0, start, (), (start,))]
        reached: set[int] = set()
        while queue:
            hours, node, links, nodes = heapq.heappop(queue)
            if node == end:
                return self._path(hours, links, nodes)
            if node in reached:
                continue
            reached.add(node)
            for other, link, extra in self._neighbours[node]:
                if other not in reached and link not in no_links and other not in no_nodes:
                    heapq.heappush(queue, (hours + extra, other, (*links, link), (*nodes, other)))
        return None

    def ways(self, start: int, end: int, no_links: frozenset[int], no_nodes: frozenset[int]) -> list[Path]:
        """The quickest way and, for each link and node on it, the quickest way without that one."""
        best = self.quickest(start, end, no_links, no_nodes)
        if best is None:
            return []
        found = {best}
        for link in best.links:
            other = self.quickest(start, end, no_links | {link}, no_nodes)
            found |= {other} if other else set()
        for node in best.nodes[1:-1]:
            other = self.quickest(start, end, no_links, no_nodes | {node})
            found |= {other} if other else set()
        return sorted(found)

    def _path(self, hours: float, links: tuple[int, ...], nodes: tuple[int, ...]) -> Path:
        length = {
            mode: sum(self._links[link].length for link in links if self._links[link].mode is mode) for mode in (Mode.ROAD, Mode.RAIL)
        }
        return Path(hours, links, nodes, length[Mode.ROAD], length[Mode.RAIL])


def closures(capacity: Capacity, day: int) -> tuple[frozenset[int], frozenset[int]]:
    """Links and nodes that carry nothing on a day."""
    shut_links, shut_nodes = np.flatnonzero(capacity.links[:, day] <= 0), np.flatnonzero(capacity.nodes[:, day] <= 0)
    return frozenset(int(link) for link in shut_links), frozenset(int(node) for node in shut_nodes)

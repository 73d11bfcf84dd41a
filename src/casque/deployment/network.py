"""The transport network: what it takes to go from a home station to a sector base, and which paths are worth a look."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from casque.deployment.airspace import Stretch, barred_stretches, variants
from casque.deployment.calendar import Calendar, Mask
from casque.mission.agreements import Agreement
from casque.mission.transport import Lift, Link, Node, Transport
from casque.mission.vocabulary import Mode, NodeKind

Move = tuple[Link, str, str]
"""A link with the node it is left from and the node it is left to."""

ANY_MODE = frozenset(Mode)
SURFACE = ANY_MODE - {Mode.AIR}
ROADS = frozenset({Mode.ROAD})

_ALWAYS = (NodeKind.BORDER, NodeKind.STAGING)
_PORTS = (NodeKind.AIRPORT, NodeKind.SEAPORT)


@dataclass(frozen=True)
class Traveller:
    """Whoever looks for a path: a contributor's people or equipment, or vehicles that drive with their people aboard."""

    member: str
    home: str
    base: str
    ready: int
    """Index of the first day it may leave."""
    people: bool
    """People needing seats, rather than equipment needing deck or payload."""
    modes: frozenset[Mode]
    """Modes it may travel by."""
    ignore_agreements: bool = False
    ignore_lift: bool = False
    load_class: float = 0.0
    """Military load class of the heaviest vehicle; 0 where there is none."""
    height: float = 0.0
    """Height of the tallest vehicle in metres; 0 where there is none."""


@dataclass(frozen=True)
class Ban:
    """Parts of the network left out of a search, so that it finds another way."""

    modes: frozenset[Mode] = frozenset()
    nodes: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Edge:
    """A move with its transit time in days and the days on which the link and the node at its end are open."""

    move: Move
    transit: float
    link: Mask
    end: Mask


@dataclass
class Network:
    """Nodes, links and fleets by name, with the days on which each may be used."""

    transport: Transport
    agreements: Sequence[Agreement]
    calendar: Calendar
    nodes: dict[str, Node] = field(init=False)
    links: dict[str, Link] = field(init=False)
    leaving: dict[str, list[tuple[Link, str]]] = field(init=False)
    _entry: dict[tuple[str, str], Mask] = field(init=False, default_factory=dict)
    _open: dict[str, Mask] = field(init=False, default_factory=dict)
    _winter: dict[str, Mask] = field(init=False, default_factory=dict)
    _fleets: dict[tuple[Mode, str, bool], tuple[Lift, ...]] = field(init=False, default_factory=dict)
    _graphs: dict[Traveller, dict[str, list[Edge]]] = field(init=False, default_factory=dict)
    _barred: dict[str, tuple[Stretch, ...]] = field(init=False, default_factory=dict)
    _variants: dict[tuple[str, str, str], tuple[Link, ...]] = field(init=False, default_factory=dict)
    known: dict[tuple[Traveller, int, int], tuple[tuple[Move, ...], ...]] = field(init=False, default_factory=dict)
    """Paths found before."""

    def __post_init__(self) -> None:
        self.nodes = {node.id: node for node in self.transport.nodes}
        self.links = {link.id: link for link in self.transport.links}
        self.leaving = {node: [] for node in self.nodes}
        for link in self.transport.links:
            if link.start in self.nodes and link.end in self.nodes:
                self.leaving[link.start].append((link, link.end))
                self.leaving[link.end].append((link, link.start))

    def fleets(self, mode: Mode, traveller: Traveller) -> tuple[Lift, ...]:
        """Fleets of a mode that take a traveller, the one that lifts most first."""
        key = (mode, traveller.member, traveller.people)
        if key not in self._fleets:
            self._fleets[key] = self._able(mode, traveller)
        return self._fleets[key]

    def _able(self, mode: Mode, traveller: Traveller) -> tuple[Lift, ...]:
        able = [
            lift
            for lift in self.transport.lift
            if lift.mode is mode
            and lift.number > 0
            and (not lift.members or traveller.member in lift.members)
            and (lift.people > 0 if traveller.people else lift.tonnes > 0 or lift.lane_metres > 0)
        ]
        return tuple(sorted(able, key=lambda lift: (-lift.number * max(lift.tonnes, lift.lane_metres, lift.people), lift.id)))

    def serving(self, run: Sequence[Move], traveller: Traveller) -> tuple[Lift, ...]:
        """Fleets that take a traveller over links of one mode without a change of vehicle, the one that lifts most first."""
        return tuple(lift for lift in self.fleets(run[0][0].mode, traveller) if all(self.serves(lift, move[0]) for move in run))

    def serves(self, lift: Lift, link: Link) -> bool:
        """Whether a fleet can go over a link: its range, with stops where it can make them, and runway and draught at both ends."""
        if lift.stops(link.length) is None:
            return False
        for end in (self.nodes[link.start], self.nodes[link.end]):
            if lift.mode is Mode.AIR and end.runway is not None and (lift.runway_needed or 0.0) > end.runway:
                return False
            if lift.mode is Mode.SEA and end.draught is not None and (lift.draught or 0.0) > end.draught:
                return False
        return True

    def variants(self, link: Link, traveller: Traveller) -> tuple[Link, ...]:
        """A link as it is for a traveller: one by air may be longer, or not there, on days when some country bars its air.

        Each has the link's name, its own length, and its own first and last day.
        """
        if link.mode is not Mode.AIR or traveller.ignore_agreements:
            return (link,)
        home = self.nodes[traveller.home].country
        key = (link.id, traveller.member, home)
        if key not in self._variants:
            if traveller.member not in self._barred:
                self._barred[traveller.member] = barred_stretches(self.agreements, self.calendar, traveller.member)
            ends = (self.nodes[link.start], self.nodes[link.end])
            own = frozenset({traveller.member, home})
            self._variants[key] = variants(link, ends, self._barred[traveller.member], own, self.calendar)
        return self._variants[key]

    def node_days(self, node: str, traveller: Traveller) -> Mask:
        """Days on which a node is open to a traveller. The country in which a unit stands when called needs no new agreement."""
        place = self.nodes[node]
        own = self._days(f"node {node}", place)
        if traveller.ignore_agreements or place.country == self.nodes[traveller.home].country:
            return own
        key = (place.country, traveller.member)
        if key not in self._entry:
            self._entry[key] = self.calendar.entry(self.agreements, *key)
        return own & self._entry[key]

    def link_days(self, link: Link) -> Mask:
        """Days on which a link is open."""
        return self._days(f"link {link.id} {link.opens} {link.closes}", link)

    def winter_days(self, link: Link) -> Mask:
        """Days on which it is winter half-way between the ends of a link."""
        if link.id not in self._winter:
            self._winter[link.id] = self.calendar.winter((self.nodes[link.start].latitude + self.nodes[link.end].latitude) / 2)
        return self._winter[link.id]

    def _days(self, key: str, thing: Node | Link) -> Mask:
        if key not in self._open:
            self._open[key] = self.calendar.between(thing.opens, thing.closes)
        return self._open[key]

    def graph(self, traveller: Traveller) -> dict[str, list[Edge]]:
        """Edges that a traveller can use, by the node they leave."""
        key = replace(traveller, base="", ready=0)
        if key not in self._graphs:
            days = {node: self.node_days(node, traveller) for node in self.nodes}
            self._graphs[key] = {
                start: [
                    Edge((link, start, end), self._transit(link, traveller), self.link_days(link), days[end])
                    for whole, end in leaving
                    for link in self.variants(whole, traveller)
                    if self.usable(link, traveller)
                ]
                for start, leaving in self.leaving.items()
            }
        return self._graphs[key]

    def _transit(self, link: Link, traveller: Traveller) -> float:
        lifts = () if link.mode is Mode.ROAD else self.serving(((link, link.start, link.end),), traveller)
        return min((link_days(link, lift) for lift in lifts), default=link_days(link))

    def usable(self, link: Link, traveller: Traveller) -> bool:
        """Whether a traveller can go over a link at all: on a road it drives, elsewhere a fleet must take it.

        A road has to bear its heaviest vehicle, and a road or railway has to let its tallest one through.
        """
        if link.mode not in traveller.modes:
            return False
        if link.clearance_height is not None and link.clearance_height < traveller.height and link.mode in (Mode.ROAD, Mode.RAIL):
            return False
        if link.mode is Mode.ROAD:
            return link.load_class is None or traveller.load_class <= link.load_class
        return traveller.ignore_lift or bool(self.serving(((link, link.start, link.end),), traveller))

    def dwell(self, node: str, arriving: Mode | None, leaving: Mode | None) -> float:
        """Days a load is handled at a node. None where it starts or ends, nor at places that it only passes through."""
        if arriving is None or leaving is None or not self.touches(node, arriving, leaving):
            return 0.0
        return self.nodes[node].handling

    def touches(self, node: str, arriving: Mode | None, leaving: Mode | None) -> bool:
        """Whether a node receives a load: at crossings and staging areas always, elsewhere if it changes mode, starts or ends."""
        return self.nodes[node].kind in _ALWAYS or arriving is not leaving


def link_days(link: Link, lift: Lift | None = None) -> float:
    """Days to go over a link: length over speed and hours a day, at the speed of the slower of link and vehicle.

    Refuelling stops come on top; a link beyond the reach of the vehicle takes for ever.
    """
    speed = link.speed if lift is None else min(link.speed, lift.speed)
    stops = 0 if lift is None else lift.stops(link.length)
    if speed <= 0 or link.hours_per_day <= 0 or stops is None:
        return float("inf")
    refuelling = stops * (lift.refuel_hours or 0.0) / 24 if lift is not None else 0.0
    return link.length / (speed * link.hours_per_day) + refuelling


def fastest(network: Network, traveller: Traveller, ban: Ban) -> tuple[float, tuple[Move, ...]] | None:
    """Path with the earliest arrival when nobody else moves, waiting for openings where needed; none where there is no path.

    Dijkstra's algorithm over (node, mode of arrival), since handling depends on the change of mode.
    """
    graph = network.graph(traveller)
    start = (traveller.home, "")
    best: dict[tuple[str, str], float] = {start: float(traveller.ready)}
    back: dict[tuple[str, str], tuple[tuple[str, str], Move]] = {}
    heap: list[tuple[float, int, tuple[str, str], Mode | None]] = [(float(traveller.ready), 0, start, None)]
    count = 0
    while heap:
        when, _, state, mode = heapq.heappop(heap)
        if when > best[state]:
            continue
        if state[0] == traveller.base:
            return when, _trace(back, state)
        for edge in graph[state[0]]:
            link, _, end = edge.move
            if link.mode in ban.modes or link.id in ban.links or end in ban.nodes:
                continue
            key = (end, link.mode.value)
            known = best.get(key, float("inf"))
            leaves = when + network.dwell(state[0], mode, link.mode)
            if leaves + edge.transit >= known - 1e-9:
                continue
            arrives = _arrival(leaves, edge.transit, edge.link, edge.end)
            if arrives is not None and arrives < known - 1e-9:
                best[key], back[key], count = arrives, (state, edge.move), count + 1
                heapq.heappush(heap, (arrives, count, key, link.mode))
    return None


def _arrival(leaves: float, transit: float, link: Mask, node: Mask) -> float | None:
    size = len(link)
    while leaves + transit < size:
        if link[int(leaves)] and node[int(leaves + transit)]:
            return leaves + transit
        closed = link[int(leaves) :] if not link[int(leaves)] else node[int(leaves + transit) :]
        if not closed.any():
            return None
        leaves += max(1, int(np.argmax(closed)))
    return None


def _trace(back: dict[tuple[str, str], tuple[tuple[str, str], Move]], state: tuple[str, str]) -> tuple[Move, ...]:
    moves: list[Move] = []
    while state in back:
        state, move = back[state]
        moves.append(move)
    return tuple(reversed(moves))


def paths(network: Network, traveller: Traveller, most: int, searches: int) -> tuple[tuple[Move, ...], ...]:
    """Distinct paths worth a look, fastest first; found by leaving out modes, ports, crossings or tight roads in turn."""
    key = (traveller, most, searches)
    if key not in network.known:
        network.known[key] = _found(network, traveller, most, searches)
    return network.known[key]


def _found(network: Network, traveller: Traveller, most: int, searches: int) -> tuple[tuple[Move, ...], ...]:
    found: dict[tuple[tuple[str, str], ...], tuple[float, tuple[Move, ...]]] = {}
    waiting, tried = [Ban()], {Ban()}
    for _ in range(searches):
        if not waiting:
            break
        ban = waiting.pop(0)
        answer = fastest(network, traveller, ban)
        if answer is None or not answer[1]:
            continue
        found.setdefault(tuple((link.id, end) for link, _, end in answer[1]), answer)
        for other in _other_bans(network, traveller, ban, answer[1]):
            if other not in tried:
                tried.add(other)
                waiting.append(other)
    ranked = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
    return tuple(way for _, (_, moves) in ranked[:most] for way in _on_other_days(network, traveller, moves))


def _on_other_days(network: Network, traveller: Traveller, moves: tuple[Move, ...]) -> list[tuple[Move, ...]]:
    """A path, and the same path as it is on days when its first flight with several lengths has another."""
    for position, (link, start, end) in enumerate(moves):
        known = network.variants(network.links[link.id], traveller)
        if len(known) > 1:
            others = [other for other in known if other != link and network.usable(other, traveller)]
            return [moves, *((*moves[:position], (other, start, end), *moves[position + 1 :]) for other in others)]
    return [moves]


def _other_bans(network: Network, traveller: Traveller, ban: Ban, moves: tuple[Move, ...]) -> list[Ban]:
    modes = dict.fromkeys(link.mode for link, _, _ in moves if link.mode is not Mode.ROAD)
    others = [replace(ban, modes=ban.modes | {mode}) for mode in modes]
    for link, _, end in reversed(moves):
        node = network.nodes[end]
        limited = node.kind in (*_PORTS, NodeKind.BORDER) or node.people_per_day is not None or node.lane_metres_per_day is not None
        if limited and end not in (traveller.home, traveller.base):
            others.append(replace(ban, nodes=ban.nodes | {end}))
        if link.vehicles_per_day is not None:
            others.append(replace(ban, links=ban.links | {link.id}))
    return others

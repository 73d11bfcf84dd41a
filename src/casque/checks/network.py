"""The transport network without capacities: what can be reached, how soon at best, and which single loss cuts a place off.

Units march by road with their own vehicles; every other mode needs a fleet that takes the member's loads.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casque.checks.geography import kilometres
from casque.checks.windows import ALWAYS, EVER, Window, joined, next_day, span
from casque.mission.transport import Lift, Link, Node, Transport
from casque.mission.vocabulary import Mode

Gate = Callable[[str], tuple[Window, ...]]
"""For a country, the windows in which its ground may be used."""


@dataclass(frozen=True)
class Network:
    """Nodes, links at each node, and the windows of everything that opens or closes."""

    nodes: dict[str, Node]
    links: dict[str, tuple[Link, ...]]
    node_windows: dict[str, Window]
    link_windows: dict[str, Window]
    fleets: tuple[tuple[Lift, Window], ...]

    @cached_property
    def countries(self) -> dict[str, list[str]]:
        """Nodes by country."""
        found: dict[str, list[str]] = {}
        for node in self.nodes.values():
            found.setdefault(node.country, []).append(node.id)
        return found

    @cached_property
    def _parts(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for start in self.nodes:
            if start not in found:
                seen, waiting = {start}, [start]
                while waiting:
                    for far, *_ in self.ways[waiting.pop()]:
                        if far not in seen:
                            seen.add(far)
                            waiting.append(far)
                part = frozenset(seen)
                found.update(dict.fromkeys(sorted(part), part))
        return found

    def joined_to(self, node: str) -> frozenset[str]:
        """Nodes that any chain of links joins to a node, whenever they are open."""
        return self._parts.get(node, frozenset())

    def nearest(self, node: str) -> list[str]:
        """Every node, the nearest to a node first, as the crow flies."""
        if node not in self._nearest:
            here = self.nodes[node]
            self._nearest[node] = sorted(self.nodes, key=lambda other: (kilometres(self.nodes[other], here), other))
        return self._nearest[node]

    @cached_property
    def _nearest(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def unlimited(self) -> dict[tuple[str, frozenset[str]], dict[str, float]]:
        """Days to every node for a load that nothing holds up, by home and by the nodes looked for, as far as worked out."""
        return {}

    @cached_property
    def dated_nodes(self) -> list[tuple[str, Window]]:
        """Nodes that open or close on a day."""
        return [(node, window) for node, window in self.node_windows.items() if window != ALWAYS]

    @cached_property
    def dated_links(self) -> list[tuple[str, Window]]:
        """Links that open or close on a day."""
        return [(link, window) for link, window in self.link_windows.items() if window != ALWAYS]

    @cached_property
    def ways(self) -> dict[str, list[tuple[str, float, Mode, str]]]:
        """For every node the links that leave it: the node at the far end, days to travel it, mode and id."""
        found: dict[str, list[tuple[str, float, Mode, str]]] = {}
        for node, links in self.links.items():
            each = [(other_end(link, node), travel_days(link), link.mode, link.id) for link in links]
            found[node] = [way for way in each if way[0] in self.nodes and way[1] < float("inf")]
        return found

    def open_ways(self, period: Window, by_air: bool = True) -> dict[str, list[tuple[str, str]]]:
        """For every node that is open in a period, the nodes to which a load of somebody can go on then, each with the link."""
        if (period, by_air) not in self._open_ways:
            carried = {mode: any(window.meets(period) for window in self.carried(mode, None)) for mode in Mode}
            carried[Mode.AIR] &= by_air
            nodes = {node for node, window in self.node_windows.items() if window.meets(period)}
            links = {link for link, window in self.link_windows.items() if window.meets(period)}
            self._open_ways[period, by_air] = {
                node: [
                    (far, link.id)
                    for link in self.links[node]
                    if (far := other_end(link, node)) in nodes and carried[link.mode] and link.id in links
                ]
                for node in self.nodes
                if node in nodes
            }
        return self._open_ways[period, by_air]

    @cached_property
    def _open_ways(self) -> dict[tuple[Window, bool], dict[str, list[tuple[str, str]]]]:
        return {}

    def carried(self, mode: Mode, member: str | None) -> tuple[Window, ...]:
        """Windows in which loads of a member move by a mode; None asks for any member's loads."""
        if mode is Mode.ROAD:
            return (ALWAYS,)
        return joined(
            window
            for lift, window in self.fleets
            if lift.mode is mode and lift.number > 0 and (member is None or not lift.members or member in lift.members)
        )


def network_of(transport: Transport, d_day: date) -> Network:
    """The network of a mission."""
    at: dict[str, list[Link]] = {node.id: [] for node in transport.nodes}
    for link in transport.links:
        for end in (link.start, link.end):
            at.setdefault(end, []).append(link)
    return Network(
        nodes={node.id: node for node in transport.nodes},
        links={node: tuple(links) for node, links in at.items()},
        node_windows={node.id: span(d_day, node.opens, node.closes) for node in transport.nodes},
        link_windows={link.id: span(d_day, link.opens, link.closes) for link in transport.links},
        fleets=tuple((lift, span(d_day, lift.first_day, lift.last_day)) for lift in transport.lift),
    )


def other_end(link: Link, node: str) -> str:
    """The node at the far end of a link."""
    return link.end if link.start == node else link.start


def travel_days(link: Link) -> float:
    """Days to travel a link at the speed made good, counting only the hours of movement in a day."""
    if link.length == 0:
        return 0.0
    hours_a_day = link.speed * link.hours_per_day
    return link.length / hours_a_day if hours_a_day > 0 else float("inf")


def _open_from(moment: float, *windows: tuple[Window, ...]) -> float | None:
    """First moment from `moment` on at which every group has an open window."""
    while True:
        start = moment
        for group in windows:
            following = next_day(group, moment)
            if following is None:
                return None
            moment = following
        if moment == start:
            return moment


@dataclass(frozen=True)
class Way:
    """Days after it was ready at which a load is at every node at the earliest, and for which days of readiness that holds."""

    ready: float
    """Day of readiness that it was worked out for."""
    room: float
    """The same days hold for a load that is ready less than so many days later."""
    offsets: dict[str, float]
    """Node -> days after readiness."""

    def holds_for(self, ready: float) -> bool:
        """Whether the same days hold for a load that is ready on a day."""
        return ready == self.ready or 0 <= ready - self.ready < self.room


def earliest_arrivals(
    network: Network, home: str, ready: float, member: str, gate: Gate | None = None, need_lift: bool = True
) -> dict[str, float]:
    """Earliest day at every node that a load ready at `home` on day `ready` can reach; see `earliest_way`."""
    return {node: ready + offset for node, offset in earliest_way(network, home, ready, member, gate, need_lift).offsets.items()}


def earliest_way(
    network: Network,
    home: str,
    ready: float,
    member: str,
    gate: Gate | None = None,
    need_lift: bool = True,
    targets: frozenset[str] = frozenset(),
) -> Way:
    """How soon a load that is ready at `home` can be at every node it can reach (Dijkstra with waiting; nothing ever queues).

    `gate` closes the ground of countries outside its windows; without `need_lift` every mode moves by itself. Where targets are named,
    the search ends once it has come to all of them that any way leads to.
    """
    limits = _Limits(network, home, ready, member, gate, need_lift)
    if limits.nodes or limits.links or limits.modes:
        offsets = _offsets(network, home, limits, targets)
        return Way(ready, limits.room, offsets)
    # Where nothing holds a load up, it is all one whose it is and when it is ready.
    if (home, targets) not in network.unlimited:
        network.unlimited[home, targets] = _offsets(network, home, limits, targets)
    return Way(ready, float("inf"), network.unlimited[home, targets])


def _offsets(network: Network, home: str, limits: _Limits, targets: frozenset[str]) -> dict[str, float]:
    """Days after readiness at which a load is at every node at the earliest, until all targets have been reached."""
    wanted = len(targets & network.joined_to(home)) if targets else -1
    best: dict[str, float] = {}
    tried: dict[str, float] = {}
    queue = [(0.0, home)] if home in network.nodes else []
    while queue:
        offset, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = offset
        wanted -= node in targets
        if wanted == 0:
            break
        leave = offset if node == home else offset + network.nodes[node].handling
        here = limits.nodes.get(node, ())
        for far, days, mode, link in network.ways[node]:
            if far in best:
                continue
            departure: float | None = leave
            if here or mode in limits.modes or link in limits.links:
                departure = limits.opens(leave, (*here, *limits.modes.get(mode, ()), *limits.links.get(link, ())))
            if departure is None:
                continue
            arrival: float | None = departure + days
            if far in limits.nodes:
                arrival = limits.opens(departure + days, limits.nodes[far])
            if arrival is not None and arrival < tried.get(far, float("inf")):
                tried[far] = arrival
                heapq.heappush(queue, (arrival, far))
    return best


class _Limits:
    """Whatever is not open from the day of readiness on for good: groups of windows on modes, links and nodes."""

    def __init__(self, network: Network, home: str, ready: float, member: str, gate: Gate | None, need_lift: bool) -> None:
        def bounded(group: tuple[Window, ...]) -> bool:
            return not any(window.first <= ready and window.last >= EVER for window in group)

        carried = {mode: network.carried(mode, member) for mode in Mode} if need_lift else {}
        self.modes = {mode: (group,) for mode, group in carried.items() if bounded(group)}
        self.links = {link: ((window,),) for link, window in network.dated_links if bounded((window,))}
        nodes: dict[str, tuple[tuple[Window, ...], ...]] = {
            node: ((window,),) for node, window in network.dated_nodes if bounded((window,))
        }
        if gate is not None:
            for country, lying in network.countries.items():
                if bounded(group := gate(country)):
                    nodes.update({node: (*nodes.get(node, ()), group) for node in lying if node != home})
        self.nodes, self._ready = nodes, ready
        self.room = float("inf")

    def opens(self, offset: float, groups: tuple[tuple[Window, ...], ...]) -> float | None:
        """Days after readiness, from `offset` on, at which every group has an open window; narrows the room in which that holds."""
        moment = self._ready + offset
        for group in groups:
            lasts = [window.last + 1 - moment for window in group if window.first <= moment < window.last + 1]
            if lasts:
                self.room = min(self.room, max(lasts))
                continue
            # What opens later opens on its own day, whenever the load is ready; what has closed for good stays closed.
            if any(not window.empty and window.last + 1 > moment for window in group):
                self.room = 0.0
            found = _open_from(moment, *groups)
            return None if found is None else found - self._ready
        return offset


def reached_from(
    network: Network, sources: Iterable[str], period: Window, without_node: str = "", without_link: str = "", by_air: bool = True
) -> dict[str, tuple[str, str]]:
    """Nodes connected with any of the sources in a period, each with the node and link it was reached by (empty for a source).

    One node or link may be taken out; without `by_air` only surface modes count.
    """
    ways = network.open_ways(period, by_air)
    waiting = [node for node in sources if node in ways and node != without_node]
    seen = dict.fromkeys(waiting, ("", ""))
    while waiting:
        node = waiting.pop()
        for far, link in ways[node]:
            if far not in seen and link != without_link and far != without_node:
                seen[far] = (node, link)
                waiting.append(far)
    return seen


def single_points(network: Network, entries: tuple[str, ...], base: str, period: Window) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Nodes and links (both by id, from the base outwards) each of whose loss alone cuts a base from every entry.

    Bulk supply goes by surface: air routes count only where nothing else reaches the base. Empty for a base that is itself an entry
    and for one that no entry reaches. Whatever cuts the base off lies on every route, and so on the one that is looked at.
    """
    by_air = base not in reached_from(network, entries, period, by_air=False)
    reached = reached_from(network, entries, period, by_air=by_air)
    if base in entries or base not in reached:
        return (), ()
    nodes: list[str] = []
    links: list[str] = []
    node = base
    while reached[node][0]:
        node, link = reached[node]
        if base not in reached_from(network, entries, period, without_link=link, by_air=by_air):
            links.append(link)
        if base not in reached_from(network, entries, period, without_node=node, by_air=by_air):
            nodes.append(node)
    return tuple(nodes), tuple(links)

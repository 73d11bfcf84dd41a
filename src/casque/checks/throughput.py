"""How much of the road capacity into the area hangs on one stretch of road: largest flow with the stretch and without it."""

from __future__ import annotations

from collections.abc import Iterable

from ortools.graph.python import max_flow

from casque.checks.network import Network
from casque.checks.windows import Window
from casque.mission.transport import Link
from casque.mission.vocabulary import Mode

UNLIMITED = 1_000_000
"""Vehicles a day of a road whose capacity nobody stated."""


def road_flow(network: Network, entries: Iterable[str], bases: Iterable[str], period: Window, without: str = "") -> int:
    """Most vehicles a day that the roads can bring from the entries to all bases together; `UNLIMITED` or more where nothing limits it."""
    number = {node: index for index, node in enumerate(network.nodes)}
    source, sink = len(number), len(number) + 1
    solver = max_flow.SimpleMaxFlow()
    for link in roads(network, period):
        if link.id != without:
            capacity = UNLIMITED if link.vehicles_per_day is None else int(link.vehicles_per_day)
            solver.add_arc_with_capacity(number[link.start], number[link.end], capacity)
            solver.add_arc_with_capacity(number[link.end], number[link.start], capacity)
    for node in dict.fromkeys(entries):
        if node in number:
            solver.add_arc_with_capacity(source, number[node], UNLIMITED)
    for node in dict.fromkeys(bases):
        if node in number:
            solver.add_arc_with_capacity(number[node], sink, UNLIMITED)
    return int(solver.optimal_flow()) if solver.solve(source, sink) == solver.OPTIMAL else 0


def roads(network: Network, period: Window) -> list[Link]:
    """Roads that are open at some time of a period, each once."""
    once = {link.id: link for links in network.links.values() for link in links}
    return [
        link
        for link in once.values()
        if link.mode is Mode.ROAD
        and network.link_windows[link.id].meets(period)
        and link.start in network.nodes
        and link.end in network.nodes
    ]

"""What places and stretches of the network take on a day, as the folder states it; the yardstick of workloads and of conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from casque.mission.transport import Link, Node
from casque.mission.vocabulary import NodeKind
from casque.products.movement.picture import MovementPicture

WINTER = (12, 1, 2)
"""Months in which a link has its winter share."""

What = Literal["people", "tonnes", "lane metres", "vehicles", "berths", "aircraft at a time"]

UNITS: dict[What, str] = {
    "people": "person/d",
    "tonnes": "t/d",
    "lane metres": "m/d",
    "vehicles": "vehicle/d",
    "berths": "at a time",
    "aircraft at a time": "at a time",
}
"""Unit of each kind of figure."""

Key = tuple[str, str, What]
"""Node, or link with its direction as `link>end`; the other field is empty for a node; what is counted."""


@dataclass(frozen=True)
class Capacity:
    """One capacity by day."""

    label: str
    """What it is, in words."""
    unit: str
    """Unit of its figures."""
    kind: str
    """Kind of the node, or `link`."""
    on: Callable[[int], float]
    """What there is of it on a day counted from D-day."""


def capacities(seen: MovementPicture) -> dict[Key, Capacity]:
    """Every capacity that the folder states for nodes and links, both directions of a link apart."""
    found: dict[Key, Capacity] = {}
    for node in seen.mission.transport.nodes:
        for what, limit in _limits(seen, node):
            if limit is not None:
                label = f"{node.kind.value} {node.name}: {what}"
                found[node.id, "", what] = Capacity(label, UNITS[what], node.kind.value, _open(seen, node, limit))
    for link in seen.mission.transport.links:
        if link.vehicles_per_day is not None:
            for start, end in ((link.start, link.end), (link.end, link.start)):
                label = f"{link.mode.value} from {seen.names.of('node', start)} to {seen.names.of('node', end)}: vehicles"
                on = _open(seen, link, link.vehicles_per_day, link.winter_share)
                found[link.id, end, "vehicles"] = Capacity(label, UNITS["vehicles"], "link", on)
    return found


def _limits(seen: MovementPicture, node: Node) -> list[tuple[What, float | None]]:
    """What a node takes on a day. An airport's figures are cut by the queueing efficiency of airfields."""
    share = seen.reference.value("movement.queueing") if node.kind is NodeKind.AIRPORT else 1.0
    stated: list[tuple[What, float | None]] = [
        ("people", node.people_per_day),
        ("tonnes", node.tonnes_per_day),
        ("lane metres", node.lane_metres_per_day),
    ]
    standing: list[tuple[What, float | None]] = [
        ("berths", None if node.berths is None else float(node.berths)),
        ("aircraft at a time", node.aircraft_at_once),
    ]
    return [*((what, None if limit is None else limit * share) for what, limit in stated), *standing]


def _open(seen: MovementPicture, item: Node | Link, limit: float, winter: float = 1.0) -> Callable[[int], float]:
    """A limit by day: nothing before a place opens and after it closes, less in winter where it has a winter share."""
    opens, closes = item.opens, item.closes

    def on(day: int) -> float:
        then = seen.calendar.on(day)
        if (opens is not None and then < opens) or (closes is not None and then > closes):
            return 0.0
        return limit * winter if then.month in WINTER else limit

    return on

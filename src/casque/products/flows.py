"""What goes over each stretch of the movement plan, and the lines by which it is drawn: sea lanes, great circles, straight roads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import acos, atan2, cos, degrees, radians, sin, sqrt

from casque.mission.transport import Node
from casque.mission.vocabulary import Mode
from casque.plan.movement import Load
from casque.products.projection import Point
from casque.reference.world.sea_lanes import sea_lane

PERSON = 0.1
"""Tonnes that a person counts for in the width of a line."""
_ARC = 16
"""Pieces of a great circle that is drawn."""


@dataclass(frozen=True)
class Flow:
    """What goes between two nodes by one mode, both ways together."""

    start: str
    end: str
    mode: str
    tonnes: float
    people: float

    @property
    def weight(self) -> float:
        """What the width of its line stands for."""
        return self.tonnes + PERSON * self.people


def flows(loads: Iterable[Load]) -> tuple[Flow, ...]:
    """Every stretch that the plan uses, the lightest first."""
    sums: dict[tuple[str, str, str], list[float]] = {}
    for load in loads:
        for leg in load.legs:
            key = (min(leg.start, leg.end), max(leg.start, leg.end), leg.mode.value)
            amounts = sums.setdefault(key, [0.0, 0.0])
            amounts[0] += load.tonnes
            amounts[1] += load.people
    made = (Flow(*key, tonnes, people) for key, (tonnes, people) in sums.items())
    return tuple(sorted(made, key=lambda flow: (flow.weight, flow.start, flow.end, flow.mode)))


@dataclass(frozen=True)
class Course:
    """A line on the map."""

    mode: str
    points: tuple[Point, ...]
    weight: float
    title: str
    """What it says; empty where several flows share it."""
    beside: int
    """0 alone; 1 and −1 where a road and a railway lie beside one another."""


def courses(found: Iterable[Flow], nodes: Mapping[str, Node]) -> Iterator[Course]:
    """The lines of all flows between known nodes. Flows that share a stretch of a sea lane make one line there, as wide as all of them."""
    found = [flow for flow in found if flow.start in nodes and flow.end in nodes]
    by_pair: dict[tuple[str, str], set[str]] = {}
    for flow in found:
        by_pair.setdefault((flow.start, flow.end), set()).add(flow.mode)
    yield from _sea([flow for flow in found if flow.mode == Mode.SEA.value], nodes)
    for flow in found:
        if flow.mode == Mode.SEA.value:
            continue
        ends = (_place(nodes[flow.start]), _place(nodes[flow.end]))
        points = great_circle_points(*ends) if flow.mode == Mode.AIR.value else ends
        both = {Mode.ROAD.value, Mode.RAIL.value} <= by_pair[flow.start, flow.end]
        beside = 0 if not both or flow.mode == Mode.AIR.value else 1 if flow.mode == Mode.ROAD.value else -1
        yield Course(flow.mode, points, flow.weight, told(flow, nodes), beside)


def told(flow: Flow, nodes: Mapping[str, Node]) -> str:
    """What goes over a stretch, in words."""
    amounts = [f"{flow.tonnes:,.0f} t" if flow.tonnes >= 0.5 else "", f"{flow.people:,.0f} people" if flow.people >= 0.5 else ""]
    return f"{nodes[flow.start].name} – {nodes[flow.end].name}: {' and '.join(part for part in amounts if part)} by {flow.mode}"


def _sea(found: list[Flow], nodes: Mapping[str, Node]) -> Iterator[Course]:
    """Sea lanes, each stretch once."""
    lanes = [(flow, _lane(_place(nodes[flow.start]), _place(nodes[flow.end]))) for flow in found]
    sums: dict[tuple[Point, Point], float] = {}
    for flow, points in lanes:
        for stretch in _stretches(points):
            sums[stretch] = sums.get(stretch, 0.0) + flow.weight
    drawn: set[tuple[Point, Point]] = set()
    for flow, points in lanes:
        run: list[Point] = []
        weight = 0.0
        for here, then in pairwise(points):
            stretch = (min(here, then), max(here, then))
            fresh = stretch not in drawn
            if run and (not fresh or abs(sums[stretch] - weight) > 1e-6):
                yield Course(flow.mode, tuple(run), weight, "", 0)
                run = []
            if fresh:
                run, weight = [*(run or [here]), then], sums[stretch]
                drawn.add(stretch)
        if run:
            yield Course(flow.mode, tuple(run), weight, "", 0)


def _stretches(points: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    for here, then in pairwise(points):
        yield min(here, then), max(here, then)


def _lane(start: Point, end: Point) -> tuple[Point, ...]:
    return sea_lane(start, end) or (start, end)


def _place(node: Node) -> Point:
    return node.longitude, node.latitude


def great_circle_points(start: Point, end: Point) -> tuple[Point, ...]:
    """Points of the shortest way over the globe, both ends included."""
    one, other = _vector(start), _vector(end)
    angle = acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))
    if angle < 0.02 or angle > 3.1:
        return start, end
    points = []
    for step in range(1, _ARC):
        share = step / _ARC
        a, b = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x, y, z = (a * p + b * q for p, q in zip(one, other, strict=True))
        points.append((degrees(atan2(y, x)), degrees(atan2(z, sqrt(x * x + y * y)))))
    return (start, *points, end)


def _vector(point: Point) -> tuple[float, float, float]:
    east, north = radians(point[0]), radians(point[1])
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)

"""Maps with flows: the nodes of the network and what the movement plan brings over each stretch, the wider the line the more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from markupsafe import Markup

from casque.mission.transport import Node
from casque.mission.vocabulary import NodeKind
from casque.products.figures import number
from casque.products.flows import PERSON, Course, Flow, courses
from casque.products.maps import Labels, country_names, land, scale_bar
from casque.products.material import Material
from casque.products.projection import Point, Projection, around
from casque.products.scales import step_of
from casque.products.svg import dot, figure, line, path, rect, text

MODES = ("sea", "air", "rail", "road")
"""Modes in the order in which they are drawn."""
ORDER = (NodeKind.SEAPORT, NodeKind.AIRPORT, NodeKind.STAGING, NodeKind.BASE, NodeKind.BORDER, NodeKind.TOWN, NodeKind.HOME)
"""Kinds of node in the order in which they are labelled."""


def flow_map(material: Material, nodes: Sequence[Node], outline: Sequence[Point], found: Sequence[Flow], title: str, few: bool) -> Markup:
    """A map around some nodes with all flows in its frame; on one of `few` nodes only ports and home stations are marked.

    Other nodes that the plan goes through are marked too where they lie in the frame.
    """
    known = {node.id: node for node in material.mission.transport.nodes if node.located}
    view = around([*((node.longitude, node.latitude) for node in nodes), *outline], 960, 0.06, (0.42, 0.78))
    used = {name for item in found for name in (item.start, item.end)} - {node.id for node in nodes}
    also = [known[name] for name in sorted(used & set(known)) if known[name].kind is not NodeKind.HOME]
    nodes = [*nodes, *(node for node in also if view.holds(node.longitude, node.latitude))]
    labels = Labels(view.width, view.height)
    labels.take((view.width * 0.72, view.height - 36, view.width, view.height))
    drawn = list(courses(found, known))
    most = max((course.weight for course in drawn), default=0.0)
    widest = 8.0 if few else 13.0
    parts = [land(view, 6.0 if few else 3.0)]
    parts += [
        path([view(*point) for point in sector.outline], "sector", closed=True)
        for sector in material.mission.area.sectors
        if sector.outline
    ]
    drawn.sort(key=lambda course: (MODES.index(course.mode), course.weight, course.points))
    parts += [_course(view, course, _width(course.weight, most, widest)) for course in drawn]
    key = _key(view, labels, most, widest) if most > 0 else ""
    parts += [country_names(view, labels), *_nodes(view, labels, nodes, found, few), scale_bar(view), key]
    return figure(view.width, view.height, title, parts, "wide map")


def _width(weight: float, most: float, widest: float) -> float:
    """Width of a line: it grows with the square root of what goes over it, so that thin flows stay seen beside the main one."""
    return max(0.9, widest * (weight / most) ** 0.5) if most > 0 else 0.9


def _course(view: Projection, course: Course, wide: float) -> str:
    points = [view(*point) for point in course.points]
    if not any(-40 < x < view.width + 40 and -40 < y < view.height + 40 for x, y in points) and course.mode == "sea":
        return ""
    if course.beside and len(points) == 2:
        (ax, ay), (bx, by) = points
        length = hypot(bx - ax, by - ay) or 1.0
        off = course.beside * (wide / 2 + 0.8)
        points = [(x - off * (by - ay) / length, y + off * (bx - ax) / length) for x, y in points]
    drawn = path(points, f"route {course.mode}", title=course.title)
    return drawn.replace("<path ", f'<path stroke-width="{wide:.1f}" ', 1)


def _key(view: Projection, labels: Labels, most: float, widest: float) -> str:
    """Three widths and what they stand for."""
    top = step_of(most, 1) if most >= 10 else most
    while top > most:
        top /= 2
    amounts = [top, top / 5, top / 25]
    height = 18.0 * len(amounts) + 22
    left, up = 8.0, view.height - height - 8
    labels.take((left, up, left + 150, up + height))
    parts = [rect(left, up, 150, height, "plate"), text(left + 8, up + 15, "Over the whole plan", "tick")]
    for place, amount in enumerate(amounts):
        y = up + 30 + 18 * place
        drawn = line(left + 10, y, left + 52, y, "route road").replace(
            "<path ", f'<path stroke-width="{_width(amount, most, widest):.1f}" ', 1
        )
        parts += [drawn, text(left + 60, y + 4, f"{number(float(f'{amount:.2g}'))} t", "tick")]
    return "".join(parts)


def _nodes(view: Projection, labels: Labels, nodes: Sequence[Node], found: Sequence[Flow], few: bool) -> list[str]:
    """Marks and names of nodes, the busiest first; ports and airfields of the theatre with what they take in."""
    weight, tonnes, people = _through(found)
    shown = [node for node in nodes if not few or node.kind in (NodeKind.SEAPORT, NodeKind.AIRPORT, NodeKind.HOME)]
    ranked = sorted(shown, key=lambda node: (few or ORDER.index(node.kind), -weight.get(node.id, 0.0), node.id))
    spots = []
    for node in ranked:
        x, y = view(node.longitude, node.latitude)
        labels.take((x - 5, y - 5, x + 5, y + 5))
        spots.append(mark(x, y, node))
    named = []
    for node in ranked:
        if node.kind is NodeKind.HOME or (node.kind not in ORDER[:4] and not weight.get(node.id)):
            continue
        name = short(node.name)
        if not few and node.kind is NodeKind.SEAPORT and tonnes.get(node.id, 0.0) >= 1:
            name += f"  {number(round(tonnes[node.id]))} t"
        if not few and node.kind is NodeKind.AIRPORT and people.get(node.id, 0.0) >= 1:
            name += f"  {number(round(people[node.id]))} people"
        named.append(labels.beside(*view(node.longitude, node.latitude), name, "place", 11))
    return [*spots, *named]


def _through(found: Sequence[Flow]) -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]:
    """For each node what touches it in all, the tonnes that come or go by sea, and the people by air."""
    weight: dict[str, float] = {}
    tonnes: dict[str, float] = {}
    people: dict[str, float] = {}
    for flow in found:
        for name in (flow.start, flow.end):
            weight[name] = weight.get(name, 0.0) + flow.weight
            if flow.mode == "sea":
                tonnes[name] = tonnes.get(name, 0.0) + flow.tonnes
            if flow.mode == "air":
                people[name] = people.get(name, 0.0) + flow.people
    return weight, tonnes, people


def short(name: str) -> str:
    """A node's name as maps have room for it."""
    return name.removeprefix("Port of ").partition(" (")[0]


def mark(x: float, y: float, node: Node) -> str:
    """The mark of a node by its kind."""
    title = f"{node.name} ({node.kind.value})"
    if node.kind is NodeKind.SEAPORT:
        return dot(x, y, 4.5, "node seaport", title)
    if node.kind is NodeKind.AIRPORT:
        return path([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], "node airport", closed=True, title=title)
    if node.kind is NodeKind.BASE:
        return rect(x - 4, y - 4, 8, 8, "node base", title)
    if node.kind is NodeKind.STAGING:
        return path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], "node staging", closed=True, title=title)
    return dot(x, y, 2.2, "node other", title)


WIDTHS = (
    "The width of a line grows with the square root of the tonnes that the whole plan brings over that stretch, "
    f"a person counted as {PERSON:g} t."
)
"""What the width of a line stands for."""

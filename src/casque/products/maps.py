"""Maps: land, lines of movement, places and sectors, with labels that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casque.products.projection import Point, Projection, clipped
from casque.products.svg import line, path, rect, text
from casque.reference.outlines import outlines

Box = tuple[float, float, float, float]


@dataclass
class Labels:
    """Boxes already taken on a map."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether a box lies on the map and meets no other."""
        left, top, right, bottom = box
        if left < 2 or top < 2 or right > self.width - 2 or bottom > self.height - 2:
            return False
        return not any(left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in self.taken)

    def take(self, box: Box) -> None:
        """Keep a box for something."""
        self.taken.append(box)

    def beside(self, x: float, y: float, content: str, kind: str, size: float = 11, must: bool = False) -> str:
        """A label right, left, above or below a point, wherever there is room; empty where there is none, unless it must stand."""
        width, height = len(content) * size * 0.56, size * 1.15
        spots: tuple[tuple[float, float, str, float], ...] = (
            (x + 7, y + size * 0.35, "start", x + 7),
            (x - 7, y + size * 0.35, "end", x - 7 - width),
            (x, y - 8, "middle", x - width / 2),
            (x, y + 8 + size * 0.8, "middle", x - width / 2),
            (x + 6, y - 7, "start", x + 6),
            (x + 6, y + 14, "start", x + 6),
            (x - 6, y - 7, "end", x - 6 - width),
            (x - 6, y + 14, "end", x - 6 - width),
        )
        for at_x, at_y, anchor, left in spots:
            box = (left, at_y - size * 0.9, left + width, at_y - size * 0.9 + height)
            if self.free(box):
                self.take(box)
                return text(at_x, at_y, content, kind, anchor)
        if must:
            at_x, at_y, anchor, left = spots[0]
            return text(at_x, at_y, content, kind, anchor)
        return ""


def land(view: Projection, least: float = 3.0) -> str:
    """Sea, and every country in the frame, specks smaller than `least` square units left out."""
    parts = [rect(0, 0, view.width, view.height, "sea")]
    for rings in outlines().values():
        for ring in rings:
            inside = clipped(ring, view)
            points = [view(*point) for point in inside]
            if len(points) > 2 and _extent(points) > least:
                parts.append(path(thinned(points), "land", closed=True))
    return "".join(parts)


def country_names(view: Projection, labels: Labels) -> str:
    """The name of every country that shows enough of itself, at the middle of its largest part."""
    parts = []
    for name, rings in outlines().items():
        shown = [[view(*point) for point in clipped(ring, view)] for ring in rings]
        largest = max((points for points in shown if len(points) > 2), key=_extent, default=None)
        if largest is None or _extent(largest) < view.width * view.height / 160:
            continue
        x, y = middle(largest)
        width = len(name) * 7.6
        box = (x - width / 2, y - 9, x + width / 2, y + 4)
        if labels.free(box):
            labels.take(box)
            parts.append(text(x, y, name.upper(), "country", "middle"))
    return "".join(parts)


def thinned(points: Sequence[Point], least: float = 1.1) -> list[Point]:
    """A line without points that lie closer than a pixel to the one kept before."""
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return kept if len(kept) > 2 else list(points)


def scale_bar(view: Projection) -> str:
    """A bar of a round length near a fifth of the width."""
    reach = view.width * view.kilometres_per_unit / 5
    length = max(step for step in (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000) if step <= max(reach, 5))
    units = length / view.kilometres_per_unit
    x, y = view.width - units - 14, view.height - 12
    return (
        rect(x - 8, y - 20, units + 16, 28, "plate")
        + line(x, y, x + units, y, "axis")
        + text(x + units / 2, y - 5, f"{length:,} km", "tick", "middle")
    )


def _extent(points: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))) / 2


def middle(points: Sequence[Point]) -> Point:
    """Centre of a surface by its area; its first point where it has none."""
    doubled = x = y = 0.0
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        doubled += cross
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    if abs(doubled) < 1e-9:
        return points[0]
    return x / (3 * doubled), y / (3 * doubled)

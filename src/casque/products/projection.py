"""From degrees to a flat map, and what lies inside its frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

Point = tuple[float, float]

KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Projection:
    """Equirectangular, true to scale at the middle latitude of the frame."""

    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def _scale(self) -> float:
        return self.width / (self.east - self.west)

    @property
    def _stretch(self) -> float:
        return 1 / cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """Height of the drawing that belongs to its width."""
        return (self.north - self.south) * self._scale * self._stretch

    def __call__(self, longitude: float, latitude: float) -> Point:
        """Where a place is drawn."""
        return (longitude - self.west) * self._scale, (self.north - latitude) * self._scale * self._stretch

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies inside the frame."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    @property
    def kilometres_per_unit(self) -> float:
        """Length on the ground of one unit of the drawing, along a parallel at the middle."""
        return KM_PER_DEGREE / self._stretch / self._scale


def around(points: Sequence[Point], width: float, margin: float, shape: tuple[float, float]) -> Projection:
    """A frame around places, with a margin in shares of its extent, between the two shapes (height over width) given."""
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    across, up = max(east - west, 0.5) * (1 + 2 * margin), max(north - south, 0.4) * (1 + 2 * margin)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    stretch = 1 / cos(radians(min(max(middle_y, -80), 80)))
    flattest, tallest = shape
    ratio = up * stretch / across
    if ratio < flattest:
        up = across * flattest / stretch
    elif ratio > tallest:
        across = up * stretch / tallest
    return Projection(middle_x - across / 2, middle_y - up / 2, middle_x + across / 2, middle_y + up / 2, width)


def distance(one: Point, other: Point) -> float:
    """Rough distance in kilometres, good enough to choose what a map shows."""
    middle = radians((one[1] + other[1]) / 2)
    return hypot((one[0] - other[0]) * cos(middle), one[1] - other[1]) * KM_PER_DEGREE


def clipped(ring: Sequence[Point], frame: Projection) -> list[Point]:
    """The part of a closed line inside the frame, after Sutherland and Hodgman."""
    edges: tuple[tuple[Callable[[Point], float], float], ...] = (
        (lambda point: point[0] - frame.west, frame.west),
        (lambda point: frame.east - point[0], frame.east),
        (lambda point: point[1] - frame.south, frame.south),
        (lambda point: frame.north - point[1], frame.north),
    )
    points = list(ring)
    for inside, _ in edges:
        kept: list[Point] = []
        for before, here in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            one, two = inside(before), inside(here)
            if (one >= 0) != (two >= 0):
                share = one / (one - two)
                kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
            if two >= 0:
                kept.append(here)
        points = kept
    return points

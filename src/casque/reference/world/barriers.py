"""Barred airspace as a wall: its edges, and the corners at which an aircraft may turn to fly round it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from casque.reference.outlines import Ring, outlines
from casque.reference.world.sphere import EARTH_RADIUS, Vectors, vectors

_FINEST, _COARSEST, _SHARE = 4.0, 40.0, 0.005
_ISLET = 0.02
_SLACK = 0.3
_DEGREE = EARTH_RADIUS * radians(1.0)

Plane = NDArray[np.float64]
"""Points as rows of kilometres east and north in the plane of an outline."""


@dataclass(frozen=True, eq=False)
class Barrier:
    """Walls of barred airspace on the globe, as unit vectors."""

    starts: Vectors
    """One end of each edge."""
    ends: Vectors
    """The other end."""
    normals: Vectors
    """Normal of the plane of each edge."""
    corners: Vectors
    """Points outside the wall, a little off its outward corners."""
    arms: NDArray[np.float64]
    """Corner x (to the corner before, to the corner after) x (east, north): unit steps along the wall."""
    seen: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Pairs of corners looked at before, and whether nothing stands between them."""

    def clear(self, one: Vectors, other: Vectors, gates: tuple[Vectors, ...] = (), reach: float = 0.0) -> bool:
        """Whether the great circle from one point to another crosses no edge.

        Crossings within `reach` kilometres of a gate do not count.
        """
        axis = np.array(
            [one[1] * other[2] - one[2] * other[1], one[2] * other[0] - one[0] * other[2], one[0] * other[1] - one[1] * other[0]]
        )
        near, far = self.starts @ axis, self.ends @ axis
        side, across = self.normals @ one, self.normals @ other
        rows = np.flatnonzero((near * far < 0) & (side * across < 0))
        if not len(rows):
            return True
        points = np.cross(axis, self.normals[rows])
        points /= np.linalg.norm(points, axis=1)[:, None]
        points *= np.where(points @ (one + other) > 0, 1.0, -1.0)[:, None]
        crossed = np.einsum("ij,ij->i", points, self.starts[rows] + self.ends[rows]) > 0
        for gate in gates:
            crossed &= np.linalg.norm(points - gate, axis=1) * EARTH_RADIUS > reach
        return not crossed.any()

    def between(self, one: int, other: int) -> bool:
        """Whether the great circle from one corner to another crosses no edge."""
        key = (min(one, other), max(one, other))
        if key not in self.seen:
            self.seen[key] = self.clear(self.corners[one], self.corners[other])
        return self.seen[key]

    def touched(self, point: Vectors) -> NDArray[np.bool_]:
        """At which corners a great circle from a point touches the wall without running into it: only there can a shortest way turn."""
        return _touching(_steps(self.corners, np.broadcast_to(point, self.corners.shape)), self.arms)

    def leaving(self, corner: int) -> NDArray[np.bool_]:
        """To which other corners a great circle leaves a corner without running into the wall there."""
        here = np.broadcast_to(self.corners[corner], self.corners.shape)
        return _touching(_steps(here, self.corners), np.broadcast_to(self.arms[corner], self.arms.shape))


def _steps(here: Vectors, there: Vectors) -> Plane:
    """Unit steps east and north, at the first of each pair of points, towards the second."""
    east = np.column_stack([-here[:, 1], here[:, 0], np.zeros(len(here))])
    east /= np.maximum(1e-12, np.linalg.norm(east, axis=1))[:, None]
    north = np.cross(here, east)
    return _unit(np.column_stack([(east * there).sum(axis=1), (north * there).sum(axis=1)]))


def _touching(step: Plane, arms: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether both arms of a corner lie on the same side of a step."""
    before, after = _cross(step, arms[:, 0]), _cross(step, arms[:, 1])
    same: NDArray[np.bool_] = ((before > -_SLACK) & (after > -_SLACK)) | ((before < _SLACK) & (after < _SLACK))
    return same


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Names of the outlines of every country that has any, by the id of members: ISO 3166 alpha-3 in lower case.

    The correspondence is that of the names; `yug` stands for the two republics that it had from 1992 to 2003.
    """
    with (files("casque.reference") / "data" / "countries.csv").open(encoding="utf-8") as stream:
        return {row["id"]: tuple(row["outlines"].split(";")) for row in csv.DictReader(stream)}


@cache
def barrier(barred: frozenset[str]) -> Barrier | None:
    """The wall around the airspace of some countries; none where no outline of any of them is known."""
    names = sorted({name for country in barred for name in countries().get(country, ())})
    rings = _dissolved([ring for name in names for ring in _main(outlines()[name])])
    if not rings:
        return None
    starts = np.concatenate([np.array(ring) for ring in rings])
    ends = np.concatenate([np.roll(np.array(ring), -1, axis=0) for ring in rings])
    turns, arms = (np.concatenate(parts) for parts in zip(*(_turns(ring) for ring in rings), strict=True))
    outside = ~_inside(turns, starts, ends)
    one, other = vectors(starts), vectors(ends)
    return Barrier(one, other, np.cross(one, other), vectors(turns[outside]), arms[outside])


def _main(rings: tuple[Ring, ...]) -> list[Ring]:
    """The rings of a country without islets of less than a fiftieth of its extent."""
    sizes = [float(np.ptp(np.array(ring), axis=0).max()) for ring in rings]
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= _ISLET * max(sizes)]


def _dissolved(rings: list[Ring]) -> list[Ring]:
    """The rings around all of them together: borders between two of them, which have the same points in both, are taken out."""
    edges = {(here, there) for ring in rings for here, there in zip(ring, (*ring[1:], ring[0]), strict=True)}
    leaving: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for here, there in sorted(edges):
        if (there, here) not in edges:
            leaving.setdefault(here, []).append(there)
    joined: list[Ring] = []
    for start in list(leaving):
        while leaving[start]:
            ring = [start]
            here = leaving[start].pop()
            while here != start and leaving.get(here):
                ring.append(here)
                here = leaving[here].pop()
            if len(ring) > 2:
                joined.append(tuple(ring))
    return joined


def _turns(ring: Ring) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points off the outward corners of a simplified ring, in degrees, and the steps from each to the corners beside it.

    A ring is simplified by a few kilometres, more for a large country, and its corners are moved out by twice as much, so that straight
    flights between them clear what the simplification left out.
    """
    points = np.array(ring)
    stretch = np.array([_DEGREE * max(0.05, cos(radians(float(points[:, 1].mean())))), _DEGREE])
    plane = points * stretch
    size = float(np.ptp(plane, axis=0).max())
    tolerance = min(_COARSEST, max(_FINEST, _SHARE * size))
    kept = _simplified(plane, tolerance)
    before, after = np.roll(kept, 1, axis=0), np.roll(kept, -1, axis=0)
    arms = np.stack([_unit(before - kept), _unit(after - kept)], axis=1)
    turned = _cross(kept - before, after - kept) * np.sign(_cross(plane, np.roll(plane, -1, axis=0)).sum())
    outward = kept - 2 * tolerance * _unit(arms.sum(axis=1))
    moved: NDArray[np.float64] = outward[turned > 0] / stretch
    moved[:, 0] = (moved[:, 0] + 180.0) % 360.0 - 180.0
    return moved, arms[turned > 0]


def _simplified(points: Plane, tolerance: float) -> Plane:
    """A closed ring by the method of Douglas and Peucker, cut at its first point and at the one farthest from it."""
    far = int(np.argmax(((points - points[0]) ** 2).sum(axis=1)))
    around = np.concatenate([points, points[:1]])
    keep = np.zeros(len(around), dtype=np.bool_)
    keep[[0, far]] = True
    waiting = [(0, far), (far, len(around) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        chord, between = around[last] - around[first], around[first + 1 : last] - around[first]
        length = float(np.hypot(*chord))
        off = np.abs(_cross(np.broadcast_to(chord, between.shape), between)) / length if length > 0 else np.hypot(*between.T)
        worst = int(np.argmax(off))
        if off[worst] > tolerance:
            keep[first + 1 + worst] = True
            waiting += [(first, first + 1 + worst), (first + 1 + worst, last)]
    if keep.sum() < 3:
        # A sliver or an islet: its corners as they are.
        return points
    return around[:-1][keep[:-1]]


def _inside(points: NDArray[np.float64], starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each point lies inside any of the rings, by the number of edges that a line to the north crosses."""
    found = np.zeros(len(points), dtype=np.bool_)
    for row, (east, north) in enumerate(points):
        spans = (starts[:, 0] > east) != (ends[:, 0] > east)
        one, other = starts[spans], ends[spans]
        height = one[:, 1] + (east - one[:, 0]) / (other[:, 0] - one[:, 0]) * (other[:, 1] - one[:, 1])
        found[row] = int((height > north).sum()) % 2 == 1
    return found


def _cross(one: Plane, other: Plane) -> NDArray[np.float64]:
    area: NDArray[np.float64] = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return area


def _unit(steps: Plane) -> Plane:
    length = np.hypot(steps[:, 0], steps[:, 1])
    return steps / np.where(length > 0, length, 1.0)[:, None]

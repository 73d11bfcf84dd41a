"""How far an aircraft flies: the great circle, or the shortest way round the countries that bar their air to it.

The way round is a shortest path over the corners of the barred outlines (a visibility graph, searched by A* that looks at a stretch
only when it is about to use it). Error: the outlines are those of `reference/outlines.py` (Natural Earth 1:50m, true to a few
kilometres); the corners stand 8 to 80 km off the border, the more the larger the country, so that a way round is at most a few
hundredths longer than one along the border itself, and is never shorter than the great circle; territorial waters, air routes,
danger areas and winds are left out. Crossings within 20 km of either end do not count, as an airfield may stand on a border.
"""

from __future__ import annotations

import heapq
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from casque.reference.world.barriers import Barrier, barrier
from casque.reference.world.sphere import Point, great_circle, kilometres, vectors

_GATE = 20.0


def air_distance(start: Point, end: Point, barred: frozenset[str] = frozenset()) -> float | None:
    """Kilometres by air from one point to another and back, round the air of barred countries; none where there is no way round.

    Countries are members' ids; one without a known outline bars nothing. The countries of both ends must not be among them.
    """
    first, last = sorted((start, end))
    route = air_route(first, last, barred)
    if route is None:
        return None
    return sum(great_circle(here, there) for here, there in pairwise(route))


def air_route(start: Point, end: Point, barred: frozenset[str] = frozenset()) -> tuple[Point, ...] | None:
    """The points at which that way turns, both ends included; none where there is no way."""
    if not barred:
        return start, end
    first, last = sorted((start, end))
    route = _route(first, last, barred)
    return route if route is None or first == start else route[::-1]


@cache
def _route(start: Point, end: Point, barred: frozenset[str]) -> tuple[Point, ...] | None:
    wall = barrier(barred)
    if wall is None or start == end:
        return start, end
    here, there = vectors(np.array([start, end]))
    gates = (here, there)
    if wall.clear(here, there, gates, _GATE):
        return start, end
    chain = _around(wall, np.concatenate([[here, there], wall.corners]))
    return None if chain is None else (start, *(_degrees(wall.corners[number - 2]) for number in chain[1:-1]), end)


def _around(wall: Barrier, points: NDArray[np.float64]) -> list[int] | None:
    """Numbers of the points on the shortest way from the first to the second."""
    gates, ahead = (points[0], points[1]), kilometres(points, points[1])

    def lands(number: int) -> bool:
        return wall.clear(points[number], points[1], gates, _GATE)

    exits = {2 + int(number) for number in np.flatnonzero(wall.touched(points[1]))}
    if not any(lands(number) for number in sorted(exits, key=lambda number: float(ahead[number]))):
        return None
    back: dict[int, int] = {}
    heap: list[tuple[float, float, int, int]] = [(float(ahead[0]), 0.0, 0, 0)]
    while heap:
        _, done, here, came = heapq.heappop(heap)
        if here in back or (here > 1 and not _open(wall, points, came, here)) or (here == 1 and not lands(came)):
            continue
        back[here] = came
        if here == 1:
            return _chain(back)
        steps = kilometres(points, points[here])
        for other in _onward(wall, points[here], here):
            if other not in back:
                reached = done + float(steps[other])
                heapq.heappush(heap, (reached + float(ahead[other]), reached, other, here))
        if here in exits:
            heapq.heappush(heap, (done + float(ahead[here]), done + float(ahead[here]), 1, here))
    return None


def _open(wall: Barrier, points: NDArray[np.float64], came: int, here: int) -> bool:
    """Whether one can fly from a point to a corner; the start may lie on the wall."""
    return wall.clear(points[0], points[here], (points[0],), _GATE) if came == 0 else wall.between(came - 2, here - 2)


def _onward(wall: Barrier, point: NDArray[np.float64], number: int) -> list[int]:
    """Corners worth flying to from a point: the wall is touched, not run into, at both ends."""
    there = wall.touched(point)
    if number > 1:
        there &= wall.leaving(number - 2)
    return [2 + int(other) for other in np.flatnonzero(there)]


def _chain(back: dict[int, int]) -> list[int]:
    chain = [1]
    while chain[-1] != 0:
        chain.append(back[chain[-1]])
    return chain[::-1]


def _degrees(vector: NDArray[np.float64]) -> Point:
    east, north = np.degrees(np.arctan2(vector[1], vector[0])), np.degrees(np.arcsin(np.clip(vector[2], -1.0, 1.0)))
    return round(float(east), 4), round(float(north), 4)

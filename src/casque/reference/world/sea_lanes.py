"""Distances by sea along the shipping lanes of the world, with passages that may be closed.

The lanes are those of the Python package `searoute` (Apache licence 2.0), made from Eurostat's `marnet` network: a route runs over
them from the point nearest to one port to the point nearest to the other. It agrees within 1 to 3 % with other networks of lanes;
harbour approaches are straight lines, and neither weather nor traffic schemes are known to it. Grade secondary.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import inf
from typing import Any

from casque.reference.world.sphere import Point, great_circle

PASSAGES = ("babalmandab", "bosporus", "gibraltar", "malacca", "ormuz", "panama", "suez", "sunda")
"""Passages that can be closed."""

_NEVER = "northwest"
"""The passage north of America, which no convoy is planned through."""

_REACH = 150.0
"""Kilometres from a place to the nearest lane beyond which it is no port."""


def sea_distance(start: Point, end: Point, closed: frozenset[str] = frozenset()) -> float | None:
    """Kilometres by sea between two places, the same both ways; none where one lies too far from the sea or every way is closed.

    Raises ValueError for a passage that is none of `PASSAGES`.
    """
    unknown = closed - set(PASSAGES)
    if unknown:
        raise ValueError(f"unknown passage {min(unknown)!r}; passages: {', '.join(PASSAGES)}")
    here, there = _lane(start), _lane(end)
    if here is None or there is None:
        return None
    # One search from a place answers for all others, and most links of a theatre share one of its few ports.
    source, target = (here, there) if (here, closed) in _searched else (there, here)
    if (source, closed) not in _searched:
        _searched[source, closed] = _from(source, closed)
    found = _searched[source, closed].get(target, inf)
    return None if found == inf else max(round(found, 1), great_circle(start, end))


def sea_lane(start: Point, end: Point, closed: frozenset[str] = frozenset()) -> tuple[Point, ...]:
    """The points of the lanes between two places, both of them included; nothing where `sea_distance` has none."""
    from networkx import NetworkXNoPath, dijkstra_path

    here, there = _lane(start), _lane(end)
    if here is None or there is None:
        return ()
    try:
        return (start, *dijkstra_path(_lanes(), here, there, weight=_open(closed)), end)
    except NetworkXNoPath:
        return ()


_searched: dict[tuple[Point, frozenset[str]], dict[Point, float]] = {}
"""Kilometres from a point of the lanes to all others, with some passages closed, as far as anybody asked in this process."""


@cache
def _lane(place: Point) -> Point | None:
    """The point of the lanes nearest to a place; none where it is too far."""
    nearest: Point = _lanes().kdtree.query(place)
    return nearest if great_circle(place, nearest) <= _REACH else None


@cache
def _lanes() -> Any:
    # Building the graph takes a second or more, and only folders that leave lengths blank or are checked against it want it.
    from searoute.searoute import setup_M

    return setup_M()


def _from(source: Point, closed: frozenset[str]) -> dict[Point, float]:
    from networkx import single_source_dijkstra_path_length

    found: dict[Point, float] = single_source_dijkstra_path_length(_lanes(), source, weight=_open(closed))
    return found


def _open(closed: frozenset[str]) -> Callable[[Point, Point, dict[str, Any]], float | None]:
    """Length of a stretch of lane; none for a passage that is closed."""
    shut = {_NEVER, *closed}

    def weight(_: Point, __: Point, lane: dict[str, Any]) -> float | None:
        return None if lane.get("passage") in shut else float(lane["weight"])

    return weight

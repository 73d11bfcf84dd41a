"""Outlines of countries, for drawing maps and for nothing else.

The outlines are Natural Earth 1:50m Admin 0 countries, public domain (www.naturalearthdata.com), as packaged in the npm package
`world-atlas` 2.0.2 (`countries-50m.json`, TopoJSON): decoded, rounded to a hundredth of a degree, rings smaller than a hundredth of
a square degree left out, Antarctica left out, North Macedonia under its present name. The file keeps each ring as whole hundredths of
a degree, every point as its difference from the one before. Natural Earth shows who holds the ground in fact; a line on the map is no
statement about its status.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

Ring = tuple[tuple[float, float], ...]
"""A closed line as longitude, latitude pairs in degrees, the first point not repeated."""


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Rings of every country by its short English name."""
    text = (files("casque.reference") / "data" / "outlines.json").read_text(encoding="utf-8")
    return {name: tuple(_ring(ring) for ring in rings) for name, rings in json.loads(text).items()}


def _ring(differences: list[int]) -> Ring:
    points: list[tuple[float, float]] = []
    longitude = latitude = 0
    for east, north in zip(differences[::2], differences[1::2], strict=True):
        longitude, latitude = longitude + east, latitude + north
        points.append((longitude / 100, latitude / 100))
    return tuple(points)

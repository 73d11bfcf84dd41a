"""Distances on the ground."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from casque.mission.transport import Node


def kilometres(one: Node, other: Node) -> float:
    """Distance of two nodes along a great circle (haversine formula; mean radius of the earth 6,371 km)."""
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    square = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(square)))

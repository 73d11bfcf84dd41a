"""Seasons, by hemisphere."""

from __future__ import annotations

from datetime import date

_NORTHERN_WINTER = (12, 1, 2)
_SOUTHERN_WINTER = (6, 7, 8)


def is_winter(day: date, latitude: float) -> bool:
    """Whether a day lies in the meteorological winter of a latitude in degrees, north positive."""
    return day.month in (_SOUTHERN_WINTER if latitude < 0 else _NORTHERN_WINTER)

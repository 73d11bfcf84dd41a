"""Ticks and days: a tick is an hour, the first of them the first hour of the calendar's first day."""

from __future__ import annotations

from math import floor

DAY = 24
"""Ticks of a day."""


def day_of(tick: float, first: int) -> float:
    """Days from D-day of a tick, where the calendar begins on the day `first`."""
    return round(first + tick / DAY, 4) + 0.0


def tick_of(day: float, first: int) -> int:
    """Tick of a moment in days from D-day."""
    return round((day - first) * DAY)


def start_of(day: int, first: int) -> int:
    """Tick on which a day begins; 0 for days before the calendar."""
    return max(0, (day - first) * DAY)


def whole(hours: float) -> int:
    """Whole ticks that a stretch of hours takes up, at least one."""
    return max(1, -floor(1e-6 - hours))

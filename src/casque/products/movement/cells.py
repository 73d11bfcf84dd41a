"""Cells that come back from a spreadsheet, as text, days and amounts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from casque.products.figures import Calendar

MOST_DAYS = 36_500
"""Days from D-day beyond which a day is no day of a plan."""
MOST = 1e7
"""Largest amount of a line."""


def plain(cell: Any) -> str:
    """A cell as the list would write it: whole numbers without a point, days as dates, moments to the minute."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        # A spreadsheet keeps a minute as a fraction of a day, which comes back a little off.
        return (cell + timedelta(seconds=30)).isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".") if isfinite(cell) else str(cell)
    return str(cell).strip()


def amount_of(cell: Any) -> float | None:
    """An amount; none where there is no number, or one out of bounds."""
    try:
        value = float(plain(cell))
    except ValueError:
        return None
    return value if 0 <= value <= MOST else None


def day_of(cell: Any) -> tuple[float, ...] | None:
    """A day counted from D-day, written `14` or `D+14`: empty for an empty cell, none where it cannot be read."""
    text = plain(cell).replace("−", "-")
    if not text:
        return ()
    try:
        day = float(text[1:] if text[0] in "Dd" else text)
    except ValueError:
        return None
    return (day,) if isfinite(day) and abs(day) <= MOST_DAYS else None


def moment_of(cell: Any, calendar: Calendar) -> tuple[float, ...] | None:
    """A date or a minute as days from D-day: empty for an empty cell, none where it cannot be read."""
    text = plain(cell)
    if not text:
        return ()
    if text[0] in "Dd":
        return day_of(text)
    try:
        then = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return None
    if then.tzinfo is not None:
        return None
    passed = then - datetime.combine(calendar.d_day, time())
    days = passed.total_seconds() / 86_400
    return (days,) if abs(days) <= MOST_DAYS else None

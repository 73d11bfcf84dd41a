"""Scales and axes that the drawings share."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from casque.products.figures import MONTHS, Calendar, d_plus, number
from casque.products.svg import line, text

_DAY_STEPS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 360, 720)


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to coordinates."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The coordinate of a value; values outside are drawn at the edge."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True)
class Frame:
    """The field of a chart: days to the right, amounts upwards."""

    width: float
    height: float
    x: Scale
    y: Scale

    @property
    def bottom(self) -> float:
        """Coordinate of the horizontal axis."""
        return self.y.start


def frame(
    days: tuple[float, float],
    top: float,
    size: tuple[float, float] = (960, 300),
    margins: tuple[float, float, float, float] = (24, 16, 40, 62),
    bottom: float = 0.0,
) -> Frame:
    """A field over some days and up to an amount; margins above, right, below and left."""
    above, right, below, left = margins
    width, height = size
    first, last = days
    low, high = limits(bottom, top)
    x = Scale(first, last if last > first else first + 1, left, width - right)
    return Frame(width, height, x, Scale(low, high, height - below, above))


def limits(low: float, high: float) -> tuple[float, float]:
    """Round limits around a range."""
    if high - low < 1e-9:
        high = low + 1
    step = step_of(high - low)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


def step_of(extent: float, about: int = 4) -> float:
    """A round step that divides an extent into about so many parts."""
    raw = extent / about
    power = 10.0 ** floor(log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw - 1e-12)


def y_axis(field: Frame, label: str, unit: str = "") -> str:
    """Grid lines with their amounts, and what they count."""
    step = step_of(field.y.high - field.y.low)
    parts = []
    value = field.y.low
    while value <= field.y.high + step / 1e6:
        height = field.y(value)
        parts.append(line(field.x.start, height, field.x.end, height, "grid"))
        parts.append(text(field.x.start - 6, height + 4, number(value) + unit, "tick", "end"))
        value += step
    return "".join(parts) + (text(2, 12, label, "label") if label else "")


def x_axis(field: Frame, calendar: Calendar, about: int = 10, dates: bool = True) -> str:
    """The days along the foot, counted from D-day, with the date below where asked."""
    parts = [line(field.x.start, field.bottom, field.x.end, field.bottom, "axis")]
    for day in day_ticks(field.x.low, field.x.high, about):
        x = field.x(day)
        parts.append(line(x, field.bottom, x, field.bottom + 4, "axis"))
        side = "end" if x > field.width - 26 else "middle"
        parts.append(text(x, field.bottom + 16, d_plus(day), "tick", side))
        if dates:
            then = calendar.on(day)
            parts.append(text(x, field.bottom + 30, f"{then.day} {MONTHS[then.month - 1]} {then.year % 100:02d}", "tick faint", side))
    return "".join(parts)


def day_ticks(first: float, last: float, about: int) -> list[int]:
    """Round days between two days, D-day among them."""
    step = next((step for step in _DAY_STEPS if (last - first) / step <= about), 1440)
    return list(range(ceil(first / step) * step, floor(last) + 1, step))

"""The charts of the report: curves, bars by month, fans, workloads and strips, all over the same kind of scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from markupsafe import Markup

from casque.plan.outlook import Fan
from casque.products.figures import Calendar, number
from casque.products.scales import Frame, Scale, frame, x_axis, y_axis
from casque.products.svg import Point, dot, figure, line, path, rect, text
from casque.products.wording import wrapped


@dataclass(frozen=True)
class Curve:
    """One line of a chart."""

    name: str
    kind: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Stop:
    """A day marked across a chart."""

    day: float
    name: str
    kind: str


@dataclass(frozen=True)
class Seen:
    """An observed value."""

    day: float
    value: float
    title: str


@dataclass(frozen=True)
class Band:
    """A range over days."""

    days: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    kind: str


def by_day(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Points of a series that has a value for every day from D-day; only turning points are kept."""
    kept = [
        (float(day), value)
        for day, value in enumerate(values)
        if day in (0, len(values) - 1) or values[day - 1] != value or values[day + 1] != value
    ]
    return tuple(kept)


def curves(
    title: str,
    lines: Sequence[Curve],
    calendar: Calendar,
    unit: str,
    stops: Sequence[Stop] = (),
    seen: Sequence[Seen] = (),
    bands: Sequence[Band] = (),
    size: tuple[float, float] = (960, 320),
    near: bool = False,
) -> Markup:
    """Lines over days, with bands behind them, observed values on them and marked days across; `near` leaves out the days before them."""
    days = [day for item in lines for day, _ in item.points] + [item.day for item in seen] + [stop.day for stop in stops]
    days += [day for band in bands for day in band.days]
    tops = (
        [value for item in lines for _, value in item.points] + [item.value for item in seen] + [top for band in bands for top in band.high]
    )
    lows = (
        [value for item in lines for _, value in item.points] + [item.value for item in seen] + [low for band in bands for low in band.low]
    )
    small = size[0] < 600
    margins = (30, 12, 24, 50) if small else (46 if stops else 28, 16, 40, 62)
    first, last = min(days if near and days else [0.0, *days]), max(days, default=1)
    field = frame((first, last), max(tops, default=1), size, margins, min(0.0, *lows, 0.0))
    parts = [y_axis(field, unit), x_axis(field, calendar, 5 if small else 10, dates=not small)]
    parts += [_band(field, band) for band in bands]
    parts += [path([(field.x(day), field.y(value)) for day, value in item.points], f"curve {item.kind}", title=item.name) for item in lines]
    parts += [_stop(field, stop, row) for row, stop in enumerate(stops)]
    parts += [dot(field.x(item.day), field.y(item.value), 4, "seen", item.title) for item in seen]
    return figure(*size, title, parts, "small" if small else "wide")


def _band(field: Frame, band: Band) -> str:
    upper = [(field.x(day), field.y(value)) for day, value in zip(band.days, band.high, strict=True)]
    lower = [(field.x(day), field.y(value)) for day, value in zip(band.days, band.low, strict=True)]
    return path([*upper, *reversed(lower)], f"band {band.kind}", closed=True)


def _stop(field: Frame, stop: Stop, row: int) -> str:
    x = field.x(stop.day)
    top = field.y.end
    room = len(stop.name) * 6.5
    left = x - room > field.x.start if row % 2 == 0 else x + room > field.x.end
    name = text(x - 5 if left else x + 5, top - 7 if row % 2 else top - 20, stop.name, f"mark {stop.kind}", "end" if left else "start")
    return line(x, top - (16 if row % 2 else 29), x, field.bottom, f"stop {stop.kind}") + name


def fan(item: Fan, calendar: Calendar, seen: Sequence[Seen] = (), size: tuple[float, float] = (470, 220)) -> Markup:
    """The distribution of a series over time: the middle, half of the runs, and nine tenths of them."""
    days = tuple(float(day) for day in item.days)
    return curves(
        item.title,
        [Curve("median", "main", tuple(zip(days, item.p50, strict=True)))],
        calendar,
        item.unit,
        seen=seen,
        bands=[Band(days, item.p05, item.p95, "outer"), Band(days, item.p25, item.p75, "inner")],
        size=size,
    )


def stacked_months(
    title: str, kinds: Sequence[tuple[str, str, Sequence[float]]], required: Sequence[float], labels: Sequence[str], unit: str
) -> Markup:
    """Bars by month, filled from the foot by kind (name, class, amounts), under a step line of what is required."""
    months = len(required)
    filled = [sum(amounts[month] for _, _, amounts in kinds) for month in range(months)]
    size = (960.0, 330.0)
    field = frame((0, max(months, 1)), max([*required, *filled, 1.0]), size, (28, 16, 40, 62))
    parts = [y_axis(field, unit), line(field.x.start, field.bottom, field.x.end, field.bottom, "axis")]
    for month in range(months):
        left, width = field.x(month + 0.14), field.x(month + 0.86) - field.x(month + 0.14)
        foot = 0.0
        for name, kind, amounts in kinds:
            if amounts[month] > 0:
                top = field.y(foot + amounts[month])
                parts.append(
                    rect(left, top, width, field.y(foot) - top, f"fill {kind}", f"{name}, month {month}: {number(amounts[month])}")
                )
            foot += amounts[month]
        if required[month] > foot:
            top = field.y(required[month])
            missing = f"missing, month {month}: {number(required[month] - foot)}"
            parts.append(rect(left, top, width, field.y(foot) - top, "fill lacking", missing))
        middle = field.x(month + 0.5)
        parts.append(text(middle, field.bottom + 16, f"month {month}" if months <= 13 else str(month), "tick", "middle"))
        parts.append(text(middle, field.bottom + 30, labels[month], "tick faint", "middle") if months <= 13 or month % 3 == 0 else "")
    steps: list[Point] = []
    for month, amount in enumerate(required):
        steps += [(field.x(month), field.y(amount)), (field.x(month + 1), field.y(amount))]
    parts.append(path(steps, "curve required", title="required"))
    return figure(*size, title, parts)


def workload(title: str, used: Sequence[float], capacity: Sequence[float], calendar: Calendar, unit: str) -> Markup:
    """Use of a capacity by day: a filled area under the line of what there is."""
    last = max((day for day, value in enumerate(used) if value > 0), default=0) + 3
    used, capacity = used[: last + 1], capacity[: last + 1]
    size = (310.0, 150.0)
    field = frame((0, max(last, 7)), max([*used, *capacity, 1.0]), size, (26, 10, 22, 46))
    area: list[Point] = [(field.x(0), field.bottom)]
    for day, value in enumerate(used):
        area += [(field.x(day), field.y(value)), (field.x(day + 1), field.y(value))]
    area.append((field.x(len(used)), field.bottom))
    limit = [point for day, value in enumerate(capacity) for point in ((field.x(day), field.y(value)), (field.x(day + 1), field.y(value)))]
    parts = [y_axis(field, unit), path(area, "used", closed=True), path(limit, "curve limit"), x_axis(field, calendar, 4, dates=False)]
    return figure(*size, title, parts, "small")


def strip(title: str, values: Sequence[float], demand: Sequence[float], target: float, least: float) -> Markup:
    """Days of supply over time as one strip: held, under target, under the least, out."""
    x = Scale(0, max(len(values), 1), 0, 600)
    states = [_stock_state(value, wanted, target, least) for value, wanted in zip(values, demand, strict=False)]
    parts = [rect(0, 0, 600, 16, "stock none")]
    day = 0
    for state, run in groupby(states):
        length = len(list(run))
        if state != "none":
            parts.append(rect(x(day), 0, x(day + length) - x(day), 16, f"stock {state}"))
        day += length
    return figure(600, 16, title, parts, "strip")


def _stock_state(value: float, demand: float, target: float, least: float) -> str:
    if demand <= 0:
        return "none"
    if value <= 0:
        return "out"
    if value < least:
        return "low"
    return "fair" if value < target else "held"


def range_bars(title: str, rows: Sequence[tuple[str, float, float, float, str]], unit: str) -> Markup:
    """Ranges below one another: name, low, likely, high and class."""
    labels = [wrapped(name, 50) for name, *_ in rows]
    tops = _tops([26 + LINE * (len(label) - 1) for label in labels], 10)
    height = tops[-1] + 30
    most = max((high for _, _, _, high, _ in rows), default=1.0) or 1.0
    x = Scale(0, most * 1.02, 330, 930)
    parts = []
    for part in range(5):
        value = most * part / 4
        parts.append(line(x(value), 4, x(value), height - 26, "grid"))
        parts.append(text(x(value), height - 10, number(round(value, -2) if most > 1000 else value), "tick", "middle"))
    parts.append(text(2, height - 10, unit, "label"))
    for y, label, (_, low, likely, high, kind) in zip(tops, labels, rows, strict=False):
        parts.append(_label(322, y + 12, label))
        parts.append(rect(x(low), y + 3, max(x(high) - x(low), 1), 12, f"range {kind}", f"{number(low)} to {number(high)}"))
        parts.append(rect(x(likely) - 1.5, y, 3, 18, "likely", f"likely {number(likely)}"))
    return figure(960, height, title, parts)


LINE = 13.0
"""Height of a further line of a label."""


def _tops(heights: Sequence[float], first: float) -> list[float]:
    """Where rows of these heights begin, and where the last one ends."""
    return list(accumulate(heights, initial=first))


def _label(x: float, y: float, lines: Sequence[str]) -> str:
    """The name of a row, in as many lines as it needs."""
    return "".join(text(x, y + LINE * place, part, "row", "end") for place, part in enumerate(lines))


def tornado(title: str, rows: Sequence[tuple[str, float]]) -> Markup:
    """Rank correlations from -1 to 1, one bar a row."""
    labels = [wrapped(name, 62) for name, _ in rows]
    tops = _tops([22 + LINE * (len(label) - 1) for label in labels], 6)
    height = tops[-1] + 28
    x = Scale(-1, 1, 430, 930)
    parts = [line(x(value), 2, x(value), height - 26, "grid") for value in (-1, -0.5, 0.5, 1)]
    for y, label, (_, value) in zip(tops, labels, rows, strict=False):
        parts.append(_label(420, y + 12, label))
        left, right = sorted((x(0), x(value)))
        shown = f"{value:+.2f}".replace("-", "−")
        parts.append(rect(left, y + 2, max(right - left, 1), 12, "rising" if value > 0 else "falling", shown))
        parts.append(text(right + 5 if value >= 0 else left - 5, y + 12, shown, "tick", "start" if value >= 0 else "end"))
    parts.append(line(x(0), 2, x(0), height - 26, "axis"))
    parts += [text(x(value), height - 10, f"{value:+g}".replace("-", "−").replace("+0", "0"), "tick", "middle") for value in (-1, 0, 1)]
    return figure(960, height, title, parts)

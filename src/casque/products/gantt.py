"""Bars of the movement plan over days: one row a unit, its legs by mode, the day it was required and the day it is in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casque.products.figures import Calendar, d_plus
from casque.products.scales import Frame, frame, x_axis
from casque.products.svg import at, figure, line, path, rect, text
from casque.products.wording import wrapped

LEFT = 300.0
ROW = 20.0


@dataclass(frozen=True)
class Stretch:
    """Time spent under way by one mode."""

    mode: str
    start: float
    end: float


@dataclass(frozen=True)
class Row:
    """What one unit, or one member's units together, does over time."""

    name: str
    people: tuple[Stretch, ...]
    equipment: tuple[Stretch, ...]
    required: tuple[float, ...]
    in_place: tuple[tuple[float, bool], ...]
    """Day in place, and whether that is late."""
    title: str


def field_of(days: tuple[float, float], rows: int, axis: bool) -> Frame:
    """The field for some rows, over the same days in every part of the chart."""
    height = rows * ROW + (36.0 if axis else 4.0)
    return frame(days, 1, (960, height), (2, 20, 34 if axis else 2, LEFT))


def print_axis(days: tuple[float, float], calendar: Calendar) -> Markup:
    """The days again, for paper, where the head of the chart is pages away."""
    field = frame(days, 1, (960, 36), (2, 20, 34, LEFT))
    return figure(960, 36, "Days of the movement plan", [x_axis(field, calendar, 9)], "wide onlyprint")


def axis(days: tuple[float, float], calendar: Calendar, closure: float | None, bound: float | None) -> Markup:
    """The head of the chart: days, with the closure and the day before which no schedule closes."""
    field = frame(days, 1, (960, 58), (24, 20, 34, LEFT))
    parts = [x_axis(field, calendar, 9)]
    if bound is not None:
        parts.append(_flag(field, bound, f"no schedule closes before {d_plus(bound)}", "bound", 0))
    if closure is not None:
        parts.append(_flag(field, closure, f"closes {d_plus(closure)}", "closure", 1))
    return figure(960, 58, "Days of the movement plan", parts, "wide")


def _flag(field: Frame, day: float, name: str, kind: str, row: int) -> str:
    x = field.x(day)
    return line(x, 2 + 11 * row, x, field.bottom, f"stop {kind}") + text(x - 4, 10 + 11 * row, name, f"mark {kind}", "end")


def rows(title: str, items: Sequence[Row], days: tuple[float, float], closure: float | None, bound: float | None) -> Markup:
    """Rows of the chart."""
    field = field_of(days, len(items), axis=False)
    parts = [
        line(field.x(day), 0, field.x(day), field.height, f"stop {kind}")
        for day, kind in ((bound, "bound"), (closure, "closure"))
        if day is not None
    ]
    for index, item in enumerate(items):
        top = 2 + index * ROW
        lines = wrapped(item.name, 46)
        if len(lines) == 1:
            parts.append(text(LEFT - 8, top + 13, item.name, "row", "end"))
        else:
            # Two lines of small letters fit a row; more are drawn closer still.
            step = 17.0 / len(lines)
            parts += [text(LEFT - 8, top + step * (place + 0.75), part, "row tight", "end") for place, part in enumerate(lines)]
        parts.append(line(field.x.start, top + ROW - 1, field.x.end, top + ROW - 1, "grid"))
        parts += [_stretch(field, stretch, top + 1) for stretch in item.people]
        parts += [_stretch(field, stretch, top + 9) for stretch in item.equipment]
        parts += [path([(field.x(day), top), (field.x(day), top + 17)], "wanted") for day in item.required]
        parts += [_arrival(field, day, late, top) for day, late in item.in_place]
        parts.append(rect(0, top - 1, 960, ROW, "hit", item.title))
    return figure(960, field.height, title, parts)


def _stretch(field: Frame, item: Stretch, top: float) -> str:
    start, end = field.x(item.start), field.x(item.end)
    return rect(start, top, max(end - start, 1.2), 7, f"leg {item.mode}")


def _arrival(field: Frame, day: float, late: bool, top: float) -> str:
    x, y = field.x(day), top + 8.5
    return path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], "late" if late else "intime", closed=True)


def merged(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Overlapping stretches of one mode as one."""
    joined: list[Stretch] = []
    for item in sorted(stretches, key=lambda stretch: (stretch.mode, stretch.start, stretch.end)):
        last = joined[-1] if joined else None
        if last is not None and last.mode == item.mode and item.start <= last.end + 0.25:
            joined[-1] = Stretch(last.mode, last.start, max(last.end, item.end))
        else:
            joined.append(item)
    return tuple(joined)


LANE = 5.0
"""Height of a vehicle's lane at most."""
TALLEST = 64.0
"""Height of a fleet's row at most; lanes are drawn closer in a larger fleet."""


@dataclass(frozen=True)
class Fleet:
    """What the vehicles of a fleet do over time."""

    name: str
    mode: str
    lanes: tuple[tuple[tuple[float, float], ...], ...]
    """For each vehicle the first and last day of its trips, in order."""
    title: str


def fleets(title: str, items: Sequence[Fleet], days: tuple[float, float], closure: float | None, bound: float | None) -> Markup:
    """Rows of fleets, a lane a vehicle, a bar a trip, over the same days as the rows of units."""
    heights = [max(ROW, min(TALLEST, len(item.lanes) * LANE) + 4) for item in items]
    field = frame(days, 1, (960, sum(heights) + 4), (2, 20, 2, LEFT))
    parts = [
        line(field.x(day), 0, field.x(day), field.height, f"stop {kind}")
        for day, kind in ((bound, "bound"), (closure, "closure"))
        if day is not None
    ]
    top = 2.0
    for item, height in zip(items, heights, strict=True):
        step = (height - 4) / max(len(item.lanes), 1)
        shown = wrapped(item.name, 46)[:2]
        middle = top + height / 2 + 4 - 5 * (len(shown) - 1)
        parts += [
            text(LEFT - 8, middle + 10 * place, part, "row tight" if len(shown) > 1 else "row", "end") for place, part in enumerate(shown)
        ]
        parts.append(line(field.x.start, top + height - 1, field.x.end, top + height - 1, "grid"))
        thick = max(0.8, min(step - 0.8, LANE - 1.2))
        bars = "".join(
            f"M{at(field.x(start))} {at(top + 1 + step * (place + 0.5))}H{at(max(field.x(end), field.x(start) + 0.8))}"
            for place, lane in enumerate(item.lanes)
            for start, end in lane
        )
        parts.append(f'<path class="trip {item.mode}" stroke-width="{at(thick)}" d="{bars}"/>' if bars else "")
        parts.append(rect(0, top - 1, 960, height, "hit", item.title))
        top += height
    return figure(960, field.height, title, parts)

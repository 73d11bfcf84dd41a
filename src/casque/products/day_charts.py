"""Charts by day: who uses a capacity, stacked, and the distribution of a day over many runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from casque.products.charts import Band, Curve, Stop, curves
from casque.products.figures import Calendar
from casque.products.scales import Frame, frame, x_axis, y_axis
from casque.products.svg import Point, figure, path

Layer = tuple[str, str, Mapping[int, float]]
"""Name, class in the style sheet, and amount by day."""


def stacked_days(
    title: str,
    layers: Sequence[Layer],
    capacity: Mapping[int, float],
    calendar: Calendar,
    unit: str,
    size: tuple[float, float] = (470.0, 190.0),
) -> Markup:
    """Amounts by day, stacked, under the line of what there is."""
    used = sorted({day for _, _, amounts in layers for day, amount in amounts.items() if amount > 0})
    first, last = (used[0] - 1, used[-1] + 2) if used else (0, 7)
    days = range(first, max(last, first + 7))
    tops = [sum(amounts.get(day, 0.0) for _, _, amounts in layers) for day in days] + [capacity.get(day, 0.0) for day in days]
    field = frame((first, days[-1] + 1), max([1.0, *tops]), size, (26, 10, 22, 50))
    parts = [y_axis(field, unit), x_axis(field, calendar, 6, dates=False)]
    foot = dict.fromkeys(days, 0.0)
    for name, kind, amounts in layers:
        head = {day: foot[day] + amounts.get(day, 0.0) for day in days}
        parts.append(_layer(field, foot, head, f"by {kind}", name))
        foot = head
    limit = [
        point
        for day in days
        if day in capacity
        for point in ((field.x(day), field.y(capacity.get(day, 0.0))), (field.x(day + 1), field.y(capacity.get(day, 0.0))))
    ]
    parts.append(path(_corners(limit), "curve limit"))
    return figure(*size, title, parts, "small")


def _layer(field: Frame, foot: Mapping[int, float], head: Mapping[int, float], kind: str, name: str) -> str:
    """The area of a layer, one piece for each run of days that it has anything on."""
    shapes = []
    for there, run in groupby(sorted(head), key=lambda day: head[day] > foot[day] + 1e-9):
        if there:
            days = list(run)
            upper = [(field.x(day + side), field.y(head[day])) for day in days for side in (0, 1)]
            lower = [(field.x(day + side), field.y(foot[day])) for day in reversed(days) for side in (1, 0)]
            shapes.append(path(_corners([*upper, *lower]), kind, closed=True, title=name))
    return "".join(shapes)


def _corners(points: Sequence[Point]) -> list[Point]:
    """A line of steps without the points between that lie straight."""
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and (kept[-2][1] == kept[-1][1] == point[1] or kept[-2][0] == kept[-1][0] == point[0]):
            kept.pop()
        kept.append(point)
    return kept


def distribution(
    title: str, values: Sequence[float], runs: int, middle: tuple[float, float], stops: Sequence[Stop], calendar: Calendar
) -> Markup:
    """The share of runs that are through by each day, with the days between which the middle of the runs lies."""
    # A day of nothing before the first, so that a mark there does not stand on the edge.
    shares: list[tuple[float, float]] = [(min([values[0], *(stop.day for stop in stops)]) - 1, 0.0), (values[0], 0.0)] if values else []
    for place, value in enumerate(values):
        shares += [(value, shares[-1][1]), (value, 100.0 * (place + 1) / runs)]
    band = [Band(middle, (0.0, 0.0), (100.0, 100.0), "inner")] if values else []
    return curves(title, [Curve("share of the runs", "main", tuple(shares))], calendar, "% of the runs", stops=stops, bands=band, near=True)

"""Charts of the force: what is lost without whom, who bears how much, the bridge from first entry to the main force, and the futures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from casque.plan.bridge import BridgeCell
from casque.plan.futures import FuturePlan
from casque.plan.record import DAYS_PER_MONTH
from casque.products.charts import Band, Curve, curves
from casque.products.figures import Calendar, number, percent, signed, whole
from casque.products.scales import Scale, frame, step_of, x_axis, y_axis
from casque.products.svg import Point, figure, line, path, rect, text
from casque.products.wording import wrapped

ROW, LINE = 22.0, 13.0
"""Height of a row, and of a further line of its name."""
LEFT, RIGHT = 250.0, 850.0
"""Where bars begin and end."""
LABEL = 44.0
"""Room that the figure behind a bar takes."""
ROLES = (("package", "standing arrangements", "c"), ("early", "early units that leave again", "b"), ("main", "main force", "a"))
"""Who holds ground, in the words and the colours of the chart."""


@dataclass(frozen=True)
class Bar:
    """A bar with its name, its length, the band it is known in, and a part of it that is drawn apart."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    apart: float = 0.0
    mark: float | None = None
    """Where a mark stands on it, such as a fair share."""
    title: str = ""


def bars(title: str, rows: Sequence[Bar], unit: str, shares: bool = False) -> Markup:
    """Bars below one another, from zero; bands as whiskers, marks as strokes."""
    names = [wrapped(row.name, 38) for row in rows]
    tops = list(accumulate([ROW + LINE * (len(name) - 1) for name in names], initial=6.0))
    height = tops[-1] + 28
    most = max([1e-9, *(max(row.value, row.high or 0.0, row.mark or 0.0) for row in rows)])
    x = Scale(0, most, LEFT, RIGHT)
    step, shown, value = step_of(most), (percent if shares else number), 0.0
    parts = []
    while value <= most + 1e-9:
        parts.append(line(x(value), 2, x(value), height - 26, "grid"))
        parts.append(text(x(value), height - 10, shown(value), "tick", "middle"))
        value += step
    parts.append(text(2, height - 10, unit, "label"))
    for top, name, row in zip(tops, names, rows, strict=False):
        parts += [text(LEFT - 8, top + 12 + LINE * place, part, "row", "end") for place, part in enumerate(name)]
        solid = max(row.value - max(row.apart, 0.0), 0.0)
        parts.append(rect(x(0), top + 2, max(x(solid) - x(0), 0.8), 13, "fill b", row.title))
        if row.apart > 0:
            parts.append(rect(x(solid), top + 2, x(row.value) - x(solid), 13, "fill c", row.title))
        end = row.value
        if row.low is not None and row.high is not None and row.high - row.low > most / 200:
            parts.append(line(x(row.low), top + 8.5, x(row.high), top + 8.5, "axis"))
            parts += [line(x(edge), top + 5, x(edge), top + 12, "axis") for edge in (row.low, row.high)]
            end = max(end, row.high)
        label = x(end) + 7
        if row.mark is not None:
            mark = x(row.mark)
            parts.append(rect(mark - 1.5, top, 3, 17, "likely", f"fair share {shown(row.mark)}"))
            if mark >= label + LABEL:
                parts.append(text(mark + 7, top + 13, f"fair {shown(row.mark)}", "tick"))
            elif mark > label - 7:
                label = mark + 7
        parts.append(text(label, top + 13, shown(row.value), "tick"))
    parts.append(line(x(0), 2, x(0), height - 26, "axis"))
    return figure(960, height, title, parts)


def bridge_chart(cell: BridgeCell, name: str, calendar: Calendar) -> Markup:
    """One cell of the bridge by week: who holds the ground, under the line of what is wanted; what is not held is hatched."""
    weeks = len(cell.need)
    there = [sum(people) for people in zip(cell.package, cell.early, cell.main, strict=True)]
    field = frame((0, max(weeks * 7, 7)), max([1.0, *cell.need, *there]), (470, 200), (26, 12, 24, 50))
    parts = [y_axis(field, "people")]
    lost = [0.0] * weeks
    for gap in cell.gaps:
        for week in range(max(0, gap.first // 7), min(weeks, gap.last // 7 + 1)):
            lost[week] = max(lost[week], gap.people)
    for week in range(weeks):
        foot, left = 0.0, field.x(week * 7)
        width = field.x(week * 7 + 7) - left + 0.3
        for role, said, colour in ROLES:
            people = getattr(cell, role)[week]
            if people > 0:
                top = field.y(foot + people)
                parts.append(rect(left, top, width, field.y(foot) - top, f"fill {colour}", f"{said}, week {week}: {whole(people)}"))
            foot += people
        if lost[week] and cell.need[week] > foot:
            missing = min(lost[week], cell.need[week] - foot)
            top, lacking = field.y(foot + missing), f"not held, week {week}: {whole(missing)}"
            parts.append(rect(left, top, width, field.y(foot) - top, "fill lacking", lacking))
    steps: list[Point] = []
    for week, people in enumerate(cell.need):
        steps += [(field.x(week * 7), field.y(people)), (field.x(week * 7 + 7), field.y(people))]
    parts += [path(steps, "curve required", title="wanted"), x_axis(field, calendar, 6, dates=False)]
    return figure(470, 200, name, parts, "small")


def futures_chart(plans: Sequence[FuturePlan], calendar: Calendar) -> Markup:
    """The weighted fill by month of the plans: means over the futures, with the band of eight in ten futures of the first."""
    kinds = ("main", "second", "third")
    days = tuple((month + 0.5) * DAYS_PER_MONTH for month in range(len(plans[0].by_month.mean)))
    lines = [
        Curve(plan.aim, kind, tuple((day, value * 100) for day, value in zip(days, plan.by_month.mean, strict=True)))
        for plan, kind in zip(plans, kinds, strict=False)
    ]
    first = plans[0].by_month
    band = Band(days, tuple(value * 100 for value in first.p10), tuple(value * 100 for value in first.p90), "outer")
    return curves("Weighted fill over the futures, by month", lines, calendar, "per cent", bands=[band])


def synergy(value: float) -> str:
    """What a pair loses beyond the two alone, in words."""
    if abs(value) <= 0.05:
        return "as much as the two alone"
    return f"{signed(value)}: each stands in for the other" if value > 0 else f"{signed(value)}: they leave the same gap"

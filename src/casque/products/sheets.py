"""The plain CSV tables that stand beside the report, for whoever works on in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from casque.products.material import Material

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheets(material: Material) -> dict[str, tuple[str, bytes]]:
    """Title and bytes of every sheet by its path."""
    return {
        "requirement.csv": ("Requirement by line", _requirement(material)),
        "force.csv": ("Units with a place", _force(material)),
        "shortfalls.csv": ("Shortfalls with reasons and cures", _shortfalls(material)),
        "movement.csv": ("Every leg of every load", _movement(material)),
        "supply.csv": ("Days of supply by base, class and day", _supply(material)),
        "budget.csv": ("Budget", _budget(material)),
    }


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell_of(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8")


def cell_of(value: object) -> object:
    """A value as a cell; a text that a spreadsheet would take for a formula is quoted first."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _requirement(material: Material) -> bytes:
    columns = (
        "line",
        "task",
        "sector",
        "capability",
        "low",
        "likely",
        "high",
        "start",
        "end",
        "required by",
        "priority",
        "driver",
        "grade",
        "working",
    )
    rows = (
        (
            x.id,
            x.task,
            x.sector,
            x.capability.value,
            x.low,
            x.likely,
            x.high,
            x.start,
            x.end,
            x.required_by,
            x.priority,
            x.driver,
            x.grade.value,
            x.working,
        )
        for x in material.requirement.lines
    )
    return _sheet(columns, rows)


def _force(material: Material) -> bytes:
    columns = (
        "unit",
        "name",
        "member",
        "unit type",
        "capability",
        "quality",
        "sector",
        "people",
        "first day",
        "last day",
        "tours",
        "part",
        "days of the tours",
    )
    names = material.names
    rows = (
        (
            x.unit,
            names.of("unit", x.unit),
            x.member,
            x.unit_type,
            x.capability.value,
            x.quality,
            x.sector,
            x.strength,
            x.start,
            x.end,
            x.tours,
            x.part,
            "; ".join(f"{first} to {last}" for first, last in x.spans),
        )
        for x in material.force.assignments
    )
    return _sheet(columns, rows)


def _shortfalls(material: Material) -> bytes:
    columns = ("line", "sector", "capability", "priority", "people-months", "worst month", "people in it", "reason", "why", "cure")
    rows = (
        (x.line, x.sector, x.capability.value, x.priority, x.people_months, x.worst_month, x.worst, x.reason, x.text, x.cure)
        for x in material.force.shortfalls
    )
    return _sheet(columns, rows)


def _movement(material: Material) -> bytes:
    columns = (
        "load",
        "unit",
        "sector",
        "what",
        "people",
        "vehicles",
        "lane metres",
        "tonnes",
        "ready",
        "required",
        "mode",
        "from",
        "to",
        "lift",
        "departs",
        "arrives",
    )
    rows = (
        (
            x.id,
            x.unit,
            x.sector,
            x.what,
            x.people,
            x.vehicles,
            x.lane_metres,
            x.tonnes,
            x.ready,
            x.required,
            leg.mode.value,
            leg.start,
            leg.end,
            leg.fleet,
            leg.departs,
            leg.arrives,
        )
        for x in material.movement.loads
        for leg in x.legs
    )
    return _sheet(columns, rows)


def _supply(material: Material) -> bytes:
    columns = ("base", "sector", "class", "day", "demand [t]", "delivered [t]", "days of supply")
    rows = (
        (x.base, x.sector, x.supply_class.value, day, demand, delivered, held)
        for x in material.supply.bases
        for day, (demand, delivered, held) in enumerate(zip(x.demand, x.delivered, x.days_of_supply, strict=False))
    )
    return _sheet(columns, rows)


def _budget(material: Material) -> bytes:
    return _sheet(
        ("category", "USD", "working", "grade", "source"),
        ((x.category, x.usd, x.working, x.grade.value, x.source) for x in material.supply.costs),
    )

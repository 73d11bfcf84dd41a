"""What the tasks need: by capability and sector, beside the rules of thumb."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.mission.vocabulary import Capability
from casque.plan.requirement import Band, RequirementLine
from casque.products.charts import range_bars
from casque.products.figures import number
from casque.products.material import Material


@dataclass(frozen=True)
class RequirementView:
    """The requirement."""

    lead: str
    driver: str
    chart: Markup | None
    sectors: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...], float], ...]
    """Capability, people by sector in the fullest month, and their sum."""
    totals: tuple[float, ...]
    total: float
    month: int
    bands: tuple[Band, ...]
    tasks: tuple[tuple[str, int, float, tuple[RequirementLine, ...]], ...]
    """Task, priority, people-months and its lines, heaviest task first."""


def view(material: Material) -> RequirementView:
    """The requirement, at the month in which most is wanted."""
    record, names = material.requirement, material.names
    months = [sum(line.by_month[month] for line in record.lines if month < len(line.by_month)) for month in range(record.months)]
    peak = max(range(len(months)), key=lambda month: months[month], default=0)
    sectors = [sector.id for sector in material.mission.area.sectors]
    cells: dict[tuple[Capability, str], float] = {}
    low = high = 0.0
    for line in record.lines:
        now = line.by_month[peak] if peak < len(line.by_month) else 0.0
        cells[line.capability, line.sector] = cells.get((line.capability, line.sector), 0.0) + now
        low += line.low * (now / line.likely if line.likely else 0.0)
        high += line.high * (now / line.likely if line.likely else 0.0)
    rows = []
    for capability in Capability:
        people = tuple(cells.get((capability, sector), 0.0) for sector in sectors)
        if sum(people) > 0:
            rows.append((capability.value, people, sum(people)))
    total = sum(row[2] for row in rows)
    own = next((band for band in record.bands if abs(band.likely - total) < 1), None)
    if own is not None:
        low, high = own.low, own.high
    lead = (
        f"The tasks need {number(round(total, -2))} people in month {peak}, the fullest; the honest range is {number(round(low, -2))} to "
        f"{number(round(high, -2))}."
        if rows
        else "No task asks for any force."
    )
    bars = [(band.name, band.low, band.likely, band.high, "own" if abs(band.likely - total) < 1 else "thumb") for band in record.bands]
    if all(kind != "own" for *_, kind in bars):
        bars.insert(0, ("Task-based total", low, total, high, "own"))
    chart = range_bars("Task-based total and rules of thumb, in people", bars, "people") if rows else None
    columns = tuple(sum(row[1][place] for row in rows) for place in range(len(sectors)))
    return RequirementView(
        lead,
        record.driver,
        chart,
        tuple(names.sector(sector) for sector in sectors),
        tuple(rows),
        columns,
        total,
        peak,
        record.bands,
        _by_task(material),
    )


def _by_task(material: Material) -> tuple[tuple[str, int, float, tuple[RequirementLine, ...]], ...]:
    lines: dict[str, list[RequirementLine]] = {}
    for line in material.requirement.lines:
        lines.setdefault(line.task, []).append(line)
    made = [
        (material.names.task(task), items[0].priority, sum(sum(item.by_month) for item in items), tuple(items))
        for task, items in sorted(lines.items())
    ]
    return tuple(sorted(made, key=lambda item: (-item[2], item[0])))

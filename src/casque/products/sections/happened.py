"""Planned against happened: every series with its observations, the measures, broken assumptions and exit criteria."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.plan.judgement import BrokenAssumption, Comparison, ExitCriterion, MeasureJudgement
from casque.plan.outlook import Fan
from casque.products.charts import Band, Curve, Seen, by_day, curves
from casque.products.figures import count, listed, number, percent
from casque.products.material import Material

STATES = {"reached": "good", "on course": "good", "in doubt": "fair", "behind": "bad", "not observed": "none"}


@dataclass(frozen=True)
class ComparisonView:
    """One series."""

    item: Comparison
    drawing: Markup
    verdict: str
    sources: tuple[tuple[str, ...], ...]
    """Titles of the sources of each point."""


@dataclass(frozen=True)
class HappenedView:
    """Planned against happened."""

    lead: str
    comparisons: tuple[ComparisonView, ...]
    measures: tuple[tuple[MeasureJudgement, str, str], ...]
    """Judgement, its objective's title, its state."""
    broken: tuple[BrokenAssumption, ...]
    exits: tuple[tuple[ExitCriterion, str], ...]


def view(material: Material) -> HappenedView:
    """The section on what was seen."""
    record, names = material.judgement, material.names
    # A measure that the model predicts gives its fan its own name.
    models = {measure.id: measure.model for measure in material.mission.measures.measures if measure.model}
    fans = {models.get(item.series, item.series): item for item in material.outlook.fans} | {
        item.series: item for item in material.outlook.fans
    }
    return HappenedView(
        _lead(material),
        tuple(_comparison(material, item, fans.get(item.series)) for item in record.comparisons),
        tuple((item, names.of("objective", item.objective), STATES[item.standing]) for item in record.measures),
        record.broken,
        tuple((item, names.of("measure", item.measure)) for item in record.exits),
    )


def _lead(material: Material) -> str:
    record = material.judgement
    seen = [item for item in record.measures if item.standing != "not observed"]
    if not seen and not record.comparisons:
        return "Nothing has been observed yet, so the plan cannot be held against what happened."
    standings = [
        f"{sum(item.standing == word for item in record.measures)} {word}"
        for word in STATES
        if any(m.standing == word for m in record.measures)
    ]
    judged = [item for item in record.comparisons if item.inside is not None and item.points]
    points = sum(len(item.points) for item in judged)
    inside = sum((item.inside or 0.0) * len(item.points) for item in judged)
    held = f" {percent(inside / points)} of {count(points, 'observation')} lie inside the 90 % interval of the runs." if points else ""
    broken = f" {count(len(record.broken), 'planning assumption')} are contradicted by what was seen." if record.broken else ""
    return (
        f"Of {count(len(record.measures), 'measure')}: {listed(standings)}.{held}{broken}"
        if standings
        else f"No measure is kept.{held}{broken}"
    )


def _comparison(material: Material, item: Comparison, fan: Fan | None) -> ComparisonView:
    calendar = material.calendar
    seen = [
        Seen(point.day, point.observed, f"seen {calendar.day(point.day)}: {number(point.observed)} {item.unit}") for point in item.points
    ]
    bands, lines = [], []
    if fan is not None and fan.days:
        days = tuple(float(day) for day in fan.days)
        bands = [Band(days, fan.p05, fan.p95, "outer"), Band(days, fan.p25, fan.p75, "inner")]
        lines.append(Curve("median of the runs", "second", tuple(zip(days, fan.p50, strict=True))))
    planned = _planned(material, item, bool(lines))
    if planned:
        lines.append(Curve("planned", "main", planned))
    drawing = curves(f"{item.title}: planned and seen", lines, calendar, item.unit, seen=seen, bands=bands, size=(960, 300))
    sources = tuple(tuple(material.names.of("source", source) for source in point.source) for point in item.points)
    return ComparisonView(item, drawing, _verdict(item), sources)


def _planned(material: Material, item: Comparison, has_runs: bool) -> tuple[tuple[float, float], ...]:
    """The planned course by day where the movement plan holds it; else, where there are no runs to show, through the days of the points."""
    daily = {"strength.in_area": material.movement.strength, "strength.theatre": material.movement.in_theatre}.get(item.series, ())
    if daily:
        return by_day(daily)
    if has_runs:
        return ()
    return tuple((float(point.day), point.planned) for point in item.points)


def _verdict(item: Comparison) -> str:
    parts = [count(len(item.points), "observation")]
    if item.inside is not None:
        parts.append(f"{percent(item.inside)} of them inside the 90 % interval")
    if item.mean_difference is not None:
        side = "above" if item.mean_difference >= 0 else "below"
        runs = any(point.low is not None for point in item.points)
        what = "the median of the runs lies" if runs else "the plan lies"
        parts.append(f"{what} {percent(abs(item.mean_difference))} {side} what was seen on average")
    return ", ".join(parts) + "."

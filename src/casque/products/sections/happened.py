"""Planned against happened: every series with its observations, the measures, broken assumptions and exit criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casque.plan.judgement import BrokenAssumption, Comparison, ExitCriterion, MeasureJudgement, Point
from casque.plan.outlook import Fan
from casque.products.charts import Band, Curve, Seen, by_day, curves
from casque.products.figures import count, listed, number, percent
from casque.products.material import Material
from casque.products.proxies import stand_ins
from casque.products.wording import sentences

STATES = {"reached": "good", "on course": "good", "in doubt": "fair", "behind": "bad", "not observed": "none"}


@dataclass(frozen=True)
class ComparisonView:
    """One series."""

    item: Comparison
    why: tuple[str, ...]
    """The explanation, a sentence each."""
    title: str
    """Its title, with what the model counts where that stands in for it."""
    drawing: Markup
    verdict: str
    sources: tuple[tuple[str, ...], ...]
    """Titles of the sources of each point."""
    scheduled: bool
    """Whether the movement plan speaks about it."""


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
    held = _fits([point for item in record.comparisons for point in item.points])
    broken = f" {count(len(record.broken), 'planning assumption')} are contradicted by what was seen." if record.broken else ""
    return (
        f"Of {count(len(record.measures), 'measure')}: {listed(standings)}.{held}{broken}"
        if standings
        else f"No measure is kept.{held}{broken}"
    )


def _fits(points: Sequence[Point]) -> str:
    """How many figures lie strictly inside the interval of the runs, and how many agree for another reason only."""
    judged = [point for point in points if point.fit]
    if not judged:
        return ""
    strict = sum(point.fit == "inside" for point in judged)
    loose = sum(point.fit in ("as rounded", "as a lower bound") for point in judged)
    flat = sum(point.low == point.high for point in judged)
    text = f" {strict} of {count(len(judged), 'figure')} {'lies' if strict == 1 else 'lie'} strictly inside the 90 % interval of the runs"
    text += f", {loose} more {'agrees' if loose == 1 else 'agree'} only because figures are rounded or lower bounds" if loose else ""
    text += f"; {count(flat, 'interval has', 'intervals have')} no width" if flat else ""
    return text + "."


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
        lines.append(Curve("schedule", "main", planned))
    proxy = stand_ins(material.mission.measures.measures).get(item.series, "")
    unit = f"seen: {item.unit}; runs: {proxy}" if proxy else item.unit
    title = f"{item.title} (runs: {proxy})" if proxy else item.title
    drawing = curves(f"{title}: planned and seen", lines, calendar, unit, seen=seen, bands=bands, size=(960, 300))
    sources = tuple(tuple(material.names.of("source", source) for source in point.source) for point in item.points)
    return ComparisonView(
        item,
        sentences((item.explanation,)),
        title,
        drawing,
        _verdict(item),
        sources,
        any(point.scheduled is not None for point in item.points),
    )


def _planned(material: Material, item: Comparison, has_runs: bool) -> tuple[tuple[float, float], ...]:
    """The planned course by day where the movement plan holds it; else, where there are no runs to show, through the days of the points."""
    daily = {"strength.in_area": material.movement.strength, "strength.theatre": material.movement.in_theatre}.get(item.series, ())
    if daily:
        return by_day(daily)
    if has_runs:
        return ()
    return tuple((float(point.day), point.planned) for point in item.points)


def _verdict(item: Comparison) -> str:
    """On average, from the schedule and from the runs; where differences both ways cancel, also without their signs."""
    parts = []
    for name, net, basis in (
        ("the schedule", item.scheduled_difference, "scheduled"),
        ("the middle of the runs", item.expected_difference, "expected"),
    ):
        if net is None:
            continue
        lies = f"{name} lies {percent(abs(net))} {'above' if net >= 0 else 'below'} what was seen"
        gross = _gross(item, basis)
        if gross > abs(net) + 0.01:
            lies += f" (above and below cancel: {percent(gross)} without the signs)"
        parts.append(lies)
    if not parts:
        return count(len(item.points), "observation") + "."
    return f"{count(len(item.points), 'observation')}; on average {listed(parts)}."


def _gross(item: Comparison, basis: str) -> float:
    """Mean difference without signs, as a share of what was seen; lower bounds left out."""
    pairs = [(getattr(point, basis), point.observed) for point in item.points if point.kind != "at least"]
    known = [(value, seen) for value, seen in pairs if value is not None]
    total = sum(seen for _, seen in known)
    return sum(abs(value - seen) for value, seen in known) / total if total else 0.0

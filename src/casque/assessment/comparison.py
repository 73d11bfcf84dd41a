"""Planned against happened: the days on which both a plan and an observation speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from casque.assessment.series import Seen, period_of, series
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.plan.judgement import Point
from casque.plan.movement import MovementRecord
from casque.plan.outlook import Fan, OutlookRecord

STRENGTHS = {"strength.in_area": "Force in the area of operations", "strength.theatre": "Force in the theatre"}
"""Series of the movement plan that observations may be given for, with their titles."""

Band = Callable[[int, int], tuple[float, float | None, float | None] | None]
"""Planned value with the 5 % and 95 % bounds over a stretch of days; none where the plan does not reach."""


@dataclass(frozen=True)
class Pair:
    """One series with its plan and what was seen. `fan` is the distribution that it is held against, where there is one."""

    series: str
    title: str
    unit: str
    points: tuple[Point, ...]
    kinds: tuple[str, ...]
    """Kind of the observation behind each point."""
    outside: int
    """Observations before D-day or past the end of the plan, which are left out."""
    fan: Fan | None
    measure: Measure | None


def pairs(mission: Mission, movement: MovementRecord, outlook: OutlookRecord) -> tuple[Pair, ...]:
    """Every series that was both planned and seen: the strengths first, then the measures in their order."""
    fans = {fan.series: fan for fan in outlook.fans if fan.days}
    plans = {"strength.in_area": movement.strength, "strength.theatre": movement.in_theatre}
    found = []
    for name, title in STRENGTHS.items():
        standing_for = [measure.id for measure in mission.measures.measures if measure.model == name]
        seen = next((seen for seen in (_seen(mission, key, None) for key in (name, *standing_for)) if seen), ())
        fan = next((fans[key] for key in (name, *standing_for) if key in fans), None)
        found.append(_pair(name, title, "people", seen, fan, plans[name], None))
    for measure in mission.measures.measures:
        fan = fans.get(measure.id) or fans.get(measure.model)
        if fan and measure.model not in STRENGTHS:
            found.append(
                _pair(measure.id, measure.title, measure.unit, _seen(mission, measure.id, period_of(measure.unit)), fan, (), measure)
            )
    return tuple(pair for pair in found if pair.points)


def _seen(mission: Mission, name: str, period: float | None) -> tuple[Seen, ...]:
    return series([item for item in mission.observations.observations if item.measure == name], mission.about.d_day, period)


def _pair(name: str, title: str, unit: str, seen: Sequence[Seen], fan: Fan | None, plan: Sequence[float], measure: Measure | None) -> Pair:
    rate = measure is not None and period_of(measure.unit) is not None
    band = _fan_band(fan) if fan else _plan_band(plan)
    points, kinds = [], []
    for item in seen:
        planned = band(item.start, item.end) if rate else band(item.end, item.end)
        if item.day < 0 or planned is None:
            continue
        points.append(
            Point(
                day=item.day,
                observed=item.value,
                planned=planned[0],
                low=planned[1],
                high=planned[2],
                source=item.source,
                note=_scope(item),
            )
        )
        kinds.append(item.kind)
    return Pair(name, title, unit, tuple(points), tuple(kinds), len(seen) - len(points), fan, measure)


def _scope(item: Seen) -> str:
    kind = {"at least": "lower bound", "about": "rounded", "cumulative": "count since the first day"}.get(item.kind, "")
    return ". ".join(part for part in ("" if item.derived else kind, item.note) if part)


def _plan_band(plan: Sequence[float]) -> Band:
    def band(start: int, end: int) -> tuple[float, float | None, float | None] | None:
        if end < 0 or end >= len(plan):
            return None
        return float(np.mean(plan[max(0, start) : end + 1])), None, None

    return band


def _fan_band(fan: Fan) -> Band:
    def band(start: int, end: int) -> tuple[float, float | None, float | None] | None:
        first, last = fan.days[0], fan.days[-1]
        if end < first or start > last:
            return None
        days = np.arange(max(start, first), min(end, last) + 1)
        low, middle, high = (float(np.mean(np.interp(days, fan.days, values))) for values in (fan.p05, fan.p50, fan.p95))
        return middle, low, high

    return band


def inside(pair: Pair, margin: float) -> float | None:
    """Share of the observations inside the 90 % interval; none without one.

    A lower bound is inside unless it lies above the interval; a figure given as `about` may be off by `margin`.
    """
    hits = []
    for point, kind in zip(pair.points, pair.kinds, strict=True):
        if point.low is None or point.high is None:
            continue
        doubt = abs(point.observed) * margin if kind == "about" else 0.0
        hits.append(point.observed - doubt <= point.high and (kind == "at least" or point.observed + doubt >= point.low))
    return sum(hits) / len(hits) if hits else None


def mean_difference(pair: Pair) -> float | None:
    """Mean of planned less seen over the mean of what was seen; lower bounds are left out. None where nothing else was seen."""
    exact = [point for point, kind in zip(pair.points, pair.kinds, strict=True) if kind != "at least"]
    total = sum(point.observed for point in exact)
    return sum(point.planned - point.observed for point in exact) / total if total else None

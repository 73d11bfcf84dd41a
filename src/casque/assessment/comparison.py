"""Planned against happened: the days on which both a plan and an observation speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from casque.assessment.series import Seen, period_of, series
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.plan.judgement import Fit, Point
from casque.plan.movement import MovementRecord
from casque.plan.outlook import Fan, OutlookRecord

STRENGTHS = {"strength.in_area": "Force in the area of operations", "strength.theatre": "Force in the theatre"}
"""Series of the movement plan that observations may be given for, with their titles."""

Band = Callable[[int, int], tuple[float, float, float] | None]
"""Median with the 5 % and 95 % bounds over a stretch of days; none where the runs do not reach."""

Basis = Literal["planned", "scheduled", "expected"]
"""What an observation is held against."""


@dataclass(frozen=True)
class Pair:
    """One series with its plan and what was seen. `fan` is the distribution that it is held against, where there is one."""

    series: str
    title: str
    unit: str
    points: tuple[Point, ...]
    outside: int
    """Observations before D-day or past the end of the plan, which are left out."""
    fan: Fan | None
    measure: Measure | None


def pairs(mission: Mission, movement: MovementRecord, outlook: OutlookRecord, margin: float) -> tuple[Pair, ...]:
    """Every series that was both planned and seen: the strengths first, then the measures in their order.

    `margin` is the doubt about a figure given as `about`, as a share.
    """
    fans = {fan.series: fan for fan in outlook.fans if fan.days}
    plans = {"strength.in_area": movement.strength, "strength.theatre": movement.in_theatre}
    found = []
    for name, title in STRENGTHS.items():
        standing_for = [measure.id for measure in mission.measures.measures if measure.model == name]
        seen = next((seen for seen in (_seen(mission, key, None) for key in (name, *standing_for)) if seen), ())
        fan = next((fans[key] for key in (name, *standing_for) if key in fans), None)
        found.append(_pair(name, title, "people", seen, (fan, plans[name], margin), None))
    for measure in mission.measures.measures:
        fan = fans.get(measure.id) or fans.get(measure.model)
        if fan and measure.model not in STRENGTHS:
            seen = _seen(mission, measure.id, period_of(measure.unit))
            found.append(_pair(measure.id, measure.title, measure.unit, seen, (fan, (), margin), measure))
    return tuple(pair for pair in found if pair.points)


def _seen(mission: Mission, name: str, period: float | None) -> tuple[Seen, ...]:
    return series([item for item in mission.observations.observations if item.measure == name], mission.about.d_day, period)


def _pair(
    name: str, title: str, unit: str, seen: Sequence[Seen], against: tuple[Fan | None, Sequence[float], float], measure: Measure | None
) -> Pair:
    """The observations with what the schedule and the runs say; `against` is the fan, the schedule by day, and the doubt about `about`."""
    fan, plan, margin = against
    rate = measure is not None and period_of(measure.unit) is not None
    band = _fan_band(fan) if fan else None
    points = []
    for item in seen:
        start = item.start if rate else item.end
        runs = band(start, item.end) if band else None
        scheduled = _scheduled(plan, start, item.end)
        expected, low, high = runs or (None, None, None)
        planned = expected if scheduled is None else scheduled
        if item.day < 0 or planned is None:
            continue
        points.append(
            Point(
                day=item.day,
                observed=item.value,
                planned=planned,
                low=low,
                high=high,
                source=item.source,
                note=_scope(item),
                scheduled=scheduled,
                expected=expected,
                kind=item.kind,
                fit=_fit(item.value, item.kind, low, high, margin),
            )
        )
    return Pair(name, title, unit, tuple(points), len(seen) - len(points), fan, measure)


def _scope(item: Seen) -> str:
    kind = {"at least": "lower bound", "about": "rounded", "cumulative": "count since the first day"}.get(item.kind, "")
    return ". ".join(part for part in ("" if item.derived else kind, item.note) if part)


def _scheduled(plan: Sequence[float], start: int, end: int) -> float | None:
    return None if end < 0 or end >= len(plan) else float(np.mean(plan[max(0, start) : end + 1]))


def _fit(observed: float, kind: str, low: float | None, high: float | None, margin: float) -> Fit:
    if low is None or high is None:
        return ""
    if kind == "at least":
        return "as a lower bound" if observed <= high else "outside"
    if low <= observed <= high:
        return "inside"
    doubt = abs(observed) * margin if kind == "about" else 0.0
    return "as rounded" if doubt and observed - doubt <= high and observed + doubt >= low else "outside"


def _fan_band(fan: Fan) -> Band:
    def band(start: int, end: int) -> tuple[float, float, float] | None:
        first, last = fan.days[0], fan.days[-1]
        if end < first or start > last:
            return None
        days = np.arange(max(start, first), min(end, last) + 1)
        low, middle, high = (float(np.mean(np.interp(days, fan.days, values))) for values in (fan.p05, fan.p50, fan.p95))
        return middle, low, high

    return band


def inside(pair: Pair) -> float | None:
    """Share of the observations whose figure itself lies inside the 90 % interval; none without one."""
    judged = [point.fit for point in pair.points if point.fit]
    return judged.count("inside") / len(judged) if judged else None


def without_width(point: Point) -> bool:
    """Whether every run gives the same value on that day, so that the interval has no width."""
    return point.low is not None and point.high is not None and point.high - point.low <= 1e-6 * max(1.0, abs(point.high))


def value_of(point: Point, basis: Basis) -> float | None:
    """What the observation is held against."""
    return {"planned": point.planned, "scheduled": point.scheduled, "expected": point.expected}[basis]


def mean_difference(pair: Pair, basis: Basis = "planned") -> float | None:
    """Mean of what the observations are held against less seen, over the mean of what was seen.

    Lower bounds are left out. None where nothing else was seen.
    """
    told = [(value_of(point, basis), point.observed) for point in pair.points if point.kind != "at least"]
    known = [(value, seen) for value, seen in told if value is not None]
    total = sum(seen for _, seen in known)
    return sum(value - seen for value, seen in known) / total if total else None

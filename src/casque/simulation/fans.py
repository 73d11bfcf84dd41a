"""Distributions over time, from the runs of the plan to the fans of the record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.mission.measures import Measure
from casque.plan.movement import MovementRecord
from casque.plan.outlook import Fan
from casque.simulation.problem import Problem
from casque.simulation.world import UNLIMITED, Floats, Results

_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_FEW_DAYS = 90.0
_DAILY = 29
"""Days from D-day for which strength is given day by day: an entry changes too fast for a weekly grid. The last day is
given too."""


@dataclass(frozen=True)
class _Series:
    name: str
    title: str
    unit: str
    days: tuple[int, ...]
    runs: Floats
    """Replications x days."""
    share: bool = False


def fans(problem: Problem, results: Results, movement: MovementRecord, measures: tuple[Measure, ...]) -> tuple[Fan, ...]:
    """Fans of every series of the model; one named and worded by a measure for each measure that says the model predicts it."""
    drawn = []
    for series in _series(problem, results, movement):
        named = [measure for measure in measures if measure.model == series.name]
        drawn += [_fan(series, measure.id, measure.title, measure.unit) for measure in named]
        if not named:
            drawn.append(_fan(series, series.name, series.title, series.unit))
    return tuple(drawn)


def incidents_by_week(results: Results, days: int) -> tuple[tuple[int, ...], Floats]:
    """Last days of the full weeks, and incidents of those weeks, replications x sectors x weeks."""
    full = days // 7
    return tuple(range(6, 7 * full, 7)), results.incidents[:, :, :full]


def _series(problem: Problem, results: Results, movement: MovementRecord) -> list[_Series]:
    days = problem.world.cover.shape[1]
    grid = tuple(range(0, days, 7))
    ends, incidents = incidents_by_week(results, days)
    weeks = results.weeks
    series = [
        _Series("incidents-per-week", "Serious incidents in the week that ends on the day", "incidents a week", ends, incidents.sum(axis=1))
    ]
    for row, (sector, name) in enumerate(problem.sectors if len(problem.sectors) > 1 else ()):
        title = f"Serious incidents in {name} in the week that ends on the day"
        series.append(_Series(f"incidents-per-week.{sector}", title, "incidents a week", ends, incidents[:, row]))
    total = np.cumsum(incidents.sum(axis=1), axis=1)
    series.append(_Series("incidents-cumulative", "Serious incidents since D-day", "incidents", ends, total))
    entry = tuple(sorted({*range(min(_DAILY, days)), *grid, days - 1}))
    people = results.strength[:, list(entry)]
    series.append(_Series("strength.in_area", "People of the force in the area", "people", entry, people))
    if movement.in_theatre and problem.units:
        near = results.theatre[:, list(entry)]
        series.append(_Series("strength.theatre", "People of the force in the theatre", "people", entry, near))
    title = "People who patrol or police, may act and are supplied, for each thousand inhabitants"
    series.append(_Series("presence-per-thousand", title, "people per thousand inhabitants", grid, weeks["presence"]))
    title = "Inhabitants who can move freely, as incidents and cover by the force let them"
    series.append(_Series("freedom-of-movement", title, "per cent", grid, weeks["movement"], share=True))
    if len(problem.world.populations):
        series.append(_Series("returns-cumulative", "Displaced people returned since D-day", "people", grid, weeks["returns"]))
    if problem.world.civil["police"].any():
        series.append(_Series("civil-police", "Civil police present", "people", grid, weeks["civil"]))
    if (problem.world.cover["supply"] < UNLIMITED).any():
        title = f"Days of supply of the scarcest vital class at the worst base, {_FEW_DAYS:.0f} at most"
        series.append(_Series("supply-least-days", title, "days", grid, np.minimum(weeks["supply"], _FEW_DAYS)))
    title = "Peacekeepers dead by accident, illness and malicious acts since D-day"
    series.append(_Series("losses-cumulative", title, "people", grid, weeks["losses"]))
    return series


def _fan(series: _Series, name: str, title: str, unit: str) -> Fan:
    scale = 100.0 if series.share and ("cent" in unit or "%" in unit) else 1.0
    levels = np.quantile(series.runs * scale, _QUANTILES, axis=0) if len(series.days) else np.zeros((len(_QUANTILES), 0))
    lines = [tuple(round(float(value), 4) for value in level) for level in levels]
    return Fan(series=name, title=title, unit=unit, days=series.days, p05=lines[0], p25=lines[1], p50=lines[2], p75=lines[3], p95=lines[4])

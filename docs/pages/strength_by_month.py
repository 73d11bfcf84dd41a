"""The strength of a mission day by day and month by month: what was seen, what the plan has, and what the runs expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from casque.plan.judgement import Comparison, Point
from casque.plan.outlook import Fan
from docs.pages.markdown import table

_HOW = {"at least": "at least ", "about": "about "}
_FIGURES = ("value", "about")
"""Kinds of observation that are a figure and not a bound."""
_READING = """How to read it: half of all runs lie within the quartiles, nine in ten within the band. A month counts once for each table,
by its last figure; lower bounds do not count. A figure given as about so many may be off by half of its last place, which makes the
second count."""

Pair = tuple[Comparison, Fan]


def strength_text(pairs: list[Pair], d_day: date) -> str:
    """The tables by day with what explains them, and the table of months behind the count."""
    if not pairs:
        return "No strength was recorded."
    parts = [f"{comparison.title}.\n\n{_days(comparison, fan, d_day)}\n\n{_points(comparison.explanation)}" for comparison, fan in pairs]
    return "\n\n".join([*parts, _months(pairs, d_day)])


def months(pairs: list[Pair], d_day: date) -> Iterator[tuple[str, str, Point, float, float]]:
    """Month, table, last figure of the month, and the quartiles on its day."""
    for comparison, fan in pairs:
        points = [point for point in comparison.points if point.kind in _FIGURES and point.day <= fan.days[-1]]
        for month, same in groupby(points, key=lambda point: str(d_day + timedelta(days=int(point.day)))[:7]):
            last = list(same)[-1]
            yield month, comparison.title, last, at(fan, fan.p25, last.day), at(fan, fan.p75, last.day)


def counts(pairs: list[Pair], d_day: date) -> tuple[int, int, int]:
    """Months whose figure lies within the quartiles as it stands, those that do within its rounding, and all months."""
    found = list(months(pairs, d_day))
    return (
        sum(low <= point.observed <= high for _, _, point, low, high in found),
        sum(low <= point.observed + doubt(point) and point.observed - doubt(point) <= high for _, _, point, low, high in found),
        len(found),
    )


def doubt(point: Point) -> float:
    """By how much a figure given as about so many may be off: half of its last place that is not 0."""
    if point.kind != "about" or point.observed <= 0:
        return 0.0
    place = 1.0
    while point.observed % (place * 10) == 0:
        place *= 10
    return place / 2


def at(fan: Fan, level: tuple[float, ...], day: float) -> float:
    """A level of a fan on a day, between its grid days in a straight line."""
    if day <= fan.days[0]:
        return level[0]
    for before, after, low, high in zip(fan.days, fan.days[1:], level, level[1:], strict=False):
        if before <= day <= after:
            return low + (high - low) * (day - before) / (after - before)
    return level[-1]


def _days(comparison: Comparison, fan: Fan, d_day: date) -> str:
    rows = []
    for point in comparison.points:
        low, high = at(fan, fan.p25, point.day), at(fan, fan.p75, point.day)
        rows.append(
            [
                str(d_day + timedelta(days=int(point.day))),
                _seen(point),
                "" if point.scheduled is None else _count(point.scheduled),
                "" if point.expected is None else _count(point.expected),
                f"{_count(low)} to {_count(high)}",
                "" if point.low is None or point.high is None else f"{_count(point.low)} to {_count(point.high)}",
                ", ".join(point.source),
            ]
        )
    return table(["day", "seen", "plan", "median", "quartiles", "90 % band", "source"], rows)


def _months(pairs: list[Pair], d_day: date) -> str:
    rows = []
    for month, title, point, low, high in months(pairs, d_day):
        within = "yes" if low <= point.observed <= high else "above" if point.observed > high else "below"
        if within != "yes" and low <= point.observed + doubt(point) and point.observed - doubt(point) <= high:
            within += ", within its rounding"
        rows.append([month, title, _seen(point), f"{_count(low)} to {_count(high)}", within])
    strict, rounded, every = counts(pairs, d_day)
    if not every:
        return "No figure was recorded within the plan's days."
    share = f"Of {every} months on record {strict} lie within the quartiles ({100 * strict / every:.0f} %)"
    more = f"; {rounded} with the rounding of figures given as about so many." if rounded > strict else "."
    heads = ["month", "what", "last figure seen", "quartiles", "within them"]
    return f"### Month by month\n\n{table(heads, rows)}\n\n{share}{more}\n\n{_READING}"


def _points(text: str) -> str:
    """The sentences of an explanation, one a line."""
    return "\n".join(f"- {sentence}" for sentence in re.split(r"(?<=[.;:)])(?<!St\.) (?=[A-Z])", text) if sentence)


def _seen(point: Point) -> str:
    return _HOW.get(point.kind, "") + _count(point.observed)


def _count(value: float) -> str:
    return f"{value:,.0f}"

"""Observations of one measure as a series over days: counts since D-day turned into rates where the measure is a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casque.mission.observations import Observation
from casque.mission.vocabulary import Grade
from casque.plan.record import DAYS_PER_MONTH

GRADES = tuple(Grade)
"""Grades from the best to the weakest."""

_PERIODS = {"d": 1.0, "day": 1.0, "wk": 7.0, "week": 7.0, "month": DAYS_PER_MONTH, "year": 12 * DAYS_PER_MONTH}
_RATE = re.compile(r"(?:\b(?:a|an|per|each|every|in a)\s+|/\s*)(day|week|wk|month|year|d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """A value seen on a day. `start` and `end` are the days that it covers; `derived` tells a rate that was worked out from counts."""

    day: int
    start: int
    end: int
    value: float
    kind: str
    grade: Grade
    source: tuple[str, ...]
    note: str
    derived: bool = False


def period_of(unit: str) -> float | None:
    """Days in the period of a unit that is a rate, such as 7 for `murders a week`; none for a unit that is not."""
    match = _RATE.search(unit)
    return None if match is None else _PERIODS[match[1].lower()]


def weakest(grades: Sequence[Grade]) -> Grade | None:
    """The weakest of some grades; none where there are none."""
    return max(grades, key=GRADES.index, default=None)


def series(observations: Sequence[Observation], d_day: date, period: float | None) -> tuple[Seen, ...]:
    """A measure's observations in the order of their days, the best graded of one day last.

    A rate speaks for the middle of the days it covers, everything else for its last day. For a rate (`period` in days), counts since a
    first day are turned into the rate between one count and the next; a count that was revised downwards gives none.
    """
    plain = [item for item in observations if not (period and item.kind == "cumulative")]
    counts = [item for item in observations if period and item.kind == "cumulative"]
    found = [_seen(item, d_day, period is not None) for item in plain]
    if period:
        found.extend(_rates(counts, d_day, period))
    return tuple(sorted(found, key=lambda item: (item.day, -GRADES.index(item.grade), item.derived, item.value, item.source, item.note)))


def _seen(item: Observation, d_day: date, rate: bool) -> Seen:
    start, end = (item.start - d_day).days, (item.end - d_day).days
    day = (start + end) // 2 if rate else end
    return Seen(day, start, end, item.value, item.kind, item.grade, item.source, item.note)


def _rates(counts: Sequence[Observation], d_day: date, period: float) -> list[Seen]:
    found: list[Seen] = []
    for first in sorted({item.start for item in counts}):
        day_before, total, before = (first - d_day).days - 1, 0.0, None
        for item in sorted((item for item in counts if item.start == first), key=lambda item: (item.end, item.value)):
            end = (item.end - d_day).days
            if end <= day_before or item.value < total:
                continue
            grades = [item.grade] if before is None else [item.grade, before.grade]
            found.append(
                Seen(
                    day=(day_before + 1 + end) // 2,
                    start=day_before + 1,
                    end=end,
                    value=(item.value - total) / (end - day_before) * period,
                    kind="about",
                    grade=weakest(grades) or item.grade,
                    source=tuple(dict.fromkeys((*(before.source if before else ()), *item.source))),
                    note=f"worked out from counts of {total:g} and {item.value:g}",
                    derived=True,
                )
            )
            day_before, total, before = end, item.value, item
    return found

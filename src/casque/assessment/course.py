"""The planned course of a measure, the trend of what was seen, and whether progress was lost again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from casque.mission.vocabulary import Direction
from casque.plan.record import DAYS_PER_MONTH

HALVING = 2.0
"""Baseline over target from which the fall of a rate is planned as a constant share a day."""


@dataclass(frozen=True)
class Course:
    """The way from baseline to target. `by` is the day of the target; `shape` is `linear`, `exponential` or `level`, `why` says why."""

    baseline: float
    target: float
    by: int
    shape: str
    why: str

    def expected(self, day: int) -> float:
        """Value that the course asks for on a day: the baseline before D-day, the target from its day on."""
        if self.shape == "level" or day >= self.by:
            return self.target
        part = max(0, day) / self.by
        if self.shape == "exponential":
            return float(self.baseline * (self.target / self.baseline) ** part)
        return self.baseline + (self.target - self.baseline) * part


def worse_by(value: float, other: float, direction: Direction) -> float:
    """How much worse a value is than another; negative where it is better."""
    return value - other if direction is Direction.LOWER else other - value


def plan_course(baseline: float, target: float, by: int, direction: Direction, rate: bool) -> Course:
    """The course that the baseline, the target and its day describe; `rate` tells a measure that counts events over a time.

    A rate that is to fall to half or less is planned to fall by a constant share, as violence after a settlement does; everything else
    moves by a constant amount.
    """
    if worse_by(baseline, target, direction) <= 0:
        return Course(baseline, target, by, "level", "the baseline already meets the target, which is to be held")
    if not rate or direction is Direction.HIGHER or baseline < HALVING * target:
        return Course(baseline, target, by, "linear", "a constant amount a day is planned")
    if target <= 0:
        return Course(baseline, target, by, "linear", "a fall to nothing cannot be a constant share")
    return Course(baseline, target, by, "exponential", "a rate that is to fall to half or less is planned to fall by a constant share")


def theil_sen(points: Sequence[tuple[float, float]]) -> float | None:
    """Median slope over all pairs of (day, value) on different days, per month of a twelfth of a year; none without such a pair.

    Robust against single wild values: Theil 1950, Sen 1968.
    """
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for i, a in enumerate(points) for b in points[i + 1 :] if a[0] != b[0]]
    return median(slopes) * DAYS_PER_MONTH if slopes else None


def lost(values: Sequence[float], path: float, direction: Direction) -> tuple[int, float]:
    """Where the best value of a series lies, and the share of the whole path that the last value has lost against it (0 or more)."""
    best = min(range(len(values)), key=lambda index: worse_by(values[index], 0.0, direction))
    fallen = max(0.0, worse_by(values[-1], values[best], direction))
    return best, (fallen / abs(path) if path else 0.0)

"""The size of a need: people with their band, the arithmetic behind them, and the grade of the evidence.

A rule gives a likely figure from the factors in use. Its band takes one factor at a time to either end of that factor's own band and
combines the relative changes as independent ones (root of the sum of squared logarithms), because all factors at their worst at once is
not a band but a bet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from casque.mission.area import Sector
from casque.mission.tasks import Task
from casque.mission.vocabulary import Grade
from casque.reference.load import Reference

Values = Callable[[str], float]
"""The value of a planning factor by id."""


@dataclass(frozen=True)
class Size:
    """People that a need takes in a sector: band, arithmetic and evidence."""

    low: float
    likely: float
    high: float
    working: str
    driver: str
    grade: Grade


def weakest(*grades: Grade) -> Grade:
    """The weakest of several grades of evidence; judgement where there is none."""
    order = list(Grade)
    return max(grades, key=order.index, default=Grade.JUDGEMENT)


def grade_of(sector: Sector, *fields: str) -> Grade:
    """Grade of the named fields of a sector."""
    return Grade.JUDGEMENT if any(field in sector.judged for field in fields) else sector.grade


def grade_of_needs(task: Task) -> Grade:
    """Grade of the figures that a task's needs state."""
    return Grade.JUDGEMENT if "needs" in task.judged else task.grade


def count(people: float) -> str:
    """People as a reader sees them: whole, thousands parted."""
    return f"{round(people):,}"


def band(likely: float, ends: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Low and high around a likely figure, from what it becomes when one thing at a time goes to either end of its own band."""
    down = up = 0.0
    none = False
    for pair in ends:
        least, most = min(likely, *pair), max(likely, *pair)
        none = none or least <= 0
        down += log(least / likely) ** 2 if least > 0 else 0.0
        up += log(most / likely) ** 2
    return (0.0 if none else likely * exp(-sqrt(down))), likely * exp(sqrt(up))


def sized(people: Callable[[Values], float], factors: Iterable[str], reference: Reference, working: str, driver: str, grade: Grade) -> Size:
    """The size of a need whose people follow from planning factors."""
    names = tuple(factors)
    likely = people(reference.value)
    if likely <= 0:
        return Size(0.0, 0.0, 0.0, working, driver, grade)
    factor = reference.factor
    low, high = band(likely, [tuple(people(at(reference, name, end)) for end in (factor(name).low, factor(name).high)) for name in names])  # type: ignore[misc]
    return Size(low, likely, high, working, driver, weakest(grade, *(factor(name).grade for name in names)))


def at(reference: Reference, changed: str, to: float) -> Values:
    """The factors in use with one of them at another value."""
    return lambda factor: to if factor == changed else reference.value(factor)

"""Record of the stage `assess`: whether it is working, which assumption has failed, and planned against happened."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Grade
from casque.plan.record import Record

Standing = Literal["reached", "on course", "in doubt", "behind", "not observed"]

Fit = Literal["", "inside", "as rounded", "as a lower bound", "outside"]
"""How an observation lies to the 90 % interval of the runs.

`inside` means the figure itself; `as rounded` that only the doubt about a rounded figure reaches the interval; `as a lower bound` that the
interval reaches above it, which is all that a lower bound can show; empty where there is no interval.
"""


class MeasureJudgement(Record):
    """Where a measure stands on the last day that it was seen."""

    measure: str
    """Measure."""
    title: str
    """Its title."""
    objective: str
    """Objective that it speaks for."""
    standing: Standing
    """Where it stands."""
    baseline: float
    """Value at D-day."""
    latest: float | None
    """Latest value seen."""
    day: int | None
    """Day of that value."""
    target: float
    """Target."""
    expected: float | None
    """Value that the planned course asks for on that day."""
    trend_per_month: float | None
    """Change a month over the observations."""
    grade: Grade | None
    """Weakest grade of the observations used."""
    text: str
    """In a sentence."""


class BrokenAssumption(Record):
    """A planning assumption that the observations contradict."""

    measure: str
    """Measure that shows it."""
    assumption: str
    """The assumption."""
    text: str
    """What was seen."""


class ExitCriterion(Record):
    """Whether an exit criterion is met."""

    measure: str
    """Measure."""
    met: bool | None
    """Whether it is met; none where it was never observed."""
    text: str
    """In a sentence."""


class Point(Record):
    """Planned and seen on one day."""

    day: int
    """Day."""
    observed: float
    """What was seen."""
    planned: float
    """What it is held against: the schedule where there is one, else the median of the runs."""
    low: float | None
    """5 % of the runs lie below."""
    high: float | None
    """95 % of the runs lie below."""
    source: tuple[str, ...]
    """Sources of the observation."""
    note: str
    """Scope of the observation."""
    scheduled: float | None = None
    """What the movement plan says, every pledge on its day; none where it says nothing."""
    expected: float | None = None
    """Median of the runs, which count delays, no-shows and withdrawals; none without runs."""
    kind: str = "value"
    """How the figure was reported: `value`, `about`, `at least` or `cumulative`."""
    fit: Fit = ""
    """How it lies to the interval of the runs."""


class Comparison(Record):
    """Planned against happened for one series."""

    series: str
    """Series."""
    title: str
    """What it is."""
    unit: str
    """Unit in words."""
    points: tuple[Point, ...]
    """Days with an observation."""
    inside: float | None
    """Share of the observations whose figure itself lies inside the 90 % interval; none without an interval."""
    mean_difference: float | None
    """Mean of planned less seen, as a share of what was seen; lower bounds left out."""
    explanation: str
    """What explains the difference, and what does not."""
    scheduled_difference: float | None = None
    """Mean of the schedule less seen, as a share of what was seen; none without a schedule."""
    expected_difference: float | None = None
    """Mean of the median of the runs less seen, as a share of what was seen; none without runs."""


class JudgementRecord(Record):
    """The assessment."""

    measures: tuple[MeasureJudgement, ...]
    """Every measure."""
    broken: tuple[BrokenAssumption, ...]
    """Broken assumptions."""
    exits: tuple[ExitCriterion, ...]
    """Exit criteria."""
    comparisons: tuple[Comparison, ...]
    """Planned against happened."""

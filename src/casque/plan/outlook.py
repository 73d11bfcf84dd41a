"""Record of the stage `simulate`: what will probably happen, what breaks first, and how sure the model is."""

from __future__ import annotations

from casque.plan.record import Record


class Fan(Record):
    """A distribution over time."""

    series: str
    """Name of the series, such as `incidents-per-week` or `strength.in_area`."""
    title: str
    """What it is, for a reader."""
    unit: str
    """Unit in words."""
    days: tuple[int, ...]
    """Days."""
    p05: tuple[float, ...]
    """5 % of the runs lie below."""
    p25: tuple[float, ...]
    """25 % of the runs lie below."""
    p50: tuple[float, ...]
    """Median."""
    p75: tuple[float, ...]
    """75 % of the runs lie below."""
    p95: tuple[float, ...]
    """95 % of the runs lie below."""


class FirstFailure(Record):
    """Something that can break."""

    what: str
    """What breaks."""
    share: float
    """Share of the runs in which it breaks within the horizon."""
    first: float
    """Share of the runs in which it breaks before anything else."""
    p10: float | None
    """Day before which it breaks in a tenth of the runs in which it does."""
    median: float | None
    """Median day."""
    p90: float | None
    """Day before which it breaks in nine tenths of them."""


class Sensitivity(Record):
    """How the outcome moves with an uncertain parameter."""

    parameter: str
    """Parameter."""
    outcome: str
    """Outcome that it moves."""
    correlation: float
    """Rank correlation over the runs, -1 to 1."""
    low: float
    """Median outcome in the runs with the lowest fifth of the parameter."""
    high: float
    """Median outcome in the runs with the highest fifth."""


class Worth(Record):
    """What a change of the plan is worth, run by run on the same chances."""

    change: str
    """The change, in words."""
    outcome: str
    """Outcome it was measured on."""
    median: float
    """Median difference over the runs."""
    low: float
    """5 % of the runs differ by less."""
    high: float
    """95 % of the runs differ by less."""


class OutlookRecord(Record):
    """The outlook."""

    replications: int
    """Runs."""
    seed: int
    """Seed."""
    steps: tuple[str, ...]
    """The steps of a day, in order."""
    fans: tuple[Fan, ...]
    """Distributions over time."""
    failures: tuple[FirstFailure, ...]
    """What breaks, most likely first."""
    sensitivities: tuple[Sensitivity, ...]
    """What the outcome hangs on."""
    worth: tuple[Worth, ...]
    """What changes of the plan are worth."""
    unknown: tuple[str, ...]
    """What the model does not know, in sentences."""

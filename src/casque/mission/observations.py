"""observations/: what was seen, one CSV file a theme, all of one shape."""

from __future__ import annotations

from casque.mission.written import Day, Id, Sourced


class Observation(Sourced):
    """One value of one measure over a stretch of days."""

    measure: Id
    """Measure it is a value of, or one of the series that the program knows: `strength.in_area`, `strength.theatre`."""
    start: Day
    """First day that it covers."""
    end: Day
    """Last day that it covers."""
    value: float
    """The value."""
    kind: str = "value"
    """`value`, `at least`, `about`, `cumulative`."""


class Observations(Sourced):
    """Everything that was seen."""

    observations: tuple[Observation, ...] = ()
    """Observations in any order."""

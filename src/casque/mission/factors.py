"""factors/: this mission's own values of planning factors, over those of the reference set."""

from __future__ import annotations

from casque.mission.written import Sourced


class FactorOverride(Sourced):
    """One planning factor set to another value for this mission."""

    id: str
    """Id of the factor in the reference set."""
    value: float
    """Value, in the factor's own unit."""
    low: float | None = None
    """Low end of the band."""
    high: float | None = None
    """High end of the band."""


class Overrides(Sourced):
    """The mission's own factors."""

    overrides: tuple[FactorOverride, ...] = ()
    """Overrides in any order."""

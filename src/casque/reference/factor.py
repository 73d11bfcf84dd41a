"""Planning factors: a number with its unit, band, source and grade."""

from __future__ import annotations

from casque.mission.vocabulary import Grade
from casque.mission.written import Written


class Factor(Written):
    """One planning factor of a reference set."""

    id: str
    """Name, as `room.what`, such as `supply.rations`."""
    name: str
    """What it is."""
    value: float
    """Value in use."""
    low: float
    """Low end of the band."""
    high: float
    """High end of the band."""
    unit: str
    """Unit; `1` for a bare number."""
    source: str
    """Where it was read, or what it rests on."""
    grade: Grade
    """How good the evidence is."""
    mission: bool = False
    """Whether the mission folder set it."""

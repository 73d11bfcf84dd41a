"""What plans with the same fill are told apart by, in whole points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preferences:
    """Prices in whole points, level by level; the fill is settled before any of them counts, and each level before the next."""

    waiting: int = 1
    """Risk: a month by which a unit starts, or comes back, later than it could."""
    contingent: int = 100
    """Cohesion: a nation in a sector."""
    language: int = 40
    """Cohesion: a nation that shares no working language with the nation that leads the sector."""
    signals: int = 40
    """Cohesion: a nation with another family of radio and data standards than the lead nation's."""
    equipment: int = 20
    """Cohesion: a nation with another family of ammunition, fuel couplings and spares than the lead nation's."""
    strangers: int = 20
    """Cohesion: a nation that has not exercised with the lead nation of late."""
    lead_elsewhere: int = 30
    """Cohesion: a unit of a nation that leads a sector, placed in another sector."""
    lead_absent: int = 60
    """Cohesion: a sector none of whose units is of the nation that leads it, though one could be."""
    wish: int = 15
    """Cohesion: a unit outside the sectors that its member wished for."""
    unit: int = 1
    """Cohesion: any unit or part of one, so that no more are placed than fill anything."""
    left_out: int = 200
    """Burden: a nation with a usable pledge none of whose units has a place; in people-months beyond a fair share."""

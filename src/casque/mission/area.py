"""area.yaml: sectors and places, with what decides how many people a task there takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.quantities import Kilometres, People, SquareKilometres
from casque.mission.vocabulary import Climate, PlaceKind, Terrain, Threat
from casque.mission.written import Count, Id, Sourced


class SectorThreat(Sourced):
    """The assessed threat in a sector during a phase."""

    phase: Id
    """Phase of the mission."""
    level: Threat
    """Assessed level."""


class Sector(Sourced):
    """A part of the area under one commander."""

    id: Id
    """Name of the sector."""
    name: str
    """What it is called."""
    lead: Id
    """Member that leads it."""
    base: Id
    """Node of the transport network where its force arrives and draws supply."""
    population: People
    """People living there at D-day, the displaced left out."""
    area: SquareKilometres
    """Extent."""
    terrain: Terrain
    """The ground that rules most of it."""
    climate: Climate
    """Climate for water and class III demand."""
    road: Kilometres
    """Length of roads that patrols must cover."""
    settlements: Count
    """Towns and villages that patrols must visit."""
    border: Kilometres = 0.0
    """Length of international boundary."""
    most_nations: Annotated[int, Field(ge=1)] | None = None
    """Most nations that its headquarters can command; none takes the planning factor."""
    lead_stays: bool = False
    """Whether units of the member that leads it may serve in the sectors that it leads only; otherwise that is a preference."""
    threats: tuple[SectorThreat, ...]
    """Threat by phase."""
    outline: tuple[tuple[float, float], ...]
    """Outline as longitude, latitude pairs in degrees, not closed; drawn, never computed with."""


class Place(Sourced):
    """A named place that a task or a rule refers to."""

    id: Id
    """Name of the place."""
    name: str
    """What it is called."""
    kind: PlaceKind
    """What it is."""
    sector: Id | None = None
    """Sector it lies in; none outside the area."""
    longitude: float
    """Degrees east."""
    latitude: float
    """Degrees north."""
    population: People = 0.0
    """People living there."""
    node: Id | None = None
    """Node of the transport network at this place; none means that the way is taken from the nearest node of the network."""
    threats: tuple[SectorThreat, ...] = ()
    """Threat by phase, where it is not that of its sector."""


class Area(Sourced):
    """The ground."""

    country: Id
    """Member on whose ground the mission is."""
    sectors: tuple[Sector, ...]
    """Sectors of the area; together they cover it."""
    places: tuple[Place, ...] = ()
    """Places that tasks and rules refer to."""

    def worst_threat(self, sector: Sector, phase: str) -> Threat:
        """The highest threat in a sector during a phase, that of its places included; low where none is written."""
        written = [*sector.threats, *(item for place in self.places if place.sector == sector.id for item in place.threats)]
        return max((item.level for item in written if item.phase == phase), key=lambda level: level.rank, default=Threat.LOW)

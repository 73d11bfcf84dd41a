"""A movement line: a part of a unit that travels together, with its weight on the network and its dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casque.mission.vocabulary import Mode


@dataclass(frozen=True)
class MovementLine:
    """People or equipment of a unit that travel together, with their weight on the network and their dates, in days from D-day."""

    id: str
    """Name of the line."""
    unit: str
    """Pledge."""
    member: str
    """Member it belongs to."""
    sector: str
    """Sector it goes to."""
    part: str
    """Which parts of the pledge, as its assignment says."""
    name: str
    """What the unit is called."""
    what: Literal["people", "equipment"]
    """What travels."""
    origin: str
    """Node it starts from."""
    destination: str
    """Node it goes to."""
    people: float
    """People, drivers in their own vehicles among them."""
    vehicles: float
    """Vehicles, trailers counted as half."""
    lane_metres: float
    """Lane metres."""
    bulk: float
    """Tonnes that fit any freighter, on pallets."""
    oversize: float
    """Tonnes too large for a pallet."""
    outsize: float
    """Tonnes that only the largest freighters take."""
    surface_only: float
    """Tonnes that no aircraft takes."""
    coaches: float
    """Hired coaches that take its people over roads; none where they ride in their own vehicles."""
    dangerous: bool
    """Whether there are dangerous goods in it."""
    modes: frozenset[Mode]
    """Modes it may travel by."""
    ready: int
    """Day it is ready to load at home (RLD)."""
    available: int | None
    """Day from which it may be loaded at the port of embarkation (ALD)."""
    earliest: int | None
    """Day before which it may not arrive at the port of debarkation (EAD)."""
    latest: int | None
    """Day by which it is to arrive at the port of debarkation (LAD)."""
    required: int | None
    """Day it is required at its destination (RDD)."""
    end: int
    """Last day of its last tour."""
    away: tuple[tuple[int, int], ...]
    """First and last day of every gap between its tours."""
    weight: float
    """Weight of a day that its group is late: people of the unit in hundreds."""
    module: str = ""
    """Force module that must close together; empty where its unit closes by itself."""
    meets: bool = True
    """Whether its people have to meet the vehicles of their group; an advance party goes before them."""

    load_class: float = 0.0
    """Military load class of its heaviest vehicle; 0 where it has none."""
    height: float = 0.0
    """Height of its tallest vehicle in metres; 0 where it has none."""

    @property
    def tonnes(self) -> float:
        """Tonnes of all classes together."""
        return self.bulk + self.oversize + self.outsize + self.surface_only

    @property
    def place(self) -> tuple[str, str, str]:
        """Pledge, sector and part: the assignment that it brings into place."""
        return self.unit, self.sector, self.part

    @property
    def group(self) -> tuple[str, str, str]:
        """What closes together: the lines of a module, else those of one assignment."""
        return (self.module, "", "") if self.module else self.place

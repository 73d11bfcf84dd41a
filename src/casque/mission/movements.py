"""forces/movements.csv: a staff's own movement lines, one for each element of a unit that travels together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from casque.mission.quantities import Metres, People, Tonnes, Vehicles
from casque.mission.transport import LoadClass
from casque.mission.vocabulary import Mode, StatementMode
from casque.mission.written import Day, Id, Sourced

Element = Literal["main body", "advance party", "equipment", "initial stocks"]
"""Parts of a unit that travel apart."""

ALONE = ("advance party", "initial stocks")
"""Those that neither wait for the vehicles of their unit nor are waited for."""


class Movement(Sourced):
    """An element of a pledged unit that is to be moved, as the staff states it for the whole pledge.

    Where parts of the pledge serve in several places, each moves its share of the line.
    """

    id: Id
    """Name of the line."""
    statement: StatementMode
    """Whether it takes the place of all that is worked out for its unit (in its sector), or joins it and comes on top."""
    unit: Id
    """Pledged unit that it is a part of."""
    element: Element
    """Which part of the unit it is. An advance party does not wait for the vehicles, and nobody waits for initial stocks."""
    sector: Id | None = None
    """Sector that it goes to; none means each sector in which its unit serves."""
    origin: Id | None = None
    """Node it starts from; none means the home of its unit."""
    destination: Id | None = None
    """Node it goes to; none means where its unit lives once it is in place."""
    people: People = 0.0
    """People."""
    vehicles: Vehicles = 0.0
    """Vehicles, trailers counted as half."""
    lane_metres: Metres = 0.0
    """Lane metres of its vehicles on a ship."""
    bulk: Tonnes = 0.0
    """Tonnes that fit a standard pallet."""
    oversize: Tonnes = 0.0
    """Tonnes too large for a pallet that a medium transport aircraft still takes."""
    outsize: Tonnes = 0.0
    """Tonnes that only the largest aircraft take."""
    surface_only: Tonnes = 0.0
    """Tonnes that no aircraft takes."""
    load_class: LoadClass | None = None
    """Military load class of its heaviest vehicle; none takes that of the unit's type."""
    height: Metres | None = None
    """Height of its tallest vehicle; none takes the planning factor."""
    dangerous: bool = False
    """Whether there are dangerous goods in it."""
    ready_to_load: Day | None = None
    """RLD: day it is ready to load at its origin; none means that of its unit."""
    available_to_load: Day | None = None
    """ALD: day from which it can be loaded at the port of embarkation; none means as soon as it gets there."""
    earliest_arrival: Day | None = None
    """EAD: day before which the port of debarkation does not take it; none means any day."""
    latest_arrival: Day | None = None
    """LAD: day by which it is to arrive at the port of debarkation; none where none is stated."""
    required: Day | None = None
    """RDD: day it is required at its destination; none means that of its unit."""
    modes: tuple[Mode, ...] = ()
    """Modes that it may travel by; empty means any for people, the surface for the rest and the air where there is no other way."""
    priority: Annotated[int, Field(ge=1, le=5)] | None = None
    """1 for what must not be late, up to 5 for what can wait; none means 3."""
    module: Id | None = None
    """Force module whose lines close together; none means that its unit closes by itself."""

    @property
    def tonnes(self) -> float:
        """Tonnes of all classes together."""
        return self.bulk + self.oversize + self.outsize + self.surface_only


class Movements(Sourced):
    """What the staff states."""

    movements: tuple[Movement, ...] = ()
    """Stated lines."""

"""Who is where on which day: the units in place at each sector base, from the movement plan and the ends of their tours."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from casque.mission.mission import Mission
from casque.plan.force import Assignment, ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference
from casque.reference.unit_type import UnitType


@dataclass(frozen=True)
class Presence:
    """A unit at its sector base for one stay: from the day it is in place, or comes back, to the end of its last tour or its next gap."""

    unit: str
    """Pledge."""
    name: str
    """What the unit is called."""
    sector: int
    """Position of its sector in the area."""
    unit_type: UnitType
    """Its type."""
    people: float
    """People in place."""
    first: int
    """First whole day in place, counted from D-day."""
    last: int
    """Last day."""
    rotations: int
    """Changes of people between tours up to the last day."""
    self_sufficient: float
    """Days of supply it brought along."""

    @property
    def scale(self) -> float:
        """People over the reference strength of its type; vehicles and consumption scale with it."""
        return self.people / self.unit_type.strength if self.unit_type.strength else 0.0


def number_of_days(mission: Mission, movement: MovementRecord) -> int:
    """Days of every series: as many as the movement plan has, else D-day to the horizon, both counted."""
    return len(movement.strength) or int(mission.about.horizon) + 1


def units_present(mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord) -> tuple[Presence, ...]:
    """Units in place before the horizon, in the order of the movement plan; a unit that never gets there needs no supply."""
    sectors = {sector.id: position for position, sector in enumerate(mission.area.sectors)}
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    assigned: dict[tuple[str, str, str], Assignment] = {item.place: item for item in force.assignments}
    days = number_of_days(mission, movement)
    present = []
    for place in movement.in_place:
        pledge = pledges.get(place.unit)
        if pledge is None or place.sector not in sectors or pledge.unit_type not in reference.unit_types:
            continue
        assignment = assigned.get(place.place)
        stays = ((place.day, days - 1),) if assignment is None else assignment.stays(place.day)
        for number, (begins, ends) in enumerate(stays):
            first, last = max(0, ceil(begins - 1e-9)), min(ends, days - 1)
            if first > last:
                continue
            present.append(
                Presence(
                    unit=place.unit,
                    name=pledge.name,
                    sector=sectors[place.sector],
                    unit_type=reference.unit_types[pledge.unit_type],
                    people=place.strength,
                    first=first,
                    last=last,
                    rotations=_rotations(assignment, pledge.tour, first, last),
                    self_sufficient=0.0 if number else pledge.self_sufficient,
                )
            )
    return tuple(present)


def _rotations(assignment: Assignment | None, tour_months: float, first: int, last: int) -> int:
    if assignment is None or assignment.tours < 2 or tour_months <= 0:
        return 0
    return min(assignment.tours_in(first, last) - 1, int((last - first) // (tour_months * DAYS_PER_MONTH)))

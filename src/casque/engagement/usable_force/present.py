"""Which units are in place on a day, where they live, and what each brings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference

POLICE = frozenset({Capability.MILITARY_POLICE, Capability.FORMED_POLICE})


@dataclass(frozen=True)
class Present:
    """A unit in place."""

    id: str
    name: str
    member: str
    sector: str
    """Sector it is posted to."""
    node: str
    """Node where it lives."""
    people: float
    capabilities: frozenset[Capability]
    manoeuvre: bool

    @property
    def for_order(self) -> bool:
        """Whether it is of a kind that is called when order breaks down: manoeuvre or police."""
        return self.manoeuvre or not self.capabilities.isdisjoint(POLICE)


def present(
    mission: Mission, reference: Reference, day: int, force: ForceRecord | None = None, movement: MovementRecord | None = None
) -> tuple[Present, ...]:
    """Units in place on a day from D-day.

    With the records of a run: those whose assignment holds and whom the movement plan has brought there. Without: every pledged unit
    with a known sector from the day it is required there (else its earliest arrival, else the day it is ready) to the end of its
    promised tours.
    """
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    bases = {sector.id: sector.base for sector in mission.area.sectors}
    found: list[Present] = []
    if force is not None and movement is not None:
        arrived = {item.place: math.ceil(item.day) for item in movement.in_place}
        for item in force.assignments:
            start = arrived.get(item.place)
            if start is None or item.unit not in pledges or item.sector not in bases:
                continue
            if any(first <= day <= last for first, last in item.stays(start)):
                found.append(_unit(pledges[item.unit], reference, item.sector, bases[item.sector], item.strength, item.capability))
    else:
        found = [
            _unit(pledge, reference, pledge.sector, bases[pledge.sector], pledge.strength, None)
            for pledge in mission.forces.pledges
            if pledge.sector is not None and pledge.sector in bases and _serves(mission, pledge, day)
        ]
    return tuple(sorted(found, key=lambda unit: (unit.id, unit.sector)))


def _serves(mission: Mission, pledge: Pledge, day: int) -> bool:
    start = ((pledge.required or pledge.earliest_arrival or pledge.ready_to_load) - mission.about.d_day).days
    return start <= day < start + pledge.tour * (1 + pledge.renewals) * DAYS_PER_MONTH


def _unit(pledge: Pledge, reference: Reference, sector: str, base: str, people: float, serves_as: Capability | None) -> Present:
    kind = reference.unit_types.get(pledge.unit_type)
    own = frozenset((kind.capability,)) if kind else frozenset()
    at_home = pledge.stationed if pledge.stationed is not None and pledge.sector in (None, sector) else None
    return Present(
        id=pledge.id,
        name=pledge.name,
        member=pledge.member,
        sector=sector,
        node=at_home or base,
        people=people,
        capabilities=own | ({serves_as} if serves_as else frozenset()),
        manoeuvre=kind.manoeuvre if kind else False,
    )

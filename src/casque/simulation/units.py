"""The units that the plan counts on: when each is to be in place, and how sure its coming is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casque.mission.alliance import Member
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, PledgeStatus
from casque.plan.force import Assignment, ForceRecord
from casque.plan.movement import InPlace, MovementRecord
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference


@dataclass(frozen=True)
class Unit:
    """A unit of the plan."""

    id: str
    """Name under which its chances are drawn: the pledge."""
    member: str
    """Member."""
    sector: str
    """Sector."""
    people: float
    """People."""
    patrols: bool
    """Whether it counts for presence."""
    police: bool
    """Whether it is a police unit."""
    start: float
    """Planned day in place."""
    end: float
    """Last day of its last promised tour."""
    moving: float
    """Days from the day it is ready to load to the day in place, as planned; 0 where no movement was planned."""
    ahead: float
    """Days by which its people are in the area before the unit is in place."""
    rear: float
    """Days by which they are in the theatre before that."""
    outside: bool
    """Whether it is stationed outside the area and never comes into it."""
    tours: int
    """Promised tours."""
    no_show: float
    """Chance that it does not come, in a mission that slips as the middle one does and with a member as late as it is on average."""
    delay: float
    """Mean delay in days, in a mission that slips as the middle one does."""
    relief_risk: float
    """Unreliability of its member."""


def presence_capabilities(reference: Reference) -> frozenset[Capability]:
    """Capabilities whose people count for presence: those of the units that patrol, hold ground and react; the others support."""
    return frozenset(kind.capability for kind in reference.unit_types.values() if kind.manoeuvre)


def planned_units(
    mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord, sectors: tuple[str, ...]
) -> tuple[Unit, ...]:
    """Units with a place that the movement plan can bring there, by id.

    The day in place is the movement plan's; where that plan is empty, the first day that force generation counted on. A unit that stands
    outside its own country when it is called has left home already: it comes, and its nation's delays are behind it.
    """
    in_place = {row.place: row for row in movement.in_place}
    by_unit = {row.unit: row for row in movement.in_place}
    planned = bool(movement.in_place or movement.unmoved)
    members = {member.id: member for member in mission.alliance.members}
    firmness, pledges = _firmness(reference), {pledge.id: pledge for pledge in mission.forces.pledges}
    country = {node.id: node.country for node in mission.transport.nodes}
    forward = {pledge.id for pledge in mission.forces.pledges if country.get(pledge.home, pledge.member) != pledge.member}
    units = []
    seen: dict[str, int] = {}
    for assignment in sorted(force.assignments, key=lambda item: (item.unit, item.start, item.sector, item.part)):
        own = in_place.get(assignment.place)
        row = own or by_unit.get(assignment.unit)
        if assignment.sector not in sectors or (planned and row is None):
            continue
        reliability, delay = _expected(reference, pledges.get(assignment.unit), members.get(assignment.member))
        status = pledges[assignment.unit].status if assignment.unit in pledges else PledgeStatus.COMMITTED
        firm = 0.0 if assignment.unit in forward else firmness[status]
        arrives = own or (row if assignment.unit not in seen else None)
        for first, last in assignment.stays(None if arrives is None else arrives.day):
            again = seen.get(assignment.unit, 0)
            seen[assignment.unit] = again + 1
            lead = _lead(arrives) if arrives is not None and first == arrives.day else (0.0, 0.0, 0.0)
            found = _unit(assignment, reference, (first, last, lead), again, (1.0 - reliability, delay, firm))
            units.append(replace(found, outside=row is not None and row.outside))
    return tuple(units)


def _expected(reference: Reference, pledge: Pledge | None, member: Member | None) -> tuple[float, float]:
    """Reliability, and mean delay in days: the pledge's own, else its member's, else the usual ones."""
    reliability = reference.value("simulation.usual-reliability") if member is None else member.reliability
    delay = reference.value("simulation.usual-delay") if member is None else member.delay_months * DAYS_PER_MONTH
    if pledge is not None and pledge.reliability is not None:
        reliability = pledge.reliability
    if pledge is not None and pledge.delay_months is not None:
        delay = pledge.delay_months * DAYS_PER_MONTH
    return min(1.0, reliability), delay


def _lead(row: InPlace) -> tuple[float, float, float]:
    """Days that a unit moves, by which its people are in the area before it is in place, and in the theatre before that."""
    return max(0.0, row.day - row.ready), max(0.0, row.day - row.people_day), max(0.0, row.people_day - row.theatre_day)


def _unit(
    assignment: Assignment,
    reference: Reference,
    days: tuple[float, float, tuple[float, float, float]],
    again: int,
    chances: tuple[float, float, float],
) -> Unit:
    (start, end, (moving, ahead, rear)), (doubt, delay, firm) = days, chances
    kind = reference.unit_types.get(assignment.unit_type)
    capability = assignment.capability if kind is None else kind.capability
    return Unit(
        id=assignment.unit if not again else f"{assignment.unit}#{again}",
        member=assignment.member,
        sector=assignment.sector,
        people=assignment.strength,
        patrols=capability in presence_capabilities(reference),
        police=capability is Capability.FORMED_POLICE,
        start=start,
        end=max(float(end), start),
        moving=moving,
        ahead=ahead,
        rear=rear,
        outside=False,
        tours=assignment.tours_in(start, end),
        no_show=min(1.0, doubt * firm),
        delay=delay * firm,
        relief_risk=doubt,
    )


def _firmness(reference: Reference) -> dict[PledgeStatus, float]:
    return {
        PledgeStatus.OFFERED: reference.value("simulation.firmness-offered"),
        PledgeStatus.COMMITTED: 1.0,
        PledgeStatus.CONFIRMED: reference.value("simulation.firmness-confirmed"),
    }

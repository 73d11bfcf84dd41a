"""Standing arrangements in a plan: when their units can be there, how long they may stay, and which of them still wait for a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from casque.forces.calendar_profile import Calendar
from casque.mission.mission import Mission
from casque.mission.standing import StandingArrangement
from casque.mission.vocabulary import Capability
from casque.plan.bridge import Package
from casque.plan.force import Assignment
from casque.reference.load import Reference


@dataclass(frozen=True)
class Waiting:
    """A unit of a standing arrangement without a place, and what it could do."""

    unit: str
    qualities: dict[Capability, float]
    strength: float
    sector: str | None
    first: int
    """First day on which it could serve, called on the day its arrangement may be asked for."""
    last: int


def package_of(item: StandingArrangement, mission: Mission, days: Calendar, serving: Sequence[Assignment]) -> Package:
    """A standing arrangement as a plan uses it."""
    own = [unit for unit in serving if unit.unit in item.pledges]
    spans = [stay for unit in own for stay in stays_of(unit, mission, days)]
    rules = {organisation.id: organisation.decides_by for organisation in mission.alliance.organisations}
    placed = {unit.unit for unit in own}
    return Package(
        arrangement=item.id,
        title=item.title,
        kind=item.kind,
        organisation=item.organisation or "",
        decides_by=rules.get(item.organisation) if item.organisation else None,
        asked=days.day(item.asked_on(days.d_day)),
        ready=days.day(item.ready_on(days.d_day)),
        units=tuple(name for name in item.pledges if name in placed),
        idle=tuple(name for name in item.pledges if name not in placed),
        people=sum(unit.strength for unit in own),
        first=min((first for first, _ in spans), default=None),
        last=max((last for _, last in spans), default=None),
        stay=round(item.stay),
    )


def stays_of(unit: Assignment, mission: Mission, days: Calendar) -> tuple[tuple[int, int], ...]:
    """First and last day of every stretch in which a unit is there without a gap.

    The notice of its standing arrangement may make it late, and the endurance let it go sooner.
    """
    stays = tuple((round(first), last) for first, last in unit.stays())
    held = next((item for item in mission.alliance.standing if unit.unit in item.pledges), None)
    if held is None or not stays:
        return stays
    pledge = next(pledge for pledge in mission.forces.pledges if pledge.id == unit.unit)
    ready = days.day(pledge.ready_to_load) if unit.ready is None else unit.ready
    late = max(0, days.day(held.ready_on(days.d_day)) - ready)
    end = stays[0][0] + late + round(held.stay) - 1
    return tuple((first + (late if place == 0 else 0), min(last, end)) for place, (first, last) in enumerate(stays) if first + late <= end)


def waiting_units(mission: Mission, reference: Reference, days: Calendar, packages: Sequence[Package]) -> Iterator[Waiting]:
    """Units of standing arrangements that have no place, from the first day on which they could have one."""
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    lead = timedelta(days=round(reference.value("movement.planning-days")))
    for item, package in zip(mission.alliance.standing, packages, strict=True):
        asked = item.asked_on(days.d_day)
        if not item.on_call(asked):
            continue
        for name in package.idle:
            pledge = pledges[name]
            kind = reference.unit_types.get(pledge.unit_type)
            if kind is None:
                continue
            arrives = max(item.ready_on(days.d_day), pledge.ready_to_load) + lead
            first = max(days.day(arrives), days.day(pledge.required or pledge.earliest_arrival or arrives))
            qualities = {**kind.stands_in, kind.capability: 1.0}
            yield Waiting(name, qualities, pledge.strength, pledge.sector, first, first + round(item.stay) - 1)

"""Points against a column and against a nation in a sector, by level: risk, cohesion, burden, cost."""

from __future__ import annotations

from datetime import timedelta

from casque.forces.calendar_profile import threat_share
from casque.forces.elements import WEIGHT_SCALE, Pool, Unit
from casque.forces.eligibility import Presence
from casque.forces.ground import Ground
from casque.forces.tours import people_days
from casque.mission.alliance import Exercise
from casque.mission.forces import Pledge
from casque.mission.vocabulary import PledgeStatus
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference

RATES = ("cost.personnel", "cost.equipment", "cost.overhead")
"""Factors that make up the cost of a person's month in the mission area."""

THOUSAND = 1000
"""Cost is counted in whole thousands of USD, rounded up for each column."""


def points_of(unit: Unit, item: Presence, pool: Pool, ground: Ground, reference: Reference) -> tuple[int, ...]:
    """Points against an element that serves in a pool by a schedule, by level; fairness of burden is no matter of one column."""
    earliest = (unit.schedules or (unit.presence,))[0]
    waiting = _months_late(item, earliest) * ground.preferences.waiting
    threats = ground.sectors[pool.sector].threats if pool.sector in ground.sectors else ()
    danger = max((threat_share(reference, threat.level) for threat in threats), default=1.0)
    weight = max(ground.weights[line] for line in pool.lines) / WEIGHT_SCALE
    absent = unit.strength * (1.0 - reliability(unit.pledge, ground, reference)) * weight * danger
    return (round(absent) + waiting, _cohesion(unit.pledge, pool.sector, ground), 0, -(-cost(unit, item, ground, reference) // THOUSAND))


def reliability(pledge: Pledge, ground: Ground, reference: Reference) -> float:
    """Share of a pledge that one may expect to come: its own, or its member's with the firmness of the pledge counted in."""
    if pledge.reliability is not None:
        return pledge.reliability
    member = ground.members.get(pledge.member)
    doubt = 1.0 - (reference.value("simulation.usual-reliability") if member is None else min(1.0, member.reliability))
    if pledge.status is not PledgeStatus.COMMITTED:
        doubt *= reference.value(f"simulation.firmness-{pledge.status.value}")
    return 1.0 - min(1.0, doubt)


def cost(unit: Unit, item: Presence, ground: Ground, reference: Reference) -> int:
    """What the people of an element cost by a schedule up to the horizon, in whole USD, those of an overlap counted for both units."""
    months = people_days(item.tours_by_day, ground.calendar) / DAYS_PER_MONTH
    return round(unit.strength * months * sum(reference.value(rate) for rate in RATES))


def standing(ground: Ground, reference: Reference) -> dict[tuple[str, str], tuple[int, ...]]:
    """Points by level for any element of a member in a sector, for every member and sector of the mission."""
    prices = ground.preferences
    known: dict[tuple[str, str], tuple[int, ...]] = {}
    for sector in ground.sectors.values():
        host = ground.members.get(sector.lead)
        for guest in ground.members.values():
            points = prices.contingent
            if host is not None and guest.id != host.id:
                strange = guest.languages and host.languages and not any(language in host.languages for language in guest.languages)
                points += prices.language * bool(strange)
                points += prices.signals * (guest.signals_standard != host.signals_standard)
                points += prices.equipment * (guest.equipment_standard != host.equipment_standard)
                points += prices.strangers * (not exercised(guest.id, host.id, ground, reference))
            known[guest.id, sector.id] = (0, points, 0, 0)
    return known


def exercised(one: str, other: str, ground: Ground, reference: Reference) -> bool:
    """Whether two members have exercised together within the years before D-day that count; true where no exercise at all is written."""
    if not ground.exercises:
        return True
    d_day = ground.calendar.d_day
    since = d_day - timedelta(days=round(12 * DAYS_PER_MONTH * reference.value("force.exercised-years")))

    def counts(item: Exercise) -> bool:
        return since <= item.day <= d_day and one in item.members and other in item.members

    return any(counts(item) for item in ground.exercises)


def _cohesion(pledge: Pledge, sector: str, ground: Ground) -> int:
    prices = ground.preferences
    leads = [item.id for item in ground.sectors.values() if item.lead == pledge.member]
    elsewhere = bool(leads) and sector not in leads
    unwished = bool(pledge.wishes) and sector not in pledge.wishes
    return prices.unit + elsewhere * prices.lead_elsewhere + unwished * prices.wish


def _months_late(item: Presence, earliest: Presence) -> int:
    """Whole months, rounded up, by which the tours of a schedule begin later than those of the earliest one, added up."""
    pairs = zip(item.tours_by_day, earliest.tours_by_day, strict=False)
    return sum(-int(-max(0, later[0] - first[0]) // DAYS_PER_MONTH) for later, first in pairs)

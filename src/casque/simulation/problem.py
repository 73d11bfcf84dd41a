"""From the mission and the records of the earlier stages to the world that the kernel runs, with the names that explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casque.mission.actors import Actor
from casque.mission.mission import Mission
from casque.mission.vocabulary import ActorKind, Capability, InstrumentKind
from casque.plan.engagement import EngagementRecord
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH, month_of
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference
from casque.simulation.presence import required_people, supply_cover, usable_shares
from casque.simulation.streams import keys_of
from casque.simulation.units import Unit, planned_units
from casque.simulation.world import CIVIL, COVER, MEMBER, NEVER, PARTY, POPULATION, SECTOR, UNIT, Floats, Rows, Whole, World, rows

POLICE = (Capability.FORMED_POLICE, Capability.MILITARY_POLICE)


@dataclass(frozen=True)
class Problem:
    """The plan to be run: the arrays of the kernel and the names of their rows."""

    world: World
    """Arrays of the kernel."""
    units: tuple[Unit, ...]
    """Units in the order of the arrays."""
    members: tuple[tuple[str, str], ...]
    """Id and name of each member with a unit."""
    sectors: tuple[tuple[str, str], ...]
    """Id and name of each sector."""
    parties: tuple[tuple[str, str], ...]
    """Id and name of each party to the conflict."""
    monthly: Floats
    """People required by mission month."""
    settled_month: int
    """First month in which the force should be in place."""


def build(
    mission: Mission,
    reference: Reference,
    requirement: RequirementRecord,
    force: ForceRecord,
    movement: MovementRecord,
    engagement: EngagementRecord,
    supply: SupplyRecord,
) -> Problem:
    """The plan as a problem; units without a sector of the area or that cannot be moved are left out."""
    days = int(mission.about.horizon) + 1
    sectors = tuple((sector.id, sector.name) for sector in mission.area.sectors) or (("area", "the area"),)
    sector_ids = tuple(name for name, _ in sectors)
    units = planned_units(mission, reference, force, movement, sector_ids)
    member_ids = tuple(sorted({unit.member for unit in units}))
    names = {member.id: member.name for member in mission.alliance.members}
    parties = [actor for actor in mission.actors.actors if actor.violence or actor.kind is ActorKind.PARTY]
    civil = [actor for actor in mission.actors.actors if actor.takes_over is not None or actor.arrivals]
    displaced = {actor.id: _returning(actor) for actor in mission.actors.actors if actor.displaced is not None}
    stock, least = supply_cover(mission, reference, supply, sector_ids, days)
    required = required_people(reference, requirement, sector_ids, days)
    monthly, settled = _monthly(requirement, days)
    usable = usable_shares(reference, requirement, engagement, sector_ids)
    world = World(
        units=unit_rows(units, member_ids, sector_ids),
        members=_keyed(MEMBER, "member", member_ids, {"risk": _risks(mission, reference, member_ids)}),
        sectors=_keyed(SECTOR, "sector", sector_ids, {"thousands": _thousands(mission, sum(displaced.values())), "usable": usable}),
        cover=rows(COVER, (len(sectors), days), {"required": required, "supply": stock, "least": least}),
        parties=_party_rows(mission, parties),
        rates=_rates(parties, sector_ids),
        civil=_keyed(CIVIL, "actor", [actor.id for actor in civil], {"police": [float(actor.takes_over in POLICE) for actor in civil]}),
        civil_plan=_civil_plan(mission, civil, days),
        populations=_keyed(POPULATION, "actor", list(displaced), {"number": list(displaced.values())}),
        expiries=_expiries(mission, days),
        host_consents=float(any(text.kind is InstrumentKind.HOST_CONSENT for text in mission.mandate.instruments)),
    )
    return Problem(
        world=world,
        units=units,
        members=tuple((member, names.get(member, member)) for member in member_ids),
        sectors=sectors,
        parties=tuple((actor.id, actor.name) for actor in parties),
        monthly=monthly,
        settled_month=settled,
    )


def _keyed(kind: np.dtype[np.void], what: str, ids: Sequence[str], columns: Mapping[str, Sequence[float] | Floats]) -> Rows:
    """Rows of named things, each with the key of its streams."""
    return rows(kind, len(ids), {"key": keys_of(tuple(f"{what}:{name}" for name in ids)), **columns})


def _risks(mission: Mission, reference: Reference, members: tuple[str, ...]) -> list[float]:
    """Multipliers on the risk of withdrawal: a member's unreliability over that of a usual one."""
    usual = reference.value("simulation.usual-reliability")
    reliability = {member.id: member.reliability for member in mission.alliance.members}
    return [max(0.0, 1.0 - reliability.get(member, usual)) / max(1.0 - usual, 1e-3) for member in members]


def _party_rows(mission: Mission, parties: list[Actor]) -> Rows:
    consent, leaves = [min(1.0, actor.consent) for actor in parties], [_day(mission, actor) for actor in parties]
    return _keyed(PARTY, "actor", [actor.id for actor in parties], {"consent": consent, "leaves": leaves})


def _returning(actor: Actor) -> float:
    """People of a displaced population who mean to return."""
    return actor.displaced.number * min(1.0, actor.displaced.expected_return) if actor.displaced else 0.0


def unit_rows(units: tuple[Unit, ...], members: tuple[str, ...], sectors: tuple[str, ...]) -> Rows:
    """The units as rows of the kernel's table."""
    plain = ("people", "start", "end", "moving", "ahead", "rear", "outside", "tours", "no_show", "delay", "police")
    columns: dict[str, list[float]] = {name: [float(getattr(unit, name)) for unit in units] for name in plain}
    table = rows(UNIT, len(units), columns)
    table["key"] = keys_of(tuple(f"unit:{unit.id}" for unit in units))
    table["member"] = [members.index(unit.member) for unit in units]
    table["sector"] = [sectors.index(unit.sector) for unit in units]
    table["presence"] = [unit.people * unit.patrols for unit in units]
    table["relief"] = [unit.relief_risk for unit in units]
    return table


def _thousands(mission: Mission, returning: float) -> Floats:
    people = np.array([sector.population for sector in mission.area.sectors] or [1000.0], dtype=np.float64)
    total = people.sum()
    grown: Floats = people * (1.0 + returning / total) if total > 0 else people
    return np.maximum(grown, 1.0) / 1000.0


def _rates(parties: list[Actor], sectors: tuple[str, ...]) -> Floats:
    rates = np.zeros((len(parties), len(sectors)))
    for row, actor in enumerate(parties):
        for violence in actor.violence:
            if violence.sector in sectors:
                rates[row, sectors.index(violence.sector)] += violence.rate
    return rates


def _day(mission: Mission, actor: Actor) -> float:
    return float(NEVER) if actor.leaves_by is None else float((actor.leaves_by - mission.about.d_day).days)


def _civil_plan(mission: Mission, civil: list[Actor], days: int) -> Floats:
    plan = np.zeros((len(civil), days))
    for row, actor in enumerate(civil):
        points = {0: actor.strength}
        points.update({(arrival.day - mission.about.d_day).days: arrival.strength for arrival in actor.arrivals})
        known = sorted(points)
        plan[row] = np.interp(np.arange(days), known, [points[day] for day in known])
    return plan


def _expiries(mission: Mission, days: int) -> Whole:
    """Days on which the last resolution or regional decision in force runs out."""
    bases = [text for text in mission.mandate.instruments if text.kind in (InstrumentKind.RESOLUTION, InstrumentKind.REGIONAL_DECISION)]
    ends = {text.expires for text in bases if text.expires is not None}
    bare = [end for end in ends if not any(text.in_force <= end and (text.expires is None or text.expires > end) for text in bases)]
    offsets = sorted((end - mission.about.d_day).days for end in bare)
    return np.array([offset for offset in offsets if 0 <= offset < days], dtype=np.int64)


def _monthly(requirement: RequirementRecord, days: int) -> tuple[Floats, int]:
    """People required by month, and the first month after the day by which half of them are required."""
    months = max(1, int(np.ceil((days - 1) / DAYS_PER_MONTH)))
    wanted = np.zeros(months)
    for line in requirement.lines:
        count = min(months, len(line.by_month))
        wanted[:count] += line.by_month[:count]
    dates = sorted((line.required_by, line.likely) for line in requirement.lines)
    half = sum(likely for _, likely in dates) / 2
    passed, day = 0.0, 0
    for day, likely in dates:  # noqa: B007 - the day at which half is passed is wanted
        passed += likely
        if passed >= half:
            break
    return wanted, month_of(day) + 1

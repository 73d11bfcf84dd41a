"""The budget over the horizon in the categories of UN mission budgets, each line with its arithmetic and the source of its rate."""

from __future__ import annotations

from dataclasses import dataclass

from casque.mission.mission import Mission
from casque.mission.vocabulary import Mode, SupplyClass
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH
from casque.plan.supply import CostLine
from casque.reference.load import Reference
from casque.sustainment.demand import CLASSES, Demand
from casque.sustainment.distribute import Distribution
from casque.sustainment.medical import great_circle
from casque.sustainment.presence import Presence
from casque.sustainment.problem import Problem

_THOUSAND_KM = 1000.0
_KG_PER_TONNE = 1000.0


@dataclass(frozen=True)
class Work:
    """Thousands of kilometres times what was moved, one way, for the deployment."""

    sea_lane_metres: float = 0.0
    air_tonnes: float = 0.0
    air_people: float = 0.0
    road_vehicles: float = 0.0
    rail_lane_metres: float = 0.0


def budget(
    mission: Mission,
    reference: Reference,
    present: tuple[Presence, ...],
    demand: Demand,
    movement: MovementRecord,
    problem: Problem,
    plan: Distribution,
) -> tuple[CostLine, ...]:
    """Lines in the order of a UN budget: people, their equipment, operational cost; a line that would be nothing is left out."""
    person_days = float(demand.people.sum())
    months = person_days / DAYS_PER_MONTH
    tonnes = {item: float(demand.tonnes[:, position].sum()) for position, item in enumerate(CLASSES)}
    litres = tonnes[SupplyClass.III] * _KG_PER_TONNE / reference.value("supply.fuel-density")
    work, people = _deployment(mission, movement), "person-months in place"
    lines = [
        *_paid_lines(mission, reference, present, "Military and police personnel", "cost.personnel", months),
        *_paid_lines(mission, reference, present, "Contingent-owned equipment and self-sustainment", "cost.equipment", months),
        _line(reference, "Rations", "cost.rations", person_days, "person-days in place"),
        _line(reference, "Rations", "cost.water", tonnes[SupplyClass.WATER], "tonnes of water"),
        _line(reference, "Fuel", "cost.fuel", litres, "litres"),
        _line(reference, "Medical", "cost.medical-stores", tonnes[SupplyClass.MEDICAL], "tonnes of medical stores"),
        _line(reference, "Sea transportation", "cost.sea-lane-metre", work.sea_lane_metres, "lane metres x 1,000 km, deployment one way"),
        _line(reference, "Air transportation", "cost.air-tonne", work.air_tonnes, "tonnes x 1,000 km, deployment one way"),
        _line(reference, "Air transportation", "cost.air-seat", work.air_people, "seats x 1,000 km, deployment one way"),
        _line(reference, "Air transportation", "cost.air-seat", _rotations(mission, present), "seats x 1,000 km, rotations both ways"),
        _line(reference, "Ground transportation", "cost.road-vehicle", work.road_vehicles, "vehicles x 1,000 km, deployment one way"),
        _line(
            reference,
            "Ground transportation",
            "cost.rail-lane-metre",
            work.rail_lane_metres,
            "lane metres x 1,000 km by rail, deployment one way",
        ),
        _line(
            reference, "Ground transportation", "cost.truck-tonne", _haulage(problem, plan), "tonnes x 1,000 km, supply to depots and bases"
        ),
        _line(reference, "Facilities, infrastructure and communications", "cost.overhead", months, people),
        _line(
            reference,
            "Facilities, infrastructure and communications",
            "cost.construction-stores",
            tonnes[SupplyClass.IV],
            "tonnes of class IV",
        ),
    ]
    return tuple(line for line in lines if line.usd > 0)


def person_days_by_payer(mission: Mission, present: tuple[Presence, ...]) -> dict[str, float]:
    """Person-days in place by who pays the contributor: the lead, or where lead organisations follow each other, each in its time.

    A change of lead moves the units of its members (all, where it names none) from its day on to whoever it says pays from then on.
    """
    members = {pledge.id: pledge.member for pledge in mission.forces.pledges}
    changes = sorted(mission.alliance.rehattings, key=lambda change: change.day)
    found: dict[str, float] = {}
    for unit in present:
        own = [change for change in changes if not change.members or members[unit.unit] in change.members]
        payer, first = own[0].from_organisation if own else mission.about.lead, unit.first
        for change in own:
            day = min(max((change.day - mission.about.d_day).days, first), unit.last + 1)
            found[payer] = found.get(payer, 0.0) + (day - first) * unit.people
            payer, first = change.paid_by or change.to_organisation, day
        found[payer] = found.get(payer, 0.0) + (unit.last + 1 - first) * unit.people
    return {payer: days for payer, days in found.items() if days > 0}


def _paid_lines(
    mission: Mission, reference: Reference, present: tuple[Presence, ...], category: str, factor: str, months: float
) -> list[CostLine]:
    """One line for what contributors are paid back; one for each payer, where lead organisations follow each other."""
    people = "person-months in place"
    if not mission.alliance.rehattings:
        return [_line(reference, category, factor, months, people)]
    alliance = mission.alliance
    names = {item.id: item.name for item in alliance.members} | {item.id: item.name for item in alliance.organisations}
    return [
        _line(reference, category, factor, days / DAYS_PER_MONTH, f"{people}, paid by {names.get(payer, payer)}", payer)
        for payer, days in person_days_by_payer(mission, present).items()
    ]


def _line(reference: Reference, category: str, factor: str, quantity: float, what: str, payer: str = "") -> CostLine:
    rate = reference.factor(factor)
    usd = round(quantity * rate.value, 2)
    working = f"{rate.name}: {quantity:,.0f} {what} x {rate.value:,.10g} {rate.unit} = {usd:,.0f} USD"
    return CostLine(category=category, usd=usd, working=working, grade=rate.grade, source=rate.source, payer=payer)


def _deployment(mission: Mission, movement: MovementRecord) -> Work:
    length = {link.id: link.length / _THOUSAND_KM for link in mission.transport.links}
    sea = air = seats = road = rail = 0.0
    for load in movement.loads:
        for leg in load.legs:
            distance = length.get(leg.link, 0.0)
            if leg.mode is Mode.SEA:
                sea += load.lane_metres * distance
            elif leg.mode is Mode.AIR:
                air, seats = air + load.tonnes * distance, seats + load.people * distance
            elif leg.mode is Mode.ROAD:
                road += load.vehicles * distance
            else:
                rail += load.lane_metres * distance
    return Work(sea, air, seats, road, rail)


def _rotations(mission: Mission, present: tuple[Presence, ...]) -> float:
    """Seats times thousand kilometres between home and base: for each change of tours one contingent comes and one leaves."""
    nodes = {node.id: (node.longitude, node.latitude) for node in mission.transport.nodes}
    homes = {pledge.id: pledge.home for pledge in mission.forces.pledges}
    total = 0.0
    for unit in present:
        home, base = nodes.get(homes[unit.unit]), nodes.get(mission.area.sectors[unit.sector].base)
        if home is not None and base is not None:
            total += 2 * unit.rotations * unit.people * great_circle(home, base) / _THOUSAND_KM
    return total


def _haulage(problem: Problem, plan: Distribution) -> float:
    """Tonnes times thousand kilometres over the horizon."""
    total = 0.0
    for (position, way, period), flow in plan.way.items():
        path = problem.pairs[position].ways[way]
        total += flow * problem.periods.length[period] * (path.road + path.rail)
    return total / _THOUSAND_KM

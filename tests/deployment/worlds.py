"""Small networks and forces, written by hand or drawn at random, for the tests of deployment."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from casque.mission.agreements import Agreement
from casque.mission.forces import Pledge
from casque.mission.transport import Lift, Link, Node
from casque.mission.vocabulary import AgreementKind, Capability, Mode, NodeKind, PledgeStatus
from casque.plan.force import Assignment, ForceRecord
from casque.plan.record import Outcome
from casque.reference.load import Reference, shipped

D_DAY = date(2030, 5, 1)


def day(number: int) -> date:
    """A date by its day from D-day."""
    return D_DAY + timedelta(days=number)


def node(name: str, kind: NodeKind = NodeKind.TOWN, country: str = "host", **more: Any) -> Node:
    """A node, with the limits given as plain numbers."""
    plain = {"people_per_day": None, "tonnes_per_day": None, "lane_metres_per_day": None, "handling": 0.0, "opens": None, "closes": None}
    at = {"longitude": 0.0, "latitude": 0.0}
    return Node.model_construct(id=name, name=name.title(), kind=kind, country=country, **{**at, **plain, **more})


def link(start: str, end: str, mode: Mode = Mode.ROAD, length: float = 240.0, speed: float = 10.0, **more: Any) -> Link:
    """A link that takes a day unless its length or speed is given."""
    plain = {"hours_per_day": 24.0, "vehicles_per_day": None, "winter_share": 1.0, "opens": None, "closes": None}
    name = f"{start}-{end}-{mode.value}"
    return Link.model_construct(id=name, start=start, end=end, mode=mode, length=length, speed=speed, **{**plain, **more})


def lift(name: str, mode: Mode, number: int = 1, **more: Any) -> Lift:
    """A fleet that works from long before D-day."""
    plain = {
        "people": 0.0,
        "tonnes": 0.0,
        "lane_metres": 0.0,
        "speed": 10.0,
        "turnaround": 0.0,
        "hours_per_day": 24.0,
        "first_day": day(-100),
        "last_day": None,
        "members": (),
    }
    return Lift.model_construct(id=name, name=name.title(), owner="lead", mode=mode, number=number, **{**plain, **more})


def pledge(name: str, home: str, ready: int = 0, required: int | None = None, strength: float = 100.0, **more: Any) -> Pledge:
    """A unit of the member `sender`."""
    plain = {"member": "sender", "unit_type": "unit", "tour": 6.0, "renewals": 0, "available_to_load": None, "earliest_arrival": None}
    return Pledge.model_construct(
        id=name,
        name=name.title(),
        strength=strength,
        status=PledgeStatus.CONFIRMED,
        home=home,
        ready_to_load=day(ready),
        required=None if required is None else day(required),
        **{**plain, **more},
    )


def entry(country: str = "host", first: int | None = -100, **more: Any) -> Agreement:
    """A status-of-forces agreement for all."""
    plain = {
        "id": f"entry-{country}",
        "kind": AgreementKind.SOFA,
        "members": (),
        "status": Agreement.model_fields["status"].default,
        "expires": None,
    }
    return Agreement.model_construct(
        title=f"Status of forces in {country}",
        parties=(),
        country=country,
        in_force=None if first is None else day(first),
        **{**plain, **more},
    )


def mission(
    nodes: list[Node], links: list[Link], lifts: list[Lift], pledges: list[Pledge], agreements: list[Agreement], base: str = "base"
) -> Any:
    """A mission with the fields that deployment reads, one sector, and a horizon of 100 days."""
    return SimpleNamespace(
        about=SimpleNamespace(d_day=D_DAY, horizon=100.0),
        agreements=SimpleNamespace(agreements=tuple(agreements)),
        area=SimpleNamespace(country="host", sectors=(SimpleNamespace(id="sector", base=base),)),
        forces=SimpleNamespace(pledges=tuple(pledges)),
        movements=SimpleNamespace(movements=()),
        transport=SimpleNamespace(nodes=tuple(nodes), links=tuple(links), lift=tuple(lifts)),
    )


def reference(vehicles: float = 10.0, lane_metres: float = 100.0, tonnes: float = 200.0) -> Reference:
    """The shipped factors with one unit type of 100 people; stowage and queueing are 1 so that arithmetic stays plain."""
    base = shipped()
    shape = {"id": "unit", "name": "Unit", "strength": 100.0, "vehicles": vehicles, "lane_metres": lane_metres, "tonnes": tonnes}
    classes = {"tonnes_bulk": 0.0, "tonnes_oversize": tonnes, "tonnes_outsize": 0.0, "tonnes_not_air": 0.0}
    kind = base.unit_types["infantry-company"].model_copy(update={**shape, **classes})
    plain = {name: base.factors[name].model_copy(update={"value": 1.0}) for name in ("movement.stowage", "movement.queueing")}
    return base.model_copy(update={"unit_types": {"unit": kind}, "factors": {**base.factors, **plain}})


def force(pledges: list[Pledge], end: int = 1000) -> ForceRecord:
    """Every pledge assigned to the one sector."""
    nothing = Outcome(status="optimal", value=0, bound=0, gap=0, sense="most")
    assignments = tuple(
        Assignment(
            unit=item.id,
            member=item.member,
            unit_type=item.unit_type,
            capability=Capability.INFANTRY,
            quality=1,
            sector="sector",
            strength=item.strength,
            start=0,
            end=end,
            tours=1,
        )
        for item in pledges
    )
    return ForceRecord(
        assignments=assignments,
        idle=(),
        fills=(),
        shortfalls=(),
        weighted_fill=(),
        strength_by_month=(),
        next_pledges=(),
        pivotal=(),
        outcome=nothing,
    )


def random_world(seed: int, units: int = 6) -> tuple[Any, ForceRecord]:
    """Homes, two ports, two airports, a crossing that opens late, and tight capacities, all drawn at random."""
    draw = Random(seed)

    def some(low: int, high: int) -> float | None:
        return float(draw.randint(low, high)) if draw.random() < 0.7 else None

    nodes = [
        node("home-a", NodeKind.HOME, "sender"),
        node("home-b", NodeKind.HOME, "sender"),
        node("camp", NodeKind.STAGING, "transit", people_per_day=some(60, 300), handling=draw.choice([0.0, 1.0])),
        node("port-a", NodeKind.SEAPORT, "transit", lane_metres_per_day=some(40, 200), handling=draw.choice([0.0, 0.5])),
        node("port-b", NodeKind.SEAPORT, "transit", tonnes_per_day=some(80, 400)),
        node("field", NodeKind.AIRPORT, "transit", people_per_day=some(40, 200), handling=0.25),
        node("gate", NodeKind.BORDER, "host", opens=day(draw.randint(0, 6))),
        node("base", NodeKind.BASE, "host", people_per_day=some(60, 300)),
    ]
    links = [
        link("home-a", "port-a", Mode.SEA, draw.randint(200, 2000)),
        link("home-a", "port-b", Mode.SEA, draw.randint(200, 2000)),
        link("home-b", "port-a", Mode.SEA, draw.randint(200, 2000)),
        link("home-a", "field", Mode.AIR, 1000, 400),
        link("home-b", "field", Mode.AIR, 1500, 400),
        link("port-a", "camp", Mode.RAIL, 200, 20),
        link("port-a", "camp", length=200, speed=20, vehicles_per_day=some(8, 40)),
        link("port-b", "camp", length=300, speed=20, vehicles_per_day=some(8, 40)),
        link("field", "camp", length=30, speed=30),
        link("camp", "gate", length=100, speed=20, vehicles_per_day=some(8, 40)),
        link("gate", "base", length=50, speed=20),
    ]
    lifts = [
        lift("ships", Mode.SEA, draw.randint(1, 2), tonnes=400.0, lane_metres=300.0, speed=draw.choice([8.0, 12.0]), turnaround=24.0),
        lift("planes", Mode.AIR, draw.randint(1, 3), people=60.0, speed=400.0, turnaround=6.0, hours_per_day=10.0),
        lift("trains", Mode.RAIL, 1, tonnes=150.0, people=50.0, speed=20.0, turnaround=8.0),
    ]
    pledges = [
        pledge(
            f"unit-{number}",
            draw.choice(["home-a", "home-b", "camp"]),
            draw.randint(-8, 5),
            draw.choice([None, draw.randint(0, 12)]),
            draw.randint(50, 200),
        )
        for number in range(units)
    ]
    agreements = [entry("transit"), entry("host", draw.randint(-5, 5))]
    return mission(nodes, links, lifts, pledges, agreements), force(pledges)

"""Small missions for the tests of this room: one port, one depot at will, one or two bases on one or two roads."""

from __future__ import annotations

from datetime import date
from typing import Any

from casque.mission.about import About
from casque.mission.agreements import Agreements
from casque.mission.alliance import Alliance
from casque.mission.area import Area
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.supply import Supply
from casque.mission.transport import Transport
from casque.plan.force import Assignment, ForceRecord
from casque.plan.movement import InPlace, Load, MovementRecord
from casque.plan.record import Outcome
from casque.reference.load import Reference

UNKNOWN = Outcome(status="unknown", value=0.0, bound=0.0, gap=0.0, sense="least")
D_DAY = date(2030, 3, 1)


def node(name: str, kind: str = "town", latitude: float = 45.0, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name.title(), "kind": kind, "country": "host", "longitude": 10.0, "latitude": latitude, **more}


def road(start: str, end: str, km: int, mode: str = "road", **more: Any) -> dict[str, Any]:
    return {"id": f"{start}-{end}", "start": start, "end": end, "mode": mode, "length": f"{km} km", "speed": "50 km/h", **more}


def sector(name: str, base: str, **more: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"lead": "alfa", "population": "1000 person", "area": "314 km2", "terrain": "hills", "climate": "temperate"}
    facts |= {"road": "10 km", "settlements": 1, "threats": [], "outline": []}
    return {"id": name, "name": name.title(), "base": base, **facts, **more}


def unit(
    name: str, base_sector: str, strength: int = 700, kind: str = "infantry-battalion", days: int = 0, home: str = "port"
) -> dict[str, Any]:
    return {
        "id": name,
        "member": "alfa",
        "name": name.title(),
        "unit_type": kind,
        "strength": f"{strength} person",
        "status": "confirmed",
        "home": home,
        "ready_to_load": D_DAY,
        "sector": base_sector,
        "self_sufficient": f"{days} d",
    }


def trucks(number: int, payload: int = 10, km: int = 200, availability: float = 1.0) -> dict[str, Any]:
    return {
        "id": "trucks",
        "owner": "alfa",
        "number": number,
        "payload": f"{payload} t",
        "daily_distance": f"{km} km/d",
        "availability": availability,
        "from_day": D_DAY,
    }


ALL = ["I", "water", "II", "III", "IV", "V", "medical"]


def entry(at: str = "port", classes: list[str] | None = None) -> dict[str, Any]:
    return {"node": at, "classes": classes or ALL, "from_day": D_DAY}


def mission(
    *,
    units: list[dict[str, Any]],
    nodes: list[dict[str, Any]] | None = None,
    links: list[dict[str, Any]] | None = None,
    sectors: list[dict[str, Any]] | None = None,
    horizon: int = 30,
    agreements: list[dict[str, Any]] | None = None,
    places: list[dict[str, Any]] | None = None,
    d_day: date = D_DAY,
    rehattings: list[dict[str, Any]] | None = None,
    **supply: Any,
) -> Mission:
    """A mission of which only the fields that the stage declares exist."""
    facts: dict[str, Any] = {"format": 1, "id": "small", "title": "Small", "summary": "Small.", "lead": "alfa", "phases": []}
    written = {"policies": [], "entries": [entry()], "trucks": [trucks(100)], **supply}
    nodes = nodes or [node("port", "seaport"), node("base", "sector base", 45.5)]
    links = [road("port", "base", 100)] if links is None else links
    fields: dict[str, Any] = {
        "about": About.model_validate({**facts, "d_day": d_day, "horizon": f"{horizon} d"}),
        "alliance": Alliance.model_validate({"organisations": [], "members": [], "command_posts": [], "rehattings": rehattings or []}),
        "agreements": Agreements.model_validate({"agreements": agreements or []}),
        "area": Area.model_validate({"country": "host", "sectors": sectors or [sector("north", "base")], "places": places or []}),
        "forces": Forces.model_validate({"pledges": units}),
        "transport": Transport.model_validate({"nodes": nodes, "links": links, "lift": []}),
        "supply": Supply.model_validate(written),
    }
    return Mission.model_construct(**fields)


def in_place(
    small: Mission, reference: Reference, first: int = 0, last: int = 10_000, loads: tuple[Load, ...] = ()
) -> tuple[ForceRecord, MovementRecord]:
    """Every pledge in its wished sector from the first to the last day."""
    assignments, places = [], []
    for pledge in small.forces.pledges:
        kind = reference.unit_types[pledge.unit_type]
        common = {"unit": pledge.id, "sector": pledge.sector or "", "strength": pledge.strength}
        assignments.append(
            Assignment(
                **common, member=pledge.member, unit_type=kind.id, capability=kind.capability, quality=1.0, start=first, end=last, tours=1
            )
        )
        places.append(InPlace(**common, day=first, earliest=first, late=0.0))
    force = ForceRecord(
        assignments=tuple(assignments),
        idle=(),
        fills=(),
        shortfalls=(),
        weighted_fill=(),
        strength_by_month=(),
        next_pledges=(),
        pivotal=(),
        outcome=UNKNOWN,
    )
    movement = MovementRecord(
        loads=loads,
        in_place=tuple(places),
        unmoved=(),
        strength=(),
        in_theatre=(),
        workloads=(),
        closure=UNKNOWN,
        lateness=UNKNOWN,
        bottlenecks=(),
    )
    return force, movement

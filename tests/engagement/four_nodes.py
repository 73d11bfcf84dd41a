"""A mission of four nodes that can be reckoned by hand: two sectors, three units, two places.

    alfa -- 1 h -- market -- 2 h -- bravo        alfa -- 0.5 h -- delta -- 3 h -- bravo

Alfa is the base of the north, where 100 infantry live; 60 military police of the north live at the market; bravo is the base of the
south, where 300 infantry live. The place `quarter` lies at the market (north), `mill` off the roads beside delta (south).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from casque.mission.agreements import Agreements
from casque.mission.area import Area, Place
from casque.mission.engagement import Caveat, Engagement, Rule
from casque.mission.forces import Forces, Pledge
from casque.mission.mission import Mission
from casque.mission.transport import Link, Node, Transport

PACE = 35.0
"""Fastest that a reaction force drives (factor `force.reaction-speed`), km/h: a link of 35 km takes an hour."""
LINKS = (("alfa", "market", 1.0), ("market", "bravo", 2.0), ("alfa", "delta", 0.5), ("delta", "bravo", 3.0))
NODES = {"alfa": (10.0, 45.0), "market": (10.3, 45.0), "bravo": (10.6, 45.0), "delta": (10.0, 45.2)}
DAY = 40
"""A day on which everything is in force."""


def rule(name: str, **fields: Any) -> Rule:
    """A permission that holds from D-day, unless the fields say otherwise."""
    base = {"family": "5 unrest", "title": name, "text": "t", "kind": "permission", "force_level": "minimum force", "provision": "secure"}
    return Rule.model_validate({"id": name, **base, "status": "implemented", "implemented": date(2030, 3, 1), **fields})


def caveat(name: str, member: str, **fields: Any) -> Caveat:
    """A caveat of a member."""
    return Caveat.model_validate({"id": name, "member": member, "text": "t", **fields})


def four_nodes(
    example: Mission,
    rules: Iterable[Rule] = (),
    caveats: Iterable[Caveat] = (),
    closed: Iterable[tuple[str, str]] = (),
    **parts: Any,
) -> Mission:
    """The mission, with rules and caveats, and some roads closed before D-day."""
    shut = set(closed)
    nodes = tuple(
        Node.model_validate({"id": name, "name": name, "kind": "town", "country": "exampland", "longitude": x, "latitude": y})
        for name, (x, y) in NODES.items()
    )
    links = tuple(
        Link.model_validate(
            {"id": f"{start}-{end}", "start": start, "end": end, "mode": "road", "length": f"{hours * PACE} km", "speed": "70 km/h"}
            | ({"closes": date(2030, 2, 1)} if (start, end) in shut else {})
        )
        for start, end, hours in LINKS
    )
    bases = {"north": "alfa", "south": "bravo"}
    sectors = tuple(sector.model_copy(update={"base": bases[sector.id]}) for sector in example.area.sectors)
    places = (
        Place.model_validate(
            {
                "id": "quarter",
                "name": "Quarter",
                "kind": "enclave",
                "sector": "north",
                "longitude": 10.3,
                "latitude": 45.0,
                "node": "market",
            }
        ),
        Place.model_validate({"id": "mill", "name": "Mill", "kind": "enclave", "sector": "south", "longitude": 10.0, "latitude": 45.25}),
    )
    pledges = tuple(
        _pledge(*unit)
        for unit in (
            ("alf", "alfaland", "infantry-company", 100, "north", None),
            ("bra", "bravia", "infantry-battalion", 300, "south", None),
            ("car", "carolia", "military-police-company", 60, "north", "market"),
        )
    )
    update = {
        "agreements": _in_force(example.agreements),
        "area": Area(country=example.area.country, sectors=sectors, places=places),
        "transport": Transport(nodes=nodes, links=links, lift=()),
        "forces": Forces(pledges=pledges),
        "engagement": Engagement(rules=tuple(rules), caveats=tuple(caveats)),
    }
    return Mission.model_construct(None, **{name: getattr(example, name) for name in Mission.model_fields} | update | parts)


def _pledge(name: str, member: str, unit_type: str, people: int, sector: str, stationed: str | None) -> Pledge:
    return Pledge.model_validate(
        {"id": name, "member": member, "name": name, "unit_type": unit_type, "strength": f"{people} person", "status": "confirmed"}
        | {"home": "alfa", "ready_to_load": date(2030, 3, 1), "sector": sector, "stationed": stationed}
    )


def _in_force(agreements: Agreements) -> Agreements:
    """Every agreement from long before D-day."""
    return Agreements(
        agreements=tuple(item.model_copy(update={"in_force": date(2030, 1, 1), "expires": None}) for item in agreements.agreements)
    )

"""The agreements that gate, and the countries whose ground the force needs one for."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.mission.transport import Node
from casque.mission.vocabulary import AgreementKind

HOST_KINDS = (AgreementKind.SOFA, AgreementKind.BASING)
"""Agreements that open the ground on which the force serves."""
TRANSIT_KINDS = (AgreementKind.TRANSIT, AgreementKind.SOFA, AgreementKind.BASING, AgreementKind.HOST_SUPPORT)
"""Agreements that open ground which the force only passes."""
SUSTAINING_KINDS = (AgreementKind.MOU, AgreementKind.LOA)
"""Agreements that say who sustains a contributor's units."""


def gates_of(mission: Mission, nodes: dict[str, Node]) -> dict[str, str]:
    """Countries by what the force does on their ground: `host` where it serves, `transit` where it only passes."""
    bases = [nodes[sector.base].country for sector in mission.area.sectors if sector.base in nodes]
    found = dict.fromkeys([mission.area.country, *bases], "host")
    supply = [entry.node for entry in mission.supply.entries] + [depot.node for depot in mission.supply.depots]
    roles = {member.id: member.roles for member in mission.alliance.members}
    passed = [node.country for node in mission.transport.nodes if {"host", "transit"} & set(roles.get(node.country, ("transit",)))]
    for country in (*(nodes[node].country for node in supply if node in nodes), *passed):
        found.setdefault(country, "transit")
    return found

"""Why a load has no route: no path in the network, nobody to lift it, an agreement that never lets it through, or no day in the window."""

from __future__ import annotations

from dataclasses import replace

from casque.deployment.calendar import ENTRY_KINDS
from casque.deployment.network import Ban, Move, Network, Traveller, fastest
from casque.mission.vocabulary import Mode


def why_unmoved(network: Network, traveller: Traveller, name: str, what: str) -> str:
    """The reason in a sentence, found by searching again without agreements, without lift, then without either."""
    nodes = network.nodes
    start = f"{name} cannot be moved: its {what}"
    free = fastest(network, replace(traveller, ignore_agreements=True), Ban())
    if free is not None:
        return f"{start} would have to enter {_barred(network, traveller, free[1])}."
    hired = fastest(network, replace(traveller, ignore_lift=True), Ban())
    if hired is not None:
        return (
            f"{start} finds no lift by {_unlifted(network, traveller, hired[1])}; no fleet of that kind takes loads of {traveller.member}."
        )
    both = fastest(network, replace(traveller, ignore_lift=True, ignore_agreements=True), Ban())
    if both is not None:
        return (
            f"{start} finds no lift by {_unlifted(network, traveller, both[1])} "
            f"and would have to enter {_barred(network, traveller, both[1])}."
        )
    return (
        f"{start} finds no way in the network from {nodes[traveller.home].name} to {nodes[traveller.base].name} "
        f"that is open between its ready date and the end of the plan."
    )


def _unlifted(network: Network, traveller: Traveller, moves: tuple[Move, ...]) -> str:
    modes = dict.fromkeys(link.mode for link, _, _ in moves if link.mode is not Mode.ROAD and not network.fleets(link.mode, traveller))
    return " and ".join(mode.value for mode in modes) or "any mode"


def _barred(network: Network, traveller: Traveller, moves: tuple[Move, ...]) -> str:
    """Countries on a path that no agreement ever opens, with what stands in the way there."""
    countries: dict[str, str] = {}
    for _, _, end in moves:
        country = network.nodes[end].country
        if country in countries or country == network.nodes[traveller.home].country:
            continue
        if not network.calendar.entry(network.agreements, country, traveller.member).any():
            written = [
                f"{agreement.title} is {agreement.status.value}"
                for agreement in network.agreements
                if agreement.country == country and agreement.kind in ENTRY_KINDS and agreement.covers(traveller.member)
            ]
            state = "; ".join(written) if written else "none is written down"
            countries[country] = f"{country} (via {network.nodes[end].name}), where no agreement lets {traveller.member} in: {state}"
    shut = [network.links[link.id] for link, _, _ in moves if not network.variants(network.links[link.id], traveller)]
    for link in shut:
        ends = f"{network.nodes[link.start].name} and {network.nodes[link.end].name}"
        countries[link.id] = f"air that is barred to {traveller.member} on every way between {ends}"
    return ", and ".join(countries.values()) or "a country while its agreements and openings never fall together"

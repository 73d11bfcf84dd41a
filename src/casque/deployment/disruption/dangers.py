"""The hazards of a mission's network: its places, skies, roads and fleets with the planning factors, as gates and rates of a world."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from casque.deployment.disruption.hazard import Hazard, Kind
from casque.deployment.execution.widening import with_gates
from casque.deployment.network import Network
from casque.deployment.schedule.world import Floats, World
from casque.deployment.translation.section import Section
from casque.deployment.translation.translate import Translated
from casque.mission.transport import Link
from casque.mission.vocabulary import Mode, NodeKind
from casque.reference.load import Reference
from casque.reference.world.barriers import barrier
from casque.reference.world.sphere import vectors

WIDTH = 6
"""Ticks of a period of a gate: closures last whole quarters of a day, rounded outward."""
YEAR = 365.25
_APRON = 20.0
"""Kilometres around an airfield within which crossing a border does not count as flying over."""


@dataclass
class _Gates:
    """Gates by name, with the legs that pass them."""

    names: list[str] = field(default_factory=list)
    passed: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, leg: int, begin: float, end: float) -> None:
        """A leg is at a gate between two moments, in hours after its start."""
        if name not in self.passed:
            self.names.append(name)
        first = floor(begin)
        self.passed[name].append((leg, first, max(1, ceil(end - 1e-6) - first)))


def endangered(translated: Translated, network: Network, reference: Reference) -> tuple[World, tuple[Hazard, ...]]:
    """The world with a gate at every place, sky and road that can be shut, and all hazards with their rates.

    Airports and seaports are shut by weather, more often in winter, seaports by strikes too; the air over a country other than those of a
    flight's ends by the end of overflight; each stretch of road or rail by the loss of a bridge; vehicles break down one by one.
    """
    key, world = translated.key, translated.world
    gates = _Gates()
    for leg, stretch in enumerate(key.stretches):
        _places(gates, leg, stretch.section, network)
        _ways(gates, leg, stretch.section, network)
    number = {name: len(world.resource_width) + at for at, name in enumerate(gates.names)}
    shut = {name: ((resource, 0.0),) for name, resource in number.items()}
    hazards: list[Hazard] = []
    for name in gates.names:
        kind, _, subject = name.partition(" ")
        days = network.calendar.size
        if kind in ("airport", "seaport"):
            hazards.append(Hazard("weather", subject, _weather(network, reference, kind, subject), _days(reference, kind), shut[name]))
        if kind in _YEARLY:
            what: Kind = _YEARLY[kind]
            rate = np.full(days, reference.value(f"disruption.{what}") / YEAR)
            hazards.append(Hazard(what, subject, rate, _days(reference, what), shut[name]))
    hazards += _breakdowns(translated, network, reference)
    return with_gates(world, [gates.passed[name] for name in gates.names], WIDTH), tuple(hazards)


_YEARLY: dict[str, Kind] = {"seaport": "strike", "sky": "overflight", "road": "bridge"}


def _places(gates: _Gates, leg: int, section: Section, network: Network) -> None:
    """A vehicle that loads or unloads at an airport or a seaport is there while it does."""
    if section.mode not in (Mode.AIR, Mode.SEA):
        return
    lands = section.passages()[-1][1]
    for node, begin, end in ((section.start, 0.0, section.loading), (section.end, lands, lands + section.unloading)):
        kind = network.nodes[node].kind
        if kind in (NodeKind.AIRPORT, NodeKind.SEAPORT):
            gates.add(f"{kind.value} {node}", leg, begin, end)


def _ways(gates: _Gates, leg: int, section: Section, network: Network) -> None:
    """Roads and rails while they are driven on, skies over third countries while they are flown through."""
    for (link, _, _), (enters, leaves) in zip(section.moves, section.passages(), strict=True):
        if link.mode in (Mode.ROAD, Mode.RAIL):
            gates.add(f"road {link.id}", leg, enters, leaves)
        elif link.mode is Mode.AIR:
            for country in _under(link, network):
                gates.add(f"sky {country}", leg, enters, leaves)


def _under(link: Link, network: Network) -> list[str]:
    """Countries of the network that a flight crosses without beginning or ending there."""
    start, end = network.nodes[link.start], network.nodes[link.end]
    if not (start.located and end.located):
        return []
    here, there = vectors(np.array([(start.longitude, start.latitude), (end.longitude, end.latitude)]))
    found = []
    for country in sorted({node.country for node in network.nodes.values()} - {start.country, end.country}):
        wall = barrier(frozenset({country}))
        if wall is not None and not wall.clear(here, there, (here, there), _APRON):
            found.append(country)
    return found


def _weather(network: Network, reference: Reference, kind: str, node: str) -> Floats:
    winter = network.calendar.winter(network.nodes[node].latitude) if network.nodes[node].located else np.zeros(network.calendar.size)
    rates = (reference.value(f"disruption.{kind}-winter"), reference.value(f"disruption.{kind}-summer"))
    return np.where(winter, *rates).astype(np.float64)


def _days(reference: Reference, what: str) -> tuple[float, float, float]:
    factor = reference.factor(f"disruption.{what}-days")
    return factor.low, factor.value, factor.high


def _breakdowns(translated: Translated, network: Network, reference: Reference) -> list[Hazard]:
    world, hazards = translated.world, []
    for fleet, lift in enumerate(translated.key.lifts):
        kind = {Mode.AIR: "air", Mode.SEA: "sea"}.get(lift.mode, "land")
        vehicles = tuple(range(int(world.fleet_vehicle_first[fleet]), int(world.fleet_vehicle_first[fleet + 1])))
        rate = np.full(network.calendar.size, reference.value(f"disruption.breakdown-{kind}") * len(vehicles))
        repair = reference.factor(f"disruption.repair-{kind}")
        if vehicles:
            hazards.append(Hazard("breakdown", lift.id, rate, (repair.low, repair.value, repair.high), (), vehicles))
    return hazards

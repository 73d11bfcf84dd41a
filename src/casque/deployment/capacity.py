"""Capacities that loads compete for: what nodes, links and fleets can take on each day, and how much of them a load uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from casque.deployment.calendar import Calendar
from casque.deployment.network import Move, Network, link_days
from casque.mission.transport import Lift
from casque.mission.vocabulary import Mode, NodeKind
from casque.reference.load import Reference

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cargo:
    """What a load weighs on the network."""

    people: float
    vehicles: float
    lane_metres: float
    tonnes: float
    coaches: float
    """Hired coaches that take its people over roads; none where they ride in their own vehicles."""


@dataclass(frozen=True)
class Use:
    """Draw of a whole load on one capacity: `amount` on each of `width` days, the first of them `shift` days after the journey's start."""

    resource: int
    shift: int
    width: int
    amount: float


@dataclass(frozen=True)
class Resource:
    """One capacity."""

    id: str
    """Kind, name and what is counted, such as `node pristina people`."""
    label: str
    """The same in words."""
    unit: str
    """Unit of the figures."""
    fleet: bool
    """Vehicles of a fleet, rather than a throughput."""
    capacity: Floats
    """By day of the calendar; a fleet's goes on behind it, since vehicles are still under way."""


@dataclass
class Register:
    """All capacities that any route touches, numbered in the order in which they were first asked for."""

    network: Network
    reference: Reference
    resources: list[Resource] = field(default_factory=list)
    _number: dict[str, int] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """Days planned over."""
        return self.network.calendar

    def at_node(self, node: str, cargo: Cargo, shift: int, modes: tuple[Mode | None, Mode | None]) -> list[Use]:
        """What a load draws on a node that it reaches and leaves by the given modes.

        People count wherever they are received. Equipment counts where it is loaded or unloaded, not where it drives in and out: in lane
        metres where ships or trains are rolled on and off and the node has such a limit, in tonnes otherwise. An airport's written
        figures are cut by the queueing efficiency of airfields.
        """
        place = self.network.nodes[node]
        lifted = any(mode not in (None, Mode.ROAD) for mode in modes)
        rolled = place.lane_metres_per_day is not None and Mode.AIR not in modes
        share = self.reference.value("movement.queueing") if place.kind is NodeKind.AIRPORT else 1.0
        uses = []
        for what, unit, limit, amount in (
            ("people", "person/d", place.people_per_day, cargo.people),
            ("tonnes", "t/d", place.tonnes_per_day, cargo.tonnes if lifted and not rolled else 0.0),
            ("lane metres", "m/d", place.lane_metres_per_day, cargo.lane_metres if lifted and rolled else 0.0),
        ):
            if limit is not None and amount > 0:
                capacity = np.full(self.calendar.size, limit * share)
                uses.append(
                    Use(self._add(f"node {node} {what}", f"{place.kind.value} {place.name}: {what}", unit, capacity), shift, 1, amount)
                )
        return uses

    def on_link(self, move: Move, cargo: Cargo, shift: int) -> list[Use]:
        """What a load draws on one direction of a link: military vehicles, and coaches on roads; fewer pass in winter."""
        link, start, end = move
        vehicles = cargo.vehicles + (cargo.coaches if link.mode is Mode.ROAD else 0.0)
        if link.vehicles_per_day is None or vehicles <= 0:
            return []
        capacity = np.where(self.network.winter_days(link), link.vehicles_per_day * link.winter_share, link.vehicles_per_day)
        nodes = self.network.nodes
        label = f"{link.mode.value} from {nodes[start].name} to {nodes[end].name}: vehicles"
        return [Use(self._add(f"link {link.id} {start} {end}", label, "vehicle/d", capacity), shift, 1, vehicles)]

    def in_fleet(self, lift: Lift, moves: tuple[Move, ...], cargo: Cargo, shift: int) -> list[Use]:
        """Vehicles of a fleet kept busy by a load on a haul.

        A vehicle is busy for its cycle: out, back, turnaround, stretched by the hours a day that it works. A cycle of less than a day
        lets it go several times a day; a longer one keeps it from the next trip for as many days. Loads share trips.
        """
        trips = self._trips(lift, cargo)
        if trips <= 0:
            return []
        hours = sum(2 * link.length / min(link.speed, lift.speed) for link, _, _ in moves) + lift.turnaround
        cycle = hours / lift.hours_per_day
        width = max(1, ceil(cycle - 1e-9))
        capacity = np.full(self.calendar.size + width, float(lift.number))
        capacity[: max(0, self.calendar.index(lift.first_day))] = 0.0
        number = self._add(f"fleet {lift.id}", f"fleet {lift.name}: vehicles busy", "vehicle", capacity)
        return [Use(number, shift, width, trips * cycle / width)]

    def _trips(self, lift: Lift, cargo: Cargo) -> float:
        stowage = self.reference.value("movement.stowage") if lift.mode is Mode.SEA else 1.0
        by_people = cargo.people / lift.people if lift.people > 0 and cargo.tonnes == 0 else 0.0
        by_tonnes = cargo.tonnes / lift.tonnes if lift.tonnes > 0 else 0.0
        by_metres = cargo.lane_metres / (lift.lane_metres * stowage) if lift.lane_metres > 0 else 0.0
        return max(by_people, by_tonnes, by_metres)

    def _add(self, name: str, label: str, unit: str, capacity: Floats) -> int:
        if name not in self._number:
            self._number[name] = len(self.resources)
            self.resources.append(Resource(name, label, unit, name.startswith("fleet "), capacity))
        number = self._number[name]
        old = self.resources[number]
        if len(capacity) > len(old.capacity):
            self.resources[number] = Resource(old.id, old.label, old.unit, old.fleet, capacity)
        return number

    def table(self) -> Floats:
        """Capacities, one row each, padded to one length with their last day."""
        length = max([self.calendar.size, *(len(resource.capacity) for resource in self.resources)])
        rows = [np.pad(resource.capacity, (0, length - len(resource.capacity)), mode="edge") for resource in self.resources]
        return np.array(rows, dtype=np.float64).reshape(len(rows), length)


def works(moves: tuple[Move, ...], lift: Lift | None) -> bool:
    """Whether a haul can be done at all: every speed and working day above zero."""
    return all(np.isfinite(link_days(link, lift)) for link, _, _ in moves) and (lift is None or lift.hours_per_day > 0)

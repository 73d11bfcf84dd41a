"""Places, capacities and legs of the scheduler's draft, made from sections as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from casque.deployment.network import Network
from casque.deployment.schedule.draft import Draft, Use
from casque.deployment.schedule.world import DRIVEN, METRES, ONE, PEOPLE, TONNES, TRIP, VEHICLES
from casque.deployment.translation.clock import DAY
from casque.deployment.translation.section import Gate, Section
from casque.mission.transport import Lift, Node
from casque.mission.vocabulary import Mode, NodeKind
from casque.reference.load import Reference

Floats = NDArray[np.float64]

OPEN = 1e5
"""Trips and packets that pass an open gate in a day: more than there are."""


@dataclass(frozen=True)
class Capacity:
    """A capacity in words."""

    id: str
    """Kind, name and what is counted, such as `node pristina people`."""
    label: str
    """The same in words."""
    unit: str
    """Unit of the figures in a period."""
    width: int
    """Ticks of a period."""
    gate: bool = False
    """Whether it only says on which days something is open."""


@dataclass(frozen=True)
class Stretch:
    """A leg of the draft: the section that it stands for, and what it draws on."""

    section: Section
    dwell: int
    uses: tuple[Use, ...]
    space: tuple[int, int]


@dataclass
class Ground:
    """The draft in the making, with what its numbers stand for."""

    network: Network
    reference: Reference
    draft: Draft
    fleet: Callable[[Lift], int]
    """Number of a fleet, asked for when it first gets a leg."""
    capacities: list[Capacity] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    """By capacity: the least that it ever offers while it offers anything."""
    stretches: list[Stretch] = field(default_factory=list)
    """By leg."""
    _place: dict[str, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _leg: dict[tuple[object, ...], int] = field(default_factory=dict)

    def place(self, node: str) -> int:
        """Number of a node."""
        if node not in self._place:
            self._place[node] = self.draft.place(node)
        return self._place[node]

    def leg(self, section: Section, gates: tuple[Gate, ...], dwell: int, people: bool) -> int:
        """Number of a leg. Loads share it where all is alike: the section, the days on which it is open, and what they wait for it in."""
        space = self._space(section, people) if section.before is not None else (-1, ONE)
        barred = people and section.lift is not None and any(link.vehicles_per_day is not None for link, _, _ in section.moves)
        key = (section.key, tuple((gate.offset, gate.days.tobytes()) for gate in gates), dwell, space, barred)
        if key not in self._leg:
            uses = [*self._gate_uses(gates), *self._node_uses(section), *self._link_uses(section, barred)]
            if not uses and section.lift is None:
                # Bounds and route choice price every load by what it draws: whoever draws on nothing passes a gate that never shuts.
                uses = self._gate_uses((Gate(0, np.ones(self.network.calendar.size, dtype=np.bool_)),))
            fleet = DRIVEN if section.lift is None else self.fleet(section.lift)
            start, end = self.place(section.start), self.place(section.end)
            self._leg[key] = self.draft.leg(start, end, section.time, fleet, uses, dwell=dwell, space=space, cost=_cost(section))
            self.stretches.append(Stretch(section, dwell, tuple(uses), space))
        return self._leg[key]

    def capacity(self, found: Capacity, by_period: Floats) -> int:
        """Number of a capacity by its name; the figures by period count when it is first asked for."""
        if found.id not in self._known:
            self._known[found.id] = self.draft.resource(found.id, found.width, by_period)
            self.capacities.append(found)
            self.least.append(float(np.min(by_period, where=by_period > 0, initial=np.inf)))
        return self._known[found.id]

    def _gate_uses(self, gates: tuple[Gate, ...]) -> list[Use]:
        uses = []
        for gate in gates:
            name = f"gate {gate.days.tobytes().hex()}"
            number = self.capacity(Capacity(name, "opening days", "movement/d", DAY, gate=True), np.where(gate.days, OPEN, 0.0))
            uses.append(Use(number, TRIP, gate.offset))
        return uses

    def _node_uses(self, section: Section) -> list[Use]:
        """Throughput of the start of a journey, and of each node that receives the load on the way or at the end."""
        nodes, mode = self.network.nodes, section.mode
        passages = section.passages()
        uses: list[Use] = []
        if section.before is None:
            uses += self._throughput(nodes[section.start], (None, mode), 0, section)
        for number, ((_, _, end), (_, leaves)) in enumerate(zip(section.moves, passages, strict=True)):
            onward = mode if number + 1 < len(section.moves) else section.onward
            if self.network.touches(end, mode, onward):
                uses += self._throughput(nodes[end], (mode, onward), int(leaves), section)
        return uses + self._standing(section)

    def _throughput(self, node: Node, modes: tuple[Mode | None, Mode | None], offset: int, section: Section) -> list[Use]:
        """What a load draws on a node that it reaches and leaves by the given modes.

        People count wherever they are received. Equipment counts where it is loaded or unloaded, not where it drives in and out: in lane
        metres where ships or trains are rolled on and off and the node has such a limit, in tonnes otherwise. An airport's written
        figures are cut by the queueing efficiency of airfields.
        """
        lifted = any(mode not in (None, Mode.ROAD) for mode in modes)
        rolled = node.lane_metres_per_day is not None and Mode.AIR not in modes
        share = self.reference.value("movement.queueing") if node.kind is NodeKind.AIRPORT else 1.0
        uses = []
        for what, unit, limit, quantity, counts in (
            ("people", "person/d", node.people_per_day, PEOPLE, True),
            ("tonnes", "t/d", node.tonnes_per_day, TONNES, lifted and not rolled),
            ("lane metres", "m/d", node.lane_metres_per_day, METRES, lifted and rolled),
            ("lift-on tonnes", "t/d", node.lift_on_per_day, TONNES, Mode.SEA in modes and _lifts_on(section.lift)),
        ):
            if limit is not None and counts:
                name = Capacity(f"node {node.id} {what}", f"{node.kind.value} {node.name}: {what}", unit, DAY)
                number = self.capacity(name, np.full(self.network.calendar.size, limit * share))
                days = _days(section.lift, quantity, limit * share)
                # A stretch of whole days and one tick touches one period more than it has days, whenever it begins.
                uses.append(Use(number, quantity, offset, DAY * (days - 1) + 1, 1 / days))
        return uses

    def _standing(self, section: Section) -> list[Use]:
        """Berths and working places for aircraft, taken while a vehicle loads and unloads."""
        if section.lift is None:
            return []
        uses = []
        ends = ((section.start, 0.0, section.loading), (section.end, section.passages()[-1][1], section.unloading))
        for name, begins, hours in ends:
            node = self.network.nodes[name]
            what, limit = standing(node, section.mode)
            if limit is None or hours <= 0:
                continue
            found = Capacity(f"node {node.id} {what}", f"{node.kind.value} {node.name}: {what}", "at a time", 1)
            number = self.capacity(found, np.full(self.draft.horizon, float(limit)))
            first = int(begins)
            uses.append(Use(number, TRIP, first, max(1, min(section.time, ceil(begins + hours - 1e-6)) - first)))
            if node.hours_per_day < DAY:
                worked = Capacity(f"node {node.id} hours of {what}", f"{node.kind.value} {node.name}: hours of {what}", "h/d", DAY)
                most = limit * node.hours_per_day
                uses.append(Use(self.capacity(worked, np.full(self.network.calendar.size, most)), TRIP, first, 1, min(hours, most)))
        return uses + self._fuel(section)

    def _fuel(self, section: Section) -> list[Use]:
        """Fuel that an aircraft takes on where it lands."""
        node, lift = self.network.nodes[section.end], section.lift
        if lift is None or section.mode is not Mode.AIR or node.fuel is None or not lift.fuel_uplift:
            return []
        found = Capacity(f"node {node.id} fuel", f"{node.kind.value} {node.name}: fuel for aircraft", "t/d", DAY)
        number = self.capacity(found, np.full(self.network.calendar.size, node.fuel))
        return [Use(number, TRIP, int(section.passages()[-1][1]), 1, lift.fuel_uplift)]

    def _link_uses(self, section: Section, barred: bool) -> list[Use]:
        """Vehicles that pass one way in a day, coaches on roads among them; fewer pass in winter."""
        uses = []
        nodes = self.network.nodes
        for (link, start, end), (enters, _) in zip(section.moves, section.passages(), strict=True):
            if link.vehicles_per_day is None or barred:
                continue
            by_day = np.where(self.network.winter_days(link), link.vehicles_per_day * link.winter_share, link.vehicles_per_day)
            label = f"{link.mode.value} from {nodes[start].name} to {nodes[end].name}: vehicles"
            number = self.capacity(Capacity(f"link {link.id} {start} {end}", label, "vehicle/d", DAY), by_day)
            uses.append(Use(number, VEHICLES, int(enters)))
        return uses

    def _space(self, section: Section, people: bool) -> tuple[int, int]:
        """Room to wait in at the start of a section, and what is counted of it."""
        node = self.network.nodes[section.start]
        what, field_name, quantity = ("people", "staging_people", PEOPLE) if people else ("lane metres", "staging_metres", METRES)
        limit = getattr(node, field_name, None)
        if limit is None:
            return -1, ONE
        unit = "person" if people else "m"
        found = Capacity(f"space {node.id} {what}", f"{node.kind.value} {node.name}: {what} that wait", unit, 6)
        return self.capacity(found, np.full(-(-self.draft.horizon // 6), float(limit))), quantity


def _lifts_on(lift: Lift | None) -> bool:
    """Whether a ship carries what cranes lift, and nothing that rolls."""
    return lift is not None and lift.mode is Mode.SEA and lift.lane_metres <= 0


def standing(node: Node, mode: Mode) -> tuple[str, float | None]:
    """What vehicles of a mode take while they load and unload at a node, and how many there are of it."""
    if mode is Mode.AIR:
        return "aircraft at a time", node.aircraft_at_once
    if mode is Mode.SEA:
        return "berths", node.berths
    return "", None


def _days(lift: Lift | None, quantity: int, limit: float) -> int:
    """Days over which a node takes the load of a vehicle: more than one where a full one has more than the node takes in a day."""
    if lift is None or limit <= 0:
        return 1
    full = {PEOPLE: lift.people, TONNES: lift.tonnes, METRES: lift.lane_metres}[quantity]
    return max(1, min(10, ceil(full / limit - 1e-9)))


def _cost(section: Section) -> float:
    """Vehicle hours of a trip, where no rates are known; a packet that drives costs its hours."""
    rate = getattr(section.lift, "cost_per_hour", None) or 1.0
    return float(rate) * section.time if section.lift is not None else 0.01 * section.time

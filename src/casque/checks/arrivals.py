"""Best arrivals of units, worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from casque.checks.network import Gate, Network, Way, earliest_way
from casque.mission.forces import Pledge


@dataclass
class Days:
    """What has been worked out so far."""

    at: dict[tuple[str, int, str], dict[str, float]] = field(default_factory=dict)
    """Home, day ready and member -> node -> earliest day there."""
    ways: dict[tuple[str, str], list[Way]] = field(default_factory=dict)
    """Home and member -> ways from there."""


class Arrivals:
    """For every unit, the earliest day at every node that it can reach. Units of one home, day and member share theirs."""

    def __init__(
        self,
        network: Network,
        d_day: date,
        pledges: tuple[Pledge, ...],
        known: Days,
        gate_of: Callable[[str], Gate | None],
        need_lift: bool = True,
    ) -> None:
        """`known` keeps what has been worked out; `gate_of` gives, for a member, the gate on the ground of each country."""
        self._network, self._d_day, self._units = network, d_day, pledges
        self._known, self._gate_of, self._need_lift = known, gate_of, need_lift
        self._of: dict[str, dict[str, float]] = {}
        self._gates: dict[str, Gate | None] = {}

    def of(self, pledge: Pledge) -> dict[str, float]:
        """Arrivals of a unit."""
        found = self._of.get(pledge.id)
        if found is None:
            ready = (pledge.available_to_load or pledge.ready_to_load) - self._d_day
            found = self._of[pledge.id] = self.between(pledge.home, ready.days, pledge.member)
        return found

    def between(self, home: str, ready: int, member: str) -> dict[str, float]:
        """Arrivals of a load of a member that is ready at a node on a day."""
        key = (home, ready, member)
        if key not in self._known.at:
            ways = self._known.ways.setdefault((home, member), [])
            way = next((way for way in ways if 0 <= ready - way.ready < way.room), None)
            if way is None:
                way = earliest_way(self._network, home, ready, member, self._gate(member), self._need_lift)
                ways.append(way)
            self._known.at[key] = {node: ready + offset for node, offset in way.offsets.items()}
        return self._known.at[key]

    def _gate(self, member: str) -> Gate | None:
        if member not in self._gates:
            self._gates[member] = self._gate_of(member)
        return self._gates[member]

    @cached_property
    def _pledges(self) -> dict[str, Pledge]:
        return {pledge.id: pledge for pledge in self._units}

    def __getitem__(self, unit: str) -> dict[str, float]:
        return self.of(self._pledges[unit])

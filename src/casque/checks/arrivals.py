"""Best arrivals of units, worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from casque.checks.network import Gate, Network, Way, earliest_way
from casque.checks.roll import Figures
from casque.mission.forces import Pledge


@dataclass
class Days:
    """What has been worked out so far."""

    at: dict[tuple[str, int, str], Way] = field(default_factory=dict)
    """Home, day ready and member -> way from there."""
    ways: dict[tuple[str, str], list[Way]] = field(default_factory=dict)
    """Home and member -> ways from there to the bases."""
    whole: dict[tuple[str, str], list[Way]] = field(default_factory=dict)
    """Home and member -> ways from there to every node."""


class AtBase(dict[str, float]):
    """For every unit, the first day at one of some bases; infinite where it never can be there. Worked out when first asked for."""

    def __init__(self, arrivals: Arrivals, bases: tuple[str, ...]) -> None:
        super().__init__()
        self._arrivals, self._bases = arrivals, bases

    def __missing__(self, unit: str) -> float:
        day = self[unit] = self._arrivals.first(self._arrivals.units[unit], self._bases)
        return day


class Arrivals:
    """For every unit, the earliest day at every node that it can reach. Units of one home, day and member share theirs."""

    def __init__(
        self,
        network: Network,
        d_day: date,
        pledges: tuple[Pledge, ...],
        known: Days,
        gate_of: Callable[[str], Gate | None],
        need_lift: bool,
        bases: frozenset[str],
    ) -> None:
        """`known` keeps what has been worked out; `gate_of` gives, for a member, the gate on the ground of each country."""
        self._bases = bases
        self._network, self._d_day, self._units = network, d_day, pledges
        self._known, self._gate_of, self._need_lift = known, gate_of, need_lift
        self._gates: dict[str, Gate | None] = {}
        self._at: dict[tuple[str, ...], AtBase] = {}
        self._starts: dict[str, tuple[int, dict[str, float], float]] = {}
        self._days: dict[tuple[str, ...], Figures] = {}

    def of(self, pledge: Pledge) -> dict[str, float]:
        """Arrivals of a unit."""
        return self.between(pledge.home, self._ready(pledge), pledge.member)

    def between(self, home: str, ready: int, member: str) -> dict[str, float]:
        """Arrivals of a load of a member that is ready at a node on a day."""
        ways = self._known.whole.setdefault((home, member), [])
        way = next((way for way in ways if way.holds_for(ready)), None)
        if way is None:
            way = earliest_way(self._network, home, ready, member, self._gate(member), self._need_lift)
            ways.append(way)
        return {node: ready + offset for node, offset in way.offsets.items()}

    def at_base(self, home: str, ready: int, member: str, base: str) -> float:
        """First day at a base of a load of a member that is ready at a node on a day; infinite where it never can be there."""
        return ready + self._way(home, ready, member).offsets.get(base, float("inf"))

    def _ready(self, pledge: Pledge) -> int:
        return ((pledge.available_to_load or pledge.ready_to_load) - self._d_day).days

    def _way(self, home: str, ready: int, member: str) -> Way:
        """The way to the bases; it stops once it has come to all of them."""
        known = self._known.at.get((home, ready, member))
        if known is None:
            ways = self._known.ways.setdefault((home, member), [])
            if not ways:
                # What holds for the first unit that is ready there mostly holds for those that follow.
                ways.append(self._search(home, min(ready, self._first_ready.get((home, member), ready)), member))
            known = next((way for way in ways if way.holds_for(ready)), None)
            if known is None:
                known = self._search(home, ready, member)
                ways.append(known)
            self._known.at[home, ready, member] = known
        return known

    def _search(self, home: str, ready: int, member: str) -> Way:
        return earliest_way(self._network, home, ready, member, self._gate(member), self._need_lift, self._bases)

    @cached_property
    def _first_ready(self) -> dict[tuple[str, str], int]:
        """First day on which a unit of a member is ready at a home."""
        found: dict[tuple[str, str], int] = {}
        for pledge in self._units:
            place, ready = (pledge.home, pledge.member), self._ready(pledge)
            found[place] = min(ready, found.get(place, ready))
        return found

    def _gate(self, member: str) -> Gate | None:
        if member not in self._gates:
            self._gates[member] = self._gate_of(member)
        return self._gates[member]

    def first(self, pledge: Pledge, bases: tuple[str, ...]) -> float:
        """First day a unit can be at one of some bases; infinite where it never can."""
        ready, offsets, earliest = self._start(pledge)
        found = [offsets[base] for base in bases if base in offsets]
        return max(ready + min(found), earliest) if found else float("inf")

    def _start(self, pledge: Pledge) -> tuple[int, dict[str, float], float]:
        """Day ready, days from there to every base, and the first day that the port can take the unit."""
        known = self._starts.get(pledge.id)
        if known is None:
            ready = self._ready(pledge)
            earliest = float("-inf") if pledge.earliest_arrival is None else float((pledge.earliest_arrival - self._d_day).days)
            known = self._starts[pledge.id] = (ready, self._way(pledge.home, ready, pledge.member).offsets, earliest)
        return known

    def days(self, bases: tuple[str, ...]) -> Figures:
        """For every unit, in the order of the pledges, the first day at one of some bases."""
        if bases not in self._days:
            columns = [self._columns[base] for base in bases]
            self._days[bases] = self._table[:, columns].min(axis=1, initial=np.inf)
        return self._days[bases]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {base: column for column, base in enumerate(sorted(self._bases))}

    @cached_property
    def _table(self) -> Figures:
        """First day of every unit at every base."""
        starts = [self._start(pledge) for pledge in self._units]
        # Units with the same way share its days, so that each way is laid out once.
        lines = {id(offsets): [offsets.get(base, np.inf) for base in self._columns] for _, offsets, _ in starts}
        number = {way: line for line, way in enumerate(lines)}
        offsets = np.array(list(lines.values()), dtype=np.float64).reshape(len(lines), len(self._columns))
        ready = np.array([start[0] for start in starts], dtype=np.float64)
        earliest = np.array([start[2] for start in starts], dtype=np.float64)
        rows = [number[id(start[1])] for start in starts]
        table: Figures = np.maximum(ready[:, None] + offsets[rows], earliest[:, None])
        return table

    def at(self, bases: tuple[str, ...]) -> AtBase:
        """For every unit the first day at one of some bases."""
        if bases not in self._at:
            self._at[bases] = AtBase(self, bases)
        return self._at[bases]

    @cached_property
    def units(self) -> dict[str, Pledge]:
        """Units by id."""
        return {pledge.id: pledge for pledge in self._units}

    def __getitem__(self, unit: str) -> dict[str, float]:
        return self.of(self.units[unit])

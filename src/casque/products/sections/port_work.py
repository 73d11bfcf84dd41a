"""Workloads by day: ports, airfields and roads with who uses them, and the lift that is used to the full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from casque.mission.vocabulary import NodeKind
from casque.plan.movement import Workload
from casque.products.charts import workload
from casque.products.day_charts import Layer, stacked_days
from casque.products.figures import d_plus, number, percent
from casque.products.material import Material
from casque.products.movement.capacity import Capacity, Key, capacities
from casque.products.movement.journey import journey
from casque.products.movement.picture import MovementPicture, movement_picture
from casque.products.movement.traffic import Traffic, traffic

MOST = {"landing": 8, "boarding": 4, "ways": 8, "lift": 12}
"""Workloads drawn of each group; the fullest come first, the rest are counted."""
COLOURS = 6
"""Nations with a colour of their own; all others share one."""
LEAST = 0.15
"""Share of its capacity that something must be used to on some day to be drawn."""
TITLES = {
    "landing": "Ports and airfields of debarkation",
    "boarding": "Ports and airfields of embarkation",
    "ways": "Roads, railways, crossings and staging areas",
    "lift": "Lift and other capacities that are used to the full",
}
"""Groups of workloads in order."""
PORTS = (NodeKind.SEAPORT.value, NodeKind.AIRPORT.value)


@dataclass(frozen=True)
class Panel:
    """A workload."""

    name: str
    note: str
    drawing: Markup


@dataclass(frozen=True)
class Group:
    """Workloads of a kind."""

    title: str
    panels: tuple[Panel, ...]
    more: int
    """How many are not drawn."""
    small: bool
    """Whether they are drawn small, and not by nation."""


@dataclass(frozen=True)
class WorkView:
    """Workloads."""

    nations: tuple[tuple[str, str], ...]
    """Name and class of those with a colour of their own, and of the others."""
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class _Work:
    """The draw on all capacities, with the colours of nations."""

    seen: MovementPicture
    known: Mapping[Key, Capacity]
    drawn: Traffic

    @cached_property
    def member(self) -> dict[str, str]:
        """Member of each load."""
        return {load.id: self.seen.member(load) for load in self.seen.record.loads}

    @cached_property
    def colours(self) -> tuple[str, ...]:
        """Members with most to move, in order."""
        sums: dict[str, float] = {}
        for load in self.seen.record.loads:
            sums[self.member[load.id]] = sums.get(self.member[load.id], 0.0) + load.tonnes + 0.1 * load.people
        return tuple(sorted(sums, key=lambda name: (-sums[name], name))[:COLOURS])

    def layers(self, key: Key, used: Mapping[int, float] | None = None) -> list[Layer]:
        """Draw by nation and day; where the record says how much was used in all, the shares of that."""
        by_day = self.drawn.by(key, self.member)
        if used is not None:
            by_day = {day: _scaled(by_day.get(day, {}), amount) for day, amount in used.items() if amount > 0}
        sums: dict[str, dict[int, float]] = {}
        for day, members in by_day.items():
            for member, amount in members.items():
                kind = f"n{self.colours.index(member) + 1}" if member in self.colours else "n0"
                days = sums.setdefault(kind, {})
                days[day] = days.get(day, 0.0) + amount
        names = {f"n{place}": self.seen.names.member(member) for place, member in enumerate(self.colours, 1)} | {"n0": "others"}
        return [(names[kind], kind, sums[kind]) for kind in (*names,) if kind in sums]


def _scaled(members: Mapping[str, float], amount: float) -> dict[str, float]:
    whole = sum(members.values())
    return {member: part * amount / whole for member, part in members.items()} if whole > 0 else {"": amount}


def view(material: Material) -> WorkView:
    """The workloads."""
    seen = movement_picture(material.mission, material.reference, material.movement, material.force, material.requirement)
    known = capacities(seen)
    pieces = [piece for its in seen.pieces.values() for piece in its]
    work = _Work(seen, known, traffic(pieces, known, seen.lift))
    told = {item.resource: item for item in material.movement.workloads}
    loads = {load.id: journey(load) for load in material.movement.loads}
    landing = {way.debarkation for way in loads.values()}
    found: dict[str, list[Panel]] = {name: [] for name in TITLES}
    for key, there, used in _fullest(work, told):
        kind = known[key].kind
        group = "ways" if kind not in PORTS else "landing" if key[0] in landing else "boarding"
        found[group].append(_panel(work, material, key, there, used))
    labels = {capacity.label for capacity in known.values()}
    rest = sorted((item for item in told.values() if item.resource not in labels), key=lambda item: (-_full(item), item.resource))
    found["lift"] = [_other(material, item) for item in rest]
    nations = tuple((seen.names.member(member), f"n{place}") for place, member in enumerate(work.colours, 1))
    more = len(set(work.member.values())) > len(nations)
    return WorkView(
        (*nations, *([("others", "n0")] if more else [])),
        tuple(
            Group(title, tuple(found[name][: MOST[name]]), max(0, len(found[name]) - MOST[name]), name == "lift")
            for name, title in TITLES.items()
            if found[name]
        ),
    )


def _full(item: Workload) -> float:
    return max((used / there for used, there in zip(item.used, item.capacity, strict=False) if there > 0), default=0.0)


def _fullest(work: _Work, told: Mapping[str, Workload]) -> list[tuple[Key, dict[int, float], dict[int, float] | None]]:
    """Places and ways by how full they are on their fullest day: capacity by day, and use by day where the record tells it."""
    found = []
    for key, days in work.drawn.drawn.items():
        capacity, item = work.known[key], told.get(work.known[key].label)
        totals = {day: sum(loads.values()) for day, loads in days.items()}
        there = {day: capacity.on(day) for day in range(min(days) - 2, max(days) + 10)}
        used = None
        if item is not None:
            # The record counts from D-day; what was used before is only known from the loads.
            used = totals = {day: amount for day, amount in totals.items() if day < 0} | dict(enumerate(item.used))
            there |= dict(enumerate(item.capacity))
        full = max((amount / there[day] for day, amount in totals.items() if there.get(day, 0.0) > 0), default=0.0)
        if full >= LEAST:
            found.append((full, key, there, used))
    return [(key, there, used) for _, key, there, used in sorted(found, key=lambda item: (-round(item[0], 3), item[1]))]


def _panel(work: _Work, material: Material, key: Key, there: Mapping[int, float], used: Mapping[int, float] | None) -> Panel:
    capacity = work.known[key]
    layers = work.layers(key, used)
    totals: dict[int, float] = {}
    for _, _, amounts in layers:
        for day, amount in amounts.items():
            totals[day] = totals.get(day, 0.0) + amount
    busy = [day for day, amount in totals.items() if amount > 0]
    top = max(busy, key=lambda day: (totals[day] / max(there.get(day, 0.0), 1e-9), -day))
    spread = sum(there.get(day, 0.0) for day in range(min(busy), max(busy) + 1))
    note = f"{percent(min(1.0, totals[top] / max(there.get(top, 0.0), 1e-9)))} full on {d_plus(top)}; "
    note += (
        f"{percent(min(1.0, sum(totals.values()) / spread))} of what it takes from {d_plus(min(busy))} to {d_plus(max(busy))}"
        if spread > 0
        else ""
    )
    name = capacity.label if capacity.kind == "link" else capacity.label.removeprefix(f"{capacity.kind} ")
    return Panel(_upper(name), note, stacked_days(capacity.label, layers, there, material.calendar, capacity.unit))


def _other(material: Material, item: Workload) -> Panel:
    """A capacity of which only the whole is known."""
    full = f"{number(max(item.used, default=0.0))} of {number(max(item.capacity, default=0.0))} {item.unit} at most"
    return Panel(
        _upper(item.resource.removeprefix("fleet ")), full, workload(item.resource, item.used, item.capacity, material.calendar, item.unit)
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Who draws on which capacity on which day: parts of loads followed along their legs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import NamedTuple

from casque.mission.transport import Lift
from casque.mission.vocabulary import Mode, NodeKind
from casque.products.movement.capacity import Capacity, Key, What
from casque.products.movement.pieces import Piece, Step

RECEIVES_ALL = (NodeKind.BORDER.value, NodeKind.STAGING.value)
"""Kinds of node that receive also those who pass through."""
MOST_DAYS = 10
"""Days over which a vehicle is unloaded at most."""
_PLACES: dict[Mode, What] = {Mode.SEA: "berths", Mode.AIR: "aircraft at a time"}


@dataclass
class Traffic:
    """Draw on capacities by day and load."""

    drawn: dict[Key, dict[int, dict[str, float]]] = field(default_factory=dict)

    def add(self, key: Key, day: float, load: str, amount: float) -> None:
        """Book a draw."""
        loads = self.drawn.setdefault(key, {}).setdefault(floor(day + 1e-6), {})
        loads[load] = loads.get(load, 0.0) + amount

    def by(self, key: Key, group: Mapping[str, str]) -> dict[int, dict[str, float]]:
        """Draw on a capacity by day and by the group that a load is in, such as its member."""
        found: dict[int, dict[str, float]] = {}
        for day, loads in sorted(self.drawn.get(key, {}).items()):
            groups = found.setdefault(day, {})
            for load, amount in loads.items():
                groups[group[load]] = groups.get(group[load], 0.0) + amount
        return found


def traffic(pieces: Sequence[Piece], known: Mapping[Key, Capacity], lift: Mapping[str, Lift]) -> Traffic:
    """What parts of loads draw on the capacities of the network.

    People count wherever they are received or change vehicle. Equipment counts where it is loaded or unloaded, not where it drives in and
    out: in lane metres where ships or trains are rolled on and off and the place has such a limit, in tonnes otherwise. Vehicles count
    on links. These are the same rules by which the stage `deploy` books capacities. Berths and working places of aircraft are counted as
    the mean over a day of those that a loading or unloading vehicle takes; they need trips.
    """
    made = Traffic()
    for piece in pieces:
        for stop in _stops(piece.steps):
            for what, amount in _at_node(piece, stop, known):
                key = (stop.node, "", what)
                days = _days(lift.get(stop.fleet), what, known[key].on(floor(stop.day)))
                for day in range(days):
                    made.add(key, stop.day + day, piece.load, amount / days)
        if piece.vehicles > 0:
            for step in piece.steps:
                if (step.link, step.end, "vehicles") in known:
                    made.add((step.link, step.end, "vehicles"), step.departs, piece.load, piece.vehicles)
    _standing(made, pieces, known, lift)
    return made


def _days(lift: Lift | None, what: What, limit: float) -> int:
    """Days over which a place takes the load of a vehicle: more than one where a full one has more than it takes in a day."""
    if lift is None or limit <= 0:
        return 1
    full = {"people": lift.people, "tonnes": lift.tonnes, "lane metres": lift.lane_metres}.get(what, 0.0)
    return max(1, min(MOST_DAYS, ceil(full / limit - 1e-9)))


def _standing(made: Traffic, pieces: Sequence[Piece], known: Mapping[Key, Capacity], lift: Mapping[str, Lift]) -> None:
    """Berths and working places: each trip takes one while it loads and one while it unloads, shared by what is aboard."""
    aboard: dict[tuple[str, str, str, str, float, float], list[tuple[str, float]]] = {}
    for piece in pieces:
        weight = piece.tonnes + 0.1 * piece.people + 1e-6
        for trip in dict.fromkeys(step.trip for step in piece.steps if step.trip):
            own = [step for step in piece.steps if step.trip == trip]
            visit = (trip, own[0].fleet, own[0].start, own[-1].end, round(own[0].departs, 3), round(own[-1].arrives, 3))
            aboard.setdefault(visit, []).append((piece.load, weight))
    for (_, fleet, start, end, departs, arrives), loads in aboard.items():
        item = lift.get(fleet)
        what = _PLACES.get(item.mode) if item else None
        if item is None or what is None:
            continue
        whole = sum(weight for _, weight in loads)
        for node, begins, hours in ((start, departs - item.loading / 24, item.loading), (end, arrives, item.unloading)):
            if (node, "", what) in known:
                for load, weight in loads:
                    _spread(made, (node, "", what), begins, hours / 24, load, weight / whole)


def _spread(made: Traffic, key: Key, begins: float, length: float, load: str, share: float) -> None:
    """Book a stay by the part of each day that it takes."""
    day, ends = floor(begins + 1e-6), begins + length
    while day < ends - 1e-6:
        made.add(key, day, load, share * (min(ends, day + 1) - max(begins, day)))
        day += 1


class _Stop(NamedTuple):
    node: str
    day: float
    before: Mode | None
    after: Mode | None
    fleet: str
    """Lift that brings it or takes it away; empty where it drives itself."""
    stays: bool
    """Whether the part stays on its vehicle, or goes on by the same mode on its own."""


def _stops(steps: tuple[Step, ...]) -> Iterator[_Stop]:
    """Nodes that a part comes to: day, mode that it came by, mode that it goes on by."""
    if steps:
        yield _Stop(steps[0].start, steps[0].departs, None, steps[0].mode, steps[0].fleet, False)
    for place, step in enumerate(steps):
        onward = steps[place + 1] if place + 1 < len(steps) else None
        stays = onward is not None and (step.mode, step.fleet, step.trip) == (onward.mode, onward.fleet, onward.trip)
        yield _Stop(
            step.end, step.arrives, step.mode, onward.mode if onward else None, step.fleet or (onward.fleet if onward else ""), stays
        )


def _at_node(piece: Piece, stop: _Stop, known: Mapping[Key, Capacity]) -> Iterator[tuple[What, float]]:
    modes = (stop.before, stop.after)
    lifted = any(mode not in (None, Mode.ROAD) for mode in modes)
    rolled = (stop.node, "", "lane metres") in known and Mode.AIR not in modes
    amounts: tuple[tuple[What, float], ...] = (
        ("people", piece.people),
        ("tonnes", piece.tonnes if lifted and not rolled else 0.0),
        ("lane metres", piece.lane_metres if lifted and rolled else 0.0),
    )
    for what, amount in amounts:
        capacity = known.get((stop.node, "", what))
        if amount > 0 and capacity is not None and (not stop.stays or capacity.kind in RECEIVES_ALL):
            yield what, amount

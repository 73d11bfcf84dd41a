"""Ways of a line cut into sections: what is done without changing vehicle and without a halt, by one fleet or on the own wheels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice, pairwise, product

import numpy as np

from casque.deployment.calendar import Mask
from casque.deployment.network import Move, Network, Traveller, link_days
from casque.deployment.translation.clock import DAY, whole
from casque.mission.transport import Lift
from casque.mission.vocabulary import Mode


@dataclass(frozen=True)
class Section:
    """Moves by one vehicle, with the modes by which its start is reached and its end is left."""

    moves: tuple[Move, ...]
    lift: Lift | None
    """The fleet; none where vehicles drive themselves, and people in coaches."""
    before: Mode | None
    onward: Mode | None

    @property
    def mode(self) -> Mode:
        """Mode."""
        return self.moves[0][0].mode

    @property
    def start(self) -> str:
        """Node it leaves."""
        return self.moves[0][1]

    @property
    def end(self) -> str:
        """Node it reaches."""
        return self.moves[-1][2]

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        fleet = "" if self.lift is None else self.lift.id
        return fleet, tuple((link.id, start) for link, start, _ in self.moves), self.before, self.onward

    @property
    def loading(self) -> float:
        """Hours to load; nothing for those who drive."""
        return 0.0 if self.lift is None else self.lift.loading

    @property
    def unloading(self) -> float:
        """Hours to unload."""
        return 0.0 if self.lift is None else self.lift.unloading

    def passages(self) -> tuple[tuple[float, float], ...]:
        """Hours after its start at which each link is entered and left. A link's working day stretches the hours on it over the day."""
        clock, found = self.loading, []
        for link, _, _ in self.moves:
            leaves = clock + DAY * link_days(link, self.lift)
            found.append((clock, leaves))
            clock = leaves
        return tuple(found)

    @property
    def time(self) -> int:
        """Ticks from the start of loading to the end of unloading."""
        return whole(self.passages()[-1][1] + self.unloading)

    @property
    def cycle(self) -> float:
        """Hours after which a vehicle can begin the same trip again: out, back and turnaround, stretched by the hours a day it works."""
        if self.lift is None:
            return 0.0
        return (2 * (self.passages()[-1][1] - self.loading) + self.loading + self.unloading) * DAY / self.lift.hours_per_day


@dataclass(frozen=True)
class Gate:
    """Days on which something on the way must be open, so many ticks after a section's start."""

    offset: int
    days: Mask


@dataclass(frozen=True)
class Chain:
    """A way: sections one after the other, the gates of each, and the ticks that must pass at its start before it begins."""

    sections: tuple[Section, ...]
    gates: tuple[tuple[Gate, ...], ...]
    dwells: tuple[int, ...]

    @property
    def moves(self) -> tuple[Move, ...]:
        """All moves."""
        return tuple(move for section in self.sections for move in section.moves)

    def arrival(self, ready: int) -> int | None:
        """Tick of arrival with the whole network to oneself, waiting for openings; none where something never opens again."""
        clock = ready
        for section, gates, dwell in zip(self.sections, self.gates, self.dwells, strict=True):
            begins = next_open(gates, clock + dwell)
            if begins is None:
                return None
            clock = begins + section.time
        return clock

    def release(self, available: int | None, earliest: int | None) -> int:
        """Tick before which it must not begin, so that it is at the ports of embarkation and debarkation on their first ticks."""
        head = 0
        for section, dwell in zip(self.sections, self.dwells, strict=True):
            head += dwell
            if section.mode in (Mode.AIR, Mode.SEA):
                lands = head + int(section.passages()[-1][1])
                return max(-1 if available is None else available - head, -1 if earliest is None else earliest - lands)
            head += section.time
        return -1

    @property
    def signature(self) -> tuple[object, ...]:
        """What tells it from other ways of a line."""
        return tuple(section.key for section in self.sections)

    @property
    def label(self) -> str:
        """The same in text: fleets with the links that they go by."""
        parts = (
            (lift, ",".join(f"{start}/{link.id}" for link, start, _ in part.moves))
            for lift, part in zip(self.lifts, self.sections, strict=True)
        )
        return " ".join(f"{lift}:{links}" for lift, links in parts)

    @property
    def lifts(self) -> tuple[str, ...]:
        """Fleets in order; empty for a section that is driven."""
        return tuple("" if section.lift is None else section.lift.id for section in self.sections)

    @property
    def modes(self) -> frozenset[Mode]:
        """Modes that it goes by."""
        return frozenset(section.mode for section in self.sections)

    @property
    def fleets(self) -> frozenset[str]:
        """Fleets that it goes by."""
        return frozenset(section.lift.id for section in self.sections if section.lift is not None)


def next_open(gates: tuple[Gate, ...], tick: int) -> int | None:
    """The first tick from one on at which all gates let a section begin; none where that never comes."""
    moved = True
    while moved:
        moved = False
        for gate in gates:
            day = (tick + gate.offset) // DAY
            later = np.flatnonzero(gate.days[day:])
            if not len(later):
                return None
            if later[0] > 0:
                tick, moved = (day + int(later[0])) * DAY - gate.offset, True
    return tick


def chains(network: Network, traveller: Traveller, moves: tuple[Move, ...], most: int) -> list[Chain]:
    """The ways over a path, with each combination of fleets that may serve it, the strongest fleets first."""
    pieces: list[list[tuple[Move, ...]]] = []
    for mode, group in groupby(moves, key=lambda move: move[0].mode):
        pieces.extend([part] for part in _halts(network, mode, tuple(group)))
    runs = [piece[0] for piece in pieces]
    options: list[list[Lift | None]] = []
    for run in runs:
        fleets: list[Lift | None] = [None] if run[0][0].mode is Mode.ROAD else list(network.serving(run, traveller))
        options.append([lift for lift in fleets if _works(run, lift)])
    return [_chain(network, traveller, runs, lifts) for lifts in islice(product(*options), most)]


def seasons(network: Network, moves: tuple[Move, ...]) -> list[tuple[Move, ...]]:
    """The same path at other times of the year: with other links between the same nodes, by the same mode, that are open then."""
    options: list[list[Move]] = []
    for link, start, end in moves:
        beside = [(other, start, end) for other, to in network.leaving[start] if to == end and other.mode is link.mode]
        options.append([(link, start, end), *(move for move in beside if move[0] is not link and not network.link_days(move[0]).all())])
    first = {int(np.argmax(days)) for some in options for move in some if (days := network.link_days(move[0])).any() and not days.all()}
    found: dict[tuple[str, ...], tuple[Move, ...]] = {tuple(link.id for link, _, _ in moves): moves}
    for day in sorted(first):
        other = tuple(next((move for move in some if network.link_days(move[0])[day]), some[0]) for some in options)
        found.setdefault(tuple(link.id for link, _, _ in other), other)
    return list(found.values())[1:]


def _halts(network: Network, mode: Mode, run: tuple[Move, ...]) -> list[tuple[Move, ...]]:
    """Moves of one mode, cut where they are handled on the way."""
    parts: list[list[Move]] = [[]]
    for move in run:
        if parts[-1] and network.dwell(move[1], mode, mode) > 0:
            parts.append([])
        parts[-1].append(move)
    return [tuple(part) for part in parts]


def _works(run: tuple[Move, ...], lift: Lift | None) -> bool:
    return all(np.isfinite(link_days(link, lift)) for link, _, _ in run) and (lift is None or lift.hours_per_day > 0)


def _chain(network: Network, traveller: Traveller, runs: list[tuple[Move, ...]], lifts: tuple[Lift | None, ...]) -> Chain:
    sections: list[Section] = []
    for number, (run, lift) in enumerate(zip(runs, lifts, strict=True)):
        before = runs[number - 1][0][0].mode if number else None
        onward = runs[number + 1][0][0].mode if number + 1 < len(runs) else None
        sections.append(Section(run, lift, before, onward))
    dwells = [0, *(_dwell(network, traveller, before, part) for before, part in pairwise(sections))]
    return Chain(tuple(sections), tuple(_gates(network, traveller, section) for section in sections), tuple(dwells))


def _dwell(network: Network, traveller: Traveller, before: Section, part: Section) -> int:
    """Ticks between two sections beside unloading, and loading of ships: a port's time between arriving and moving on includes them.

    The quickest loading of all ships that a traveller could take counts, so that it can take whichever comes.
    """
    loading = min((ship.turnaround / 2 for ship in network.fleets(Mode.SEA, traveller)), default=0.0) if part.mode is Mode.SEA else 0.0
    hours = DAY * network.dwell(part.start, part.before, part.mode) - before.unloading - loading
    return whole(hours) if hours > 1e-6 else 0


def _gates(network: Network, traveller: Traveller, section: Section) -> tuple[Gate, ...]:
    """What has to be open on the way: the start of the journey, each link when it is entered, each node when it is reached, the fleet."""
    found: dict[int, Mask] = {}

    def add(offset: float, days: Mask) -> None:
        if not days.all():
            key = int(offset)
            found[key] = found[key] & days if key in found else days

    if section.before is None:
        start = network.nodes[section.start]
        add(0, network.calendar.between(start.opens, start.closes))
    if section.lift is not None:
        add(0, network.calendar.between(section.lift.first_day, section.lift.last_day))
    for (link, _, end), (enters, leaves) in zip(section.moves, section.passages(), strict=True):
        add(enters, network.link_days(link))
        add(leaves, network.node_days(end, traveller))
    return tuple(Gate(offset, found[offset]) for offset in sorted(found))

"""Routes of a load: a path with a fleet for each haul, cut into the stages between which the load may wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice, product
from math import floor, inf

import numpy as np
from numpy.typing import NDArray

from casque.deployment.calendar import Mask
from casque.deployment.capacity import Cargo, Register, Use, works
from casque.deployment.network import Move, Network, Traveller, link_days
from casque.mission.transport import Lift
from casque.mission.vocabulary import Mode

Ints = NDArray[np.int64]

Haul = tuple[tuple[Move, ...], Lift | None]
"""Moves made without changing vehicle, and the fleet; none where vehicles drive themselves."""


@dataclass(frozen=True)
class Hop:
    """One link of a route; `departs` and `arrives` are days from the start of a journey without any waiting."""

    link: str
    start: str
    end: str
    mode: Mode
    departs: float
    arrives: float


@dataclass(frozen=True)
class Stage:
    """A haul that runs through once begun. Days of a stage are counted by the start of the journey had there been no waiting."""

    hops: tuple[Hop, ...]
    fleet: str
    uses: tuple[Use, ...]
    open: Mask
    """Whether the stage may begin, by day counted so."""


@dataclass(frozen=True)
class Route:
    """A way for one load, with its draw on capacities laid out as flat arrays for the flow computation."""

    stages: tuple[Stage, ...]
    total: float
    """Days from leaving home to arriving, without any waiting."""
    open: NDArray[np.bool_]
    """Stage x day."""
    starts: Ints
    """Index of the first use of each stage, and behind the last."""
    uses: Ints
    """Use x (resource, shift, width)."""
    amounts: NDArray[np.float64]
    """Draw of the whole load, by use."""

    @property
    def repeats(self) -> bool:
        """Whether two of its stages draw on the same capacity."""
        return len(set(self.uses[:, 0].tolist())) < len(self.uses)

    def soonest(self, ready: int) -> float:
        """Day index of arrival when nobody else moves, waiting for openings where needed; infinity where it never opens."""
        begins = ready
        for mask in self.open:
            later = np.flatnonzero(mask[begins:])
            if not len(later):
                return inf
            begins += int(later[0])
        return begins + self.total

    @property
    def fleets(self) -> tuple[str, ...]:
        """Fleets in order."""
        return tuple(stage.fleet for stage in self.stages if stage.fleet)


def hauls(network: Network, traveller: Traveller, moves: tuple[Move, ...], most: int) -> list[tuple[Haul, ...]]:
    """The path cut into hauls, with each combination of fleets that may serve it, the strongest fleets first."""
    pieces: list[list[Haul]] = []
    for mode, group in groupby(moves, key=lambda move: move[0].mode):
        run = tuple(group)
        if mode is Mode.ROAD:
            pieces.extend([((move,), None)] for move in run if works((move,), None))
            if not works(run, None):
                return []
        else:
            pieces.append([(run, lift) for lift in network.fleets(mode, traveller) if works(run, lift)])
    return list(islice(product(*pieces), most))


def build(register: Register, traveller: Traveller, cargo: Cargo, chain: Sequence[Haul], port_days: tuple[int | None, int | None]) -> Route:
    """A route from hauls.

    Moments of a journey are kept to a hundredth of a day, about a quarter of an hour.
    `port_days` are the first days at the ports of embarkation and debarkation, as indices; they hold for the first haul by sea or air.
    """
    network, size = register.network, register.calendar.size
    stages: list[Stage] = []
    clock, before, first = 0.0, None, True
    everything = [move for moves, _ in chain for move in moves]
    modes: list[Mode | None] = [move[0].mode for move in everything]
    step = 0
    for moves, lift in chain:
        uses: list[Use] = []
        mask = np.ones(size, dtype=np.bool_)
        hops: list[Hop] = []
        for link, start, end in moves:
            clock = round(clock + network.dwell(start, before, link.mode), 2)
            arrives = round(clock + link_days(link, lift), 2)
            mask &= _shifted(network.link_days(link), floor(clock)) & _shifted(network.node_days(end, traveller), floor(arrives))
            if before is None:
                uses += register.at_node(start, cargo, floor(clock), (None, link.mode))
                mask &= _shifted(network.calendar.between(network.nodes[start].opens, network.nodes[start].closes), floor(clock))
            uses += register.on_link((link, start, end), cargo, floor(clock))
            onward = modes[step + 1] if step + 1 < len(modes) else None
            if network.touches(end, link.mode, onward):
                uses += register.at_node(end, cargo, floor(arrives), (link.mode, onward))
            hops.append(Hop(link.id, start, end, link.mode, clock, arrives))
            clock, before, step = arrives, link.mode, step + 1
        if lift is not None:
            leaves, lands = floor(hops[0].departs), floor(hops[-1].arrives)
            uses += register.in_fleet(lift, moves, cargo, leaves)
            mask &= _shifted(network.calendar.between(lift.first_day, lift.last_day), leaves)
            if first and lift.mode in (Mode.AIR, Mode.SEA):
                mask &= _from(size, port_days[0], leaves) & _from(size, port_days[1], lands)
                first = False
        stages.append(Stage(tuple(hops), "" if lift is None else lift.id, tuple(uses), mask))
    return _laid_out(tuple(stages), clock, size)


def _laid_out(stages: tuple[Stage, ...], total: float, size: int) -> Route:
    uses = [use for stage in stages for use in stage.uses]
    table = np.array([(use.resource, use.shift, use.width) for use in uses], dtype=np.int64).reshape(len(uses), 3)
    return Route(
        stages=stages,
        total=total,
        open=np.array([stage.open for stage in stages], dtype=np.bool_).reshape(len(stages), size),
        starts=np.cumsum([0, *(len(stage.uses) for stage in stages)], dtype=np.int64),
        uses=table,
        amounts=np.array([use.amount for use in uses], dtype=np.float64),
    )


def _shifted(mask: Mask, shift: int) -> Mask:
    """Whether the day `shift` days later is open; behind the calendar nothing is."""
    later = np.zeros(len(mask), dtype=np.bool_)
    if shift < len(mask):
        later[: len(mask) - shift] = mask[shift:]
    return later


def _from(size: int, earliest: int | None, shift: int) -> Mask:
    return np.arange(size) + shift >= (earliest if earliest is not None else -1)

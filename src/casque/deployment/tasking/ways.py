"""Quickest ways: of each fleet by itself, and of cargo that may change from one fleet to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casque.deployment.tasking.picture import Fleet, Picture

Times = npt.NDArray[np.float64]
Nodes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FleetWays:
    """Quickest ways of one fleet, every stop on the way handled; infinite where there is none."""

    time: Times
    """Time by start and end, the handling at the end included."""
    step: Nodes
    """First node on the way."""


@dataclass(frozen=True)
class Ways:
    """Quickest ways of every fleet and of cargo."""

    by_fleet: tuple[FleetWays, ...]
    cargo: Times
    """Time by start and end for cargo that changes vehicles where that is quicker."""
    fleet: Nodes
    """Fleet that carries it first."""
    change: Nodes
    """Node up to which that fleet carries it."""


def ways(picture: Picture, waits: Times, change: float) -> Ways:
    """Quickest ways through the network as it is.

    `waits` is the time lost at a node before a vehicle is handled, `change` the time that cargo waits on average for another vehicle.
    """
    by_fleet = tuple(_fleet_ways(fleet, picture, waits) for fleet in picture.fleets)
    legs = np.stack([found.time for found in by_fleet]) + change
    first = legs.argmin(axis=0)
    best = legs.min(axis=0)
    np.fill_diagonal(best, 0.0)
    nodes = len(picture.slots)
    until = np.tile(np.arange(nodes), (nodes, 1))
    for via in range(nodes):
        through = best[:, via, None] + best[None, via, :]
        shorter = through < best - 1e-9
        best = np.where(shorter, through, best)
        first = np.where(shorter, first[:, via, None], first)
        until = np.where(shorter, until[:, via, None], until)
    return Ways(by_fleet, best, first, until)


def _fleet_ways(fleet: Fleet, picture: Picture, waits: Times) -> FleetWays:
    nodes = len(picture.slots)
    time = np.full((nodes, nodes), np.inf)
    step = np.tile(np.arange(nodes), (nodes, 1))
    for way in fleet.ways:
        taken = way.closed_for + way.time + picture.handling + waits[way.end]
        if taken < time[way.start, way.end]:
            time[way.start, way.end] = taken
    np.fill_diagonal(time, 0.0)
    for via in range(nodes):
        through = time[:, via, None] + time[None, via, :]
        shorter = through < time - 1e-9
        time = np.where(shorter, through, time)
        step = np.where(shorter, step[:, via, None], step)
    return FleetWays(time, step)

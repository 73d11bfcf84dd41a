"""Quickest ways: of each fleet by itself, and of cargo that may change from one fleet to another.

All pairs of nodes at once, by R. W. Floyd's algorithm (Algorithm 97, Communications of the ACM 5(6), 1962).
"""

from __future__ import annotations

from bisect import bisect_left
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
class CargoWays:
    """Quickest ways of cargo that some of the fleets can carry, with a change of vehicles where that is quicker."""

    time: Times
    """Time by start and end, the waiting for every vehicle included; infinite where there is no way."""
    fleet: Nodes
    """Fleet that carries it first."""
    change: Nodes
    """Node up to which that fleet carries it."""


@dataclass(frozen=True)
class Ways:
    """Quickest ways of every fleet and of cargo."""

    by_fleet: tuple[FleetWays, ...]
    payloads: tuple[float, ...]
    """Payloads of the fleets in rising order."""
    by_payload: dict[int, CargoWays]
    """Ways of cargo that fits a payload, by the place of the smallest such payload in `payloads`; only those that some request needs."""

    def cargo(self, weight: float) -> CargoWays:
        """Ways of a request of this weight, by fleets that can carry it. The request has to be one of the picture."""
        return self.by_payload[bisect_left(self.payloads, weight)]


def ways(picture: Picture, waits: Times, change: float) -> Ways:
    """Quickest ways through the network as it is.

    `waits` is the time lost at each node before a vehicle is handled, `change` the time that cargo waits on average for a vehicle.
    """
    by_fleet = tuple(_fleet_ways(fleet, picture, waits) for fleet in picture.fleets)
    payloads = tuple(sorted({fleet.payload for fleet in picture.fleets}))
    legs = np.stack([_served(picture, index, found) for index, found in enumerate(by_fleet)]) + change
    needed = sorted({bisect_left(payloads, request.weight) for request in picture.requests.values()})
    return Ways(by_fleet, payloads, {place: _cargo_ways(picture, payloads[place:], legs) for place in needed})


def _fleet_ways(fleet: Fleet, picture: Picture, waits: Times) -> FleetWays:
    nodes = len(picture.slots)
    time = np.full((nodes, nodes), np.inf)
    step = np.tile(np.arange(nodes), (nodes, 1))
    for way in fleet.ways:
        taken = way.closed_for + way.time + picture.handling + waits[way.end]
        time[way.start, way.end] = min(time[way.start, way.end], taken)
    np.fill_diagonal(time, 0.0)
    for via in range(nodes):
        through = time[:, via, None] + time[None, via, :]
        shorter = through < time - 1e-9
        time = np.where(shorter, through, time)
        step = np.where(shorter, step[:, via, None], step)
    return FleetWays(time, step)


def _served(picture: Picture, fleet: int, found: FleetWays) -> Times:
    """Times of a fleet from those nodes that one of its vehicles can come to; infinite from all others."""
    at = sorted({vehicle.at for vehicle in picture.vehicles.values() if vehicle.fleet == fleet})
    served = np.isfinite(found.time[at]).any(axis=0, keepdims=True).T
    times: Times = np.where(served, found.time, np.inf)
    return times


def _cargo_ways(picture: Picture, payloads: tuple[float, ...], legs: Times) -> CargoWays:
    """Ways of cargo by the fleets with one of these payloads."""
    carries = np.array([fleet.payload in payloads for fleet in picture.fleets])
    legs = np.where(carries[:, None, None], legs, np.inf)
    first, time = legs.argmin(axis=0), legs.min(axis=0)
    np.fill_diagonal(time, 0.0)
    nodes = len(picture.slots)
    until = np.tile(np.arange(nodes), (nodes, 1))
    for via in range(nodes):
        through = time[:, via, None] + time[None, via, :]
        shorter = through < time - 1e-9
        time = np.where(shorter, through, time)
        first = np.where(shorter, first[:, via, None], first)
        until = np.where(shorter, until[:, via, None], until)
    return CargoWays(time, first, until)

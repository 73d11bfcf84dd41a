"""Hauls: which of those given out still stand, and which vehicles fetch the requests that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from casque.deployment.tasking.picture import Haul, Picture, Request, Vehicle
from casque.deployment.tasking.ways import Ways

MISSED = 1e9
"""Added to the time left of what is missed already, so that it comes after everything else."""


@dataclass(frozen=True)
class Params:
    """What steers the tasking of vehicles. The values are ours, a judgement: those that did best where they were tried."""

    change: float = 20.0
    """Time that cargo is thought to lose at each change of vehicle."""
    patience: float = 0.5
    """Share of the time left that a haul may wait for a vehicle which is nearer but still at work."""
    hold: float = 0.4
    """Share of its time to spare that a request may wait for others with the same haul, so that fewer vehicles crowd the nodes."""
    full: float = 0.7
    """Share of a payload that is worth a journey at once."""


def standing(picture: Picture, hauls: Mapping[int, Haul], quickest: Ways) -> dict[int, Haul]:
    """Hauls that still can be done, by vehicle.

    A vehicle whose end is cut off with cargo aboard gets another end: where the cargo can best go on.
    """
    stand: dict[int, Haul] = {}
    carried = {item: name for name, vehicle in picture.vehicles.items() for item in vehicle.aboard}
    for name, haul in hauls.items():
        vehicle = picture.vehicles.get(name)
        if vehicle is None:
            continue
        own = tuple(item for item in haul.requests if _still(picture, item, haul) and carried.get(item, name) == name)
        if own and isfinite(_under_way(vehicle, replace(haul, requests=own), quickest)):
            stand[name] = replace(haul, requests=own)
    for name, vehicle in picture.vehicles.items():
        if vehicle.aboard and name not in stand:
            known = tuple(item for item in vehicle.aboard if item in picture.requests)
            stand[name] = Haul(known, vehicle.at, _onward(picture, vehicle, known, quickest))
    return stand


def _still(picture: Picture, item: int, haul: Haul) -> bool:
    """Whether a request still waits for its haul or is on it; one that was handed over where it had been cut off is not."""
    request = picture.requests.get(item)
    return request is not None and (request.at is None or request.at == haul.start != haul.end)


def _under_way(vehicle: Vehicle, haul: Haul, quickest: Ways) -> float:
    """Time on the way until a haul is done: to its start unless some of it is aboard, and on to its end."""
    time = quickest.by_fleet[vehicle.fleet].time
    if set(haul.requests) & set(vehicle.aboard):
        return float(time[vehicle.at, haul.end])
    return float(time[vehicle.at, haul.start] + time[haul.start, haul.end])


def _onward(picture: Picture, vehicle: Vehicle, aboard: Sequence[int], quickest: Ways) -> int:
    """Where a vehicle best takes what is aboard: the node from which most of it can go on, among those the one on the shortest way."""
    time = quickest.by_fleet[vehicle.fleet].time[vehicle.at]
    stuck, taken = np.where(np.isfinite(time), 0, len(aboard) + 1), time.copy()
    for item in aboard:
        request = picture.requests[item]
        rest = quickest.cargo(request.weight).time[:, request.to]
        stuck = stuck + ~np.isfinite(rest)
        taken += np.where(np.isfinite(rest), rest, 0.0)
    return int(np.lexsort((taken, stuck))[0])


def given(picture: Picture, stand: Mapping[int, Haul], quickest: Ways, params: Params) -> dict[int, Haul]:
    """Those hauls and new ones for what waits, by vehicle: the requests with the least time left first."""
    hauls = dict(stand)
    taken = {item for haul in hauls.values() for item in haul.requests}
    left = {
        item: _left(picture, request, request.at, quickest)
        for item, request in picture.requests.items()
        if request.at is not None and item not in taken
    }
    together = _together(picture, left, quickest)
    for item in sorted(left, key=lambda item: (left[item], item)):
        request = picture.requests[item]
        cargo = quickest.cargo(request.weight)
        if request.at is None or not isfinite(cargo.time[request.at, request.to]):
            continue
        fleet = int(cargo.fleet[request.at, request.to])
        haul = Haul((item,), request.at, int(cargo.change[request.at, request.to]))
        sharing = _shared(picture, hauls, request, fleet, haul)
        if sharing is not None:
            hauls[sharing] = replace(hauls[sharing], requests=(*hauls[sharing].requests, item))
            continue
        spare = request.due - request.ready - float(cargo.time[request.at, request.to])
        enough = together[haul.start, fleet, haul.end] >= params.full * picture.fleets[fleet].payload
        if not enough and left[item] > (1 - params.hold) * spare:
            continue
        name = _fetching(picture, hauls, quickest, fleet, haul, params.patience * max(0.0, left[item]))
        if name is not None:
            hauls[name] = haul
    return hauls


def _left(picture: Picture, request: Request, at: int, quickest: Ways) -> float:
    """Time left before a request is late, the way still to go deducted."""
    left = request.due - max(picture.now, request.ready) - float(quickest.cargo(request.weight).time[at, request.to])
    return left if picture.now <= request.last else left + MISSED


def _together(picture: Picture, waiting: Mapping[int, float], quickest: Ways) -> Mapping[tuple[int, int, int], float]:
    """Weight that waits for the same haul, by its start, fleet and end."""
    weight: dict[tuple[int, int, int], float] = defaultdict(float)
    for item in waiting:
        request = picture.requests[item]
        cargo = quickest.cargo(request.weight)
        if request.at is not None and request.ready <= picture.now:
            weight[request.at, int(cargo.fleet[request.at, request.to]), int(cargo.change[request.at, request.to])] += request.weight
    return weight


def _shared(picture: Picture, hauls: Mapping[int, Haul], request: Request, fleet: int, wanted: Haul) -> int | None:
    """A vehicle with the same haul that has not left yet and has room."""
    if request.ready > picture.now + picture.handling:
        return None
    for name, haul in hauls.items():
        vehicle = picture.vehicles[name]
        if vehicle.fleet != fleet or (haul.start, haul.end) != (wanted.start, wanted.end):
            continue
        if vehicle.aboard and vehicle.at != haul.start:
            continue
        taken = sum(picture.requests[item].weight for item in haul.requests)
        if taken + request.weight <= picture.fleets[fleet].payload:
            return name
    return None


def _fetching(picture: Picture, hauls: Mapping[int, Haul], quickest: Ways, fleet: int, haul: Haul, patience: float) -> int | None:
    """The vehicle that fetches a haul, or None where it is too early to send one or a nearer one will be free in time."""
    ready = picture.requests[haul.requests[0]].ready
    time = quickest.by_fleet[fleet].time
    reached = {
        name: moment
        for name, vehicle in picture.vehicles.items()
        if vehicle.fleet == fleet and isfinite(moment := _arrival(picture, vehicle, hauls.get(name), quickest, haul.start))
    }
    if not reached:
        return None
    soonest = {name: (max(moment, ready), time[picture.vehicles[name].at, haul.start], name) for name, moment in reached.items()}
    there, way, name = min(soonest.values())
    if name in hauls:
        free = {other: moment for other, moment in reached.items() if other not in hauls}
        if not free or there - picture.now <= patience:
            return None
        name = min(free, key=lambda other: (free[other], other))
        way = free[name] - picture.now
    return name if picture.now + way + picture.handling >= ready else None


def _arrival(picture: Picture, vehicle: Vehicle, haul: Haul | None, quickest: Ways, node: int) -> float:
    """Moment at which a vehicle can be at a node, its haul done before; infinite where it cannot."""
    time = quickest.by_fleet[vehicle.fleet].time
    leaves = max(picture.now, vehicle.free)
    if haul is None:
        return float(leaves + time[vehicle.at, node])
    handling = 0.0 if vehicle.aboard else picture.handling
    start = vehicle.at if vehicle.aboard else haul.start
    return float(leaves + time[vehicle.at, start] + handling + time[start, haul.end] + time[haul.end, node])

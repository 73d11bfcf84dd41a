"""Orders for every vehicle from the picture as it is; hauls already given out stand until they are done or can no longer be done.

Each request follows the quickest way through the network, changing vehicles where that is quicker. The part of the way up to the next
change is a haul; requests with the same haul share a vehicle while its payload lasts. Hauls are given out in the order of the time that
their requests have left, each to the vehicle that can be there first. A haul that a vehicle still at work would fetch sooner than any
free one waits for it while there is time. After every change of the picture the same is done again, so a plan never outlives the
network it was made for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from casque.deployment.tasking.picture import Haul, Order, Picture, Request, Vehicle
from casque.deployment.tasking.ways import Times, Ways, ways

__all__ = ["Params", "solve"]


@dataclass(frozen=True)
class Params:
    """What steers the dispatcher."""

    change: float = 20.0
    """Time that cargo is thought to lose at each change of vehicle."""
    patience: float = 0.5
    """Share of the time left that a haul may wait for a vehicle which is nearer but still at work."""
    hold: float = 0.4
    """Share of its time to spare that a request may wait for others with the same haul, so that fewer vehicles crowd the nodes."""
    full: float = 0.7
    """Share of a payload that is worth a journey at once."""


def solve(picture: Picture, hauls: Mapping[int, Haul], params: Params | None = None) -> tuple[dict[int, Order], dict[int, Haul]]:
    """Orders by vehicle, for those that stand at a node, and the hauls then given out, by vehicle.

    `hauls` are those given out before; the same picture and hauls give the same orders.
    """
    params = params or Params()
    quickest = ways(picture, _waits(picture, hauls), params.change)
    kept = _kept(picture, hauls, quickest)
    given = _given(picture, kept, quickest, params)
    orders = {
        name: _order(picture, vehicle, given.get(name), quickest)
        for name, vehicle in picture.vehicles.items()
        if vehicle.free <= picture.now
    }
    return orders, given


def _waits(picture: Picture, hauls: Mapping[int, Haul]) -> Times:
    """Time lost at each node: the vehicles that are there to be handled or on their way to it, over the slots of the node."""
    standing = np.zeros(len(picture.slots))
    for name, vehicle in picture.vehicles.items():
        if not vehicle.handled and (vehicle.aboard or name in hauls):
            standing[vehicle.at] += 1
    slots = np.maximum(np.array(picture.slots, dtype=float), 1e-6)
    waits: Times = picture.handling * np.floor(standing / slots)
    return waits


def _kept(picture: Picture, hauls: Mapping[int, Haul], quickest: Ways) -> dict[int, Haul]:
    """Hauls that still can be done; one whose cargo is aboard and whose end is cut off is sent to where the cargo still can go on."""
    kept: dict[int, Haul] = {}
    carried = {item: name for name, vehicle in picture.vehicles.items() for item in vehicle.aboard}
    for name, haul in hauls.items():
        vehicle = picture.vehicles[name]
        own = tuple(
            item
            for item in haul.requests
            if item in picture.requests and picture.requests[item].at in (None, haul.start) and carried.get(item, name) == name
        )
        if not own:
            continue
        time = quickest.by_fleet[vehicle.fleet].time
        aboard = [item for item in own if item in vehicle.aboard]
        there = 0.0 if aboard else time[vehicle.at, haul.start]
        if np.isfinite(there + time[vehicle.at if aboard else haul.start, haul.end]):
            kept[name] = replace(haul, requests=own)
    for name, vehicle in picture.vehicles.items():
        if vehicle.aboard and name not in kept:
            onward = _onward(picture, vehicle, quickest)
            known = tuple(item for item in vehicle.aboard if item in picture.requests)
            kept[name] = Haul(known, vehicle.at, onward)
    return kept


def _waits_at(picture: Picture, request: int, node: int) -> bool:
    found = picture.requests.get(request)
    return found is not None and found.at == node


def _onward(picture: Picture, vehicle: Vehicle, quickest: Ways) -> int:
    """Where a vehicle best takes what it has aboard: the node from which the rest of the way is shortest."""
    ends = [picture.requests[item].to for item in vehicle.aboard if item in picture.requests]
    time = quickest.by_fleet[vehicle.fleet].time[vehicle.at]
    if not ends:
        return vehicle.at
    return int(np.argmin(time + quickest.cargo[:, ends].sum(axis=1)))


def _given(picture: Picture, kept: dict[int, Haul], quickest: Ways, params: Params) -> dict[int, Haul]:
    given = dict(kept)
    taken = {item for haul in given.values() for item in haul.requests}
    waiting = sorted(
        (item for item, request in picture.requests.items() if request.at is not None and item not in taken),
        key=lambda item: (_slack(picture, item, quickest), item),
    )
    together = _together(picture, waiting, quickest)
    for item in waiting:
        request = picture.requests[item]
        assert request.at is not None
        if not np.isfinite(quickest.cargo[request.at, request.to]):
            continue
        fleet = int(quickest.fleet[request.at, request.to])
        end = int(quickest.change[request.at, request.to])
        sharing = _shared(picture, given, request, fleet, end)
        if sharing is not None:
            given[sharing] = replace(given[sharing], requests=(*given[sharing].requests, item))
            continue
        spare = request.due - request.ready - float(quickest.cargo[request.at, request.to])
        enough = together[request.at, fleet, end] >= params.full * picture.fleets[fleet].payload
        if not enough and _slack(picture, item, quickest) > (1 - params.hold) * spare:
            continue
        name = _fetches(picture, given, quickest, request, fleet, _slack(picture, item, quickest), params)
        if name is not None:
            given[name] = Haul((item,), request.at, end)
    return given


def _together(picture: Picture, waiting: Sequence[int], quickest: Ways) -> Mapping[tuple[int, int, int], float]:
    """Weight that waits for the same haul, by its start, fleet and end."""
    weight: dict[tuple[int, int, int], float] = defaultdict(float)
    for item in waiting:
        request = picture.requests[item]
        if request.at is not None and request.ready <= picture.now:
            weight[request.at, int(quickest.fleet[request.at, request.to]), int(quickest.change[request.at, request.to])] += request.weight
    return weight


def _slack(picture: Picture, item: int, quickest: Ways) -> float:
    """Time left before a request is late, the way still to go deducted; what is missed already comes last."""
    request = picture.requests[item]
    assert request.at is not None
    left = request.due - max(picture.now, request.ready) - float(quickest.cargo[request.at, request.to])
    return left if picture.now <= request.last else left + 1e9


def _shared(picture: Picture, given: Mapping[int, Haul], request: Request, fleet: int, end: int) -> int | None:
    """A vehicle with the same haul that has not left yet and has room."""
    for name, haul in given.items():
        vehicle = picture.vehicles[name]
        if vehicle.fleet != fleet or haul.start != request.at or haul.end != end or request.ready > picture.now + picture.handling:
            continue
        if vehicle.aboard and vehicle.at != haul.start:
            continue
        if _load(picture, haul) + request.weight <= picture.fleets[fleet].payload:
            return name
    return None


def _load(picture: Picture, haul: Haul) -> float:
    return sum(picture.requests[item].weight for item in haul.requests if item in picture.requests)


def _fetches(
    picture: Picture, given: Mapping[int, Haul], quickest: Ways, request: Request, fleet: int, slack: float, params: Params
) -> int | None:
    """The vehicle that fetches a request, or None where it is too early to send one or a nearer one will be free in time."""
    assert request.at is not None
    time = quickest.by_fleet[fleet].time
    best: tuple[float, float, int] | None = None
    for name, vehicle in picture.vehicles.items():
        if vehicle.fleet != fleet or picture.fleets[fleet].payload < request.weight:
            continue
        haul = given.get(name)
        if haul is None:
            arrives = max(picture.now, vehicle.free) + time[vehicle.at, request.at]
        else:
            leaves = vehicle.at if vehicle.aboard else haul.start
            fetch = 0.0 if vehicle.aboard else time[vehicle.at, haul.start] + picture.handling
            arrives = max(picture.now, vehicle.free) + fetch + time[leaves, haul.end] + time[haul.end, request.at]
        if np.isfinite(arrives):
            key = (max(float(arrives), request.ready), time[vehicle.at, request.at], name)
            best = key if best is None or key < best else best
    if best is None:
        return None
    there, way, name = best
    if name in given:
        patient = there - picture.now <= params.patience * max(0.0, slack)
        if patient:
            return None
        free = [
            (max(picture.now, vehicle.free) + float(time[vehicle.at, request.at]), other)
            for other, vehicle in picture.vehicles.items()
            if other not in given and vehicle.fleet == fleet and np.isfinite(time[vehicle.at, request.at])
        ]
        if not free:
            return None
        there, name = min(free)
        way = there - picture.now
    return name if picture.now + way + picture.handling >= request.ready else None


def _order(picture: Picture, vehicle: Vehicle, haul: Haul | None, quickest: Ways) -> Order:
    step = quickest.by_fleet[vehicle.fleet].step
    if haul is None:
        return Order(unload=tuple(item for item in vehicle.aboard if _done(picture, item, vehicle.at)))
    slack = min((_left(picture, item) for item in haul.requests), default=float("inf"))
    unload = tuple(item for item in vehicle.aboard if vehicle.at == haul.end or _done(picture, item, vehicle.at))
    due = [item for item in haul.requests if item not in vehicle.aboard]
    load = tuple(item for item in due if _waits_at(picture, item, vehicle.at) and picture.requests[item].ready <= picture.now)
    if unload:
        return Order(unload, load, None, slack)
    if due and vehicle.at != haul.start and not vehicle.aboard:
        return Order((), (), int(step[vehicle.at, haul.start]), slack)
    if load or (due and vehicle.at == haul.start):
        return Order((), load, None, slack)
    to = int(step[vehicle.at, haul.end])
    return Order((), (), None if to == vehicle.at else to, slack)


def _done(picture: Picture, item: int, node: int) -> bool:
    request = picture.requests.get(item)
    return request is None or request.to == node


def _left(picture: Picture, item: int) -> float:
    request = picture.requests.get(item)
    return float("inf") if request is None else request.due - picture.now

"""Orders: what a vehicle does next at the node where it stands, so that its haul gets on."""

from __future__ import annotations

from math import inf

from casque.deployment.tasking.picture import Haul, Order, Picture, Vehicle
from casque.deployment.tasking.ways import Ways


def order(picture: Picture, vehicle: Vehicle, haul: Haul | None, quickest: Ways) -> Order:
    """The next order of a vehicle that stands at a node: hand over, take aboard, or go on to the next node; without a haul it stays."""
    if haul is None:
        return Order()
    step = quickest.by_fleet[vehicle.fleet].step
    urgency = min((picture.requests[item].due - picture.now for item in haul.requests), default=inf)
    fetched = [item for item in haul.requests if item not in vehicle.aboard]
    unload = tuple(item for item in vehicle.aboard if vehicle.at == haul.end or _ends(picture, item, vehicle.at))
    load = tuple(item for item in fetched if _ready(picture, item, vehicle.at))
    if unload:
        return Order(unload, load, None, urgency)
    if fetched and not vehicle.aboard and vehicle.at != haul.start:
        return Order((), (), int(step[vehicle.at, haul.start]), urgency)
    if fetched and vehicle.at == haul.start:
        return Order((), load, None, urgency)
    to = int(step[vehicle.at, haul.end])
    return Order((), (), None if to == vehicle.at else to, urgency)


def _ready(picture: Picture, item: int, node: int) -> bool:
    request = picture.requests[item]
    return request.at == node and request.ready <= picture.now


def _ends(picture: Picture, item: int, node: int) -> bool:
    """Whether a request leaves the vehicle here: it has to come to this node, or nobody wants it moved any more."""
    request = picture.requests.get(item)
    return request is None or request.to == node

"""Orders for every vehicle from the picture as it is; hauls already given out stand until they are done or can no longer be done.

Each request follows the quickest way through the network, changing vehicles where that is quicker. The part of the way up to the next
change is a haul; requests with the same haul share a vehicle while its payload lasts. Hauls are given out in the order of the time that
their requests have left, each to the vehicle that can be there first. A request with time to spare waits for others with the same haul,
and a haul that a vehicle still at work would fetch sooner than any free one waits for it while there is time. After every change of the
picture the same is done again, so a plan never outlives the network it was made for.

Known limits: the order of hauls is a rule, not a search, and there is no bound on what it loses; the time lost at a node counts the
vehicles that are there or come to it next, not those further off.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from casque.deployment.tasking.hauls import Params, given, standing
from casque.deployment.tasking.orders import order
from casque.deployment.tasking.picture import Haul, Order, Picture
from casque.deployment.tasking.ways import Times, ways

__all__ = ["Params", "solve"]


def solve(picture: Picture, hauls: Mapping[int, Haul], params: Params | None = None) -> tuple[dict[int, Order], dict[int, Haul]]:
    """Orders by vehicle, for those that stand at a node, and the hauls then given out, by vehicle.

    `hauls` are those that the last call gave out; the picture may have changed in any way since. No request is in two hauls, so no two
    vehicles are told to move it. The same picture and hauls give the same orders.
    """
    params = params or Params()
    quickest = ways(picture, _waits(picture, hauls), params.change)
    now = given(picture, standing(picture, hauls, quickest), quickest, params)
    stands = {name: vehicle for name, vehicle in picture.vehicles.items() if vehicle.free <= picture.now}
    return {name: order(picture, vehicle, now.get(name), quickest) for name, vehicle in stands.items()}, now


def _waits(picture: Picture, hauls: Mapping[int, Haul]) -> Times:
    """Time lost at each node: the vehicles that are there to be handled or on their way to it, over the slots of the node."""
    there = np.zeros(len(picture.slots))
    for name, vehicle in picture.vehicles.items():
        if not vehicle.handled and (vehicle.aboard or name in hauls):
            there[vehicle.at] += 1
    slots = np.maximum(np.array(picture.slots, dtype=float), 1e-6)
    waits: Times = picture.handling * np.floor(there / slots)
    return waits

"""The next order of one vehicle, step by step along a haul."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np

from casque.deployment.tasking.orders import order
from casque.deployment.tasking.picture import Haul, Order, Picture, Request, Vehicle
from casque.deployment.tasking.ways import ways
from tests.deployment.tasking.small_world import HANDLING, fleet, request

HAUL = Haul((7, 8), 1, 3)


def _told(vehicle: Vehicle, requests: dict[int, Request], haul: Haul | None = HAUL) -> Order:
    """The order of a vehicle on a line of four nodes."""
    known = fleet(5, [(0, 1, 4.0), (1, 2, 4.0), (2, 3, 4.0)])
    picture = Picture(10.0, HANDLING, (1,) * 4, (known,), {0: vehicle}, requests)
    return order(picture, vehicle, haul, ways(picture, np.zeros(4), 0.0))


def test_a_vehicle_without_a_haul_stays_and_is_in_no_hurry() -> None:
    assert _told(Vehicle(0, 1, 0.0), {}, None) == Order((), (), None, inf)


def test_along_a_haul_it_fetches_waits_loads_carries_and_hands_over() -> None:
    waiting = {7: request(1, 3), 8: replace(request(1, 3, ready=12.0), due=300.0)}
    aboard = {item: replace(wanted, at=None) for item, wanted in waiting.items()}
    assert _told(Vehicle(0, 0, 0.0), waiting) == Order((), (), 1, 290.0), "to the start; the first is due in 290"
    assert _told(Vehicle(0, 1, 0.0), waiting) == Order((), (7,), None, 290.0), "one is ready, one is not"
    left = {7: aboard[7], 8: waiting[8]}
    assert _told(Vehicle(0, 1, 0.0, aboard=(7,)), left) == Order((), (), None, 290.0), "the other is waited for"
    assert _told(Vehicle(0, 1, 0.0, aboard=(7, 8)), aboard) == Order((), (), 2, 290.0), "one node at a time"
    assert _told(Vehicle(0, 3, 0.0, aboard=(7, 8)), aboard) == Order((7, 8), (), None, 290.0)


def test_cargo_leaves_where_it_has_to_be_although_the_haul_goes_on() -> None:
    aboard = {7: replace(request(1, 2), at=None), 8: replace(request(1, 3), at=None)}
    assert _told(Vehicle(0, 2, 0.0, aboard=(7, 8)), aboard).unload == (7,)


def test_cargo_that_nobody_wants_moved_any_more_leaves_at_the_next_stop() -> None:
    aboard = {8: replace(request(1, 3), at=None)}
    assert _told(Vehicle(0, 2, 0.0, aboard=(7, 8)), aboard, replace(HAUL, requests=(8,))).unload == (7,)

"""Who is given which haul, and which hauls stand when the picture has changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from casque.deployment.tasking.hauls import Params, given, standing
from casque.deployment.tasking.picture import Fleet, Haul, Picture, Request, Vehicle, Way
from casque.deployment.tasking.ways import Ways, ways
from tests.deployment.tasking.small_world import HANDLING, fleet, request

AT_ONCE = Params(hold=0.0)


def _seen(picture: Picture) -> Ways:
    return ways(picture, np.zeros(len(picture.slots)), 0.0)


def _picture(vehicles: dict[int, Vehicle], requests: dict[int, Request], payload: float = 5.0, now: float = 0.0) -> Picture:
    """Three nodes on a line, ten apart."""
    return Picture(now, HANDLING, (1, 1, 1), (fleet(payload, [(0, 1, 10.0), (1, 2, 10.0)]),), vehicles, requests)


def test_the_request_with_the_least_time_left_gets_the_only_vehicle() -> None:
    urgent = replace(request(2, 0), due=100.0)
    picture = _picture({0: Vehicle(0, 1, 0.0)}, {0: request(0, 2), 1: urgent})
    assert given(picture, {}, _seen(picture), AT_ONCE) == {0: Haul((1,), 2, 0)}


def test_what_is_missed_already_comes_last() -> None:
    missed = replace(request(2, 0), due=-50.0, last=-1.0)
    picture = _picture({0: Vehicle(0, 1, 0.0)}, {0: request(0, 2), 1: missed})
    assert given(picture, {}, _seen(picture), AT_ONCE) == {0: Haul((0,), 0, 2)}


def test_the_vehicle_that_can_be_there_first_goes() -> None:
    picture = _picture({0: Vehicle(0, 2, 0.0), 1: Vehicle(0, 0, 12.0), 2: Vehicle(0, 0, 90.0)}, {0: request(0, 1)})
    assert set(given(picture, {}, _seen(picture), AT_ONCE)) == {1}


@pytest.mark.parametrize(("payload", "together"), [(5.0, 1), (3.0, 2)])
def test_requests_share_a_vehicle_while_its_payload_lasts(payload: float, together: int) -> None:
    picture = _picture({0: Vehicle(0, 0, 0.0), 1: Vehicle(0, 0, 0.0)}, {item: request(0, 2, 2.0) for item in range(2)}, payload)
    assert len(given(picture, {}, _seen(picture), AT_ONCE)) == together


def test_a_vehicle_that_has_left_takes_nothing_more_aboard() -> None:
    haul, aboard = Haul((7,), 0, 2), replace(request(0, 2), at=None)
    for at, shared in ((0, True), (1, False)):
        picture = _picture({0: Vehicle(0, at, 0.0, aboard=(7,))}, {7: aboard, 8: request(0, 2)})
        assert (8 in given(picture, {0: haul}, _seen(picture), AT_ONCE)[0].requests) == shared


def test_a_request_waits_for_a_nearer_vehicle_at_work_only_while_there_is_time() -> None:
    vehicles = {0: Vehicle(0, 1, 0.0, aboard=(7,)), 1: Vehicle(0, 2, 0.0)}
    carried, at_work = replace(request(0, 0), at=None), {0: Haul((7,), 1, 0)}
    # The one at work is there after 13; with 26 on the way, half of the time left is 13 where the request is due at 52.
    for due, fetched_by in ((53.0, {0}), (51.0, {0, 1})):
        picture = _picture(vehicles, {7: carried, 8: replace(request(0, 2), due=due)})
        assert set(given(picture, at_work, _seen(picture), AT_ONCE)) == fetched_by


def test_a_journey_waits_for_a_fuller_load_until_its_time_to_spare_is_used_up() -> None:
    # Due at 400 with 26 on the way leaves 374 to spare, of which 0.4 may be waited: 149.6.
    for now, fetched in ((149.0, False), (150.0, True)):
        picture = _picture({0: Vehicle(0, 0, 0.0)}, {0: request(0, 2)}, now=now)
        assert bool(given(picture, {}, _seen(picture), Params(hold=0.4))) == fetched
    full = _picture({0: Vehicle(0, 0, 0.0)}, {0: request(0, 2, 2.0), 1: request(0, 2, 1.5)})
    assert given(full, {}, _seen(full), Params(hold=0.4, full=0.7)) == {0: Haul((0, 1), 0, 2)}, "3.5 of 5 are enough"


def test_hauls_stand_only_for_what_still_waits_or_is_aboard() -> None:
    gone = {0: Haul((7,), 0, 1), 5: Haul((8,), 0, 1)}
    picture = _picture({0: Vehicle(0, 0, 0.0)}, {8: request(0, 1)})
    assert standing(picture, gone, _seen(picture)) == {}, "one request was withdrawn, one vehicle too"
    moved = _picture({0: Vehicle(0, 0, 0.0)}, {7: request(2, 1), 8: request(0, 1)})
    other = _picture({0: Vehicle(0, 0, 0.0), 1: Vehicle(0, 0, 0.0, aboard=(7,))}, {7: replace(request(0, 1), at=None)})
    assert set(standing(other, {0: Haul((7,), 0, 1)}, _seen(other))) == {1}, "another vehicle has it"
    assert standing(moved, {0: Haul((7, 8), 0, 1)}, _seen(moved)) == {0: Haul((8,), 0, 1)}


def test_cargo_that_was_handed_over_where_its_vehicle_was_cut_off_is_free_for_others() -> None:
    picture = _picture({0: Vehicle(0, 1, 0.0)}, {7: request(1, 2)})
    assert standing(picture, {0: Haul((7,), 1, 1)}, _seen(picture)) == {}


def test_cargo_that_is_cut_off_goes_where_most_of_it_can_go_on() -> None:
    slots, onward = (1,) * 4, fleet(5, [(1, 3, 10.0)])
    # The second node is nearer, but a dead end.
    here = Fleet(5, (*fleet(5, [(0, 1, 10.0)]).ways, Way(0, 2, 1.0)))
    aboard = {7: replace(request(0, 3), at=None), 8: replace(request(0, 3), at=None)}
    vehicles = {0: Vehicle(0, 0, 0.0, aboard=(7, 8)), 1: Vehicle(1, 3, 0.0)}
    picture = Picture(0.0, HANDLING, slots, (here, onward), vehicles, aboard)
    assert standing(picture, {0: Haul((7, 8), 0, 3)}, _seen(picture)) == {0: Haul((7, 8), 0, 1)}
    stranded = replace(picture, fleets=(here, fleet(5, [])))
    assert standing(stranded, {0: Haul((7, 8), 0, 3)}, _seen(stranded)) == {0: Haul((7, 8), 0, 0)}, "nobody helps: it stays"

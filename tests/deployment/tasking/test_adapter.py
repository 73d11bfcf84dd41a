"""The adapter to the simulator of the Airlift Challenge, on observations made by hand in the simulator's form."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.airlift.adapter import LAST_PRIORITY, MOVING, NO_AIRPORT, PROCESSING, READY, WAITING, Dispatcher
from casque.deployment.tasking.picture import Order, Request, Vehicle, Way
from casque.deployment.tasking.solve import Params

TIME, COST, HANDLING = 6, 2.5, 9


class Graph:
    """As much of a directed graph of networkx as the adapter reads."""

    def __init__(self, closed_for: int = 0) -> None:
        self.nodes = {node: {"working_capacity": node} for node in (1, 2, 3)}
        self.ways = {(1, 2): closed_for, (2, 1): 0, (2, 3): 0, (3, 2): 0}

    def edges(self, data: bool) -> list[tuple[int, int, dict[str, float]]]:
        assert data
        return [(start, end, {"time": TIME, "cost": COST, "mal": closed}) for (start, end), closed in self.ways.items()]

    def __getitem__(self, start: int) -> dict[int, dict[str, float]]:
        return {end: data for here, end, data in self.edges(data=True) if here == start}


def _cargo(item: int, location: int, destination: int) -> Any:
    return SimpleNamespace(
        id=item, location=location, destination=destination, weight=2, earliest_pickup_time=0, soft_deadline=300, hard_deadline=500
    )


def _seen(cargo: list[Any], closed_for: int = 0, **aircraft: dict[str, Any]) -> dict[str, Any]:
    state = {
        "route_map": {7: Graph(closed_for)},
        "plane_types": [SimpleNamespace(id=7, max_weight=5)],
        "scenario_info": [SimpleNamespace(processing_time=HANDLING)],
        "active_cargo": cargo,
    }
    stands = {
        "plane_type": 7,
        "state": READY,
        "current_airport": 1,
        "destination": NO_AIRPORT,
        "cargo_onboard": [],
        "available_routes": [2],
    }
    return {name: {**stands, **changed, "globalstate": state} for name, changed in aircraft.items()}


def _at_once() -> Dispatcher:
    return Dispatcher(Params(hold=0.0))


def test_airports_count_from_nought_and_a_step_more_passes_on_the_way_and_in_handling() -> None:
    picture = _at_once().picture(_seen([_cargo(4, 1, 3)], closed_for=5, a={}), ["a"])
    assert picture.slots == (1, 2, 3)
    assert picture.handling == HANDLING + 1
    assert picture.fleets[0].payload == 5
    assert Way(0, 1, TIME + 1, COST, 5) in picture.fleets[0].ways
    assert picture.requests == {4: Request(0, 2, 2.0, 0.0, 300.0, 500.0)}


@pytest.mark.parametrize(
    ("seen", "vehicle"),
    [
        ({"state": READY}, Vehicle(0, 0, 0.0, (), True)),
        ({"state": WAITING, "cargo_onboard": [4]}, Vehicle(0, 0, 0.0, (4,), False)),
        ({"state": PROCESSING}, Vehicle(0, 0, (HANDLING + 1) / 2, (), False)),
        ({"state": MOVING, "destination": 2}, Vehicle(0, 1, TIME, (), False)),
    ],
)
def test_an_aircraft_is_where_it_stands_or_comes_to_and_free_from_then(seen: dict[str, Any], vehicle: Vehicle) -> None:
    assert _at_once().picture(_seen([], a=seen), ["a"]).vehicles == {0: vehicle}


def test_cargo_aboard_or_being_handled_waits_nowhere() -> None:
    picture = _at_once().picture(_seen([_cargo(4, 1, 3), _cargo(5, NO_AIRPORT, 3)], a={"cargo_onboard": [4]}), ["a"])
    assert [item.at for item in picture.requests.values()] == [None, None]


def test_an_aircraft_loads_takes_off_for_the_next_airport_and_hands_over_at_the_last() -> None:
    dispatcher = _at_once()
    idle: dict[str, Any] = {"priority": 1, "cargo_to_load": [], "cargo_to_unload": [], "destination": NO_AIRPORT}
    loads = dispatcher.policies(_seen([_cargo(4, 1, 3)], a={}, b={"current_airport": 3, "available_routes": [2]}), {})
    assert (loads["a"]["cargo_to_load"], loads["a"]["destination"]) == ([4], NO_AIRPORT)
    assert (loads["b"]["cargo_to_load"], loads["b"]["destination"]) == ([], NO_AIRPORT)
    aboard = [_cargo(4, NO_AIRPORT, 3)]
    assert dispatcher.policies(_seen(aboard, a={"state": PROCESSING}), {})["a"] == idle, "nothing is told to one that is handled"
    takes_off = dispatcher.policies(_seen(aboard, a={"cargo_onboard": [4]}), {})["a"]
    assert (takes_off["cargo_to_load"], takes_off["destination"]) == ([], 2)
    hands_over = dispatcher.policies(_seen(aboard, a={"state": WAITING, "current_airport": 3, "cargo_onboard": [4]}), {})["a"]
    assert hands_over["cargo_to_unload"] == [4]


def test_a_closed_route_is_waited_for_on_the_ground() -> None:
    dispatcher = _at_once()
    dispatcher.policies(_seen([_cargo(4, 1, 3)], a={}), {})
    closed = _seen([_cargo(4, NO_AIRPORT, 3)], closed_for=8, a={"cargo_onboard": [4], "available_routes": []})
    assert dispatcher.policies(closed, {})["a"]["destination"] == NO_AIRPORT


def test_an_aircraft_keeps_its_place_in_the_queue_until_it_has_been_handled() -> None:
    dispatcher = _at_once()
    waits, ready = (_seen([], a={"state": state})["a"] for state in (WAITING, READY))
    for urgency, seen, priority in ((250.0, waits, 3), (150.0, waits, 3), (150.0, ready, 3), (150.0, waits, 2), (-40.0, waits, 2)):
        assert dispatcher._action(seen, 0, Order(urgency=urgency))["priority"] == priority
    for urgency, priority in ((-40.0, 1), (9999.0, LAST_PRIORITY - 1), (float("inf"), LAST_PRIORITY)):
        assert _at_once()._action(waits, 0, Order(urgency=urgency))["priority"] == priority


def test_a_new_episode_starts_afresh() -> None:
    dispatcher = _at_once()
    dispatcher.policies(_seen([_cargo(4, 1, 3)], a={"current_airport": 2}), {})
    assert dispatcher.hauls
    dispatcher.reset({})
    assert (dispatcher.now, dispatcher.hauls, dispatcher.queued) == (0, {}, {})

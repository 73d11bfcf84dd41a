"""Orders for single vehicles, carried out by a small world that refuses what is impossible."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from casque.deployment.tasking.picture import Fleet, Haul, Picture, Request, Vehicle, Way
from casque.deployment.tasking.solve import Params, solve
from tests.deployment.tasking.small_world import HANDLING, World, body

LINE = ((0, 1, 4.0), (1, 2, 6.0))
AT_ONCE = Params(hold=0.0)


def _fleet(payload: float, ways: Iterable[tuple[int, int, float]]) -> Fleet:
    both = [way for start, end, time in ways for way in (Way(start, end, time), Way(end, start, time))]
    return Fleet(payload, tuple(both))


def _request(at: int, to: int, weight: float = 1.0, ready: float = 0.0) -> Request:
    return Request(at, to, weight, ready, 400.0, 800.0)


def test_one_vehicle_carries_one_request_in_the_time_of_handling_and_travel() -> None:
    world = World((_fleet(5, LINE),), (1, 1, 1), {0: body(0, 0)}, {0: _request(0, 2)}, params=AT_ONCE)
    world.run(100)
    # Handled at the start, under way, handled on the way, under way, handled at the end; each step from one to the next takes one more.
    assert set(world.delivered) == {0}
    assert 3 * HANDLING + 10 <= world.delivered[0] <= 3 * HANDLING + 10 + 6


def test_cargo_changes_vehicles_where_no_fleet_goes_all_the_way() -> None:
    fleets = (_fleet(5, [(0, 1, 4.0)]), _fleet(2, [(1, 2, 6.0)]))
    world = World(fleets, (1, 1, 1), {0: body(0, 1), 1: body(1, 2)}, {0: _request(0, 2), 1: _request(0, 2)})
    world.run(200)
    assert set(world.delivered) == {0, 1}
    assert world.bodies[0].trips == 2, "both travel together on the first fleet: there empty, back laden"


def test_more_than_one_load_takes_more_than_one_journey() -> None:
    world = World((_fleet(2, [(0, 1, 4.0)]),), (1, 1), {0: body(0, 0)}, {item: _request(0, 1) for item in range(5)})
    world.run(300)
    assert set(world.delivered) == set(range(5))
    assert world.bodies[0].trips == 5, "three journeys laden and two back"


def test_a_closed_way_is_gone_round() -> None:
    fleet = _fleet(5, [(0, 1, 4.0), (1, 2, 4.0), (0, 2, 6.0)])
    world = World((fleet,), (1, 1, 1), {0: body(0, 0)}, {0: _request(0, 2)}, {(0, 0, 2): (0.0, 500.0)}, params=AT_ONCE)
    world.run(100)
    assert 0 in world.delivered


def test_nothing_is_sent_before_it_has_to_be_there() -> None:
    picture = Picture(
        now=0.0,
        handling=HANDLING,
        slots=(1, 1),
        fleets=(_fleet(5, [(0, 1, 4.0)]),),
        vehicles={0: Vehicle(0, 1, 0.0, handled=True)},
        requests={0: _request(0, 1, ready=50.0)},
    )
    orders, hauls = solve(picture, {})
    assert not hauls
    assert orders[0].to is None


def test_requests_with_time_to_spare_wait_for_others_and_travel_together() -> None:
    later = {item: _request(0, 1, ready=20.0 * item) for item in range(4)}
    patient = World((_fleet(9, [(0, 1, 4.0)]),), (1, 1), {0: body(0, 0)}, dict(later), params=Params(hold=0.5))
    hasty = World((_fleet(9, [(0, 1, 4.0)]),), (1, 1), {0: body(0, 0)}, dict(later), params=AT_ONCE)
    patient.run(400)
    hasty.run(400)
    assert set(patient.delivered) == set(hasty.delivered) == set(later)
    assert max(patient.delivered.values()) <= 400, "nobody is late"
    assert patient.bodies[0].trips < hasty.bodies[0].trips


def test_a_request_that_nobody_can_reach_stays_without_harm_to_the_others() -> None:
    world = World((_fleet(5, [(0, 1, 4.0)]),), (1, 1, 1), {0: body(0, 0)}, {0: _request(0, 2), 1: _request(0, 1)}, params=AT_ONCE)
    world.run(60)
    assert set(world.delivered) == {1}


def test_a_haul_whose_cargo_is_gone_is_forgotten() -> None:
    picture = Picture(0.0, HANDLING, (1, 1), (_fleet(5, [(0, 1, 4.0)]),), {0: Vehicle(0, 0, 0.0)}, {})
    _, hauls = solve(picture, {0: Haul((7,), 0, 1)})
    assert hauls == {}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    nodes = draw(st.integers(3, 6))
    fleets = []
    for _ in range(draw(st.integers(1, 2))):
        chain = [(node, node + 1, float(draw(st.integers(1, 8)))) for node in range(nodes - 1)]
        more = draw(st.lists(st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), st.integers(1, 8)), max_size=4))
        fleets.append(_fleet(draw(st.integers(3, 6)), [*chain, *((a, b, float(time)) for a, b, time in more if a != b)]))
    vehicles = {name: body(name % len(fleets), draw(st.integers(0, nodes - 1))) for name in range(draw(st.integers(2, 4)))}
    requests = {}
    for item in range(draw(st.integers(1, 8))):
        at, to = draw(st.permutations(range(nodes)))[:2]
        requests[item] = _request(at, to, float(draw(st.integers(1, 3))), float(draw(st.integers(0, 40))))
    closures = {}
    for _ in range(draw(st.integers(0, 3))):
        fleet = draw(st.integers(0, len(fleets) - 1))
        way = draw(st.sampled_from(fleets[fleet].ways))
        first = draw(st.integers(0, 60))
        closures[fleet, way.start, way.end] = (float(first), float(first + draw(st.integers(1, 60))))
    slots = tuple(draw(st.integers(1, 2)) for _ in range(nodes))
    return World(tuple(fleets), slots, vehicles, requests, closures)


@given(worlds())
def test_everything_arrives_whatever_closes_for_a_time(world: World) -> None:
    wanted = set(world.requests)
    world.run(3000)
    assert set(world.delivered) == wanted

"""Orders for single vehicles, carried out by a small world that refuses what is impossible."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.tasking.picture import Picture, Vehicle
from casque.deployment.tasking.solve import Params, solve
from tests.deployment.tasking.small_world import HANDLING, Body, World, fleet, request

LINE = ((0, 1, 4.0), (1, 2, 6.0))
AT_ONCE = Params(hold=0.0)


def test_one_vehicle_carries_one_request_in_the_time_of_handling_and_travel() -> None:
    world = World((fleet(5, LINE),), (1, 1, 1), {0: Body(0, 0)}, {0: request(0, 2)}, params=AT_ONCE)
    world.run(100)
    # Handled at the start, under way, handled on the way, under way, handled at the end; each step from one to the next takes one more.
    assert set(world.delivered) == {0}
    assert 3 * HANDLING + 10 <= world.delivered[0] <= 3 * HANDLING + 10 + 6


def test_cargo_changes_vehicles_where_no_fleet_goes_all_the_way() -> None:
    fleets = (fleet(5, [(0, 1, 4.0)]), fleet(2, [(1, 2, 6.0)]))
    world = World(fleets, (1, 1, 1), {0: Body(0, 1), 1: Body(1, 2)}, {0: request(0, 2), 1: request(0, 2)})
    world.run(200)
    assert set(world.delivered) == {0, 1}
    assert world.bodies[0].trips == 2, "both travel together on the first fleet: there empty, back laden"


def test_more_than_one_load_takes_more_than_one_journey() -> None:
    world = World((fleet(2, [(0, 1, 4.0)]),), (1, 1), {0: Body(0, 0)}, {item: request(0, 1) for item in range(5)})
    world.run(300)
    assert set(world.delivered) == set(range(5))
    assert world.bodies[0].trips == 5, "three journeys laden and two back"


def test_cargo_too_heavy_for_the_quicker_fleet_goes_by_the_slower_one() -> None:
    fleets = (fleet(2, [(0, 1, 4.0)]), fleet(6, [(0, 1, 9.0)]))
    world = World(fleets, (2, 2), {0: Body(0, 0), 1: Body(1, 0)}, {0: request(0, 1, weight=5.0), 1: request(0, 1)}, params=AT_ONCE)
    world.run(100)
    assert set(world.delivered) == {0, 1}
    assert [world.bodies[name].trips for name in (0, 1)] == [1, 1], "each fleet carries what it can carry soonest"


def test_cargo_goes_by_a_fleet_that_has_a_vehicle_to_come() -> None:
    fleets = (fleet(5, [(0, 1, 4.0)]), fleet(5, [(0, 1, 9.0)]))
    world = World(fleets, (1, 1), {0: Body(1, 0)}, {0: request(0, 1)}, params=AT_ONCE)
    world.run(100)
    assert set(world.delivered) == {0}


def test_a_closed_way_is_gone_round() -> None:
    world = World(
        (fleet(5, [(0, 1, 4.0), (1, 2, 4.0), (0, 2, 6.0)]),),
        (1, 1, 1),
        {0: Body(0, 0)},
        {0: request(0, 2)},
        {(0, 0, 2): (0.0, 500.0)},
        params=AT_ONCE,
    )
    world.run(100)
    assert 0 in world.delivered
    assert world.arrivals[0] == [0, 1, 2]


def test_a_vehicle_whose_way_fails_on_the_journey_goes_on_another() -> None:
    sides = [(0, 1, 4.0), (1, 2, 4.0), (1, 3, 9.0), (3, 2, 9.0)]
    world = World((fleet(5, sides),), (1,) * 4, {0: Body(0, 0)}, {0: request(0, 2)}, lost={(0, 1, 2): 6.0}, params=AT_ONCE)
    world.run(100)
    assert world.arrivals[0] == [0, 1, 3, 2]
    assert 0 in world.delivered


def test_a_vehicle_that_is_cut_off_with_its_cargo_hands_it_over() -> None:
    fleets = (fleet(5, LINE), fleet(5, [(1, 2, 30.0)]))
    world = World(fleets, (1, 1, 1), {0: Body(0, 0), 1: Body(1, 2)}, {0: request(0, 2)}, lost={(0, 1, 2): 6.0}, params=AT_ONCE)
    world.run(200)
    assert world.arrivals[0] == [0, 1]
    assert world.arrivals[1] == [2, 1, 2]
    assert 0 in world.delivered


def test_nothing_is_sent_before_it_has_to_be_there() -> None:
    picture = Picture(
        now=0.0,
        handling=HANDLING,
        slots=(1, 1),
        fleets=(fleet(5, [(0, 1, 4.0)]),),
        vehicles={0: Vehicle(0, 1, 0.0, handled=True)},
        requests={0: request(0, 1, ready=50.0)},
    )
    orders, hauls = solve(picture, {}, AT_ONCE)
    assert not hauls
    assert orders[0].to is None


def test_requests_with_time_to_spare_wait_for_others_and_travel_together() -> None:
    later = {item: request(0, 1, ready=20.0 * item) for item in range(4)}
    patient = World((fleet(9, [(0, 1, 4.0)]),), (1, 1), {0: Body(0, 0)}, dict(later), params=Params(hold=0.5))
    hasty = World((fleet(9, [(0, 1, 4.0)]),), (1, 1), {0: Body(0, 0)}, dict(later), params=AT_ONCE)
    patient.run(400)
    hasty.run(400)
    assert set(patient.delivered) == set(hasty.delivered) == set(later)
    assert max(patient.delivered.values()) <= 400, "nobody is late"
    assert patient.bodies[0].trips < hasty.bodies[0].trips


def test_a_request_that_nobody_can_reach_stays_without_harm_to_the_others() -> None:
    stuck = {0: request(0, 2), 1: request(0, 1), 2: request(0, 1, weight=6.0)}
    world = World((fleet(5, [(0, 1, 4.0)]),), (1, 1, 1), {0: Body(0, 0)}, stuck, params=AT_ONCE)
    world.run(60)
    assert set(world.delivered) == {1}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Nodes on a line that the first fleet keeps for good and that others know in part, with ways across that close or are lost."""
    nodes = draw(st.integers(3, 6))
    chain = [(node, node + 1) for node in range(nodes - 1)]
    fleets, fragile = [], []
    for index in range(draw(st.integers(1, 3))):
        known = chain if index == 0 else draw(st.lists(st.sampled_from(chain), min_size=1, unique=True))
        across = draw(st.lists(st.sampled_from([(a, b) for a in range(nodes) for b in range(a + 2, nodes)]), max_size=3, unique=True))
        fleets.append(
            fleet(draw(st.integers(5 if index == 0 else 1, 6)), [(*way, float(draw(st.integers(1, 8)))) for way in (*known, *across)])
        )
        fragile += [(index, *way) for way in across] + [(index, *way) for way in known if index > 0]
    bodies = {name: Body(name % len(fleets), draw(st.integers(0, nodes - 1))) for name in range(draw(st.integers(1, 5)))}
    requests = {}
    for item in range(draw(st.integers(1, 8))):
        at, to = draw(st.permutations(range(nodes)))[:2]
        requests[item] = request(at, to, float(draw(st.integers(1, 5))), float(draw(st.integers(0, 40))))
    closures = {}
    for _ in range(draw(st.integers(0, 3))):
        closed = draw(st.integers(0, len(fleets) - 1))
        way = draw(st.sampled_from(fleets[closed].ways))
        first = draw(st.integers(0, 60))
        closures[closed, way.start, way.end] = (float(first), float(first + draw(st.integers(1, 60))))
    lost = {way: float(draw(st.integers(0, 60))) for way in fragile if draw(st.booleans())}
    slots = tuple(draw(st.integers(1, 2)) for _ in range(nodes))
    return World(tuple(fleets), slots, bodies, requests, closures, lost)


@settings(deadline=None)
@given(worlds())
def test_everything_arrives_whatever_closes_or_is_lost(world: World) -> None:
    """And nothing is told to two vehicles, no vehicle is overladen or takes a way that is gone: the world holds every order to that."""
    wanted = set(world.requests)
    world.run(3000)
    assert set(world.delivered) == wanted
    for name, nodes in world.arrivals.items():
        ways = {(way.start, way.end) for way in world.fleets[world.bodies[name].fleet].ways}
        assert set(pairwise(nodes)) <= ways


@settings(deadline=None, max_examples=30)
@given(worlds(), st.integers(0, 80))
def test_the_same_picture_gives_the_same_orders(world: World, moment: int) -> None:
    world.run(moment)
    before = dict(world.hauls)
    first = solve(world.picture(), before)
    assert solve(world.picture(), before) == first
    assert before == world.hauls, "what the caller holds is left as it was"

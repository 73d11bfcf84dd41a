"""Bounds never pass schedules, on random worlds; on tiny ones every order is tried."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.bound import alone, closure_bound
from casque.deployment.dispatch import dispatch, first_order, score
from casque.deployment.explain import binding, used
from casque.deployment.improve import improve
from casque.deployment.lateness import lateness_bound, spans
from casque.deployment.problem import Params, formulate
from casque.mission.transport import Lift, Link, Node
from casque.mission.vocabulary import Mode, NodeKind
from casque.reference.load import Reference
from tests.deployment import worlds
from tests.deployment.verifier import faults

GOAL = (0, -1.0, -1.0)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_schedules_keep_every_rule_and_bounds_stay_below(seed: int) -> None:
    mission, force = worlds.random_world(seed)
    problem = formulate(mission, worlds.reference(), force, Params())
    movements = improve(problem, Params(iterations=10, seed=seed), GOAL)
    assert faults(mission, worlds.reference(), movements, problem.calendar.first) == []
    assert len(movements) + len(problem.unmoved) == len(force.assignments)
    single = alone(problem, problem.capacity)
    if any(not movement.shipments for movement in movements) or not movements:
        return
    arrivals = {movement.mover.id: movement.arrives for movement in movements}
    _, late, closing = score(problem, movements)
    for index, mover in enumerate(problem.movers):
        assert single.mover(index) <= arrivals[mover.id] + 1e-9
    bound, _ = closure_bound(problem, problem.capacity, single, closing)
    days = [arrivals[mover.id] for mover in problem.movers]
    tight = binding(problem, used(problem, movements))
    late_bound = lateness_bound(problem, problem.capacity, single, days, late, tight, 4.0)
    worse = dispatch(problem, list(reversed(first_order(problem))))
    for other in (movements, worse.movements):
        _, late, closing = score(problem, other)
        assert bound <= closing + 1e-9
        assert late_bound <= late + 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_every_order_of_a_tiny_force_lies_between_bound_and_search(seed: int) -> None:
    mission, force = worlds.random_world(seed, units=4)
    problem = formulate(mission, worlds.reference(), force, Params())
    scores = [score(problem, dispatch(problem, order).movements) for order in permutations(range(len(problem.movers)))]
    found = score(problem, improve(problem, Params(iterations=150), GOAL))
    assert found[:2] == min(scores)[:2]
    single = alone(problem, problem.capacity)
    bound, _ = closure_bound(problem, problem.capacity, single, max(closing for _, _, closing in scores))
    assert bound <= min(closing for _, _, closing in scores) + 1e-9


def certificate(nodes: list[Node], links: list[Link], lifts: list[Lift], units: int, **shape: float) -> tuple[float, float, list[str]]:
    """Closure and its bound, from D-day, of so many units that leave home together, and the capacities that hold it."""
    pledges = [worlds.pledge(f"unit-{number}", "home") for number in range(units)]
    mission = worlds.mission(nodes, links, lifts, pledges, [worlds.entry()])
    problem = formulate(
        mission, worlds.reference(**{"vehicles": 0.0, "lane_metres": 0.0, "tonnes": 0.0} | shape), worlds.force(pledges), Params()
    )
    movements = dispatch(problem, first_order(problem)).movements
    assert faults(mission, worlds.reference(**{"vehicles": 0.0, "lane_metres": 0.0, "tonnes": 0.0} | shape), movements, 0) == []
    closing = score(problem, movements)[2]
    bound, tight = closure_bound(problem, problem.capacity, alone(problem, problem.capacity), closing)
    return closing, bound, [problem.resources[row].id for row in tight]


HOME, BASE = worlds.node("home", NodeKind.HOME, "sender"), worlds.node("base", NodeKind.BASE)


def test_the_bound_meets_the_closure_of_one_airfield() -> None:
    """900 people through a field that takes 90 a day need ten days, the first of them the day of the flight; then a day by road."""
    nodes = [HOME, worlds.node("field", NodeKind.AIRPORT, people_per_day=90.0), BASE]
    links = [worlds.link("home", "field", Mode.AIR, 2400.0, 400.0), worlds.link("field", "base")]
    planes = worlds.lift("planes", Mode.AIR, 1000, people=100.0, speed=400.0)
    closing, bound, tight = certificate(nodes, links, [planes], 9)
    assert bound == closing == pytest.approx(9 + 0.25 + 1, abs=0.011)
    assert tight == ["node field people"]


def test_the_bound_meets_the_closure_of_one_quay() -> None:
    """Six units of 150 lane metres over a quay of 100 m a day need nine days; the crossing takes ten, the road one."""
    nodes = [HOME, worlds.node("port", NodeKind.SEAPORT, lane_metres_per_day=100.0), worlds.node("field", NodeKind.AIRPORT), BASE]
    links = [
        worlds.link("home", "port", Mode.SEA, 2400.0),
        worlds.link("port", "base"),
        worlds.link("home", "field", Mode.AIR, 400.0, 400.0),
        worlds.link("field", "base"),
    ]
    lifts = [
        worlds.lift("ships", Mode.SEA, 1000, lane_metres=1000.0),
        worlds.lift("planes", Mode.AIR, 1000, people=100.0, speed=400.0),
    ]
    closing, bound, tight = certificate(nodes, links, lifts, 6, vehicles=10.0, lane_metres=150.0)
    assert bound == closing == 10 + 8 + 1
    assert tight == ["node port lane metres"]


def test_the_bound_meets_the_closure_of_one_railhead() -> None:
    """Five units of 120 t at a railhead that unloads 50 t a day need twelve days; the line takes two."""
    nodes = [HOME, worlds.node("base", NodeKind.BASE, tonnes_per_day=50.0)]
    trains = worlds.lift("trains", Mode.RAIL, 1000, tonnes=100.0, people=100.0)
    closing, bound, tight = certificate(nodes, [worlds.link("home", "base", Mode.RAIL, 480.0)], [trains], 5, vehicles=10.0, tonnes=120.0)
    assert bound == closing == 2 + 11
    assert tight == ["node base tonnes"]


def test_the_bound_meets_the_closure_of_one_shuttle() -> None:
    """Eight full trips of one aircraft that is back after two days: the last leaves on day 14 and lands a day later."""
    nodes = [HOME, worlds.node("base", NodeKind.AIRPORT)]
    plane = worlds.lift("plane", Mode.AIR, 1, people=100.0)
    closing, bound, tight = certificate(nodes, [worlds.link("home", "base", Mode.AIR)], [plane], 8)
    assert bound == closing == 14 + 1
    assert tight == ["fleet plane"]


def test_the_bound_counts_two_roads_together() -> None:
    """39 coaches over roads that take 2 and 3 a day leave on eight days, the last of them day 7; the way takes two."""
    nodes = [HOME, worlds.node("left"), worlds.node("right"), BASE]
    links = [
        worlds.link("home", "left", vehicles_per_day=2.0),
        worlds.link("left", "base"),
        worlds.link("home", "right", vehicles_per_day=3.0),
        worlds.link("right", "base"),
    ]
    closing, bound, tight = certificate(nodes, links, [], 13)
    assert closing >= bound == 7 + 2
    assert tight == ["link home-left-road home left", "link home-right-road home right"]


def test_the_bound_meets_the_closure_of_one_narrow_road() -> None:
    """Work of 12 days forced through one road after the last unit is ready."""
    nodes = [worlds.node("home", NodeKind.HOME, "sender"), worlds.node("base", NodeKind.BASE)]
    units = [worlds.pledge(f"unit-{number}", "home", ready=number) for number in range(6)]
    mission = worlds.mission(nodes, [worlds.link("home", "base", vehicles_per_day=5.0)], [], units, [worlds.entry()])
    problem = formulate(mission, worlds.reference(vehicles=7.0), worlds.force(units), Params())
    state = dispatch(problem, first_order(problem))
    closing = score(problem, state.movements)[2]
    bound, tight = closure_bound(problem, problem.capacity, alone(problem, problem.capacity), closing)
    assert bound == closing == 12
    assert [problem.resources[row].id for row in tight] == ["link home-base-road home base"]


def test_the_verifier_weighs_loads_by_itself() -> None:
    """A schedule made for lighter units than those written is found out, in vehicles, tonnes and coaches."""
    nodes = [HOME, worlds.node("base", NodeKind.BASE, tonnes_per_day=50.0)]
    units = [worlds.pledge("unit", "home")]
    lifts = [worlds.lift("trains", Mode.RAIL, 1000, tonnes=100.0, people=100.0)]
    rail, road = worlds.link("home", "base", Mode.RAIL), worlds.link("home", "base", vehicles_per_day=10.0)
    for link, light, heavy in (
        (road, worlds.reference(vehicles=10.0), worlds.reference(vehicles=20.0)),
        (rail, worlds.reference(tonnes=50.0), worlds.reference(tonnes=100.0)),
        (road, _seats(50.0), _seats(5.0)),
    ):
        mission = worlds.mission(nodes, [link], lifts, units, [worlds.entry()])
        problem = formulate(mission, light, worlds.force(units), Params())
        movements = dispatch(problem, [0]).movements
        assert faults(mission, light, movements, 0) == []
        assert any("takes" in fault for fault in faults(mission, heavy, movements, 0))


def _seats(number: float) -> Reference:
    """Coaches of so many seats, and units without vehicles."""
    base = worlds.reference(vehicles=0.0)
    factor = base.factors["movement.coach-seats"].model_copy(update={"value": number})
    return base.model_copy(update={"factors": {**base.factors, "movement.coach-seats": factor}})


def test_spans_cover_every_day_once() -> None:
    runs = spans(3, 200)
    assert runs[0] == (3, 3)
    assert [day for first, last in runs for day in range(first, last + 1)] == list(range(3, 201))

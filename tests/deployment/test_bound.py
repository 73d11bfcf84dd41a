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
from casque.mission.vocabulary import NodeKind
from tests.deployment import worlds
from tests.deployment.verifier import faults

GOAL = (0, -1.0, -1.0)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_schedules_keep_every_rule_and_bounds_stay_below(seed: int) -> None:
    mission, force = worlds.random_world(seed)
    problem = formulate(mission, worlds.reference(), force, Params())
    movements = improve(problem, Params(iterations=10, seed=seed), GOAL)
    assert faults(mission, movements, problem.calendar.first, 1.0, 1.0) == []
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


def test_spans_cover_every_day_once() -> None:
    runs = spans(3, 200)
    assert runs[0] == (3, 3)
    assert [day for first, last in runs for day in range(first, last + 1)] == list(range(3, 201))

"""The scheduler keeps every rule on networks drawn at random, and its bounds stay below what it finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.schedule.balance import balance
from casque.deployment.schedule.bound import Level, alone, ascend, proven
from casque.deployment.schedule.relaxed import counters_of, items_of
from casque.deployment.schedule.score import completion
from casque.deployment.schedule.solve import Params, first_plans, solve
from casque.deployment.verify import faults
from tests.deployment.schedule.lanes import drawn

LEVELS = (Level(24, 6, 20, 1e-1, 1e-2), Level(12, 3, 10, 1e-2, 1e-3))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 14))
def test_every_schedule_keeps_every_rule(seed: int, groups: int) -> None:
    world = drawn(seed, groups)
    found = solve(world, Params(seed=seed, iterations=15))
    assert faults(world, found.plan) == []
    assert found.score.behind == 0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(8, 20), st.integers(70, 110))
def test_what_the_horizon_leaves_behind_breaks_no_rule(seed: int, groups: int, horizon: int) -> None:
    world = drawn(seed, groups, horizon)
    found = solve(world, Params(seed=seed, iterations=10))
    assert faults(world, found.plan) == []
    assert found.score.behind == int((found.plan.arrival < 0).sum())


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 10))
def test_no_schedule_passes_the_bounds(seed: int, groups: int) -> None:
    world = drawn(seed, groups)
    found = solve(world, Params(seed=seed, iterations=40))
    assert (found.plan.arrival >= alone(world)).all()
    items, counters = items_of(world), counters_of(world, 24, found.plan)
    by_work = balance(world, items, counters, 60)
    assert 0 < by_work.closure <= found.score.closure
    assert by_work.weight.sum() == pytest.approx(1.0)
    prices = ascend(world, items, found.plan, max(1.0, found.score.lateness), LEVELS)
    assert proven(world, items, prices) <= found.score.lateness + 1e-6
    # A deadline that a schedule meets is never refuted, whatever the prices.
    met = ascend(world, items, found.plan, 1.0, LEVELS, deadline=found.score.closure)
    assert proven(world, items, met, found.score.closure) <= 1e-6


def test_same_seed_same_schedule_and_search_never_worsens() -> None:
    world = drawn(7, 12)
    first = first_plans(world, Params())
    one, two = (solve(world, Params(seed=3, iterations=120)) for _ in range(2))
    assert one.score == two.score
    assert all(np.array_equal(a, b) for a, b in zip(one.plan, two.plan, strict=True))
    assert one.score < first.score


def test_stopped_search_gives_the_best_so_far() -> None:
    world = drawn(7, 12)
    told: list[int] = []

    def stop(iteration: int, _: object) -> bool:
        told.append(iteration)
        return iteration < 5

    found = solve(world, Params(iterations=10_000), stop)
    assert told == list(range(6))
    assert faults(world, found.plan) == []
    assert found.score <= first_plans(world, Params()).score


@pytest.mark.parametrize("what", ["early", "vanish", "teleport", "overfull", "twice", "alone"])
def test_the_verifier_sees_what_is_wrong(what: str) -> None:
    world = drawn(11, 8)
    plan = solve(world, Params(iterations=5)).plan
    start, arrival, vehicle, route = plan.start.copy(), plan.arrival.copy(), plan.trip_vehicle.copy(), plan.route.copy()
    capacity = world.capacity
    if what == "early":
        start[0, 1] -= 1
    elif what == "vanish":
        arrival[0] = -1
    elif what == "teleport":
        vehicle = np.zeros_like(vehicle)
    elif what == "overfull":
        capacity = capacity * 0.01
    elif what == "twice":
        route[0] = len(world.route_first) - 2 if route[0] == 0 else 0
    else:
        world = world._replace(ahead=-200)
    broken = plan._replace(start=start, arrival=arrival, trip_vehicle=vehicle, route=route)
    assert faults(world, plan) == [] or what == "alone"
    assert faults(world._replace(capacity=capacity), broken)


def test_completion_counts_the_last_load() -> None:
    world = drawn(3, 5)
    plan = first_plans(world, Params()).plan
    assert completion(world, plan).tolist() == [int(plan.arrival[world.load_group == group].max()) for group in range(5)]

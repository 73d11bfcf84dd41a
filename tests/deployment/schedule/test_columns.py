"""Prices from the linear programs: they steer, and the bounds that they give hold for every schedule."""

from __future__ import annotations

import numpy as np
import pytest

from casque.deployment.schedule.bound import proven
from casque.deployment.schedule.columns import guide, sample
from casque.deployment.schedule.relaxed import counters_of, items_of
from casque.deployment.schedule.solve import Params, solve
from casque.deployment.schedule.steering import steering
from casque.deployment.schedule.work import pooled, work
from tests.deployment.schedule.lanes import drawn


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_bound_of_the_columns_holds_and_says_something(seed: int) -> None:
    world = drawn(seed, 60, 1500)
    steer = steering(world)
    guided = guide(world, steer, 15)
    found = solve(world, Params(iterations=60))
    bound = proven(world, items_of(world), guided.prices)
    assert found.score.behind == 0
    assert 0.3 * found.score.lateness < bound <= found.score.lateness
    assert guided.wanted.max() < world.horizon


def test_without_rounds_the_bound_holds_too() -> None:
    world = drawn(4, 30, 900)
    first, more = (proven(world, items_of(world), guide(world, steering(world), rounds).prices) for rounds in (0, 15))
    assert first <= more + 1e-6 <= solve(world, Params(iterations=60)).score.lateness + 1e-6


def test_a_sample_of_all_is_all_and_a_pool_keeps_the_work() -> None:
    world = drawn(5, 12)
    items = items_of(world)
    for ours, theirs in zip(sample(items, 1, 0), items, strict=True):
        assert np.array_equal(ours, theirs)
    whole = work(world, items, counters_of(world, 24))
    pool = pooled(whole)
    rows = len(whole.head)
    assert np.bincount(pool.row, weights=pool.amount, minlength=rows) == pytest.approx(
        np.bincount(whole.row, weights=whole.amount, minlength=rows)
    )
    assert len(pool.item) < len(whole.item)


def test_tolls_are_prices_and_dear_where_work_is_scarce() -> None:
    world = drawn(6, 40, 1500)
    toll = steering(world).toll
    assert (toll >= 0).all()
    assert toll.max() > 0

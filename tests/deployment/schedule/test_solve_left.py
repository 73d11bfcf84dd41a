"""Loads that no vehicle takes are left behind, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from casque.deployment.schedule.fluid import spread
from casque.deployment.schedule.solve import Params, solve
from casque.deployment.verify import faults
from tests.deployment.schedule.lanes import drawn


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_a_load_that_no_fleet_takes_is_left_behind(seed: int) -> None:
    world = drawn(seed, 6)
    big = int(np.flatnonzero(world.load_people == 0)[0])
    share = world.share.copy()
    share[big] = 1.5
    world = world._replace(share=share)
    plain = np.ones(len(world.resource_width) + len(world.fleet_cost))
    nowhere = np.full(world.loads, -1, dtype=np.int64)
    assert spread(world, np.arange(world.loads), nowhere, plain)[big] == -1
    found = solve(world, Params(iterations=30))
    assert faults(world, found.plan) == []
    # Its people never meet it, so they do not go on either.
    mates = (world.load_group == world.load_group[big]) & (world.load_people == 1)
    assert found.plan.arrival[big] == -1
    assert set(np.flatnonzero(found.plan.arrival < 0).tolist()) == {big, *np.flatnonzero(mates).tolist()}

"""The search against the earliest closure that an exhaustive model proves, on small worlds of three units.

No schedule closes before the optimum. That the search comes to it is no theorem: on the 30 worlds of seeds 0 to 29 it did with 8,000
dispatches on all, and with 2,000 on all but seed 20, which closed 12 ticks late. On 40 worlds of four units (seeds 0 to 39) it met 37 with
8,000; the others closed 1, 1 and 12 ticks late. Equality is asserted on seeds and numbers of dispatches with which it was found; the same
seed and number give the same schedule.
"""

from __future__ import annotations

import numpy as np
import pytest

from casque.deployment.schedule.solve import Params, solve
from casque.deployment.schedule.world import World
from casque.deployment.verify import faults
from tests.deployment.schedule.exhaustive import Exhaustive
from tests.deployment.schedule.lanes import drawn

LONG = (2, 20)
"""Seeds that take more than 2,000 dispatches to the optimum."""


def undated(seed: int) -> World:
    """A world in which no group is late, so that closure is what counts first."""
    world = drawn(seed, groups=3, horizon=240)
    return world._replace(group_due=np.full(len(world.group_due), world.horizon, dtype=np.int64))


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 6, 7, 8, *LONG])
def test_closure_equals_the_proven_optimum(seed: int) -> None:
    world = undated(seed)
    found = solve(world, Params(iterations=8000 if seed in LONG else 2000))
    assert faults(world, found.plan) == []
    assert found.score.behind == 0
    assert found.score.closure == Exhaustive(world).closure()


@pytest.mark.parametrize("seed", LONG)
def test_a_short_search_closes_no_earlier_than_the_proven_optimum(seed: int) -> None:
    world = undated(seed)
    found = solve(world, Params(iterations=200))
    assert faults(world, found.plan) == []
    assert found.score.closure >= Exhaustive(world).closure()

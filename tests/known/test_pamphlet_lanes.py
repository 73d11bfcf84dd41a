"""Single lanes close when the closed formulas of air mobility planning say (US Air Force Pamphlet 10-1403, taken at second hand).

missions = cargo / payload, rounded up; cycle = flying time there and back and ground times; flow interval = cycle / aircraft, never below
ground time / working MOG; closure = first arrival + (missions - 1) x flow interval. Ticks are quarters of an hour.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from casque.deployment.schedule.solve import Params, solve
from casque.deployment.verify import faults
from tests.deployment.schedule.lanes import lane


def closure(missions: int, aircraft: int, way: int, load: int, ground: int, mog: int) -> Fraction:
    """The formula, in ticks; the first arrival counts to the end of its ground time."""
    cycle = 2 * way + load + ground
    interval = max(Fraction(cycle, aircraft), Fraction(ground, mog) if mog else Fraction(0))
    return load + way + ground + (missions - 1) * interval


@pytest.mark.parametrize(
    ("missions", "aircraft", "mog"),
    [(1, 1, 0), (2, 1, 0), (17, 1, 0), (40, 1, 1), (11, 2, 0), (31, 5, 0), (30, 12, 1), (61, 20, 1), (64, 9, 1)],
)
@pytest.mark.parametrize(("way", "load", "ground"), [(20, 8, 9), (31, 13, 13), (12, 6, 6)])
def test_lane_closes_as_the_formula_says(missions: int, aircraft: int, mog: int, way: int, load: int, ground: int) -> None:
    """Exact where one figure sets the pace: one aircraft, the working MOG, or full waves of aircraft."""
    paced_by_field = mog == 1 and ground * aircraft >= 2 * way + load + ground
    assert aircraft == 1 or paced_by_field or (mog == 0 and (missions - 1) % aircraft == 0), "no single figure sets the pace; see below"
    world = lane(missions, aircraft, way, load, ground, mog)
    found = solve(world, Params(iterations=0))
    assert faults(world, found.plan) == []
    assert found.score.closure == closure(missions, aircraft, way, load, ground, mog)
    assert len(found.plan.trip_leg) == missions


@pytest.mark.parametrize("missions", range(1, 30))
def test_lane_in_waves_never_closes_later_than_the_formula(missions: int) -> None:
    """The formula spaces the aircraft evenly; let go together they are as early or earlier, by less than a cycle."""
    world = lane(missions, 4, 20, 8, 9)
    found, formula = solve(world, Params(iterations=0)).score.closure, closure(missions, 4, 20, 8, 9, 0)
    assert formula - 57 < found <= formula

"""What lifting a caveat brings, on the example and on the training mission."""

from __future__ import annotations

import pytest

from casque.forces.best_plan import best_plan
from casque.forces.matching.budget import Budget
from casque.forces.problem import problem
from casque.forces.require import solve as require
from casque.forces.waivers import waivers
from casque.mission.folder import read
from casque.plan.waiver import Waiver
from casque.reference.load import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def found() -> dict[str, Waiver]:
    """Caveats of the training mission that bar something."""
    mission = read(ROOT / "missions" / "carana")
    reference = load(mission.overrides)
    wanted = require(mission, reference)
    matching = problem(mission, reference, wanted)
    plan = best_plan(matching, Budget(2.0, 0))
    return {item.caveat: item for item in waivers(mission, reference, wanted, matching, plan, 2.0, 0)}


def test_the_caveat_that_keeps_the_reserve_away_is_worth_most(found: dict[str, Waiver]) -> None:
    first = next(iter(found.values()))
    assert first.caveat == "hel-own-sector"
    assert first.gain > 0
    assert first.people_months > 0
    assert [item.gain for item in found.values()] == sorted((item.gain for item in found.values()), reverse=True)


def test_no_gain_is_below_zero_or_outside_its_band(found: dict[str, Waiver]) -> None:
    for item in found.values():
        assert 0 <= item.low <= item.gain + 1e-9 <= item.high + 2e-9
        assert item.proven == (item.low == item.high)


def test_what_can_be_proven_on_a_small_mission_is(found: dict[str, Waiver]) -> None:
    assert all(item.proven for item in found.values())
    assert min(item.gain for item in found.values()) == 0

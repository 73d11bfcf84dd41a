"""What one more unit brings where money, shares or the nations in a sector are short, against solving anew with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.forces.answers.candidates import candidates
from casque.forces.answers.next_pledge import next_pledges
from casque.forces.answers.parts import Footing
from casque.forces.answers.piece import Clock
from casque.forces.best_plan import best_fill
from casque.forces.limits import people_months
from casque.forces.matching.budget import Budget
from casque.forces.points import RATES
from casque.forces.problem import Problem, bound_together, problem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.forces.random_missions import rich_case

CASES = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
CLOSE = 1e-6


def short_of(kind: str, matching: Problem, reference: Reference) -> Problem:
    """A problem in which something is short: half of what all its units would use up, or one nation in a sector."""
    if kind == "nations":
        return replace(matching, contingents=1, contingents_by_sector={})
    heaviest = [max((people_months(matching.options[i], matching.units, matching) for i in own), default=0.0) for own in matching.by_unit]
    if kind == "money":
        each = sum(reference.value(rate) for rate in RATES)
        return bound_together(replace(matching, budget=max(1.0, each * sum(heaviest) / 2)), reference)
    asked = max(1, sum(map(sum, matching.demand)))
    members = {
        name: member.model_copy(update={"share_at_most": min(1.0, max(0.001, sum(heaviest) / 2 / asked))})
        for name, member in matching.members.items()
    }
    return bound_together(replace(matching, members=members), reference)


def footing_of(matching: Problem, time: float) -> Footing:
    """The footing of the proven plan of a problem."""
    plan = best_fill(matching, Budget(1.0))
    assert plan.value == plan.bound
    clock = Clock(time, 0)
    clock.give(1.0)
    return Footing(replace(matching, excesses=()), tuple(matching.names[index] for index in plan.taken), plan.value, plan.bound, clock)


@pytest.mark.parametrize("kind", ["money", "share", "nations"])
@FEW
@given(number=CASES)
def test_gains_hold_where_something_is_short(example: Mission, reference: Reference, kind: str, number: int) -> None:
    mission, wanted, _ = rich_case(example, number)
    matching = short_of(kind, problem(mission, reference, wanted), reference)
    for time in (4.0, 0.0):
        footing = footing_of(matching, time)
        known = {(item.kind.id, item.sector): item for item in candidates(footing, reference)}
        for asked in next_pledges(footing, reference, 2):
            item = known[asked.unit_type, asked.sector]
            whole = replace(bound_together(replace(item.problem, known={}), reference), excesses=())
            after = best_fill(whole, Budget(1.0))
            assert after.value == after.bound
            true = 100 * (after.value - footing.value) / matching.wanted
            assert asked.low is not None
            assert asked.high is not None
            assert asked.low - CLOSE <= true <= asked.high + CLOSE
            assert asked.low - CLOSE <= asked.gain <= true + CLOSE


def test_without_money_for_anybody_nothing_is_asked_for(example: Mission, reference: Reference) -> None:
    asked = 0
    for number in range(40, 60):
        mission, wanted, _ = rich_case(example, number)
        matching = problem(mission, reference, wanted)
        poor = bound_together(replace(matching, budget=1.0), reference)
        plan = best_fill(poor, Budget(1.0))
        assert plan.value == 0
        assert next_pledges(footing_of(poor, 1.0), reference, 5) == ()
        asked += len(next_pledges(footing_of(matching, 1.0), reference, 5))
    assert asked

"""What is lost without a member or a pair, against brute force, and what must hold of any such loss."""

from __future__ import annotations

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.forces.solve import Params, solve
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from tests.forces.builders import GENERATE, narrowed, random_case
from tests.forces.verifier import brute_force

PLAIN = Params(next_pledges=0, futures=None)
NO_TIME = Params(next_pledges=0, futures=None, what_if_time=0.0)
CASES = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
CLOSE = 1e-6


def lost(mission: Mission, reference: Reference, wanted: RequirementRecord, *members: str) -> float:
    """Points of a hundred that brute force loses when some members leave."""
    rest = tuple(item for item in mission.forces.pledges if item.member not in members)
    asked = sum(reference.value(f"force.weight-{item.priority}") * sum(item.by_month) for item in wanted.lines)
    whole = brute_force(mission, reference, wanted)
    return (
        100 * (whole - brute_force(narrowed(mission, GENERATE, forces=Forces(pledges=rest)), reference, wanted)) / asked if asked else 0.0
    )


@FEW
@given(number=CASES)
def test_the_loss_of_a_member_is_what_brute_force_loses(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, number, units=6)
    record = solve(mission, reference, wanted, PLAIN)
    for item in record.pivotal:
        true = lost(mission, reference, wanted, item.member)
        assert item.low is not None
        assert item.high is not None
        assert item.low - CLOSE <= true <= item.high + CLOSE
        assert item.low - CLOSE <= item.loss <= item.high + CLOSE
        if item.proven:
            assert abs(item.loss - true) < CLOSE


@FEW
@given(number=CASES)
def test_without_any_time_the_intervals_still_hold(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, number, units=6)
    for item in solve(mission, reference, wanted, NO_TIME).pivotal:
        assert item.low is not None
        assert item.high is not None
        assert item.low - CLOSE <= lost(mission, reference, wanted, item.member) <= item.high + CLOSE


@FEW
@given(number=CASES)
def test_a_pair_loses_what_brute_force_loses_and_no_less_than_either(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, number, units=6)
    record = solve(mission, reference, wanted, PLAIN)
    single = {item.member: item for item in record.pivotal}
    named = {item.members: item for item in record.answers.pairs}
    for pair in combinations(sorted({item.member for item in mission.forces.pledges}), 2):
        true = lost(mission, reference, wanted, *pair)
        if pair in named:
            found = named[pair]
            assert found.low - CLOSE <= true <= found.high + CLOSE
            assert found.loss >= max(single[member].loss for member in pair) - CLOSE
            assert abs(found.synergy - (found.loss - sum(single[member].loss for member in pair))) < CLOSE
        else:
            assert true <= record.answers.other_pairs + CLOSE


@FEW
@given(number=CASES)
def test_a_member_without_units_is_not_pivotal(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, number)
    pledged = {item.member for item in mission.forces.pledges}
    for item in solve(mission, reference, wanted, NO_TIME).pivotal:
        assert item.loss >= 0
        if item.member not in pledged:
            assert (item.loss, item.strength, item.proven) == (0, 0, True)


def test_the_lines_that_lose_are_named(example: Mission, reference: Reference) -> None:
    seen = 0
    for number in range(2000, 2010):
        mission, wanted, _ = random_case(example, number, units=6)
        lines = {line.id: line.task for line in wanted.lines}
        for item in solve(mission, reference, wanted, PLAIN).pivotal:
            assert bool(item.lines) == (item.loss > CLOSE)
            for line in item.lines:
                seen += 1
                assert lines[line.line] == line.task
                assert line.people_months > 0
    assert seen

"""The matched force against brute force, an independent verifier, and what must hold of any best plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from casque.errors import CasqueBug
from casque.forces.best_plan import best_fill
from casque.forces.eligibility import Barrier, bars
from casque.forces.matching.budget import Budget
from casque.forces.problem import problem
from casque.forces.require import solve as require
from casque.forces.solve import Params, solve
from casque.mission.engagement import Caveat
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.reference.load import Reference, load
from tests.forces.builders import GENERATE, REQUIRE, line, narrowed, pledge, random_case, random_caveat, random_pledge, requirement, small
from tests.forces.verifier import brute_force, verify

PLAIN = Params(next_pledges=0, futures=None)
CASES = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(number=CASES)
def test_the_fill_is_the_best_of_every_possible_plan(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, number)
    record = solve(mission, reference, wanted, PLAIN)
    assert record.outcome.status == "optimal"
    assert record.outcome.value == brute_force(mission, reference, wanted)
    verify(mission, reference, wanted, record)


@pytest.mark.parametrize("number", range(6))
def test_one_contingent_in_a_sector_is_kept_to(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, 1000 + number)
    record = solve(mission, reference, wanted, Params(next_pledges=0, contingents=1))
    assert record.outcome.value == brute_force(mission, reference, wanted, contingents=1)
    verify(mission, reference, wanted, record, contingents=1)


@FEW
@given(number=CASES)
def test_one_more_pledge_never_lowers_the_fill(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, seed = random_case(example, number, units=7)
    before = solve(mission, reference, wanted, PLAIN)
    more = Forces(pledges=(*mission.forces.pledges, random_pledge(example, seed, 99)))
    after = solve(narrowed(mission, GENERATE, forces=more), reference, wanted, PLAIN)
    assert after.outcome.value >= before.outcome.value


@FEW
@given(number=CASES)
def test_one_more_caveat_never_raises_the_fill(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, seed = random_case(example, number, units=7)
    before = solve(mission, reference, wanted, PLAIN)
    caveats = (*mission.engagement.caveats, random_caveat(example, seed, 99))
    bound = narrowed(mission, GENERATE, engagement=mission.engagement.model_copy(update={"caveats": caveats}))
    assert solve(bound, reference, wanted, PLAIN).outcome.value <= before.outcome.value


def test_a_bound_below_its_plan_is_a_bug(example: Mission, reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    mission, wanted, _ = random_case(example, 77, units=7)
    matching = problem(mission, reference, wanted)
    plan = best_fill(matching, Budget(1.0, 0))
    assert plan.value > 0
    monkeypatch.setattr("casque.forces.matching.solution.filled", lambda *_: (np.array([], np.int64), -1))
    with pytest.raises(CasqueBug, match="rules out"):
        best_fill(matching, Budget(1.0, 0))


@pytest.mark.parametrize("status", [cp_model.MODEL_INVALID, cp_model.INFEASIBLE])
def test_a_program_without_a_plan_is_a_bug(example: Mission, reference: Reference, monkeypatch: pytest.MonkeyPatch, status: Any) -> None:
    """Nobody placed is always a plan, so such an end says that the program is wrong; its bound of 0 is worth nothing."""
    mission, wanted, _ = random_case(example, 77, units=7)
    matching = problem(mission, reference, wanted)
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda *_: status)
    monkeypatch.setattr(cp_model.CpSolver, "best_objective_bound", 0.0)
    monkeypatch.setattr(cp_model.CpSolver, "response_proto", SimpleNamespace(deterministic_time=0.0))
    with pytest.raises(CasqueBug, match="matching program"):
        best_fill(matching, Budget(1.0, 0))


def test_cohesion_gathers_nations_without_giving_up_fill(example: Mission, reference: Reference) -> None:
    task = example.tasks.tasks[0].id
    first, second = (sector.id for sector in example.area.sectors[:2])
    wanted = requirement(
        line(example, task, first, Capability.INFANTRY, (200.0, 200.0, 200.0)),
        line(example, task, second, Capability.INFANTRY, (200.0, 200.0, 200.0)),
    )
    pledges = tuple(
        pledge(example, f"{member}-{n}", member, "infantry-company", 100, -60, 6, reliability="100 %")
        for n in range(2)
        for member in ("alfaland", "bravia")
    )
    record = solve(small(example, pledges), reference, wanted, PLAIN)
    assert record.weighted_fill == (1.0, 1.0, 1.0)
    leads = {sector.id: sector.lead for sector in example.area.sectors}
    for sector in (first, second):
        nations = {item.member for item in record.assignments if item.sector == sector}
        assert len(nations) == 1
        if leads[sector] in ("alfaland", "bravia"):
            assert nations == {leads[sector]}


def test_the_same_mission_gives_the_same_bytes(example: Mission, reference: Reference) -> None:
    mission, wanted, _ = random_case(example, 77, units=7)
    assert solve(mission, reference, wanted).model_dump_json() == solve(mission, reference, wanted).model_dump_json()


def test_no_pledges_and_no_lines_are_answers(example: Mission, reference: Reference) -> None:
    wanted = requirement(line(example, example.tasks.tasks[0].id, example.area.sectors[0].id, Capability.ENGINEER, (50.0, 50.0, 50.0)))
    record = solve(small(example, ()), reference, wanted)
    assert record.outcome.value == 0
    assert record.outcome.status == "optimal"
    assert record.shortfalls[0].reason == "nothing pledged"
    assert record.next_pledges[0].sector == example.area.sectors[0].id
    empty = solve(small(example, (pledge(example, "alone", "alfaland", "infantry-company", 100, 0, 6),)), reference, requirement())
    assert empty.weighted_fill == (1.0, 1.0, 1.0)
    assert [item.unit for item in empty.idle] == ["alone"]


def test_the_example_is_matched_and_verified(example: Mission, reference: Reference) -> None:
    wanted = require(narrowed(example, REQUIRE), reference)
    mission = narrowed(example, GENERATE)
    record = solve(mission, reference, wanted)
    verify(mission, reference, wanted, record)
    assert record.outcome.status == "optimal"
    assert [item.gain for item in record.next_pledges] == sorted((item.gain for item in record.next_pledges), reverse=True)


def test_a_large_mission_is_matched_within_one_percent(kosovo: Mission) -> None:
    reference = load(kosovo.overrides)
    wanted = require(narrowed(kosovo, REQUIRE), reference)
    mission = narrowed(kosovo, GENERATE)
    record = solve(mission, reference, wanted, Params(next_pledges=0, what_if_time=0.0))
    verify(mission, reference, wanted, record)
    assert record.outcome.gap < 0.01


def test_a_caveat_on_leaving_or_on_the_ground_of_a_task_bars_the_force_that_does_it_from_elsewhere(example: Mission) -> None:
    task = example.tasks.tasks[0].model_copy(update={"sectors": ("north",), "force_of": "south"})

    def barred(**values: Any) -> bool:
        caveat = Caveat(id="c", member="bravia", text="Not there.").model_copy(update=values)
        return bars(Barrier(caveat, (), 0, 100), task, "south", task.leaves_sector)

    assert barred(bars_crossing=True)
    assert barred(bars_sectors=("north",))
    assert barred(bars_sectors=("south",))
    assert not barred(bars_sectors=("elsewhere",))
    assert not bars(Barrier(Caveat(id="c", member="bravia", text="x", bars_sectors=("north",)), (), 0, 100), None, "south", False)

"""The matched force against brute force, an independent verifier, and what must hold of any best plan."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from casque.errors import CasqueBug
from casque.forces.auction import Budget
from casque.forces.eligibility import Barrier, bars
from casque.forces.optimum import best_fill
from casque.forces.problem import problem
from casque.forces.require import solve as require
from casque.forces.solve import Params, solve
from casque.forces.what_if import next_pledges, pivotal
from casque.mission.engagement import Caveat
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.reference.load import Reference, load
from tests.forces.builders import GENERATE, REQUIRE, line, narrowed, pledge, random_case, random_caveat, random_pledge, requirement, small
from tests.forces.verifier import brute_force, verify

PLAIN = Params(next_pledges=0)
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


@pytest.mark.parametrize("number", range(6))
def test_the_loss_of_a_member_is_what_brute_force_loses(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, 2000 + number)
    record = solve(mission, reference, wanted, PLAIN)
    asked = sum(reference.value(f"force.weight-{item.priority}") * sum(item.by_month) for item in wanted.lines)
    for member in record.pivotal:
        rest = tuple(item for item in mission.forces.pledges if item.member != member.member)
        without = brute_force(narrowed(mission, GENERATE, forces=Forces(pledges=rest)), reference, wanted)
        assert member.loss == pytest.approx(100 * (record.outcome.value - without) / asked if asked else 0.0)
        if len(rest) == len(mission.forces.pledges):
            assert member.loss == 0


def test_the_next_pledge_brings_what_it_promises(example: Mission, reference: Reference) -> None:
    task = example.tasks.tasks[0].id
    sector = example.area.sectors[0].id
    wanted = requirement(line(example, task, sector, Capability.INFANTRY, (400.0, 400.0, 400.0)))
    mission = small(example, (pledge(example, "alone", "alfaland", "infantry-company", 100, -60, 6),))
    best = solve(mission, reference, wanted).next_pledges[0]
    assert (best.sector, best.by) == (sector, 0)
    newcomer = pledge(
        example, "new", "bravia", best.unit_type, reference.unit_types[best.unit_type].strength, best.by, 6, sector=best.sector
    )
    after = solve(small(example, (*mission.forces.pledges, newcomer)), reference, wanted, PLAIN)
    asked = 1200 * reference.value(f"force.weight-{wanted.lines[0].priority}")
    assert best.gain == pytest.approx(100 * (after.outcome.value - solve(mission, reference, wanted, PLAIN).outcome.value) / asked)


def test_gains_and_losses_are_proven_only_where_both_placings_are(example: Mission, reference: Reference) -> None:
    """Units free to serve anywhere, and no time to solve again: what is found is an estimate, and says so unless it meets its bound."""
    seen = set()
    for number in range(3000, 3012):
        mission, wanted, _ = random_case(example, number, units=6)
        full = solve(mission, reference, wanted)
        asked = sum(reference.value(f"force.weight-{item.priority}") * sum(item.by_month) for item in wanted.lines)
        for params in (Params(), Params(what_if_time=0.0)):
            for item in solve(mission, reference, wanted, params).pivotal:
                seen.add(item.proven)
                rest = tuple(found for found in mission.forces.pledges if found.member != item.member)
                without = brute_force(narrowed(mission, GENERATE, forces=Forces(pledges=rest)), reference, wanted)
                if item.proven:
                    assert item.loss == pytest.approx(100 * (full.outcome.value - without) / asked if asked else 0.0)
    assert True in seen


def test_a_plan_that_is_not_proven_best_proves_no_loss(example: Mission, reference: Reference) -> None:
    mission, wanted, _ = random_case(example, 77, units=7)
    matching = problem(mission, reference, wanted)
    plan = best_fill(matching, Budget(1.0, 0), {})
    loose = replace(plan, bound=plan.value + 1, status="feasible")
    placed = {matching.options[index].member for index in plan.taken}
    for found, proven in ((plan, True), (loose, False)):
        losses = pivotal(matching, found, Budget(1.0, 0), {})
        assert {item.proven for item in losses if item.member in placed} == {proven}
        gains = next_pledges(matching, found, reference, Budget(1.0, 0), 3, {})
        assert {item.proven for item in gains} == {proven}


def test_losses_keep_their_own_time(example: Mission, reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the next pledges take from the time leaves that of the losses untouched."""
    left = []

    def spend(*arguments: Any) -> tuple[()]:
        arguments[3].left = 0.0
        return ()

    def see(*arguments: Any) -> tuple[()]:
        left.append(arguments[2].left)
        return ()

    monkeypatch.setattr("casque.forces.solve.next_pledges", spend)
    monkeypatch.setattr("casque.forces.solve.pivotal", see)
    mission, wanted, _ = random_case(example, 77)
    solve(mission, reference, wanted)
    assert left == [Params().what_if_time / 2]


def test_a_bound_below_its_plan_is_a_bug(example: Mission, reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    mission, wanted, _ = random_case(example, 77, units=7)
    matching = problem(mission, reference, wanted)
    plan = best_fill(matching, Budget(1.0, 0), {})
    assert plan.value > 0
    monkeypatch.setattr("casque.forces.optimum._limit", lambda *_: plan.value - 1)
    with pytest.raises(CasqueBug, match="rules out"):
        best_fill(matching, Budget(1.0, 0), {})


@pytest.mark.parametrize("status", [cp_model.MODEL_INVALID, cp_model.INFEASIBLE])
def test_a_program_without_a_plan_is_a_bug(example: Mission, reference: Reference, monkeypatch: pytest.MonkeyPatch, status: Any) -> None:
    """Nobody placed is always a plan, so such an end says that the program is wrong; its bound of 0 is worth nothing."""
    mission, wanted, _ = random_case(example, 77, units=7)
    matching = problem(mission, reference, wanted)
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda *_: status)
    monkeypatch.setattr(cp_model.CpSolver, "best_objective_bound", 0.0)
    monkeypatch.setattr(cp_model.CpSolver, "response_proto", SimpleNamespace(deterministic_time=0.0))
    with pytest.raises(CasqueBug, match="matching program"):
        best_fill(matching, Budget(1.0, 0), {})


def test_cohesion_gathers_nations_without_giving_up_fill(example: Mission, reference: Reference) -> None:
    task = example.tasks.tasks[0].id
    first, second = (sector.id for sector in example.area.sectors[:2])
    wanted = requirement(
        line(example, task, first, Capability.INFANTRY, (200.0, 200.0, 200.0)),
        line(example, task, second, Capability.INFANTRY, (200.0, 200.0, 200.0)),
    )
    pledges = tuple(
        pledge(example, f"{member}-{n}", member, "infantry-company", 100, -60, 6) for n in range(2) for member in ("alfaland", "bravia")
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


def test_a_sector_full_of_contingents_is_offered_only_what_it_may_take(example: Mission, reference: Reference) -> None:
    """The sector holds its one contingent, which does not lead it: another nation's unit could fill more only in that one's place."""
    task, sector = example.tasks.tasks[0].id, next(item for item in example.area.sectors if item.lead == "alfaland")
    wanted = requirement(line(example, task, sector.id, Capability.INFANTRY, (900.0, 900.0, 900.0)))
    pledges = (pledge(example, "guest", "bravia", "infantry-battalion", 500, -60, 6, sector=sector.id),)
    mission = small(example, pledges)
    plan = solve(mission, reference, wanted, replace(PLAIN, contingents=1, next_pledges=5))
    unit_types = reference.unit_types
    for asked in plan.next_pledges:
        newcomer = pledge(example, "new", "alfaland", asked.unit_type, unit_types[asked.unit_type].strength, asked.by, 6, sector=sector.id)
        after = solve(small(example, (*pledges, newcomer)), reference, wanted, replace(PLAIN, contingents=1))
        weight = 2700 * reference.value(f"force.weight-{wanted.lines[0].priority}")
        assert asked.gain == pytest.approx(100 * (after.outcome.value - plan.outcome.value) / weight)
    assert plan.next_pledges

"""What each kind of change does to a mission, and how changes join."""

from __future__ import annotations

import pytest

from casque.checks.effects import Effect, applied
from casque.checks.geography import kilometres
from casque.checks.options import Options, options_for
from casque.checks.problem import Problem
from casque.checks.remedy import KINDS, Proposal
from casque.mission.mission import Mission
from casque.mission.transport import Node
from casque.mission.vocabulary import NodeKind
from casque.reference.load import Reference
from tests.checks.cases import change, day, drop
from tests.checks.test_fixes import KINDS as CASES
from tests.checks.test_green import CASES as GREEN_CASES


def options(name: str, example: Mission, reference: Reference) -> Options:
    """Everything that could help a mission with one thing wrong."""
    mission = CASES[name][0](example)
    return options_for(Problem(mission, reference), mission.tasks.tasks)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_change_leaves_the_mission_as_it_was_and_everything_else_in_place(name: str, example: Mission, reference: Reference) -> None:
    found = options(name, example, reference)
    before = found.problem.mission.model_dump_json()
    for number, proposal in enumerate(found.proposals):
        after = found.after(frozenset({number})).mission
        assert after != found.problem.mission, proposal
        assert [task.id for task in after.tasks.tasks] == [task.id for task in found.problem.mission.tasks.tasks]
        assert len(after.forces.pledges) - len(found.problem.mission.forces.pledges) == (proposal.kind == "add pledge")
    assert found.problem.mission.model_dump_json() == before


def test_every_kind_has_a_case() -> None:
    assert {kind for _, kind, _ in CASES.values()} | {kind for _, kind, *_ in GREEN_CASES.values()} == set(KINDS)


def test_changes_have_effect_from_the_day_they_are_through(example: Mission, reference: Reference) -> None:
    found = options("transfer", example, reference)
    number = next(n for n, p in enumerate(found.proposals) if p.subject == "member:bravia")
    added = found.after(frozenset({number})).mission.agreements.agreements[-1]
    assert added.in_force == day(int(reference.value("fix.authority-days")))
    assert added.covers("bravia")
    assert not added.covers("carolia")
    waived = options("waiver", example, reference)
    number = next(n for n, p in enumerate(waived.proposals) if p.kind == "waive caveat")
    assert waived.after(frozenset({number})).mission.engagement.caveats[0].until == day(1)


def test_a_mandate_is_amended_for_the_tasks_that_need_it_only(example: Mission, reference: Reference) -> None:
    found = options("mandate", example, reference)
    after = found.after(frozenset({0})).mission
    provisions = {task.id: task.provision for task in after.tasks.tasks}
    assert provisions["separate-parties"] == "separate.amended"
    assert provisions["secure-area"] == "secure"


def test_lists_that_two_changes_set_are_joined(example: Mission) -> None:
    one = Effect(sets=[("rules", "detain", {"sectors": ("north",)})])
    two = Effect(sets=[("rules", "detain", {"sectors": ("south", "north")})])
    rule = next(rule for rule in applied(example, [one, two]).engagement.rules if rule.id == "detain")
    assert rule.sectors == ("north", "south")


def test_a_problem_after_changes_equals_one_made_anew(example: Mission, reference: Reference) -> None:
    found = options("lift", example, reference)
    whole = frozenset(range(len(found.proposals)))
    kept, anew = found.after(whole), Problem(found.after(whole).mission, reference)
    for pledge in kept.mission.forces.pledges:
        for table in ("free_arrivals", "gated_arrivals", "linked"):
            assert getattr(kept, table)[pledge.id] == getattr(anew, table)[pledge.id]


def test_the_same_change_asked_for_twice_is_one_for_the_larger() -> None:
    one = Proposal("add pledge", "capability:medical", "{people} for {tasks}", 45, 5, "north", 100, 1, ("a",))
    two = Proposal("add pledge", "capability:medical", "{people} for {tasks}", 45, 5, "north", 600, 1, ("b",))
    joined = one.joined(two)
    assert (joined.key, joined.people, joined.tasks) == (one.key, 600, ("a", "b"))


def test_distance_of_a_degree_on_the_equator() -> None:
    def at(longitude: float) -> Node:
        return Node.model_construct(id="n", name="n", kind=NodeKind.TOWN, country="x", longitude=longitude, latitude=0.0)

    assert kilometres(at(0), at(1)) == pytest.approx(111.19, abs=0.01)
    assert kilometres(at(3), at(3)) == 0


def test_a_unit_is_asked_of_the_contributor_that_is_soonest_there(example: Mission, reference: Reference) -> None:
    found = options("pledge", example, reference)
    senders = {found.sender(n) for n in found.of_kind("add pledge")}
    assert senders == {"alfaland"}
    without = change("agreements", "toa", members=("carolia",))(drop("pledges", "bra-med")(example))
    again = options_for(Problem(without, reference), without.tasks.tasks)
    assert {again.sender(n) for n in again.of_kind("add pledge")} == {"carolia"}

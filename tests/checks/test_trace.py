"""Walking the chain both ways."""

from __future__ import annotations

import pytest

from casque.checks.solve import solve
from casque.checks.trace import trace
from casque.errors import NoSuchItem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.checks.cases import both, change, day


def test_task_and_its_neighbours_name_each_other(example: Mission, reference: Reference) -> None:
    record = solve(example, reference)
    task = trace(example, reference, record, "task:secure-area")
    assert {"provision:secure", "rule:protect-civilians", "unit:bra-inf", "agreement:sofa"} <= {step.item for step in task.rests_on}
    assert {"measure:incidents", "objective:safe", "check:caveat-bars-crossing", "lesson:reserve-crosses-boundaries"} <= {
        step.item for step in task.carries
    }
    assert "task:secure-area" in {step.item for step in trace(example, reference, record, "provision:secure").carries}
    assert "task:secure-area" in {step.item for step in trace(example, reference, record, "unit:bra-inf").carries}
    assert "task:secure-area" in {step.item for step in trace(example, reference, record, "lesson:reserve-crosses-boundaries").carries}


def test_a_link_shows_the_day_on_which_it_turns_green(example: Mission, reference: Reference) -> None:
    mission = change("entries", "*", from_day=day(50))(example)
    steps = trace(mission, reference, solve(mission, reference), "task:separate-parties").rests_on
    link = next(step.text for step in steps if step.item == "task:separate-parties/supply")
    assert link.startswith("amber: ")
    assert link.endswith("It turns green on D+50.")


def test_who_adopted_a_mandate_is_called_by_its_name_and_kind(example: Mission, reference: Reference) -> None:
    mission = change("instruments", "*", adopted_by=("un", "exampland", example.actors.actors[0].id, "stranger"))(example)
    steps = trace(mission, reference, solve(mission, reference), "provision:secure").rests_on
    adopted = [(step.item, step.text) for step in steps if step.relation == "was adopted by"]
    assert adopted == [
        ("organisation:un", "United Nations"),
        ("member:exampland", "Exampland"),
        (f"actor:{example.actors.actors[0].id}", example.actors.actors[0].name),
        ("organisation:stranger", "stranger"),
    ]


def test_a_caveat_shows_from_both_ends(example: Mission, reference: Reference) -> None:
    mission = change("caveats", "carolia-own-sector", bars_tasks=("public-order",))(example)
    record = solve(mission, reference)
    task, unit = trace(mission, reference, record, "task:public-order"), trace(mission, reference, record, "unit:car-mp")
    assert ("cannot use", "unit:car-mp") in {(step.relation, step.item) for step in task.rests_on}
    assert ("is kept from", "task:public-order") in {(step.relation, step.item) for step in unit.carries}
    assert "caveat:carolia-own-sector" in {step.item for step in unit.rests_on}


def test_a_change_shows_at_the_task_that_it_mends(example: Mission, reference: Reference) -> None:
    mission = change("tasks", "escort-returns", measures=())(example)
    steps = trace(mission, reference, solve(mission, reference), "task:escort-returns").carries
    assert "is mended by" in {step.relation for step in steps}


@pytest.mark.parametrize("subject", ["task:secure-aera", "unit:bra-inff", "tasks:secure-area", "secure-area"])
def test_unknown_items_name_the_nearest(subject: str, example: Mission, reference: Reference) -> None:
    with pytest.raises(NoSuchItem) as caught:
        trace(example, reference, solve(example, reference), subject)
    assert "nearest" in caught.value.next_step
    assert "secure-area" in caught.value.next_step or "bra-inf" in caught.value.next_step


def test_who_commands_and_what_that_degree_lets_them_do(example: Mission, reference: Reference) -> None:
    record = solve(example, reference)
    task = trace(example, reference, record, "task:secure-area")
    posts = {step.item: step.text for step in task.rests_on if step.relation == "is commanded by"}
    assert list(posts) == ["post:north-hq", "post:south-hq", "post:force-hq"]
    assert posts["post:north-hq"].startswith("Headquarters Sector North; TACON: may direct movement and manoeuvre; may not ")
    assert "deploy units in theatre" in posts["post:force-hq"].partition("may not")[0]
    (over,) = (step for step in trace(example, reference, record, "unit:bra-inf").rests_on if step.relation == "is under")
    assert over.item == "post:force-hq"
    assert over.text.startswith("Force headquarters from D-day; OPCON: may ")
    assert "split units" in over.text.partition("may not")[2]


def test_a_transfer_for_some_tasks_and_a_post_without_a_degree_say_so(example: Mission, reference: Reference) -> None:
    mission = both(change("agreements", "toa", tasks=("secure-area",), expires=day(90)), change("posts", "north-hq", authority=None))(
        example
    )
    record = solve(mission, reference)
    (over,) = (step for step in trace(mission, reference, record, "unit:bra-inf").rests_on if step.relation == "is under")
    assert "from D-day to D+90, for secure-area only; OPCON" in over.text
    steps = {step.item: step.text for step in trace(mission, reference, record, "task:secure-area").rests_on}
    assert steps["post:north-hq"] == "Headquarters Sector North; no degree stated"


def test_a_task_of_another_sector_s_force_is_commanded_there(example: Mission, reference: Reference) -> None:
    mission = change("tasks", "public-order", sectors=("north",), force_of="south")(example)
    steps = trace(mission, reference, solve(mission, reference), "task:public-order").rests_on
    assert [step.item for step in steps if step.relation == "is commanded by"] == ["post:south-hq"]

"""Walking the chain both ways."""

from __future__ import annotations

import pytest

from casque.checks.solve import solve
from casque.checks.trace import trace
from casque.errors import NoSuchItem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.checks.cases import change


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

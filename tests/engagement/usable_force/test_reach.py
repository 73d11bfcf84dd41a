"""Which places are reached in time, which string keeps a company from them, and the moment that a plan is tried at."""

from __future__ import annotations

import pytest

from casque.engagement.solve import Params, solve
from casque.engagement.usable_force.called import Question
from casque.engagement.usable_force.reach import most_demanding, reach
from casque.mission.mission import Mission
from casque.mission.tasks import Tasks
from casque.mission.vocabulary import RuleKind
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference
from tests.engagement.conftest import narrowed
from tests.engagement.four_nodes import DAY, caveat, four_nodes, rule

NOON = f"D+{DAY}T12"
HOLD = rule("hold")
STAYS = caveat("stays", "bravia", bars_crossing=True)


def test_places_by_hours_and_strings_by_what_they_cost(example: Mission, reference: Reference) -> None:
    """200 people are at the quarter after 4 h with the 99 of Bravia, never without; the mill is in Bravia's own sector."""
    found = reach(four_nodes(example, [HOLD], [STAYS]), reference, Question("hold", NOON), within=4.0, strength=200)
    by_place = {item.place: item for item in found.places}
    assert [item.place for item in found.places] == ["quarter", "mill"]
    assert by_place["quarter"].hours is None
    assert by_place["quarter"].without_caveats == by_place["quarter"].free == pytest.approx(4)
    assert by_place["quarter"].people == pytest.approx(160)
    assert by_place["quarter"].people_free == pytest.approx(259)
    assert by_place["mill"].hours == by_place["mill"].free == pytest.approx(5 + 5.5597 * 1.4 / 20, abs=1e-3)
    assert [item.place for item in found.out_of_reach] == ["quarter", "mill"]
    (cost,) = found.costs
    assert (cost.string, cost.places, cost.opens, cost.shuts) == ("caveat:stays", ("quarter",), ("quarter",), ("quarter",))
    assert cost.most_missing == pytest.approx(99)
    assert cost.most_missing_at == "quarter"


def test_a_world_without_strings_is_the_best_there_is(example: Mission, reference: Reference) -> None:
    kept = rule("hold", kind="limitation", held_by="force-hq", delay="6 h")
    mission = four_nodes(example, [kept], [STAYS])
    freed = reach(mission, reference, Question("hold", NOON), strength=60, lift=["all"])
    tied = reach(mission, reference, Question("hold", NOON), strength=60)
    assert [item.hours for item in freed.places] == [item.free for item in freed.places]
    assert {item.place: item.free for item in freed.places} == {item.place: item.free for item in tied.places}
    assert {item.place: item.hours for item in tied.places}["quarter"] == pytest.approx(8)
    assert freed.costs == ()


def test_only_places_of_the_task_are_looked_at(example: Mission, reference: Reference) -> None:
    task = example.tasks.tasks[0].model_copy(update={"rules": ("hold",), "sectors": ("north",)})
    mission = four_nodes(example, [HOLD], tasks=Tasks(tasks=(task,)))
    assert [item.place for item in reach(mission, reference, Question(task.id, NOON)).places] == ["quarter"]
    bare = mission.area.model_copy(update={"places": ()})
    assert reach(four_nodes(example, [HOLD], area=bare), reference, Question("hold", NOON)).places == ()


def test_a_plan_is_tried_with_the_task_and_hour_that_ask_most(
    example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord
) -> None:
    """Public order waits 6 h for a word, so its place is out of reach; the area as a whole is secured in time."""
    days = {"secure-area": 60, "public-order": 60}
    asked = most_demanding(narrowed(example), reference, days, force, movement)
    assert asked is not None
    assert (asked.call.name, asked.when.day, asked.when.hour) == ("task:public-order", 60, 12)
    night = caveat("night", "carolia", bars_tasks=("public-order",), hours={"start": 1, "end": 3})
    tied = example.engagement.model_copy(update={"caveats": (night,)})
    asked = most_demanding(narrowed(example, engagement=tied), reference, days, force, movement)
    assert asked is not None
    assert (asked.call.name, asked.when.hour) == ("task:public-order", 2)
    at_once = tuple(rule.model_copy(update={"kind": RuleKind.PERMISSION}) for rule in example.engagement.rules)
    freed = example.engagement.model_copy(update={"rules": at_once})
    asked = most_demanding(narrowed(example, engagement=freed), reference, days, force, movement)
    assert asked is not None
    assert asked.call.name == "task:secure-area"
    assert most_demanding(narrowed(example, tasks=Tasks(tasks=())), reference, {}, force, movement) is None
    bare = example.area.model_copy(update={"places": ()})
    assert most_demanding(narrowed(example, area=bare), reference, days, force, movement) is None


def test_the_stage_says_how_soon_a_company_reaches_every_place(
    example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord
) -> None:
    record = solve(narrowed(example), reference, force, movement, Params())
    assert record.reach is not None
    assert record.reach.from_run
    assert record.reach.call == "task:public-order"
    assert [item.place for item in record.reach.places] == ["old-quarter"]
    assert record.reach.places[0].free == pytest.approx(0, abs=0.01)
    assert record.reach.places[0].hours == pytest.approx(6)
    assert [cost.string for cost in record.reach.costs] == ["rule:detain"]
    assert all(len(item.curve) == len(record.reach.hours) for item in record.reach.places)

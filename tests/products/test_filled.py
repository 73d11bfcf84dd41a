"""What the plan fills of a task, and the most people that stand somewhere at one time."""

from __future__ import annotations

import pytest

from casque.mission.mission import Mission
from casque.plan.force import Fill
from casque.plan.movement import InPlace
from casque.products.filled import filled, over_months, peaks, state
from casque.reference.load import Reference
from tests.products.records import MONTHS, full


def test_months_without_a_need_do_not_count() -> None:
    fills = (
        Fill(line="a", required=(100.0, 0.0, 50.0), filled=(40.0, 30.0, 90.0)),
        Fill(line="b", required=(100.0, 0.0, 0.0), filled=(100.0, 0.0, 0.0)),
    )
    months = over_months(fills)
    assert months is not None
    # Surplus of one line fills no other: 140 of 200, then 50 of 50.
    assert (months.worst, months.worst_month, months.best, months.best_month) == (0.7, 0, 1.0, 2)
    assert months.mean == pytest.approx(190 / 250)
    assert over_months(()) is None


@pytest.mark.parametrize(("share", "word"), [(None, "none"), (0.0, "red"), (0.69, "red"), (0.7, "amber"), (0.94, "amber"), (0.95, "green")])
def test_state_of_a_share(share: float | None, word: str) -> None:
    assert state(share, 0.95, 0.7) == word


def test_a_task_that_nobody_fills_is_red_whatever_its_chain(example: Mission, reference: Reference) -> None:
    _, requirement, force, movement, *_ = full(example)
    first = example.tasks.tasks[0].id
    found = filled(example, reference, requirement, force, movement)
    months = found[first].months
    assert months is not None
    assert (found[first].state, found[first].mean_state, months.worst) == ("red", "amber", 0.0)
    assert found[example.tasks.tasks[1].id].state == "none"
    unfilled = filled(example, reference, requirement, force.model_copy(update={"fills": ()}), movement)[first].months
    assert unfilled is not None
    assert unfilled.mean == 0.0


def test_in_place_is_the_day_on_which_the_people_are_there(example: Mission, reference: Reference) -> None:
    _, requirement, force, movement, *_ = full(example)
    first, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    line = next(item for item in requirement.lines if item.sector == sector)
    one = requirement.model_copy(update={"lines": (line.model_copy(update={"required_by": 10, "by_month": (100.0,) * MONTHS}),)})
    units = [item.model_copy(update={"strength": 60.0, "quality": 1.0}) for item in force.assignments[:2]]
    placed = tuple(
        InPlace(unit=item.unit, sector=sector, strength=60, day=day, earliest=day, late=0) for item, day in zip(units, (5, 20), strict=True)
    )
    moved = movement.model_copy(update={"in_place": placed})
    found = filled(example, reference, one, force.model_copy(update={"assignments": tuple(units)}), moved)[first]
    assert (found.required, found.on_time, found.in_place, found.place_state) == (10, 0.6, 20, "red")


def test_units_that_relieve_one_another_never_add_up(example: Mission) -> None:
    _, _, force, movement, *_ = full(example)
    sector = example.area.sectors[0].id
    early = force.assignments[0].model_copy(update={"end": 50})
    late = force.assignments[1].model_copy(update={"end": 180})
    placed = tuple(
        InPlace(unit=item.unit, sector=sector, strength=people, day=day, earliest=day, late=0)
        for item, people, day in ((early, 700, 5), (late, 400, 51))
    )
    assert peaks((early, late), movement.model_copy(update={"in_place": placed})) == {sector: (700, 5)}

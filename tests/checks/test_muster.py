"""Who could serve a task, and whom a caveat keeps from it."""

from __future__ import annotations

from typing import Any

import pytest

from casque.checks.muster import barring, musters, people, wanted_elsewhere
from casque.checks.problem import Problem
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.mission.vocabulary import ForceLevel, RuleKind
from casque.reference.load import Reference
from tests.checks.cases import add, change, day, drop

BARS: dict[str, tuple[dict[str, Any], bool]] = {
    "the task": ({"bars_tasks": ("secure-area",)}, True),
    "another task": ({"bars_tasks": ("public-order",)}, False),
    "a rule of it": ({"bars_rules": ("protect-civilians",)}, True),
    "another rule": ({"bars_rules": ("detain",)}, False),
    "crossing": ({"bars_crossing": True}, True),
    "its force": ({"force_at_most": ForceLevel.MINIMUM}, True),
    "all its force": ({"force_at_most": ForceLevel.ALL_NECESSARY}, False),
    "the unit's sector": ({"bars_sectors": ("south",)}, True),
    "another sector": ({"bars_sectors": ("north",)}, False),
    "until it starts": ({"bars_tasks": ("secure-area",), "until": day(-1)}, False),
    "while it runs": ({"bars_tasks": ("secure-area",), "until": day(20)}, False),
    "from late on": ({"bars_tasks": ("secure-area",), "from_day": day(100)}, True),
    "other units": ({"bars_tasks": ("secure-area",), "units": ("bra-med",)}, False),
}


@pytest.mark.parametrize("name", sorted(BARS))
def test_a_caveat_keeps_a_unit_from_a_task(name: str, example: Mission, reference: Reference) -> None:
    values, expected = BARS[name]
    caveat = Caveat(id="new", member="bravia", text="Not this.").model_copy(update=values)
    problem = Problem(add("caveats", caveat)(drop("caveats")(example)), reference)
    task = problem.tasks["secure-area"]
    candidate = next(c for muster in musters(problem, task) for c in muster.candidates if c.id == "bra-inf")
    assert (candidate.barred_by == (caveat,)) == expected
    assert candidate.barred_by == barring(problem, task, candidate.pledge)
    assert candidate.free_from == (21 if name == "while it runs" else candidate.free_from)


def test_a_caveat_on_a_prohibition_or_on_what_self_defence_needs_not_takes_nothing(example: Mission, reference: Reference) -> None:
    """As in the stages `generate` and `engage`: to bar a prohibition takes nothing, and self-defence needs no rule."""
    caveat = Caveat(id="new", member="bravia", text="Not this.", bars_rules=("protect-civilians",))
    barred = add("caveats", caveat)(drop("caveats")(example))
    cases = {
        "as it stands": (barred, True),
        "a prohibition": (change("rules", "protect-civilians", kind=RuleKind.PROHIBITION)(barred), False),
        "self-defence": (change("tasks", "secure-area", force_level=ForceLevel.SELF_DEFENCE)(barred), False),
        "a measure": (change("caveats", "new", bars_rules=(), bars_measures=("protect-civilians",))(barred), True),
    }
    for name, (mission, expected) in cases.items():
        problem = Problem(mission, reference)
        task = problem.tasks["secure-area"]
        unit = next(pledge for pledge in mission.forces.pledges if pledge.id == "bra-inf")
        assert bool(barring(problem, task, unit)) == expected, name
        assert bool([c for muster in musters(problem, task) for c in muster.barred if c.id == "bra-inf"]) == expected, name


def test_people_of_free_and_barred_units_add_up(example: Mission, reference: Reference) -> None:
    problem = Problem(example, reference)
    for task in example.tasks.tasks:
        for muster in musters(problem, task):
            assert people(muster.free) + people(muster.barred) == pytest.approx(people(muster.candidates))
            assert muster.usable == people(muster.free)


def test_a_unit_is_wanted_elsewhere_only_where_the_task_does_not_touch_its_sector(example: Mission) -> None:
    pledges = {pledge.id: pledge for pledge in example.forces.pledges}
    tasks = {task.id: task for task in example.tasks.tasks}
    assert wanted_elsewhere(tasks["separate-parties"], pledges["bra-inf"])
    assert not wanted_elsewhere(tasks["secure-area"], pledges["bra-inf"])
    assert not wanted_elsewhere(tasks["separate-parties"].model_copy(update={"force_of": "south"}), pledges["bra-inf"])

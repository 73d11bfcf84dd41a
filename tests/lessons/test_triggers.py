"""Each kind of trigger: fires, says why with figures, and keeps silent where it should."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from casque.lessons.triggers import AT_MOST, Fired, Plan, fire
from casque.mission.lessons import Trigger
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, SupplyClass
from casque.plan.force import Fill, Shortfall
from casque.plan.movement import InPlace, Unmoved
from tests.lessons.builders import checks, force, judged, line, movement, narrowed, requirement, supply

READ: TypeAdapter[Trigger] = TypeAdapter(Trigger)
FINDING: dict[str, object] = {"when": "finding", "rule": "caveat-bars-crossing"}
SHORT: dict[str, object] = {"when": "shortfall", "capability": "infantry", "share": 0.25}
LATE: dict[str, object] = {"when": "late closure", "days": 10}


def fired(mission: Mission, trigger: dict[str, object], **records: Any) -> Fired | None:
    plan = {
        "findings": checks(),
        "requirement": requirement(),
        "force": force(),
        "movement": movement(),
        "supply": supply(),
        "judgement": judged(),
    } | records
    return fire(READ.validate_python(trigger), Plan(mission=narrowed(mission), **plan))


def test_findings_are_quoted_with_their_subjects(example: Mission) -> None:
    found = checks(
        ("caveat-bars-crossing", "caveat:a", "First."), ("other", "task:x", "No."), ("caveat-bars-crossing", "caveat:b", "Second.")
    )
    assert fired(example, FINDING, findings=found) == Fired(("First.", "Second."), ("caveat:a", "caveat:b"))
    assert fired(example, FINDING, findings=checks(("other", "task:x", "No."))) is None


def test_many_findings_are_counted_not_all_quoted(example: Mission) -> None:
    found = fired(example, FINDING, findings=checks(*(("caveat-bars-crossing", f"caveat:{i}", f"Number {i}.") for i in range(AT_MOST + 3))))
    assert found is not None
    assert len(found.why) == AT_MOST + 1
    assert found.why[-1] == "And 3 more findings of the check caveat-bars-crossing."
    assert len(found.subjects) == AT_MOST + 3


@pytest.mark.parametrize(("filled", "share"), [((100.0, 51.0), None), ((100.0, 50.0), "25%"), ((300.0, 40.0), "30%"), (None, "100%")])
def test_a_shortfall_is_weighed_in_people_months(example: Mission, filled: tuple[float, float] | None, share: str | None) -> None:
    lines = requirement(line("l", Capability.INFANTRY), line("other", Capability.MEDICAL))
    fills = (Fill(line="l", required=(100, 100), filled=filled),) if filled else ()
    found = fired(example, SHORT, requirement=lines, force=force(fills))
    assert (found is None) == (share is None)
    if found is not None:
        assert f"Infantry is short by {share} over the plan" in found.why[0]
        assert found.subjects == ("line:l",)


def test_a_shortfall_quotes_the_reasons_of_the_force(example: Mission) -> None:
    short = Shortfall(
        line="l",
        sector="north",
        capability=Capability.INFANTRY,
        priority=1,
        people_months=100,
        worst_month=1,
        worst=70,
        reason="caveat",
        text="Infantry in the north is 70 people short.",
        cure="",
    )
    found = fired(example, SHORT, requirement=requirement(line("l", Capability.INFANTRY)), force=force((), (short,)))
    assert found is not None
    assert found.why[1] == "Infantry in the north is 70 people short."


def test_nothing_required_is_never_short(example: Mission) -> None:
    assert fired(example, SHORT) is None


def test_only_a_measure_that_is_behind_fires(example: Mission) -> None:
    trigger: dict[str, object] = {"when": "measure behind", "measure": "incidents"}
    assert fired(example, trigger, judgement=judged(incidents="behind")) == Fired(("incidents is behind.",), ("measure:incidents",))
    for standing in ("reached", "on course", "in doubt", "not observed"):
        assert fired(example, trigger, judgement=judged(incidents=standing)) is None
    assert fired(example, trigger, judgement=judged(returns="behind")) is None


def test_supply_names_each_base_once_the_earliest_first(example: Mission) -> None:
    trigger: dict[str, object] = {"when": "supply below least"}
    bases = supply(
        ("southtown", SupplyClass.III, 20, None),
        ("northtown", SupplyClass.WATER, 12, 15),
        ("northtown", SupplyClass.I, 9, None),
        ("depot", SupplyClass.V, None, None),
    )
    found = fired(example, trigger, supply=bases)
    assert found is not None
    assert found.subjects == ("base:northtown", "base:southtown")
    assert "I on D+9, water on D+12; water runs out on D+15" in found.why[0]
    assert fired(example, trigger) is None


def test_lateness_is_held_against_each_units_required_date(example: Mission) -> None:
    prompt = InPlace(unit="a", sector="north", strength=1, day=20, earliest=1, late=0)
    slow = InPlace(unit="b", sector="south", strength=1, day=42, earliest=1, late=12)
    found = fired(example, LATE, movement=movement(prompt, slow))
    assert found is not None
    assert "1 unit is in place 10 days or more" in found.why[0]
    assert "by 12 days" in found.why[0]
    assert found.subjects == ("unit:b",)
    assert fired(example, LATE | {"days": 13}, movement=movement(prompt, slow)) is None
    assert fired(example, LATE, movement=movement(prompt)) is None


def test_a_unit_that_cannot_move_counts_as_late(example: Mission) -> None:
    found = fired(example, LATE, movement=movement(unmoved=(Unmoved(unit="a", reason="no way"),)))
    assert found is not None
    assert "1 unit cannot be moved" in found.why[0]
    assert found.subjects == ("unit:a",)

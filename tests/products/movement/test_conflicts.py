"""What does not go together: who is over which capacity by how much, who gives way, double-booked vehicles, dates out of order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.requirement import RequirementRecord
from casque.products.movement.brought import brought
from casque.products.movement.conflict import Conflict, yielding
from casque.products.movement.conflicts import conflicts
from casque.products.movement.merge import merged
from casque.products.movement.picture import MovementPicture
from tests.products.movement.conftest import Editor
from tests.products.records import full

PEOPLE, GEAR = "bra-inf:people", "bra-inf:equipment"


def found(seen: MovementPicture, edit: Editor, **changes: dict[str, dict[str, str]]) -> tuple[Conflict, ...]:
    """Conflicts after some nations changed their lists."""
    back = brought(seen, [edit(member, cells) for member, cells in changes.items()])
    after, _ = merged(seen, back)
    return conflicts(seen, after, back)


def test_lists_that_were_not_touched_conflict_in_nothing(seen: MovementPicture, edit: Editor) -> None:
    assert found(seen, edit, bravia={}, alfaland={}) == ()


def test_two_nations_over_an_airfield_on_a_day(seen: MovementPicture, edit: Editor) -> None:
    # 400 of Alfaland and 150 of Bravia on D+5, of 510 that the airfield receives.
    cells = {"leaves POE [D+]": "5", "reaches POD [D+]": "6.25"}
    (clash,) = (item for item in found(seen, edit, bravia={PEOPLE: cells}) if item.kind == "capacity")
    assert clash.nations == ("alfaland", "bravia")
    assert (clash.first, clash.last, clash.over, clash.unit) == (5, 5, 40, "person/d")
    assert clash.gives_way == ("BRA0102",)
    assert "550 wanted (Alfaland 400 and Bravia 150), there are 510" in clash.text


def test_days_in_a_row_are_one_conflict(seen: MovementPicture, edit: Editor) -> None:
    # Three ship-loads of a day at the port's quay: D+6 to D+8.
    cells = {"leaves POE [D+]": "2", "reaches POD [D+]": "6", "lane metres [m]": "2400"}
    clashes = [item for item in found(seen, edit, bravia={GEAR: cells}) if item.kind == "capacity" and "lane metres" in item.what]
    assert [(item.first, item.last) for item in clashes] == [(6, 8)]
    assert clashes[0].over == pytest.approx(600 / 3 + 2400 / 3 - 700)


def test_the_weightier_priority_stays_whoever_moved(example: Mission, seen: MovementPicture, edit: Editor) -> None:
    force = next(item for item in full(example) if isinstance(item, ForceRecord))
    requirement = next(item for item in full(example) if isinstance(item, RequirementRecord))
    line = requirement.lines[0].model_copy(update={"sector": "south", "priority": 1})
    bravia = next(item for item in force.assignments if item.unit == "bra-inf").model_copy(update={"sector": "south"})
    weighty = replace(
        seen,
        force=force.model_copy(update={"assignments": (bravia,)}),
        requirement=requirement.model_copy(update={"lines": (line,)}),
    )
    cells = {"leaves POE [D+]": "5", "reaches POD [D+]": "6.25"}
    (clash,) = (item for item in found(weighty, edit, bravia={PEOPLE: cells}) if item.kind == "capacity")
    assert clash.gives_way == ("ALF0102",)
    assert "Alfaland, priority 5" in clash.way


def test_as_many_give_way_as_are_needed(seen: MovementPicture) -> None:
    wanted = [("alf-inf:people", 400.0), (PEOPLE, 300.0)]
    assert yielding(seen, wanted, 100, [PEOPLE]) == (PEOPLE,)
    assert yielding(seen, wanted, 350, [PEOPLE]) == (PEOPLE, "alf-inf:people")
    assert yielding(seen, wanted, 100, ["alf-inf:people"]) == ("alf-inf:people",)
    assert yielding(seen, wanted, 0, []) == ()


def test_a_ship_wanted_for_two_trips_at_once(seen: MovementPicture, edit: Editor) -> None:
    cells = {"leaves POE [D+]": "3", "reaches POD [D+]": "7"}
    (clash,) = (item for item in found(seen, edit, bravia={GEAR: cells}) if item.kind == "vehicle")
    assert clash.nations == ("alfaland", "bravia")
    assert (clash.first, clash.last) == (0, 8)
    assert clash.over == pytest.approx(5)
    assert clash.gives_way == ("BRA0101",)
    assert "two trips overlap" in clash.text


def test_a_trip_that_moves_out_of_the_way_is_no_conflict(seen: MovementPicture, edit: Editor) -> None:
    cells = {"leaves POE [D+]": "12", "reaches POD [D+]": "16", "leaves POD [D+]": "17", "reaches destination [D+]": "17.25"}
    assert found(seen, edit, bravia={GEAR: cells}) == ()


@pytest.mark.parametrize(
    ("load", "cells", "kind", "told"),
    [
        (PEOPLE, {"RLD [D+]": "20"}, "dates", "RLD D+20 comes after ALD D+2"),
        (PEOPLE, {"RDD [D+]": "5"}, "dates", "LAD D+8 comes after RDD D+5"),
        (PEOPLE, {"leaves POD [D+]": "20"}, "dates", "leaves POD on D+20.00 and reaches destination on D+9.12"),
        (PEOPLE, {"leaves POE [D+]": "-3", "reaches POD [D+]": "-1.75"}, "not ready", "is ready to load on D+0"),
        (PEOPLE, {"leaves POE [D+]": "1", "reaches POD [D+]": "4"}, "not ready", "available to load there on D+2"),
        (GEAR, {"reaches POD [D+]": "12"}, "too fast", "2 days between its ports"),
        (PEOPLE, {"leaves POE [D+]": "2", "reaches POD [D+]": "2.9"}, "window", "earliest arrival date D+3"),
        (PEOPLE, {"leaves POE [D+]": "9", "reaches POD [D+]": "9.5"}, "window", "latest arrival date D+8"),
        (PEOPLE, {"reaches destination [D+]": "12.1"}, "late", "4 days after its required date D+8 (planned: 1 days late)"),
    ],
)
def test_what_is_wrong_within_a_line(seen: MovementPicture, edit: Editor, load: str, cells: dict[str, str], kind: str, told: str) -> None:
    its = [item for item in found(seen, edit, bravia={load: cells}) if item.kind == kind]
    assert [told in item.text for item in its].count(True) == 1
    assert all(item.over > 0 and item.gives_way == () for item in its)


def test_a_closed_place_takes_nothing(example: Mission, seen: MovementPicture, edit: Editor) -> None:
    shut = example.about.d_day.replace(day=20)
    nodes = tuple(node.model_copy(update={"closes": shut}) if node.id == "examp-airport" else node for node in example.transport.nodes)
    mission = example.model_copy(update={"transport": example.transport.model_copy(update={"nodes": nodes})})
    cells = {"leaves POE [D+]": "24", "reaches POD [D+]": "25.25"}
    clashes = [item for item in found(replace(seen, mission=mission), edit, bravia={PEOPLE: cells}) if item.kind == "capacity"]
    assert ["it is closed" in item.text for item in clashes] == [True]
    assert (clashes[0].first, clashes[0].last) == (24, 25)

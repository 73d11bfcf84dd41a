"""The sheet of a nation: it says what became of its pledges and what is asked of it, and nothing that is kept from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementStatus
from casque.mission.written import Marking
from casque.plan.force_answers import Asked
from casque.products.forces.picture import Picture
from casque.products.forces.release import WITHHELD, Reader
from casque.products.forces.sheet import Sheet, sheet_of
from tests.products.forces.conftest import Painter

SECRET = Marking(releasable_to=("alfaland",))


def part(sheet: Sheet, key: str) -> Any:
    """A part of a sheet by its key."""
    return next(part for part in sheet.parts if part.key == key)


def marked(mission: Mission, room: str, kind: str, name: str, marking: Marking = SECRET, **more: Any) -> Mission:
    """The mission with one item marked."""
    holder = getattr(mission, room)
    items = tuple(item.model_copy(update={"marking": marking, **more}) if item.id == name else item for item in getattr(holder, kind))
    return mission.model_copy(update={room: holder.model_copy(update={kind: items})})


@pytest.fixture
def apart(example: Mission) -> Mission:
    """The example with Bravia outside the lead organisation, whose members read everything, and with the plan released to it."""
    members = tuple(item.model_copy(update={"organisations": ()}) if item.id == "bravia" else item for item in example.alliance.members)
    about = example.about.model_copy(update={"marking": Marking(releasable_to=("alfaland", "bravia", "carolia"))})
    return example.model_copy(update={"about": about, "alliance": example.alliance.model_copy(update={"members": members})})


def said(sheet: Sheet) -> str:
    """Everything that stands on a sheet."""
    return json.dumps(sheet.as_dict(), ensure_ascii=False)


def test_every_pledge_stands_on_the_sheet_of_its_nation_and_on_no_other(seen: Picture) -> None:
    for member in seen.contributors:
        rows = {row[0] for row in part(sheet_of(seen, member), "units").rows}
        own = {pledge.name for pledge in seen.mission.forces.pledges if pledge.member == member}
        assert rows == own


def test_a_unit_without_a_place_stands_first_with_the_reason(seen: Picture) -> None:
    units = part(sheet_of(seen, "alfaland"), "units")
    assert units.rows[0][2:] == ("no place", "", "No room")
    assert "without a place" in units.lead


def test_it_says_what_is_asked_and_why_of_this_nation(seen: Picture, paint: Painter, example: Mission) -> None:
    (row,) = part(sheet_of(seen, "alfaland"), "ask").rows
    assert row[4] == "1"
    assert row[-1] == "you pledged such units"
    assert part(sheet_of(seen, "bravia"), "ask").rows == ()
    other = seen.force.next_pledges[0].model_copy(update={"ask": (Asked(member="bravia", will=0.5, has="not seen"),)})
    assert part(sheet_of(paint(example, next_pledges=(other,)), "bravia"), "ask").rows[0][-1] == "not seen among your pledges"


def test_it_says_who_lifts_a_caveat_and_what_that_brings(seen: Picture) -> None:
    (row,) = part(sheet_of(seen, "carolia"), "caveats").rows
    assert "2.5 points" in row[-1]
    assert row[2]


def test_it_says_what_is_lost_and_borne_and_with_whom_to_exercise(seen: Picture) -> None:
    sheet = sheet_of(seen, "bravia")
    assert "falls by 4 points" in part(sheet, "leaving").lead
    assert "50\u00a0%" in part(sheet, "burden").lead
    assert "40\u00a0%" in part(sheet, "burden").lead
    assert [row[0] for row in part(sheet, "training").rows] == ["Alfaland"]


def test_an_agreement_that_is_not_settled_is_owed(example: Mission, paint: Painter) -> None:
    assert part(sheet_of(paint(example), "bravia"), "agreements").rows == ()
    agreements = tuple(
        item.model_copy(update={"status": AgreementStatus.NEGOTIATING, "in_force": None}) if item.id == "mou" else item
        for item in example.agreements.agreements
    )
    open_still = example.model_copy(update={"agreements": example.agreements.model_copy(update={"agreements": agreements})})
    assert any("negotiating" in row[0] for row in part(sheet_of(paint(open_still), "bravia"), "agreements").rows)


@pytest.mark.parametrize(
    ("room", "kind", "name", "word"),
    [
        ("area", "sectors", "north", "Sector North"),
        ("alliance", "members", "alfaland", "Alfaland"),
    ],
)
def test_what_is_marked_for_another_does_not_stand_on_the_sheet(
    apart: Mission, paint: Painter, room: str, kind: str, name: str, word: str
) -> None:
    assert word in said(sheet_of(paint(apart), "bravia"))
    closed = sheet_of(paint(marked(apart, room, kind, name)), "bravia")
    assert word not in said(closed)
    assert word in said(sheet_of(paint(marked(apart, room, kind, name)), "alfaland"))


def test_a_reason_that_names_something_kept_back_is_withheld_and_counted(apart: Mission, paint: Painter, seen: Picture) -> None:
    closed = marked(apart, "tasks", "tasks", apart.tasks.tasks[0].id)
    title = apart.tasks.tasks[0].title
    idle = tuple(item.model_copy(update={"reason": f"It waits for {title}."}) for item in seen.force.idle)
    pledges = tuple(item.model_copy(update={"unit": "bra-inf"}) for item in idle)
    sheet = sheet_of(paint(closed, idle=pledges), "bravia")
    assert title not in said(sheet)
    assert WITHHELD in said(sheet)
    assert "1\u00a0entry left out" in sheet.withheld


def test_a_nation_to_which_the_plan_is_not_released_reads_only_what_it_wrote(apart: Mission, paint: Painter) -> None:
    mission = apart.model_copy(update={"about": apart.about.model_copy(update={"marking": SECRET})})
    sheet = sheet_of(paint(mission), "bravia")
    assert "does not release it" in sheet.withheld
    assert sheet.facts == ()
    assert {row[0] for row in part(sheet, "units").rows} == {pledge.name for pledge in apart.forces.pledges if pledge.member == "bravia"}
    others = [pledge.name for pledge in apart.forces.pledges if pledge.member != "bravia"]
    assert not any(word in said(sheet) for word in (*others, *(sector.name for sector in apart.area.sectors)))
    assert all(row[2:] == ("", "", "") for row in part(sheet, "units").rows)


def test_the_marking_of_a_sheet_is_the_highest_of_what_stands_on_it(example: Mission, paint: Painter) -> None:
    high = Marking.model_validate("SECRET rel bravia")
    sheet = sheet_of(paint(marked(example, "forces", "pledges", "bra-inf", high)), "bravia")
    assert sheet.marking == "SECRET, for BRAVIA only"
    assert sheet_of(paint(example), "bravia").marking == "UNCLASSIFIED, for BRAVIA only"


def test_a_text_that_names_what_is_kept_back_is_not_read(apart: Mission) -> None:
    closed = Reader(marked(apart, "area", "sectors", "north"), "bravia")
    assert closed.text("Sector North waits") == WITHHELD
    assert closed.text("Northern roads are closed") == "Northern roads are closed"
    assert Reader(apart, "bravia").text("Sector North waits") == "Sector North waits"

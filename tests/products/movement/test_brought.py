"""National plans that come back: only what was changed counts, and every fault is told with its place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casque.errors import BadInput
from casque.products.movement.brought import brought
from casque.products.movement.files import national_files
from casque.products.movement.lines import COLUMNS
from casque.products.movement.national import national_plan
from casque.products.movement.picture import MovementPicture
from tests.products.movement.conftest import Editor

PEOPLE, GEAR = "bra-inf:people", "bra-inf:equipment"


def test_a_list_that_was_not_touched_changes_nothing(seen: MovementPicture, edit: Editor) -> None:
    found = brought(seen, [edit("bravia", {}), edit("alfaland", {})])
    assert found.proposals == {}
    assert found.members == ("alfaland", "bravia")
    assert found.notes == ()


def test_a_workbook_that_was_not_touched_changes_nothing(seen: MovementPicture, tmp_path: Path) -> None:
    for name, data in national_files(national_plan(seen, "bravia")).items():
        (tmp_path / name).write_bytes(data)
    assert brought(seen, [tmp_path / "movement-bravia.xlsx"]).proposals == {}


def test_a_workbook_that_was_edited_says_the_same_as_the_csv(seen: MovementPicture, edit: Editor, tmp_path: Path) -> None:
    path = tmp_path / "movement-bravia.xlsx"
    path.write_bytes(national_files(national_plan(seen, "bravia"))[path.name])
    book: Any = load_workbook(path)
    sheet = book["Lines"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["load"]).value == PEOPLE)
    sheet.cell(row, heads["RDD [D+]"]).value = 15
    sheet.cell(row, heads["people"]).value = 310
    book.save(path)
    edited = edit("bravia", {PEOPLE: {"RDD": "2030-03-16", "people": "310"}})
    one, other = brought(seen, [path]).proposals[PEOPLE], brought(seen, [edited]).proposals[PEOPLE]
    assert (one.dates, one.amounts) == (other.dates, other.amounts) == ({"RDD": 15}, {"people": 310})


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"RLD [D+]": "3"}, "dates", {"RLD": 3}),
        ({"RLD [D+]": "D+3"}, "dates", {"RLD": 3}),
        ({"RLD": "2030-03-04", "RLD [D+]": "3"}, "dates", {"RLD": 3}),
        ({"EAD": "", "EAD [D+]": ""}, "dates", {"EAD": None}),
        ({"leaves POE": "2030-03-07 12:00"}, "times", {"leaves POE": 6.5}),
        ({"leaves POE": "2030-03-07 12:00:00"}, "times", {"leaves POE": 6.5}),
        ({"reaches POD [D+]": "9.5"}, "times", {"reaches POD": 9.5}),
        ({"POD": "exampport"}, "ports", {"POD": "exampport"}),
        ({"tonnes [t]": "12.5"}, "amounts", {"tonnes [t]": 12.5}),
    ],
)
def test_what_was_changed_is_read(seen: MovementPicture, edit: Editor, cells: dict[str, str], field: str, value: object) -> None:
    found = brought(seen, [edit("bravia", {PEOPLE: cells})])
    assert list(found.proposals) == [PEOPLE]
    assert getattr(found.proposals[PEOPLE], field) == value
    assert sum(len(getattr(found.proposals[PEOPLE], name)) for name in ("dates", "times", "ports", "amounts")) == 1


def test_a_time_that_a_spreadsheet_wrote_in_its_own_way_is_the_same(seen: MovementPicture, edit: Editor) -> None:
    cells = {"leaves POE": "2030-03-08 00:00:00", "RLD [D+]": "0.0", "people": "300.00"}
    assert brought(seen, [edit("bravia", {PEOPLE: cells})]).proposals == {}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"RDD": "12/06/2030"}, "RDD: found '12/06/2030'; expected a date such as"),
        ({"RDD [D+]": "soon"}, "expected a day counted from D-day"),
        ({"RDD [D+]": "1e9"}, "expected a day counted from D-day"),
        ({"RDD": "2030-03-20", "RDD [D+]": "7"}, "expected the same day in both"),
        ({"leaves POE": ""}, "expected a time just where the plan has one"),
        ({"departs origin": "2030-03-05T00:00"}, "expected a time just where the plan has one"),
        ({"POD": "exmapport"}, "Did you mean 'exampport'?"),
        ({"people": "-3"}, "expected a number from 0"),
        ({"people": "nan"}, "expected a number from 0"),
        ({"load": "bra-inf:peoples"}, "Did you mean 'bra-inf:people'?"),
        ({"load": GEAR}, "it stands in"),
        ({"nation": "alfaland"}, "expected bravia: the line is its own"),
    ],
)
def test_a_fault_is_told_with_file_line_and_what_to_do(seen: MovementPicture, edit: Editor, cells: dict[str, str], told: str) -> None:
    with pytest.raises(BadInput) as stop:
        brought(seen, [edit("bravia", {PEOPLE: cells})])
    sentences = [fault.sentence() for fault in stop.value.faults]
    assert any(told in sentence and sentence.startswith("bravia.csv:") for sentence in sentences), sentences


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "an empty file"),
        ("load;people\nbra-inf:people;3\n", "cells parted by semicolons"),
        ("people\n3\n", "expected a column 'load'"),
        ("load,peeple\nbra-inf:people,3\n", "Did you mean 'people'?"),
        ("load,people,people\nbra-inf:people,3,3\n", "the column 'people' again"),
        ("load,people\nbra-inf:people,3,4\n", "3 cells"),
        ('load,people\n"bra-inf:people,3\n', "text that is not CSV"),
    ],
)
def test_a_file_that_is_no_list_is_refused(seen: MovementPicture, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(text)
    with pytest.raises(BadInput) as stop:
        brought(seen, [path])
    assert any(told in fault.sentence() for fault in stop.value.faults), [fault.sentence() for fault in stop.value.faults]


@pytest.mark.parametrize(("name", "told"), [("none.csv", "cannot be read"), ("none.xlsx", "no such file"), ("bad.xlsx", "no workbook")])
def test_a_file_that_is_not_there_is_refused(seen: MovementPicture, tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK no")
    with pytest.raises(BadInput) as stop:
        brought(seen, [tmp_path / name])
    assert told in stop.value.faults[0].sentence()


def test_changes_that_are_not_read_back_and_lines_left_out_are_noted(seen: MovementPicture, edit: Editor) -> None:
    path = edit("bravia", {PEOPLE: {"sector": "north", "bulk [t]": "7"}})
    text = path.read_text().splitlines()
    path.write_text("\n".join(line for line in text if GEAR not in line))
    found = brought(seen, [path])
    assert found.proposals == {}
    assert "bulk [t], sector" in found.notes[0]
    assert "1 lines of bravia" in found.notes[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.sampled_from([column.head for column in COLUMNS]), text=st.text(max_size=30))
def test_any_text_in_any_cell_is_read_or_refused(seen: MovementPicture, edit: Editor, head: str, text: str) -> None:
    try:
        path = edit("bravia", {PEOPLE: {head: text}})
    except UnicodeEncodeError:
        return
    with suppress(BadInput):
        assert set(brought(seen, [path]).proposals) <= {PEOPLE}

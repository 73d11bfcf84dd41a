"""Lists as CSV and workbook: the same cells, never a formula, the same bytes every time."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from casque.products.figures import Calendar
from casque.products.movement.files import meanings
from casque.products.movement.lines import COLUMNS, line_sheet, lines_of
from casque.products.movement.manifest import ABOARD, TRIPS
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import Sheet, csv_of, moment, workbook_of, written

ROW = ("=1+1", "#REF!", "@x", -2, 0.126, date(1999, 6, 12), datetime(1999, 6, 12, 14, 30), None, "a\x00b")
SHEET = Sheet("Lines", tuple("abcdefghi"), (ROW,))


def test_a_text_that_reads_like_a_formula_is_none() -> None:
    (_, row) = csv.reader(io.StringIO(csv_of(SHEET).decode()))
    assert row[:7] == ["'=1+1", "#REF!", "'@x", "-2", "0.13", "1999-06-12", "1999-06-12T14:30"]
    book: Any = load_workbook(io.BytesIO(workbook_of([SHEET])))
    cells = list(book["Lines"][2])
    assert [cell.data_type for cell in cells[:3]] == ["s", "s", "s"]
    assert [cell.value for cell in cells[:7]] == ["=1+1", "#REF!", "@x", -2, 0.13, datetime(1999, 6, 12), datetime(1999, 6, 12, 14, 30)]
    assert cells[8].value == "a\ufffdb"


def test_the_workbook_has_the_same_bytes_and_the_same_rows_as_the_csv(seen: MovementPicture) -> None:
    sheet = line_sheet(lines_of(seen))
    data = workbook_of([sheet, meanings()])
    assert data == workbook_of([sheet, meanings()])
    book: Any = load_workbook(io.BytesIO(data))
    rows = list(csv.reader(io.StringIO(csv_of(sheet).decode())))
    assert [cell.value for cell in book["Lines"][1]] == rows[0]
    assert book["Lines"].max_row == len(rows)
    assert {(row[0].value, row[1].value) for row in book["Columns"].iter_rows(min_row=2)} == {
        (name, column.head) for name, columns in (("Lines", COLUMNS), ("Manifest", ABOARD), ("Trips", TRIPS)) for column in columns
    }


@pytest.mark.parametrize(("day", "text"), [(0.0, "1999-06-12T00:00"), (-1.5, "1999-06-10T12:00"), (2 + 1 / 24, "1999-06-14T01:00")])
def test_a_moment_is_told_to_the_minute(day: float, text: str) -> None:
    assert written(moment(Calendar(date(1999, 6, 12), 100), day)) == text


def test_a_day_outside_the_calendar_is_its_end() -> None:
    calendar = Calendar(date(1999, 6, 12), 100)
    assert moment(calendar, 1e7).year == 9999
    assert moment(calendar, -1e7).year == 1
    old = Sheet("Old", ("a", "b"), ((date(1812, 6, 24), "x"),))
    book: Any = load_workbook(io.BytesIO(workbook_of([old])))
    assert book["Old"]["A2"].value == "1812-06-24"

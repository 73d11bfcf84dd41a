"""Export and import: nothing changes where nothing was edited, and an edit changes its row only."""

from __future__ import annotations

import io
import random
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casque.errors import BadInput
from casque.mission.csv_source import split_csv
from casque.products.workbook.bring_in import bring_in
from casque.products.workbook.export import export
from tests.conftest import EXAMPLE, KOSOVO
from tests.products.workbooks import edited, exported, files_of, folder_like

PLEDGES = "forces/pledges.csv"


@pytest.mark.parametrize("source", [EXAMPLE, KOSOVO], ids=lambda path: path.name)
def test_nothing_changes_where_nothing_was_edited(source: Path, tmp_path: Path) -> None:
    folder = folder_like(source, tmp_path / "folder")
    before = files_of(folder)
    workbook = exported(folder)
    assert bring_in(workbook, folder) == []
    edited(workbook)
    assert bring_in(workbook, folder) == []
    assert files_of(folder) == before


def test_each_changed_row_is_the_only_one_that_changes(tmp_path: Path) -> None:
    folder = folder_like(KOSOVO, tmp_path / "folder")
    before = (folder / PLEDGES).read_text()
    others = {name: data for name, data in files_of(folder).items() if name != PLEDGES}
    assert bring_in(edited(exported(folder), ("pledges", "C5", 'Renamed "unit", new')), folder) == [f"{PLEDGES}: 1 row changed"]
    old, new = split_csv(before).records, split_csv((folder / PLEDGES).read_text()).records
    assert [number for number, (a, b) in enumerate(zip(old, new, strict=True)) if a.raw != b.raw] == [4]
    assert new[4].cells[2] == 'Renamed "unit", new'
    assert new[4].raw == old[4].raw.replace(old[4].cells[2], '"Renamed ""unit"", new"', 1)
    assert {name: data for name, data in files_of(folder).items() if name != PLEDGES} == others


def test_rows_are_added_taken_out_and_moved(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    lines = (folder / "observations/incidents.csv").read_text().splitlines(keepends=True)
    workbook = exported(folder)
    sheet = load_workbook(workbook)["incidents"]
    new = ["incidents", "D+90", datetime(2030, 9, 1), 3.0, "value", "estimate", "judgement", "said, twice"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    order = [rows[1], rows[0], *rows[3:], new]

    def write(book: object) -> None:
        target = book["incidents"]  # type: ignore[index]
        target.delete_rows(2, len(rows))
        for row in order:
            target.append(row)

    summary = bring_in(edited(workbook, also=write), folder)
    assert summary == ["observations/incidents.csv: 1 row added, 1 row taken out, rows in another order"]
    added = 'incidents,D+90,2030-09-01,3,value,estimate,judgement,"said, twice"\n'
    assert (folder / "observations/incidents.csv").read_text() == "".join([lines[0], lines[2], lines[1], *lines[4:], added])


def test_a_column_that_the_file_lacks_is_added_once_it_is_filled(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    workbook = exported(folder)
    note = next(cell for cell in load_workbook(workbook)["pledges"][1] if cell.value == "note")
    summary = bring_in(edited(workbook, ("pledges", f"{note.coordinate[:-1]}3", "on call")), folder)
    assert summary == [f"{PLEDGES}: 1 row changed, column note added"]
    lines = (folder / PLEDGES).read_text().splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines[:4]] == ["note", "", "on call", ""]
    assert bring_in(exported(folder), folder) == []


def test_the_first_rows_of_a_folder_of_tables_make_its_file(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    (folder / "factors/overrides.csv").unlink()
    workbook = exported(folder)
    heads = {str(cell.value): cell.coordinate[:-1] for cell in load_workbook(workbook)["factors"][1]}
    named = {"id": "supply.rations", "value": 2.49, "source": "estimate", "grade": "judgement"}
    summary = bring_in(edited(workbook, *(("factors", f"{heads[name]}2", value) for name, value in named.items())), folder)
    assert summary == ["factors/factors.csv: 1 row added"]
    assert "supply.rations" in (folder / "factors/factors.csv").read_text()


ODD = (
    b'\xef\xbb\xbf"measure",start, end ,value,kind,"source",grade,note\r\n'
    b'incidents,"D+7",D+13,9.50,value,"estimate",judgement,"two\r\nlines"\r\n'
    b",,,,,,,\r\n"
    b"\n"
    b' incidents ,1999-06-12,"2030-07-01",0012,value,"estimate",judgement,_x0041_ x005F_ \x07 #N/A\r\n'
    b'incidents,D+35,D+41,7,value,"estimate",judgement,"#N/A"\n'
    b'incidents,D+63,D+69,1e3,value,"estimate;estimate",judgement,  TRUE'
)


def test_odd_files_keep_every_byte(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    path = folder / "observations/incidents.csv"
    path.write_bytes(ODD)
    workbook = exported(folder)
    edited(workbook)
    assert bring_in(workbook, folder) == []
    assert path.read_bytes() == ODD
    bring_in(edited(workbook, ("incidents", "D4", 8.25)), folder)
    assert path.read_bytes() == ODD.replace(b"D+41,7,value", b"D+41,8.25,value")


def test_rows_of_an_odd_file_leave_its_blank_lines_and_its_end(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    path = folder / "observations/incidents.csv"
    path.write_bytes(ODD)
    bring_in(edited(exported(folder), also=lambda book: book["incidents"].delete_rows(3)), folder)
    kept = [line for line in ODD.splitlines(keepends=True) if b"1999-06-12" not in line]
    assert path.read_bytes() == b"".join(kept)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["value", "note", "end"]))
def test_random_edits_change_their_rows_only(chance: random.Random, column: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = folder_like(EXAMPLE, Path(temporary) / "folder")
        path = folder / "observations/incidents.csv"
        before = path.read_text().splitlines(keepends=True)
        workbook = exported(folder)
        place = before[0].strip().split(",").index(column)
        row = chance.randrange(1, len(before))
        value = {"value": chance.randrange(100) / 4 + 1000, "note": chance.choice(["a,b", 'say "x"', "x\ny", "Ω"]), "end": "D+80"}[column]
        edited(workbook, ("incidents", f"{'ABCDEFGH'[place]}{row + 1}", value))
        bring_in(workbook, folder)
        after = split_csv(path.read_text()).records
        assert [record.raw for number, record in enumerate(after) if number != row] == before[:row] + before[row + 1 :]
        told = str(value) if isinstance(value, str) else f"{value:g}"
        assert after[row].cells[place] == told
        wanted = list(split_csv(before[row]).records[0].cells)
        wanted[place] = told
        assert list(after[row].cells) == wanted


def test_same_folder_same_bytes(tmp_path: Path) -> None:
    one, two = folder_like(EXAMPLE, tmp_path / "a" / "folder"), folder_like(EXAMPLE, tmp_path / "b" / "folder")
    assert exported(one).read_bytes() == exported(two).read_bytes()


def test_edits_of_a_file_that_has_changed_since_are_refused(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    workbook = exported(folder)
    path = folder / PLEDGES
    path.write_text(path.read_text().replace("1st Infantry", "First Infantry"))
    assert bring_in(workbook, folder) == []
    edited(workbook, ("pledges", "C3", "Other"))
    with pytest.raises(BadInput, match="nothing was written") as caught:
        bring_in(workbook, folder)
    assert [fault.file for fault in caught.value.faults] == ["plan.xlsx, sheet pledges"]
    assert "not the file that was exported" in caught.value.faults[0].seen


def test_columns_may_change_places(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    before = files_of(folder)

    def swap(book: object) -> None:
        sheet = book["nodes"]  # type: ignore[index]
        for row in range(1, sheet.max_row + 1):
            first, second = sheet.cell(row, 2).value, sheet.cell(row, 3).value
            sheet.cell(row, 2).value, sheet.cell(row, 3).value = second, first

    assert bring_in(edited(exported(folder), also=swap), folder) == []
    assert files_of(folder) == before


def test_workbook_reads_back_from_memory(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    book = load_workbook(io.BytesIO(exported(folder).read_bytes()))
    assert book["pledges"]["E2"].value == 700
    assert book["pledges"]["H2"].value == "2030-03-01"


def test_a_workbook_may_be_brought_in_twice_and_then_be_exported_over(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    workbook = edited(exported(folder), ("pledges", "C3", "Other"))
    assert bring_in(workbook, folder) == [f"{PLEDGES}: 1 row changed"]
    assert bring_in(workbook, folder) == []
    export(folder, workbook)
    assert bring_in(edited(workbook, ("pledges", "C3", "Another")), folder) == [f"{PLEDGES}: 1 row changed"]
    assert ",Another," in (folder / PLEDGES).read_text()

"""A workbook that cannot be brought in says so by sheet and cell, and nothing is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from casque.errors import BadInput, Unwritable
from casque.products.workbook import opening
from casque.products.workbook.bring_in import bring_in
from casque.products.workbook.export import export
from tests.conftest import EXAMPLE
from tests.products.workbooks import edited, exported, files_of, folder_like, refused, repacked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    return folder_like(EXAMPLE, tmp_path / "folder")


# sheet, cell, value, what was seen, what was expected, the nearest known name
CELLS: list[tuple[str, str, Any, str, str, str]] = [
    ("pledges", "A1", "idd", "the column 'idd'", "a known column", "id"),
    ("pledges", "E1", "strength [persn]", "the unit 'persn'", "strength [person]", "person"),
    ("pledges", "E1", "strength [km]", "the unit 'km'", "something else", ""),
    ("pledges", "E1", "strength", "no unit in the header", "strength [person]", ""),
    ("pledges", "C1", "name [km]", "the unit 'km'", "not a quantity", ""),
    ("pledges", "C1", "id", "the column 'id' again", "expected it once", ""),
    ("pledges", "F4", "comfirmed", "'comfirmed'", "expected one of", "confirmed"),
    ("pledges", "G3", "alfaprt", "'alfaprt'", "known node", "alfaport"),
    ("pledges", "B3", "alfalnd", "'alfalnd'", "known member", "alfaland"),
    ("pledges", "D3", "infantry-batalion", "'infantry-batalion'", "known unit type", "infantry-battalion"),
    ("pledges", "C5", None, "an empty cell", "the column is needed", ""),
    ("pledges", "E5", "many", "'many person'", "expected a quantity", ""),
    ("pledges", "E5", -5, "'-5 person'", "at least 0", ""),
    ("pledges", "H5", "soon", "'soon'", "expected a date", ""),
    ("pledges", "A3", "alf-inf", "'alf-inf' again", "(first in sheet pledges, row 2)", ""),
    ("pledges", "C4", "=1+1", "the formula '=1+1'", "expected a value", ""),
    ("pledges", "C4", "@SUM(A1)", "'@SUM(A1)'", "takes for a formula", ""),
    ("pledges", "C4", "+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0'", "takes for a formula", ""),
    ("pledges", "C4", "#REF!", "'#REF!'", "not a spreadsheet's error", ""),
    ("pledges", "C4", "x" * 32_001, "32001 characters", "at most 32000", ""),
    ("incidents", "A3", "incidnts", "'incidnts'", "measure or a known series", "incidents"),
    ("incidents", "F3", "estimat", "'estimat'", "source in sources.yaml", "estimate"),
    ("incidents", "AF3", 7, "a value", "a heading above it", ""),
    ("incidents", "CC3", 7, "'7'", "at most 64 columns", ""),
    ("overrides", "A2", "supply.ration", "'supply.ration'", "planning factor", "supply.rations"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "seen", "expected", "near"), CELLS)
def test_a_fault_names_sheet_and_cell(folder: Path, sheet: str, cell: str, value: Any, seen: str, expected: str, near: str) -> None:
    faults = refused(edited(exported(folder), (sheet, cell, value)), folder)
    (fault,) = (one for one in faults if one.where == f"cell {cell}")
    assert fault.file == f"plan.xlsx, sheet {sheet}"
    assert fault.seen == seen
    assert expected in fault.expected
    assert fault.nearest == near


def test_a_cell_of_a_link_in_a_list_is_named(folder: Path) -> None:
    place = next(cell.coordinate for cell in load_workbook(exported(folder))["lift"][2] if cell.value == "estimate")
    faults = refused(edited(exported(folder), ("lift", place, "estimate;nobody")), folder)
    assert [(fault.file, fault.where, fault.seen) for fault in faults] == [("plan.xlsx, sheet lift", f"cell {place}", "'nobody'")]


def test_every_fault_of_every_sheet_is_named_at_once_in_the_order_of_the_sheets(folder: Path) -> None:
    edits = [("pledges", "F10", "x"), ("pledges", "F4", "x"), ("pledges", "G3", "nowhere"), ("nodes", "B2", "=1"), ("nodes", "C3", "=2")]
    faults = refused(edited(exported(folder), *edits, ("incidents", "D2", "few")), folder)
    places = [(fault.file.split(" ")[-1], fault.where) for fault in faults]
    assert places[:3] == [("incidents", "cell D2"), ("nodes", "cell B2"), ("nodes", "cell C3")]
    assert ("pledges", "cell F4") in places
    # What the sheet of nodes holds is not known, so that no name is held to be none of them.
    assert ("pledges", "cell G3") not in places


def test_what_an_edit_breaks_elsewhere_is_refused(folder: Path) -> None:
    faults = refused(edited(exported(folder), ("nodes", "A2", "alfahaven")), folder)
    assert {fault.file for fault in faults} == {"transport/links.csv", "forces/pledges.csv"}
    assert {fault.seen for fault in faults} == {"'alfaport'"}


def test_faults_that_the_folder_has_anyway_are_not_held_against_the_workbook(folder: Path) -> None:
    path = folder / "supply.yaml"
    path.write_text(path.read_text() + "\nnonsense: 1\n")
    assert bring_in(edited(exported(folder), ("pledges", "C3", "Other")), folder) == ["forces/pledges.csv: 1 row changed"]


CHANGES: list[tuple[Callable[[Any], object], str, str]] = [
    (lambda book: book.remove(book["lift"]), "plan.xlsx, sheet lift", "no such sheet"),
    (lambda book: book.create_sheet("pledge"), "plan.xlsx, sheet pledge", "a sheet that holds no table"),
    (lambda book: book["lift"].delete_cols(1), "plan.xlsx, sheet lift", "no column 'id'"),
    (lambda book: book["lift"].delete_rows(1), "plan.xlsx, sheet lift", "no column 'id'"),
    (lambda book: book.remove(book["casque"]), "plan.xlsx", "a workbook without its list of contents"),
]


@pytest.mark.parametrize(("change", "file", "seen"), CHANGES)
def test_a_workbook_without_its_shape_is_refused(folder: Path, change: Callable[[Any], object], file: str, seen: str) -> None:
    faults = refused(edited(exported(folder), also=change), folder)
    assert (file, seen) in {(fault.file, fault.seen) for fault in faults}


def test_a_table_outside_the_folder_is_refused(folder: Path) -> None:
    (folder.parent / "other.csv").write_text("id\n")
    faults = refused(edited(exported(folder), ("casque", "B2", "../other.csv")), folder)
    assert [fault.seen for fault in faults] == ["the table '../other.csv'"]


def test_a_table_that_leads_out_of_the_folder_is_not_written(folder: Path) -> None:
    path, outside = folder / "forces/pledges.csv", folder.parent / "outside.csv"
    workbook = edited(exported(folder), ("pledges", "C3", "Other"))
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    faults = refused(workbook, folder)
    assert {fault.seen for fault in faults} == {"edits to forces/pledges.csv, which is not the file that was exported"}
    assert outside.read_bytes() == before


def test_a_table_that_leads_out_of_the_folder_is_not_exported(folder: Path) -> None:
    path, outside = folder / "forces/pledges.csv", folder.parent / "outside.csv"
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(BadInput) as caught:
        export(folder, folder.parent / "book.xlsx")
    assert [fault.seen for fault in caught.value.faults] == ["a link that leads out of the folder"]
    assert not (folder.parent / "book.xlsx").exists()


def test_a_table_linked_within_the_folder_is_brought_in(folder: Path) -> None:
    (folder / "out").mkdir(exist_ok=True)
    path, inside = folder / "forces/pledges.csv", folder / "out" / "pledges.csv"
    path.rename(inside)
    path.symlink_to(inside)
    assert bring_in(edited(exported(folder), ("pledges", "C3", "Other")), folder)
    assert "Other" in inside.read_text(encoding="utf-8")


PARTS = [
    ({"xl/vbaProject.bin": b"x"}, "a workbook with macros"),
    ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "a workbook with links to other workbooks"),
    ({"xl/embeddings/oleObject1.bin": b"x"}, "a workbook with embedded programs or files"),
    ({"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}, "a document type or another encoding in 'xl/sharedStrings.xml'"),
    ({"xl/sharedStrings.xml": "<sst/>".encode("utf-16")}, "a document type or another encoding in 'xl/sharedStrings.xml'"),
    ({"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row"}, "a workbook that cannot be read (ParseError)"),
    ({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}, "a workbook with macros"),
]


@pytest.mark.parametrize(("parts", "seen"), PARTS)
def test_what_could_harm_is_refused(folder: Path, parts: dict[str, bytes], seen: str) -> None:
    (fault,) = refused(repacked(exported(folder), parts), folder)
    assert (fault.file, fault.seen) == ("plan.xlsx", seen)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = repacked(exported(folder), {"xl/media/zeros.bin": bytes(40 * 1024 * 1024)})
    assert workbook.stat().st_size < 1_000_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a part was read"))
    (fault,) = refused(workbook, folder)
    assert "bytes unpacked" in fault.seen


def test_too_many_sheets_are_refused(folder: Path) -> None:
    parts = {f"xl/worksheets/sheet{number}.xml": b"<worksheet/>" for number in range(100, 250)}
    (fault,) = refused(repacked(exported(folder), parts), folder)
    assert fault.expected == "expected at most 100"


FILES = [
    (b"id,name\n", "a file that is no workbook, or a damaged one"),
    (b"", "a file that is no workbook, or a damaged one"),
    (opening._OLD + b"\0" * 600 + opening._ENCRYPTED, "an encrypted workbook"),
    (opening._OLD + b"\0" * 600, "a workbook of an old format"),
]


@pytest.mark.parametrize(("data", "seen"), FILES)
def test_what_is_no_workbook_is_refused(folder: Path, tmp_path: Path, data: bytes, seen: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    (fault,) = refused(path, folder)
    assert fault.seen == seen


def test_a_zip_that_is_no_workbook_and_a_cut_one_are_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(path, folder)[0].seen == "a file that is no workbook"
    workbook = exported(folder)
    workbook.write_bytes(workbook.read_bytes()[:-500])
    assert refused(workbook, folder)[0].seen == "a file that is no workbook, or a damaged one"
    assert refused(tmp_path / "none.xlsx", folder)[0].seen == "no such file"
    assert refused(tmp_path, folder)[0].seen == "a folder"


def test_flipped_bytes_never_give_a_traceback(folder: Path) -> None:
    workbook = exported(folder)
    data = workbook.read_bytes()
    before = files_of(folder)
    for place in range(0, len(data), max(1, len(data) // 60)):
        workbook.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with suppress(BadInput):
            assert bring_in(workbook, folder) == []
    assert files_of(folder) == before


def test_all_tables_are_written_or_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = edited(exported(folder), ("pledges", "C3", "Other"), ("nodes", "B2", "Other"))
    before = files_of(folder)
    rename = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if Path(target).name == "nodes.csv":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(Unwritable, match="No space left"):
        bring_in(workbook, folder)
    assert files_of(folder) == before


def test_an_export_never_takes_the_place_of_edits(folder: Path) -> None:
    workbook = exported(folder)
    export(folder, workbook)
    edited(workbook, ("pledges", "C3", "Other"))
    with pytest.raises(Unwritable, match="may hold edits"):
        export(folder, workbook)


@pytest.mark.parametrize(("name", "words"), [("folder/plan.xlsx", "lies in the mission folder"), ("plan.xls", "no name for a workbook")])
def test_an_export_has_its_place(folder: Path, name: str, words: str) -> None:
    with pytest.raises(Unwritable, match=words):
        export(folder, folder.parent / name)


def test_a_table_that_is_none_is_not_exported(folder: Path, tmp_path: Path) -> None:
    path = folder / "transport/nodes.csv"
    path.write_text(path.read_text() + 'x,y\n"open\n')
    with pytest.raises(BadInput) as caught:
        export(folder, tmp_path / "plan.xlsx")
    assert {fault.file for fault in caught.value.faults} == {"transport/nodes.csv"}
    with pytest.raises(BadInput):
        export(tmp_path / "nowhere", tmp_path / "plan.xlsx")
    assert not (tmp_path / "plan.xlsx").exists()

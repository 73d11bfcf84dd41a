"""What a person sees who opens the workbook: headings with notes, lists to choose from, texts that stay texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from casque.mission.folder import TABLES
from casque.mission.vocabulary import PledgeStatus
from casque.products.workbook.cells import key_of, text_of, value_of
from casque.products.workbook.layout import sheet_names
from casque.products.workbook.table import kinds_of
from tests.conftest import EXAMPLE, KOSOVO
from tests.products.workbooks import exported, folder_like


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The workbook of the example."""
    return load_workbook(exported(folder_like(EXAMPLE, tmp_path_factory.mktemp("sheets") / "folder")))


def choices(book: Any, sheet: str, column: str) -> list[str] | str:
    """The words of a column's drop-down list, or its formula where the list is counted when it is opened."""
    head = next(cell for cell in book[sheet][1] if str(cell.value).split(" ")[0] == column)
    (rule,) = (rule for rule in book[sheet].data_validations.dataValidation if f"{head.column_letter}2" in str(rule.sqref).split(":"))
    assert rule.type == "list"
    if not rule.formula1.startswith("lists!"):
        return str(rule.formula1)
    return [cell.value for (cell,) in book["lists"][rule.formula1.removeprefix("lists!").replace("$", "")]]


def test_sheets_stand_behind_their_index(book: Any) -> None:
    assert book.sheetnames == [
        "index",
        "pledges",
        "requirements",
        "movements",
        "nodes",
        "links",
        "lift",
        "incidents",
        "overrides",
        "lists",
        "casque",
    ]
    assert [name for name in book.sheetnames if book[name].sheet_state == "hidden"] == ["lists", "casque"]
    texts = [str(cell.value) for row in book["index"] for cell in row if cell.value is not None]
    assert any("casque workbook import" in text for text in texts)
    assert any("strength [person]" in text for text in texts)


def test_headings_have_units_and_notes_and_stay_in_sight(book: Any) -> None:
    for name, (_, _, model) in TABLES.items():
        sheet = book[Path(name).stem]
        assert sheet.freeze_panes == "B2"
        heads = {str(cell.value).split(" ")[0]: cell for cell in sheet[1]}
        assert set(heads) == set(model.model_fields)
        for field, info in model.model_fields.items():
            assert " ".join((info.description or "").split()) in heads[field].comment.text
            assert ("Needed." in heads[field].comment.text) == info.is_required()
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])
    assert book["pledges"]["E1"].value == "strength [person]"


def test_closed_vocabularies_and_known_ids_can_be_chosen(book: Any) -> None:
    assert choices(book, "pledges", "status") == [status.value for status in PledgeStatus]
    assert "alfaland" in choices(book, "pledges", "member")
    assert choices(book, "pledges", "sector") == ["north", "south"]
    assert "infantry-battalion" in choices(book, "pledges", "unit_type")
    assert "OFFSET('nodes'!$A$2" in choices(book, "pledges", "home")
    assert choices(book, "links", "start") == choices(book, "links", "end") == choices(book, "pledges", "home")
    assert choices(book, "links", "mode") == ["air", "sea", "road", "rail"]
    assert {"un", "alfaland"} <= set(choices(book, "lift", "owner"))
    assert {"incidents", "strength.in_area"} <= set(choices(book, "incidents", "measure"))
    assert "estimate" in choices(book, "incidents", "source")
    assert "supply.rations" in choices(book, "overrides", "id")


def test_a_column_that_takes_several_names_lets_them_be_typed(book: Any) -> None:
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in book["lift"].data_validations.dataValidation}
    heads = {cell.value: cell.column_letter for cell in book["lift"][1]}
    assert not rules[heads["source"]].showErrorMessage
    assert rules[heads["mode"]].showErrorMessage


def test_numbers_are_numbers_and_dates_stay_as_they_are_written(book: Any) -> None:
    assert book["pledges"]["E2"].value == 700
    assert book["incidents"]["B2"].value == "D+7"
    assert book["nodes"]["E2"].number_format == "0.0"
    assert book["pledges"].column_dimensions["H"].number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK(A1)", "#N/A"])
def test_what_reads_like_a_formula_stays_a_text(tmp_path: Path, text: str) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    path = folder / "forces/pledges.csv"
    path.write_text(path.read_text().replace("1st Infantry Battalion", text))
    sheet = load_workbook(exported(folder))["pledges"]
    cell = sheet["C2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix == (text[0] in "=+-@")
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_a_sheet_has_the_name_of_its_file_and_no_other_sheet_has_it(tmp_path: Path) -> None:
    folder = folder_like(EXAMPLE, tmp_path / "folder")
    for name in ("nodes", "INDEX", "casque", "what's [new]", "a" * 40, "a" * 41):
        (folder / f"observations/{name}.csv").write_text("measure,start,end,value\n")
    names = sheet_names(kinds_of(folder))
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert names["transport/nodes.csv"] == "nodes"
    assert names["observations/nodes.csv"] == "observations nodes"
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names.values())
    assert exported(folder).exists()


@pytest.mark.parametrize(
    ("text", "value"),
    [("700", 700), ("-1.72", -1.72), ("0.50", 0.5), ("007", "007"), ("1e3", "1e3"), ("1 000", "1 000"), ("", None), ("1" * 16, "1" * 16)],
)
def test_a_number_is_one_only_where_nothing_is_lost(text: str, value: object) -> None:
    assert value_of(text, True) == value
    assert type(value_of(text, True)) is type(value)
    assert key_of(value, True) == key_of(text, True)
    assert value_of(text, False) == (text or None)


@pytest.mark.parametrize(
    ("value", "text"), [(700.0, "700"), (0.1, "0.1"), (True, "true"), (None, ""), (1e300, "1e+300"), (float("nan"), "nan")]
)
def test_values_of_a_sheet_as_the_file_says_them(value: object, text: str) -> None:
    assert text_of(value) == text


def test_kosovo_opens(tmp_path: Path) -> None:
    book = load_workbook(exported(folder_like(KOSOVO, tmp_path / "folder")))
    assert book["pledges"].max_row > 60
    assert "murders-per-week" in choices(book, "murders", "measure")

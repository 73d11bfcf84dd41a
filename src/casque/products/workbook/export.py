"""Writing the workbook: a sheet for each table, an index before them, lists and contents hidden behind them."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from casque.errors import BadInput, Unwritable
from casque.mission.faults import Fault
from casque.mission.folder import look
from casque.products.workbook.cells import format_of, is_number, value_of
from casque.products.workbook.choices import Choice, choices_of, meaning_of
from casque.products.workbook.index import write_index
from casque.products.workbook.layout import (
    CONTENTS,
    CONTENTS_HEAD,
    LISTS,
    MOST_ROWS,
    MOST_SHEETS,
    Entry,
    headings_of,
    sheet_names,
    table_digest,
)
from casque.products.workbook.pack import packed
from casque.products.workbook.reading import brought_in
from casque.products.workbook.table import Table, kinds_of, read_table

_HEAD_FONT = Font(bold=True)
_NEEDED = PatternFill("solid", fgColor="DCE6F1")
_ADDED = PatternFill("solid", fgColor="F2F2F2")


def export(folder: Path, target: Path) -> list[str]:
    """Write every table of a mission folder into one workbook, and return a line for each of its sheets.

    Raises BadInput where the folder or a table of it cannot be read, Unwritable where the target may not or cannot be written.
    """
    reading = look(folder)
    if not folder.is_dir() or not reading.parsed:
        raise BadInput(f"{folder} cannot be exported", reading.faults, "Name a mission folder.")
    tables, faults = list[Table](), list[Fault]()
    for kind in kinds_of(folder):
        try:
            tables.append(read_table(folder, kind))
        except BadInput as error:
            faults.extend(error.faults)
    for table in tables:
        if len(table.rows) >= MOST_ROWS:
            faults.append(Fault(table.kind.name, 0, "", f"{len(table.rows)} rows", f"expected fewer than {MOST_ROWS} for a sheet"))
    if len(tables) > MOST_SHEETS:
        faults.append(Fault(str(folder), 0, "", f"{len(tables)} tables", f"expected at most {MOST_SHEETS} for a workbook"))
    if faults:
        raise BadInput(f"{folder} cannot be exported", faults, "Mend the tables and run the command again.")
    names = sheet_names([table.kind for table in tables])
    book = Workbook()
    index = book.active
    assert isinstance(index, Worksheet)
    lists: dict[Choice, str] = {}
    entries = []
    for table in tables:
        sheet = book.create_sheet(names[table.kind.name])
        columns = [*table.columns, *(name for name in table.kind.model.model_fields if name not in table.columns)]
        choices = choices_of(table.kind, reading)
        _write_head(sheet, table, columns, choices)
        _write_rows(sheet, table)
        _write_choices(sheet, columns, choices, names, {one.kind.name: one for one in tables}, lists)
        entries.append(Entry(sheet.title, table.kind.name, table.digest, table_digest(table)))
    write_index(index, folder, tables, names)
    _write_lists(book.create_sheet(LISTS), lists)
    _write_contents(book.create_sheet(CONTENTS), entries)
    _save(packed(book), folder, target, tables)
    return [f"sheet {names[table.kind.name]}: {table.kind.name}, {len(table.rows)} rows" for table in tables]


def _write_head(sheet: Worksheet, table: Table, columns: list[str], choices: dict[str, Choice]) -> None:
    sheet.freeze_panes = "B2"
    for place, (name, title) in enumerate(headings_of(table, columns).items(), 1):
        info = table.kind.model.model_fields[name]
        cell = sheet.cell(1, place, title)
        cell.font, cell.number_format = _HEAD_FONT, "@"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if info.is_required():
            cell.fill = _NEEDED
        elif name not in table.columns:
            cell.fill = _ADDED
        note = Comment(meaning_of(table.kind, name, choices.get(name)), "Casque")
        note.width, note.height = 320, 140
        cell.comment = note
        texts = [row.cells[place - 1] for row in table.rows[:500]] if place <= len(table.columns) else []
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = min(48, max(10, *(len(word) + 2 for word in title.split()), *(len(text) + 2 for text in texts)))
        # Whatever is typed into an empty row of a text column stays as it is typed: no date becomes a number.
        dimension.number_format = "General" if is_number(info) else "@"


def _write_rows(sheet: Worksheet, table: Table) -> None:
    numbers = [is_number(table.kind.model.model_fields[name]) for name in table.columns]
    for line, row in enumerate(table.rows, 2):
        for place, (text, number) in enumerate(zip(row.cells, numbers, strict=True), 1):
            value = value_of(text, number)
            if value is None:
                continue
            cell = sheet.cell(line, place, value)
            cell.number_format = format_of(text, number)
            if isinstance(value, str):
                # A text stays a text even if it reads like a formula or like a spreadsheet's word for an error.
                cell.data_type = "s"
                if value[0] in "=+-@":
                    cell.quotePrefix = True


def _write_choices(
    sheet: Worksheet,
    columns: list[str],
    choices: dict[str, Choice],
    names: dict[str, str],
    tables: dict[str, Table],
    lists: dict[Choice, str],
) -> None:
    for place, name in enumerate(columns, 1):
        choice = choices.get(name)
        if choice is None:
            continue
        if choice.table:
            # Counted when the list is opened, so that an id added to the other sheet can be chosen at once.
            letter = get_column_letter(tables[choice.table].columns.index("id") + 1)
            ids = f"'{names[choice.table]}'!${letter}$2"
            formula = f"OFFSET({ids},0,0,MAX(1,COUNTA({ids}:${letter}${MOST_ROWS})),1)"
        else:
            one = Choice(choice.name, choice.words)
            letter = lists.setdefault(one, get_column_letter(len(lists) + 1))
            formula = f"{LISTS}!${letter}$2:${letter}${len(choice.words) + 1}"
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=not choice.several, errorStyle="stop")
        rule.errorTitle, rule.error = f"Not a known {choice.name}"[:32], f"Choose a {choice.name} from the list."
        rule.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{MOST_ROWS}")
        sheet.add_data_validation(rule)


def _write_lists(sheet: Worksheet, lists: dict[Choice, str]) -> None:
    sheet.sheet_state = "hidden"
    for place, choice in enumerate(lists, 1):
        for line, word in enumerate((choice.name, *choice.words), 1):
            cell = sheet.cell(line, place, word)
            cell.data_type = "s"


def _write_contents(sheet: Worksheet, entries: list[Entry]) -> None:
    sheet.sheet_state = "hidden"
    sheet.append(list(CONTENTS_HEAD))
    for line, entry in enumerate(entries, 2):
        for place, text in enumerate((entry.sheet, entry.table, entry.file, entry.cells), 1):
            sheet.cell(line, place, text).data_type = "s"


def _save(data: bytes, folder: Path, target: Path, tables: list[Table]) -> None:
    if target.suffix.lower() != ".xlsx":
        raise Unwritable(f"{target} is no name for a workbook", "Give it a name that ends in .xlsx.")
    inside = target.resolve().parent.is_relative_to(folder.resolve())
    if inside and not target.resolve().is_relative_to(folder.resolve() / "out"):
        raise Unwritable(f"{target} lies in the mission folder, where it belongs to no part of the mission", "Write it beside the folder.")
    if target.exists():
        if target.is_file() and target.read_bytes() == data:
            return
        if not brought_in(target, tables):
            raise Unwritable(f"{target} exists and may hold edits", "Bring it in or move it away first, or give another name.")
    draft = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        message = f"{target} cannot be written: {error.strerror or error}"
        raise Unwritable(message, "Check the space on the disk and the permissions.") from error

"""What a sheet says about its table: headings by field, rows by field, and every fault with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from openpyxl.utils import get_column_letter

from casque.errors import BadInput
from casque.mission.csv_source import read_heading, split_csv
from casque.mission.faults import Fault
from casque.mission.new_folder import heading
from casque.products.workbook.cells import LONGEST, is_number, key_of, text_of
from casque.products.workbook.layout import cells_digest, table_digest
from casque.products.workbook.opening import Sheet, open_book
from casque.products.workbook.table import Kind, Table

_MISSING = re.compile(r"^no '([a-z_]+)'$")
_FIRST_IN = re.compile(r"\(first in (\S+) on line (\d+)\)")


@dataclass
class Said:
    """What a sheet says."""

    kind: Kind
    """The table that it holds."""
    label: str
    """Workbook and sheet, as faults name them."""
    headings: dict[str, str] = field(default_factory=dict)
    """Heading by field."""
    letters: dict[str, str] = field(default_factory=dict)
    """Column of the sheet by field."""
    rows: list[dict[str, str]] = field(default_factory=list)
    """Rows by field, as the file is to say them; empty cells left out."""
    keys: list[dict[str, str]] = field(default_factory=list)
    """Rows by field, as cells are compared."""
    numbers: list[int] = field(default_factory=list)
    """Row of the sheet of each row."""
    faults: list[Fault] = field(default_factory=list)
    """What keeps the sheet from being read whole."""


def said_by(sheet: Sheet, kind: Kind) -> Said:
    """What a sheet says about its table."""
    said = Said(kind, sheet.label, faults=list(sheet.faults))
    head = sheet.rows[0][1] if sheet.rows and sheet.rows[0][0] == 1 else ()
    unknown: set[int] = set()
    for place, value in enumerate(head):
        if value is None:
            continue
        name, _, fault = read_heading(text_of(value), kind.name, kind.model, said.headings)
        if fault is not None:
            said.faults.append(replace(fault, file=sheet.label, line=0, where=f"cell {get_column_letter(place + 1)}1"))
        if name in kind.model.model_fields and name not in said.headings:
            said.headings[name], said.letters[name] = text_of(value), get_column_letter(place + 1)
        else:
            unknown.add(place)
    for name, info in kind.model.model_fields.items():
        if name not in said.headings:
            title = heading(name, info)
            step = "Put the column back; leave its cells empty if nothing is known."
            said.faults.append(Fault(sheet.label, 0, "row 1", f"no column '{name}'", f"expected a column '{title}'", next_step=step))
    numbers = {name: is_number(info) for name, info in kind.model.model_fields.items()}
    for number, values in sheet.rows:
        if number > 1:
            _row(said, number, values, numbers, unknown)
    return said


def _row(said: Said, number: int, values: tuple[object, ...], numbers: dict[str, bool], unknown: set[int]) -> None:
    names = {letter: name for name, letter in said.letters.items()}
    row: dict[str, str] = {}
    for place, value in enumerate(values):
        text = text_of(value)
        if not text or place in unknown:
            continue
        where = f"cell {get_column_letter(place + 1)}{number}"
        name = names.get(get_column_letter(place + 1))
        if name is None:
            said.faults.append(Fault(said.label, 0, where, "a value", "expected a heading above it", next_step="Move it or take it out."))
        elif len(text) > LONGEST:
            said.faults.append(Fault(said.label, 0, where, f"{len(text)} characters", f"expected at most {LONGEST}"))
        else:
            row[name] = text
    if row:
        said.rows.append(row)
        said.keys.append({name: key_of(text, numbers[name]) for name, text in row.items()})
        said.numbers.append(number)


def brought_in(workbook: Path, tables: Iterable[Table]) -> bool:
    """Whether a workbook says nothing that the tables of its folder do not say, so that nothing is lost with it."""
    try:
        book = open_book(workbook)
    except BadInput:
        return False
    current = {table.kind.name: table for table in tables}
    for entry in book.entries:
        table, sheet = current.get(entry.table), book.sheets.get(entry.sheet)
        if table is None or sheet is None:
            return False
        said = said_by(sheet, table.kind)
        if said.faults or cells_digest(said.headings, said.keys) not in (entry.cells, table_digest(table)):
            return False
    return not book.faults


class Places:
    """Where in the workbook the faults of the new tables lie."""

    def __init__(self, tables: dict[str, tuple[Said, str]]) -> None:
        self._said = {name: said for name, (said, _) in tables.items()}
        self._rows: dict[str, dict[int, int]] = {}
        for name, (said, text) in tables.items():
            lines = [record.line for record in split_csv(text).records[1:] if not record.blank]
            self._rows[name] = dict(zip(lines, said.numbers, strict=False))

    def of(self, fault: Fault) -> Fault:
        """A fault of a new table as a fault of its sheet; a fault of another file as it is."""
        said = self._said.get(fault.file)
        if said is None:
            return fault
        row = self._rows[fault.file].get(fault.line, 1)
        missing = _MISSING.match(fault.seen)
        name = missing[1] if missing else re.split(r"[.\[]", fault.where.removeprefix(f"{said.kind.key}[").split("].")[-1])[0]
        where = f"cell {said.letters[name]}{row}" if name in said.letters else f"row {row}"
        expected = "expected a value: the column is needed" if missing else _FIRST_IN.sub(self._first, fault.expected)
        return replace(fault, file=said.label, line=0, where=where, seen="an empty cell" if missing else fault.seen, expected=expected)

    def _first(self, match: re.Match[str]) -> str:
        said = self._said.get(match[1])
        row = self._rows.get(match[1], {}).get(int(match[2]), 0)
        return f"(first in {said.label.split(', ')[-1]}, row {row})" if said and row else match[0]


def order_of(fault: Fault) -> tuple[str, int, int, str, Fault]:
    """Key that puts faults in the order of the workbook: by sheet, row and column."""
    match = re.match(r"(?:cell ([A-Z]+)|row )(\d+)$", fault.where)
    return (fault.file, int(match[2]) if match else fault.line, len(match[1] or "") if match else 0, fault.where, fault)

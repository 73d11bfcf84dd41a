"""Reading a CSV table whose header names the fields of a model, with units in brackets: `length [km]`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casque.mission.faults import Fault, nearest, shown
from casque.mission.quantities import Quantity, convert, nearest_unit
from casque.mission.yaml_source import Parsed, Path

_HEADER = re.compile(r"^\s*([A-Za-z_]+)\s*(?:\[\s*([^\]]+?)\s*\])?\s*$")
_FORMULA = re.compile(r"[=@]|[+-](?!(?:[0-9][0-9_ ]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$)")


@dataclass(frozen=True)
class Record:
    """One record of a CSV text."""

    cells: tuple[str, ...]
    """Cells as they are read, quotes taken off."""
    raw: str
    """The text of the record as it stands in the file, line end included."""
    line: int
    """Line on which it ends, counted from 1."""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in any cell: such a line is no row of the table."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Split:
    """A CSV text as records, as far as it is CSV."""

    records: tuple[Record, ...]
    """The header and what follows it, blank lines included; their raw texts together are the text that was read."""
    line: int
    """Line on which the reading stopped."""
    trouble: str
    """Why it stopped there, or nothing."""


def split_csv(text: str) -> Split:
    """The records of a CSV text with the text of each."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    records: list[Record] = []
    done, trouble = 0, ""
    try:
        for cells in reader:
            records.append(Record(tuple(cells), "".join(lines[done : reader.line_num]), reader.line_num))
            done = reader.line_num
    except csv.Error as error:
        trouble = str(error)
    return Split(tuple(records), reader.line_num, trouble)


def parse_csv(text: str, name: str, model: type[BaseModel], key: str) -> Parsed:
    """Rows of the table as a list under `key`, cells as the model reads them, with the line of every cell."""
    parsed = Parsed({key: []}, {(): 1, (key,): 1})
    split = split_csv(text)
    if not split.records:
        parsed.faults.append(Fault(name, 1, "", "no header", "expected a line of column names"))
        return parsed
    columns = columns_of(split.records[0].cells, name, model, parsed.faults)
    if parsed.faults:
        return parsed
    for record in split.records[1:]:
        if not record.blank:
            _row(record, columns, name, model, key, parsed)
    if split.trouble:
        parsed.faults.append(
            Fault(
                name, split.line, "", "text that is not CSV", f"expected CSV: {split.trouble}", next_step="Check the quotes on this line."
            )
        )
    return parsed


def _row(record: Record, columns: list[tuple[str, str]], name: str, model: type[BaseModel], key: str, parsed: Parsed) -> None:
    if len(record.cells) != len(columns):
        parsed.faults.append(ragged(record, len(columns), name))
        return
    row: dict[str, Any] = {}
    for (column, unit), written in zip(columns, record.cells, strict=True):
        cell = written.strip()
        if not cell:
            continue
        if cell[0] in "=@+-" and is_formula(cell):
            parsed.faults.append(
                Fault(
                    name,
                    record.line,
                    column,
                    shown(cell),
                    "expected text that no spreadsheet takes for a formula",
                    next_step="Begin it with a letter or a digit.",
                )
            )
        row[column] = _cell(cell, model.model_fields[column], unit)
    here: Path = (key, len(parsed.value[key]))
    parsed.lines[here] = record.line
    parsed.lines.update({(*here, column): record.line for column, _ in columns})
    parsed.value[key].append(row)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet that opens the table would take the cell for a formula: it begins as one and is no number."""
    return _FORMULA.match(cell) is not None


def ragged(record: Record, columns: int, name: str) -> Fault:
    """The fault of a record with more or fewer cells than the header."""
    expected = f"expected {columns}, as in the header"
    return Fault(name, record.line, "", f"{len(record.cells)} cells", expected, next_step="Quote cells that hold a comma.")


def quantity_of(info: FieldInfo) -> Quantity | None:
    """The quantity mark of a field, if it has one."""
    for mark in info.metadata:
        if isinstance(mark, Quantity):
            return mark
    for part in getattr(info.annotation, "__args__", ()):
        for mark in getattr(part, "__metadata__", ()):
            if isinstance(mark, Quantity):
                return mark
    return None


def columns_of(header: Iterable[str], name: str, model: type[BaseModel], faults: list[Fault]) -> list[tuple[str, str]]:
    """Field and unit of every heading; faults for headings that are unknown, doubled, of a wrong unit, and for needed ones not there."""
    columns: list[tuple[str, str]] = []
    for written in header:
        column, unit, fault = read_heading(written, name, model, [done for done, _ in columns])
        faults.extend([fault] if fault else [])
        columns.append((column, unit))
    present = {column for column, _ in columns}
    for column, info in model.model_fields.items():
        if info.is_required() and column not in present:
            faults.append(Fault(name, 1, column, "no such column", f"expected a column '{_heading(column, info)}'"))
    return columns


def read_heading(written: str, name: str, model: type[BaseModel], done: Iterable[str]) -> tuple[str, str, Fault | None]:
    """Field and unit behind a heading, and its fault if it has one; `done` are the fields of the headings before it."""
    match = _HEADER.match(written)
    column, unit = (match[1], match[2] or "") if match else (written.strip(), "")
    info = model.model_fields.get(column)
    if info is None:
        known, columns = nearest(column, model.model_fields), "Columns: " + ", ".join(model.model_fields) + "."
        return column, unit, Fault(name, 1, "", f"the column {shown(written)}", "expected a known column", known, columns)
    if column in done:
        return column, unit, Fault(name, 1, column, f"the column '{column}' again", "expected it once")
    return column, unit, _unit_fault(column, unit, info, name)


def _unit_fault(column: str, unit: str, info: FieldInfo, name: str) -> Fault | None:
    mark = quantity_of(info)
    if mark is None:
        expected = "expected no unit: the column is not a quantity"
        return Fault(name, 1, column, f"the unit {shown(unit)}", expected) if unit else None
    wanted = f"expected a header such as '{_heading(column, info)}'"
    if not unit:
        return Fault(name, 1, column, "no unit in the header", wanted)
    try:
        convert(1.0, unit, mark.unit)
    except KeyError:
        return Fault(name, 1, column, f"the unit {shown(unit)}", wanted, nearest_unit(unit) or "")
    except ValueError:
        return Fault(name, 1, column, f"the unit {shown(unit)}", f"{wanted}: it measures something else")
    return None


def _heading(column: str, info: FieldInfo) -> str:
    mark = quantity_of(info)
    return column if mark is None else f"{column} [{mark.unit}]"


def _cell(cell: str, info: FieldInfo, unit: str) -> Any:
    if quantity_of(info) is not None:
        return f"{cell} {unit}"
    if get_origin(info.annotation) is tuple:
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell

"""Reading a CSV table whose header names the fields of a model, with units in brackets: `length [km]`."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casque.mission.faults import Fault, nearest, shown
from casque.mission.quantities import Quantity, convert, nearest_unit
from casque.mission.yaml_source import Parsed, Path

_HEADER = re.compile(r"^\s*([A-Za-z_]+)\s*(?:\[\s*([^\]]+?)\s*\])?\s*$")


def parse_csv(text: str, name: str, model: type[BaseModel], key: str) -> Parsed:
    """Rows of the table as a list under `key`, cells as the model reads them, with the line of every cell."""
    parsed = Parsed({key: []}, {(): 1, (key,): 1})
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
    except (csv.Error, StopIteration):
        parsed.faults.append(Fault(name, 1, "", "no header", "expected a line of column names"))
        return parsed
    columns = _columns(header, name, model, parsed.faults)
    if parsed.faults:
        return parsed
    row_number = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = reader.line_num
            if len(cells) != len(columns):
                parsed.faults.append(
                    Fault(
                        name,
                        line,
                        "",
                        f"{len(cells)} cells",
                        f"expected {len(columns)}, as in the header",
                        next_step="Quote cells that hold a comma.",
                    )
                )
                continue
            row = {
                column: _cell(cell.strip(), model.model_fields[column], unit)
                for (column, unit), cell in zip(columns, cells, strict=True)
                if cell.strip()
            }
            here: Path = (key, row_number)
            parsed.lines[here] = line
            parsed.lines.update({(*here, column): line for column, _ in columns})
            parsed.value[key].append(row)
            row_number += 1
    except csv.Error as error:
        parsed.faults.append(
            Fault(name, reader.line_num, "", "text that is not CSV", f"expected CSV: {error}", next_step="Check the quotes on this line.")
        )
    return parsed


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


def _columns(header: list[str], name: str, model: type[BaseModel], faults: list[Fault]) -> list[tuple[str, str]]:
    columns: list[tuple[str, str]] = []
    for written in header:
        match = _HEADER.match(written)
        column, unit = (match[1], match[2] or "") if match else (written.strip(), "")
        info = model.model_fields.get(column)
        if info is None:
            known = nearest(column, model.model_fields)
            faults.append(
                Fault(
                    name,
                    1,
                    "",
                    f"the column {shown(written)}",
                    "expected a known column",
                    known,
                    "Columns: " + ", ".join(model.model_fields) + ".",
                )
            )
        elif column in (done for done, _ in columns):
            faults.append(Fault(name, 1, column, f"the column '{column}' again", "expected it once"))
        else:
            _check_unit(column, unit, info, name, faults)
        columns.append((column, unit))
    present = {column for column, _ in columns}
    for column, info in model.model_fields.items():
        if info.is_required() and column not in present:
            faults.append(Fault(name, 1, column, "no such column", f"expected a column '{_heading(column, info)}'"))
    return columns


def _check_unit(column: str, unit: str, info: FieldInfo, name: str, faults: list[Fault]) -> None:
    mark = quantity_of(info)
    if mark is None:
        if unit:
            faults.append(Fault(name, 1, column, f"the unit {shown(unit)}", "expected no unit: the column is not a quantity"))
        return
    wanted = f"expected a header such as '{_heading(column, info)}'"
    if not unit:
        faults.append(Fault(name, 1, column, "no unit in the header", wanted))
        return
    try:
        convert(1.0, unit, mark.unit)
    except KeyError:
        faults.append(Fault(name, 1, column, f"the unit {shown(unit)}", wanted, nearest_unit(unit) or ""))
    except ValueError:
        faults.append(Fault(name, 1, column, f"the unit {shown(unit)}", f"{wanted}: it measures something else"))


def _heading(column: str, info: FieldInfo) -> str:
    mark = quantity_of(info)
    return column if mark is None else f"{column} [{mark.unit}]"


def _cell(cell: str, info: FieldInfo, unit: str) -> Any:
    if quantity_of(info) is not None:
        return f"{cell} {unit}"
    if get_origin(info.annotation) is tuple:
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell

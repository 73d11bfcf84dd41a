"""National plans that nations bring back: the time-phased list as CSV or workbook, with dates, times, ports and amounts changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from casque.errors import BadInput
from casque.mission.csv_source import split_csv
from casque.mission.faults import Fault, nearest, shown
from casque.mission.text_source import read_text
from casque.products.forces.release import WITHHELD
from casque.products.movement.cells import plain
from casque.products.movement.lines import COLUMNS, LOAD, Line, lines_of
from casque.products.movement.picture import MovementPicture
from casque.products.movement.proposal import Proposal, Reading, Row
from casque.products.movement.table import Cell, written
from casque.products.sheets import cell_of
from casque.products.workbook.opening import open_sheets

_BACK = "Write the list anew with --out and carry the changes over."


@dataclass(frozen=True)
class Brought:
    """What some files say."""

    proposals: Mapping[str, Proposal]
    """Lines that were changed, by load."""
    members: tuple[str, ...]
    """Nations whose lines stand in the files."""
    notes: tuple[str, ...]
    """What was seen and does not count."""


def brought(seen: MovementPicture, files: Sequence[Path]) -> Brought:
    """Read national plans against the plan that they were made from. Raises BadInput with every fault."""
    lines = {line.load.id: line for line in lines_of(seen)}
    faults: list[Fault] = []
    notes: list[str] = []
    proposals: dict[str, Proposal] = {}
    first: dict[str, str] = {}
    for path in files:
        for row in _rows(path, faults):
            found = _read_row(seen, row, lines, faults, notes)
            if found is None:
                continue
            if found.load in first:
                where = f"expected a line in one row of one file; it stands in {first[found.load]} too"
                faults.append(Fault(found.file, found.row, LOAD, shown(found.load), where))
            first.setdefault(found.load, f"{found.file}:{found.row}")
            if not found.empty:
                proposals.setdefault(found.load, found)
    if faults:
        raise BadInput("the national plans cannot be brought back", sorted(set(faults)), "Mend the faults above and run the command again.")
    members = tuple(sorted({lines[load].member for load in first}))
    absent = [load for load, line in lines.items() if line.member in members and load not in first]
    if absent:
        notes.append(f"{len(absent)} lines of {', '.join(members)} stand in none of the files; they are taken as planned.")
    return Brought(proposals, members, tuple(notes))


def _rows(path: Path, faults: list[Fault]) -> Iterator[Row]:
    """Rows of a file by heading, as text or as the workbook's values."""
    try:
        table = _sheet_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    except BadInput as error:
        faults.extend(error.faults)
        return
    number, heads = table[0]
    names = [plain(head) for head in heads]
    while names and not names[-1]:
        names.pop()
    known = {column.head for column in COLUMNS}
    faults.extend(_head_faults(path.name, number, names, known))
    if len(set(names) & known) != len(names) or LOAD not in names:
        return
    for number, cells in table[1:]:
        if any(plain(cell) for cell in cells[len(names) :]):
            faults.append(Fault(path.name, number, "", f"{len(cells)} cells", f"expected {len(names)}, as in the header"))
        elif any(plain(cell) for cell in cells):
            yield Row(path.name, number, dict(zip(names, cells, strict=False)))


def _head_faults(file: str, number: int, names: Sequence[str], known: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault(
                file, number, "", f"the column {shown(name)}", "expected a column of the time-phased list", nearest(name, known), _BACK
            )
        elif names.count(name) > 1:
            yield Fault(file, number, name, f"the column '{name}' again", "expected it once")
    if LOAD not in names:
        yield Fault(file, number, LOAD, "no such column", f"expected a column '{LOAD}'", next_step=_BACK)


def _csv_rows(path: Path) -> list[tuple[int, tuple[Any, ...]]]:
    text = read_text(path, path.name)
    if isinstance(text, Fault):
        raise BadInput("", [text])
    head = text.partition("\n")[0]
    if head.count(";") > head.count(","):
        step = "Save it with commas, or bring the workbook (.xlsx) back instead."
        raise BadInput("", [Fault(path.name, 1, "", "cells parted by semicolons", "expected cells parted by commas", next_step=step)])
    split = split_csv(text)
    if split.trouble:
        step = "Check the quotes on this line."
        raise BadInput("", [Fault(path.name, split.line, "", "text that is not CSV", f"expected CSV: {split.trouble}", next_step=step)])
    return [(record.line, record.cells) for record in split.records if not record.blank]


def _sheet_rows(path: Path) -> list[tuple[int, tuple[Any, ...]]]:
    sheets = open_sheets(path)
    sheet = sheets.get("Lines")
    if sheet is None or not sheet.rows:
        seen = "sheets " + ", ".join(map(shown, sheets)) if sheets else "no sheet"
        raise BadInput("", [Fault(path.name, 0, "", seen, "expected a sheet 'Lines' with rows", next_step=_BACK)])
    if sheet.faults:
        raise BadInput("", sheet.faults)
    return list(sheet.rows)


def _read_row(seen: MovementPicture, row: Row, lines: Mapping[str, Line], faults: list[Fault], notes: list[str]) -> Proposal | None:
    load = plain(row.cells[LOAD])
    line = lines.get(load)
    if line is None:
        expected = "expected a load of the last run's movement plan"
        faults.append(Fault(row.file, row.number, LOAD, shown(load), expected, nearest(load, lines), _BACK))
        return None
    own = plain(row.cells.get("nation", line.member))
    if own != line.member:
        faults.append(Fault(row.file, row.number, "nation", shown(own), f"expected {line.member}: the line is its own"))
    planned = {column.head: column.value(line) for column in COLUMNS}
    changed = {head for head, cell in row.cells.items() if _differs(cell, planned[head])}
    read = Reading(seen, row, planned, changed, faults)
    fixed = sorted(changed - {column.head for column in COLUMNS if column.edited})
    if fixed:
        notes.append(f"{row.file}:{row.number}: changes of {', '.join(fixed)} are not read back.")
    return Proposal(load, row.file, row.number, read.dates(), read.times(), read.ports(), read.amounts())


def _differs(cell: Any, planned: Cell) -> bool:
    """Whether a cell says anything else than the plan does, however a spreadsheet wrote it."""
    text, before = plain(cell), plain(cell_of(written(planned)))
    if text in (before, WITHHELD):
        return False
    if isinstance(planned, datetime):
        return text.replace(" ", "T")[:16] != before
    if isinstance(planned, date):
        return text.removesuffix("T00:00") != before
    try:
        return not abs(float(text) - float(before)) <= 5e-3
    except ValueError:
        return True

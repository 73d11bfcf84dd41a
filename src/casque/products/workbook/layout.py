"""How the workbook is laid out: the names of its sheets, and the hidden sheet that says which table each of them holds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from casque.mission.new_folder import heading
from casque.products.workbook.cells import is_number, key_of
from casque.products.workbook.table import Kind, Table

INDEX = "index"
LISTS = "lists"
CONTENTS = "casque"
VERSION = 1
CONTENTS_HEAD = ("casque workbook", VERSION)

MOST_ROWS = 20_000
"""Rows of a sheet that are looked at; drop-down lists reach as far down."""
MOST_COLUMNS = 64
"""Columns that a sheet may have."""
COLUMNS_SEEN = 200
"""Columns of a sheet that are looked at, so that a cell gone astray is found."""
MOST_SHEETS = 100
"""Sheets of a workbook."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


@dataclass(frozen=True)
class Entry:
    """One line of the hidden sheet: what was exported."""

    sheet: str
    """Name of the sheet."""
    table: str
    """The table that it holds: its file, from the folder."""
    file: str
    """Digest of the file when it was exported."""
    cells: str
    """Digest of what the cells said when they were exported."""


def sheet_names(kinds: Sequence[Kind]) -> dict[str, str]:
    """The sheet of each table: the name of its file, with its folder where that is not enough to tell it from others."""
    taken = {INDEX, LISTS, CONTENTS, "history"}
    names: dict[str, str] = {}
    for kind in kinds:
        path = PurePosixPath(kind.name)
        wanted = [path.stem, f"{path.parent} {path.stem}", *(f"{path.stem[:24]} {number}" for number in range(2, len(kinds) + 3))]
        plain = ((_FORBIDDEN.sub("-", name).strip("' ") or "table")[:31] for name in wanted)
        name = next(name for name in plain if name.casefold() not in taken)
        taken.add(name.casefold())
        names[kind.name] = name
    return names


def cells_digest(headings: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> str:
    """Digest of what a sheet says, whatever order its columns stand in."""
    said = [sorted(headings.items()), [sorted((name, text) for name, text in row.items() if text) for row in rows]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def headings_of(table: Table, columns: Iterable[str]) -> dict[str, str]:
    """The heading of each column: as the file has it, or as a new file would have it."""
    own = dict(zip(table.columns, table.header.cells, strict=True))
    return {name: own.get(name) or heading(name, table.kind.model.model_fields[name]) for name in columns}


def table_digest(table: Table) -> str:
    """Digest of what a table says: that of its sheet as it is exported."""
    fields = table.kind.model.model_fields
    numbers = {name: is_number(info) for name, info in fields.items()}
    rows = [{name: key_of(cell, numbers[name]) for name, cell in zip(table.columns, row.cells, strict=True)} for row in table.rows]
    return cells_digest(headings_of(table, fields), rows)

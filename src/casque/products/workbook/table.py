"""The tables of a mission folder with the text of every cell, so that what nobody edits can be written back as it stood."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from casque.errors import BadInput
from casque.mission.csv_source import Record, columns_of, ragged, split_csv
from casque.mission.faults import Fault
from casque.mission.folder import TABLE_FOLDERS, TABLES
from casque.mission.layout import OPTIONAL_TABLES
from casque.mission.new_folder import header_of
from casque.mission.text_source import MOST_BYTES, read_text
from casque.products.workbook.cells import LONGEST

_FIELD = re.compile(r'"(?:[^"]|"")*"|[^,]*')
_MARK = "\ufeff"


@dataclass(frozen=True)
class Kind:
    """A table that a folder may hold."""

    name: str
    """Its file, from the folder."""
    key: str
    """The list of the mission that it fills."""
    model: type[BaseModel]
    """The model of a row."""


@dataclass(frozen=True)
class Row:
    """A record of a table as it stands in its file."""

    fields: tuple[str, ...]
    """Text of every cell, quotes included."""
    cells: tuple[str, ...]
    """Text of every cell as it is read."""
    end: str
    """Line end; empty at the end of a file that has none there."""
    lead: str = ""
    """Blank lines before it."""


@dataclass(frozen=True)
class Table:
    """A table as it stands in its file."""

    kind: Kind
    """Which table it is."""
    digest: str
    """Digest of the file; empty where there is none yet."""
    mark: str
    """The byte order mark before the text, or nothing."""
    header: Row
    """The headings."""
    columns: tuple[str, ...]
    """The field under each heading."""
    rows: tuple[Row, ...]
    """The rows in their order."""
    tail: str
    """Blank lines behind the last row."""


def kinds_of(folder: Path) -> list[Kind]:
    """Every table of a folder; a folder of tables that is still empty counts as one table without rows."""
    kinds = [Kind(name, key, model) for name, (_, key, model) in TABLES.items()]
    for name, (_, key, model) in TABLE_FOLDERS.items():
        here = folder / name
        files = sorted(path.name for path in here.iterdir() if path.suffix == ".csv" and path.name[0] != ".") if here.is_dir() else []
        kinds.extend(Kind(f"{name}/{file}", key, model) for file in files or [f"{name}.csv"])
    return kinds


def digest_of(folder: Path, kind: Kind) -> str:
    """Digest of a table's file; empty where there is none."""
    path = folder / kind.name
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_table(folder: Path, kind: Kind) -> Table:
    """A table of a folder. Raises BadInput where it is no table; what its cells say is not looked at."""
    path = folder / kind.name
    absent = not path.exists() and (kind.name not in TABLES or kind.name in OPTIONAL_TABLES)
    text = header_of(kind.model) if absent else read_text(path, kind.name, folder)
    if isinstance(text, Fault):
        raise BadInput(f"{path} cannot be read as a table", [text])
    split, faults = split_csv(text), list[Fault]()
    columns = columns_of(split.records[0].cells, kind.name, kind.model, faults) if split.records else []
    if split.trouble or not split.records:
        faults.append(Fault(kind.name, split.line, "", "text that is not CSV", f"expected CSV: {split.trouble or 'no header'}"))
    for record in split.records[1:]:
        if not record.blank and len(record.cells) != len(columns):
            faults.append(ragged(record, len(columns), kind.name))
        longest = max(map(len, record.cells), default=0)
        if longest > LONGEST:
            faults.append(Fault(kind.name, record.line, "", f"a cell of {longest} characters", f"expected at most {LONGEST}"))
    if faults:
        raise BadInput(f"{path} cannot be read as a table", faults, "Mend the table and run the command again.")
    mark = _MARK if not absent and path.read_bytes().startswith(_MARK.encode()) else ""
    return _table(kind, "" if absent else digest_of(folder, kind), mark, tuple(name for name, _ in columns), split.records)


def _table(kind: Kind, digest: str, mark: str, columns: tuple[str, ...], records: tuple[Record, ...]) -> Table:
    rows: list[Row] = []
    lead = ""
    for record in records[1:]:
        if record.blank:
            lead += record.raw
        else:
            rows.append(_row(record, lead))
            lead = ""
    return Table(kind, digest, mark, _row(records[0], ""), columns, tuple(rows), lead)


def _row(record: Record, lead: str) -> Row:
    body = record.raw.rstrip("\r\n")
    return Row(_fields(body), tuple(cell.strip() for cell in record.cells), record.raw[len(body) :], lead)


def _fields(body: str) -> tuple[str, ...]:
    """The texts between the commas of a record that has been read as CSV already."""
    fields: list[str] = []
    here = 0
    while True:
        match = _FIELD.match(body, here)
        fields.append(match[0] if match else "")
        here = match.end() + 1 if match else len(body) + 1
        if here > len(body):
            return tuple(fields)

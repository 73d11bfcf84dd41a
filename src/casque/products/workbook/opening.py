"""Opening a workbook that someone else may have made: what could harm is refused before anything of it is read."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from casque.errors import BadInput
from casque.mission.faults import Fault, nearest, shown
from casque.products.workbook.layout import COLUMNS_SEEN, CONTENTS, CONTENTS_HEAD, INDEX, LISTS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Entry

MOST_BYTES = 32 * 1024 * 1024
MOST_PARTS = 1_000

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HARMFUL = {
    "macros": re.compile(r"vbaproject|macrosheets/|customui", re.I),
    "links to other workbooks": re.compile(r"externallinks/|xl/connections\.xml|querytables/", re.I),
    "embedded programs or files": re.compile(r"activex/|embeddings/|ctrlprops/", re.I),
}
_EXPORT_ANEW = "Export the folder anew and carry your changes over."


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet."""

    label: str
    """Workbook and sheet, as faults name them."""
    rows: list[tuple[int, tuple[Any, ...]]]
    """Number and values of every row that is not empty."""
    faults: list[Fault] = field(default_factory=list)
    """Cells that hold no value: formulas, errors."""


@dataclass(frozen=True)
class Book:
    """A workbook as far as it concerns the tables."""

    entries: list[Entry]
    """What was exported."""
    sheets: dict[str, Sheet]
    """The sheets of tables by name."""
    faults: list[Fault]
    """Sheets that are not there, or too many."""


def open_book(path: Path) -> Book:
    """Read a workbook. Raises BadInput where it is none, may harm, is too large, or was not made by an export."""
    cells = open_sheets(path, (INDEX, LISTS))
    contents = cells.pop(CONTENTS, None)
    entries = _entries(contents)
    if not entries:
        raise _refused(path, "a workbook without its list of contents", "expected one that 'casque workbook export' wrote", _EXPORT_ANEW)
    faults = []
    known = {entry.sheet for entry in entries}
    for name, sheet in cells.items():
        if name not in known:
            step = "Give the sheet its name back, or take it out."
            faults.append(
                Fault(sheet.label, 0, "", "a sheet that holds no table", "expected the exported sheets", nearest(name, known), step)
            )
    for entry in entries:
        if entry.sheet not in cells:
            label = f"{path.name}, sheet {entry.sheet}"
            faults.append(Fault(label, 0, "", "no such sheet", f"expected the table {entry.table}", next_step=_EXPORT_ANEW))
    return Book(entries, {name: sheet for name, sheet in cells.items() if name in known}, faults)


def open_sheets(path: Path, without: Collection[str] = ()) -> dict[str, Sheet]:
    """The sheets of a workbook by name, those left out that are named. Raises BadInput where it is none, may harm or is too large."""
    data = _safe(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return {name: _sheet(book[name], f"{path.name}, sheet {name}") for name in book.sheetnames if name not in without}
        except Exception as error:
            # A broken workbook breaks the reader in too many ways to list; whichever it is, the file is at fault.
            raise _refused(path, f"a workbook that cannot be read ({type(error).__name__})", "expected a sound .xlsx workbook") from error


def _refused(path: Path, seen: str, expected: str, next_step: str = "Save it as a plain .xlsx workbook.") -> BadInput:
    return BadInput(f"{path} cannot be brought in", [Fault(path.name, 0, "", seen, expected, next_step=next_step)])


def _safe(path: Path) -> bytes:
    """The bytes of a workbook that is safe to read."""
    wanted = "expected an .xlsx workbook"
    try:
        if not path.is_file():
            raise _refused(path, "a folder" if path.is_dir() else "no such file", wanted, "Name the workbook that was exported.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _refused(path, f"{size} bytes", f"expected at most {MOST_BYTES}", _EXPORT_ANEW)
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"a file that cannot be read ({error.strerror})", wanted, "Check its permissions.") from error
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            raise _refused(path, "an encrypted workbook", "expected one without a password", "Save it without a password.")
        raise _refused(path, "a workbook of an old format", wanted)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(path, archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise _refused(path, "a file that is no workbook, or a damaged one", wanted) from error
    return data


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    # Reading a part never gives more bytes than the directory of the archive says.
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES:
        seen = f"a workbook of {len(parts)} parts and {unpacked} bytes unpacked"
        raise _refused(path, seen, f"expected at most {MOST_PARTS} parts and {MOST_BYTES} bytes", _EXPORT_ANEW)
    names = [part.filename for part in parts]
    sheets = sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names)
    if sheets > MOST_SHEETS + 3:
        raise _refused(path, f"{sheets} sheets", f"expected at most {MOST_SHEETS}", _EXPORT_ANEW)
    if "[Content_Types].xml" not in names:
        raise _refused(path, "a file that is no workbook", "expected an .xlsx workbook")
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(path, "an encrypted workbook", "expected one without a password", "Save it without a password.")
    for what, pattern in _HARMFUL.items():
        if any(pattern.search(name) for name in names):
            raise _refused(path, f"a workbook with {what}", f"expected one without {what}", "Take them out, or export the folder anew.")
    for name in names:
        text = archive.read(name)
        if name == "[Content_Types].xml" and b"macroenabled" in text.lower():
            raise _refused(path, "a workbook with macros", "expected one without macros")
        if name.endswith((".xml", ".rels", ".vml")) and (b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text):
            raise _refused(path, f"a document type or another encoding in {shown(name)}", "expected plain parts in UTF-8")


def _sheet(source: Any, label: str) -> Sheet:
    sheet = Sheet(label, [])
    source.reset_dimensions()
    for number, cells in enumerate(source.iter_rows(max_row=MOST_ROWS + 1, max_col=COLUMNS_SEEN), 1):
        values = tuple(cell.value for cell in cells)
        if all(value is None for value in values):
            continue
        if number > MOST_ROWS:
            sheet.faults.append(Fault(label, 0, f"row {number}", "another row", f"expected at most {MOST_ROWS}"))
            break
        for place, cell in enumerate(cells, 1):
            if cell.value is None or (cell.data_type not in "fe" and place <= MOST_COLUMNS):
                continue
            where = f"cell {get_column_letter(place)}{number}"
            if place > MOST_COLUMNS:
                sheet.faults.append(Fault(label, 0, where, shown(str(cell.value)), f"expected at most {MOST_COLUMNS} columns"))
            elif cell.data_type == "f":
                step = "Put in the value that it gives (copy, paste values)."
                sheet.faults.append(
                    Fault(label, 0, where, f"the formula {shown(_formula(cell.value))}", "expected a value", next_step=step)
                )
            else:
                sheet.faults.append(Fault(label, 0, where, shown(str(cell.value)), "expected a value, not a spreadsheet's error"))
        sheet.rows.append((number, values[:MOST_COLUMNS]))
    return sheet


def _formula(value: Any) -> str:
    return str(getattr(value, "text", None) or getattr(value, "ref", None) or value)


def _entries(contents: Sheet | None) -> list[Entry]:
    if contents is None or contents.faults or not contents.rows or contents.rows[0][1][:2] != CONTENTS_HEAD:
        return []
    return [Entry(*(str(value or "") for value in (*values, "", "", "")[:4])) for _, values in contents.rows[1:]]

"""Lists as CSV and as workbook, from one description of their columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from casque.products.figures import Calendar
from casque.products.sheets import cell_of
from casque.products.workbook.pack import packed

Cell = str | int | float | date | datetime | None
Item = TypeVar("Item")
Shown = TypeVar("Shown", contravariant=True)

LONGEST = 2_000
"""Most characters of a cell."""
WIDEST = 46
"""Characters of the widest column of a workbook."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Column(Generic[Shown]):
    """A column of a list."""

    head: str
    """Its heading; units stand in brackets."""
    meaning: str
    """What stands in it, in a sentence."""
    value: Callable[[Shown], Cell]
    """The cell of an item; none where nothing is to be said."""
    edited: bool = False
    """Whether what a nation writes there is read when its plan is brought back."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet_of(title: str, columns: Sequence[Column[Item]], items: Iterable[Item]) -> Sheet:
    """The sheet of some items."""
    return Sheet(title, tuple(column.head for column in columns), tuple(tuple(column.value(item) for column in columns) for item in items))


def csv_of(sheet: Sheet) -> bytes:
    """A sheet as CSV: days as ISO dates, moments to the minute, a text that a spreadsheet would take for a formula quoted first."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(sheet.heads)
    writer.writerows([cell_of(written(value)) for value in row] for row in sheet.rows)
    return stream.getvalue().encode("utf-8")


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """Sheets as a workbook, the same bytes every time. Days are days of the spreadsheet, a text is never a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        made = book.create_sheet(sheet.title)
        made.freeze_panes = "C2"
        for place, head in enumerate(sheet.heads, 1):
            longest = max([10, *(len(word) + 2 for word in head.split()), *(len(_shown(row[place - 1])) + 2 for row in sheet.rows[:400])])
            made.column_dimensions[get_column_letter(place)].width = min(WIDEST, longest)
        heads = []
        for head in sheet.heads:
            cell = WriteOnlyCell(made, head)
            cell.font, cell.alignment, cell.data_type = Font(bold=True), Alignment(vertical="top", wrap_text=True), "s"
            heads.append(cell)
        made.append(heads)
        for row in sheet.rows:
            made.append([_safe(made, value) for value in row])
        if sheet.rows:
            made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heads))}{len(sheet.rows) + 1}"
    return packed(book)


def written(value: Cell) -> str | int | float:
    """A cell as a text file has it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M") if value.year >= 1000 else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value[:LONGEST] if isinstance(value, str) else value


def moment(calendar: Calendar, day: float) -> datetime:
    """The minute of a day counted in parts from D-day; the calendar's ends where it lies outside the calendar."""
    try:
        return datetime.combine(calendar.d_day, datetime.min.time()) + timedelta(minutes=round(day * 24 * 60))
    except OverflowError:
        return datetime.max.replace(second=0, microsecond=0) if day > 0 else datetime.min


def _safe(sheet: object, value: Cell) -> object:
    """A cell for a workbook: a text is cut, freed of signs that no workbook holds, and never a formula or an error."""
    if isinstance(value, (date, datetime)) and value.year < 1900:
        value = str(written(value))
    if isinstance(value, str):
        value = _UNWRITABLE.sub("\ufffd", value)[:LONGEST]
        if value[:1] in ("=", "#"):
            cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
            cell.data_type, cell.quotePrefix = "s", True
            return cell
    return round(value, 2) if isinstance(value, float) else value


def _shown(value: Cell) -> str:
    return str(cell_of(written(value)))

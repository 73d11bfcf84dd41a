"""The first sheet: what the workbook is, how to bring it back, and what each sheet holds and needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from casque.mission.new_folder import heading
from casque.products.workbook.layout import INDEX
from casque.products.workbook.table import Table

_WIDTHS = (24, 30, 8, 90)


def write_index(sheet: Worksheet, folder: Path, tables: Sequence[Table], names: Mapping[str, str]) -> None:
    """Fill the index sheet."""
    sheet.title = INDEX
    name = folder.resolve().name
    lines: list[tuple[str, ...]] = [
        ("Tables of a mission folder",),
        (f"This workbook holds every table of the mission folder '{name}', a sheet for each. Edit them here and bring them back with",),
        (f"casque workbook import WORKBOOK {name}",),
        ("Only tables that you changed are written, and in them only the rows that you changed; nothing while there are faults.",),
        ("The note on a heading says what its column means. Units stand in the headings in brackets. Needed columns are blue;",),
        ("grey columns are not in the file yet and are added once a cell of them is filled. Rows may be added, taken out, moved.",),
        ("Write dates as 1999-06-12, or D+14 counted from D-day; several names in one cell with semicolons between.",),
        ("No formulas. Keep the sheets and their names, and the headings in the first row; columns may change places.",),
        (),
        ("sheet", "file of the folder", "rows", "needed columns"),
    ]
    for table in tables:
        fields = table.kind.model.model_fields
        needed = ", ".join(heading(field, info) for field, info in fields.items() if info.is_required())
        lines.append((names[table.kind.name], table.kind.name, str(len(table.rows)), needed))
    bold = {1, 3, 10}
    for number, texts in enumerate(lines, 1):
        for place, text in enumerate(texts, 1):
            cell = sheet.cell(number, place, int(text) if place == 3 and text.isdigit() else text)
            cell.data_type = "n" if isinstance(cell.value, int) else "s"
            cell.font = Font(bold=number in bold, size=14 if number == 1 else 11)
            cell.alignment = Alignment(vertical="top", wrap_text=place == 4)
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width

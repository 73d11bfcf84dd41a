"""The new text of a table: rows that say what they said keep their line, changed rows keep the text of their unchanged cells."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casque.products.workbook.cells import is_number, key_of
from casque.products.workbook.table import Row, Table


@dataclass(frozen=True)
class Rewritten:
    """A table as it will stand."""

    text: str
    """The text of the file."""
    summary: str
    """What changed, in words."""


def rewritten(table: Table, headings: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Rewritten:
    """A table with the headings and rows of a sheet, each by field; what a row does not name is empty.

    Fields that the file does not have yet are added to it if any row fills them.
    """
    numbers = {name: is_number(info) for name, info in table.kind.model.model_fields.items()}
    extra = [name for name in headings if name not in table.columns and any(row.get(name) for row in rows)]
    columns = (*table.columns, *extra)
    old = [tuple(key_of(cell, numbers[name]) for name, cell in zip(table.columns, row.cells, strict=True)) for row in table.rows]
    old = [(*keys, *("" for _ in extra)) for keys in old]
    new = [tuple(key_of(row.get(name, ""), numbers[name]) for name in columns) for row in rows]
    origin = matched(old, new, columns.index("id") if "id" in columns else None)
    quoted = _quoted_columns(table, len(columns))
    end = table.header.end or "\n"
    leads = _leads(table, {number for number in origin if number is not None})
    lines = [(",".join(_heading(headings[name].strip(), name, table) for name in columns), end)]
    for number, (row, keys) in enumerate(zip(rows, new, strict=True)):
        source = origin[number]
        before = table.rows[source] if source is not None else None
        fields = []
        for place, name in enumerate(columns):
            if before is not None and source is not None and place < len(before.fields) and old[source][place] == keys[place]:
                fields.append(before.fields[place])
            else:
                fields.append(_quote(row.get(name, ""), quoted[place] or _was_quoted(before, place)))
        lead = leads.get(source, "") if source is not None else ""
        lines.append((lead + ",".join(fields), (before.end if before else "") or end))
    tail = leads[len(table.rows)]
    if not tail and not (table.rows[-1] if table.rows else table.header).end:
        lines[-1] = (lines[-1][0], "")
    text = table.mark + "".join(body + stop for body, stop in lines) + tail
    return Rewritten(text, _summary(origin, old, new, extra))


def matched(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], key: int | None) -> list[int | None]:
    """For every new row the old row that it comes from: the equal one, else the one of the same id, else the one at its place."""
    equal: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number, cells in enumerate(old):
        equal[cells].append(number)
    origin: list[int | None] = [equal[cells].popleft() if equal.get(cells) else None for cells in new]
    free = sorted(number for numbers in equal.values() for number in numbers)
    if key is not None:
        named: dict[str, deque[int]] = defaultdict(deque)
        for number in free:
            named[old[number][key]].append(number)
        for number, cells in enumerate(new):
            if origin[number] is None and cells[key] and named.get(cells[key]):
                origin[number] = named[cells[key]].popleft()
    left = set(free) - {number for number in origin if number is not None}
    for number in range(len(new)):
        if origin[number] is None:
            before = origin[number - 1] if number else -1
            if before is not None and before + 1 in left:
                origin[number] = before + 1
                left.discard(before + 1)
    return origin


def _leads(table: Table, kept: set[int]) -> dict[int, str]:
    """The blank lines before each row that stays; those before a row that goes are handed on to the next, at last to the end."""
    leads: dict[int, str] = {}
    held = ""
    for number, row in enumerate(table.rows):
        held += row.lead
        if number in kept:
            leads[number], held = held, ""
    leads[len(table.rows)] = held + table.tail
    return leads


def _quoted_columns(table: Table, width: int) -> list[bool]:
    """For each column whether the file quotes whatever it holds; a file without rows goes by its header."""
    rows = table.rows or (table.header,)
    columns = list(zip(*(row.fields for row in rows), strict=True))
    quoted = [any(cell for cell in column) and all(cell.startswith('"') for cell in column if cell) for column in columns]
    return quoted + [bool(quoted) and all(quoted)] * (width - len(quoted))


def _was_quoted(row: Row | None, place: int) -> bool:
    return row is not None and place < len(row.fields) and row.fields[place].startswith('"')


def _heading(text: str, name: str, table: Table) -> str:
    """A heading: as it stood unless it says something else now."""
    row = table.header
    if name not in table.columns:
        return _quote(text, all(field.startswith('"') for field in row.fields))
    place = table.columns.index(name)
    return row.fields[place] if row.cells[place] == text else _quote(text, _was_quoted(row, place))


def _quote(text: str, quoted: bool) -> str:
    if (quoted and text) or any(sign in text for sign in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _summary(origin: list[int | None], old: list[tuple[str, ...]], new: list[tuple[str, ...]], extra: list[str]) -> str:
    kept = [number for number in origin if number is not None]
    counts = {
        "changed": sum(source is not None and old[source] != cells for source, cells in zip(origin, new, strict=True)),
        "added": origin.count(None),
        "taken out": len(old) - len(kept),
    }
    parts = [f"{count} row{'s' if count > 1 else ''} {word}" for word, count in counts.items() if count]
    parts += ["rows in another order"] if kept != sorted(kept) else []
    parts += [f"{'columns' if len(extra) > 1 else 'column'} {', '.join(extra)} added"] if extra else []
    return ", ".join(parts) or "headings changed"

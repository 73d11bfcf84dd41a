"""A movement plan made again, in words, as tables and as files: who leaves and arrives when, compared with what was announced."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor

from casque.plan.movement import MovementRecord
from casque.plan.remade import ChangedMovement, Remade
from casque.products.figures import number
from casque.products.sheets import cell_of
from casque.products.tables import Table

KINDS = {"reported": "as reported", "planned": "new plan", "behind": "left behind", "lost": "lost"}
HEADS = (
    "unit",
    "member",
    "load",
    "shipment",
    "what",
    "people",
    "tonnes [t]",
    "kind",
    "from",
    "departs_before",
    "departs",
    "arrives_before",
    "arrives",
    "by_before",
    "by",
    "way_before",
    "way",
    "why",
)
"""Columns of the list of changes."""


@dataclass(frozen=True)
class _Alike:
    """Parts of a load whose changes are the same."""

    first: ChangedMovement
    parts: int
    people: float


def remade_text(remade: Remade) -> list[str]:
    """The whole in a few sentences."""
    units = len({row.unit for row in remade.changed})
    ahead = sum(row.kind != "reported" for row in remade.changed)
    lines = [
        f"Planned again from {moment(remade.now)} on {remade.reports} report{'s' * (remade.reports != 1)}: "
        f"{ahead} of {remade.shipments} parts of loads go otherwise than announced, of {units} unit{'s' * (units != 1)}.",
        f"Closure {moment(remade.closure_before)} as announced, {moment(remade.closure)} now; "
        f"weighted days late {number(remade.lateness_before)} as announced, {number(remade.lateness)} now.",
    ]
    if remade.assumed:
        lines.append(f"{remade.assumed} parts of loads were announced to have left by then and no report speaks of them: taken as gone.")
    if remade.behind:
        lines.append(f"{remade.behind} parts of loads cannot be brought in any more within the days planned over.")
    return lines


def remade_tables(remade: Remade, most: int) -> list[Table]:
    """What changed for whom, parts of a load that change alike in one row."""
    rows = [
        (
            item.first.unit,
            f"{item.first.load}{'' if item.parts == 1 else f', {item.parts} parts'}",
            item.first.start,
            _from_to(item.first.departs_before, item.first.departs),
            _from_to(item.first.arrives_before, item.first.arrives),
            _by(item.first),
            item.first.why,
        )
        for item in _alike(remade.changed)
    ]
    left = len(rows) - most
    shown = rows if left <= 0 else [*rows[:most], (f"… {left} more", "", "", "", "", "", "")]
    columns = ("unit", "load", "from", "leaves", "arrives", "by", "why")
    return [Table("What changed for whom, as announced → now", columns, tuple(shown))] if rows else []


def remade_files(remade: Remade, record: MovementRecord, d_day: date) -> dict[str, bytes]:
    """The list of changes as CSV, and the movement record as it is now."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    for row in remade.changed:
        dates = (_stamp(day, d_day) for day in (row.departs_before, row.departs, row.arrives_before, row.arrives))
        head = (row.unit, row.member, row.load, row.shipment, row.what, round(row.people, 2), row.tonnes, row.kind, row.start)
        writer.writerow([cell_of(cell) for cell in (*head, *dates, row.by_before, row.by, row.way_before, row.way, row.why)])
    return {"changes.csv": text.getvalue().encode(), "movement.json": record.model_dump_json(indent=1).encode() + b"\n"}


def moment(day: float | None) -> str:
    """A moment as a day from D-day with its hour, the hour left out at midnight."""
    if day is None:
        return "–"
    hours = round((day - floor(day)) * 24)
    whole, hour = floor(day) + hours // 24, hours % 24
    sign = "+" if whole >= 0 else "−"
    return f"D{sign}{abs(whole)}" + (f" {hour:02d}h" if hour else "")


def _alike(rows: Iterable[ChangedMovement]) -> list[_Alike]:
    found: dict[ChangedMovement, _Alike] = {}
    for row in rows:
        key = row.model_copy(update={"shipment": 0, "people": 0.0, "tonnes": 0.0})
        before = found.get(key, _Alike(row, 0, 0.0))
        found[key] = _Alike(before.first, before.parts + 1, before.people + row.people)
    return list(found.values())


def _from_to(before: float | None, now: float | None) -> str:
    old, new = moment(before), moment(now)
    return old if old == new else f"{old} → {new}"


def _by(row: ChangedMovement) -> str:
    if row.kind in ("behind", "lost"):
        return KINDS[row.kind]
    old, new = row.by_before or "own wheels", row.by or "own wheels"
    by = new if old == new else f"{old} → {new}"
    return f"{by}; by {row.way}" if row.way else by


def _stamp(day: float | None, d_day: date) -> str:
    if day is None:
        return ""
    when = datetime.combine(d_day, datetime.min.time()) + timedelta(minutes=round(day * 24 * 60))
    return when.isoformat(timespec="minutes")

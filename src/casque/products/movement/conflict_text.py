"""Conflicts and plans for a terminal and for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casque.products.figures import count, listed, number
from casque.products.movement.brought import Brought
from casque.products.movement.conflict import KINDS, Conflict
from casque.products.movement.national import NationalPlan, overview
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import Sheet
from casque.products.svg import shortened
from casque.products.tables import Table

WIDE = 90
"""Characters of a text in a table."""
HEADS = ("kind", "what", "first day [D+]", "last day [D+]", "nations", "over by", "unit", "gives way", "in words", "text")


def conflict_sheet(found: Iterable[Conflict]) -> Sheet:
    """The conflicts as a sheet."""
    rows = tuple(
        (
            item.kind,
            item.what,
            round(item.first, 2),
            round(item.last, 2),
            "; ".join(item.nations),
            item.over,
            item.unit,
            "; ".join(item.gives_way),
            _plain(item.way),
            _plain(item.text),
        )
        for item in found
    )
    return Sheet("Conflicts", HEADS, rows)


def merge_text(seen: MovementPicture, brought: Brought, notes: Sequence[str], found: Sequence[Conflict]) -> Iterator[str]:
    """What was brought back and whether it goes together, as lines."""
    names = listed([seen.names.member(member) for member in brought.members])
    changed = count(len(brought.proposals), "line")
    yield _plain(f"{names or 'Nobody'} brought a plan back; {changed} changed.")
    for note in (*brought.notes, *notes):
        yield _plain(f"note: {note}")
    if not seen.record.trips:
        yield "note: the plan has no trips of vehicles, so nothing is said on vehicles that are booked twice."
    if not found:
        yield "No conflicts."
        return
    yield _plain(f"{count(len(found), 'conflict')}:")
    for kind, meaning in KINDS.items():
        its = [item for item in found if item.kind == kind]
        if its:
            yield ""
            yield f"{kind} ({meaning})"
            for item in its:
                over = f"; over by {number(item.over)} {item.unit}" if item.kind == "capacity" else ""
                way = f" Gives way: {item.way}." if item.way else ""
                yield _plain(f"  - {item.text.removesuffix('.')}{over}.{way}")


def overview_table(seen: MovementPicture) -> Table:
    """The nations as a table."""
    heads = ("nation", "units", "people", "tonnes", "first move", "last in place", "late", "tonnes carried by others")
    return Table("Movement by nation", heads, tuple(tuple(_plain(cell) for cell in row) for row in overview(seen)))


def plan_text(plan: NationalPlan) -> Iterator[str]:
    """The plan of a nation as lines."""
    yield f"Deployment plan: {plan.nation}"
    yield plan.mission
    if plan.withheld:
        yield _plain(plan.withheld)
    for label, value in plan.facts:
        yield f"  {label}: {_plain(value)}"
    yield f"{plan.marking}. {_plain(plan.foot)}"


def plan_tables(plan: NationalPlan, most: int) -> Iterator[Table]:
    """The parts of a plan as tables of at most so many rows."""
    for part in plan.parts:
        rows = [tuple(_plain(shortened(cell, WIDE)) for cell in row) for row in part.rows]
        left = len(rows) - most
        if left > 0:
            rows = [*rows[:most], (f"… {left} more", *("" for _ in part.columns[1:]))]
        yield Table(part.title, part.columns, tuple(rows))


def conflict_data(found: Iterable[Conflict]) -> list[dict[str, Any]]:
    """The conflicts for machines."""
    return [
        {
            "kind": item.kind,
            "what": item.what,
            "first": item.first,
            "last": item.last,
            "nations": list(item.nations),
            "over": item.over,
            "unit": item.unit,
            "gives_way": list(item.gives_way),
            "text": item.text,
        }
        for item in found
    ]


def plan_data(plan: NationalPlan) -> dict[str, Any]:
    """The plan of a nation for machines."""
    return {
        "member": plan.member,
        "nation": plan.nation,
        "marking": plan.marking,
        "withheld": plan.withheld,
        "facts": dict(plan.facts),
        "parts": [
            {"key": part.key, "title": part.title, "columns": list(part.columns), "rows": [list(row) for row in part.rows]}
            for part in plan.parts
        ],
    }


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")

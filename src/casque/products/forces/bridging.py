"""The bridge from first entry to the main force, in words: packages, gaps and what would close them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casque.plan.bridge import BridgeCell, BridgeGap, GapClosing
from casque.products.figures import count, d_plus, listed, percent, whole
from casque.products.forces.picture import Narrowed, Picture
from casque.products.names import Names
from casque.products.svg import shortened
from casque.products.tables import Table

MOST_STEPS = 3
"""Units that a way to close a gap names."""


def cells(seen: Picture, part: Narrowed) -> tuple[BridgeCell, ...]:
    """Cells of the bridge that were asked about."""
    made = seen.force.bridge.cells if seen.force.bridge else ()
    return tuple(
        cell
        for cell in made
        if part.cell(cell.sector, cell.capability) and (not part.member or any(part.whose(holder.member) for holder in cell.holders))
    )


def bridge_data(seen: Picture, part: Narrowed) -> dict[str, Any] | None:
    """The bridge for machines, narrowed."""
    made = seen.force.bridge
    if made is None:
        return None
    return {
        "weeks": made.weeks,
        "packages": [item.model_dump(mode="json") for item in made.packages],
        "cells": [item.model_dump(mode="json") for item in cells(seen, part)],
    }


def bridge_tables(seen: Picture, part: Narrowed) -> Iterator[Table]:
    """Packages, and every gap with the cheapest way to close it."""
    made = seen.force.bridge
    if made is None:
        return
    packages = tuple(
        (
            item.title,
            item.kind.value,
            f"{d_plus(item.asked)}, ready {d_plus(item.ready)}",
            whole(item.people) if item.units else "none pledged" if not item.idle else "no place",
            f"{d_plus(item.first)} to {d_plus(item.last)}" if item.first is not None and item.last is not None else "–",
        )
        for item in made.packages
    )
    if not part.member:
        yield Table("Standing arrangements", ("arrangement", "kind", "asked for", "people placed", "on the ground"), packages)
    rows = tuple(
        (
            seen.names.sector(cell.sector),
            cell.capability.value,
            gap.kind,
            when(gap),
            whole(gap.people),
            shortened(closing_text(gap.closings[0], seen.names), 120) if gap.closings else "a unit that nobody has offered yet",
        )
        for cell in cells(seen, part)
        for gap in cell.gaps
    )
    heads = ("sector", "capability", "gap", "days", "people", "cheapest closing")
    yield Table("The bridge: where ground is not held, widest first", heads, rows)


def when(gap: BridgeGap) -> str:
    """The days of a gap."""
    return f"{d_plus(gap.first)} to {d_plus(gap.last)}" if gap.closed else f"from {d_plus(gap.first)} on"


def closing_text(way: GapClosing, names: Names) -> str:
    """A way to close a gap, in a sentence."""
    said = [_step(step.how, names.unit(step.unit), step.days) for step in way.steps[:MOST_STEPS]]
    left = len(way.steps) - MOST_STEPS
    if left > 0:
        said.append(f"and {count(left, 'unit')} more")
    rest = "" if way.closes > 0.995 else f" (closes {percent(way.closes)} of it)"
    return "; ".join(said) + rest


def _step(how: str, unit: str, days: int) -> str:
    much = count(days, "day")
    if how == "earlier arrival":
        return f"{unit} {much} sooner"
    if how == "longer stay":
        return f"{unit}, or a like unit, {much} longer"
    return f"call {unit} for {much}"


def bridge_lead(seen: Picture) -> str:
    """The bridge in a sentence or two: how long it is, and where it breaks."""
    made = seen.force.bridge
    if made is None or not made.cells:
        return ""
    late = [(cell, gap) for cell in made.cells for gap in cell.gaps if gap.kind == "before first entry"]
    lost = [(cell, gap) for cell in made.cells for gap in cell.gaps if gap.kind == "at the handover"]
    never = sum(not gap.closed for _, gap in lost)
    said = [
        f"Of {len(made.cells)} pairs of capability and sector to which somebody comes, {len({id(cell) for cell, _ in late})} wait for "
        "anybody beyond the day on which they are wanted"
    ]
    if lost:
        said.append(
            f"in {len({id(cell) for cell, _ in lost})} ground that was held is let go when whoever came first leaves"
            + (f", {never} times for good" if never else "")
        )
    worst = max([*late, *lost], key=lambda pair: pair[1].person_days, default=None)
    text = "; ".join(said) + "."
    if worst is not None:
        cell, gap = worst
        text += f" The widest gap: {cell.capability.value} in {seen.names.sector(cell.sector)}, {when(gap)}, {whole(gap.people)} people."
    return text


def holders_of(cell: BridgeCell, names: Names, most: int = 3) -> str:
    """Who holds a cell first, in a few words."""
    first = [holder for holder in cell.holders if holder.role != "main"] or list(cell.holders[:1])
    said = [names.unit(holder.unit) for holder in first[:most]]
    return listed(tuple(said)) + (f" and {len(first) - most} more" if len(first) > most else "")

"""Where units serve and from when: as the last run assigned them, or else as their members wish."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord


@dataclass(frozen=True)
class Posting:
    """A stretch of days for which a unit is assigned to a sector. Days count from D-day."""

    sector: str
    start: int
    """First day in place; where it was never moved, the first day it could serve."""
    end: int


Postings = Mapping[str, tuple[Posting, ...]]
"""By unit, its postings in the order of their days."""


def postings_of(force: ForceRecord | None, movement: MovementRecord | None = None) -> dict[str, tuple[Posting, ...]]:
    """The postings of a plan; none where there is no plan."""
    arrivals = {item.place: math.ceil(item.day) for item in movement.in_place} if movement else {}
    found: dict[str, list[Posting]] = {}
    for item in force.assignments if force else ():
        stays = item.stays(arrivals.get(item.place))
        found.setdefault(item.unit, []).extend(Posting(item.sector, math.ceil(first), last) for first, last in stays)
    return {unit: tuple(sorted(items, key=lambda item: (item.start, item.sector))) for unit, items in found.items()}


def posting_on(postings: Postings, unit: str, day: int) -> Posting | None:
    """The posting of a unit on a day; where it has none then, the next one, or else the last."""
    items = postings.get(unit, ())
    there = [item for item in items if item.start <= day <= item.end]
    later = [item for item in items if item.start > day]
    return next(iter((*there, *later, *items[-1:])), None)


def sectors_on(postings: Postings, day: int) -> dict[str, str]:
    """The sector that each unit of a plan is posted to on a day."""
    return {unit: found.sector for unit in postings if (found := posting_on(postings, unit, day)) is not None}

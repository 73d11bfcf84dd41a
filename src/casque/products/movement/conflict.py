"""A conflict between national plans, and who gives way in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from casque.plan.movement import Load
from casque.products.figures import count, listed
from casque.products.movement.picture import MovementPicture

Kind = Literal["capacity", "vehicle", "dates", "not ready", "too fast", "window", "late"]

KINDS: dict[Kind, str] = {
    "capacity": "more than a place or a road takes on a day",
    "vehicle": "a vehicle wanted at two places at once",
    "dates": "dates out of order",
    "not ready": "a line that leaves before it is ready or available",
    "too fast": "a stretch done faster than any vehicle of the plan does it",
    "window": "an arrival outside the dates of the port of debarkation",
    "late": "a line that would come after its required date",
}
"""Kinds of conflict, those between nations first."""
NAMED = 3
"""Lines that are named; the rest are counted."""


@dataclass(frozen=True)
class Conflict:
    """One conflict."""

    kind: Kind
    what: str
    """Capacity, vehicle or line."""
    first: float
    """First day."""
    last: float
    """Last day."""
    nations: tuple[str, ...]
    """Members in it."""
    over: float
    """By how much, in `unit`; the worst day."""
    unit: str
    text: str
    """In a sentence."""
    gives_way: tuple[str, ...]
    """Line numbers of those who give way, in order; empty where the line itself must be mended."""
    way: str
    """Who gives way, in words; empty where the line itself must be mended."""


def standing(seen: MovementPicture, load: Load, changed: bool) -> tuple[int, bool, float, float, str]:
    """Place of a load among those that want the same; the last gives way.

    Weightiest priority first; of like priority those as planned before those that were changed; then the earlier required date, more
    people, and the line number.
    """
    required = float("inf") if load.required is None else float(load.required)
    return seen.priority(load), changed, required, -load.people, seen.numbers[load.id]


def yielding(seen: MovementPicture, wanted: Sequence[tuple[str, float]], over: float, changed: Iterable[str]) -> tuple[str, ...]:
    """Of loads that want an amount each, those that give way until what is over is gone, the first to give way first."""
    loads, moved = seen.loads, set(changed)
    order = sorted(wanted, key=lambda item: standing(seen, loads[item[0]], item[0] in moved), reverse=True)
    found: list[str] = []
    left = over
    for load, amount in order:
        if left <= 1e-6:
            break
        found.append(load)
        left -= amount
    return tuple(found)


def in_words(seen: MovementPicture, loads: Sequence[str]) -> str:
    """Lines that give way, by nation."""
    by_id = seen.loads
    numbers = [
        f"{seen.numbers[load]} ({seen.names.member(seen.member(by_id[load]))}, priority {seen.priority(by_id[load])})" for load in loads
    ]
    more = f" and {count(len(numbers) - NAMED, 'other line')}" if len(numbers) > NAMED else ""
    return (", ".join(numbers[:NAMED]) if more else listed(numbers)) + more

"""A movement plan made again while it is carried out: what changed for whom."""

from __future__ import annotations

from typing import Literal

from casque.plan.record import Record


class ChangedMovement(Record):
    """A part of a load whose journey is another than announced."""

    unit: str
    """Unit."""
    member: str
    """Member it belongs to."""
    load: str
    """Load, as announced."""
    shipment: int
    """Its number in the line of the load."""
    what: Literal["people", "equipment"]
    """What travels."""
    people: float
    """People."""
    tonnes: float
    """Tonnes."""
    kind: Literal["reported", "planned", "behind", "lost"]
    """Whether it went otherwise and nothing more changes, is planned otherwise from now on, is left behind, or will not come any more."""
    start: str
    """Node of the first departure that is another than announced."""
    departs_before: float | None
    """Day, from D-day, on which it was announced to leave there; none where it was not."""
    departs: float | None
    """Day on which it left or leaves there; none where it no longer does."""
    arrives_before: float | None
    """Day on which it was announced at its destination; none where it was to be left behind."""
    arrives: float | None
    """Day on which it is there now; none where it is left behind."""
    by_before: str
    """What was to carry it from there: fleet and number of the vehicle; empty where it drives itself."""
    by: str
    """What carries it now."""
    way_before: str
    """Nodes it was to pass, where the way changes; else empty."""
    way: str
    """Nodes that it passes now, where the way changes; else empty."""
    why: str
    """Why, in words."""


class Remade(Record):
    """What became of an announced movement plan on a day."""

    now: float
    """Day, from D-day, from which on it was planned again."""
    reports: int
    """Reports that were read."""
    assumed: int
    """Parts of loads that were announced to have left somewhere by now and of which no report speaks; they count as gone as announced."""
    shipments: int
    """Parts of loads in all."""
    closure_before: float
    """Day of closure as announced."""
    closure: float
    """Day of closure now."""
    lateness_before: float
    """Priority-weighted days of lateness as announced."""
    lateness: float
    """Priority-weighted days of lateness now."""
    behind: int
    """Parts of loads that cannot be brought in any more within the days planned over."""
    changed: tuple[ChangedMovement, ...]
    """Whose journey is another, first those that leave first."""

"""Record of the stage `generate`: which pledge serves where, what is short and why, and what to ask for."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Capability
from casque.plan.record import Outcome, Record

Reason = Literal["nothing pledged", "caveat", "agreement", "date", "tour", "used elsewhere", "share limit"]


class Assignment(Record):
    """A pledged unit in a sector."""

    unit: str
    """Pledge."""
    member: str
    """Member."""
    unit_type: str
    """Unit type."""
    capability: Capability
    """Capability it serves as."""
    quality: float
    """How well it does that: 1 for its own kind, less as a stand-in."""
    sector: str
    """Sector."""
    strength: float
    """People."""
    start: int
    """First day it can serve (ready to load plus planned movement time)."""
    end: int
    """Last day, all promised tours counted."""
    tours: int
    """Tours counted, the first included."""


class Idle(Record):
    """A pledged unit without a place."""

    unit: str
    """Pledge."""
    reason: str
    """Why."""


class Fill(Record):
    """How a line is filled over the months."""

    line: str
    """Requirement line."""
    required: tuple[float, ...]
    """People wanted by month."""
    filled: tuple[float, ...]
    """People there by month, quality counted."""


class Shortfall(Record):
    """What a line lacks, why, and what would cure it."""

    line: str
    """Requirement line."""
    sector: str
    """Sector."""
    capability: Capability
    """Capability."""
    priority: int
    """Priority of its task."""
    people_months: float
    """People-months missing over the horizon."""
    worst_month: int
    """Month with the largest gap."""
    worst: float
    """People missing in that month."""
    reason: Reason
    """Main reason."""
    text: str
    """The reason in a sentence, with names."""
    cure: str
    """Cheapest cure known."""


class NextPledge(Record):
    """What one more unit would bring, found by solving again with it."""

    unit_type: str
    """Unit type."""
    sector: str
    """Sector where it would serve."""
    by: int
    """Day by which it would have to be ready."""
    gain: float
    """Rise of the weighted fill, in points of a hundred."""
    people_months: float
    """People-months of shortfall that it fills."""
    proven: bool = False
    """Whether the placings with and without it are both proven best; otherwise the gain is an estimate from the best ones found."""


class Pivotal(Record):
    """What is lost if a member leaves, found by solving again without it."""

    member: str
    """Member."""
    strength: float
    """People it pledged."""
    loss: float
    """Fall of the weighted fill, in points of a hundred."""
    loses_most: str
    """Capability and sector that lose most."""
    proven: bool = False
    """Whether the placings with and without it are both proven best; otherwise the loss is an estimate from the best ones found."""


class ForceRecord(Record):
    """The force that the pledges add up to."""

    assignments: tuple[Assignment, ...]
    """Units with a place."""
    idle: tuple[Idle, ...]
    """Units without one."""
    fills: tuple[Fill, ...]
    """Fill of every line."""
    shortfalls: tuple[Shortfall, ...]
    """Shortfalls, heaviest first."""
    weighted_fill: tuple[float, ...]
    """Share of the requirement filled by month, weighted by priority."""
    strength_by_month: tuple[float, ...]
    """People of all assigned units by month, if movement were no limit."""
    next_pledges: tuple[NextPledge, ...]
    """What to ask for, best first."""
    pivotal: tuple[Pivotal, ...]
    """Members by what is lost without them."""
    outcome: Outcome
    """Weighted people-months filled, and the bound."""

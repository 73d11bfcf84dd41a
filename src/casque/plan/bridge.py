"""The bridge from first entry to the main force: who holds the ground first, who takes over and when, and where it would be let go."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Capability, DecisionRule, StandingKind
from casque.plan.record import Record

Role = Literal["package", "early", "main"]
"""`package`: part of a standing arrangement; `early`: comes first and leaves before the need ends; `main`: everybody else."""

Closing = Literal["earlier arrival", "longer stay", "another package", "several of these"]
"""Ways to close a gap."""


class Package(Record):
    """A standing arrangement as the plan uses it."""

    arrangement: str
    """Standing arrangement."""
    title: str
    """What it is called."""
    kind: StandingKind
    """What sort of arrangement it is."""
    organisation: str
    """Organisation that decides on it; empty where its members decide alone."""
    decides_by: DecisionRule | None
    """How that organisation decides."""
    asked: int
    """Day on which it is asked for."""
    ready: int
    """Day on which it is ready to move, decision and notice counted."""
    units: tuple[str, ...]
    """Its units that have a place."""
    idle: tuple[str, ...]
    """Its units that have none."""
    people: float
    """People of the units with a place."""
    first: int | None
    """First day on which one of them serves; none where none has a place."""
    last: int | None
    """Last day on which one of them serves, as long as the arrangement lets it."""
    stay: int
    """Days that it can stay, renewals counted."""


class Holder(Record):
    """A unit that holds ground in a cell."""

    unit: str
    """Pledge."""
    member: str
    """Member."""
    role: Role
    """What it is to the bridge."""
    arrangement: str
    """Standing arrangement that it belongs to; empty for none."""
    first: int
    """First day."""
    last: int
    """Last day."""
    people: float
    """People it counts for: strength times quality."""


class Step(Record):
    """One thing asked of one unit to close a gap."""

    how: Closing
    """What is asked."""
    unit: str
    """Pledge."""
    days: int
    """Days that it comes sooner, stays longer, or serves."""
    people: float
    """People that it gives on each day of the gap."""
    person_days: float
    """What is asked of its member: people times days."""


class GapClosing(Record):
    """A way to close a gap."""

    how: Closing
    """What sort of way it is."""
    steps: tuple[Step, ...]
    """What is asked of whom."""
    person_days: float
    """What is asked in all; a package that nobody has called yet counts by its planning factor."""
    closes: float
    """Share of the people missing that it gives; 1 closes the gap."""


class BridgeGap(Record):
    """A stretch of days on which ground is not held that was wanted or held before."""

    kind: Literal["before first entry", "at the handover"]
    """Whether nobody is there yet, or whoever came first has left before the main force could take over."""
    first: int
    """First day."""
    last: int
    """Last day."""
    closed: bool
    """Whether somebody closes it within the plan; otherwise it lasts until the need or the plan ends."""
    people: float
    """People missing on its worst day."""
    person_days: float
    """People missing, summed over its days."""
    leaving: tuple[str, ...]
    """Units that leave and open it."""
    closings: tuple[GapClosing, ...]
    """Ways to close it, those that close it whole and ask least first."""


class BridgeCell(Record):
    """The bridge of one capability in one sector."""

    sector: str
    """Sector."""
    capability: Capability
    """Capability."""
    lines: tuple[str, ...]
    """Requirement lines it stands for."""
    wanted_by: int
    """Day by which somebody is wanted there: the earliest required date of its lines."""
    first: int | None
    """First day on which anybody is there."""
    takeover: int | None
    """First day from which on the main force alone holds what whoever came first held, as far as it is still wanted."""
    need: tuple[float, ...]
    """People wanted, mean of each week."""
    package: tuple[float, ...]
    """People of packages there, mean of each week."""
    early: tuple[float, ...]
    """People of early units there, mean of each week."""
    main: tuple[float, ...]
    """People of the main force there, mean of each week."""
    holders: tuple[Holder, ...]
    """Units there, by first day."""
    gaps: tuple[BridgeGap, ...]
    """Stretches on which the ground is not held."""
    overlap_days: int
    """Days on which those who came first are still there although the main force already gives what is wanted."""
    overlap: float
    """Person-days of that overlap."""


class BridgeRecord(Record):
    """The bridge from first entry to the main force."""

    weeks: int
    """Weeks that the series of the cells cover, from D-day."""
    packages: tuple[Package, ...]
    """Standing arrangements as the plan uses them."""
    cells: tuple[BridgeCell, ...]
    """Cells to which somebody comes, those with the widest gaps first."""

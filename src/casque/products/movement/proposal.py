"""What a nation changed in a line of its plan, read cell by cell: what cannot be read becomes a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casque.mission.faults import Fault, nearest, shown
from casque.products.movement.cells import amount_of, day_of, moment_of, plain
from casque.products.movement.journey import MOMENTS
from casque.products.movement.lines import AMOUNTS, DATES, PORTS
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import Cell

D_PLUS = " [D+]"
"""What the heading of a day counted from D-day ends in."""


@dataclass(frozen=True)
class Proposal:
    """What a nation changed in a line. Only what differs from the plan is kept."""

    load: str
    file: str
    row: int
    """Row of the file, the heading counted."""
    dates: Mapping[str, int | None] = field(default_factory=dict)
    """Days by heading, such as `RLD`; none where the day was taken out."""
    times: Mapping[str, float] = field(default_factory=dict)
    """Planned times by heading, such as `leaves POE`."""
    ports: Mapping[str, str] = field(default_factory=dict)
    """Nodes by heading, `POE` or `POD`."""
    amounts: Mapping[str, float] = field(default_factory=dict)
    """People, vehicles, lane metres and tonnes by heading."""

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.dates or self.times or self.ports or self.amounts)


@dataclass(frozen=True)
class Row:
    """A row of a file."""

    file: str
    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """A row while it is read: what cannot be read becomes a fault."""

    seen: MovementPicture
    row: Row
    planned: Mapping[str, Cell]
    changed: set[str]
    faults: list[Fault]

    def dates(self) -> dict[str, int | None]:
        """Days that were changed, by heading."""
        found: dict[str, int | None] = {}
        for head in DATES:
            if {head, head + D_PLUS} & self.changed:
                days = self._either(head)
                if days is not None:
                    found[head] = None if days == () else round(days[0])
        return found

    def times(self) -> dict[str, float]:
        """Planned times that were changed, by heading."""
        found: dict[str, float] = {}
        for head in MOMENTS:
            if {head, head + D_PLUS} & self.changed:
                days = self._either(head)
                if days == () or (days is not None and self.planned[head] is None):
                    there = "an empty cell" if days == () else shown(plain(self.row.cells.get(head) or self.row.cells.get(head + D_PLUS)))
                    self._fault(head, there, "expected a time just where the plan has one: a line keeps the parts of its journey")
                elif days is not None:
                    found[head] = days[0]
        return found

    def ports(self) -> dict[str, str]:
        """Ports that were changed, by heading."""
        found = {}
        for head in PORTS:
            if head in self.changed:
                name = plain(self.row.cells[head])
                if name not in self.seen.nodes:
                    self._fault(
                        head,
                        shown(name) if name else "an empty cell",
                        "expected a node of transport/nodes.csv",
                        nearest(name, self.seen.nodes),
                    )
                elif not self.planned[head]:
                    self._fault(head, shown(name), "expected none: the line goes by land all the way")
                else:
                    found[head] = name
        return found

    def amounts(self) -> dict[str, float]:
        """Amounts that were changed, by heading."""
        found = {}
        for head in AMOUNTS:
            if head in self.changed:
                value = amount_of(self.row.cells[head])
                if value is None:
                    self._fault(head, shown(plain(self.row.cells[head])), "expected a number from 0 to 10000000, with a point for decimals")
                else:
                    found[head] = value
        return found

    def _either(self, head: str) -> tuple[float, ...] | None:
        """The day in whichever of a date and its figure was changed; both must agree. Empty for an emptied cell, none after a fault."""
        named = [name for name in (head, head + D_PLUS) if name in self.changed]
        read: list[tuple[float, ...]] = []
        for name in named:
            cell = self.row.cells[name]
            found = day_of(cell) if name != head else moment_of(cell, self.seen.calendar)
            if found is None:
                like = "a day counted from D-day, such as 14" if name != head else "a date such as 1999-06-26 or 1999-06-26T14:00"
                self._fault(
                    name, shown(plain(cell)), f"expected {like}", step="Change the date or its figure, and leave the other as it was."
                )
                return None
            read.append(found)
        if len(read) == 2 and (len(read[0]) != len(read[1]) or any(abs(a - b) > 0.02 for a, b in zip(*read, strict=True))):
            both = f"{shown(plain(self.row.cells[named[0]]))} and {shown(plain(self.row.cells[named[1]]))}"
            self._fault(head, both, "expected the same day in both", step="Change one of the two, and leave the other as it was.")
            return None
        return read[0]

    def _fault(self, head: str, seen: str, expected: str, near: str = "", step: str = "") -> None:
        self.faults.append(Fault(self.row.file, self.row.number, head, seen, expected, near, step))

"""What the matching problem is made of: pools that want people, elements that could serve, and the columns and rows of the program."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from casque.forces.eligibility import Barrier, Presence
from casque.mission.agreements import Agreement
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Capability

WEIGHT_SCALE = 10
"""Priority weights are kept in tenths as whole numbers."""

LEVELS = ("risk", "cohesion", "burden", "cost")
"""What plans with the same fill are told apart by, in this order: fewer points are better."""

NO_POINTS = (0,) * len(LEVELS)


@dataclass(frozen=True)
class Pool:
    """One capability in one sector: its lines as positions in `Problem.lines`."""

    sector: str
    capability: Capability
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Unit:
    """An element: a pledged unit, or one company-size part of it where the pledge allows that; with its days and its caveats.

    The parts of a pledge are independent of one another.
    """

    pledge: Pledge
    presence: Presence
    barriers: tuple[Barrier, ...]
    known: bool
    """Whether the reference set knows its type."""
    schedules: tuple[Presence, ...] = ()
    """Every way in which its tours could lie, the earliest first; empty where there is only that one, `presence`."""
    part: int = 1
    """Which part of the pledge it is, counted from 1."""
    of: int = 1
    """Into how many parts the pledge is split."""
    ready: int | None = None
    """First day on which it can load; None where that follows from nothing written."""
    transfers: tuple[Agreement, ...] = ()
    """Transfers of authority that cover its member."""

    @property
    def strength(self) -> float:
        """People of the element: whole people, as evenly as they go, and what is left of a person with the first part."""
        if self.of == 1:
            return self.pledge.strength
        whole = floor(self.pledge.strength)
        each, more = divmod(whole, self.of)
        return each + (self.part <= more) + (self.pledge.strength - whole if self.part == 1 else 0.0)

    @property
    def name(self) -> str:
        """What the element is called."""
        return self.pledge.name if self.of == 1 else f"{self.pledge.name}, part {self.part} of {self.of}"


@dataclass(frozen=True)
class Option:
    """A column: one way in which an element could serve.

    `people` are effective people by month; `open` has one bit by month for each line of the pool that the element may count towards.
    """

    unit: int
    member: str
    pool: int
    quality: float
    people: tuple[int, ...]
    open: tuple[int, ...]
    tours: tuple[tuple[int, int], ...] = ()
    """First and last day of each tour, in order. A tour that relieves another begins before it ends; after rest there is a gap."""
    points: tuple[int, ...] = NO_POINTS
    """Whole points against it, by level."""


@dataclass(frozen=True)
class Limit:
    """A hard limit: whole amounts, none below zero, summed over the options taken, may not pass `most`."""

    name: str
    """What it limits, for the reader."""
    kind: str
    """`budget`, `share`, or `people at once`."""
    options: tuple[int, ...]
    """Positions in `Problem.options`, rising."""
    amounts: tuple[int, ...]
    """Amount of each of them."""
    most: int


@dataclass(frozen=True)
class Excess:
    """A soft limit: every unit by which the sum of whole amounts over the options taken passes `beyond` costs `price` points at a level.

    Amounts and `beyond` may be below zero: with -1 for each option of a nation and -1 as `beyond`, a nation left out costs `price`.
    """

    name: str
    """What is to be fair, for the reader."""
    level: int
    """Position in `LEVELS`."""
    options: tuple[int, ...]
    """Positions in `Problem.options`, rising."""
    amounts: tuple[int, ...]
    """Amount of each of them."""
    beyond: int
    price: int

"""What has changed since a plan was announced: capacities, vehicles, legs, ready dates, and journeys that went otherwise than planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Cut(NamedTuple):
    """A capacity of which only a part is left in the periods that touch the ticks from `first` to before `last`."""

    resource: int
    first: int
    last: int
    share: float
    """Part that is left."""


class Outage(NamedTuple):
    """A vehicle that takes no trip between two ticks. A trip under way is finished first."""

    vehicle: int
    first: int
    last: int


class Closing(NamedTuple):
    """A leg that nobody may be on between two ticks. Who is on it at the moment of planning finishes it."""

    leg: int
    first: int
    last: int


class Delay(NamedTuple):
    """A load that leaves the place where it is no sooner than a tick."""

    load: int
    ready: int
    done: int = -1
    """Legs that it has really begun; -1 for as many as were announced to begin before now."""


class Moved(NamedTuple):
    """A leg that a load really went on, or is on, at other times than announced or on another vehicle."""

    load: int
    stage: int
    """Place of the leg in its route, from 0."""
    start: int
    end: int
    vehicle: int = -1
    """Vehicle that carried it; -1 for the announced one, or none."""


@dataclass(frozen=True)
class Changes:
    """All that has changed. What is not mentioned went, and goes on, as announced."""

    cuts: tuple[Cut, ...] = ()
    outages: tuple[Outage, ...] = ()
    closings: tuple[Closing, ...] = ()
    delays: tuple[Delay, ...] = ()
    moved: tuple[Moved, ...] = ()
    lost: tuple[int, ...] = ()
    """Loads that will not come any more."""

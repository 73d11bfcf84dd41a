"""What can go wrong, for whom, how often and for how long; in the numbers of a world."""

from __future__ import annotations

from typing import Literal, NamedTuple

from casque.deployment.schedule.world import Floats

Kind = Literal["breakdown", "weather", "strike", "overflight", "bridge"]
KINDS: tuple[Kind, ...] = ("breakdown", "weather", "strike", "overflight", "bridge")


class Hazard(NamedTuple):
    """One kind of event on one subject."""

    kind: Kind
    name: str
    """Whom it hits, such as a port or a fleet; with the kind it names the stream of random numbers."""
    rate: Floats
    """Events a day, by day of the calendar."""
    days: tuple[float, float, float]
    """Least, likely and greatest duration in days; drawn from the triangle over them."""
    cuts: tuple[tuple[int, float], ...] = ()
    """Capacities, and the part of each that is left."""
    vehicles: tuple[int, ...] = ()
    """Vehicles, one of which is out."""


class Event(NamedTuple):
    """Something that goes wrong."""

    tick: int
    until: int
    kind: Kind
    name: str
    cuts: tuple[tuple[int, float], ...]
    vehicle: int
    """Vehicle that is out; -1 for none."""

"""transport/: the network (nodes.csv, links.csv) and the vehicles that move the force over it (lift.csv)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.quantities import (
    Days,
    Hours,
    Kilometres,
    KilometresPerHour,
    Metres,
    MetresPerDay,
    People,
    PeoplePerDay,
    Tonnes,
    TonnesPerDay,
    VehiclesPerDay,
)
from casque.mission.vocabulary import Mode, NodeKind
from casque.mission.written import Count, Day, Id, Sourced


class Node(Sourced):
    """A place where loads start, change mode or end."""

    id: Id
    """Name of the node."""
    name: str
    """What it is called."""
    kind: NodeKind
    """What it is."""
    country: Id
    """Member on whose ground it lies."""
    longitude: float
    """Degrees east."""
    latitude: float
    """Degrees north."""
    people_per_day: PeoplePerDay | None = None
    """Passengers it can receive and send on each day; none where it sets no limit."""
    tonnes_per_day: TonnesPerDay | None = None
    """Cargo it can clear each day; none where it sets no limit."""
    lane_metres_per_day: MetresPerDay | None = None
    """Lane metres of vehicles it can unload each day; none where it sets no limit."""
    handling: Days = 0.0
    """Time a load spends here between arriving and moving on: reception, staging, marrying up."""
    opens: Day | None = None
    """First day it can be used."""
    closes: Day | None = None
    """Last day it can be used."""


class Link(Sourced):
    """A stretch of road, rail, sea lane or air route that loads travel both ways."""

    id: Id
    """Name of the link."""
    start: Id
    """Node at one end."""
    end: Id
    """Node at the other."""
    mode: Mode
    """Mode of transport."""
    length: Kilometres
    """Distance by this mode."""
    speed: KilometresPerHour
    """Speed made good over a whole movement, halts included."""
    hours_per_day: Hours = 24.0
    """Hours a day that movement goes on."""
    vehicles_per_day: VehiclesPerDay | None = None
    """Military vehicles that can pass one way in a day; none where it sets no limit."""
    winter_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Part of the capacity that is left from December to February."""
    opens: Day | None = None
    """First day it can be used."""
    closes: Day | None = None
    """Last day it can be used."""


class Lift(Sourced):
    """Like vehicles that work together: aircraft, ships, trains or truck companies."""

    id: Id
    """Name of the fleet."""
    name: str
    """What it is called."""
    owner: Id
    """Member or organisation that provides it."""
    mode: Mode
    """Mode it travels by."""
    number: Count
    """Vehicles in the fleet."""
    people: People = 0.0
    """Passengers on one trip of one vehicle."""
    tonnes: Tonnes = 0.0
    """Planning payload of one vehicle."""
    lane_metres: Metres = 0.0
    """Lane metres on one trip of one vehicle; ships and trains."""
    speed: KilometresPerHour
    """Block speed."""
    turnaround: Hours
    """Time to load and unload, both ends together."""
    hours_per_day: Hours = 24.0
    """Hours a day that one vehicle works."""
    first_day: Day
    """First day it is at work."""
    last_day: Day | None = None
    """Last day; none means to the end of the horizon."""
    members: tuple[Id, ...] = ()
    """Members whose loads it takes; empty means all."""


class Transport(Sourced):
    """The network and its vehicles."""

    nodes: tuple[Node, ...]
    """Nodes."""
    links: tuple[Link, ...]
    """Links."""
    lift: tuple[Lift, ...]
    """Fleets."""

"""Record of the stage `deploy`: every load with its legs, when the force is in place, and how far that is from the best possible."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from casque.mission.vocabulary import Mode
from casque.plan.record import Outcome, Record


class Leg(Record):
    """A stretch of a load's journey."""

    link: str
    """Link of the network."""
    start: str
    """Node it leaves."""
    end: str
    """Node it reaches."""
    mode: Mode
    """Mode."""
    fleet: str
    """Lift that carries it; empty where the unit drives itself."""
    departs: float
    """Day it leaves, D-day is 0."""
    arrives: float
    """Day it reaches the other end."""


class Load(Record):
    """People or equipment of a unit that travel together."""

    id: str
    """Name of the load."""
    unit: str
    """Unit."""
    sector: str
    """Sector it goes to."""
    what: Literal["people", "equipment"]
    """What travels."""
    people: float
    """People."""
    vehicles: float
    """Vehicles."""
    lane_metres: float
    """Lane metres."""
    tonnes: float
    """Tonnes of cargo and vehicles."""
    ready: int
    """Day it is ready to load."""
    required: int | None
    """Day it is required at its destination."""
    legs: tuple[Leg, ...]
    """Legs in order."""
    arrives: float
    """Day it reaches the sector base."""
    line: str = ""
    """Movement line it is a part of; a line that goes by several routes has a load for each."""
    member: str = ""
    """Member it belongs to."""
    module: str = ""
    """Force module that must close together; empty where its unit closes by itself."""
    bulk: float = 0.0
    """Tonnes that fit any freighter, on pallets."""
    oversize: float = 0.0
    """Tonnes too large for a pallet."""
    outsize: float = 0.0
    """Tonnes that only the largest freighters take."""
    surface_only: float = 0.0
    """Tonnes that no aircraft takes."""
    dangerous: bool = False
    """Whether there are dangerous goods in it."""
    available: int | None = None
    """Day from which it may be loaded at the port of embarkation (available-to-load date); none where it is ready at once."""
    earliest: int | None = None
    """Day before which it may not arrive at the port of debarkation; none where any day will do."""
    latest: int | None = None
    """Day by which it is to arrive at the port of debarkation; none where none is stated."""


class Trip(Record):
    """One trip of one vehicle of a fleet, loaded."""

    id: str
    """Name of the trip: fleet, vehicle and a running number."""
    fleet: str
    """Fleet."""
    vehicle: int
    """Number of the vehicle in its fleet, from 1."""
    start: str
    """Node it leaves."""
    end: str
    """Node it reaches."""
    departs: float
    """Day it begins to load, in parts of a day."""
    arrives: float
    """Day it is unloaded."""
    full: float
    """Part of the vehicle that is filled, at most 1."""


class Shipment(Record):
    """The part of a load that stays together all the way: on one vehicle at a time, or in one packet on the road."""

    load: str
    """Load."""
    number: int
    """Its number in the movement line of the load, from 1; loads of one line share its numbers out."""
    people: float
    """People."""
    vehicles: float
    """Vehicles."""
    lane_metres: float
    """Lane metres."""
    tonnes: float
    """Tonnes."""
    departs: tuple[float, ...]
    """Day it leaves on each leg of the load, in parts of a day."""
    arrives: tuple[float, ...]
    """Day it reaches the end of each leg."""
    trips: tuple[str, ...]
    """Trip it is on for each leg; empty where it drives itself."""


class InPlace(Record):
    """When a unit's people and vehicles have met at its base."""

    unit: str
    """Unit."""
    sector: str
    """Sector."""
    part: str = ""
    """Which parts of the pledge, as its assignment says; empty for the whole of it."""
    strength: float
    """People."""
    day: float
    """Day it is in place."""
    earliest: float
    """Earliest day that it could be there if it had the whole network to itself."""
    late: float
    """Days after its required date; 0 where it is in time or has none."""
    people_day: float = Field(default_factory=lambda known: known["day"])
    """Day from which half of its people or more are in the area, at a port of debarkation or on the road included; the day it is in place
    unless given."""
    theatre_day: float = Field(default_factory=lambda known: known["people_day"])
    """Day from which half of its people or more are in the theatre; as in the area unless given."""
    ready: float = Field(default_factory=lambda known: known["theatre_day"])
    """Day it is ready to load; the day its people are in the theatre unless given."""
    outside: bool = False
    """Whether it is stationed outside the area, so that its people count for the theatre alone."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Pledge, sector and part, as in the assignment that it brings into place."""
        return self.unit, self.sector, self.part


class Workload(Record):
    """Use of one capacity of a node, link or fleet over the days."""

    resource: str
    """Node, link or fleet and the capacity, such as `seaport thessaloniki: lane metres`."""
    unit: str
    """Unit of the figures."""
    capacity: tuple[float, ...]
    """Capacity by day from D-day."""
    used: tuple[float, ...]
    """Used by day from D-day."""


class Bottleneck(Record):
    """A capacity that holds the closure, and what one more of it would bring, found by solving again."""

    resource: str
    """The capacity."""
    more: str
    """What was added."""
    days: float
    """Days by which the lower bound on closure falls."""
    won: float = 0.0
    """Days by which the plan itself closes sooner, as far as a short search finds it."""
    text: str
    """In a sentence."""


class Unmoved(Record):
    """A unit that cannot get there."""

    unit: str
    """Unit."""
    reason: str
    """Why."""


class Disturbance(Record):
    """One kind of disruption over all runs."""

    kind: Literal["breakdown", "weather", "strike", "overflight", "bridge"]
    """What happens."""
    events: float
    """Events in a run, on average."""
    days: float
    """Days by which closure falls on average when this kind alone is left out of the runs."""
    text: str
    """In a sentence."""


class Disruption(Record):
    """Closure over seeded disruptions, with re-planning after each from the state as it then is."""

    runs: int
    """Runs."""
    closures: tuple[float, ...]
    """Day of closure of each run, smallest first; runs in which something is left behind are not among them."""
    left_behind: int
    """Runs in which something could not be brought in."""
    low: float
    """Day that one run in ten closes by."""
    median: float
    """Day that half of the runs close by."""
    high: float
    """Day that nine runs in ten close by."""
    kinds: tuple[Disturbance, ...]
    """Kinds of disruption, those that cost most days first."""


class MovementRecord(Record):
    """The movement plan and its certificate."""

    loads: tuple[Load, ...]
    """Loads with their legs."""
    in_place: tuple[InPlace, ...]
    """Units in place."""
    unmoved: tuple[Unmoved, ...]
    """Units that cannot be moved."""
    strength: tuple[float, ...]
    """People in the area by day from D-day to the horizon, tours that end deducted.

    The area is the countries that hold a sector base. People count from the day on which they first reach a place there, with or without
    their vehicles: those who wait at a port of debarkation inside the area are in it, those who wait in a country next to it are not.
    """
    in_theatre: tuple[float, ...]
    """People in the theatre (past the port of debarkation) by day, those in the area included."""
    workloads: tuple[Workload, ...]
    """Use of the capacities that bind at least once."""
    closure: Outcome
    """Day by which the last unit is in place, and the day before which no schedule can manage it.

    While any unit is unmoved the force has not closed: both hold for the units that move, the status is never `optimal`, the gap 1.
    """
    lateness: Outcome
    """Priority-weighted days of lateness, and the bound; while any unit is unmoved it is never `optimal` either."""
    bottlenecks: tuple[Bottleneck, ...]
    """What holds the closure."""
    shipments: tuple[Shipment, ...] = ()
    """Loads in the parts that stay together, with the trips they share."""
    trips: tuple[Trip, ...] = ()
    """Trips of all vehicles."""
    barred: tuple[tuple[str, str], ...] = ()
    """Movement lines with ways that parts of them could not finish, and which were closed to them."""
    disruption: Disruption | None = None
    """What disruptions do to the closure; none where they were not asked for."""

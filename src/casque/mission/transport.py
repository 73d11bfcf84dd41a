"""transport/: the network (nodes.csv, links.csv) and the vehicles that move the force over it (lift.csv)."""

from __future__ import annotations

from math import ceil, isnan, nan
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casque.mission.quantities import (
    Days,
    DollarsPerHour,
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

_MOST_STOPS = 20
"""More refuelling stops than any flight makes: what takes more is refused."""


def _read_code(value: Any) -> Any:
    text = str(value).strip().upper()
    if len(text) in (4, 5) and text.isascii() and text.isalnum():
        return text
    raise PydanticCustomError("code", "expected an ICAO code of four signs such as 'LGTS', or a UN/LOCODE of five such as 'GRSKG'")


Code = Annotated[str, BeforeValidator(_read_code)]
"""An airfield's ICAO code (four signs) or a port's UN/LOCODE (five)."""

Places = Annotated[float, Field(gt=0, le=1000)]
"""How many can be served at a time, above 0."""

LoadClass = Annotated[int, Field(ge=1, le=200)]
"""Military load class of a vehicle, a bridge or a road."""


class Node(Sourced):
    """A place where loads start, change mode or end."""

    id: Id
    """Name of the node."""
    name: str = ""
    """What it is called; blank takes the name that goes with its code."""
    kind: NodeKind
    """What it is."""
    country: Id
    """Member on whose ground it lies."""
    longitude: float = nan
    """Degrees east; blank takes that of its code."""
    latitude: float = nan
    """Degrees north; blank takes that of its code."""
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
    code: Code | None = None
    """ICAO code of an airport (four signs) or UN/LOCODE of a seaport (five)."""
    runway: Metres | None = None
    """Length of its longest runway; none where it is not known, and then it stops nobody."""
    working_mog: Places | None = None
    """Aircraft that it can park and work on at a time (maximum on ground); none where it sets no limit."""
    parking_mog: Places | None = None
    """Aircraft that find a stand at a time."""
    servicing_mog: Places | None = None
    """Aircraft that can be serviced at a time."""
    fuelling_mog: Places | None = None
    """Aircraft that can be fuelled at a time."""
    handling_mog: Places | None = None
    """Aircraft that can be loaded or unloaded at a time."""
    fuel: TonnesPerDay | None = None
    """Fuel it can give to aircraft each day; none where it sets no limit."""
    hours_per_day: Hours = 24.0
    """Hours a day that it works on aircraft and ships; what it can do in a day is stated with this in mind."""
    berths: Count | None = None
    """Ships that can be worked on at a time; none where it sets no limit."""
    draught: Metres | None = None
    """Deepest draught that it takes; none where it is not known, and then it stops nobody."""
    lift_on_per_day: TonnesPerDay | None = None
    """Cargo that its cranes can load or unload each day from ships that carry no rolling cargo; none where it sets no limit."""
    staging_metres: Metres | None = None
    """Lane metres of vehicles that find room while they wait; none where it sets no limit."""
    staging_people: People | None = None
    """People who find room while they wait; none where it sets no limit."""

    @property
    def aircraft_at_once(self) -> float | None:
        """Aircraft that it can work on at a time: the least of what stands, service, fuel and handling allow; none for no limit."""
        given = (self.working_mog, self.parking_mog, self.servicing_mog, self.fuelling_mog, self.handling_mog)
        return min((figure for figure in given if figure is not None), default=None)

    @property
    def located(self) -> bool:
        """Whether its coordinates are known."""
        return not (isnan(self.longitude) or isnan(self.latitude))


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
    length: Kilometres = nan
    """Distance by this mode; blank only by air, which then is the great circle, and by sea, where it is that of the sea lanes."""
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
    load_class: LoadClass | None = None
    """Military load class of its weakest bridge or stretch; none where it stops nobody."""
    clearance_height: Metres | None = None
    """Height of its lowest tunnel or bridge; none where it stops nobody."""


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
    home: Id | None = None
    """Node where its vehicles stand at first; none lets each begin where it is first wanted."""
    range: Kilometres | None = None
    """Longest stretch that it flies or sails with its planning payload; none where it sets no limit."""
    refuel_hours: Hours | None = None
    """Time that a refuelling stop on the way takes; none means that it takes no link longer than its range."""
    runway_needed: Metres | None = None
    """Runway that it needs with its planning payload; none where it is not known."""
    draught: Metres | None = None
    """Its draught when laden; none where it is not known."""
    bulk: Tonnes | None = None
    """Planning payload of one vehicle in bulk cargo; none takes `tonnes`, 0 means that it takes none."""
    oversize: Tonnes | None = None
    """Planning payload in oversize cargo; none takes `tonnes`, 0 means that it takes none."""
    outsize: Tonnes | None = None
    """Planning payload in outsize cargo; none takes `tonnes`, 0 means that it takes none."""
    cost_per_hour: DollarsPerHour | None = None
    """Cost of an hour under way, loaded or not; none where it is not known, and then it counts for nothing."""
    fuel_uplift: Tonnes | None = None
    """Fuel that one aircraft takes on where it lands with a load; none where it is not known, and then it draws on no field's fuel."""
    load_hours: Hours | None = None
    """Time to load; none takes half of the turnaround."""
    unload_hours: Hours | None = None
    """Time to unload; none takes half of the turnaround."""

    @property
    def loading(self) -> float:
        """Hours to load."""
        return self.turnaround / 2 if self.load_hours is None else self.load_hours

    @property
    def unloading(self) -> float:
        """Hours to unload."""
        return self.turnaround / 2 if self.unload_hours is None else self.unload_hours

    def stops(self, length: float) -> int | None:
        """Refuelling stops on a stretch of so many kilometres; none where it cannot do it."""
        if self.range is None or length <= self.range:
            return 0
        if self.refuel_hours is None or self.range <= 0 or length / self.range > _MOST_STOPS:
            return None
        return ceil(length / self.range - 1e-9) - 1


class Transport(Sourced):
    """The network and its vehicles."""

    nodes: tuple[Node, ...]
    """Nodes."""
    links: tuple[Link, ...]
    """Links."""
    lift: tuple[Lift, ...]
    """Fleets."""

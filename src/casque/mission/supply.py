"""supply.yaml: stock policy, where supplies enter, depots and the trucks that carry them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.quantities import Days, KilometresPerDay, Tonnes
from casque.mission.vocabulary import SupplyClass
from casque.mission.written import Count, Day, Id, Sourced


class StockPolicy(Sourced):
    """How many days of supply of a class the force wants to hold."""

    supply_class: SupplyClass
    """Class of supply."""
    target: Days
    """Days of supply wanted at a sector base."""
    least: Days
    """Days of supply below which a base is in trouble."""


class Entry(Sourced):
    """A node where supplies come in from outside, as much as its ports and links can pass."""

    node: Id
    """Node of the transport network."""
    classes: tuple[SupplyClass, ...]
    """Classes that come in here."""
    from_day: Day
    """First day."""
    until: Day | None = None
    """Last day; none means to the end."""


class Depot(Sourced):
    """A theatre stock between entry and sector bases."""

    id: Id
    """Name of the depot."""
    node: Id
    """Node of the transport network."""
    capacity: Tonnes
    """Most it can hold."""
    opening: dict[SupplyClass, Tonnes] = Field(default={})
    """Stock on D-day by class."""
    from_day: Day
    """First day it works."""
    until: Day | None = None
    """Last day; none means to the end."""


class TruckFleet(Sourced):
    """Trucks for supply, beside what the units bring."""

    id: Id
    """Name of the fleet."""
    owner: Id
    """Member or organisation that provides it."""
    number: Count
    """Trucks."""
    payload: Tonnes
    """Load of one truck."""
    daily_distance: KilometresPerDay
    """Distance that one truck covers in a day."""
    availability: Annotated[float, Field(gt=0, le=1)]
    """Share of the trucks fit for the road on a day."""
    from_day: Day
    """First day at work."""
    until: Day | None = None
    """Last day; none means to the end."""


class Contract(Sourced):
    """Supply that a contractor or the host nation brings to the bases itself."""

    id: Id
    """Name of the contract."""
    provider: str
    """Who delivers."""
    supply_class: SupplyClass
    """Class that it covers."""
    share: Annotated[float, Field(ge=0, le=1)]
    """Share of the demand that it covers."""
    from_day: Day
    """First day."""
    until: Day | None = None
    """Last day; none means to the end."""


class Supply(Sourced):
    """The supply concept."""

    policies: tuple[StockPolicy, ...]
    """Stock policy by class."""
    entries: tuple[Entry, ...]
    """Where supplies come in."""
    depots: tuple[Depot, ...] = ()
    """Theatre depots."""
    trucks: tuple[TruckFleet, ...]
    """Trucks."""
    contracts: tuple[Contract, ...] = ()
    """Contracts and host nation support."""

"""forces/: pledges.csv, one line for each unit that a member offers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.quantities import Days, Months, People
from casque.mission.vocabulary import PledgeStatus
from casque.mission.written import Day, Id, Sourced


class Pledge(Sourced):
    """A unit that a member offers, with the dates and wishes attached to it."""

    id: Id
    """Name of the unit in the plan."""
    member: Id
    """Member that offers it."""
    name: str
    """What the unit is called."""
    unit_type: Id
    """Its type (the reference set lists the types); the type gives capability, vehicles and consumption."""
    strength: People
    """People."""
    status: PledgeStatus
    """How firm the pledge is."""
    home: Id
    """Node of the transport network where it stands when called."""
    ready_to_load: Day
    """RLD: day it is ready to load at home."""
    available_to_load: Day | None = None
    """ALD: day it can load at the port of embarkation."""
    earliest_arrival: Day | None = None
    """EAD: first day the port of debarkation can take it."""
    latest_arrival: Day | None = None
    """LAD: last day it may arrive at the port of debarkation and still keep its required date."""
    required: Day | None = None
    """RDD: day it is required at its destination."""
    tour: Months = 6.0
    """Length of one tour."""
    renewals: Annotated[int, Field(ge=0)] = 0
    """Tours after the first that the member has promised to fill with a like unit."""
    sector: Id | None = None
    """Sector that the member wants it in."""
    stationed: Id | None = None
    """Node of the transport network where it lives once it is in place; none means the base of its sector."""
    self_sufficient: Days = 0.0
    """Days of supply it brings along."""


class Forces(Sourced):
    """Everything pledged."""

    pledges: tuple[Pledge, ...]
    """Pledged units."""

"""forces/: pledges.csv, one line for each unit that a member offers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.quantities import Days, Months, People, Share
from casque.mission.vocabulary import PledgeStatus, Readiness
from casque.mission.written import Day, Id, Rate, Sourced


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
    readiness: Readiness | None = None
    """Readiness in which it is held; the reference set has the days of notice of each (factors `force.notice-...`)."""
    notice: Days | None = None
    """Notice to move: days from the call until it is ready to load; none takes that of its readiness, or no notice where none is given."""
    called: Day | None = None
    """Day on which it is called; none means D-day. Counts only with a readiness or a notice."""
    may_wait: Months | None = None
    """How long after the first day that it can serve it may still be called, and called again after rest; none means to the end of the
    plan, or not at all where it has a required date."""
    tour: Months = 6.0
    """Length of one tour."""
    renewals: Annotated[int, Field(ge=0)] = 0
    """Tours after the first that the member has promised to fill with a like unit."""
    relief_overlap: Days | None = None
    """Days by which a relieving unit arrives before it takes over; none takes the planning factor."""
    rest: Months | None = None
    """Months after a tour when the same unit can come back for another, and again after that; none means that it does not come back."""
    splits_into: Annotated[int, Field(ge=1, le=40)] = 1
    """Company-size parts into which it may be split, each to serve in a place of its own; 1 means that it serves as a whole."""
    sector: Id | None = None
    """Sector that the member wants it in, and no other."""
    wishes: tuple[Id, ...] = ()
    """Sectors that the member would rather have it in than others, without insisting."""
    reliability: Share | None = None
    """Share of it that one may expect to come; none takes that of its member."""
    delay_months: Rate | None = None
    """Months that it comes late on average, in months; none takes that of its member."""
    stationed: Id | None = None
    """Node of the transport network where it lives once it is in place; none means the base of its sector."""
    self_sufficient: Days = 0.0
    """Days of supply it brings along."""


class Forces(Sourced):
    """Everything pledged."""

    pledges: tuple[Pledge, ...]
    """Pledged units."""

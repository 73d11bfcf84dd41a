"""Usable force at a place and moment: the arrival curve, who comes, who is held and by what, and which places stay out of reach."""

from __future__ import annotations

from typing import Literal

from casque.plan.record import Record


class ArrivalCurve(Record):
    """Usable people at a place over the hours after a call."""

    lifted: tuple[str, ...]
    """Strings taken away for it, as `kind:id`; empty for the law as it stands."""
    label: str
    """What that is, in words."""
    people: tuple[float, ...]
    """Usable people by the hours of the record it stands in."""
    first: float | None
    """Hours until the stated strength stands there; none where it never does in the time looked at."""


class Coming(Record):
    """A unit that was called."""

    unit: str
    """Unit."""
    name: str
    """What it is called."""
    member: str
    """Member."""
    sector: str
    """Sector it is posted to."""
    people: float
    """People that it can send."""
    answer: Literal["permitted", "needs word", "prohibited"]
    """Whether it may act there at the moment of the call."""
    hours: float | None
    """Hours until its first people stand there and may act; none where they never do in the time looked at."""
    word: float
    """Of these, hours waited for somebody's word."""
    road: float | None
    """Hours on the way; none where no open road leads there."""
    held_by: tuple[str, ...]
    """What forbids it or ties it to a word at the moment of the call, as `kind:id`; `silence` where nothing permits it."""


class StringCost(Record):
    """What one string costs at a place: a caveat, or a word that a rule keeps back."""

    string: str
    """As `kind:id`."""
    holder: str
    """Who could take it away: the capital's authority, or the command post that keeps the word; empty where nobody is named."""
    wait: float | None
    """Hours that this is expected to take; none where nobody can."""
    band: tuple[float, float] | None = None
    """Shortest and longest hours that it may take, where they differ."""
    units: tuple[str, ...]
    """Units that it holds."""
    gained: tuple[float, ...]
    """People more, by hour, were it alone taken away."""
    missing: tuple[float, ...]
    """People fewer, by hour, did it alone stay while every other string is taken away."""
    sooner: float | None
    """Hours by which the stated strength is there sooner, were it alone taken away; none where it never comes before and does then."""
    later: float | None
    """Hours by which it is there later, did it alone stay; none where it is then never there."""


class UsableForce(Record):
    """Usable force for a call at a place."""

    call: str
    """Task or measure, as `kind:id`."""
    title: str
    """What it is called."""
    place: str
    """Place; empty for the base of a sector."""
    place_name: str
    """What the place is called."""
    sector: str
    """Sector it lies in."""
    day: int
    """Day of the call, from D-day."""
    hour: int
    """Hour of the call, local time."""
    situation: tuple[str, ...]
    """What is the case, measure by measure."""
    assumed: bool
    """Whether the situation is taken from what the rules ask for."""
    from_run: bool
    """Whether units stand where a run has put them; otherwise where they were pledged to."""
    strength: float
    """The stated strength, people."""
    hours: tuple[float, ...]
    """Hours after the call."""
    curves: tuple[ArrivalCurve, ...]
    """As it stands, with what was asked to be lifted, without caveats, with every word at once, without any string."""
    band: tuple[ArrivalCurve, ...] = ()
    """As it stands, were every word of a capital to come at its quickest, and at its slowest; empty where no such word has a band."""
    coming: tuple[Coming, ...]
    """Units of a kind that can answer, the first there first."""
    costs: tuple[StringCost, ...]
    """Strings by what they cost."""


class PlaceReach(Record):
    """How soon a place is reached."""

    place: str
    """Place."""
    sector: str
    """Sector."""
    hours: float | None
    """Hours to the stated strength as the law stands; none where it never comes in the time looked at."""
    quickest: float | None = None
    """The same, were every word of a capital to come at its quickest."""
    slowest: float | None = None
    """The same, were every word of a capital to come at its slowest."""
    without_caveats: float | None
    """The same with every caveat taken away."""
    free: float | None
    """The same with every string taken away: notice and road alone."""
    people: float
    """Usable people there within the stated time."""
    people_free: float
    """The same with every string taken away."""
    free_curve: tuple[float, ...] = ()
    """Usable people by hour with every string taken away."""
    curve: tuple[float, ...] = ()
    """Usable people by hour as the law stands."""


class ReachCost(Record):
    """What one string costs over all places."""

    string: str
    """As `kind:id`."""
    places: tuple[str, ...]
    """Places at which it holds somebody."""
    opens: tuple[str, ...]
    """Places that come within the stated time, were it alone taken away."""
    shuts: tuple[str, ...]
    """Places that fall out of the stated time, did it alone stay."""
    most_missing: float
    """Most people that it alone would keep from one place within the stated time."""
    most_missing_at: str
    """That place."""
    hours_lost: float | None
    """Most hours by which it alone delays the stated strength at a place; none where some place is then never reached."""


class Reach(Record):
    """Which places a stated strength of usable people reaches within a stated time."""

    call: str
    """Task or measure, as `kind:id`."""
    title: str
    """What it is called."""
    day: int
    """Day of the call, from D-day."""
    hour: int
    """Hour of the call, local time."""
    situation: tuple[str, ...]
    """What is the case, measure by measure."""
    assumed: bool
    """Whether the situation is taken from what the rules ask for."""
    from_run: bool
    """Whether units stand where a run has put them."""
    lifted: tuple[str, ...] = ()
    """Strings taken away for the whole answer."""
    strength: float
    """The stated strength, people."""
    within: float
    """The stated time, hours."""
    hours: tuple[float, ...]
    """Hours of the curves."""
    units: int
    """Units in place that can answer."""
    places: tuple[PlaceReach, ...]
    """Every place within the sectors, those reached last first."""
    costs: tuple[ReachCost, ...]
    """Strings by what they cost."""

    @property
    def out_of_reach(self) -> tuple[PlaceReach, ...]:
        """Places that are not reached in time."""
        return tuple(place for place in self.places if place.hours is None or place.hours > self.within)

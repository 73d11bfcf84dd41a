"""What a task takes on the ground: one need for each troop-to-task rule, with the figures that the rule asks for.

The stage `require` turns needs into people. Needs whose rules look at nothing but their sector stand here first; those that look at what
the other needs come to (bands, reserve, headquarters, support, the medical levels 1 and 3, national support) stand in `shares.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from casque.mission.quantities import Hours, Kilometres, People, Share, TonnesPerDay
from casque.mission.shares import AreaBand, Asked, HeadquartersShare, MedicalReach, NationalSupport, PopulationBand, Reserve, SupportRatio
from casque.mission.written import Count, Rate

Month = Annotated[int, Field(ge=1, le=12)]
"""A month of the year, 1 for January."""


class StaticPosts(Asked):
    """Posts held day and night: guards, checkpoints, crossing points."""

    rule: Literal["static posts"]
    """Name of the troop-to-task rule."""
    posts: Count
    """Posts in each sector."""
    people_per_post: People
    """People on one post at a time."""


class Checkpoints(Asked):
    """Checkpoints at which vehicles are stopped and searched."""

    rule: Literal["checkpoints"]
    """Name of the troop-to-task rule."""
    checkpoints: Count
    """Checkpoints in each sector."""
    vehicles_per_hour: Rate
    """Vehicles an hour at each of them, both ways together, in the busiest hours."""
    share_searched: Share
    """Share of the vehicles that is searched."""
    hours_per_day: Hours = 24.0
    """Hours a day that they are manned; at most a whole day counts."""


class Searches(Asked):
    """Searches of buildings and areas."""

    rule: Literal["searches"]
    """Name of the troop-to-task rule."""
    searches_per_week: Rate
    """Searches a week in each sector."""
    people_per_search: People
    """People on one search, its cordon included."""
    hours: Hours
    """Time one search takes, the way there and back included."""


class Patrols(Asked):
    """Presence on roads and in settlements."""

    rule: Literal["patrols"]
    """Name of the troop-to-task rule."""
    visits_per_week: Rate
    """Visits that each settlement gets in a week."""
    share_of_roads_daily: Share
    """Share of the sector's roads covered each day."""


class QuickReaction(Asked):
    """A force at short notice that reaches any settlement within a stated time."""

    rule: Literal["quick reaction"]
    """Name of the troop-to-task rule."""
    within: Hours
    """Time within which any settlement must be reached."""
    strength: People
    """People in each reaction force."""


class Escorts(Asked):
    """Escorts for convoys, returnees and minorities."""

    rule: Literal["escorts"]
    """Name of the troop-to-task rule."""
    convoys_per_day: Rate
    """Convoys a day in each sector."""
    people_per_convoy: People
    """Escort of one convoy."""
    hours: Hours
    """Time one convoy takes, return included."""


class Units(Asked):
    """A stated number of units of a kind, where no troop-to-task rule speaks."""

    rule: Literal["units"]
    """Name of the troop-to-task rule."""
    strength: People
    """People in each sector."""


class PopulationPolice(Asked):
    """Public order by population until civil police take over."""

    rule: Literal["police by population"]
    """Name of the troop-to-task rule."""
    per_thousand: Rate
    """People on public order for each thousand inhabitants."""


class Border(Asked):
    """Observation of a boundary."""

    rule: Literal["border watch"]
    """Name of the troop-to-task rule."""
    kilometres_per_post: Kilometres
    """Length of boundary that one observation post or patrol base watches."""
    people_per_post: People
    """People in one post at a time."""


class RoadsKeptOpen(Asked):
    """Engineers who keep roads open for traffic."""

    rule: Literal["roads kept open"]
    """Name of the troop-to-task rule."""
    share_of_roads: Share
    """Share of the sector's roads that they keep open."""
    wet_months: tuple[Month, ...] = ()
    """Months of the year in which rain ruins the roads, 1 for January; winter is known from the climate and needs no entry."""


class Flights(Asked):
    """Flights of helicopters or unmanned aircraft, as hours in the air."""

    rule: Literal["flights"]
    """Name of the troop-to-task rule."""
    sorties_per_day: Rate
    """Sorties a day in each sector."""
    hours_per_sortie: Hours
    """Time in the air of one sortie."""


class MedicalEvacuation(Asked):
    """Aircraft held ready to bring casualties to surgery within a stated time."""

    rule: Literal["medical evacuation"]
    """Name of the troop-to-task rule."""
    within: Hours | None = None
    """Time from the call to the operating table; none means the limit of the 10-1-2 guideline."""


class Signals(Asked):
    """Signals detachments at headquarters, bases and relay sites."""

    rule: Literal["signals nodes"]
    """Name of the troop-to-task rule."""
    nodes: Count
    """Headquarters, bases and relay sites in each sector that are kept in touch day and night."""


class OrdnanceDisposal(Asked):
    """Explosive ordnance disposal: teams on call, and routes searched."""

    rule: Literal["ordnance disposal"]
    """Name of the troop-to-task rule."""
    calls_per_week: Rate
    """Calls a week in each sector."""
    hours: Hours
    """Time one call takes, the way there and back included."""
    routes_per_day: Kilometres = 0.0
    """Length of road searched for explosives each day."""


class Haulage(Asked):
    """Trucks for a stated tonnage."""

    rule: Literal["haulage"]
    """Name of the troop-to-task rule."""
    tonnes_per_day: TonnesPerDay
    """Load a day in each sector."""
    distance: Kilometres
    """Length of the way, one way."""


Need = Annotated[
    StaticPosts
    | Checkpoints
    | Searches
    | Patrols
    | QuickReaction
    | Escorts
    | Reserve
    | Units
    | PopulationPolice
    | PopulationBand
    | AreaBand
    | Border
    | RoadsKeptOpen
    | Flights
    | MedicalEvacuation
    | MedicalReach
    | Signals
    | OrdnanceDisposal
    | Haulage
    | HeadquartersShare
    | SupportRatio
    | NationalSupport,
    Field(discriminator="rule"),
]

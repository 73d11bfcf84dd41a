"""tasks.yaml: what the force is mandated to do, where and when, and what each task needs on the ground.

A need is a troop-to-task rule with its figures; the stage `require` turns it into people.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from casque.mission.quantities import Hours, Kilometres, People, Share
from casque.mission.vocabulary import Capability, ForceLevel
from casque.mission.written import Count, Day, Id, Rate, Sourced, Written


class _Need(Written):
    capability: Capability
    """Capability that is asked for."""
    sectors: tuple[Id, ...] = ()
    """Sectors that it holds for; empty means every sector of the task."""


class StaticPosts(_Need):
    """Posts held day and night: guards, checkpoints, crossing points."""

    rule: Literal["static posts"]
    """Name of the troop-to-task rule."""
    posts: Count
    """Posts in each sector."""
    people_per_post: People
    """People on one post at a time."""


class Patrols(_Need):
    """Presence on roads and in settlements."""

    rule: Literal["patrols"]
    """Name of the troop-to-task rule."""
    visits_per_week: Rate
    """Visits that each settlement gets in a week."""
    share_of_roads_daily: Share
    """Share of the sector's roads covered each day."""


class QuickReaction(_Need):
    """A force at short notice that reaches any settlement within a stated time."""

    rule: Literal["quick reaction"]
    """Name of the troop-to-task rule."""
    within: Hours
    """Time within which any settlement must be reached."""
    strength: People
    """People in each reaction force."""


class Escorts(_Need):
    """Escorts for convoys, returnees and minorities."""

    rule: Literal["escorts"]
    """Name of the troop-to-task rule."""
    convoys_per_day: Rate
    """Convoys a day in each sector."""
    people_per_convoy: People
    """Escort of one convoy."""
    hours: Hours
    """Time one convoy takes, return included."""


class Reserve(_Need):
    """A reserve as a share of what the other tasks of its sectors need."""

    rule: Literal["reserve"]
    """Name of the troop-to-task rule."""
    share: Share
    """Share of the manoeuvre force of the sector."""


class Units(_Need):
    """A stated number of units of a kind, where no troop-to-task rule speaks."""

    rule: Literal["units"]
    """Name of the troop-to-task rule."""
    strength: People
    """People in each sector."""


class PopulationPolice(_Need):
    """Public order by population until civil police take over."""

    rule: Literal["police by population"]
    """Name of the troop-to-task rule."""
    per_thousand: Rate
    """People on public order for each thousand inhabitants."""


class Border(_Need):
    """Observation of a boundary."""

    rule: Literal["border watch"]
    """Name of the troop-to-task rule."""
    kilometres_per_post: Kilometres
    """Length of boundary that one observation post or patrol base watches."""
    people_per_post: People
    """People in one post at a time."""


Need = Annotated[
    StaticPosts | Patrols | QuickReaction | Escorts | Reserve | Units | PopulationPolice | Border,
    Field(discriminator="rule"),
]


class Task(Sourced):
    """Something that a provision asks the force to do."""

    id: Id
    """Name of the task."""
    title: str
    """What is to be done, as an order would say it."""
    purpose: str = ""
    """What it is for: the state of things that it serves."""
    provision: Id
    """Provision (mandate.yaml) that asks for it."""
    sectors: tuple[Id, ...]
    """Sectors it is done in."""
    start: Day
    """First day."""
    end: Day
    """Last day."""
    priority: Annotated[int, Field(ge=1, le=5)]
    """1 for what the mission fails without, up to 5 for what can wait."""
    required_by: Day
    """Commander's required date: day by which its force must be in place."""
    force_level: ForceLevel
    """Force that it may take to carry it out."""
    rules: tuple[Id, ...] = ()
    """Rules of engagement (engagement.yaml) that it needs in force."""
    crosses_sectors: bool = False
    """Whether its force must be able to act outside its own sector."""
    force_of: Id | None = None
    """Sector whose force carries it out from its own base, where the force of its own sectors does not. The people it needs are wanted in
    that sector, sized on the ground of its own sectors, and have to be free to leave theirs."""
    supports_civil: bool = False
    """Whether the task passes to a civil institution as that arrives."""
    needs: tuple[Need, ...]
    """What it takes, rule by rule."""
    measures: tuple[Id, ...] = ()
    """Measures (measures.yaml) that show whether it succeeds."""

    @property
    def leaves_sector(self) -> bool:
        """Whether its force must be able to act outside the sector in which it is based."""
        return self.crosses_sectors or self.force_of is not None

    @property
    def rules_to_use(self) -> tuple[str, ...]:
        """Rules that its force must be free to use; none where it takes self-defence only, which is inherent."""
        return () if self.force_level is ForceLevel.SELF_DEFENCE else self.rules


class Tasks(Sourced):
    """All mandated tasks."""

    tasks: tuple[Task, ...]
    """Tasks in order of priority."""

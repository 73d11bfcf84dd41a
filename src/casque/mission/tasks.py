"""tasks.yaml: what the force is mandated to do, where and when, and what each task needs on the ground.

A need is a troop-to-task rule with its figures (`needs.py`); the stage `require` turns it into people.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.needs import Need
from casque.mission.vocabulary import ForceLevel
from casque.mission.written import Day, Id, Sourced


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

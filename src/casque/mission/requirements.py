"""forces/requirements.csv: a staff's own statement of requirements, one line for each capability wanted in a sector for a task."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casque.mission.quantities import People
from casque.mission.vocabulary import Capability, StatementMode
from casque.mission.written import Day, Id, Sourced


class Requirement(Sourced):
    """A capability that the staff wants in a sector for a task, whatever the troop-to-task rules say."""

    id: Id
    """Name of the line."""
    mode: StatementMode
    """Whether it takes the place of what the rules work out for the same task, sector and capability, or joins it."""
    task: Id
    """Task that it serves."""
    sector: Id
    """Sector in whose base its people are wanted."""
    capability: Capability
    """Capability wanted."""
    strength: People
    """People wanted, likely."""
    low: People | None = None
    """People, low end of the band; none means the likely figure."""
    high: People | None = None
    """People, high end of the band; none means the likely figure."""
    first_day: Day | None = None
    """First day it is wanted; none means that of the task."""
    last_day: Day | None = None
    """Last day it is wanted; none means that of the task."""
    priority: Annotated[int, Field(ge=1, le=5)] | None = None
    """1 for what the mission fails without, up to 5 for what can wait; none means that of the task."""
    required_by: Day | None = None
    """Commander's required date; none means that of the task, or the first day where that is later."""


class Requirements(Sourced):
    """What the staff states."""

    requirements: tuple[Requirement, ...] = ()
    """Stated lines."""

"""lessons/: one file a lesson, with what makes it apply to a plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from casque.mission.vocabulary import Capability, LessonStatus
from casque.mission.written import Id, Sourced, Written


class WhenFinding(Written):
    """Applies when a rule of the checks has a finding."""

    when: Literal["finding"]
    """Kind of trigger."""
    rule: str
    """Id of the rule, such as `caveat-bars-crossing`."""


class WhenShortfall(Written):
    """Applies when a capability is short by at least a share of what is required."""

    when: Literal["shortfall"]
    """Kind of trigger."""
    capability: Capability
    """Capability."""
    share: Annotated[float, Field(gt=0, le=1)]
    """Share of the requirement that is missing."""


class WhenMeasure(Written):
    """Applies when a measure is judged behind its planned course."""

    when: Literal["measure behind"]
    """Kind of trigger."""
    measure: Id
    """Measure."""


class WhenSupply(Written):
    """Applies when days of supply fall below the policy's least anywhere."""

    when: Literal["supply below least"]
    """Kind of trigger."""


class WhenLate(Written):
    """Applies when a unit is in place later than its required date by at least some days."""

    when: Literal["late closure"]
    """Kind of trigger."""
    days: Annotated[int, Field(ge=0)]
    """Days of lateness from which it applies."""


Trigger = Annotated[WhenFinding | WhenShortfall | WhenMeasure | WhenSupply | WhenLate, Field(discriminator="when")]


class FactorProposal(Written):
    """A planning factor that the lesson would change; a person decides."""

    factor: str
    """Id of the factor in the reference set."""
    value: float
    """Proposed value, in the factor's own unit."""
    reason: str
    """Why."""


class Lesson(Sourced):
    """Something earlier missions taught."""

    id: Id
    """Name of the lesson."""
    title: str
    """The lesson in one line."""
    mission: str
    """Mission it comes from."""
    observation: str
    """What was seen."""
    cause: str
    """Why it was so."""
    recommendation: str
    """What to do about it."""
    status: LessonStatus
    """Where it stands."""
    triggers: tuple[Trigger, ...]
    """What makes it apply to a plan; any one is enough."""
    proposal: FactorProposal | None = None
    """Planning factor that it would change."""


class Lessons(Sourced):
    """The lessons of the folder."""

    lessons: tuple[Lesson, ...] = ()
    """Lessons."""

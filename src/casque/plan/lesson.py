"""Record of the stage `learn`: lessons of earlier missions that apply to this plan, and factors they would change."""

from __future__ import annotations

from casque.mission.vocabulary import Grade
from casque.plan.record import Record


class Applies(Record):
    """A lesson that applies, and why."""

    lesson: str
    """Lesson."""
    title: str
    """Its title."""
    mission: str
    """Mission it comes from."""
    why: tuple[str, ...]
    """What in this plan makes it apply, in sentences."""
    subjects: tuple[str, ...]
    """What it applies to, as `kind:id`."""
    recommendation: str
    """What to do."""
    grade: Grade
    """Grade of its evidence."""
    source: tuple[str, ...]
    """Its sources."""


class ProposedFactor(Record):
    """A planning factor that a lesson would change; a person decides."""

    factor: str
    """Factor."""
    now: float
    """Value in use."""
    proposed: float
    """Value proposed."""
    unit: str
    """Unit."""
    lesson: str
    """Lesson."""
    reason: str
    """Why."""


class LessonsRecord(Record):
    """The lessons that apply."""

    applies: tuple[Applies, ...]
    """Lessons that apply."""
    silent: tuple[str, ...]
    """Lessons of the folder itself that do not apply."""
    proposals: tuple[ProposedFactor, ...]
    """Proposed factor changes."""
    known: int = 0
    """Lessons that were held against the plan: the folder's own and those of other missions."""

"""Record of the stage `engage`: who may lawfully do what, on whose word, and who could be there in time."""

from __future__ import annotations

from typing import Literal

from casque.plan.record import Record

Answer = Literal["permitted", "needs word", "prohibited"]


class Decision(Record):
    """Whether a unit may use a rule for a task."""

    task: str
    """Task."""
    unit: str
    """Unit."""
    rule: str
    """Rule of engagement; empty for the task itself."""
    answer: Answer
    """Permitted, needs somebody's word, or prohibited."""
    decided_by: tuple[str, ...]
    """Rule, caveat, agreement and provision that decided it, as `kind:id`."""
    on_word_of: str = ""
    """Whose word it needs."""
    delay: float = 0.0
    """Hours that word takes."""
    why: str = ""
    """In a sentence."""
    day: int = 0
    """Day it was decided for."""
    crossing: bool = False
    """Whether it is about acting outside the unit's own sector."""


class Usable(Record):
    """How much of the force in a sector may lawfully carry out a task, and how soon."""

    task: str
    """Task."""
    sector: str
    """Sector."""
    assigned: float
    """People of combat and police units assigned to the sector."""
    permitted: float
    """People who may act at once."""
    needs_word: float
    """People who may act on somebody's word."""
    prohibited: float
    """People who may not act."""
    hours: tuple[float, ...]
    """Hours after the call."""
    arriving: tuple[float, ...]
    """Usable people on the spot by those hours, neighbours included where the task crosses sectors."""
    day: int = 0
    """Day that the figures hold for: the one on which most of the assigned people serve."""


class CaveatCost(Record):
    """What a caveat costs."""

    caveat: str
    """Caveat."""
    member: str
    """Member."""
    people: float
    """People that it withholds from at least one task."""
    tasks: tuple[str, ...]
    """Tasks that it touches."""
    hours: float
    """Hours until it can be lifted."""


class EngagementRecord(Record):
    """Who may act."""

    decisions: tuple[Decision, ...]
    """Decisions that are not plain permission, and one permitted example for each task and rule."""
    usable: tuple[Usable, ...]
    """Usable force for every task and sector."""
    caveat_costs: tuple[CaveatCost, ...]
    """Caveats by what they cost."""

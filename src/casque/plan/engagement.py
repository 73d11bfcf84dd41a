"""Record of the stage `engage`: who may lawfully do what, on whose word, and who could be there in time."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Threat
from casque.plan.coherence import Incoherence
from casque.plan.record import Record
from casque.plan.usable import Reach

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


Standing = Literal["meets", "above", "below", "no posture answers"]


class Protection(Record):
    """How a contingent in a sector guards itself over some days, and what the threat asks for."""

    sector: str
    """Sector."""
    member: str
    """Contingent."""
    first: int
    """First day."""
    last: int
    """Last day."""
    phase: str
    """Phase."""
    threat: Threat
    """Highest threat in the sector and at its places."""
    held: str
    """Posture that is held; empty where none is written."""
    asked: str
    """Lightest posture that answers the threat; empty where none does."""
    standing: Standing
    """Whether the posture held meets the one asked for."""
    people: float
    """People of the contingent in the sector."""
    guards: float
    """People that the posture held ties to guarding themselves."""
    guards_asked: float
    """People that the posture asked for would tie."""
    patrols_lost: float
    """Visits a week to settlements, of this contingent's share by people, that cannot be made under the posture held."""
    patrols_lost_asked: float
    """The same under the posture asked for."""
    residual: float
    """Share of the risk to the force that is left under the posture held."""
    residual_asked: float
    """Share of the risk to the force that would be left under the posture asked for."""


class PlaceProtection(Record):
    """A place with a threat of its own, and who there guards himself less than it asks for."""

    place: str
    """Place."""
    sector: str
    """Sector."""
    phase: str
    """Phase."""
    threat: Threat
    """Threat at the place."""
    asked: str
    """Lightest posture that answers it; empty where none does."""
    below: tuple[str, ...]
    """Contingents in the sector whose posture on the first day of the phase does not answer it."""


class EngagementRecord(Record):
    """Who may act."""

    decisions: tuple[Decision, ...]
    """Decisions that are not plain permission, and one permitted example for each task and rule."""
    usable: tuple[Usable, ...]
    """Usable force for every task and sector."""
    caveat_costs: tuple[CaveatCost, ...]
    """Caveats by what they cost."""
    protection: tuple[Protection, ...] = ()
    """Posture of every contingent by sector and stretch of days; none where the mission writes no postures."""
    place_protection: tuple[PlaceProtection, ...] = ()
    """Places with a threat of their own, phase by phase."""
    reach: Reach | None = None
    """How soon a usable company reaches every place, for the task and moment that ask most; none where no task takes force."""
    incoherences: tuple[Incoherence, ...] = ()
    """What the rules, caveats and agreements say without effect, or against each other."""

"""Faults of a set of rules of engagement in itself: rules without effect, conditions that clash, tasks that no situation serves."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Circumstance, Protected
from casque.plan.record import Record

Kind = Literal[
    "never applies",
    "contradicts itself",
    "wholly barred",
    "barred for a contingent",
    "word never needed",
    "permission meets prohibition",
    "task without a situation",
    "prohibition without effect",
    "provision without a rule",
    "caveat never binds",
]
"""What can be wrong with a set of rules; see `Incoherence.kind`."""

WORTH_KNOWING: tuple[Kind, ...] = ("prohibition without effect", "provision without a rule", "permission meets prohibition")
"""Kinds that need not be a fault: rules are written so on purpose now and then."""


class Situation(Record):
    """One situation in which somebody might have to decide about force."""

    unit: str
    """Unit that would act."""
    measure: str
    """Measure that it would take."""
    sector: str
    """Sector; empty outside the area."""
    place: str
    """Place; empty where the sector as a whole is meant."""
    day: int
    """Day from D-day."""
    hour: int
    """Hour of the day, local."""
    given: tuple[Circumstance, ...]
    """What is the case."""
    protecting: Protected | None
    """Whom or what the force would protect."""


class Incoherence(Record):
    """Something that the rules, caveats and agreements say and that cannot have any effect, or that clashes."""

    kind: Kind
    """`never applies`: no situation within the mission meets all that a rule asks for; rules that wait for an answer without a day, or were
    denied, are left out. `contradicts itself`: the same, because of its own
    circumstances alone. `wholly barred`: wherever it applies something forbids it. `barred for a contingent`: the same, for one contingent.
    `word never needed`: wherever a limitation applies a permission does too. `permission meets prohibition`: both apply to the same
    situation, and the prohibition wins. `prohibition without effect`: it forbids only what no rule permits, and so what is not permitted
    anyway. `task without a situation`: no situation lets any unit take a measure that a task needs.
    `provision without a rule`: a provision allows force and no rule draws on it. `caveat never binds`: a caveat that has no effect."""
    subjects: tuple[str, ...]
    """Rules, tasks, provisions or caveats that it is about, as `kind:id`."""
    why: str
    """In a sentence."""
    conflict: tuple[str, ...]
    """The conflicting set in words: take any one of them away and the rest agree."""
    rests_on: tuple[str, ...]
    """What the conflicting set is made of, as `kind:id`."""
    member: str = ""
    """Contingent; empty where it holds for all."""
    measures: tuple[str, ...] = ()
    """Measures that it is about."""
    sectors: tuple[str, ...] = ()
    """Sectors of a task that no situation serves."""
    example: str = ""
    """An example in words: for a clash a situation in which it happens, else the nearest situation and what stands in its way."""
    situation: Situation | None = None
    """The situation of the example."""

    @property
    def fault(self) -> bool:
        """Whether something has to be mended; otherwise it is worth knowing."""
        return self.kind not in WORTH_KNOWING

"""Records of what a contingent carries and trains on: its rules in force on one day, and the questions made from them."""

from __future__ import annotations

from casque.mission.vocabulary import Circumstance, Protected
from casque.plan.engagement import Answer
from casque.plan.record import Record


class Word(Record):
    """Somebody's word that a measure waits for."""

    by: str
    """Whose word, as it is written in the folder."""
    hours: float
    """Hours that it is expected to take."""
    caveat: str = ""
    """Caveat that it lifts; empty where it is the word on a limitation."""


class CardLine(Record):
    """What a contingent may do by one rule of engagement."""

    rule: str
    """Rule of engagement that permits or limits."""
    answer: Answer
    """Answer in the situation that the rule asks for, in the sector of the units."""
    words: tuple[Word, ...] = ()
    """Words that are needed; the slowest counts."""
    caveats: tuple[str, ...] = ()
    """Caveats that tie it to a word, or bar it."""
    bars: tuple[str, ...] = ()
    """What forbids it, as `kind:id`, where it is prohibited."""
    units: tuple[str, ...] = ()
    """Units that this is the answer for; empty means all to whom the rule speaks."""


class CardRecord(Record):
    """The rules in force for one contingent on one day."""

    member: str
    """Member whose contingent it is."""
    day: int
    """Day that it holds for."""
    holds_until: int | None
    """Last day before a rule, caveat or agreement that touches the contingent changes; none means nothing changes any more."""
    gates: tuple[str, ...]
    """Agreements without which the contingent may only defend itself and that are not in force, as `gate:kind`."""
    lines: tuple[CardLine, ...]
    """What it may do, a line for each rule and answer."""
    prohibitions: tuple[str, ...]
    """Prohibitions that speak to it."""
    caveats: tuple[str, ...]
    """Caveats of its member that bind on the day."""
    protected: tuple[Protected, ...]
    """Whom and what its rules let it protect."""
    posts: tuple[str, ...]
    """Command posts that it turns to, the nearest first."""


class Vignette(Record):
    """A situation with one question and its right answer."""

    number: int
    """Place in the set, from 1."""
    lesson: str
    """What it teaches: `rule`, `caveat`, `prohibition`, `self-defence`, or the one change that it stands away from a situation with another
    answer: `circumstance`, `protected`, `hour`, `boundary`, `unit`, `reach`."""
    unit: str
    """Unit of the one who is asked."""
    measure: str
    """Measure that the question is about."""
    rule: str
    """Rule whose title says what the measure is; empty for self-defence."""
    sector: str
    """Sector of the situation."""
    own_sector: str
    """Sector that the unit is posted to; empty where that is not known."""
    place: str
    """Place of the situation; empty where the sector is all that is said."""
    day: int
    """Day."""
    hour: int
    """Hour of the day, local time."""
    given: tuple[Circumstance, ...]
    """What is the case."""
    absent: tuple[Circumstance, ...]
    """What is expressly not the case."""
    protecting: Protected | None
    """Whom or what the force would protect."""
    answer: Answer
    """The right answer."""
    decided_by: tuple[str, ...]
    """What decided it, as `kind:id`; empty where no rule in force speaks for it."""
    words: tuple[Word, ...]
    """Words that are needed where the answer is `needs word`."""
    offered: str
    """Whose word the middle option names."""
    change: str
    """The one change that would turn the answer: a lesson with its value, as `lesson:value`; empty where none was found."""
    otherwise: Answer | None
    """The answer after that change."""


class VignetteSet(Record):
    """A set of vignettes for one contingent and day."""

    member: str
    """Member whose contingent is trained."""
    day: int
    """Day whose rules are asked about."""
    seed: int
    """Seed of the choice."""
    vignettes: tuple[Vignette, ...]
    """The questions in order."""

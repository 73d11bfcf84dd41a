"""What changes between two sets of rules of engagement, and what of a set waits, expires or has to be reviewed."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import RuleStatus
from casque.plan.coherence import Situation
from casque.plan.engagement import Answer
from casque.plan.record import Record

Extent = Literal["everywhere", "own sector", "outside own sector", "named"]


class RuleChange(Record):
    """Measures whose answer changes for some units, at some places, in some situations."""

    measures: tuple[str, ...]
    """Measures of engagement; several where the same caveat or agreement brings the change."""
    was: Answer
    """Answer before."""
    now: Answer
    """Answer after."""
    members: tuple[str, ...]
    """Contingents all of whose units it touches."""
    units: tuple[str, ...]
    """Units it touches of contingents that it touches in part only."""
    extent: Extent
    """Where: everywhere, in the sector that each of the units is posted to, outside it, or at what is named."""
    sectors: tuple[str, ...]
    """Sectors, where they are named."""
    places: tuple[str, ...]
    """Places, where they are named; only those that a rule or caveat names were looked at."""
    hours: tuple[int, ...]
    """First hours of the stretches of the day in which it is so; empty where it is so at any time."""
    always: bool
    """Whether it is so whatever is the case."""
    situations: tuple[Situation, ...]
    """The barest situations of the first measure in which it is so, each with the first unit and place."""
    decided_before: tuple[str, ...]
    """What decided the first of them before, as `kind:id`; empty where nothing spoke."""
    decided_after: tuple[str, ...]
    """What decides it after."""


class RuleComparison(Record):
    """Two sets of rules held against each other."""

    a: str
    """Set before."""
    b: str
    """Set after."""
    day_a: int
    """Day on which the first is looked at."""
    day_b: int
    """Day on which the second is looked at."""
    decisions: int
    """Decisions that were taken on either side."""
    changed: int
    """Decisions that differ."""
    changes: tuple[RuleChange, ...]
    """What differs: first what is no longer allowed, then what is newly allowed, then what changes its word."""
    units_left_out: tuple[str, ...]
    """Units that only one of the two has."""


class PendingRule(Record):
    """A rule that was asked for and does not hold yet."""

    rule: str
    """Rule."""
    status: RuleStatus
    """Where it stands."""
    requested_by: str
    """Command post that asked for it; empty where that is not written."""
    reason: str
    """Why it was asked for."""
    requested: int | None
    """Day it was asked for."""
    days: int | None
    """Days since then."""
    expected: int | None
    """Day from which it is expected to hold."""
    tasks: tuple[str, ...]
    """Tasks of those days that need it and wait."""


class DueText(Record):
    """A rule or caveat that ends, or has to be reviewed."""

    subject: str
    """Rule or caveat, as `kind:id`."""
    what: Literal["review", "ends", "its provision ends"]
    """What is due."""
    day: int
    """Last day it holds, or day by which it has to be reviewed."""
    overdue: bool
    """Whether that day has passed."""
    tasks: tuple[str, ...]
    """Tasks that run on after that day and need it."""


class RuleReview(Record):
    """What of the rules and caveats asks for attention on a day."""

    day: int
    """Day of the review."""
    within: int
    """Days that it looks ahead."""
    pending: tuple[PendingRule, ...]
    """Rules asked for, the longest waiting first."""
    due: tuple[DueText, ...]
    """Reviews and ends, by day."""

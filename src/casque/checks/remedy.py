"""What would mend a red link: proposed changes, how they add up, and what they cost in days and political weight."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from casque.checks.problem import Problem
from casque.mission.engagement import Caveat
from casque.plan.findings import State

HOURS_PER_DAY = 24
MOST_WEIGHT = 10.0
"""Top of the scale of political weight."""


@dataclass(frozen=True)
class Proposal:
    """A change that somebody could be asked for. Proposals of one kind and subject are the same change."""

    kind: str
    subject: str
    text: str
    days: float
    weight: float

    @property
    def key(self) -> tuple[str, str]:
        """What makes two proposals the same change."""
        return self.kind, self.subject


@dataclass(frozen=True)
class Option:
    """A way to fill part of a shortfall: what it gives once every one of its proposals is made."""

    gain: float
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Shortfall:
    """One cause of a red link: how much is wanting, and the options that add up to it. Without options it cannot be mended."""

    why: str
    amount: float
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Verdict:
    """A link judged: its state, the reason, what it rests on, when it clears, and for a red one what is wanting."""

    state: State
    reason: str
    items: tuple[str, ...] = ()
    clears_on: int | None = None
    shortfalls: tuple[Shortfall, ...] = ()


def one_of(why: str, *proposals: Proposal) -> Shortfall:
    """A cause that any one of the proposals mends."""
    return Shortfall(why, 1.0, tuple(Option(1.0, (proposal,)) for proposal in proposals))


def pledge_asked(problem: Problem, subject: str, what: str, people: float) -> Proposal:
    """Asking for further units of a capability; the weight grows with the number of battalions."""
    value = problem.reference.value
    battalions = max(1, ceil(people / value("fix.pledge-people")))
    return Proposal(
        "add pledge",
        subject,
        f"Ask contributors for {what}.",
        value("fix.pledge-days"),
        min(MOST_WEIGHT, value("fix.pledge-weight") * battalions),
    )


def waiver(problem: Problem, caveat: Caveat) -> Proposal | None:
    """Asking a capital to lift a caveat; None where nobody is named who could."""
    if not caveat.waived_by:
        return None
    value = problem.reference.value
    return Proposal(
        "waive caveat",
        f"caveat:{caveat.id}",
        f"Ask {caveat.waived_by} to lift the caveat of {problem.member_name(caveat.member)}: {caveat.text}",
        caveat.delay / HOURS_PER_DAY if caveat.delay else value("fix.waive-caveat-days"),
        value("fix.waive-caveat-weight"),
    )


def change(problem: Problem, kind: str, subject: str, text: str, factor: str) -> Proposal:
    """A change whose days and weight are the factors `fix.<factor>-days` and `fix.<factor>-weight`."""
    return Proposal(kind, subject, text, problem.reference.value(f"fix.{factor}-days"), problem.reference.value(f"fix.{factor}-weight"))

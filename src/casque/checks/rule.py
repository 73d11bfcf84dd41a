"""A rule of the checks: what it asks, where that comes from, and how it looks for breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casque.checks.problem import Problem
from casque.mission.mission import Mission
from casque.mission.vocabulary import Grade, Severity
from casque.plan.findings import Finding
from casque.reference.load import Reference


@dataclass(frozen=True)
class Doctrine:
    """Where a rule comes from. Verified or secondary only where the source was read, itself or in another that reports it."""

    text: str
    grade: Grade

    def __str__(self) -> str:
        """The text, with a word of warning where it is judgement."""
        return f"{self.text} (judgement)" if self.grade is Grade.JUDGEMENT else self.text


def secondary(text: str) -> Doctrine:
    """Doctrine that was read in a source that reports it."""
    return Doctrine(text, Grade.SECONDARY)


def judgement(text: str) -> Doctrine:
    """Practice, or doctrine that nobody has read for this rule; the text says which."""
    return Doctrine(text, Grade.JUDGEMENT)


@dataclass(frozen=True)
class Breach:
    """One place at which a rule is broken; `severity` and `fix` are set where this place differs from the rule's own."""

    subject: str
    message: str
    clears_on: int | None = None
    severity: Severity | None = None
    fix: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule: `severity` is the worst that it can give; a breach that holds late or in part only is milder."""

    id: str
    severity: Severity
    title: str
    checks: str
    doctrine: Doctrine
    fix: str
    search: Callable[[Problem], Iterable[Breach]]

    def judge(self, problem: Problem) -> Iterator[Finding]:
        """Findings of the rule in a problem that has been set up."""
        for breach in self.search(problem):
            yield Finding(
                rule=self.id,
                severity=breach.severity or self.severity,
                subject=breach.subject,
                message=breach.message,
                fix=breach.fix or self.fix,
                doctrine=str(self.doctrine),
                clears_on=breach.clears_on,
            )

    def evaluate(self, mission: Mission, reference: Reference) -> Iterator[Finding]:
        """Findings of the rule in a mission."""
        return self.judge(Problem(mission, reference))

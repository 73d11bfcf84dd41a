"""Planning factors that the lessons which apply would change; a person decides."""

from __future__ import annotations

from collections.abc import Sequence

from casque.mission.lessons import Lesson
from casque.plan.lesson import ProposedFactor
from casque.reference.load import Reference


def proposals(lessons: Sequence[Lesson], reference: Reference) -> tuple[ProposedFactor, ...]:
    """Proposals of lessons that differ from the value in use, in the order of their lessons. Factors nobody knows are left out."""
    found = []
    for lesson in lessons:
        proposal = lesson.proposal
        factor = reference.factors.get(proposal.factor) if proposal else None
        if proposal is None or factor is None or factor.value == proposal.value:
            continue
        found.append(
            ProposedFactor(
                factor=factor.id,
                now=factor.value,
                proposed=proposal.value,
                unit=factor.unit,
                lesson=lesson.id,
                reason=proposal.reason,
            )
        )
    return tuple(found)

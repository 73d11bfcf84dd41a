"""Lessons of earlier missions that apply to this plan."""

from __future__ import annotations

from dataclasses import dataclass

from casque.plan.lesson import Applies, ProposedFactor
from casque.products.figures import count
from casque.products.material import Material
from casque.products.wording import sentences

MOST_REASONS = 2
"""Sentences that say at once why a lesson applies; the others are folded."""


@dataclass(frozen=True)
class LearnedView:
    """Lessons."""

    lead: str
    applies: tuple[tuple[Applies, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]
    """Lesson, why it applies in two sentences, the other reasons, titles of its sources."""
    silent: tuple[str, ...]
    proposals: tuple[tuple[ProposedFactor, str, str], ...]
    """Proposal, name of the factor, title of the lesson."""


def view(material: Material) -> LearnedView:
    """The lessons section."""
    record, names = material.lessons, material.names
    total = max(record.known, len(record.applies) + len(record.silent))
    if not total:
        lead = "No lessons are known."
    elif not record.applies:
        lead = f"None of the {count(total, 'lesson')} of this folder and of other missions is triggered by this plan."
    else:
        applying = f"{len(record.applies)} of {count(total, 'lesson')} of this folder and of other missions apply to this plan"
        lead = f"{applying}, each for a reason that the plan itself shows."
    return LearnedView(
        lead,
        tuple(
            (item, why[:MOST_REASONS], why[MOST_REASONS:], tuple(names.of("source", source) for source in item.source))
            for item, why in ((item, sentences(item.why)) for item in record.applies)
        ),
        tuple(names.of("lesson", item) for item in record.silent),
        tuple((item, names.of("factor", item.factor), names.of("lesson", item.lesson)) for item in record.proposals),
    )

"""What the rules of engagement say without effect, or against each other."""

from __future__ import annotations

from dataclasses import dataclass

from casque.plan.coherence import Incoherence
from casque.products.figures import count
from casque.products.material import Material


@dataclass(frozen=True)
class CoherenceRow:
    """One finding."""

    item: Incoherence
    subjects: tuple[str, ...]
    mark: str


@dataclass(frozen=True)
class CoherenceView:
    """Findings on the rules themselves."""

    lead: str
    faults: tuple[CoherenceRow, ...]
    notes: tuple[CoherenceRow, ...]


def view(material: Material) -> CoherenceView:
    """The part on the coherence of the rules."""
    names = material.names
    rows = tuple(
        CoherenceRow(item, tuple(map(names.with_kind, item.subjects)), "bad" if item.fault else "fair")
        for item in material.engagement.incoherences
    )
    faults = tuple(row for row in rows if row.mark == "bad")
    notes = tuple(row for row in rows if row.mark == "fair")
    if faults:
        lead = f"{count(len(faults), 'fault')} of the rules themselves: what they say has no effect, or leaves a task without leave to act."
    else:
        lead = "Every rule can apply, none is wholly barred, and every task has a situation in which its measures may be taken."
    return CoherenceView(lead, faults, notes)

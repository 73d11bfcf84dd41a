"""The coherence of rules of engagement as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casque.plan.coherence import Incoherence
from casque.products.figures import count

MOST = 6
"""Subjects and parts of a conflicting set that are shown of one finding."""


def coherence_text(found: Sequence[Incoherence]) -> Iterator[str]:
    """Findings one after the other: what, why, the conflicting set and an example."""
    for item in found:
        sectors = f" in {_listed(item.sectors)}" if item.sectors else ""
        yield f"{item.kind}: {_listed(item.subjects)}{sectors}"
        yield f"  {item.why}"
        yield from (f"  - {text}" for text in item.conflict[:MOST])
        if len(item.conflict) > MOST:
            yield f"  - and {len(item.conflict) - MOST} more"
        if item.example:
            yield f"  Example: {item.example}"
    whole = "The rules agree with each other, and each can have effect."
    yield f"{count(len(found), 'finding')} on the rules themselves." if found else whole


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more

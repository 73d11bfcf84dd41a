"""A walk along the chain from one item, both ways."""

from __future__ import annotations

from casque.plan.record import Record


class TraceStep(Record):
    """One item that the subject is tied to."""

    relation: str
    """How they are tied, read from the subject: `rests on`, `is barred by`, `serves` ..."""
    item: str
    """The other item as `kind:id`."""
    text: str
    """What that item is, in a sentence or a title."""


class Trace(Record):
    """What an item rests on, and what rests on it."""

    subject: str
    """The item as `kind:id`."""
    title: str
    """What it is called."""
    rests_on: tuple[TraceStep, ...]
    """Towards the mandate and the means."""
    carries: tuple[TraceStep, ...]
    """Towards the tasks, the measures and the findings."""

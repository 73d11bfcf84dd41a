"""Record of a comparison: what differs between two states of a mission, in what was written and in what was worked out from it."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Severity
from casque.plan.findings import State
from casque.plan.record import Record

Depth = Literal["inputs", "checks", "figures"]
"""How far a comparison goes: what was written; findings, chains and fix sets too; key figures of current records too."""


class Side(Record):
    """One of the two states."""

    name: str
    """`base`, the id of a scenario, or a mission folder."""
    title: str
    """What it is called."""


class InputDifference(Record):
    """A field that is written differently, or an item that only one side has."""

    item: str
    """Item as `kind:id`, or `file:NAME` for what has no id."""
    title: str
    """What the item is called."""
    field: str
    """Field, dotted; empty where the whole item is on one side only."""
    a: str | None
    """Value in A as it would be written; none where A leaves it out."""
    b: str | None
    """Value in B as it would be written; none where B leaves it out."""


class FindingDifference(Record):
    """A finding that only one side has, or that weighs differently."""

    rule: str
    """Id of the rule."""
    subject: str
    """What it is about, as `kind:id`."""
    a: Severity | None
    """Severity in A; none where A has no such finding."""
    b: Severity | None
    """Severity in B; none where B has no such finding."""
    message_a: str
    """What A says; empty where A has no such finding."""
    message_b: str
    """What B says; empty where B has no such finding."""


class LinkDifference(Record):
    """A link of a task's chain in another state."""

    task: str
    """Task."""
    title: str
    """Its title."""
    link: str
    """Link; empty for the task as a whole where only one side has it."""
    a: State | None
    """State in A."""
    b: State | None
    """State in B."""
    reason_a: str
    """Why, in A."""
    reason_b: str
    """Why, in B."""


class ChangeDifference(Record):
    """A change that only one side's fix set asks for."""

    kind: str
    """Kind of the change."""
    subject: str
    """What is changed, as `kind:id`."""
    text: str
    """The change as one would ask for it."""
    in_a: bool
    """Whether A asks for it; otherwise B does."""


class FixSetDifference(Record):
    """How the cheapest sets of changes differ."""

    changes: tuple[ChangeDifference, ...]
    """Changes that only one side asks for."""
    cost_a: float
    """Cost of the set in A, days and political weight."""
    cost_b: float
    """Cost of the set in B."""
    cannot_save_a: tuple[str, ...]
    """Tasks that no known change saves in A and that B can do or save."""
    cannot_save_b: tuple[str, ...]
    """The same for B."""


class FigureDifference(Record):
    """A key figure of both sides."""

    stage: str
    """Stage that gave it."""
    name: str
    """What it is."""
    unit: str
    """Unit in words; `share`, `day` for days counted from D-day."""
    a: float | None
    """Value in A; none where there is none, such as the day of a stock-out that never comes."""
    b: float | None
    """Value in B."""


class Comparison(Record):
    """Everything that differs between A and B."""

    a: Side
    """One state."""
    b: Side
    """The other."""
    depth: Depth
    """How far the comparison goes."""
    inputs: tuple[InputDifference, ...]
    """What is written differently."""
    findings: tuple[FindingDifference, ...] = ()
    """Findings that differ."""
    links: tuple[LinkDifference, ...] = ()
    """Links of chains that differ."""
    fix_set: FixSetDifference | None = None
    """How the fix sets differ that make the tasks doable; none at depth `inputs`."""
    to_green: FixSetDifference | None = None
    """The same for the fix sets that turn them green; none where one side has none."""
    figures: tuple[FigureDifference, ...] = ()
    """Key figures, equal ones included."""
    left_out: tuple[str, ...] = ()
    """Why figures are missing or not quite comparable, in sentences."""

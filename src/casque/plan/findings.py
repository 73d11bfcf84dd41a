"""Record of the stage `check`: findings, the chain of every task, and the cheapest set of changes."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from casque.mission.vocabulary import Grade, Severity
from casque.plan.record import Outcome, Record

Goal = Literal["doable", "green"]
"""What changes are to bring: `doable`, no link of a task is red; `green`, none is amber or red."""


class State(StrEnum):
    """State of a link of the chain."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Finding(Record):
    """A rule that the mission breaks at one place."""

    rule: str
    """Id of the rule."""
    severity: Severity
    """How bad it is."""
    subject: str
    """What it is about, as `kind:id`, such as `task:public-order`."""
    message: str
    """What is wrong, with the figures."""
    fix: str
    """What would mend it."""
    doctrine: str
    """Where the rule comes from."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of the item that it is about; none where the folder names none, or it is about no single item."""
    grade: Grade | None = None
    """Grade of that evidence."""
    clears_on: int | None = None
    """Day on which it would clear by itself, where one can be named."""


class ChainLink(Record):
    """One link of the chain of a task."""

    name: str
    """`provision`, `authority`, `engagement`, `agreements`, `capability`, `units`, `movement`, `supply` or `measure`."""
    state: State
    """Green holds, amber holds late or in part, red does not hold."""
    reason: str
    """Why."""
    items: tuple[str, ...] = ()
    """What it rests on, as `kind:id`."""
    clears_on: int | None = None
    """First day on which an amber or red link would turn green, where one can be named."""


class TaskChain(Record):
    """The chain of one task, from provision to measure."""

    task: str
    """Task."""
    title: str
    """Its title."""
    priority: int
    """Its priority."""
    state: State
    """The worst state of its links."""
    links: tuple[ChainLink, ...]
    """Links in order."""


class Change(Record):
    """One change that would mend links."""

    kind: str
    """`waive caveat`, `bring agreement into force`, `bring agreement forward`, `sign memorandum`, `implement rule`, `request rule`,
    `name rule`, `delegate authority`, `transfer authority`, `change command relationship`, `amend mandate`, `renew mandate`, `add pledge`,
    `hasten unit`, `move task`, `add lift`, `open route`, `add supply`, `add supply policy`, `hire carriers`, `add measure` or
    `observe measure`."""
    subject: str
    """What is changed, as `kind:id`."""
    place: str = ""
    """Sector that it is made for, as `sector:id`, where it is made for one only."""
    text: str
    """The change as one would ask for it."""
    days: float
    """Days it takes (judgement unless the mission says otherwise), and one more for every day by which it is to be sooner than usual."""
    weight: float
    """Political weight, 1 to 10 (judgement)."""
    mends: tuple[str, ...]
    """Links it mends, as `task:id/link`."""
    through: int | None = None
    """Day on which it is through when it is decided on D-day."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two changes the same in substance: kind, subject and place."""
        return self.kind, self.subject, self.place


class Alternative(Record):
    """Another set of changes that saves the same tasks at a higher or the same cost."""

    changes: tuple[Change, ...]
    """Changes of the set; it leaves out at least one change of every set before it."""
    outcome: Outcome
    """Cost of the set (days plus weight) and its bound."""


class FixSet(Record):
    """The cheapest set of changes after which every task of the chosen priorities is doable, or green."""

    changes: tuple[Change, ...]
    """Changes of the set."""
    outcome: Outcome
    """Cost of the set (days plus weight) and its bound."""
    saves: tuple[str, ...]
    """Tasks that have a red link now and none after the changes; at the goal `green`, an amber or red one."""
    cannot_save: tuple[str, ...]
    """Tasks that no known change can bring to the goal, each as `task: why`; at the goal `green` as few as possible are left."""
    alternatives: tuple[Alternative, ...] = ()
    """The next best sets, cheapest first; none contains all the changes of a set before it, whatever their size."""
    priority: int = 3
    """Tasks up to this priority were to be saved."""
    goal: Goal = "doable"
    """What the tasks were to be brought to."""


class CheckRecord(Record):
    """What the checks found."""

    findings: tuple[Finding, ...]
    """Findings, worst first."""
    chains: tuple[TaskChain, ...]
    """The chain of every task."""
    fix_set: FixSet
    """Cheapest set of changes after which the tasks are doable."""
    to_green: FixSet | None = None
    """Cheapest set of changes after which they are green; none where the mission is too large to look for it in passing."""
    rules_checked: tuple[str, ...]
    """Every rule that was evaluated."""

"""Record of the stage `check`: findings, the chain of every task, and the cheapest set of changes."""

from __future__ import annotations

from enum import StrEnum

from casque.mission.vocabulary import Severity
from casque.plan.record import Outcome, Record


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
    """`waive caveat`, `bring agreement into force`, `implement rule`, `request rule`, `delegate authority`, `transfer authority`,
    `change command relationship`, `amend mandate`, `renew mandate`, `add pledge`, `move task`, `add lift`, `open route`, `add supply`,
    `add supply policy` or `add measure`."""
    subject: str
    """What is changed, as `kind:id`."""
    place: str = ""
    """Sector that it is made for, as `sector:id`, where it is made for one only."""
    text: str
    """The change as one would ask for it."""
    days: float
    """Days it takes (judgement unless the mission says otherwise)."""
    weight: float
    """Political weight, 1 to 10 (judgement)."""
    mends: tuple[str, ...]
    """Links it mends, as `task:id/link`."""

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
    """The cheapest set of changes after which every task of the chosen priorities is doable."""

    changes: tuple[Change, ...]
    """Changes of the set."""
    outcome: Outcome
    """Cost of the set (days plus weight) and its bound."""
    saves: tuple[str, ...]
    """Tasks that have a red link now and none after the changes."""
    cannot_save: tuple[str, ...]
    """Tasks that no known change can save, each as `task: why`."""
    alternatives: tuple[Alternative, ...] = ()
    """The next best sets, cheapest first; none contains all the changes of a set before it, whatever their size."""
    priority: int = 3
    """Tasks up to this priority were to be saved."""


class CheckRecord(Record):
    """What the checks found."""

    findings: tuple[Finding, ...]
    """Findings, worst first."""
    chains: tuple[TaskChain, ...]
    """The chain of every task."""
    fix_set: FixSet
    """Cheapest set of changes."""
    rules_checked: tuple[str, ...]
    """Every rule that was evaluated."""

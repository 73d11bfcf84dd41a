"""What would mend a link: changes that somebody could be asked for, and what they cost in days and political weight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.windows import EVER
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, Rule
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability
from casque.plan.findings import State

HOURS_PER_DAY = 24
MOST_WEIGHT = 10.0
"""Top of the scale of political weight."""

KINDS = (
    "renew mandate",
    "amend mandate",
    "implement rule",
    "request rule",
    "name rule",
    "delegate authority",
    "bring agreement into force",
    "bring agreement forward",
    "sign memorandum",
    "transfer authority",
    "change command relationship",
    "waive caveat",
    "hasten unit",
    "add pledge",
    "move task",
    "add lift",
    "open route",
    "add supply",
    "add supply policy",
    "hire carriers",
    "add measure",
    "observe measure",
)
"""Every kind of change, in the order in which changes are made and listed."""

_UNTIL = re.compile(r" by D[+]\d+[.]$")

Key = tuple[str, str, str, int, int]
Substance = tuple[str, str, str]


@dataclass(frozen=True)
class Proposal:
    """A change that somebody could be asked for. In its text `{tasks}` stands for the tasks and `{people}` for the people it is for."""

    kind: str
    subject: str
    text: str
    days: float
    """Days that it takes. Where it is to be through sooner than usual, every day gained counts as one day more."""
    weight: float
    place: str = ""
    """Sector that it is made for, where it is made for one only."""
    people: float = 0.0
    """People asked for."""
    size: int = 0
    """Battalions asked for."""
    tasks: tuple[str, ...] = ()
    """Tasks that asked for it."""
    by: int | None = None
    """Day by which it is to be through, where that is sooner than usual or foreseen."""

    @property
    def key(self) -> Key:
        """What makes two proposals the same change. Of several days the latest comes first, so that the soonest is made last."""
        return self.kind, self.subject, self.place, self.size, -EVER if self.by is None else -self.by

    @property
    def through(self) -> int:
        """Day from which it has effect when it is decided on D-day."""
        return ceil(self.days) if self.by is None else self.by

    @property
    def substance(self) -> Substance:
        """What makes two changes the same in substance: kind and subject, whatever the size."""
        return self.kind, self.subject, self.place

    @property
    def cost(self) -> float:
        """Days plus political weight."""
        return self.days + self.weight

    def joined(self, other: Proposal) -> Proposal:
        """The same change asked for twice: for the tasks of both, for as many people as the larger asks."""
        return replace(
            self,
            people=max(self.people, other.people),
            days=max(self.days, other.days),
            weight=max(self.weight, other.weight),
            tasks=tuple(dict.fromkeys(self.tasks + other.tasks)),
        )

    def wording(self, problem: Problem) -> str:
        """The change as one would ask for it."""
        titles = listed(f"“{problem.tasks[task].title}”" for task in self.tasks if task in problem.tasks)
        return self.text.replace("{tasks}", titles).replace("{people}", f"{self.people:,.0f}")


@dataclass(frozen=True)
class Verdict:
    """A link judged: its state, the reason, what it rests on, when it clears, and for a red one the changes that could help.

    What could help an amber link is looked for in betterment.py, and only where somebody wants it.
    """

    state: State
    reason: str
    items: tuple[str, ...] = ()
    clears_on: int | None = None
    asks: tuple[Proposal, ...] = ()


def change(problem: Problem, kind: str, subject: str, text: str, factor: str, task: Task | None = None, place: str = "") -> Proposal:
    """A change whose days and weight are the factors `fix.<factor>-days` and `fix.<factor>-weight`."""
    days, weight = problem.reference.value(f"fix.{factor}-days"), problem.reference.value(f"fix.{factor}-weight")
    return Proposal(kind, subject, text, days, weight, place, tasks=() if task is None else (task.id,))


def pledge_asked(problem: Problem, task: Task, capability: Capability, people: float) -> Proposal:
    """Asking for a further unit of a capability for the first sector of a task; the weight grows with the number of battalions."""
    value = problem.reference.value
    people = max(10.0, 10.0 * ceil(people / 10 - 1e-9))
    battalions = max(1, ceil(people / value("fix.pledge-people") - 1e-9))
    place = next(iter(task.sectors), "")
    where = f" in {problem.sector_name(place)}" if place else ""
    return Proposal(
        "add pledge",
        f"capability:{capability}",
        f"Ask contributors for about {{people}} people of {capability}{where}, for {{tasks}}.",
        value("fix.pledge-days"),
        min(MOST_WEIGHT, value("fix.pledge-weight") * battalions),
        place,
        people,
        battalions,
        (task.id,),
    )


def waiver(problem: Problem, caveat: Caveat) -> Proposal | None:
    """Asking a capital to lift a caveat; None where nobody is named who could. Its delay is the folder's where that states one."""
    if not caveat.waived_by:
        return None
    text = f"Ask {caveat.waived_by} to lift the caveat of {problem.member_name(caveat.member)}: {caveat.text}"
    asked = change(problem, "waive caveat", f"caveat:{caveat.id}", text, "waive-caveat")
    return replace(asked, days=caveat.delay / HOURS_PER_DAY) if caveat.delay else asked


def agreement_asked(problem: Problem, country: str) -> Proposal | None:
    """Opening a country to every contributor by agreement; None where every agreement with it was refused."""
    name, known = problem.member_name(country), problem.agreements_on(country)
    pending = [item for item in known if not problem.refused(item)]
    if known and not pending:
        return None
    if not pending:
        title = "a status-of-forces agreement" if problem.gates.get(country) == "host" else "a transit agreement"
        text = f"Bring {title} with {name} into force for every contributor."
        return change(problem, "bring agreement into force", f"member:{country}", text, "agreement")
    item: Agreement = pending[0]
    text = f"Bring “{item.title}” with {name} into force for every contributor by {{day}}."
    asked = change(problem, "bring agreement into force", f"agreement:{item.id}", text, "agreement")
    asked = replace(asked, days=_sooner(problem, item.in_force, asked.days))
    return replace(asked, text=text.replace("{day}", f"D+{ceil(asked.days)}"))


def raise_asked(problem: Problem, member: str, narrow: Sequence[Agreement]) -> Proposal:
    """Raising the degree of authority that transfers of a member's units pass on, from TACON to one that lets tasks be assigned."""
    others = f" and {counted(len(narrow) - 1, 'agreement')} like it" if len(narrow) > 1 else ""
    text = f"Ask {problem.member_name(member)} to pass on OPCON instead of TACON over its units under “{narrow[0].title}”{others}."
    return change(problem, "change command relationship", f"agreement:{narrow[0].id}", text, "command")


def rule_asked(problem: Problem, rule: Rule, task: Task) -> Proposal:
    """Obtaining and implementing a rule of engagement that a task needs."""
    text = f"Obtain authority for the rule of engagement “{rule.title}” and implement it."
    asked = change(problem, "implement rule", f"rule:{rule.id}", text, "rule", task)
    return replace(asked, days=_sooner(problem, rule.implemented, asked.days))


def _sooner(problem: Problem, foreseen: date | None, days: float) -> float:
    """Days until something: the folder's own date where it is still to come and sooner than the usual time."""
    if foreseen is None or problem.day(foreseen) <= 0:
        return days
    return min(float(problem.day(foreseen)), days)


def hastened(problem: Problem, proposal: Proposal, factor: str, needed: float) -> Proposal | None:
    """A change asked for by the day on which it is needed, at the soonest after the low end of `fix.<factor>-days`.

    Every day gained on the usual time counts as one day more. None where the usual time is soon enough, or nothing is.
    """
    soonest = ceil(problem.reference.factors[f"fix.{factor}-days"].low)
    if needed < soonest or needed >= ceil(proposal.days):
        return None
    day = int(needed // 1)
    gained = ceil(proposal.days) - day
    text = f"{_UNTIL.sub('', proposal.text).rstrip('.')}, by {day_text(day)} ({counted(gained, 'day')} sooner than usual)."
    return replace(proposal, text=text, days=proposal.days + gained, by=day)

"""A call: what units are asked to do at a place, as the measures of engagement that it takes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from casque.engagement.law import Law, RuleTable, crossing_measures
from casque.engagement.naming import known_name
from casque.engagement.request import SELF_DEFENCE
from casque.engagement.usable_force.present import Present
from casque.mission.engagement import Rule
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability, Circumstance, Protected
from casque.reference.load import Reference


@dataclass(frozen=True)
class Ask:
    """A measure that has to be open to a unit, and the situation in which it is taken."""

    measure: str
    given: frozenset[Circumstance]
    protecting: Protected | None
    crossing: bool = False
    """Whether only units that come from another sector need it."""


@dataclass(frozen=True)
class Call:
    """What units are called for: a task with all its measures, or some measures."""

    name: str
    title: str
    asks: tuple[Ask, ...]
    task: Task | None = None
    lawless: bool = False
    """Whether no rule in the folder could ever let it be done: a task that takes force, without a rule that gives it."""
    inherent: bool = False
    """Whether it is self-defence."""
    assumed: bool = False
    """Whether the situation is taken from what the rules ask for, as nobody said what is the case."""
    capabilities: tuple[tuple[str, frozenset[Capability]], ...] | None = None
    """By sector, the capabilities that can answer; none means manoeuvre and police units."""

    def serves(self, unit: Present, sector: str) -> bool:
        """Whether a unit is of the force that answers in a sector: its own, or the one that does the task for it."""
        return unit.sector == (sector if self.task is None else self.task.force_of or sector)

    def can(self, unit: Present, sector: str) -> bool:
        """Whether a unit is of a kind that can answer in a sector."""
        if self.task is not None and not self.task.crosses_sectors and not self.serves(unit, sector):
            return False
        if self.capabilities is None:
            return unit.for_order
        return not unit.capabilities.isdisjoint(dict(self.capabilities).get(sector, frozenset()))


def call_of(
    mission: Mission,
    reference: Reference,
    law: Law,
    name: str,
    given: Collection[Circumstance] | None = None,
    protecting: Protected | None = None,
    crossing: str = "",
    day: int | None = None,
) -> Call:
    """The call for a task, a measure, or several measures joined by `+`. Raises NoSuchItem with the nearest names.

    `task:NAME` and `measure:NAME` say which is meant; a name that is both means the task. Where `given` and `protecting` are left out,
    each measure is taken in the situation that the rule for it asks for; of several, the first that holds on the day. `crossing` is a
    measure that units from another sector need too; left out, those that the rules name.
    """
    call = _call_named(mission, reference, law, name, given, protecting, day)
    if call.inherent:
        return call
    measures = [known_name(crossing, [*law.measures], "measure of engagement", "Measures")] if crossing else crossing_measures(law)
    asked = {ask.measure for ask in call.asks}
    beside = [name for name in measures if name not in asked]
    asks = _measure_call(law, beside, given, protecting, day).asks if beside else ()
    return replace(call, asks=(*call.asks, *(replace(ask, crossing=True) for ask in asks)))


def _call_named(
    mission: Mission,
    reference: Reference,
    law: Law,
    name: str,
    given: Collection[Circumstance] | None,
    protecting: Protected | None,
    day: int | None,
) -> Call:
    tasks = {task.id: task for task in mission.tasks.tasks}
    measures = [*law.measures, SELF_DEFENCE]
    kind, _, rest = name.partition(":")
    if kind == "task" and rest:
        return _task_call(mission, reference, law, tasks[known_name(rest, tasks, "task", "Tasks")], given, protecting)
    if kind == "measure" and rest:
        named = [known_name(part.strip(), measures, "measure of engagement", "Measures") for part in rest.split("+")]
        return _measure_call(law, named, given, protecting, day)
    if name in tasks:
        return _task_call(mission, reference, law, tasks[name], given, protecting)
    named = [
        known_name(part.strip(), measures, "task or measure of engagement", "Tasks and measures", [*tasks, *measures])
        for part in name.split("+")
    ]
    return _measure_call(law, named, given, protecting, day)


def _task_call(
    mission: Mission, reference: Reference, law: Law, task: Task, given: Collection[Circumstance] | None, protecting: Protected | None
) -> Call:
    rules = {rule.id: rule for rule in mission.engagement.rules}
    named = [rules[name] for name in task.rules_to_use if name in rules and rules[name].permits]
    missing = any(name not in rules for name in task.rules_to_use)
    most = max((rule.force_level.rank for rule in named), default=0)
    manoeuvre = frozenset(kind.capability for kind in reference.unit_types.values() if kind.manoeuvre)
    wanted = []
    for sector in task.sectors:
        asked = frozenset(need.capability for need in task.needs if not need.sectors or sector in need.sectors)
        wanted.append((sector, asked | manoeuvre if asked & manoeuvre else asked))
    return Call(
        name=f"task:{task.id}",
        title=task.title,
        asks=tuple(dict.fromkeys(_ask(law, rule, given, protecting) for rule in named)),
        task=task,
        lawless=missing or most < task.force_level.rank,
        assumed=given is None and protecting is None,
        capabilities=tuple(wanted),
    )


def _measure_call(
    law: Law, names: Sequence[str], given: Collection[Circumstance] | None, protecting: Protected | None, day: int | None
) -> Call:
    named = [name for name in dict.fromkeys(names) if name != SELF_DEFENCE]
    if not named:
        return Call(f"measure:{SELF_DEFENCE}", "Self-defence", (), inherent=True)
    rules = [_first_rule(law.measures[name], day) for name in named]
    return Call(
        name=f"measure:{'+'.join(named)}",
        title="; ".join(rule.title for rule in rules),
        asks=tuple(_ask(law, rule, given, protecting) for rule in rules),
        assumed=given is None and protecting is None,
    )


def _first_rule(tables: Sequence[RuleTable], day: int | None) -> Rule:
    """The rule whose situation stands for a measure: the first that lets it be taken, one that holds on the day before any other."""
    permitting = [table for table in tables if table.rule.permits]
    holding = [table for table in permitting if day is not None and any(first <= day <= last for first, last in table.days)]
    return next(iter((*holding, *permitting, *tables))).rule


def _ask(law: Law, rule: Rule, given: Collection[Circumstance] | None, protecting: Protected | None) -> Ask:
    if given is not None or protecting is not None:
        return Ask(rule.regulates, frozenset(given or ()), protecting)
    met = frozenset(rule.given_all)
    if rule.given_any and not met & frozenset(rule.given_any):
        met |= {rule.given_any[0]}
    # Where the rule protects anyone, whom another rule for the same measure names is assumed, so that the call outlives a change of rules.
    others = [table.rule.protects[0] for table in law.measures[rule.regulates] if table.rule.permits and table.rule.protects]
    return Ask(rule.regulates, met, next(iter((*rule.protects, *others)), None))

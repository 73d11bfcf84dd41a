"""The chain of every task and the cheapest set of changes; the findings behind them."""

from __future__ import annotations

from dataclasses import dataclass

from casque.mission.vocabulary import Severity
from casque.plan.findings import Alternative, ChainLink, Change, Finding, FixSet, State, TaskChain
from casque.plan.record import Outcome
from casque.products.figures import count, listed, percent
from casque.products.filled import TaskFill, filled
from casque.products.material import Material


@dataclass(frozen=True)
class ChainRow:
    """One task: its links, those that do not hold first of all."""

    chain: TaskChain
    number: int
    trouble: tuple[ChainLink, ...]
    plan: TaskFill | None
    """What the plan does for it."""


@dataclass(frozen=True)
class AlternativeView:
    """Another set of changes, by what it does otherwise than the cheapest."""

    cost: str
    instead: tuple[tuple[Change, str], ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class FixView:
    """A set of changes for one goal."""

    title: str
    lead: str
    changes: tuple[tuple[Change, str], ...]
    """Every change, and which tasks it mends."""
    alternatives: tuple[AlternativeView, ...]
    alone: str
    """Said where there is no alternative."""
    left: str
    """Heading of the tasks that stay short of the goal."""
    cannot_save: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChainView:
    """The matrix and the fix set."""

    lead: str
    heads: tuple[str, ...]
    rows: tuple[ChainRow, ...]
    fixes: tuple[FixView, ...]
    """To make every task doable, and where it was looked for, to turn every task green."""
    plan: str
    """How the chain and the plan relate."""
    beyond: str
    """What the fix set does not look at."""
    shortfalls: int
    next_pledges: int
    totals: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one severity."""

    severity: str
    meaning: str
    findings: tuple[tuple[Finding, str], ...]


@dataclass(frozen=True)
class FindingsView:
    """Findings, worst first."""

    lead: str
    groups: tuple[FindingGroup, ...]
    rules: int


_MEANING = {
    Severity.ERROR: "the task cannot lawfully, or cannot at all, be done as written",
    Severity.WARNING: "it can be done late, in part, or at a named risk",
    Severity.NOTE: "worth knowing",
}


def view(material: Material) -> ChainView:
    """The chain of every task."""
    check = material.check
    chains = check.chains
    totals = tuple((state.value, sum(chain.state is state for chain in chains)) for state in State)
    plan = filled(material.mission, material.reference, material.requirement, material.force, material.movement)
    return ChainView(
        f"{_lead(chains)}{_thin(chains, plan)}",
        tuple(link.name for link in chains[0].links) if chains else (),
        tuple(
            ChainRow(chain, place + 1, tuple(link for link in chain.links if link.state is not State.GREEN), plan.get(chain.task))
            for place, chain in enumerate(chains)
        ),
        tuple(_fix(material, fix) for fix in (check.fix_set, check.to_green) if fix is not None),
        _plan(material, chains, plan),
        _beyond(material),
        len(material.force.shortfalls),
        len(material.force.next_pledges),
        totals,
    )


def _fix(material: Material, fix: FixSet) -> FixView:
    """A set of changes in words: who is asked for what by when, what that mends, and what stays as it is."""
    green = fix.goal == "green"
    rows = tuple((change, _mended(material, change)) for change in fix.changes)
    left = tuple((material.names.task(task.strip()), why.strip()) for task, _, why in (text.partition(":") for text in fix.cannot_save))
    return FixView(
        "To turn every task green" if green else "To make every task doable",
        _fix_lead(material, fix),
        rows,
        tuple(_alternative(material, fix, other) for other in fix.alternatives),
        "No other set of the known changes that differs in substance does the same." if rows and not fix.alternatives else "",
        f"Tasks that no known change can {'turn green' if green else 'save'}",
        left,
    )


def _fix_lead(material: Material, fix: FixSet) -> str:
    green = fix.goal == "green"
    if not fix.changes:
        if fix.outcome.status != "optimal":
            return "No set of known changes was found in the time given."
        if fix.cannot_save:
            return f"No known change would {'turn any further task green' if green else 'make any further task doable'}."
        return f"No task of priority {fix.priority} or higher has {'an amber or red' if green else 'a red'} link; no change is needed."
    saved = count(len(fix.saves), "task")
    if len(fix.saves) <= MOST_TASKS:
        saved += f" ({listed([material.names.task(task) for task in fix.saves])})"
    whom = f"of priority {fix.priority} or higher"
    done = f"{saved} {whom} that now {'has' if len(fix.saves) == 1 else 'have'} an amber or red link" if green else f"{saved} {whom}"
    made = count(len(fix.changes), "change")
    return f"{made} {'would turn' if green else 'would save'} {done}{' green' if green else ''}. {_cost(fix.outcome)}"


def _lead(chains: tuple[TaskChain, ...]) -> str:
    if not chains:
        return "The mission names no task, so there is no chain to follow."
    whole = sum(chain.state is State.GREEN for chain in chains)
    broken = [chain for chain in chains if chain.state is State.RED]
    if not broken:
        if whole == len(chains):
            return f"Every link holds for all {count(whole, 'task')}."
        return f"By its chain every task can be done: {whole} of {len(chains)} without reserve, the others late or in part."
    weak: dict[str, int] = {}
    for chain in broken:
        for link in chain.links:
            weak[link.name] = weak.get(link.name, 0) + (link.state is State.RED)
    worst = sorted((-times, name) for name, times in weak.items() if times)[:2]
    held = f"{count(len(broken), 'task')} of {len(chains)} cannot be done as written"
    named = [f"{name} ({count(-times, 'task')})" for times, name in worst]
    return f"{held}; the links that fail most often are: {listed(named)}."


def _thin(chains: tuple[TaskChain, ...], plan: dict[str, TaskFill]) -> str:
    """What the plan adds to the lead: tasks that it leaves far short, above all those whose chain holds."""
    short = [chain for chain in chains if chain.task in plan and plan[chain.task].state == "red"]
    if not short:
        return ""
    whole = sum(chain.state is State.GREEN for chain in short)
    least = min(short, key=lambda chain: (_worst(plan[chain.task]), chain.task))
    among = f", {whole} of them with a chain that holds" if whole else ""
    return (
        f" But the plan, in which tasks share their units, leaves {count(len(short), 'task')} far short of people in the worst month"
        f"{among}; the least is “{least.title}” with {percent(_worst(plan[least.task]))}."
    )


def _worst(item: TaskFill) -> float:
    return item.months.worst if item.months else 1.0


def _plan(material: Material, chains: tuple[TaskChain, ...], plan: dict[str, TaskFill]) -> str:
    if not chains or not any(item.months for item in plan.values()):
        return ""
    amber, red = (material.reference.value(f"report.fill-{word}") for word in ("amber", "red"))
    return (
        "The nine links are judged from the mission folder alone, every unit counted for one task at a time: they say whether a task could "
        "be done. The two columns in the plan say how far it then is done: which share of its people is filled when all tasks share the "
        "units (over all months, and in the worst), and by when its people are in place by the movement plan, each unit counted for this "
        "task alone (never where it does not bring the share for green). "
        f"From {percent(amber)} on the sign is {STATES[0]}, from {percent(red)} on {STATES[1]}, below {STATES[2]}; "
        "for the day it goes by the share in place on the required date."
    )


MOST_TASKS = 3
"""Tasks that a change names in the report."""

STATES = ("● green", "◐ amber", "○ red")


def _beyond(material: Material) -> str:
    """The sets of changes mend links of the chain and nothing else."""
    shortfalls, pledges = len(material.force.shortfalls), len(material.force.next_pledges)
    text = (
        "The sets mend links of the chain, in which every unit is counted for one task at a time; "
        "what the plan is short of when tasks share their units is not their concern."
    )
    if shortfalls or pledges:
        missing = f"{count(shortfalls, 'shortfall')} of people with their cures" if shortfalls else ""
        asked = f"{count(pledges, 'pledge')} to ask for next" if pledges else ""
        text += f" The force section has {listed([part for part in (missing, asked) if part])}."
    return text


def _mended(material: Material, change: Change) -> str:
    tasks = list(dict.fromkeys(item.partition("/")[0].removeprefix("task:") for item in change.mends))
    names = [f"“{material.names.task(task)}”" for task in tasks]
    if not tasks:
        return "needed by other changes of the set"
    more = len(names) - MOST_TASKS
    shown = f"{', '.join(names[:MOST_TASKS])} and {more} more" if more > 0 else listed(names)
    return f"{count(len(change.mends), 'link')} of {count(len(tasks), 'task')}: {shown}"


def _alternative(material: Material, fix: FixSet, other: Alternative) -> AlternativeView:
    best, own = {change.key for change in fix.changes}, {change.key for change in other.changes}
    return AlternativeView(
        f"{other.outcome.value:,.1f}",
        tuple((change, _mended(material, change)) for change in other.changes if change.key not in best),
        tuple(change.text for change in fix.changes if change.key not in own),
    )


def _cost(outcome: Outcome) -> str:
    if outcome.status == "optimal":
        return f"Cost {outcome.value:,.1f} (days plus political weight), proven cheapest of the known changes."
    if outcome.status == "feasible":
        return f"Cost {outcome.value:,.1f} (days plus political weight); no set can cost less than {outcome.bound:,.1f}."
    return "No set of known changes was found."


def findings(material: Material) -> FindingsView:
    """Findings with their fixes."""
    found = material.check.findings
    groups = tuple(
        FindingGroup(
            severity.value,
            _MEANING[severity],
            tuple((item, material.names.with_kind(item.subject)) for item in found if item.severity is severity),
        )
        for severity in Severity
    )
    counts = [count(len(group.findings), group.severity) for group in groups if group.findings]
    rules = len(material.check.rules_checked)
    lead = (
        f"{count(rules, 'rule')} were checked; they found {listed(counts)}."
        if counts
        else f"{count(rules, 'rule')} were checked and none is broken."
    )
    return FindingsView(lead, tuple(group for group in groups if group.findings), rules)

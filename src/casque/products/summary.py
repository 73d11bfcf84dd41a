"""The four answers that a reader wants first, in a sentence and a figure each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from casque.mission.mission import Mission
from casque.plan.findings import CheckRecord, State
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.products.breaking import Kind, kinds
from casque.products.figures import NONE, Calendar, count, d_plus, days, listed, number, percent, sentence
from casque.products.filled import TaskFill, filled, over_months
from casque.products.wording import tidy
from casque.reference.load import Reference, load


@dataclass(frozen=True)
class Answer:
    """One of the four answers."""

    question: str
    figure: str
    """The figure that matters most, short."""
    text: str
    section: str
    """Section of the report that explains it."""
    state: str
    """`good`, `fair`, `bad` or `none`."""


def calendar_of(mission: Mission) -> Calendar:
    """Days of the mission."""
    return Calendar(mission.about.d_day, int(mission.about.horizon))


def summary(
    mission: Mission,
    reference: Reference,
    check: CheckRecord,
    requirement: RequirementRecord,
    force: ForceRecord,
    movement: MovementRecord,
    supply: SupplyRecord,
    outlook: OutlookRecord,
) -> tuple[Answer, ...]:
    """Whether the mandate can be carried out, when the force is in place, what breaks first, what would help most."""
    calendar = calendar_of(mission)
    answers = (
        _mandate(mission, check, force, filled(mission, reference, requirement, force, movement)),
        _closure(movement, calendar),
        _breaks(mission, supply, outlook, calendar),
        _helps(mission, reference, check, force, movement),
    )
    return tuple(replace(item, figure=tidy(item.figure), text=tidy(item.text)) for item in answers)


def summary_of(mission: Mission, records: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The four questions and answers for a terminal, from the records of a run by stage."""
    used = (records[name] for name in ("check", "require", "generate", "deploy", "sustain", "simulate"))
    check, requirement, force, movement, supply, outlook = used
    answers = summary(mission, load(mission.overrides), check, requirement, force, movement, supply, outlook)
    return [(item.question, f"{item.figure}: {item.text}".replace("\u00a0", " ")) for item in answers]


def _mandate(mission: Mission, check: CheckRecord, force: ForceRecord, plan: Mapping[str, TaskFill]) -> Answer:
    """The chain says whether a task could be done, the plan how far it is filled; a card is no greener than the worse of the two."""
    question = "Can the mandate be carried out with what was pledged?"
    chains = check.chains
    if not chains:
        return Answer(question, "No tasks", "The mission folder names no task, so there is nothing to judge.", "chain", "none")
    red = sum(chain.state is State.RED for chain in chains)
    amber = sum(chain.state is State.AMBER for chain in chains)
    months = over_months(force.fills)
    thin = [item for item in plan.values() if item.state == "red" and item.months]
    part = [item for item in plan.values() if item.state == "amber"]
    text = ""
    if months:
        text = f" Pledges fill {percent(months.mean)} of the people-months that the tasks need, {percent(months.worst)} in the worst month "
        text += f"(month {months.worst_month})."
    if thin:
        titles = {task.id: task.title for task in mission.tasks.tasks}
        least = min(thin, key=lambda item: (item.months.worst if item.months else 0.0, item.task))
        share, month = (least.months.worst, least.months.worst_month) if least.months else (0.0, 0)
        run = "runs" if len(thin) == 1 else "run"
        text += f" {count(len(thin), 'task')} of {len(chains)} {run} far short of people in the worst month, "
        text += f"“{titles[least.task]}” the most "
        text += f"({percent(share)} filled in month {month})."
    elif part:
        text += f" {count(len(part), 'task')} of {len(chains)} {'runs' if len(part) == 1 else 'run'} short of people in the worst month."
    if red:
        parts = [f"{red} lack at least one link altogether"] + ([f"{amber} hold only late or in part"] if amber else [])
        head = f"Not as it stands: of {count(len(chains), 'task')}, {listed(parts)}."
        return Answer(question, f"{red} of {len(chains)} tasks cannot be done as written", head + text, "chain", "bad")
    head = (
        f"No task is barred, but {amber} of {len(chains)} can be done only late or in part." if amber else "No link of any task is broken."
    )
    if thin:
        return Answer(question, f"{len(thin)} of {len(chains)} tasks far short of people", head + text, "chain", "bad")
    if amber:
        return Answer(question, f"{amber} of {len(chains)} tasks late or in part", head + text, "chain", "fair")
    if part or (months and months.mean < 0.95):
        figure = f"{percent(months.worst) if months else NONE} of the need in the worst month"
        return Answer(question, figure, f"No link of any task is broken, but people are short.{text}", "chain", "fair")
    return Answer(question, "Yes", f"Every link holds for all {count(len(chains), 'task')}.{text}", "chain", "good")


def _closure(movement: MovementRecord, calendar: Calendar) -> Answer:
    question = "When is the force in place?"
    left = f" {count(len(movement.unmoved), 'unit')} cannot be moved at all." if movement.unmoved else ""
    if not movement.in_place:
        return Answer(question, "Never", f"No unit reaches the area.{left}", "movement", "bad")
    closure = movement.closure
    bound = f"No schedule can close before {calendar.day(closure.bound)}."
    if closure.gap <= 1e-6:
        bound = "No schedule can close earlier."
    late = [item for item in movement.in_place if item.late > 0.5]
    lateness = (
        f" {count(len(late), 'unit')} of {len(movement.in_place)} miss their required date."
        if late
        else " Every unit meets its required date."
    )
    full = max(movement.strength, default=0.0)
    most = next((day for day, people in enumerate(movement.strength) if people >= 0.8 * full), None)
    early = (
        f" Four fifths of its peak of {number(round(full))} people are there on {calendar.day(most)}." if full and most is not None else ""
    )
    text = f"The last unit is in place on {calendar.day(closure.value)}. {bound}{early}{lateness}{left}"
    return Answer(question, d_plus(closure.value), text, "movement", "bad" if movement.unmoved else "fair" if late else "good")


def _breaks(mission: Mission, supply: SupplyRecord, outlook: OutlookRecord, calendar: Calendar) -> Answer:
    question = "What breaks first?"
    first = next(iter(kinds(outlook.failures)), None)
    weak = max(supply.weak_links, key=lambda item: item.people, default=None)
    hinge = f" Worst single loss: {weak.text}" if weak is not None and weak.people > 0 else ""
    if first is not None and first.share > 0:
        state = "bad" if first.share >= 0.5 or first.first >= 0.5 else "fair"
        return Answer(question, sentence(first.what)[:-1], _first(first, outlook.replications, calendar) + hinge, "outlook", state)
    out = sorted((item for item in supply.bases if item.stock_out is not None), key=lambda item: (item.stock_out or 0, item.base))
    if out:
        item = out[0]
        base = next((node.name for node in mission.transport.nodes if node.id == item.base), item.base)
        text = f"Class {item.supply_class} runs out at {base} on {calendar.day(item.stock_out)}."
        return Answer(question, d_plus(item.stock_out or 0), text + hinge, "supply", "bad")
    if hinge:
        return Answer(question, "One weak link", hinge.strip(), "supply", "fair")
    return Answer(
        question, "Nothing found", "Neither the runs nor the supply plan show anything that breaks within the horizon.", "outlook", "good"
    )


def _first(kind: Kind, runs: int, calendar: Calendar) -> str:
    """How often a kind of failure comes first, and which of its members most often."""
    leading = kind.leading
    when = f", in the middle case on {calendar.day(leading.median)}" if leading.median is not None else ""
    if len(kind.members) == 1:
        return (
            f"It breaks before anything else in {percent(kind.first)} of {number(runs)} runs, and at all in {percent(leading.share)}{when}."
        )
    return (
        f"This kind breaks before anything else in {percent(kind.first)} of {number(runs)} runs. Most often first among its "
        f"{len(kind.members)}: {leading.what.rstrip('.')}; first in {percent(leading.first)}, at all in {percent(leading.share)}{when}."
    )


def _helps(mission: Mission, reference: Reference, check: CheckRecord, force: ForceRecord, movement: MovementRecord) -> Answer:
    question = "What would help most?"
    parts: list[str] = []
    figure = ""
    fix = check.fix_set
    if fix.changes and fix.saves:
        figure = f"{count(len(fix.changes), 'change')}, {count(len(fix.saves), 'task')} saved"
        parts.append(f"The cheapest set of {count(len(fix.changes), 'change')} makes {count(len(fix.saves), 'task')} doable.")
    if check.to_green is not None and check.to_green.changes and not fix.changes:
        more = count(len(check.to_green.saves), "task")
        parts.append(f"The cheapest set of {count(len(check.to_green.changes), 'change')} turns {more} wholly green.")
    if force.next_pledges:
        best = force.next_pledges[0]
        kind = reference.unit_types.get(best.unit_type)
        name = kind.name.lower() if kind else best.unit_type
        sector = next((item.name for item in mission.area.sectors if item.id == best.sector), best.sector)
        figure = figure or f"One more {name}"
        parts.append(
            f"The best single pledge to ask for is: {name}, {sector}, by {d_plus(best.by)} "
            f"(weighted fill up by {number(best.gain)} points)."
        )
    quicker = max(movement.bottlenecks, key=lambda item: item.days, default=None)
    if quicker is not None and quicker.days > 0.05:
        figure = figure or f"{days(quicker.days)} days sooner"
        parts.append(f"For speed: {sentence(quicker.text)}")
    if not parts:
        return Answer(question, "Nothing found", "No single change that was tried improves the plan.", "force", "none")
    return Answer(question, figure, " ".join(parts), "chain" if fix.changes and fix.saves else "force", "none")

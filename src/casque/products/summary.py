"""The four answers that a reader wants first, in a sentence and a figure each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casque.mission.mission import Mission
from casque.plan.findings import CheckRecord, State
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.supply import SupplyRecord
from casque.products.figures import Calendar, count, d_plus, listed, number, percent, sentence
from casque.products.svg import shortened
from casque.reference.load import Reference, shipped


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
    force: ForceRecord,
    movement: MovementRecord,
    supply: SupplyRecord,
    outlook: OutlookRecord,
) -> tuple[Answer, ...]:
    """Whether the mandate can be carried out, when the force is in place, what breaks first, what would help most."""
    calendar = calendar_of(mission)
    return (
        _mandate(check, force),
        _closure(movement, calendar),
        _breaks(supply, outlook, calendar),
        _helps(mission, reference, check, force, movement),
    )


def summary_of(mission: Mission, records: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The four questions and answers for a terminal, from the records of a run by stage."""
    used = (records[name] for name in ("check", "generate", "deploy", "sustain", "simulate"))
    check, force, movement, supply, outlook = used
    answers = summary(mission, shipped(), check, force, movement, supply, outlook)
    return [(item.question, f"{item.figure}: {item.text}".replace("\u00a0", " ")) for item in answers]


def _mandate(check: CheckRecord, force: ForceRecord) -> Answer:
    question = "Can the mandate be carried out with what was pledged?"
    chains = check.chains
    if not chains:
        return Answer(question, "No tasks", "The mission folder names no task, so there is nothing to judge.", "chain", "none")
    red = sum(chain.state is State.RED for chain in chains)
    amber = sum(chain.state is State.AMBER for chain in chains)
    mean, worst, month = _fill(force)
    filled = f" Pledges fill {percent(mean)} of what the tasks need on average, {percent(worst)} in the worst month (month {month})."
    if not force.weighted_fill:
        filled = ""
    if not red and not amber and mean < 0.95:
        figure = f"{percent(worst)} of the need in the worst month"
        return Answer(question, figure, f"No link of any task is broken, but people are short.{filled}", "force", "fair")
    if not red and not amber:
        return Answer(question, "Yes", f"Every link holds for all {count(len(chains), 'task')}.{filled}", "chain", "good")
    parts = ([f"{red} lack at least one link altogether"] if red else []) + ([f"{amber} hold only late or in part"] if amber else [])
    head = (
        f"Not as it stands: of {count(len(chains), 'task')}, {listed(parts)}."
        if red
        else f"No task is barred, but {amber} of {len(chains)} can be done only late or in part."
    )
    figure = f"{red} of {len(chains)} tasks cannot be done as written" if red else f"{amber} of {len(chains)} tasks late or in part"
    return Answer(question, figure, head + filled, "chain", "bad" if red else "fair")


def _fill(force: ForceRecord) -> tuple[float, float, int]:
    """Weighted fill over the months in which anything is wanted: its mean, the worst, and when that is."""
    fill = force.weighted_fill
    wanted = [sum(item.required[month] for item in force.fills if month < len(item.required)) for month in range(len(fill))]
    months = [month for month in range(len(fill)) if wanted[month] > 0] or list(range(len(fill)))
    if not months:
        return 1.0, 1.0, 0
    worst = min(months, key=lambda month: fill[month])
    return sum(fill[month] for month in months) / len(months), fill[worst], worst


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


def _breaks(supply: SupplyRecord, outlook: OutlookRecord, calendar: Calendar) -> Answer:
    question = "What breaks first?"
    first = max(outlook.failures, key=lambda item: (item.first, item.share), default=None)
    weak = max(supply.weak_links, key=lambda item: item.people, default=None)
    hinge = f" Worst single loss: {weak.text}" if weak is not None and weak.people > 0 else ""
    if first is not None and first.share > 0:
        when = f", in the middle case on {calendar.day(first.median)}" if first.median is not None else ""
        runs = number(outlook.replications)
        text = f"It breaks before anything else in {percent(first.first)} of {runs} runs, and at all in {percent(first.share)}{when}."
        return Answer(question, shortened(sentence(first.what)[:-1], 120), text + hinge, "outlook", "bad" if first.share >= 0.5 else "fair")
    out = sorted((item for item in supply.bases if item.stock_out is not None), key=lambda item: (item.stock_out or 0, item.base))
    if out:
        item = out[0]
        text = f"Class {item.supply_class} runs out at {item.base} on {calendar.day(item.stock_out)}."
        return Answer(question, d_plus(item.stock_out or 0), text + hinge, "supply", "bad")
    if hinge:
        return Answer(question, "One weak link", hinge.strip(), "supply", "fair")
    return Answer(
        question, "Nothing found", "Neither the runs nor the supply plan show anything that breaks within the horizon.", "outlook", "good"
    )


def _helps(mission: Mission, reference: Reference, check: CheckRecord, force: ForceRecord, movement: MovementRecord) -> Answer:
    question = "What would help most?"
    parts: list[str] = []
    figure = ""
    fix = check.fix_set
    if fix.changes and fix.saves:
        figure = f"{count(len(fix.changes), 'change')}, {count(len(fix.saves), 'task')} saved"
        parts.append(f"The cheapest set of {count(len(fix.changes), 'change')} makes {count(len(fix.saves), 'task')} doable.")
    if force.next_pledges:
        best = force.next_pledges[0]
        kind = reference.unit_types.get(best.unit_type)
        name = kind.name.lower() if kind else best.unit_type
        sector = next((item.name for item in mission.area.sectors if item.id == best.sector), best.sector)
        figure = figure or f"One more {name}"
        parts.append(
            f"The best single pledge to ask for is: {name}, {sector}, by {d_plus(best.by)} (fill up by {number(best.gain)} points)."
        )
    quicker = max(movement.bottlenecks, key=lambda item: item.days, default=None)
    if quicker is not None and quicker.days > 0.05:
        figure = figure or f"{number(quicker.days)} days sooner"
        parts.append(f"For speed: {sentence(quicker.text)}")
    if not parts:
        return Answer(question, "Nothing found", "No single change that was tried improves the plan.", "force", "none")
    return Answer(question, figure, " ".join(parts), "chain" if fix.changes and fix.saves else "force", "none")

"""When a lesson applies: each kind of trigger held against the records of the plan, with the reason in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from casque.mission.lessons import Trigger, WhenFinding, WhenLate, WhenMeasure, WhenShortfall, WhenSupply
from casque.mission.mission import Mission
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord, Shortfall
from casque.plan.judgement import JudgementRecord
from casque.plan.movement import MovementRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import BaseSupply, SupplyRecord

AT_MOST = 5
"""Sentences of one kind that a lesson quotes; the rest are counted."""


@dataclass(frozen=True)
class Plan:
    """What a trigger is held against."""

    mission: Mission
    findings: CheckRecord
    requirement: RequirementRecord
    force: ForceRecord
    movement: MovementRecord
    supply: SupplyRecord
    judgement: JudgementRecord

    def sector(self, name: str) -> str:
        """Name of a sector."""
        return next((sector.name for sector in self.mission.area.sectors if sector.id == name), name)

    def task(self, name: str) -> str:
        """Title of a task."""
        return next((task.title for task in self.mission.tasks.tasks if task.id == name), name)


@dataclass(frozen=True)
class Fired:
    """Why a trigger fired, in sentences, and what it is about, as `kind:id`."""

    why: tuple[str, ...]
    subjects: tuple[str, ...]


def fire(trigger: Trigger, plan: Plan) -> Fired | None:
    """What makes a trigger fire on a plan; none where it does not."""
    match trigger:
        case WhenFinding():
            return on_finding(trigger, plan.findings)
        case WhenShortfall():
            return _shortfall(trigger, plan)
        case WhenMeasure():
            return _measure(trigger, plan)
        case WhenSupply():
            return _supply(plan)
        case WhenLate():
            return _late(trigger, plan)
        case _ as never:
            assert_never(never)


def on_finding(trigger: WhenFinding, findings: CheckRecord) -> Fired | None:
    """What makes a trigger on a rule of the checks fire; none where that rule has no finding."""
    found = [finding for finding in findings.findings if finding.rule == trigger.rule]
    if not found:
        return None
    subjects = tuple(dict.fromkeys(finding.subject for finding in found))
    return Fired(_quoted([finding.message for finding in found], f"findings of the check {trigger.rule}"), subjects)


def _shortfall(trigger: WhenShortfall, plan: Plan) -> Fired | None:
    """Missing over required people-months of a capability over the horizon, month by month and line by line."""
    lines = {line.id for line in plan.requirement.lines if line.capability == trigger.capability}
    fills = {fill.line: fill for fill in plan.force.fills}
    required = missing = 0.0
    for line in plan.requirement.lines:
        if line.id not in lines:
            continue
        fill = fills.get(line.id)
        wanted, there = (fill.required, fill.filled) if fill else (line.by_month, (0.0,) * len(line.by_month))
        required += sum(wanted)
        missing += sum(max(0.0, want - have) for want, have in zip(wanted, there, strict=True))
    if required <= 0 or missing / required < trigger.share:
        return None
    head = (
        f"{trigger.capability.capitalize()} is short by {missing / required:.0%} over the plan: {missing:,.0f} of {required:,.0f} "
        f"people-months; the lesson speaks from {trigger.share:.0%}."
    )
    short = sorted((item for item in plan.force.shortfalls if item.line in lines), key=lambda item: (-item.people_months, item.line))
    subjects = tuple(dict.fromkeys(f"line:{item.line}" for item in short)) or tuple(f"line:{name}" for name in sorted(lines))
    return Fired((head, *_quoted([_short(plan, item) for item in short], "lines that are short")), subjects)


def _short(plan: Plan, item: Shortfall) -> str:
    return (
        item.text
        or f"{item.capability.capitalize()} in {plan.sector(item.sector)} lacks {item.worst:,.0f} people in month {item.worst_month}."
    )


def _measure(trigger: WhenMeasure, plan: Plan) -> Fired | None:
    found = [item for item in plan.judgement.measures if item.measure == trigger.measure and item.standing == "behind"]
    return Fired(tuple(item.text for item in found), (f"measure:{trigger.measure}",)) if found else None


def _supply(plan: Plan) -> Fired | None:
    below = sorted((item for item in plan.supply.bases if item.below_least is not None), key=_first_below)
    if not below:
        return None
    bases = sorted({item.base for item in below}, key=[item.base for item in below].index)
    sentences = [_starved(plan, base, [item for item in below if item.base == base]) for base in bases]
    return Fired(_quoted(sentences, "bases that fall below the least"), tuple(f"base:{base}" for base in bases))


def _first_below(item: BaseSupply) -> tuple[int, str, str]:
    return (item.below_least or 0, item.base, item.supply_class)


def _starved(plan: Plan, base: str, items: Sequence[BaseSupply]) -> str:
    classes = ", ".join(f"{item.supply_class.value} on D+{item.below_least}" for item in items)
    out = [item for item in items if item.stock_out is not None]
    worst = min(out, key=lambda item: (item.stock_out or 0, item.supply_class), default=None)
    end = f"; {worst.supply_class.value} runs out on D+{worst.stock_out}" if worst else ""
    return f"The base of {plan.sector(items[0].sector)} ({base}) falls below its least days of supply: {classes}{end}."


def _late(trigger: WhenLate, plan: Plan) -> Fired | None:
    """Units in place later than their required date by at least the trigger's days, and units that never get there."""
    late = sorted((item for item in plan.movement.in_place if item.late >= max(trigger.days, 1)), key=lambda item: (-item.late, item.unit))
    stuck = plan.movement.unmoved
    if not late and not stuck:
        return None
    sentences = []
    if late:
        worst, many = late[0], len(late) > 1
        sentences.append(
            f"{len(late)} {'units are' if many else 'unit is'} in place {max(trigger.days, 1)} days or more after the required date, "
            f"the worst ({worst.unit}, {plan.sector(worst.sector)}) by {worst.late:.0f} days."
        )
    if stuck:
        sentences.append(f"{len(stuck)} {'unit' if len(stuck) == 1 else 'units'} cannot be moved at all.")
    subjects = [*(item.unit for item in late), *(item.unit for item in stuck)][:AT_MOST]
    return Fired(tuple(sentences), tuple(f"unit:{unit}" for unit in subjects))


def _quoted(sentences: Sequence[str], rest: str) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(sentences))
    if len(unique) <= AT_MOST:
        return unique
    return (*unique[:AT_MOST], f"And {len(unique) - AT_MOST} more {rest}.")

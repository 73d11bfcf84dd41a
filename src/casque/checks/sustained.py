"""The links supply and measure: whether the force can be kept there, and whether anybody would know that it succeeds."""

from __future__ import annotations

from casque.checks.moves import moves_asked
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.remedy import Proposal, Verdict, change
from casque.checks.windows import EVER, Window
from casque.mission.tasks import Task
from casque.mission.vocabulary import SupplyClass
from casque.plan.findings import State

ESSENTIAL = (SupplyClass.I, SupplyClass.WATER, SupplyClass.III, SupplyClass.MEDICAL)
"""Classes without which a force in place stops within days."""


def judge_supply(problem: Problem, task: Task) -> Verdict:
    """Whether an entry reaches the bases of the task's sectors, and a stock policy says what they hold."""
    supply = problem.mission.supply
    bases = tuple(dict.fromkeys(sector for sector in problem.force_sectors(task) if sector in problem.sectors))
    items = tuple(dict.fromkeys(f"node:{entry.node}" for entry in supply.entries)) + tuple(
        f"node:{problem.sectors[sector].base}" for sector in bases
    )
    cut = unsupplied(problem, bases, problem.window(task))
    asks: list[Proposal] = []
    reasons = []
    if bases and len(cut) == len(bases):
        names = problem.sector_names(cut)
        reasons.append(f"no supply entry reaches the base of {names}")
        asks += [
            change(problem, "add supply", f"sector:{sector}", f"Open a supply entry that reaches {problem.sector_name(sector)}.", "supply")
            for sector in cut
        ]
        asks += moves_asked(problem, task)
    if not supply.policies:
        reasons.append("no stock policy is written")
        text = "Set a stock policy for every class of supply."
        asks.append(change(problem, "add supply policy", "supply:policies", text, "policy"))
    if reasons:
        text = "; ".join(reasons)
        clears = _reached_on(problem, cut, task) if supply.policies else None
        return Verdict(State.RED, f"{text[:1].upper()}{text[1:]}.", items, clears, tuple(asks))
    if cut:
        text = f"No supply entry reaches the base of {problem.sector_names(cut)}."
        return Verdict(State.AMBER, text, items, _reached_on(problem, cut, task))
    bare = [name for name in ESSENTIAL if name not in {policy.supply_class for policy in supply.policies}]
    if bare:
        return Verdict(State.AMBER, f"No stock policy covers {listed(map(class_name, bare))}.", items)
    by = problem.day(task.required_by)
    opening = max(
        (
            min(problem.day(entry.from_day) for entry in supply.entries if name in entry.classes)
            for name in ESSENTIAL
            if brought(problem, name)
        ),
        default=by,
    )
    if opening > by:
        return Verdict(
            State.AMBER,
            f"Supplies enter from {day_text(opening)}, {opening - by} days after the required date {day_text(by)}.",
            items,
            opening,
        )
    if not supply.trucks and not supply.contracts:
        return Verdict(State.AMBER, "No trucks and no contract carry supplies from the entries to the bases.", items)
    return Verdict(
        State.GREEN, f"{counted(len(supply.entries), 'supply entry')} on the way to the base of {problem.sector_names(bases)}.", items
    )


def unsupplied(problem: Problem, sectors: tuple[str, ...], period: Window) -> tuple[str, ...]:
    """Sectors whose base no supply entry reaches in a period."""
    reached = problem.supplied(period)
    return tuple(sector for sector in sectors if problem.sectors[sector].base not in reached)


def _reached_on(problem: Problem, cut: tuple[str, ...], task: Task) -> int | None:
    """Day after the task's end on which links that open then let supplies reach every base; None where none does."""
    end = problem.day(task.end)
    opens = sorted({window.first for window in problem.network.link_windows.values() if end < window.first < EVER})
    return next((day for day in opens if not unsupplied(problem, cut, Window(end, day))), None)


def brought(problem: Problem, name: SupplyClass) -> bool:
    return any(name in entry.classes for entry in problem.mission.supply.entries)


def class_name(name: SupplyClass) -> str:
    """A class of supply as it stands in a sentence."""
    return f"class {name}" if name.isupper() else str(name)


def judge_measure(problem: Problem, task: Task) -> Verdict:
    """Whether a measure shows that the task succeeds, and somebody observes it."""
    measures = [problem.measures[name] for name in task.measures if name in problem.measures]
    items = tuple(f"measure:{measure.id}" for measure in measures)
    if not measures:
        text = f"Agree on a measure, with baseline and target, that shows whether “{task.title}” succeeds."
        asked = change(problem, "add measure", f"task:{task.id}", text, "measure", task)
        return Verdict(State.RED, "No measure shows whether it succeeds.", items, None, (asked,))
    blind = [measure for measure in measures if measure.id not in problem.observed]
    if problem.observed and len(blind) == len(measures):
        return Verdict(State.AMBER, f"Nobody has observed {listed(f'“{measure.title}”' for measure in blind)} yet.", items)
    return Verdict(State.GREEN, f"Measured by {listed(f'“{measure.title}”' for measure in measures)}.", items)

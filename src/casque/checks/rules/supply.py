"""Rules on supply: what is held, where it comes in, and what carries it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule
from casque.checks.sustained import class_name, unsupplied
from casque.mission.vocabulary import Severity, SupplyClass


def _no_policy(problem: Problem) -> Iterator[Breach]:
    written = {policy.supply_class for policy in problem.mission.supply.policies}
    for name in SupplyClass:
        if name not in written:
            yield Breach(f"supply:{name}", f"No stock policy says how many days of {class_name(name)} a base holds.")


def _no_entry(problem: Problem) -> Iterator[Breach]:
    supply = problem.mission.supply
    for policy in supply.policies:
        name = policy.supply_class
        contracted = sum(contract.share for contract in supply.contracts if contract.supply_class is name)
        if contracted < 1 and not any(name in entry.classes for entry in supply.entries):
            rest = f"; contracts cover {contracted:.0%} of it" if contracted else ""
            yield Breach(f"supply:{name}", f"No supply entry brings in {class_name(name)}{rest}.")


def _unsupplied(problem: Problem) -> Iterator[Breach]:
    tasked = [sector for sector in problem.sectors if any(sector in task.sectors for task in problem.mission.tasks.tasks)]
    cut = unsupplied(problem, tuple(tasked), problem.period)
    for sector in cut:
        entries = listed(entry.node for entry in problem.mission.supply.entries)
        text = (
            f"No supply entry reaches the base of {problem.sector_name(sector)} "
            f"({f'entries: {entries}' if entries else 'none is written down'})."
        )
        yield Breach(f"sector:{sector}", text, severity=None if len(cut) == len(tasked) else Severity.WARNING)


def _no_trucks(problem: Problem) -> Iterator[Breach]:
    supply = problem.mission.supply
    if supply.entries and not supply.contracts and not any(fleet.number for fleet in supply.trucks):
        yield Breach(f"mission:{problem.mission.about.id}", "No trucks and no contract carry supplies from the entries to the bases.")


def _late_entry(problem: Problem) -> Iterator[Breach]:
    entries = problem.mission.supply.entries
    arrivals = [
        problem.arrival(p, tuple(problem.sectors), problem.free_arrivals) + p.self_sufficient for p in problem.mission.forces.pledges
    ]
    if not entries or not arrivals or min(arrivals) == float("inf"):
        return
    opening, lasting = min(problem.day(entry.from_day) for entry in entries), min(arrivals)
    if opening > lasting:
        text = (
            f"The first supply entry opens on {day_text(opening)}; the first unit there may have "
            f"used up what it brings by {day_text(int(lasting))}."
        )
        yield Breach(f"node:{entries[0].node}", text, opening)


RULES = (
    Rule(
        "supply-policy-missing",
        Severity.WARNING,
        "A class of supply without a stock policy",
        "A stock policy covers every class of supply.",
        "NATO AJP-4: stocks are set in days of supply by class",
        "Write the days of supply wanted, and the least, for the class.",
        _no_policy,
    ),
    Rule(
        "supply-class-without-entry",
        Severity.WARNING,
        "A class of supply that comes in nowhere",
        "Every class with a stock policy has an entry, or contracts that cover all of it.",
        "NATO AJP-4: sources of supply by class",
        "Name the entry for the class, or contract it.",
        _no_entry,
    ),
    Rule(
        "base-unsupplied",
        Severity.ERROR,
        "A base that no supply entry reaches",
        "A supply entry reaches the base of every sector with a task. It is an error where none is reached, a warning where some are.",
        "NATO AJP-4: lines of communication",
        "Open an entry or a link that reaches the base.",
        _unsupplied,
    ),
    Rule(
        "supply-carrier-missing",
        Severity.WARNING,
        "Supplies that nobody carries",
        "Trucks or contracts carry supplies from the entries to the bases.",
        "NATO AJP-4: distribution",
        "Add a truck fleet or a contract.",
        _no_trucks,
    ),
    Rule(
        "entry-opens-late",
        Severity.WARNING,
        "A first entry that opens after the first unit has used up what it brought",
        "A supply entry is open before the first unit in place has used up the days of supply that it brings.",
        "UN practice: contingents arrive self-sufficient until supply is established",
        "Open the entry earlier, or have the first units bring more days of supply.",
        _late_entry,
    ),
)

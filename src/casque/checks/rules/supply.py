"""Rules on supply: what is held, where it comes in, and what carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casque.checks.network import reached_from
from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement
from casque.checks.sustained import class_name, unsupplied
from casque.mission.supply import Contract, Depot, Entry, TruckFleet
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


def _least_above(problem: Problem) -> Iterator[Breach]:
    for policy in problem.mission.supply.policies:
        if policy.least > policy.target:
            text = (
                f"The policy for {class_name(policy.supply_class)} wants {policy.target:g} days of supply, and calls a base in trouble "
                f"below {policy.least:g}."
            )
            yield Breach(f"supply:{policy.supply_class}", text)


def _no_fuel_reserve(problem: Problem) -> Iterator[Breach]:
    supply, units = problem.mission.supply, problem.mission.forces.pledges
    contracted = any(contract.supply_class is SupplyClass.III and contract.share > 0 for contract in supply.contracts)
    if units and not contracted and not any(depot.capacity > 0 for depot in supply.depots):
        yield Breach(f"supply:{SupplyClass.III}", "Neither a depot in theatre nor a contract stands behind class III at the bases.")


def _overfull(problem: Problem) -> Iterator[Breach]:
    for depot in problem.mission.supply.depots:
        total = sum(depot.opening.values())
        if total > depot.capacity:
            yield Breach(f"depot:{depot.id}", f"{depot.id} holds {total:,.0f} t on D-day and has room for {depot.capacity:,.0f} t.")


def _late_carriers(problem: Problem) -> Iterator[Breach]:
    supply = problem.mission.supply
    starts = [problem.day(fleet.from_day) for fleet in supply.trucks if fleet.number] + [problem.day(c.from_day) for c in supply.contracts]
    needs = [problem.arrival(p, tuple(problem.sectors), problem.free_arrivals) + p.self_sufficient for p in problem.mission.forces.pledges]
    if starts and needs and min(needs) < float("inf") and int(min(needs) // 1) < min(starts):
        text = (
            f"The first trucks or contract carry from {day_text(min(starts))}; the first unit there may have used up what it brings by "
            f"{day_text(min(needs))}."
        )
        yield Breach(f"mission:{problem.mission.about.id}", text, min(starts))


def _over_contracted(problem: Problem) -> Iterator[Breach]:
    for name in SupplyClass:
        contracts = [contract for contract in problem.mission.supply.contracts if contract.supply_class is name]
        together = [
            [other for other in contracts if other.from_day <= one.from_day and (other.until is None or one.from_day <= other.until)]
            for one in contracts
        ]
        most = max(together, key=lambda several: sum(contract.share for contract in several), default=[])
        total = sum(contract.share for contract in most)
        if total > 1 + 1e-9:
            text = f"Contracts for {class_name(name)} cover {total:.0%} of the demand together: {listed(c.id for c in most)}."
            yield Breach(f"supply:{name}", text)


def _stranded_depot(problem: Problem) -> Iterator[Breach]:
    bases = [sector.base for sector in problem.mission.area.sectors]
    reached = reached_from(problem.network, bases, problem.period, by_air=False)
    for depot in problem.mission.supply.depots:
        if depot.node in problem.network.nodes and depot.node not in reached:
            where = problem.network.nodes[depot.node].name
            yield Breach(f"depot:{depot.id}", f"No road, railway or sea lane leads from {depot.id} in {where} to any base.")


def _ends_alone(problem: Problem, sources: Sequence[Entry | Contract | TruckFleet | Depot]) -> int | None:
    """Last day of the last of some sources of supply, where it comes before the plan ends and none works on the day after."""
    ends = [(problem.day(item.from_day), problem.period.last if item.until is None else problem.day(item.until)) for item in sources]
    gaps = [last for _, last in ends if last < problem.period.last and not any(f <= last + 1 <= t for f, t in ends)]
    return min((day for day in gaps if day >= 0), default=None)


def _source_ends(problem: Problem) -> Iterator[Breach]:
    supply = problem.mission.supply
    gone: dict[int, list[str]] = {}
    for name in SupplyClass:
        entries = [entry for entry in supply.entries if name in entry.classes]
        contracts = [contract for contract in supply.contracts if contract.supply_class is name]
        day = _ends_alone(problem, [*entries, *contracts])
        if day is not None:
            gone.setdefault(day, []).append(class_name(name))
    for day, names in gone.items():
        text = f"The last source of {listed(names)} ends on {day_text(day)}, and none is written for the day after."
        yield Breach(f"mission:{problem.mission.about.id}", text)
    day = _ends_alone(problem, [*(fleet for fleet in supply.trucks if fleet.number), *supply.contracts])
    if day is not None:
        text = f"The last trucks and contracts stop carrying on {day_text(day)}, and none is written for the day after."
        yield Breach(f"mission:{problem.mission.about.id}", text)
    day = _ends_alone(problem, supply.depots)
    if day is not None:
        text = (
            f"The last depot is given up on {day_text(day)}; what is left in it is lost, and no stock in theatre stands behind the bases."
        )
        yield Breach(f"mission:{problem.mission.about.id}", text, severity=Severity.NOTE)


RULES = (
    Rule(
        "supply-policy-missing",
        Severity.WARNING,
        "A class of supply without a stock policy",
        "A stock policy covers every class of supply.",
        judgement("staff practice: stocks are set in days of supply by class; AJP-4 not read"),
        "Write the days of supply wanted, and the least, for the class.",
        _no_policy,
    ),
    Rule(
        "supply-class-without-entry",
        Severity.WARNING,
        "A class of supply that comes in nowhere",
        "Every class with a stock policy has an entry, or contracts that cover all of it.",
        judgement("staff practice: every class has a source; AJP-4 not read"),
        "Name the entry for the class, or contract it.",
        _no_entry,
    ),
    Rule(
        "base-unsupplied",
        Severity.ERROR,
        "A base that no supply entry reaches",
        "A supply entry reaches the base of every sector with a task. It is an error where none is reached, a warning where some are.",
        judgement("staff practice: lines of communication; AJP-4 not read"),
        "Open an entry or a link that reaches the base.",
        _unsupplied,
    ),
    Rule(
        "supply-carrier-missing",
        Severity.WARNING,
        "Supplies that nobody carries",
        "Trucks or contracts carry supplies from the entries to the bases.",
        judgement("staff practice: distribution is planned with supply; AJP-4 not read"),
        "Add a truck fleet or a contract.",
        _no_trucks,
    ),
    Rule(
        "entry-opens-late",
        Severity.WARNING,
        "A first entry that opens after the first unit has used up what it brought",
        "A supply entry is open before the first unit in place has used up the days of supply that it brings.",
        judgement("UN practice: contingents arrive self-sufficient until supply is established; not read in a source"),
        "Open the entry earlier, or have the first units bring more days of supply.",
        _late_entry,
    ),
    Rule(
        "supply-least-above-target",
        Severity.WARNING,
        "A stock policy whose least is more than its target",
        "The least of every stock policy is no more than its target.",
        judgement("staff practice: stocks are set in days of supply by class; AJP-4 not read"),
        "Correct the two figures.",
        _least_above,
    ),
    Rule(
        "fuel-without-reserve",
        Severity.WARNING,
        "Fuel without a depot or a contract behind it",
        "A depot in theatre or a contract stands behind class III.",
        judgement("staff practice: fuel is held in theatre or contracted; UN and NATO fuel policies not read"),
        "Add a depot, or contract the fuel.",
        _no_fuel_reserve,
    ),
    Rule(
        "depot-overfull",
        Severity.WARNING,
        "A depot that holds more than it can",
        "The opening stock of every depot fits its capacity.",
        judgement("the depot's own figures, as the folder gives them"),
        "Correct the stock or the capacity.",
        _overfull,
    ),
    Rule(
        "carriers-start-late",
        Severity.WARNING,
        "Trucks that start after the first unit has used up what it brought",
        "Trucks or contracts carry before the first unit in place has used up the days of supply that it brings.",
        judgement("UN practice: contingents arrive self-sufficient until supply is established; not read in a source"),
        "Bring trucks forward, or have the first units bring more days of supply.",
        _late_carriers,
    ),
    Rule(
        "contracts-above-demand",
        Severity.NOTE,
        "Contracts for more than the whole demand",
        "The contracts for a class together cover no more than all of it.",
        judgement("staff practice: shares of one demand add up to at most all of it"),
        "Correct the shares, or say which contract is the reserve.",
        _over_contracted,
    ),
    Rule(
        "depot-stranded",
        Severity.WARNING,
        "A depot without a way to any base",
        "A road, railway or sea lane leads from every depot to a sector base.",
        judgement("staff practice: lines of communication; AJP-4 not read"),
        "Add the link, or move the depot.",
        _stranded_depot,
    ),
    Rule(
        "supply-source-ends",
        Severity.WARNING,
        "A source of supply that ends with nothing after it",
        "Where the last entry and contract for a class, the last carrier, or the last depot ends before the plan does, another works on "
        "the day after. A depot is a note.",
        judgement("staff practice: every class has a source as long as the force is there; AJP-4 not read"),
        "Extend it, or write what follows it.",
        _source_ends,
    ),
)

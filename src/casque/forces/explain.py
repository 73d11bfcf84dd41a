"""Why a line is short and what would cure it; why a unit has no place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil

from casque.forces.eligibility import Barrier, bars
from casque.forces.problem import Problem, shares_by_month
from casque.mission.vocabulary import Capability
from casque.plan.force import Idle, Reason, Shortfall
from casque.plan.requirement import RequirementLine
from casque.reference.load import Reference

SPECIFIC: tuple[Reason, ...] = ("caveat", "agreement", "date", "tour", "share limit")
ENOUGH = 0.25
"""Share of a gap that a specific reason must explain to be named before the general want of units."""


@dataclass
class _Evidence:
    """People-months of a line's gap that each reason could account for, and the units behind it."""

    people: dict[Reason, float] = field(default_factory=lambda: defaultdict(float))
    units: dict[Reason, dict[int, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    caveats: dict[str, Barrier] = field(default_factory=dict)

    def add(self, reason: Reason, unit: int, people: float) -> None:
        if people >= 1:
            self.people[reason] += people
            self.units[reason][unit] += people


def shortfalls(problem: Problem, taken: tuple[int, ...], people: list[list[int]], reference: Reference) -> tuple[Shortfall, ...]:
    """Every line that lacks anyone in any month, the heaviest first by weight and people-months; the reason is that of its worst month."""
    placed = {problem.options[index].unit: index for index in taken}
    capable = {unit: reference.unit_types[item.pledge.unit_type].capability for unit, item in enumerate(problem.units) if item.known}
    found: list[tuple[float, Shortfall]] = []
    for number, line in enumerate(problem.lines):
        gaps = [wanted - filled for wanted, filled in zip(problem.demand[number], people[number], strict=True)]
        total = sum(gaps)
        if total <= 0:
            continue
        worst = max(range(len(gaps)), key=lambda month: (gaps[month], -month))
        at_worst = [gap if month == worst else 0 for month, gap in enumerate(gaps)]
        evidence = _evidence(problem, number, gaps, placed, capable, people)
        then = _evidence(problem, number, at_worst, placed, capable, people)
        reason = _main(then, gaps[worst])
        shortfall = Shortfall(
            line=line.id,
            sector=line.sector,
            capability=line.capability,
            priority=line.priority,
            people_months=float(total),
            worst_month=worst,
            worst=float(gaps[worst]),
            reason=reason,
            text=_text(problem, number, worst, gaps[worst], reason, then, capable, people),
            cure=_cure(problem, line, worst, gaps[worst], reason, evidence, reference),
        )
        found.append((problem.weights[number] * total, shortfall))
    return tuple(shortfall for _, shortfall in sorted(found, key=lambda pair: (-pair[0], pair[1].line)))


def idle(problem: Problem, taken: tuple[int, ...], people: list[list[int]]) -> tuple[Idle, ...]:
    """Every unit without a place, with the reason."""
    placed = {problem.options[index].unit for index in taken}
    return tuple(
        Idle(unit=item.pledge.id, reason=_idle_reason(problem, unit, taken, people))
        for unit, item in enumerate(problem.units)
        if unit not in placed
    )


def _evidence(
    problem: Problem,
    number: int,
    gaps: list[int],
    placed: dict[int, int],
    capable: dict[int, Capability],
    people: list[list[int]],
) -> _Evidence:
    line = problem.lines[number]
    evidence = _Evidence()
    for unit, capability in capable.items():
        item = problem.units[unit]
        if capability is not line.capability or item.pledge.sector not in (None, line.sector):
            continue
        index = placed.get(unit)
        pool = None if index is None else problem.pools[problem.options[index].pool]
        here = pool is not None and (pool.sector, pool.capability) == (line.sector, line.capability)
        gated = shares_by_month(item.presence.gated, problem.calendar)
        shares = shares_by_month(item.presence.taskable, problem.calendar)
        for month, gap in enumerate(gaps):
            days = problem.calendar.months[month]
            if gap <= 0 or not days:
                continue
            if pool is None or here:
                strength = item.pledge.strength
                evidence.add("agreement", unit, min(gap, gated[month] * strength))
                evidence.add("date", unit, min(gap, sum(day < item.presence.start for day in days) / len(days) * strength))
                evidence.add("tour", unit, min(gap, sum(day > item.presence.end for day in days) / len(days) * strength))
            present = min(gap, shares[month] * item.pledge.strength)
            if present < 1:
                continue
            barrier = _barrier(problem, unit, line, month)
            if barrier is not None:
                evidence.add("caveat", unit, present)
                evidence.caveats.setdefault(barrier.caveat.id, barrier)
            elif pool is None and _crowded(problem, unit, line.sector, placed):
                evidence.add("share limit", unit, present)
            elif (pool is not None and not here) or (here and _outranked(problem, number, month, people)):
                evidence.add("used elsewhere", unit, present)
    return evidence


def _main(evidence: _Evidence, total: int) -> Reason:
    best = max(SPECIFIC, key=lambda reason: evidence.people.get(reason, 0.0))
    if evidence.people.get(best, 0.0) >= ENOUGH * total:
        return best
    return "used elsewhere" if evidence.people.get("used elsewhere", 0.0) > 0 else "nothing pledged"


def _barrier(problem: Problem, unit: int, line: RequirementLine, month: int) -> Barrier | None:
    item = problem.units[unit]
    for barrier in item.barriers:
        holds = barrier.holds(item.presence.taskable, problem.calendar.months[month])
        if holds and bars(barrier, problem.tasks.get(line.task), line.sector, line.crosses_sectors):
            return barrier
    return None


def _crowded(problem: Problem, unit: int, sector: str, placed: dict[int, int]) -> bool:
    nations = {problem.options[index].member for index in placed.values() if problem.sector_of(index) == sector}
    return problem.units[unit].pledge.member not in nations and len(nations) >= problem.contingents


def _outranked(problem: Problem, number: int, month: int, people: list[list[int]]) -> bool:
    line = problem.lines[number]
    return any(
        people[other][month] and problem.weights[other] > problem.weights[number]
        for other, item in enumerate(problem.lines)
        if (item.sector, item.capability) == (line.sector, line.capability)
    )


def _text(
    problem: Problem,
    number: int,
    month: int,
    gap: int,
    reason: Reason,
    evidence: _Evidence,
    capable: dict[int, Capability],
    people: list[list[int]],
) -> str:
    line = problem.lines[number]
    sector = problem.sectors[line.sector].name if line.sector in problem.sectors else line.sector
    task = problem.tasks[line.task].title if line.task in problem.tasks else line.task
    wanted = problem.demand[number][month]
    days = problem.calendar.months[month]
    head = (
        f"{line.capability.value.capitalize()} in {sector} for '{task}' is {gap:,} of {wanted:,} people short"
        f" in month {month} (D+{days[0]} to D+{days[-1]})"
    )
    units = evidence.units.get(reason, {})
    named = _names(problem, units) if units else "no unit"
    match reason:
        case "caveat":
            why = "; ".join(item.caveat.text.rstrip(".") for item in evidence.caveats.values())
            return f"{head} because caveats bar {named} ({why})."
        case "agreement":
            return f"{head} because no transfer of authority is in effect for {named} on all the days that they are there."
        case "date":
            first = min(problem.units[unit].presence.start for unit in units)
            return f"{head} because {named} can serve only later, the first of them from D+{first}."
        case "tour":
            last = min(problem.units[unit].presence.end for unit in units)
            return f"{head} because the promised tours of {named} run out, the first on D+{last}."
        case "share limit":
            return f"{head} because {sector} already holds {problem.contingents} contingents, which keeps out {named}."
        case "used elsewhere":
            return f"{head} because {named} {'serves' if len(units) == 1 else 'serve'} on tasks that count for more."
        case "nothing pledged":
            fitting = {unit: 1.0 for unit, capability in capable.items() if capability is line.capability}
            there = {unit: 1.0 for unit in fitting if problem.units[unit].pledge.sector in (None, line.sector)}
            if not fitting:
                return f"{head} because no member has pledged {line.capability.value}."
            if not there:
                return f"{head} because every unit of that capability is pledged for another sector."
            filled = sum(
                people[other][month]
                for other, item in enumerate(problem.lines)
                if (item.sector, item.capability) == (line.sector, line.capability)
            )
            return f"{head} because no more is pledged: {_names(problem, there)} and stand-ins bring {filled:,} people then, all at work."


def _cure(problem: Problem, line: RequirementLine, month: int, gap: int, reason: Reason, evidence: _Evidence, reference: Reference) -> str:
    units = evidence.units.get(reason, {})
    worth = f"up to {min(evidence.people.get(reason, 0.0), 1e9):,.0f} people-months"
    biggest = max(units, key=lambda unit: (units[unit], -unit), default=None)
    item = None if biggest is None else problem.units[biggest]
    member = "" if item is None else _member(problem, item.pledge.member)
    days = problem.calendar.months[month]
    if item is None or reason in ("used elsewhere", "nothing pledged"):
        return _pledge(line.capability, gap, max(0, days[0] - round(reference.value("movement.planning-days"))), reference)
    match reason:
        case "caveat":
            barrier = _barrier_of(evidence, item.pledge.member)
            who = f" ({barrier.caveat.waived_by} can lift it)" if barrier.caveat.waived_by else ""
            return f"Ask {member} to lift the caveat {barrier.caveat.id}{who}: {worth}."
        case "agreement":
            return f"Bring a transfer of authority of {member} into effect by D{item.presence.start:+d}: {worth}."
        case "date":
            earlier = item.presence.start - max(0, days[0])
            return f"Ask {member} to bring {item.pledge.name} forward by {max(1, earlier)} days, to D+{max(0, days[0])}: {worth}."
        case "tour":
            return f"Ask {member} for one more tour of {item.pledge.name} from D+{item.presence.end + 1}: {worth}."
        case _:
            return f"Allow one more contingent in the sector, for {item.pledge.name} ({member}): {worth}."


def _barrier_of(evidence: _Evidence, member: str) -> Barrier:
    own = [barrier for barrier in evidence.caveats.values() if barrier.caveat.member == member]
    return own[0] if own else next(iter(evidence.caveats.values()))


def _pledge(capability: Capability, gap: int, by: int, reference: Reference) -> str:
    kinds = [kind for kind in reference.unit_types.values() if kind.capability is capability and kind.strength > 0]
    if not kinds:
        return f"Ask for {gap:,} people of {capability.value}, ready to load by D+{by}."
    kind = min(kinds, key=lambda item: (ceil(gap / item.strength) * item.strength, ceil(gap / item.strength), item.id))
    number = ceil(gap / kind.strength)
    name = kind.name[0].lower() + kind.name[1:]
    return f"Ask for {number} x {name} ({number * kind.strength:,.0f} people), ready to load by D+{by}."


def _names(problem: Problem, units: dict[int, float]) -> str:
    order = sorted(units, key=lambda unit: (-units[unit], unit))
    shown = [f"{problem.units[unit].pledge.name} ({_member(problem, problem.units[unit].pledge.member)})" for unit in order[:3]]
    if len(order) > 3:
        shown.append(f"{len(order) - 3} more unit{'s' if len(order) > 4 else ''}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _member(problem: Problem, member: str) -> str:
    return problem.members[member].name if member in problem.members else member


def _idle_reason(problem: Problem, unit: int, taken: tuple[int, ...], people: list[list[int]]) -> str:
    item = problem.units[unit]
    pledge, there = item.pledge, item.presence
    last = problem.calendar.months[-1][-1]
    if not item.known:
        return f"Its type {pledge.unit_type} is not in the reference set."
    if pledge.strength < 1:
        return "It is pledged without people."
    if there.start > last or there.end < 0:
        return f"It can serve from D+{there.start} to D+{there.end}, outside the plan."
    if not there.taskable:
        return f"No transfer of authority of {_member(problem, pledge.member)} is in effect while it is there."
    if pledge.sector is not None and all(line.sector != pledge.sector for line in problem.lines):
        return f"It is pledged for {pledge.sector} only, where no task asks for anyone."
    options = problem.by_unit[unit]
    if not options:
        if item.barriers:
            names = ", ".join(barrier.caveat.id for barrier in item.barriers)
            return f"No line asks for what it can do while it is there, or its caveats bar it ({names})."
        return "No line asks for what it can do while it is there."
    placed = {problem.options[index].unit: index for index in taken}
    if all(_crowded(problem, unit, problem.sector_of(index), placed) for index in options):
        return f"Every sector it could serve in already holds {problem.contingents} contingents."
    short = any(_could_fill(problem, index, people) for index in options)
    if short:
        return "It would fill places that count for less than what its arrival would displace."
    return "The lines it could fill are full without it."


def _could_fill(problem: Problem, index: int, people: list[list[int]]) -> bool:
    option = problem.options[index]
    return any(
        option.people[month] and option.open[month] >> bit & 1 and problem.demand[line][month] > people[line][month]
        for bit, line in enumerate(problem.pools[option.pool].lines)
        for month in range(len(problem.calendar.months))
    )

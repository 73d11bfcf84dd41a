"""Why a line is short and what would cure it; why a unit has no place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casque.forces.cures import cheapest
from casque.forces.evidence import Evidence, Placing, gather
from casque.forces.matched import part_text
from casque.forces.problem import Problem
from casque.plan.force import Idle, Reason, Shortfall
from casque.reference.load import Reference


def shortfalls(problem: Problem, taken: tuple[int, ...], people: list[list[int]], reference: Reference) -> tuple[Shortfall, ...]:
    """Every line that lacks anyone in any month, the heaviest first by weight and people-months; the reason is that of its worst month."""
    placed = {problem.options[index].unit: index for index in taken}
    capable = {unit: reference.unit_types[item.pledge.unit_type].capability for unit, item in enumerate(problem.units) if item.known}
    placing = Placing(problem, taken, people, placed, capable)
    found: list[tuple[float, Shortfall]] = []
    for number, line in enumerate(problem.lines):
        gaps = [wanted - filled for wanted, filled in zip(problem.demand[number], people[number], strict=True)]
        total = sum(gaps)
        if total <= 0:
            continue
        worst = max(range(len(gaps)), key=lambda month: (gaps[month], -month))
        then = gather(placing, number, [gap if month == worst else 0 for month, gap in enumerate(gaps)])
        reason = then.main(gaps[worst])
        cure = cheapest(placing, number, gaps, gather(placing, number, gaps), reference)
        shortfall = Shortfall(
            line=line.id,
            sector=line.sector,
            capability=line.capability,
            priority=line.priority,
            people_months=float(total),
            worst_month=worst,
            worst=float(gaps[worst]),
            reason=reason,
            text=_text(placing, number, worst, gaps[worst], reason, then),
            cure=f"{cure.text}: fills {cure.closes:,} of {total:,} people-months.",
            cure_weight=cure.weight,
            closes=float(cure.closes),
        )
        found.append((problem.weights[number] * total, shortfall))
    return tuple(shortfall for _, shortfall in sorted(found, key=lambda pair: (-pair[0], pair[1].line)))


def idle(problem: Problem, taken: tuple[int, ...], people: list[list[int]]) -> tuple[Idle, ...]:
    """Every unit without a place, with the reason; parts of a pledge with the same reason stand together."""
    placing = Placing(problem, taken, people, {problem.options[index].unit: index for index in taken}, {})
    parts: dict[tuple[str, str], list[int]] = {}
    whole: dict[str, int] = {}
    for unit, item in enumerate(problem.units):
        whole[item.pledge.id] = item.of
        if unit not in placing.placed:
            parts.setdefault((item.pledge.id, _idle_reason(placing, unit)), []).append(item.part)
    return tuple(Idle(unit=unit, part=part_text(own, whole[unit]), reason=reason) for (unit, reason), own in parts.items())


def _text(placing: Placing, number: int, month: int, gap: int, reason: Reason, evidence: Evidence) -> str:
    problem = placing.problem
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
            return f"{head} because the promised tours of {named} {_gone(placing, units, days)}."
        case "contingents":
            return f"{head} because {sector} already holds {problem.most_nations(line.sector)} contingents, which keeps out {named}."
        case "share limit":
            return f"{head} because the share or the ceiling that their nations have set keeps out {named}."
        case "money":
            return f"{head} because the budget for people does not reach for {named}."
        case "used elsewhere":
            return f"{head} because {named} {'serves' if len(units) == 1 else 'serve'} on tasks that count for more."
        case "nothing pledged":
            fitting = {unit: 1.0 for unit, capability in placing.capable.items() if capability is line.capability}
            there = {unit: 1.0 for unit in fitting if problem.units[unit].pledge.sector in (None, line.sector)}
            if not fitting:
                return f"{head} because no member has pledged {line.capability.value}."
            if not there:
                return f"{head} because every unit of that capability is pledged for another sector."
            filled = sum(
                placing.people[other][month]
                for other, item in enumerate(problem.lines)
                if (item.sector, item.capability) == (line.sector, line.capability)
            )
            return f"{head} because no more is pledged: {_names(problem, there)} and stand-ins bring {filled:,} people then, all at work."


def _gone(placing: Placing, units: Iterable[int], days: tuple[int, ...]) -> str:
    """When some units are away in a month: their tours run out, or lie before and after it."""
    lasts = [placing.presence(unit).end for unit in units]
    if min(lasts) <= days[-1]:
        return f"run out, the first on D+{min(lasts)}"
    return "leave them at rest then, or do not begin before"


def _names(problem: Problem, units: dict[int, float]) -> str:
    by_pledge: dict[str, int] = {}
    for unit in sorted(units, key=lambda unit: (-units[unit], unit)):
        by_pledge.setdefault(problem.units[unit].pledge.id, unit)
    order = list(by_pledge.values())
    shown = [f"{problem.units[unit].pledge.name} ({_member(problem, problem.units[unit].pledge.member)})" for unit in order[:3]]
    if len(order) > 3:
        shown.append(f"{len(order) - 3} more unit{'s' if len(order) > 4 else ''}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _member(problem: Problem, member: str) -> str:
    return problem.members[member].name if member in problem.members else member


def _idle_reason(placing: Placing, unit: int) -> str:
    problem = placing.problem
    item = problem.units[unit]
    pledge, there = item.pledge, item.presence
    last = problem.calendar.months[-1][-1]
    if not item.known:
        return f"Its type {pledge.unit_type} is not in the reference set."
    if pledge.strength < 1:
        return "It is pledged without people."
    if there.start > last or there.end < 0:
        return f"It can serve from D+{there.start} to D+{there.end}, outside the plan."
    if not any(found.taskable for found in item.schedules or (there,)):
        return f"No transfer of authority of {_member(problem, pledge.member)} is in effect while it is there."
    if pledge.sector is not None and all(line.sector != pledge.sector for line in problem.lines):
        return f"It is pledged for {pledge.sector} only, where no task asks for anyone."
    options = problem.by_unit[unit]
    if not options:
        if item.barriers:
            names = ", ".join(barrier.caveat.id for barrier in item.barriers)
            return f"No line asks for what it can do while it is there, or its caveats bar it ({names})."
        return "No line asks for what it can do while it is there."
    open_to = [index for index in options if not placing.crowded(unit, problem.sector_of(index))]
    if not open_to:
        most = max(problem.most_nations(problem.sector_of(index)) for index in options)
        return f"Every sector it could serve in already holds {most} contingents."
    limit = placing.kept_out(open_to)
    if limit == "money":
        return "The budget for people does not reach for it."
    if limit is not None:
        return f"It would pass the share or the ceiling that {_member(problem, pledge.member)} has set."
    short = any(_could_fill(problem, index, placing.people) for index in options)
    if short:
        return "It would fill places that count for less than what its arrival would displace."
    return "The lines it could fill are full without it."


def _could_fill(problem: Problem, index: int, people: Sequence[Sequence[int]]) -> bool:
    option = problem.options[index]
    return any(
        option.people[month] and option.open[month] >> bit & 1 and problem.demand[line][month] > people[line][month]
        for bit, line in enumerate(problem.pools[option.pool].lines)
        for month in range(len(problem.calendar.months))
    )

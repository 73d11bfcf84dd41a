"""Checks a force record against the mission and the requirement by a reckoning of its own.

It shares no code with what found the plan: dates, tours, caveats, limits and sums are worked out again from what was written. What it
returns is empty for a plan that keeps every rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import floor

from ortools.graph.python import max_flow

from casque.forces.verify_days import day_faults, days_of_month, number_of_months, served, there
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.plan.force import Assignment, ForceRecord, Idle
from casque.plan.record import DAYS_PER_MONTH
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

EPSILON = 1e-6


def verify(
    mission: Mission, reference: Reference, requirement: RequirementRecord, record: ForceRecord, contingents: int | None = None
) -> tuple[str, ...]:
    """Everything that is wrong with a plan, as sentences. `contingents` is the most nations in one sector where that was set by hand."""
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    faults = list(_places(record, pledges))
    sound: list[tuple[Assignment, Pledge]] = []
    for item in record.assignments:
        pledge = pledges.get(item.unit)
        if pledge is None:
            continue
        name = f"{item.unit}{f' part {item.part}' if item.part else ''}"
        found = [*_kind_faults(mission, reference, pledge, item), *day_faults(mission, reference, pledge, item)]
        faults += [f"{name} {fault}." for fault in found]
        sound.append((item, pledge))
    faults += _nations(mission, reference, record, contingents)
    faults += _ceilings(mission, reference, requirement, sound)
    faults += _fills(mission, requirement, record, sound)
    faults += _sums(mission, reference, requirement, record)
    return tuple(faults)


def parts_of(text: str, pledge: Pledge) -> tuple[set[int], int]:
    """Parts that a label such as `1-3, 5 of 6` names, and into how many the pledge is split; all of them for an empty label."""
    of = max(1, min(pledge.splits_into, floor(pledge.strength)))
    if not text:
        return set(range(1, of + 1)), of
    named, _, whole = text.partition(" of ")
    found: set[int] = set()
    for run in named.split(", "):
        low, _, high = run.partition("-")
        found |= set(range(int(low), int(high or low) + 1))
    return found, int(whole)


def people_of(pledge: Pledge, part: int, of: int) -> float:
    """People of one part: whole people dealt out in turn, the first parts one more, and a fraction of a person with the first."""
    if of == 1:
        return pledge.strength
    whole = int(pledge.strength // 1)
    return sum(1 for person in range(whole) if person % of == part - 1) + (pledge.strength - whole if part == 1 else 0.0)


def _places(record: ForceRecord, pledges: dict[str, Pledge]) -> Iterator[str]:
    seen: dict[str, list[int]] = defaultdict(list)
    placed_or_not: list[Assignment | Idle] = [*record.assignments, *record.idle]
    for item in placed_or_not:
        pledge = pledges.get(item.unit)
        if pledge is None:
            yield f"{item.unit} is no pledged unit."
            continue
        parts, of = parts_of(item.part, pledge)
        if of != parts_of("", pledge)[1] or not parts <= set(range(1, of + 1)):
            yield f"{item.unit} has no parts {item.part}."
        seen[item.unit] += sorted(parts)
        if isinstance(item, Assignment) and abs(item.strength - sum(people_of(pledge, part, of) for part in parts)) > EPSILON:
            yield f"{item.unit} serves with {item.strength:g} people, which is not what was pledged."
    for name, pledge in pledges.items():
        if sorted(seen[name]) != sorted(parts_of("", pledge)[0]):
            yield f"{name} does not have one place or one reason for each of its parts."


def _kind_faults(mission: Mission, reference: Reference, pledge: Pledge, item: Assignment) -> Iterator[str]:
    kind = reference.unit_types.get(pledge.unit_type)
    if kind is None or item.unit_type != pledge.unit_type or item.member != pledge.member:
        yield "is of another type or member than pledged, or of a type that nobody knows"
        return
    quality = 1.0 if item.capability is kind.capability else kind.stands_in.get(item.capability, 0.0)
    if abs(item.quality - quality) > EPSILON or quality <= 0:
        yield f"serves as {item.capability.value} at quality {item.quality:g}, its type does at {quality:g}"
    if pledge.sector is not None and item.sector != pledge.sector:
        yield f"serves in {item.sector}, and was pledged for {pledge.sector}"
    leads = {sector.id for sector in mission.area.sectors if sector.lead == pledge.member}
    if item.sector not in leads and any(sector.lead_stays for sector in mission.area.sectors if sector.id in leads):
        yield f"serves in {item.sector}, and its nation is bound to the sectors that it leads"


def _nations(mission: Mission, reference: Reference, record: ForceRecord, contingents: int | None) -> Iterator[str]:
    usual = round(reference.value("force.contingents-per-sector")) if contingents is None else contingents
    own = {sector.id: sector.most_nations for sector in mission.area.sectors if contingents is None}
    nations: dict[str, set[str]] = defaultdict(set)
    for item in record.assignments:
        nations[item.sector].add(item.member)
    for sector, members in sorted(nations.items()):
        most = own.get(sector) or usual
        if len(members) > most:
            yield f"{sector} holds {len(members)} nations, {most} at most."


def _ceilings(
    mission: Mission, reference: Reference, requirement: RequirementRecord, sound: list[tuple[Assignment, Pledge]]
) -> Iterator[str]:
    horizon = max(1, int(mission.about.horizon))
    months = number_of_months(mission)
    asked = sum(floor(people + 1e-9) for line in requirement.lines for people in line.by_month[:months])

    def person_days(item: Assignment) -> float:
        spans = item.spans or ((item.start, item.end),)
        return item.strength * sum(sum(1 for day in range(max(0, first), min(last + 1, horizon))) for first, last in spans)

    if mission.about.budget is not None:
        each = sum(reference.value(name) for name in ("cost.personnel", "cost.equipment", "cost.overhead"))
        spent = sum(person_days(item) for item, _ in sound) / DAYS_PER_MONTH * each
        if spent > mission.about.budget + EPSILON:
            yield f"The people of the force cost {spent:,.0f} USD, {mission.about.budget:,.0f} at most."
    for member in mission.alliance.members:
        own = [item for item, pledge in sound if pledge.member == member.id]
        share = sum(map(person_days, own)) / DAYS_PER_MONTH
        if member.share_at_most is not None and share > member.share_at_most * asked + EPSILON:
            yield f"{member.id} provides {share:,.0f} people-months, {member.share_at_most * asked:,.0f} at most."
        if member.people_at_most is not None:
            most = max((sum(item.strength for item in own if there(item, day)) for day in range(horizon)), default=0.0)
            if most > member.people_at_most + EPSILON:
                yield f"{member.id} has {most:,.0f} people there at once, {member.people_at_most:,.0f} at most."


def _fills(
    mission: Mission,
    requirement: RequirementRecord,
    record: ForceRecord,
    sound: list[tuple[Assignment, Pledge]],
) -> Iterator[str]:
    if [fill.line for fill in record.fills] != [line.id for line in requirement.lines]:
        yield "The lines of the record are not those of the requirement."
        return
    for line, fill in zip(requirement.lines, record.fills, strict=True):
        for month, (wanted, filled) in enumerate(zip(fill.required, fill.filled, strict=True)):
            asked = line.by_month[month] if month < len(line.by_month) else 0.0
            if wanted != floor(asked + 1e-9) or not 0 <= filled <= wanted:
                yield f"{line.id} is filled with {filled:g} of {wanted:g} people in month {month}, {asked:g} asked for."
    presence = [(item, pledge, served(mission, item)) for item, pledge in sound]
    for month in range(number_of_months(mission)):
        missing = _uncarried(mission, requirement, record, presence, month)
        if missing:
            yield f"In month {month} the units that are there and free to act lack {missing} of the people that the lines count on."


def _uncarried(
    mission: Mission,
    requirement: RequirementRecord,
    record: ForceRecord,
    presence: list[tuple[Assignment, Pledge, set[int]]],
    month: int,
) -> int:
    """People counted on the lines of a month beyond what the units can carry at once, by a maximum flow from units to lines."""
    days = days_of_month(mission, month)
    if not days:
        return 0
    network = max_flow.SimpleMaxFlow()
    lines, units = len(requirement.lines), len(presence)
    source, sink = lines + units, lines + units + 1
    wanted = 0
    for index, fill in enumerate(record.fills):
        number = int(fill.filled[month]) if month < len(fill.filled) else 0
        wanted += number
        network.add_arc_with_capacity(units + index, sink, number)
    for position, (item, pledge, serving) in enumerate(presence):
        there_then = serving.intersection(days)
        parts, of = parts_of(item.part, pledge)
        share = len(there_then) / len(days)
        people = sum(floor(people_of(pledge, part, of) * item.quality * share + 1e-9) for part in parts)
        network.add_arc_with_capacity(source, position, people)
        for index, line in enumerate(requirement.lines):
            fits = (line.sector, line.capability) == (item.sector, item.capability)
            if fits and people and not barred(mission, pledge, line, there_then):
                network.add_arc_with_capacity(position, units + index, people)
    network.add_arc_with_capacity(source, sink, 0)
    network.solve(source, sink)
    return wanted - int(network.optimal_flow())


def barred(mission: Mission, pledge: Pledge, line: RequirementLine, there_then: set[int]) -> bool:
    """Whether a caveat keeps a unit from a line on any of the days on which it is there in a month."""
    for caveat in mission.engagement.caveats:
        if caveat.member == pledge.member and (not caveat.units or pledge.id in caveat.units) and _hits(mission, caveat, line):
            first = None if caveat.from_day is None else (caveat.from_day - mission.about.d_day).days
            last = None if caveat.until is None else (caveat.until - mission.about.d_day).days
            if any((first is None or first <= day) and (last is None or day <= last) for day in there_then):
                return True
    return False


def _hits(mission: Mission, caveat: Caveat, line: RequirementLine) -> bool:
    if line.sector in caveat.bars_sectors or (line.crosses_sectors and caveat.bars_crossing):
        return True
    task = next((item for item in mission.tasks.tasks if item.id == line.task), None)
    if task is None:
        return False
    barred_rules = set(mission.engagement.rules_barred(caveat))
    return (
        line.task in caveat.bars_tasks
        or not barred_rules.isdisjoint(task.rules_to_use)
        or (caveat.force_at_most is not None and task.force_level.rank > caveat.force_at_most.rank)
        or (task.force_of is not None and bool(task.sectors) and all(sector in caveat.bars_sectors for sector in task.sectors))
    )


def _sums(mission: Mission, reference: Reference, requirement: RequirementRecord, record: ForceRecord) -> Iterator[str]:
    weights = [reference.value(f"force.weight-{line.priority}") for line in requirement.lines]
    value = sum(weight * sum(fill.filled) for weight, fill in zip(weights, record.fills, strict=False))
    if abs(value - record.outcome.value) > EPSILON * max(1.0, value):
        yield f"The record states a weighted fill of {record.outcome.value:,.1f}; its lines add up to {value:,.1f}."
    if record.outcome.value > record.outcome.bound + EPSILON:
        yield "The record states a weighted fill above its own bound."
    for month, share in enumerate(record.weighted_fill):
        wanted = sum(weight * fill.required[month] for weight, fill in zip(weights, record.fills, strict=False))
        filled = sum(weight * fill.filled[month] for weight, fill in zip(weights, record.fills, strict=False))
        if abs(share - (filled / wanted if wanted else 1.0)) > EPSILON:
            yield f"The record states that {share:.1%} is filled in month {month}, which its lines do not bear out."
    for month, people in enumerate(record.strength_by_month):
        days = days_of_month(mission, month)
        total = 0.0
        for item in record.assignments:
            taskable = served(mission, item).intersection(days)
            spans = item.spans or ((item.start, item.end),)
            total += item.strength * sum(first <= day <= last for day in taskable for first, last in spans) / len(days) if days else 0.0
        if abs(total - people) > 1e-3:
            yield f"The record states {people:,.1f} people in month {month}; its assignments add up to {total:,.1f}."

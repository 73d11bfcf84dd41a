"""Checks a force record against the mission by its own arithmetic: it shares no code with the solver."""

from __future__ import annotations

import itertools
from datetime import timedelta
from math import floor

from ortools.graph.python import max_flow, min_cost_flow

from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind
from casque.plan.force import ForceRecord
from casque.plan.record import DAYS_PER_MONTH
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

Place = tuple[Pledge, str, str, float]
"""A pledge, the sector and capability that it serves, and its quality."""


def month_days(mission: Mission, month: int) -> list[int]:
    """Days of a mission month inside the horizon."""
    return [day for day in range(int(mission.about.horizon)) if int(day // DAYS_PER_MONTH) == month]


def serving_days(mission: Mission, reference: Reference, pledge: Pledge) -> set[int]:
    """Days on which a unit is there under the force commander."""
    d_day = mission.about.d_day
    ready = (pledge.ready_to_load - d_day).days
    if pledge.required is not None:
        start = max([ready, (pledge.required - d_day).days, *([(pledge.earliest_arrival - d_day).days] if pledge.earliest_arrival else [])])
    elif pledge.earliest_arrival is not None:
        start = max(ready, (pledge.earliest_arrival - d_day).days)
    else:
        start = ready + round(reference.value("movement.planning-days"))
    length = round(pledge.tour * (1 + pledge.renewals) * DAYS_PER_MONTH)
    days = {day for day in range(start, start + length) if 0 <= day < int(mission.about.horizon)}
    transfers = [item for item in mission.agreements.agreements if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY]
    own = [item for item in transfers if not item.members or pledge.member in item.members]
    return {
        day
        for day in days
        if any(
            item.in_force is not None
            and item.status.value != "refused"
            and (item.in_force - d_day).days <= day
            and (item.expires is None or day <= (item.expires - d_day).days)
            for item in own
        )
    }


def rules_needed(mission: Mission, task: Task) -> set[str]:
    """Rules of engagement that a task needs leave from: none for self-defence, and never a prohibition."""
    if task.force_level.value == "self-defence":
        return set()
    return set(task.rules) & {rule.id for rule in mission.engagement.rules if rule.kind.value != "prohibition"}


def barred(mission: Mission, pledge: Pledge, line: RequirementLine, month: int, serving: set[int]) -> bool:
    """Whether a caveat keeps a unit from a line on any of its days in a month."""
    task = next(item for item in mission.tasks.tasks if item.id == line.task)
    for caveat in mission.engagement.caveats:
        if caveat.member != pledge.member or (caveat.units and pledge.id not in caveat.units):
            continue
        hits = (
            line.sector in caveat.bars_sectors
            or line.task in caveat.bars_tasks
            or bool(set(caveat.bars_rules) & rules_needed(mission, task))
            or (caveat.bars_crossing and line.crosses_sectors)
            or (caveat.force_at_most is not None and task.force_level.rank > caveat.force_at_most.rank)
        )
        first = -(10**6) if caveat.from_day is None else (caveat.from_day - mission.about.d_day).days
        last = 10**6 if caveat.until is None else (caveat.until - mission.about.d_day).days
        if hits and any(first <= day <= last for day in serving.intersection(month_days(mission, month))):
            return True
    return False


def effective(mission: Mission, reference: Reference, place: Place, month: int) -> int:
    """Whole effective people of a placed unit in a month."""
    pledge, _, _, quality = place
    days = month_days(mission, month)
    share = len(serving_days(mission, reference, pledge).intersection(days)) / len(days)
    return floor(pledge.strength * quality * share + 1e-9)


def best_fill(mission: Mission, reference: Reference, wanted: RequirementRecord, places: list[Place]) -> int:
    """Largest weighted fill, in people-months, of units whose places are settled: a minimum-cost flow for each month."""
    total = 0
    for month in range(wanted.months):
        network = min_cost_flow.SimpleMinCostFlow()
        lines = range(len(wanted.lines))
        sink, spare = len(places) + len(wanted.lines), len(places) + len(wanted.lines) + 1
        for position, place in enumerate(places):
            people = effective(mission, reference, place, month)
            serving = serving_days(mission, reference, place[0])
            network.set_node_supply(position, people)
            network.add_arc_with_capacity_and_unit_cost(position, spare, people, 0)
            for index in lines:
                line = wanted.lines[index]
                if (line.sector, line.capability.value) == place[1:3] and not barred(mission, place[0], line, month, serving):
                    network.add_arc_with_capacity_and_unit_cost(position, len(places) + index, people, 0)
        for index in lines:
            line = wanted.lines[index]
            weight = round(reference.value(f"force.weight-{line.priority}"))
            network.add_arc_with_capacity_and_unit_cost(len(places) + index, sink, floor(line.by_month[month]), -weight)
        supply = sum(effective(mission, reference, place, month) for place in places)
        network.add_arc_with_capacity_and_unit_cost(spare, sink, supply, 0)
        network.set_node_supply(sink, -supply)
        assert network.solve() == network.OPTIMAL
        total -= network.optimal_cost()
    return total


def brute_force(mission: Mission, reference: Reference, wanted: RequirementRecord, contingents: int = 10) -> int:
    """The best weighted fill over every way to place every unit."""
    choices: list[list[Place | None]] = []
    for pledge in mission.forces.pledges:
        kind = reference.unit_types[pledge.unit_type]
        own: list[Place | None] = [None]
        for sector, capability in sorted({(line.sector, line.capability) for line in wanted.lines}):
            quality = 1.0 if capability is kind.capability else kind.stands_in.get(capability, 0.0)
            if quality and pledge.sector in (None, sector):
                own.append((pledge, sector, capability.value, quality))
        choices.append(own)
    best = 0
    for chosen in itertools.product(*choices):
        places = [place for place in chosen if place is not None]
        sectors = {sector for _, sector, _, _ in places}
        if all(len({place[0].member for place in places if place[1] == sector}) <= contingents for sector in sectors):
            best = max(best, best_fill(mission, reference, wanted, places))
    return best


def verify(mission: Mission, reference: Reference, wanted: RequirementRecord, record: ForceRecord, contingents: int = 10) -> None:
    """Fails where a record breaks a date, a wish, a caveat, a capability, or its own arithmetic."""
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    named = [item.unit for item in record.assignments] + [item.unit for item in record.idle]
    assert sorted(named) == sorted(pledges), "every unit has one place or one reason"
    places: list[Place] = []
    for item in record.assignments:
        pledge = pledges[item.unit]
        kind = reference.unit_types[pledge.unit_type]
        assert item.quality == (1.0 if item.capability is kind.capability else kind.stands_in[item.capability])
        assert pledge.sector in (None, item.sector)
        assert item.start >= (pledge.ready_to_load - mission.about.d_day).days
        first = mission.about.d_day + timedelta(days=item.start)
        assert any(
            (not found.members or item.member in found.members) and found.in_force is not None and found.in_force <= first
            for found in mission.agreements.agreements
            if found.kind is AgreementKind.TRANSFER_OF_AUTHORITY
        )
        assert item.end - item.start + 1 <= round(pledge.tour * (1 + pledge.renewals) * DAYS_PER_MONTH)
        places.append((pledge, item.sector, item.capability.value, item.quality))
    for sector in sorted({place[1] for place in places}):
        assert len({place[0].member for place in places if place[1] == sector}) <= contingents
    value = 0.0
    for line, fill in zip(wanted.lines, record.fills, strict=True):
        weight = reference.value(f"force.weight-{line.priority}")
        value += weight * sum(fill.filled)
        assert all(
            0 <= filled <= required <= asked for filled, required, asked in zip(fill.filled, fill.required, line.by_month, strict=True)
        )
    assert abs(value - record.outcome.value) < 1e-6
    assert record.outcome.value <= record.outcome.bound + 1e-6
    for month in range(wanted.months):
        _carried(mission, reference, wanted, record, places, month)


def _carried(
    mission: Mission, reference: Reference, wanted: RequirementRecord, record: ForceRecord, places: list[Place], month: int
) -> None:
    """Whether the placed units can carry all fills of a month at once: a maximum flow."""
    network = max_flow.SimpleMaxFlow()
    source, sink = len(places) + len(wanted.lines), len(places) + len(wanted.lines) + 1
    for position, place in enumerate(places):
        people = effective(mission, reference, place, month)
        network.add_arc_with_capacity(source, position, people)
        serving = serving_days(mission, reference, place[0])
        for index, line in enumerate(wanted.lines):
            if (line.sector, line.capability.value) == place[1:3] and not barred(mission, place[0], line, month, serving):
                network.add_arc_with_capacity(position, len(places) + index, people)
    total = 0
    for index, fill in enumerate(record.fills):
        network.add_arc_with_capacity(len(places) + index, sink, int(fill.filled[month]))
        total += int(fill.filled[month])
    network.add_arc_with_capacity(source, sink, 0)
    assert network.solve(source, sink) == network.OPTIMAL
    assert network.optimal_flow() == total

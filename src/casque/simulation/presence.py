"""What lets a force in place take effect: how much of it may act, how well it is supplied, and how much is required."""

from __future__ import annotations

import numpy as np

from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord, Usable
from casque.plan.force import ForceRecord
from casque.plan.record import month_of
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import VITAL, BaseSupply, SupplyRecord
from casque.reference.load import Reference
from casque.simulation.units import presence_capabilities
from casque.simulation.world import UNLIMITED, Floats


def usable_shares(
    reference: Reference,
    requirement: RequirementRecord,
    engagement: EngagementRecord,
    sectors: tuple[str, ...],
    waived: dict[tuple[str, str], float] | None = None,
) -> Floats:
    """Share of each sector's force that may act, its tasks weighted by priority and size; 1 where nothing was worked out.

    `waived` gives people by task and sector that are permitted besides.
    """
    word = reference.value("simulation.word-share")
    priority = {line.task: line.priority for line in requirement.lines}
    acting, weight = np.zeros(len(sectors)), np.zeros(len(sectors))
    for row in engagement.usable:
        if row.sector in sectors and row.assigned > 0:
            column, heavy = sectors.index(row.sector), 6 - priority.get(row.task, 3)
            freed = min((waived or {}).get((row.task, row.sector), 0.0), row.assigned - row.permitted)
            acting[column] += heavy * _acting(row, word, freed) / row.assigned
            weight[column] += heavy
    return np.where(weight > 0, np.clip(acting / np.maximum(weight, 1e-9), 0.0, 1.0), 1.0)


def _acting(row: Usable, word: float, freed: float) -> float:
    """People who may act, those freed taken from the prohibited first and then from those who wait for a word."""
    waiting = max(0.0, row.needs_word - max(0.0, freed - row.prohibited))
    return row.permitted + freed + word * waiting


def barred_by_caveat(engagement: EngagementRecord, force: ForceRecord) -> dict[tuple[str, str], float]:
    """People by task and sector whom nothing but a caveat keeps from acting."""
    barred: dict[tuple[str, str], bool] = {}
    for decision in engagement.decisions:
        if decision.answer != "permitted":
            only_caveat = any(reason.startswith("caveat:") for reason in decision.decided_by)
            place = (decision.task, decision.unit)
            barred[place] = barred.get(place, True) and only_caveat
    people: dict[tuple[str, str], float] = {}
    for assignment in force.assignments:
        for (task, unit), caveat in sorted(barred.items()):
            if caveat and unit == assignment.unit:
                place = (task, assignment.sector)
                people[place] = people.get(place, 0.0) + assignment.strength
    return people


def required_people(reference: Reference, requirement: RequirementRecord, sectors: tuple[str, ...], days: int) -> Floats:
    """Patrolling and policing people required, sectors x days."""
    patrolling = presence_capabilities(reference)
    wanted = np.zeros((len(sectors), days))
    months = np.array([month_of(day) for day in range(days)])
    for line in requirement.lines:
        if line.sector in sectors and line.capability in patrolling and line.by_month:
            by_month = np.array(line.by_month, dtype=np.float64)
            wanted[sectors.index(line.sector)] += by_month[np.minimum(months, len(by_month) - 1)]
    return wanted


def supply_cover(
    mission: Mission, reference: Reference, supply: SupplyRecord, sectors: tuple[str, ...], days: int
) -> tuple[Floats, Floats]:
    """Planned days of supply of the scarcest vital class, and the least that policy asks of that class; sectors x days.

    Days before the first delivery count as covered by what units bring along.
    """
    default = reference.value("simulation.supply-least")
    least = {policy.supply_class: policy.least for policy in mission.supply.policies}
    cover = np.full((len(sectors), days), UNLIMITED)
    floor = np.full((len(sectors), days), default)
    for row in supply.bases:
        if row.sector not in sectors or row.supply_class not in VITAL or not row.days_of_supply:
            continue
        column = sectors.index(row.sector)
        stock, limit = _stock(row, days), max(least.get(row.supply_class, default), 1e-6)
        scarcer = stock / limit < cover[column] / floor[column]
        cover[column] = np.where(scarcer, stock, cover[column])
        floor[column] = np.where(scarcer, limit, floor[column])
    return cover, floor


def _stock(row: BaseSupply, days: int) -> Floats:
    def stretched(values: tuple[float, ...]) -> Floats:
        known = np.array(values or (0.0,), dtype=np.float64)
        return known[np.minimum(np.arange(days), len(known) - 1)]

    begun = np.cumsum(stretched(row.delivered) > 0) > 0
    counts = begun & (stretched(row.demand) > 0)
    stock: Floats = np.where(counts, stretched(row.days_of_supply), UNLIMITED)
    return stock

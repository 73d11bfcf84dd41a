"""What each caveat costs: the people it withholds, the tasks it touches, and how long it takes to lift."""

from __future__ import annotations

from casque.engagement.grounds import caveat_reasons
from casque.engagement.problem import Problem, Serving, binds
from casque.mission.engagement import Caveat
from casque.mission.tasks import Task
from casque.plan.engagement import CaveatCost


def caveat_costs(problem: Problem) -> tuple[CaveatCost, ...]:
    """Caveats, those that withhold most people first.

    A caveat that nobody is named to lift lasts until its last day, or to the end of the horizon.
    """
    costs = [_cost(problem, caveat) for caveat in problem.caveats]
    return tuple(sorted(costs, key=lambda cost: (-cost.people, -len(cost.tasks), -cost.hours, cost.caveat)))


def _cost(problem: Problem, caveat: Caveat) -> CaveatCost:
    withheld: dict[tuple[str, str], float] = {}
    tasks: list[str] = []
    for task in problem.tasks:
        touched = [unit for unit in problem.units if binds(caveat, unit) and _touches(problem, caveat, unit, task)]
        if touched:
            tasks.append(task.id)
            withheld.update({(unit.id, unit.sector): unit.people for unit in touched})
    return CaveatCost(
        caveat=caveat.id, member=caveat.member, people=round(sum(withheld.values()), 6), tasks=tuple(tasks), hours=_hours(problem, caveat)
    )


def _touches(problem: Problem, caveat: Caveat, unit: Serving, task: Task) -> bool:
    first, last = max(unit.start, problem.day(task.start)), min(unit.end, problem.day(task.end))
    if caveat.from_day is not None:
        first = max(first, problem.day(caveat.from_day))
    if caveat.until is not None:
        last = min(last, problem.day(caveat.until))
    if first > last:
        return False
    sectors = [
        sector
        for sector in task.sectors
        if (problem.serves(unit, task, sector) or task.crosses_sectors) and problem.capable(unit, task, sector)
    ]
    bars_rule = any(name in problem.rules and caveat.bars_use(problem.rules[name]) for name in task.rules_to_use)
    return any(bars_rule or caveat_reasons(problem, caveat, unit, task, sector) for sector in sectors)


def _hours(problem: Problem, caveat: Caveat) -> float:
    if caveat.waived_by:
        return caveat.expected_delay
    first = 0 if caveat.from_day is None else max(0, problem.day(caveat.from_day))
    last = problem.horizon if caveat.until is None else min(problem.horizon, problem.day(caveat.until) + 1)
    return 24.0 * max(0, last - first)

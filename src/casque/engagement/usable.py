"""Usable force: how many people may lawfully act on a task in a sector, and how many are on the spot after some hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casque.engagement.decide import verdict
from casque.engagement.problem import Problem, Serving
from casque.mission.tasks import Task
from casque.plan.engagement import Answer, Usable

Roads = Callable[[int], dict[tuple[str, str], float]]
"""Hours by road between sector bases on a day."""


@dataclass(frozen=True)
class Readiness:
    """How fast people answer a call: hours of notice, and the shares on duty and to spare for another sector."""

    notice: float
    duty: float
    spare: float


def usable(problem: Problem, readiness: Readiness, roads: Roads, hours: tuple[float, ...]) -> tuple[Usable, ...]:
    """Usable force for every task and sector, on the day on which most of the people assigned to it are there."""
    return tuple(_usable(problem, readiness, roads, hours, task, sector) for task in problem.tasks for sector in task.sectors)


def busiest_day(problem: Problem, task: Task, sector: str) -> int:
    """Day of the task on which most people of capable units assigned to the sector serve there.

    Of several such days, the one with most people in the sectors that could help; of these, the first.
    """
    first, last = problem.day(task.start), problem.day(task.end)
    helping = [unit for unit in problem.units if problem.capable(unit, task, sector)]
    own = [unit for unit in helping if problem.serves(unit, task, sector)]
    days = sorted({max(first, unit.start) for unit in helping if max(first, unit.start) <= min(last, unit.end)})
    return max(days, key=lambda day: (_people(own, day), _people(helping, day) if task.crosses_sectors else 0.0, -day), default=first)


def _people(units: list[Serving], day: int) -> float:
    return sum(unit.people for unit in units if unit.start <= day <= unit.end)


def _usable(problem: Problem, readiness: Readiness, roads: Roads, hours: tuple[float, ...], task: Task, sector: str) -> Usable:
    day = busiest_day(problem, task, sector)
    people: dict[Answer, float] = {"permitted": 0.0, "needs word": 0.0, "prohibited": 0.0}
    arrivals: list[tuple[float, float]] = []
    for unit in problem.units:
        own = problem.serves(unit, task, sector)
        if not unit.start <= day <= unit.end or not problem.capable(unit, task, sector) or not (own or task.crosses_sectors):
            continue
        ruling = verdict(problem, unit, task, day, sector)
        if own:
            people[ruling.answer] += unit.people
        travel = 0.0 if unit.sector == sector else roads(day).get((unit.sector, sector))
        if not unit.moved or ruling.answer == "prohibited" or travel is None:
            continue
        if own:
            arrivals.append((ruling.delay + travel, unit.people * readiness.duty))
            arrivals.append((ruling.delay + travel + readiness.notice, unit.people * (1 - readiness.duty)))
        else:
            arrivals.append((readiness.notice + ruling.delay + travel, unit.people * readiness.spare))
    return Usable(
        task=task.id,
        sector=sector,
        assigned=round(sum(people.values()), 6),
        permitted=round(people["permitted"], 6),
        needs_word=round(people["needs word"], 6),
        prohibited=round(people["prohibited"], 6),
        hours=hours,
        arriving=tuple(round(sum(number for when, number in arrivals if when <= hour), 6) for hour in hours),
        day=day,
    )

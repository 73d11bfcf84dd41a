"""The plan in the words of the record: who serves where and when, and how each line is filled."""

from __future__ import annotations

from collections.abc import Sequence

from casque.forces.fairness import fairness
from casque.forces.filling import spread
from casque.forces.problem import LEVELS, Option, Problem
from casque.forces.tours import Spans
from casque.plan.force import Assignment, Fill, LevelOutcome


def filled_people(problem: Problem, taken: tuple[int, ...]) -> list[list[int]]:
    """Effective people on each line in each month."""
    months = len(problem.calendar.months)
    people = [[0] * months for _ in problem.lines]
    by_pool: dict[int, list[int]] = {}
    for index in taken:
        by_pool.setdefault(problem.options[index].pool, []).append(index)
    for pool, options in by_pool.items():
        for month in range(months):
            for line, number in spread(pool, options, month, problem).items():
                people[line][month] = number
    return people


def assignments(problem: Problem, taken: tuple[int, ...]) -> tuple[Assignment, ...]:
    """Units with a place, in the order of the pledges; parts of a pledge that serve alike stand together.

    Each starts on the first day on which it is there and may be tasked.
    """
    alike: dict[tuple[str, int, Spans], list[Option]] = {}
    for option in sorted((problem.options[index] for index in taken), key=lambda option: option.unit):
        alike.setdefault((problem.units[option.unit].pledge.id, option.pool, option.tours), []).append(option)
    return tuple(_assignment(problem, options) for options in alike.values())


def _assignment(problem: Problem, options: Sequence[Option]) -> Assignment:
    option = options[0]
    unit, pool = problem.units[option.unit], problem.pools[option.pool]
    presence = problem.presence_of(option)
    return Assignment(
        unit=unit.pledge.id,
        part=part_text([problem.units[item.unit].part for item in options], unit.of),
        member=option.member,
        unit_type=unit.pledge.unit_type,
        capability=pool.capability,
        quality=option.quality,
        sector=pool.sector,
        strength=sum(problem.units[item.unit].strength for item in options),
        ready=problem.ready_of(option),
        start=presence.tasked,
        end=presence.end,
        tours=len(option.tours),
        spans=option.tours,
    )


def part_text(parts: Sequence[int], of: int) -> str:
    """Parts of a pledge as the record names them, such as `1-3 of 5`; empty where they are the whole of it."""
    if len(parts) == of:
        return ""
    runs: list[list[int]] = []
    for part in sorted(parts):
        if runs and part == runs[-1][-1] + 1:
            runs[-1].append(part)
        else:
            runs.append([part])
    return f"{', '.join(str(run[0]) if len(run) == 1 else f'{run[0]}-{run[-1]}' for run in runs)} of {of}"


LEVEL_TEXTS = {
    "risk": "People of the units with a place who by their members' record are likely to be missing, each times the weight of the heaviest"
    " task in their pool and the threat there, and a point for each month that a start waits.",
    "cohesion": "Nations in sectors and what separates each from the nation that leads: language, signals, equipment, no exercise together;"
    " units away from the sector that their nation leads or wished for.",
    "burden": "People-months beyond the fair share of each nation by {measure}, and nations left out.",
    "cost": "Thousands of USD for the people up to the horizon.",
}
"""What the points of each level stand for."""


def level_outcomes(problem: Problem, points: Sequence[int], proven: int) -> tuple[LevelOutcome, ...]:
    """Points against a plan by level; those of the first `proven` levels are proven least."""
    measure = fairness(problem.units, problem.members, problem.calendar.d_day.year).measure
    return tuple(
        LevelOutcome(level=name, points=number, bound=number if place < proven else None, text=LEVEL_TEXTS[name].format(measure=measure))
        for place, (name, number) in enumerate(zip(LEVELS, points, strict=True))
    )


def fills(problem: Problem, people: list[list[int]]) -> tuple[Fill, ...]:
    """Wanted and filled people of every line."""
    return tuple(
        Fill(line=line.id, required=tuple(map(float, wanted)), filled=tuple(map(float, filled)))
        for line, wanted, filled in zip(problem.lines, problem.demand, people, strict=True)
    )


def weighted_fill(problem: Problem, people: list[list[int]]) -> tuple[float, ...]:
    """Share of the requirement filled by month, weighted by priority; all of it where nothing is wanted."""
    shares: list[float] = []
    for month in range(len(problem.calendar.months)):
        wanted = sum(weight * months[month] for weight, months in zip(problem.weights, problem.demand, strict=True))
        filled = sum(weight * months[month] for weight, months in zip(problem.weights, people, strict=True))
        shares.append(filled / wanted if wanted else 1.0)
    return tuple(shares)


def strength(problem: Problem, taken: tuple[int, ...]) -> tuple[float, ...]:
    """People of all units with a place by month, while they may be tasked; a relieving unit counts beside the one that it relieves."""
    total = [0.0] * len(problem.calendar.months)
    for index in taken:
        option = problem.options[index]
        taskable = problem.presence_of(option).taskable
        people = problem.units[option.unit].strength
        for month, days in enumerate(problem.calendar.months):
            number = sum((first <= day <= last) for first, last in option.tours for day in days if day in taskable)
            total[month] += people * number / len(days) if days else 0.0
    return tuple(total)

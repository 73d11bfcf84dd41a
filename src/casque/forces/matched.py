"""The plan in the words of the record: who serves where and when, and how each line is filled."""

from __future__ import annotations

from casque.forces.filling import spread
from casque.forces.problem import Problem
from casque.plan.force import Assignment, Fill


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
    """Units with a place, in the order of the pledges; each starts on the first day on which it is there and may be tasked."""
    found: list[tuple[int, Assignment]] = []
    for index in taken:
        option = problem.options[index]
        unit = problem.units[option.unit]
        pool = problem.pools[option.pool]
        found.append(
            (
                option.unit,
                Assignment(
                    unit=unit.pledge.id,
                    member=option.member,
                    unit_type=unit.pledge.unit_type,
                    capability=pool.capability,
                    quality=option.quality,
                    sector=pool.sector,
                    strength=unit.pledge.strength,
                    start=unit.presence.tasked,
                    end=unit.presence.end,
                    tours=unit.presence.tours,
                ),
            )
        )
    return tuple(assignment for _, assignment in sorted(found, key=lambda pair: pair[0]))


def fills(problem: Problem, people: list[list[int]]) -> tuple[Fill, ...]:
    """Wanted and filled people of every line."""
    return tuple(
        Fill(line=line.id, required=tuple(map(float, wanted)), filled=tuple(map(float, filled)))
        for line, wanted, filled in zip(problem.lines, problem.demand, people, strict=True)
    )

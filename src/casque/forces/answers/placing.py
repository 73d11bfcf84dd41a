"""Placings: what they fill, who stands where under them, and the pools that elements and limits join."""

from __future__ import annotations

from collections.abc import Iterable

from casque.forces.answers.piece import Placing
from casque.forces.filling import pool_value
from casque.forces.problem import Limit, Problem


def joined(problem: Problem, units: Iterable[int]) -> tuple[frozenset[int], ...]:
    """Pools that some elements, and the limits that could bind, join with one another."""
    parent = list(range(len(problem.pools)))

    def find(pool: int) -> int:
        while parent[pool] != pool:
            parent[pool] = parent[parent[pool]]
            pool = parent[pool]
        return pool

    for options in (*(problem.by_unit[unit] for unit in units), *(row.options for row in problem.limits if could_bind(row, problem))):
        for other in options[1:]:
            parent[find(problem.options[other].pool)] = find(problem.options[options[0]].pool)
    found: dict[int, set[int]] = {}
    for pool, there in enumerate(problem.by_pool):
        if there:
            found.setdefault(find(pool), set()).add(pool)
    return tuple(frozenset(pools) for pools in found.values())


def could_bind(row: Limit, problem: Problem) -> bool:
    """Whether a limit could keep anybody out: its elements could use up more than it allows."""
    most: dict[int, int] = {}
    for index, amount in zip(row.options, row.amounts, strict=True):
        unit = problem.options[index].unit
        most[unit] = max(most.get(unit, 0), amount)
    return sum(most.values()) > row.most


def filled(problem: Problem, taken: Iterable[int]) -> int:
    """Weighted people-months, in tenths, that some options (positions) fill together."""
    return sum(pool_value(pool, options, problem) for pool, options in by_pool(problem, taken).items())


def by_pool(problem: Problem, taken: Iterable[int]) -> dict[int, list[int]]:
    """Options by the pool that they serve in."""
    result: dict[int, list[int]] = {}
    for index in taken:
        result.setdefault(problem.options[index].pool, []).append(index)
    return result


def ceiling(problem: Problem) -> int:
    """What no placing can fill more than: what all options would fill at once."""
    return sum(pool_value(pool, options, problem) for pool, options in enumerate(problem.by_pool) if options)


def allowed(problem: Problem, names: Placing) -> bool:
    """Whether a placing is a plan: each element once, within the limits, and no more nations in a sector than it may hold."""
    there = positions(problem, names)
    units = [problem.options[index].unit for index in there]
    if len(units) != len(set(units)):
        return False
    chosen = frozenset(there)
    if any(
        sum(amount for index, amount in zip(row.options, row.amounts, strict=True) if index in chosen) > row.most for row in problem.limits
    ):
        return False
    return all(len(members) <= problem.most_nations(sector) for sector, members in standing(problem, names).items())


def standing(problem: Problem, names: Placing) -> dict[str, set[str]]:
    """Nations in each sector under a placing."""
    result: dict[str, set[str]] = {}
    for index in positions(problem, names):
        result.setdefault(problem.sector_of(index), set()).add(problem.options[index].member)
    return result


def positions(problem: Problem, names: Placing) -> list[int]:
    """Positions of options by their names, rising; names that the problem does not have are left out."""
    wanted = frozenset(names)
    return [index for index, name in enumerate(problem.names) if name in wanted]


def once(problem: Problem, names: Placing) -> Placing:
    """A placing with the first option of each element only."""
    place = {name: index for index, name in enumerate(problem.names)}
    kept: dict[int, int] = {}
    for name in names:
        kept.setdefault(problem.options[place[name]].unit, name)
    return tuple(kept.values())


def trimmed(problem: Problem, names: Placing) -> Placing:
    """A placing with no more nations in a sector than it may hold: those that bring least there are left out."""
    kept = positions(problem, names)
    for sector, members in sorted(standing(problem, names).items()):
        for _ in range(len(members) - problem.most_nations(sector)):
            there = sorted({problem.options[index].member for index in kept if problem.sector_of(index) == sector})
            rest = {
                member: [index for index in kept if problem.options[index].member != member or problem.sector_of(index) != sector]
                for member in there
            }
            kept = max(rest.values(), key=lambda left: filled(problem, left))
    return tuple(problem.names[index] for index in kept)


def within(problem: Problem, pools: frozenset[int]) -> Problem:
    """The problem with the options in some pools only."""
    return problem.keeping([index for index, option in enumerate(problem.options) if option.pool in pools])

"""The matching problem as the arrays that the matching core reads.

A cell is a pool in months that look alike: the same elements with the same people before the same demands. A slot is one class of elements
in it, with the same open lines. A house is a sector, a standing a member in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.forces.blocks import blocks
from casque.forces.matching.instance import Array, Draft, Matching, Pairs
from casque.forces.problem import LEVELS, Problem


@dataclass(frozen=True)
class Arrays:
    """The arrays of a problem, and where its options are in them."""

    matching: Matching
    options: tuple[int, ...]
    """Option of each column."""
    columns: Array
    """Column of each option."""

    def taken(self, columns: Array) -> tuple[int, ...]:
        """Columns as options, rising."""
        return tuple(sorted(self.options[column] for column in columns.tolist()))


def arrays(problem: Problem) -> Arrays:
    """The arrays of a problem."""
    draft = Draft(levels=len(LEVELS), units=len(problem.units))
    people = _cells(draft, problem)
    order = sorted(range(len(problem.options)), key=lambda index: (problem.options[index].unit, index))
    rows: list[list[tuple[int, int]]] = [[] for _ in problem.options]
    over: list[list[tuple[int, int]]] = [[] for _ in problem.options]
    for limit in problem.limits:
        number = draft.row(limit.most)
        for index, amount in zip(limit.options, limit.amounts, strict=True):
            rows[index].append((number, amount))
    for excess in problem.excesses:
        number = draft.beyond(excess.level, excess.beyond, excess.price)
        for index, amount in zip(excess.options, excess.amounts, strict=True):
            over[index].append((number, amount))
    standings = _standings(draft, problem)
    for index in order:
        option = problem.options[index]
        standing = standings[option.member, problem.sector_of(index)]
        draft.column(option.unit, people[index], 0, rows[index], standing, option.points, over[index])
    columns = np.zeros(len(order), np.int64)
    columns[order] = np.arange(len(order))
    return Arrays(draft.matching(), tuple(order), columns)


def _standings(draft: Draft, problem: Problem) -> dict[tuple[str, str], int]:
    houses: dict[str, int] = {}
    found: dict[tuple[str, str], int] = {}
    for index, option in enumerate(problem.options):
        sector = problem.sector_of(index)
        if sector not in houses:
            houses[sector] = draft.house(problem.most_nations(sector))
        if (option.member, sector) not in found:
            found[option.member, sector] = draft.stand(houses[sector], problem.standing.get((option.member, sector), ()))
    return found


def _cells(draft: Draft, problem: Problem) -> list[Pairs]:
    """Adds the cells, and gives the slots and people of each option."""
    people: list[list[tuple[int, int]]] = [[] for _ in problem.options]
    for block in blocks(problem):
        wanted = [(block.months * group.weight, group.demand, sum(1 << position for position in group.classes)) for group in block.wanted]
        first = draft.cell(len(block.classes), wanted)
        for position, inside in enumerate(block.classes):
            for index, number in inside:
                people[index].append((first + position, number))
    return list(people)

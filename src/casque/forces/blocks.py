"""Months that look alike: the same elements with the same people before the same demands, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casque.forces.filling import Group, groups
from casque.forces.problem import Problem


@dataclass(frozen=True)
class Block:
    """Months of a pool that look alike: options by class of open lines, with their people, and what is wanted of the classes."""

    pool: int
    months: int
    classes: tuple[tuple[tuple[int, int], ...], ...]
    wanted: tuple[Group, ...]


def blocks(problem: Problem) -> tuple[Block, ...]:
    """The months of every pool, months that look alike counted once; pool by pool, each block where its first month stands."""
    found: dict[tuple[int, Any, Any], int] = {}
    for pool, options in enumerate(problem.by_pool):
        for month in range(len(problem.calendar.months)) if options else ():
            classes: dict[int, list[tuple[int, int]]] = {}
            for index in options:
                option = problem.options[index]
                if option.people[month] and option.open[month]:
                    classes.setdefault(option.open[month], []).append((index, option.people[month]))
            masks = sorted(classes)
            wanted = groups(pool, month, masks, problem)
            if wanted:
                key = (pool, tuple(tuple(classes[mask]) for mask in masks), wanted)
                found[key] = found.get(key, 0) + 1
    return tuple(Block(pool, months, classes, wanted) for (pool, classes, wanted), months in found.items())

"""Variables of the integer program: who serves where, how many people go where each month, which nations stand in which sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from casque.forces.filling import Group, groups
from casque.forces.problem import Problem


@dataclass(frozen=True)
class Block:
    """Months of a pool that look alike: the same units with the same people before the same demands."""

    pool: int
    months: int
    classes: tuple[tuple[tuple[int, int], ...], ...]
    """Per class of units with the same open lines: option and effective people."""
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Variables:
    """The variables of one program."""

    takes: tuple[Any, ...]
    """Whether an option is taken, by option."""
    blocks: tuple[Block, ...]
    flows: tuple[dict[tuple[int, int], Any], ...]
    """People by class and group, for each block."""
    stands: dict[tuple[str, str], Any]
    """Whether a member has a unit in a sector."""


def blocks(problem: Problem) -> tuple[Block, ...]:
    """The months of every pool, months that look alike counted once."""
    found: dict[tuple[int, Any, Any], int] = {}
    for pool, options in enumerate(problem.by_pool):
        for month in range(len(problem.calendar.months)):
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


def variables(model: cp_model.CpModel, problem: Problem) -> Variables:
    """Adds the variables of a problem to a model."""
    takes = tuple(model.new_bool_var(f"takes {index}") for index in range(len(problem.options)))
    cut = blocks(problem)
    flows: list[dict[tuple[int, int], Any]] = []
    for number, block in enumerate(cut):
        flow: dict[tuple[int, int], Any] = {}
        for wanted, group in enumerate(block.groups):
            for source in group.classes:
                most = min(group.demand, sum(people for _, people in block.classes[source]))
                flow[source, wanted] = model.new_int_var(0, most, f"flow {number} {source} {wanted}")
        flows.append(flow)
    pairs = dict.fromkeys((option.member, problem.sector_of(index)) for index, option in enumerate(problem.options))
    stands = {pair: model.new_bool_var(f"stands {pair[0]} {pair[1]}") for pair in pairs}
    return Variables(takes, cut, tuple(flows), stands)

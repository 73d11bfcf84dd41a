"""Variables of the distribution program: tonnes a day by pair and class, by way, and the stocks, shortfalls and lacks they leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from casque.sustainment.demand import CLASSES
from casque.sustainment.problem import Pair, Problem

Key = tuple[int, int, int]


@dataclass
class Variables:
    """Solver variables by position; what can only be 0 has no variable."""

    flow: dict[Key, Any] = field(default_factory=dict)
    """Tonnes a day by pair, class and period."""
    way: dict[Key, Any] = field(default_factory=dict)
    """Tonnes a day by pair, way and period."""
    stock: dict[Key, Any] = field(default_factory=dict)
    """Tonnes at the end of the period by base, class and period."""
    short: dict[Key, Any] = field(default_factory=dict)
    """Tonnes a day of demand not met."""
    lack_least: dict[Key, Any] = field(default_factory=dict)
    """Tonnes below the least stock."""
    lack_target: dict[Key, Any] = field(default_factory=dict)
    """Tonnes between the least and the target stock that are missing."""
    depot: dict[Key, Any] = field(default_factory=dict)
    """Tonnes at the end of the period by depot, class and period."""
    lack_depot: dict[Key, Any] = field(default_factory=dict)
    """Tonnes below the level that a depot keeps."""
    left: dict[Key, Any] = field(default_factory=dict)
    """Tonnes left behind in a depot that is given up, by depot, class and the first period after its last day."""


def variables(solver: Any, problem: Problem) -> Variables:
    """All variables of the program."""
    made, most = Variables(), solver.infinity()
    periods = range(len(problem.periods.first))
    used = np.any(problem.demand > 0, axis=-1) | np.any(problem.brought > 0, axis=-1) | (problem.opening > 0)
    for base, supply_class in zip(*np.nonzero(used), strict=True):
        for period in periods:
            key = (int(base), int(supply_class), period)
            made.stock[key] = solver.NumVar(0.0, float(problem.room[key]), "")
            if problem.demand[key] > 0:
                made.short[key] = solver.NumVar(0.0, float(problem.demand[key]), "")
            if problem.target[key] > 0:
                least = float(problem.least[key])
                made.lack_least[key] = solver.NumVar(0.0, most, "")
                made.lack_target[key] = solver.NumVar(0.0, float(problem.target[key]) - least, "")
    for depot in range(len(problem.depot_capacity)):
        for supply_class in range(len(CLASSES)):
            for period in periods:
                closed = bool(problem.closed_depots[depot, period])
                made.depot[depot, supply_class, period] = solver.NumVar(0.0, 0.0 if closed else most, "")
                if closed and (period == 0 or not problem.closed_depots[depot, period - 1]):
                    made.left[depot, supply_class, period] = solver.NumVar(0.0, most, "")
                elif problem.depot_level[depot, supply_class] > 0 and not closed:
                    made.lack_depot[depot, supply_class, period] = solver.NumVar(0.0, most, "")
    for position, pair in enumerate(problem.pairs):
        for period in periods:
            _flows(solver, problem, made, position, pair, period)
    return made


def _flows(solver: Any, problem: Problem, made: Variables, position: int, pair: Pair, period: int) -> None:
    if not is_open(problem, pair, period):
        return
    classes = [item for item in pair.classes if pair.target == "depot" or problem.demand[pair.target_at, item, period] > 0]
    ways = [way for way in range(len(pair.ways)) if passable(problem, pair, way, period)]
    if not classes or not ways:
        return
    for supply_class in classes:
        made.flow[position, supply_class, period] = solver.NumVar(0.0, solver.infinity(), "")
    for way in ways:
        made.way[position, way, period] = solver.NumVar(0.0, solver.infinity(), "")


def is_open(problem: Problem, pair: Pair, period: int) -> bool:
    """Whether both ends of a pair work in a period."""
    source = problem.open_entries if pair.source == "entry" else problem.open_depots
    return bool(source[pair.source_at, period]) and (pair.target == "base" or bool(problem.open_depots[pair.target_at, period]))


def passable(problem: Problem, pair: Pair, way: int, period: int) -> bool:
    """Whether nothing on a way is closed in a period."""
    path = pair.ways[way]
    return all(problem.links[link, period] > 0 for link in path.links) and all(problem.nodes[node, period] > 0 for node in path.nodes)

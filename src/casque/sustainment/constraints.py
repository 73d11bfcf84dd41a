"""Constraints of the distribution program: stock balances, and what roads, nodes, trucks and trains can carry."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from casque.mission.mission import Mission
from casque.mission.vocabulary import NodeKind
from casque.sustainment.problem import Problem
from casque.sustainment.variables import Variables

_NO_LIMIT = 1e11


def add_balances(solver: Any, problem: Problem, made: Variables) -> None:
    """Stock at the end = stock before + brought + received - consumed, for every base, depot and class; and the lacks below targets."""
    arriving, leaving = _ends(problem, made)
    for (base, supply_class, period), stock in made.stock.items():
        key, days = (base, supply_class, period), float(problem.periods.length[period])
        fixed = float(problem.brought[key] - days * problem.demand[key] + (problem.opening[base, supply_class] if period == 0 else 0.0))
        row = _balance(solver, stock, made.stock.get((base, supply_class, period - 1)), fixed)
        for flow in arriving["base", base, supply_class, period]:
            row.SetCoefficient(flow, -days)
        if key in made.short:
            row.SetCoefficient(made.short[key], -days)
        if key in made.lack_least:
            wanted = solver.Constraint(float(problem.target[key]), solver.infinity())
            for term in (stock, made.lack_least[key], made.lack_target[key]):
                wanted.SetCoefficient(term, 1.0)
    for (depot, supply_class, period), stock in made.depot.items():
        days, key = float(problem.periods.length[period]), (depot, supply_class, period)
        row = _balance(
            solver,
            stock,
            made.depot.get((depot, supply_class, period - 1)),
            float(problem.depot_opening[depot, supply_class]) * (period == 0),
        )
        for flow in arriving["depot", depot, supply_class, period]:
            row.SetCoefficient(flow, -days)
        for flow in leaving[depot, supply_class, period]:
            row.SetCoefficient(flow, days)
        if key in made.left:
            row.SetCoefficient(made.left[key], 1.0)
        if key in made.lack_depot:
            level = solver.Constraint(float(problem.depot_level[depot, supply_class]), solver.infinity())
            level.SetCoefficient(stock, 1.0)
            level.SetCoefficient(made.lack_depot[key], 1.0)


def _balance(solver: Any, stock: Any, before: Any, fixed: float) -> Any:
    row = solver.Constraint(fixed, fixed)
    row.SetCoefficient(stock, 1.0)
    if before is not None:
        row.SetCoefficient(before, -1.0)
    return row


def _ends(problem: Problem, made: Variables) -> tuple[dict[Any, list[Any]], dict[Any, list[Any]]]:
    arriving, leaving = defaultdict(list), defaultdict(list)
    for (position, supply_class, period), flow in made.flow.items():
        pair = problem.pairs[position]
        arriving[pair.target, pair.target_at, supply_class, period].append(flow)
        if pair.source == "depot":
            leaving[pair.source_at, supply_class, period].append(flow)
    return arriving, leaving


def add_carriage(solver: Any, mission: Mission, problem: Problem, made: Variables) -> None:
    """What flows between two ends goes over their ways; ways share links, trucks, trains, and nodes that handle it or stand on a border."""
    carried: dict[tuple[int, int], list[tuple[Any, float]]] = defaultdict(list)
    rows: dict[tuple[str, int, int], list[tuple[Any, float]]] = defaultdict(list)
    border = [node.kind is NodeKind.BORDER for node in mission.transport.nodes]
    for (position, _, period), flow in made.flow.items():
        carried[position, period].append((flow, -1.0))
    for (position, way, period), flow in made.way.items():
        pair = problem.pairs[position]
        path = pair.ways[way]
        carried[position, period].append((flow, 1.0))
        for link in path.links:
            rows["links", link, period].append((flow, 1.0))
        handled = {path.nodes[-1]} | ({path.nodes[0]} if pair.source == "entry" else set())
        for node in path.nodes:
            if node in handled or border[node]:
                rows["nodes", node, period].append((flow, 1.0))
        for kind, length in (("road", path.road), ("rail", path.rail)):
            if length > 0:
                rows[kind, 0, period].append((flow, length))
    for terms in carried.values():
        _row(solver, 0.0, 0.0, terms)
    limits = {"links": problem.links, "nodes": problem.nodes, "road": problem.road[None, :], "rail": problem.rail[None, :]}
    for (kind, position, period), terms in rows.items():
        limit = float(limits[kind][position, period])
        if limit < _NO_LIMIT:
            _row(solver, -solver.infinity(), limit, terms)
    _add_rooms(solver, problem, made)


def _add_rooms(solver: Any, problem: Problem, made: Variables) -> None:
    """A depot holds no more than its capacity, all classes together."""
    held: dict[tuple[int, int], list[tuple[Any, float]]] = defaultdict(list)
    for (depot, _, period), stock in made.depot.items():
        held[depot, period].append((stock, 1.0))
    for (depot, _), terms in held.items():
        _row(solver, 0.0, float(problem.depot_capacity[depot]), terms)


def _row(solver: Any, least: float, most: float, terms: list[tuple[Any, float]]) -> None:
    row = solver.Constraint(least, most)
    for variable, coefficient in terms:
        row.SetCoefficient(variable, coefficient)

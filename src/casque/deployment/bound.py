"""Bounds that no schedule can pass: each unit with the network to itself, and a linear program of work forced into windows of days.

The linear program on closure: let every load split itself freely over its routes. If all are to be in by day T, then the use that a
load makes of a capacity on a route must fall between the first day on which it can get there and the last from which it still
arrives by T. In any window of days the uses that must fall inside may not exceed what the capacity offers inside (the energetic
argument of cumulative scheduling). This relaxes every schedule, with or without waiting on the way, so a day T for which it cannot
be met is a day by which no schedule closes. Windows are added as they are violated.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from casque.deployment.capacity import Floats
from casque.deployment.flow import arrival
from casque.deployment.problem import Problem
from casque.deployment.route import Ints, Route

_OVER = 1 + 1e-6
_ROUNDS = 40


@dataclass(frozen=True)
class Alone:
    """Earliest arrivals with the whole network to oneself, as day indices."""

    routes: tuple[tuple[tuple[float, ...], ...], ...]
    """By mover, load and route; infinity where a route never gets there."""

    def mover(self, index: int) -> float:
        """Earliest day index on which a unit is in place."""
        return max((min(routes) for routes in self.routes[index]), default=inf)


@dataclass(frozen=True)
class Demands:
    """Uses of capacities by all routes, one row each."""

    column: Ints
    """Number of the route among all loads' routes."""
    resource: Ints
    head: Ints
    """First day index on which it can fall."""
    tail: Ints
    """Last day it can fall on, counted from the day on which the journey would have started had all waiting been before it."""
    amount: Floats
    """Draw of a whole load, over all its days."""
    final: NDArray[np.bool_]
    """Whether it falls into the last stage of its route."""


@dataclass(frozen=True)
class Columns:
    """All routes of all loads, numbered."""

    load: Ints
    mover: Ints
    total: Floats
    alone: Floats
    first: Ints
    """Earliest day, in the sense of `Demands.tail`, on which the last stage can begin."""
    demands: Demands


def alone(problem: Problem, capacity: Floats, known: Alone | None = None, changed: int = -1) -> Alone:
    """Every load on each of its routes with nobody else in the way. Where two stages of a route share a capacity, none is counted.

    Only routes that draw on the `changed` capacity are computed again where all others are `known`.
    """
    left = capacity.copy()
    unlimited = np.full_like(capacity, np.inf)

    def earliest(place: tuple[int, int, int], route: Route, release: int) -> float:
        if known is not None and changed not in route.uses[:, 0]:
            return known.routes[place[0]][place[1]][place[2]]
        return arrival(route, unlimited if route.repeats else left, release)

    return Alone(
        tuple(
            tuple(
                tuple(earliest((index, number, rank), route, load.ready) for rank, route in enumerate(load.routes))
                for number, load in enumerate(mover.loads)
            )
            for index, mover in enumerate(problem.movers)
        )
    )


def heads(route: Route, release: int) -> list[int]:
    """Earliest day on which each stage can begin when capacities are no limit."""
    days, day = [], max(0, release)
    for stage in route.stages:
        later = stage.open[day:]
        day = day + int(np.argmax(later)) if later.any() else len(stage.open)
        days.append(day)
    return days


def columns(problem: Problem, single: Alone) -> Columns:
    """All routes that get there at all, with their uses."""
    load: list[int] = []
    owner: list[int] = []
    total: list[float] = []
    reach: list[float] = []
    first: list[int] = []
    rows: list[tuple[int, int, int, int, float, bool]] = []
    count = 0
    for index, mover in enumerate(problem.movers):
        for number, consignment in enumerate(mover.loads):
            for route, arrives in zip(consignment.routes, single.routes[index][number], strict=True):
                if arrives == inf:
                    continue
                begins = heads(route, consignment.ready)
                for stage, day in enumerate(begins):
                    for use in range(int(route.starts[stage]), int(route.starts[stage + 1])):
                        resource, shift, width = (int(figure) for figure in route.uses[use])
                        rows.append(
                            (
                                len(load),
                                resource,
                                day + shift,
                                shift + width - 1,
                                float(route.amounts[use]) * width,
                                stage == len(begins) - 1,
                            )
                        )
                load.append(count)
                owner.append(index)
                total.append(route.total)
                reach.append(arrives)
                first.append(begins[-1] if begins else max(0, consignment.ready))
            count += 1
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 6)
    whole = table[:, :4].astype(np.int64)
    demands = Demands(whole[:, 0], whole[:, 1], whole[:, 2], whole[:, 3], table[:, 4], table[:, 5] > 0)
    arrays = (np.array(load, dtype=np.int64), np.array(owner, dtype=np.int64))
    return Columns(*arrays, np.array(total, dtype=np.float64), np.array(reach, dtype=np.float64), np.array(first, dtype=np.int64), demands)


def closure_bound(problem: Problem, capacity: Floats, single: Alone, reached: float) -> tuple[float, tuple[int, ...]]:
    """Day index before which no schedule closes, and the capacities that stand in the way of an earlier one.

    `reached` is the closing day index of a schedule at hand. Bisection over the days on which some route can arrive.
    """
    table = columns(problem, single)
    slowest = max((single.mover(index) for index in range(len(problem.movers))), default=inf)
    if slowest == inf or slowest >= reached - 1e-9:
        return min(slowest, reached), ()
    parts = sorted({round(total % 1, 2) % 1 for total in table.total.tolist()})
    days = [float(day + part) for day in range(floor(slowest), floor(reached) + 1) for part in parts]
    grid = [slowest, *(day for day in days if slowest + 1e-9 < day < reached - 1e-9), reached]
    low, high = 0, len(grid) - 1
    tight: tuple[int, ...] = ()
    cumulative = _cumulative(capacity)
    while low < high:
        middle = (low + high) // 2
        blocks = _blocks(table, cumulative, grid[middle])
        if blocks:
            low, tight = middle + 1, blocks
        else:
            high = middle
    return grid[low], tight


def _cumulative(capacity: Floats) -> Floats:
    return np.concatenate([np.zeros((len(capacity), 1)), np.cumsum(capacity, axis=1)], axis=1)


def _blocks(table: Columns, cumulative: Floats, day: float) -> tuple[int, ...]:
    """Capacities that keep the loads from all being in by a day index; none where the relaxation sees no obstacle."""
    usable = np.flatnonzero(table.alone <= day + 1e-9)
    demands = table.demands
    latest = np.floor(day - table.total + 1e-9).astype(np.int64)
    tails = np.minimum(latest[demands.column] + demands.tail, cumulative.shape[1] - 2)
    rows = np.flatnonzero(np.isin(demands.column, usable))
    solver = pywraplp.Solver.CreateSolver("GLOP")
    excess = solver.NumVar(0, solver.infinity(), "")
    share = {int(column): solver.NumVar(0, 1, "") for column in usable}
    by_load: dict[int, list[int]] = {}
    for column in share:
        by_load.setdefault(int(table.load[column]), []).append(column)
    for members in by_load.values():
        row = solver.Constraint(1, 1)
        for column in members:
            row.SetCoefficient(share[column], 1)
    solver.Minimize(excess)
    value = np.zeros(len(table.total))
    for members in by_load.values():
        value[members[0]] = 1.0
    known: dict[tuple[int, int, int], pywraplp.Constraint] = {}
    for _ in range(_ROUNDS):
        fresh = [window for window in _violated(demands, rows, tails, cumulative, value) if window not in known]
        if not fresh:
            return ()
        for window in fresh:
            known[window] = _window_row(solver, share, excess, demands, rows, tails, cumulative, window)
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return ()
        if excess.solution_value() > _OVER:
            return tuple(sorted({resource for (resource, _, _), row in known.items() if abs(row.dual_value()) > 1e-7}))
        for column, variable in share.items():
            value[column] = variable.solution_value()
    return ()


def _window_row(
    solver: pywraplp.Solver,
    share: dict[int, pywraplp.Variable],
    excess: pywraplp.Variable,
    demands: Demands,
    rows: Ints,
    tails: Ints,
    cumulative: Floats,
    window: tuple[int, int, int],
) -> pywraplp.Constraint:
    resource, first, last = window
    inside = rows[(demands.resource[rows] == resource) & (demands.head[rows] >= first) & (tails[rows] <= last)]
    row = solver.Constraint(-solver.infinity(), 0)
    row.SetCoefficient(excess, -float(cumulative[resource, last + 1] - cumulative[resource, first]))
    weights: dict[int, float] = {}
    for demand in inside.tolist():
        column = int(demands.column[demand])
        weights[column] = weights.get(column, 0.0) + float(demands.amount[demand])
    for column, weight in weights.items():
        row.SetCoefficient(share[column], weight)
    return row


def _violated(demands: Demands, rows: Ints, tails: Ints, cumulative: Floats, value: Floats) -> list[tuple[int, int, int]]:
    """For each capacity the window that is most overfull under given shares of the routes, if one is."""
    found = []
    used = rows[value[demands.column[rows]] > 1e-9]
    for resource in np.unique(demands.resource[used]).tolist():
        mine = used[demands.resource[used] == resource]
        work = demands.amount[mine] * value[demands.column[mine]]
        starts, head = np.unique(demands.head[mine], return_inverse=True)
        ends, tail = np.unique(tails[mine], return_inverse=True)
        grid = np.zeros((len(starts), len(ends)))
        np.add.at(grid, (head, tail), work)
        forced = np.cumsum(np.cumsum(grid[::-1], axis=0)[::-1], axis=1)
        offered = np.maximum(cumulative[resource][ends + 1][None, :] - cumulative[resource][starts][:, None], 0.0)
        over = np.where(ends[None, :] >= starts[:, None], forced - offered * (1 + 1e-7), -np.inf)
        first, last = np.unravel_index(int(np.argmax(over)), over.shape)
        if over[first, last] > 1e-7:
            found.append((int(resource), int(starts[first]), int(ends[last])))
    return found

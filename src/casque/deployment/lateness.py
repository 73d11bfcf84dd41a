"""Bound on lateness: a linear program of arrivals by day in which loads are split at will and unused capacity is kept for later.

What has arrived by a day must have used every capacity on its way by then, and none of it before it could get there; so the uses
of arrivals up to any day may not exceed what the capacity has offered since. A unit is at least as late as the parts of each of its
loads are on average, and later still where the last stage lets in only so much of the load a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from casque.deployment.bound import Alone, Columns, columns
from casque.deployment.capacity import Floats
from casque.deployment.problem import Mover, Problem

_STARTS = 4
_ROUTES = 8
_NEAR = 3.0
_FINE = 10


def alone_lateness(problem: Problem, single: Alone) -> float:
    """Weighted lateness if no unit were in the way of another; units that cannot come even so are left out."""
    first = problem.calendar.first
    arrivals = [(mover, single.mover(index)) for index, mover in enumerate(problem.movers)]
    return sum(mover.weight * problem.late(mover, day + first) for mover, day in arrivals if day < inf)


def lateness_bound(
    problem: Problem, capacity: Floats, single: Alone, arrivals: Sequence[float], reached: float, tight: Sequence[int], effort: float
) -> float:
    """Weighted lateness that no schedule can pass.

    `arrivals` are day indices by mover of a schedule at hand, `reached` its weighted lateness, `tight` the capacities to take into
    account. Where the linear program does not end within `effort` (deterministic time) the bound is that of units alone.
    """
    least = alone_lateness(problem, single)
    if least >= reached - 1e-6:
        return min(least, reached)
    dated = [index for index, mover in enumerate(problem.movers) if mover.required is not None]
    program = _Program(
        problem,
        capacity,
        single,
        columns(problem, single),
        tuple(arrivals),
        frozenset(tight),
        floor(max(arrivals[index] for index in dated)),
    )
    return min(reached, max(least, program.solve(dated, effort) * (1 - 1e-6)))


def spans(first: int, last: int) -> list[tuple[int, int]]:
    """Days from the first to the last in runs (first, last of each): single days at first, then twice as long each time."""
    runs, width = [], 1
    while first <= last:
        runs.append((first, min(last, first + width - 1)))
        first += width
        width = 1 if len(runs) < _FINE else width * 2
    return runs


@dataclass
class _Program:
    problem: Problem
    capacity: Floats
    single: Alone
    table: Columns
    arrivals: tuple[float, ...]
    """Day indices by mover of a schedule at hand."""
    tight: frozenset[int]
    last: int
    """Last day index on which arrivals draw on capacities; later ones are free."""

    def solve(self, dated: Sequence[int], effort: float) -> float:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        solver.SetSolverSpecificParametersAsString(f"max_deterministic_time: {effort}")
        late, goal = {}, solver.Objective()
        for index in dated:
            mover = self.problem.movers[index]
            least = self.problem.late(mover, self.single.mover(index) + self.problem.calendar.first)
            late[index] = solver.NumVar(least, solver.infinity(), "")
            goal.SetCoefficient(late[index], mover.weight)
        goal.SetMinimization()
        self._capacities(solver, self._arrivals(solver, late))
        return float(goal.Value()) if solver.Solve() == pywraplp.Solver.OPTIMAL else 0.0

    def _by_load(self, late: dict[int, pywraplp.Variable]) -> dict[int, list[int]]:
        """Routes of the loads of dated units that draw on a tight capacity, those that arrive first in front."""
        touching = {
            int(column)
            for column, row in zip(self.table.demands.column, self.table.demands.resource, strict=True)
            if int(row) in self.tight
        }
        loads: dict[int, list[int]] = {}
        for column in range(len(self.table.load)):
            if int(self.table.mover[column]) in late:
                loads.setdefault(int(self.table.load[column]), []).append(column)
        return {
            load: sorted(mine, key=lambda column: (float(self.table.alone[column]), column))
            for load, mine in loads.items()
            if touching.intersection(mine)
        }

    def _arrivals(self, solver: pywraplp.Solver, late: dict[int, pywraplp.Variable]) -> dict[int, list[tuple[int, pywraplp.Variable]]]:
        """Parts of each load by route and run of days on which its last stage begins, as (last day of the run, part).

        Only routes that may arrive about as early as the schedule at hand draw on capacities; what goes by another arrives as if nobody
        else were on the way.
        """
        parts: dict[int, list[tuple[int, pywraplp.Variable]]] = {}
        first_day = self.problem.calendar.first
        for mine in self._by_load(late).values():
            index = int(self.table.mover[mine[0]])
            mover = self.problem.movers[index]
            rows = (solver.Constraint(1, 1), solver.Constraint(0, solver.infinity()), solver.Constraint(0, solver.infinity()))
            for row in rows[1:]:
                row.SetCoefficient(late[index], 1)
            near = sum(float(self.table.alone[column]) <= self.arrivals[index] + _NEAR for column in mine[:_ROUTES])
            for column in mine[:near]:
                first, total, lag = int(self.table.first[column]), float(self.table.total[column]), self._lag(column)
                runs = spans(first, self.last)
                parts[column] = [(end, self._part(solver, rows, mover, start + total + first_day, lag)) for start, end in runs]
                self._part(solver, rows, mover, max(first, self.last + 1) + total + first_day, lag)
            if len(mine) > near:
                self._part(solver, rows, mover, float(self.table.alone[mine[near]]) + first_day, 0.0)
        return parts

    def _part(
        self, solver: pywraplp.Solver, rows: tuple[pywraplp.Constraint, ...], mover: Mover, day: float, lag: float
    ) -> pywraplp.Variable:
        """A part of a load that arrives on a day from D-day, with its share in the whole load and in the lateness of its unit."""
        part = solver.NumVar(0, 1, "")
        rows[0].SetCoefficient(part, 1)
        rows[1].SetCoefficient(part, -self.problem.late(mover, day))
        rows[2].SetCoefficient(part, -(floor(day + 1e-6) + lag - (mover.required or 0)))
        return part

    def _lag(self, column: int) -> float:
        """Days by which the last part of a load arrives behind the average part, at the best day's capacities of the last stage.

        Only the last stage counts: parts that earlier stages spread over days may gather again.
        """
        demands = self.table.demands
        mine = [
            row
            for row in np.flatnonzero((demands.column == column) & demands.final)
            if not self.problem.resources[demands.resource[row]].fleet
        ]
        rate = min((float(self.capacity[demands.resource[row]].max() / demands.amount[row]) for row in mine), default=1.0)
        if rate >= 1:
            return 0.0
        days = floor(1 / rate + 1e-9)
        return rate * days * (days - 1) / 2 + max(0.0, 1 - rate * days) * days

    def _capacities(self, solver: pywraplp.Solver, parts: dict[int, list[tuple[int, pywraplp.Variable]]]) -> None:
        demands = self.table.demands
        wanted = np.isin(demands.column, np.array(sorted(parts), dtype=np.int64))
        for resource in sorted(self.tight):
            rows = np.flatnonzero(wanted & (demands.resource == resource))
            heads = np.unique(demands.head[rows])
            for start in sorted({int(heads[len(heads) * step // _STARTS]) for step in range(_STARTS)}) if len(heads) else ():
                self._bank(solver, parts, resource, start, rows[demands.head[rows] >= start])

    def _bank(
        self,
        solver: pywraplp.Solver,
        parts: dict[int, list[tuple[int, pywraplp.Variable]]],
        resource: int,
        start: int,
        rows: NDArray[np.int64],
    ) -> None:
        """Uses by arrivals up to each day against capacity offered since the start, what is left being kept."""
        demands = self.table.demands
        draws: dict[int, list[tuple[pywraplp.Variable, float]]] = {}
        for row in rows.tolist():
            for end, part in parts[int(demands.column[row])]:
                draws.setdefault(end + int(demands.tail[row]), []).append((part, float(demands.amount[row])))
        offered = np.concatenate([[0.0], np.cumsum(self.capacity[resource])])
        kept, before = None, start
        for day in sorted(draws):
            behind = max(before, min(self.capacity.shape[1], day + 1))
            gain = float(offered[behind] - offered[before])
            before = behind
            line = solver.Constraint(gain, gain)
            for part, amount in draws[day]:
                line.SetCoefficient(part, line.GetCoefficient(part) + amount)
            if kept is not None:
                line.SetCoefficient(kept, -1)
            kept = solver.NumVar(0, solver.infinity(), "")
            line.SetCoefficient(kept, 1)

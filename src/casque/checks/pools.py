"""The units that could serve a task, whatever the capability: those that are free of caveats and come in time, and all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from casque.checks.muster import Candidate, Muster, musters
from casque.checks.problem import Problem
from casque.checks.roll import Rows
from casque.mission.tasks import Task


@dataclass(frozen=True, eq=False)
class Pool:
    """Some of the units that could serve a task, each once, in the order of its needs and of the pledges."""

    rows: Rows
    """Their rows on the roll."""
    musters: tuple[Muster, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Candidate]:
        """The units as candidates."""
        return (self._candidates[row] for row in self.rows.tolist())

    @cached_property
    def _candidates(self) -> dict[int, Candidate]:
        return {row: unit for muster in self.musters for row, unit in zip(muster.rows.tolist(), muster.candidates, strict=True)}


def pool_of(problem: Problem, task: Task) -> tuple[Pool, Pool]:
    """Units that no caveat keeps from a task, or all that could serve where there is none; and all that could."""
    needed = musters(problem, task)
    able = Pool(problem.roll.joined(muster.rows for muster in needed), needed)
    free = problem.roll.joined(muster.free_rows for muster in needed)
    return Pool(free, needed) if len(free) else able, able


def candidates(problem: Problem, task: Task) -> tuple[Pool, Pool]:
    """Units that could serve, those that come in time where any does; and all that could if nothing stood in their way."""
    known = problem.pools.get(task.id)
    if known is not None and known[0] is task:
        return known[1], known[2]
    pool, able = pool_of(problem, task)
    days = problem.days_at_bases(task, problem.free_arrivals)[pool.rows]
    present = pool.rows[days <= problem.day(task.end)]
    coming = Pool(present, pool.musters) if len(present) else pool
    problem.pools[task.id] = (task, coming, able)
    return coming, able

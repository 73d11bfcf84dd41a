"""Capabilities for which too few units are left once those are taken out that cannot be tasked, may not enter, or are not sustained."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from casque.checks.manned import SLACK
from casque.checks.muster import Muster
from casque.checks.problem import Problem
from casque.checks.roll import Rows
from casque.mission.forces import Pledge
from casque.mission.tasks import Task

Kept = Callable[[Pledge], bool]
"""Whether a unit stays in."""


def thinned(problem: Problem, task: Task, needed: tuple[Muster, ...], kept: Kept) -> tuple[Muster, ...]:
    """Capabilities that the units in place before the task ends carry, and that those of them that stay in do not.

    What carries a capability is the share of its rough need that `check.red-share` names.
    """
    share = problem.reference.value("check.red-share")
    return tuple(muster for muster in needed if _thin(problem, task, muster, share * muster.need - SLACK, kept))


def taken_out(problem: Problem, task: Task, thin: tuple[Muster, ...], kept: Kept) -> Rows:
    """Rows on the roll of the units in place before the task ends that do not stay in, of some capabilities."""
    coming, pledges = _coming(problem, task), problem.roll.pledges
    rows = problem.roll.joined(muster.free_rows for muster in thin).tolist()
    return np.array([row for row in rows if coming(row) and not kept(pledges[row])], dtype=np.intp)


def _thin(problem: Problem, task: Task, muster: Muster, wanted: float, kept: Kept) -> bool:
    coming, pledges = _coming(problem, task), problem.roll.pledges
    there = left = 0.0
    # Nearly always the first few units carry it: the ways of the others are not looked for.
    for row, people in zip(muster.free_rows.tolist(), muster.free_people.tolist(), strict=True):
        if coming(row):
            there += people
            left += people if kept(pledges[row]) else 0.0
            if left >= wanted:
                return False
    return there >= wanted


def _coming(problem: Problem, task: Task) -> Callable[[int], bool]:
    """Whether a unit can be, and is planned to be, at a base of the task before it ends, by its row on the roll."""
    end, pledges, required = problem.day(task.end), problem.roll.pledges, problem.required_days
    days = problem.at_bases(task, problem.free_arrivals)
    return lambda row: bool(days[pledges[row].id] <= end and required[row] <= end)

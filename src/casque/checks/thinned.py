"""Capabilities for which too few units are left once those are taken out that cannot be tasked, or may not enter."""

from __future__ import annotations

from casque.checks.manned import SLACK
from casque.checks.muster import Muster
from casque.checks.problem import Problem
from casque.checks.roll import Rows, Truths, total
from casque.mission.tasks import Task


def thinned(problem: Problem, task: Task, needed: tuple[Muster, ...], kept: Truths) -> tuple[Muster, ...]:
    """Capabilities that the units in place before the task ends carry, and that those of them that `kept` leaves do not.

    `kept` is a column of the roll. What carries a capability is the share of its rough need that `check.red-share` names.
    """
    coming, share = _coming(problem, task), problem.reference.value("check.red-share")
    left = coming & kept
    if bool((left == coming).all()):
        return ()
    found = []
    for muster in needed:
        wanted, rows = share * muster.need - SLACK, muster.free_rows
        if total(muster.free_people[coming[rows]]) >= wanted > total(muster.free_people[left[rows]]):
            found.append(muster)
    return tuple(found)


def taken_out(problem: Problem, task: Task, thin: tuple[Muster, ...], kept: Truths) -> Rows:
    """Rows on the roll of the units in place before the task ends that `kept` takes out of some capabilities."""
    rows = problem.roll.joined(muster.free_rows for muster in thin)
    out: Rows = rows[(_coming(problem, task) & ~kept)[rows]]
    return out


def _coming(problem: Problem, task: Task) -> Truths:
    """Units that can be, and are planned to be, at a base of the task before it ends."""
    end = problem.day(task.end)
    coming: Truths = (problem.days_at_bases(task, problem.free_arrivals) <= end) & (problem.required_days <= end)
    return coming

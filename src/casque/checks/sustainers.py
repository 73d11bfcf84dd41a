"""Which contributors a memorandum of understanding or a letter of assist sustains."""

from __future__ import annotations

import numpy as np

from casque.checks.problem import Problem
from casque.checks.remedy import Proposal, change
from casque.checks.roll import Rows, Truths
from casque.checks.windows import Window
from casque.mission.agreements import Agreement
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind, OrganisationKind

MEMORANDA = (AgreementKind.MOU, AgreementKind.LOA)


def memoranda(problem: Problem) -> tuple[Agreement, ...]:
    """Memoranda of understanding and letters of assist, in force or not."""
    return tuple(item for item in problem.mission.agreements.agreements if item.kind in MEMORANDA)


def sustained(problem: Problem, task: Task) -> Truths:
    """Units on the roll that a memorandum or a letter sustains on a day of a task.

    Every unit where the mission works without: none is written, and its lead is no universal organisation, which takes nobody without one.
    """
    window = problem.window(task)
    if window not in problem.sustained_units:
        covered = _covered(problem, window)
        members = np.array([covered is None or member in covered for member in problem.roll.members], dtype=np.bool_)
        problem.sustained_units[window] = members[problem.roll.member]
    units: Truths = problem.sustained_units[window]
    return units


def memoranda_asked(problem: Problem, rows: Rows) -> tuple[Proposal, ...]:
    """A memorandum with every contributor of some units, those left out that refused one."""
    refused = {name for item in memoranda(problem) if problem.refused(item) for name in (*item.members, *item.parties)}
    return tuple(
        change(
            problem,
            "sign memorandum",
            f"member:{member}",
            f"Sign a memorandum of understanding with {problem.member_name(member)} that says who supplies and pays for its units.",
            "memorandum",
        )
        for member in problem.roll.members_of(rows)
        if member not in refused
    )


def _covered(problem: Problem, window: Window) -> set[str] | None:
    """Members that a memorandum or a letter covers on a day of a stretch; None where the mission works without."""
    written = memoranda(problem)
    lead = problem.mission.about.lead
    if not written and not any(
        item.id == lead and item.kind is OrganisationKind.UNIVERSAL for item in problem.mission.alliance.organisations
    ):
        return None
    covered: set[str] = set()
    for item in written:
        if problem.agreement_window(item).meets(window):
            bound = {*item.members, *item.parties} & set(problem.roll.members)
            covered |= bound or set(problem.roll.members)
    return covered

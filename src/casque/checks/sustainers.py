"""Which contributors a memorandum of understanding or a letter of assist sustains."""

from __future__ import annotations

from casque.checks.problem import Problem
from casque.checks.remedy import Proposal, change
from casque.checks.roll import Rows
from casque.checks.windows import Window
from casque.mission.tasks import Task
from casque.mission.vocabulary import OrganisationKind


def sustained(problem: Problem, task: Task) -> frozenset[str]:
    """Contributors that a memorandum or a letter sustains on a day of a task.

    All of them where the mission works without: none is written, and its lead is no universal organisation, which takes nobody without one.
    """
    window = problem.window(task)
    if window not in problem.sustained_members:
        problem.sustained_members[window] = _covered(problem, window)
    return problem.sustained_members[window]


def memoranda_asked(problem: Problem, rows: Rows) -> tuple[Proposal, ...]:
    """A memorandum with every contributor of some units, those left out that refused one."""
    refused = {name for item in problem.memoranda if problem.refused(item) for name in (*item.members, *item.parties)}
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


def _covered(problem: Problem, window: Window) -> frozenset[str]:
    written, everyone = problem.memoranda, frozenset(problem.contributors)
    lead, organisations = problem.mission.about.lead, problem.mission.alliance.organisations
    if not written and not any(item.id == lead and item.kind is OrganisationKind.UNIVERSAL for item in organisations):
        return everyone
    covered: frozenset[str] = frozenset()
    for item in written:
        if problem.agreement_window(item).meets(window):
            covered |= everyone & {*item.members, *item.parties} or everyone
    return covered

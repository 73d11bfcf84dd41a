"""The door of the checks: every rule, the chain of every task, and the cheapest fix set."""

from __future__ import annotations

from dataclasses import replace

from casque.checks.chain import JudgedTask, chain_of, judge_task
from casque.checks.evidence import with_evidence
from casque.checks.fixes import Params, fix_set
from casque.checks.green import green_set
from casque.checks.problem import Problem
from casque.checks.register import every_rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.plan.findings import CheckRecord, FixSet
from casque.plan.record import Outcome
from casque.reference.load import Reference

__all__ = ["Params", "check", "fix", "solve"]

MOST_PAIRS = 20_000
"""Tasks times units up to which the changes that turn every task green are looked for in passing."""

MOST_TESTS = 2_000
"""Tests of tasks that are spent on them in passing."""

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def solve(mission: Mission, reference: Reference, params: Params | None = None) -> CheckRecord:
    """Findings, worst first, the chain of every task in the order written, and the cheapest changes that save the chosen tasks."""
    problem, chosen = Problem(mission, reference), params or Params()
    record, judged = _record(problem)
    return record.model_copy(update={"fix_set": fix_set(problem, judged, chosen), "to_green": _in_passing(problem, judged, chosen)})


def _in_passing(problem: Problem, judged: tuple[JudgedTask, ...], params: Params) -> FixSet | None:
    """The changes that turn every task green where they are found with little work; otherwise none."""
    if len(problem.mission.tasks.tasks) * len(problem.mission.forces.pledges) > MOST_PAIRS:
        return None
    found = green_set(problem, judged, replace(params, most_tests=MOST_TESTS))
    return None if found.outcome.status == "unknown" else found


def check(mission: Mission, reference: Reference) -> CheckRecord:
    """As `solve`, without looking for changes: the fix set is empty and its outcome unknown."""
    return _record(Problem(mission, reference))[0]


def fix(mission: Mission, reference: Reference, params: Params) -> FixSet:
    """The cheapest changes that bring the tasks of the chosen priorities to the goal, and the next best alternatives."""
    problem = Problem(mission, reference)
    judged = tuple(judge_task(problem, task) for task in mission.tasks.tasks)
    return green_set(problem, judged, params) if params.goal == "green" else fix_set(problem, judged, params)


def _record(problem: Problem) -> tuple[CheckRecord, tuple[JudgedTask, ...]]:
    """The record without a search for changes, and the tasks as judged."""
    rules = every_rule(problem)
    findings = with_evidence(problem.mission, (finding for rule in rules for finding in rule.judge(problem)))
    judged = tuple(judge_task(problem, task) for task in problem.mission.tasks.tasks)
    nothing = Outcome(status="unknown", value=0.0, bound=0.0, gap=0.0, sense="least")
    record = CheckRecord(
        findings=tuple(sorted(findings, key=lambda f: (_ORDER.index(f.severity), f.rule, f.subject, f.message))),
        chains=tuple(chain_of(item) for item in judged),
        fix_set=FixSet(changes=(), outcome=nothing, saves=(), cannot_save=()),
        rules_checked=tuple(rule.id for rule in rules),
    )
    return record, judged

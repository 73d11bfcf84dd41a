"""The door of the checks: every rule, the chain of every task, and the cheapest fix set."""

from __future__ import annotations

from collections.abc import Callable

from casque.checks.chain import JudgedTask, chain_of, judge_task
from casque.checks.fixes import Params, fix_set
from casque.checks.problem import Problem
from casque.checks.register import every_rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.plan.findings import CheckRecord, FixSet
from casque.plan.record import Outcome
from casque.reference.load import Reference

__all__ = ["Params", "check", "fix", "solve"]

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def solve(mission: Mission, reference: Reference, params: Params | None = None) -> CheckRecord:
    """Findings, worst first, the chain of every task in the order written, and the cheapest changes that save the chosen tasks."""
    problem = Problem(mission, reference)
    return _record(problem, lambda judged: fix_set(problem, judged, params or Params()))


def check(mission: Mission, reference: Reference) -> CheckRecord:
    """As `solve`, without looking for changes: the fix set is empty and its outcome unknown."""
    nothing = Outcome(status="unknown", value=0.0, bound=0.0, gap=0.0, sense="least")
    return _record(Problem(mission, reference), lambda _: FixSet(changes=(), outcome=nothing, saves=(), cannot_save=()))


def fix(mission: Mission, reference: Reference, params: Params) -> FixSet:
    """The cheapest changes that save the tasks of the chosen priorities, and the next best alternatives."""
    problem = Problem(mission, reference)
    return fix_set(problem, tuple(judge_task(problem, task) for task in mission.tasks.tasks), params)


def _record(problem: Problem, fixes: Callable[[tuple[JudgedTask, ...]], FixSet]) -> CheckRecord:
    rules = every_rule(problem)
    findings = [finding for rule in rules for finding in rule.judge(problem)]
    judged = tuple(judge_task(problem, task) for task in problem.mission.tasks.tasks)
    return CheckRecord(
        findings=tuple(sorted(findings, key=lambda f: (_ORDER.index(f.severity), f.rule, f.subject, f.message))),
        chains=tuple(chain_of(item) for item in judged),
        fix_set=fixes(judged),
        rules_checked=tuple(rule.id for rule in rules),
    )

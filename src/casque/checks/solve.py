"""The door of the checks: every rule, the chain of every task, and the cheapest fix set."""

from __future__ import annotations

from casque.checks.chain import chain_of, judge_task
from casque.checks.fixes import Params, fix_set
from casque.checks.problem import Problem
from casque.checks.register import every_rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.plan.findings import CheckRecord
from casque.reference.load import Reference

__all__ = ["Params", "solve"]

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def solve(mission: Mission, reference: Reference, params: Params | None = None) -> CheckRecord:
    """Findings, worst first, the chain of every task in the order written, and the cheapest changes that save the chosen tasks."""
    problem = Problem(mission, reference)
    rules = every_rule(problem)
    findings = [finding for rule in rules for finding in rule.judge(problem)]
    judged = tuple(judge_task(problem, task) for task in mission.tasks.tasks)
    return CheckRecord(
        findings=tuple(sorted(findings, key=lambda f: (_ORDER.index(f.severity), f.rule, f.subject, f.message))),
        chains=tuple(chain_of(item) for item in judged),
        fix_set=fix_set(problem, judged, params or Params()),
        rules_checked=tuple(rule.id for rule in rules),
    )

"""The chain of every task: provision, authority, engagement, agreements, capability, units, movement, supply, measure."""

from __future__ import annotations

from dataclasses import dataclass

from casque.checks.entry import judge_agreements, judge_authority
from casque.checks.lawful import judge_engagement, judge_provision
from casque.checks.manned import judge_capability, judge_movement, judge_units
from casque.checks.muster import Candidate, musters
from casque.checks.problem import Problem
from casque.checks.remedy import Verdict
from casque.checks.sustained import judge_measure, judge_supply
from casque.mission.tasks import Task
from casque.plan.findings import ChainLink, State, TaskChain

LINKS = ("provision", "authority", "engagement", "agreements", "capability", "units", "movement", "supply", "measure")
"""Links in order."""

_ORDER = (State.GREEN, State.AMBER, State.RED)


@dataclass(frozen=True)
class JudgedTask:
    """A task with the verdict on each of its links, in the order of `LINKS`."""

    task: Task
    verdicts: tuple[Verdict, ...]


def judge_task(problem: Problem, task: Task) -> JudgedTask:
    """The verdict on every link of a task, from the mission alone."""
    needed = musters(problem, task)
    able: dict[str, Candidate] = {c.pledge.id: c for muster in needed for c in muster.candidates}
    free: dict[str, Candidate] = {c.pledge.id: c for muster in needed for c in muster.free}
    pool = tuple((free or able).values())
    present = tuple(c for c in pool if problem.arrival(c.pledge, task.sectors, problem.free_arrivals) <= problem.day(task.end))
    candidates = present or pool
    verdicts = (
        judge_provision(problem, task),
        judge_authority(problem, task, candidates),
        judge_engagement(problem, task),
        judge_agreements(problem, task, candidates),
        judge_capability(problem, task, needed),
        judge_units(problem, task, needed),
        judge_movement(problem, task, needed),
        judge_supply(problem, task),
        judge_measure(problem, task),
    )
    return JudgedTask(task, verdicts)


def chain_of(judged: JudgedTask) -> TaskChain:
    """The chain as it is recorded."""
    links = tuple(
        ChainLink(name=name, state=verdict.state, reason=verdict.reason, items=verdict.items, clears_on=verdict.clears_on)
        for name, verdict in zip(LINKS, judged.verdicts, strict=True)
    )
    task = judged.task
    return TaskChain(
        task=task.id, title=task.title, priority=task.priority, state=max((link.state for link in links), key=_ORDER.index), links=links
    )

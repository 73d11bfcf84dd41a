"""The chain of every task: provision, authority, engagement, agreements, capability, units, movement, supply, measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casque.checks.entry import agreements_fail, judge_agreements
from casque.checks.lawful import judge_engagement, judge_provision
from casque.checks.manned import judge_capability, judge_movement, judge_units, movement_fails, units_fail
from casque.checks.muster import musters
from casque.checks.pools import candidates, pool_of
from casque.checks.problem import Problem
from casque.checks.remedy import Verdict
from casque.checks.sustained import judge_measure, judge_supply
from casque.checks.tasking import authority_fails, judge_authority
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
    return JudgedTask(task, judge_links(problem, task, LINKS))


def judge_links(problem: Problem, task: Task, names: tuple[str, ...]) -> tuple[Verdict, ...]:
    """The verdicts on some links of a task."""
    return tuple(_JUDGES[name](problem, task) for name in names)


def is_red(problem: Problem, task: Task, link: str) -> bool:
    """Whether a link of a task does not hold, without the reason."""
    if link == "units":
        return units_fail(problem, musters(problem, task))
    if link == "movement":
        return movement_fails(problem, task, musters(problem, task))
    if link == "authority":
        return authority_fails(problem, task, pool_of(problem, task)[0])
    if link == "agreements":
        return agreements_fail(problem, task, pool_of(problem, task)[0])
    return _JUDGES[link](problem, task).state is State.RED


_JUDGES: dict[str, Callable[[Problem, Task], Verdict]] = {
    "provision": judge_provision,
    "authority": lambda problem, task: judge_authority(problem, task, *candidates(problem, task)),
    "engagement": judge_engagement,
    "agreements": lambda problem, task: judge_agreements(problem, task, candidates(problem, task)[0]),
    "capability": lambda problem, task: judge_capability(problem, task, musters(problem, task)),
    "units": lambda problem, task: judge_units(problem, task, musters(problem, task)),
    "movement": lambda problem, task: judge_movement(problem, task, musters(problem, task)),
    "supply": judge_supply,
    "measure": judge_measure,
}


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

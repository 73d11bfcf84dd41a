"""Which pledged units could serve a task, and which of them a caveat keeps from it."""

from __future__ import annotations

from dataclasses import dataclass

from casque.checks.needs import rough_needs
from casque.checks.problem import Problem
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability


@dataclass(frozen=True)
class Candidate:
    """A unit that brings a capability or stands in for it, and the caveats that keep it from one task."""

    pledge: Pledge
    quality: float
    """1 for a unit of the capability itself, less for one that stands in."""
    barred_by: tuple[Caveat, ...]
    elsewhere: bool
    """Whether its member wants it in a sector that the task does not touch."""

    @property
    def people(self) -> float:
        """People that it counts for."""
        return self.pledge.strength * self.quality


@dataclass(frozen=True)
class Muster:
    """Everything pledged, and ready to load before the task ends, that could serve one capability of one task."""

    capability: Capability
    need: float
    """Rough likely need, people."""
    candidates: tuple[Candidate, ...]

    @property
    def free(self) -> tuple[Candidate, ...]:
        """Candidates that no caveat keeps from the task."""
        return tuple(candidate for candidate in self.candidates if not candidate.barred_by)

    @property
    def barred(self) -> tuple[Candidate, ...]:
        """Candidates that a caveat keeps from the task."""
        return tuple(candidate for candidate in self.candidates if candidate.barred_by)


def people(candidates: tuple[Candidate, ...]) -> float:
    """People that candidates count for together."""
    return sum(candidate.people for candidate in candidates)


def barring(problem: Problem, task: Task, pledge: Pledge) -> tuple[Caveat, ...]:
    """Caveats that bind a unit while the task runs and keep it from the task, a rule it needs, its force, or its sectors."""
    return tuple(
        caveat
        for caveat in problem.mission.engagement.caveats
        if caveat.member == pledge.member and (not caveat.units or pledge.id in caveat.units) and _bars(problem, task, pledge, caveat)
    )


def _bars(problem: Problem, task: Task, pledge: Pledge, caveat: Caveat) -> bool:
    if not problem.caveat_window(caveat).meets(problem.window(task)):
        return False
    wanted = (pledge.sector,) if pledge.sector in task.sectors else task.sectors
    return (
        task.id in caveat.bars_tasks
        or bool(set(task.rules) & set(caveat.bars_rules))
        or (caveat.bars_crossing and task.crosses_sectors)
        or (bool(wanted) and set(wanted) <= set(caveat.bars_sectors))
        or (caveat.force_at_most is not None and caveat.force_at_most.rank < task.force_level.rank)
    )


def musters(problem: Problem, task: Task) -> tuple[Muster, ...]:
    """One muster for each capability that the task needs, in the order of its needs."""
    return tuple(
        Muster(capability, need, _candidates(problem, task, capability)) for capability, need in rough_needs(problem, task).items()
    )


def _candidates(problem: Problem, task: Task, capability: Capability) -> tuple[Candidate, ...]:
    found = []
    for pledge in problem.mission.forces.pledges:
        unit_type = problem.reference.unit_types.get(pledge.unit_type)
        if unit_type is None or pledge.strength <= 0 or problem.day(pledge.ready_to_load) > problem.day(task.end):
            continue
        quality = 1.0 if unit_type.capability is capability else unit_type.stands_in.get(capability, 0.0)
        if quality > 0:
            elsewhere = pledge.sector is not None and pledge.sector not in task.sectors
            found.append(Candidate(pledge, quality, barring(problem, task, pledge), elsewhere))
    return tuple(found)

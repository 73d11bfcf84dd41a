"""Which pledged units could serve a task, and which of them a caveat keeps from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casque.checks.needs import rough_needs
from casque.checks.problem import Bar, Problem
from casque.checks.windows import EVER
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
    free_from: int = -EVER
    """Day from which no caveat keeps it from the task, where one lapses or is lifted while the task runs."""

    @cached_property
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

    @cached_property
    def free(self) -> tuple[Candidate, ...]:
        """Candidates that no caveat keeps from the task."""
        return tuple(candidate for candidate in self.candidates if not candidate.barred_by)

    @cached_property
    def barred(self) -> tuple[Candidate, ...]:
        """Candidates that a caveat keeps from the task."""
        return tuple(candidate for candidate in self.candidates if candidate.barred_by)


def people(candidates: tuple[Candidate, ...]) -> float:
    """People that candidates count for together."""
    return sum(candidate.people for candidate in candidates)


def barring(problem: Problem, task: Task, pledge: Pledge) -> tuple[Caveat, ...]:
    """Caveats that bind a unit to the end of the task and keep it from the task, a rule it needs, its force, or its sectors."""
    return _bound(problem, task, pledge, problem.barring_caveats(task).get(pledge.member, ()))[0]


def _bound(problem: Problem, task: Task, pledge: Pledge, bars: tuple[Bar, ...]) -> tuple[tuple[Caveat, ...], int]:
    """The caveats that bar a unit to the task's end, and the day from which those that lapse before it no longer do."""
    if not bars:
        return (), -EVER
    start, end = problem.day(task.start), problem.day(task.end)
    wanted = {pledge.sector} if pledge.sector in task.sectors else set(task.sectors)
    held, free_from = [], -EVER
    for bar in bars:
        if (bar.units and pledge.id not in bar.units) or not (bar.whole or (wanted and wanted <= bar.sectors)):
            continue
        if bar.last >= end:
            held.append(bar.caveat)
        elif bar.last >= start:
            free_from = max(free_from, bar.last + 1)
    return tuple(held), free_from


def musters(problem: Problem, task: Task) -> tuple[Muster, ...]:
    """One muster for each capability that the task needs, in the order of its needs."""
    known = problem.musters.get(task.id)
    if known is None or known[0] is not task:
        found = tuple(
            Muster(capability, need, _candidates(problem, task, capability)) for capability, need in rough_needs(problem, task).items()
        )
        problem.musters[task.id] = (task, found)
        return found
    held: tuple[Muster, ...] = known[1]
    return held


def _candidates(problem: Problem, task: Task, capability: Capability) -> tuple[Candidate, ...]:
    end, caveats = problem.day(task.end), problem.barring_caveats(task)
    force = {*task.sectors, task.force_of, None}
    found = []
    for ready, here, elsewhere in _served(problem, capability):
        if ready > end:
            continue
        pledge = here.pledge
        candidate = here if pledge.sector in force else elsewhere
        if pledge.member in caveats:
            bars, free_from = _bound(problem, task, pledge, caveats[pledge.member])
            if bars or free_from > -EVER:
                candidate = Candidate(pledge, candidate.quality, bars, candidate.elsewhere, free_from)
        found.append(candidate)
    return tuple(found)


def _served(problem: Problem, capability: Capability) -> list[tuple[int, Candidate, Candidate]]:
    """Units that could serve a capability: day ready, and the free candidate in a sector of the task and in another."""
    if capability not in problem.served:
        problem.served[capability] = [
            (ready, Candidate(pledge, quality, (), False), Candidate(pledge, quality, (), True))
            for pledge, quality, ready in problem.able(capability)
        ]
    served: list[tuple[int, Candidate, Candidate]] = problem.served[capability]
    return served

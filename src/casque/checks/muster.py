"""Which pledged units could serve a task, and which of them a caveat keeps from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from casque.checks.limits import Bar
from casque.checks.needs import rough_needs
from casque.checks.problem import Problem
from casque.checks.windows import EVER
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability


class Candidate(NamedTuple):
    """A unit that brings a capability or stands in for it, and the caveats that keep it from one task."""

    pledge: Pledge
    id: str
    """Id of the unit."""
    quality: float
    """1 for a unit of the capability itself, less for one that stands in."""
    people: float
    """People that it counts for."""
    ready: int
    """Day it is ready to load."""
    barred_by: tuple[Caveat, ...] = ()
    free_from: int = -EVER
    """Day from which no caveat keeps it from the task, where one lapses or is lifted while the task runs."""


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

    @cached_property
    def usable(self) -> float:
        """People of the units that no caveat keeps from the task."""
        return people(self.free)


def people(candidates: tuple[Candidate, ...]) -> float:
    """People that candidates count for together."""
    return sum(candidate.people for candidate in candidates)


def wanted_elsewhere(task: Task, pledge: Pledge) -> bool:
    """Whether a member wants its unit in a sector that the task does not touch."""
    return pledge.sector is not None and pledge.sector not in task.sectors and pledge.sector != task.force_of


def barring(problem: Problem, task: Task, pledge: Pledge) -> tuple[Caveat, ...]:
    """Caveats that bind a unit to the end of the task and keep it from the task, a rule it needs, its force, or its sectors."""
    days = (problem.day(task.start), problem.day(task.end))
    return _bound(pledge, frozenset(task.sectors), days, problem.limits.barring(task).get(pledge.member, ()))[0]


def _bound(pledge: Pledge, ground: frozenset[str], days: tuple[int, int], bars: tuple[Bar, ...]) -> tuple[tuple[Caveat, ...], int]:
    """The caveats that bar a unit to the task's end, and the day from which those that lapse before it no longer do."""
    start, end = days
    # A unit serves in its own sector where that is one of the task's, else in any of them.
    wanted = frozenset((pledge.sector,)) if pledge.sector in ground else ground
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


@dataclass(frozen=True)
class _Served:
    """Units that could serve a capability, as candidates that nothing bars, and where in that list the units of each member stand."""

    units: tuple[Candidate, ...]
    places: dict[str, list[int]]
    last_ready: int


def _candidates(problem: Problem, task: Task, capability: Capability) -> tuple[Candidate, ...]:
    ground, days = frozenset(task.sectors), (problem.day(task.start), problem.day(task.end))
    served = _served(problem, capability)
    found = list(served.units)
    for member, bars in problem.limits.barring(task).items():
        alike: dict[str | None, tuple[tuple[Caveat, ...], int]] = {}
        single = any(bar.units for bar in bars)
        for place in served.places.get(member, ()):
            free = found[place]
            key = free.pledge.sector if free.pledge.sector in ground else None
            if single or key not in alike:
                alike[key] = _bound(free.pledge, ground, days, bars)
            held, free_from = alike[key]
            if held or free_from > -EVER:
                found[place] = Candidate(free.pledge, free.id, free.quality, free.people, free.ready, held, free_from)
    if served.last_ready <= days[1]:
        return tuple(found)
    return tuple(candidate for candidate in found if candidate.ready <= days[1])


def _served(problem: Problem, capability: Capability) -> _Served:
    if capability not in problem.served:
        units = tuple(
            Candidate(pledge, pledge.id, quality, pledge.strength * quality, ready) for pledge, quality, ready in problem.able(capability)
        )
        places: dict[str, list[int]] = {}
        for place, candidate in enumerate(units):
            places.setdefault(candidate.pledge.member, []).append(place)
        problem.served[capability] = _Served(units, places, max((candidate.ready for candidate in units), default=-EVER))
    served: _Served = problem.served[capability]
    return served

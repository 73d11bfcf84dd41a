"""Which pledged units could serve a task, and which of them a caveat keeps from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casque.checks.kept import Hold, Kept, hold_on, wanted_in
from casque.checks.needs import rough_needs
from casque.checks.problem import Problem
from casque.checks.roll import Figures, Rows, Truths, total
from casque.checks.roster import Candidate, Roster, roster_of
from casque.checks.windows import EVER
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability

__all__ = ["Candidate", "Muster", "barring", "musters", "people", "wanted_elsewhere"]


@dataclass(frozen=True, eq=False)
class Muster:
    """Everything pledged, and ready to load before the task ends, that could serve one capability of one task."""

    capability: Capability
    need: float
    """Rough likely need, people."""
    roster: Roster
    kept: Kept
    end: int
    """Last day of the task."""

    @cached_property
    def places(self) -> Rows:
        """Places on the roster of those that could serve."""
        if self.roster.last_ready <= self.end:
            return self.roster.every
        return np.flatnonzero(self.roster.ready <= self.end)

    @cached_property
    def _every_number(self) -> Rows:
        return self.kept.numbers(self.roster.rows)

    @cached_property
    def _numbers(self) -> Rows:
        return self._every_number[self.places]

    @cached_property
    def _bars(self) -> Truths:
        return self.kept.barring[self._numbers]

    @cached_property
    def free_places(self) -> Rows:
        """Places on the roster of those that no caveat keeps from the task."""
        return self.places[~self._bars]

    @cached_property
    def rows(self) -> Rows:
        """Rows on the roll of those that could serve."""
        return self.roster.rows[self.places]

    @cached_property
    def free_rows(self) -> Rows:
        """Rows on the roll of those that no caveat keeps from the task."""
        return self.roster.rows[self.free_places]

    @cached_property
    def free_people(self) -> Figures:
        """People that each of those counts for that no caveat keeps from the task."""
        return self.roster.people[self.free_places]

    @cached_property
    def free_from(self) -> Figures:
        """Day from which a caveat that lapses no longer keeps each of the free from the task."""
        return self.kept.free_from[self._numbers[~self._bars]]

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Units that could serve."""
        return self._candidates(self.places, self._numbers)

    @cached_property
    def free(self) -> tuple[Candidate, ...]:
        """Candidates that no caveat keeps from the task."""
        return self._candidates(self.free_places, self._numbers[~self._bars])

    @cached_property
    def barred(self) -> tuple[Candidate, ...]:
        """Candidates that a caveat keeps from the task."""
        return self._candidates(self.places[self._bars], self._numbers[self._bars])

    def _candidates(self, places: Rows, numbers: Rows) -> tuple[Candidate, ...]:
        units, holds = self.roster.units, self.kept.holds
        return tuple(
            Candidate(*units[place][:5], *holds[number][:2]) if number else units[place]
            for place, number in zip(places.tolist(), numbers.tolist(), strict=True)
        )

    @cached_property
    def later(self) -> tuple[Figures, Figures]:
        """Of the units that do not count: the day from which each is ready and no caveat that bars it binds any more; its people."""
        late = self.roster.ready > self.end
        out = late | self.kept.barring[self._every_number]
        days = np.maximum(self.kept.ends[self._every_number], np.where(late, self.roster.ready, -EVER))
        return days[out], self.roster.people[out]

    @cached_property
    def usable(self) -> float:
        """People of the units that no caveat keeps from the task."""
        return total(self.free_people)

    @cached_property
    def kept_out(self) -> float:
        """People of the units that a caveat keeps from the task."""
        return total(self.roster.people[self.places[self._bars]])

    @cached_property
    def lent(self) -> bool:
        """Whether all that could serve are units of another kind."""
        return bool((self.roster.quality[self.places] < 1).all())

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """What keeps units from the task, each once, in the order of those units."""
        return tuple(self.kept.holds[number] for number in dict.fromkeys(self._numbers[self._bars].tolist()))

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """Caveats that keep units from the task, each once, in the order of those units."""
        return tuple({caveat.id: caveat for hold in self.holds for caveat in hold.caveats}.values())

    @cached_property
    def tied(self) -> Rows:
        """Rows on the roll of those that a caveat on crossings keeps from the task, beside others or not."""
        tying = np.array([any(caveat.bars_crossing for caveat in hold.caveats) for hold in self.kept.holds])
        tied: Rows = self.rows[tying[self._numbers]]
        return tied


def people(candidates: tuple[Candidate, ...]) -> float:
    """People that candidates count for together."""
    return sum(candidate.people for candidate in candidates)


def wanted_elsewhere(task: Task, pledge: Pledge) -> bool:
    """Whether a member wants its unit in a sector that the task does not touch."""
    return pledge.sector is not None and pledge.sector not in task.sectors and pledge.sector != task.force_of


def barring(problem: Problem, task: Task, pledge: Pledge) -> tuple[Caveat, ...]:
    """Caveats that bind a unit to the end of the task and keep it from the task, a rule it needs, its force, or its sectors."""
    days = (problem.day(task.start), problem.day(task.end))
    wanted = wanted_in(pledge.sector, frozenset(task.sectors))
    return hold_on(pledge.id, wanted, days, problem.limits.barring(task).get(pledge.member, ())).caveats


def musters(problem: Problem, task: Task) -> tuple[Muster, ...]:
    """One muster for each capability that the task needs, in the order of its needs."""
    known = problem.musters.get(task.id)
    if known is None or known[0] is not task:
        needs, days = rough_needs(problem, task), (problem.day(task.start), problem.day(task.end))
        kept = Kept(problem.roll, task, days, problem.limits.barring(task))
        found = tuple(Muster(capability, need, _roster(problem, capability), kept, days[1]) for capability, need in needs.items())
        problem.musters[task.id] = (task, found)
        return found
    held: tuple[Muster, ...] = known[1]
    return held


def _roster(problem: Problem, capability: Capability) -> Roster:
    if capability not in problem.rosters:
        problem.rosters[capability] = roster_of(problem.roll, problem.able(capability))
    roster: Roster = problem.rosters[capability]
    return roster

"""Gains and losses in the measure of the reader: points of a hundred of what is wanted, with what is proven about them."""

from __future__ import annotations

from dataclasses import dataclass

from casque.forces.answers.parts import Footing, Settled
from casque.forces.answers.piece import Placing
from casque.forces.answers.placing import by_pool, positions
from casque.forces.filling import spread
from casque.forces.problem import Problem


@dataclass(frozen=True)
class Change:
    """How the best fill changes, in tenths of weighted people-months: the estimate, and what is proven at least and at most."""

    estimate: int
    low: int
    high: int

    @property
    def proven(self) -> bool:
        """Whether the change is known exactly."""
        return self.low == self.high

    def within(self, low: int, high: int) -> Change:
        """The same change with what is known otherwise of it."""
        least, most = max(self.low, low), min(self.high, high)
        return Change(min(max(self.estimate, least), most), least, most)


def rise(footing: Footing, after: Settled) -> Change:
    """How much more the best plan fills after a change than before; below zero where it fills less."""
    low, high = after.low - footing.highest, after.high - footing.value
    estimate = after.low - footing.value
    if footing.independent(after.touched):
        held, most = footing.before(after.touched)
        low, high = max(low, after.apart - most), min(high, after.apart_bound - held)
    return Change(min(max(estimate, low), high), low, high)


def points(problem: Problem, value: int) -> float:
    """Weighted people-months, in tenths, as points of a hundred of what is wanted."""
    return 100 * value / problem.wanted if problem.wanted else 0.0


def place(problem: Problem, pool: int) -> str:
    """A pool as a reader names it."""
    sector = problem.sectors.get(problem.pools[pool].sector)
    return f"{problem.pools[pool].capability.value} in {problem.pools[pool].sector if sector is None else sector.name}"


def gained(before: Problem, held: Placing, after: Problem, taken: Placing) -> dict[int, int]:
    """People-months that each line gains from one placing to another, below zero where it loses some."""
    found: dict[int, int] = {}
    was, becomes = by_pool(before, positions(before, held)), by_pool(after, positions(after, taken))
    for pool in sorted(was.keys() | becomes.keys()):
        old, new = was.get(pool, []), becomes.get(pool, [])
        if [before.names[index] for index in old] == [after.names[index] for index in new]:
            continue
        for month in range(len(before.calendar.months)):
            for line, people in spread(pool, old, month, before).items():
                found[line] = found.get(line, 0) - people
            for line, people in spread(pool, new, month, after).items():
                found[line] = found.get(line, 0) + people
    return found

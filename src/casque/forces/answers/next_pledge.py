"""Which one more unit would help most: the best type for each capability in each sector, found by solving again.

What is known of a candidate without solving says which need no solving, and, with what solving again shows, in what order the others stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from casque.forces.answers.asking import latest, whom_to_ask
from casque.forces.answers.candidates import Candidate, added, candidates, covers
from casque.forces.answers.figures import Change, gained, points, rise
from casque.forces.answers.parts import Footing
from casque.forces.answers.placing import by_pool, positions
from casque.forces.ground import limited
from casque.forces.problem import bound_together
from casque.mission.vocabulary import Capability
from casque.plan.force_answers import NextPledge
from casque.reference.load import Reference

ALIKE = 0.9
"""Part of what the best type brings from which another type is named beside it."""

QUICK = 0.5
"""Part of the most time of a program that every candidate is given at first."""

SOLVES = 3
"""Candidates solved at most, as a multiple of those asked for."""


@dataclass(frozen=True)
class Solved:
    """A candidate, what it brings, and the people-months that it fills."""

    item: Candidate
    change: Change
    people_months: float


@dataclass
class _List:
    """The candidates by what they add beside the plan, those solved, and the most that each could bring."""

    order: list[Candidate]
    bounds: list[int]
    solved: dict[int, Solved] = field(default_factory=dict)

    def learn(self, rank: int, found: Solved) -> None:
        """Notes a candidate that was solved: what it could do besides, another that can do no more brings no more either."""
        self.solved[rank] = found
        for other, item in enumerate(self.order):
            if self.bounds[other] > found.change.high and (other == rank or covers(found.item, item)):
                self.bounds[other] = found.change.high

    def next(self, most: int) -> int | None:
        """The candidate to solve next; none where none that is left could belong among the best or be the best of its gap.

        The first of each gap by the plan as it stands come first; then those that could still belong there, the likeliest to rule out
        others.
        """
        left = [rank for rank in range(len(self.order)) if rank not in self.solved]
        lows: dict[tuple[str, Capability], int] = {}
        for found in self.solved.values():
            lows[found.item.gap] = max(lows.get(found.item.gap, 0), found.change.low)
        if len(lows) < most:
            new = next((rank for rank in left if self.order[rank].gap not in lows), None)
            if new is not None:
                return new
        enough = sorted(lows.values(), reverse=True)[most - 1] if len(lows) >= most else 0
        could = (rank for rank in left if self.bounds[rank] > max(enough, lows.get(self.order[rank].gap, 0)))
        return min(could, key=lambda rank: (-self.bounds[rank], rank), default=None)


def next_pledges(footing: Footing, reference: Reference, most: int) -> tuple[NextPledge, ...]:
    """The units that would help most, each alone, at the reference strength of its type and kept up to the end of the horizon.

    One stands for each capability in each sector: the best of the types that would serve there; those that bring nearly as much are named
    beside it.
    Each is counted as one of the nation that leads the sector, so that it does not take the place of a contingent. Candidates are solved
    in the order of what they add beside the plan, until none that is left could bring more than those found.
    """
    if most <= 0:
        return ()
    # Of units that bring the same, ask for one that does it as its own trade, and for the smallest.
    order = sorted(candidates(footing, reference), key=lambda item: (-item.beside, not item.own_trade, item.kind.strength, item.kind.id))
    known = _List(order, [item.most for item in order])
    while len(known.solved) < SOLVES * most and (rank := known.next(most)) is not None:
        known.learn(rank, _solved(footing, order[rank], reference, QUICK))
    for rank in _shown(known.solved)[:most]:
        was = known.solved[rank].change
        if was.high - was.low > footing.highest - footing.value:
            again = _solved(footing, order[rank], reference, 1.0)
            change = again.change.within(was.low, was.high)
            known.learn(rank, replace(again if again.change.estimate > was.estimate else known.solved[rank], change=change))
    return tuple(_told(footing, reference, known, rank) for rank in _shown(known.solved)[:most])


def _shown(solved: Mapping[int, Solved]) -> list[int]:
    """The candidate that brings most for each gap, the best first."""
    best: dict[tuple[str, Capability], int] = {}
    for _, rank in sorted((-item.change.estimate, rank) for rank, item in solved.items() if item.change.estimate > 0):
        best.setdefault(solved[rank].item.gap, rank)
    return list(best.values())


def _alike(order: list[Candidate], solved: Mapping[int, Solved], best: int) -> list[str]:
    """Types that bring nearly as much for the same gap, the best first: as solved, else beside the plan as it stands."""
    brings = {rank: solved[rank].change.estimate if rank in solved else item.beside for rank, item in enumerate(order)}
    enough = max(1.0, ALIKE * brings[best])
    same = (rank for rank, item in enumerate(order) if rank != best and item.gap == order[best].gap and brings[rank] >= enough)
    return [order[rank].kind.id for rank in sorted(same, key=lambda rank: (-brings[rank], rank))]


def _solved(footing: Footing, item: Candidate, reference: Reference, part: float) -> Solved:
    """What a candidate brings, each program in a part of the most time that one may take."""
    problem = footing.problem
    footing.clock.part = part
    # A limit that the pledges could not break may still be one for them and one more.
    bound = bool(problem.limits) or limited(item.unit.pledge.member, problem)
    whole = replace(bound_together(item.problem, reference), excesses=()) if bound else item.problem
    there = by_pool(problem, positions(problem, footing.plan))
    first = len(whole.options) - len(item.options)
    best = max(range(len(item.options)), key=lambda number: (added(whole, first + number, there), -number))
    after = footing.settle(
        whole, frozenset(option.pool for option in item.options), item.most, ((*footing.plan, whole.names[first + best]),)
    )
    change = rise(footing, after).within(item.least, item.most)
    footing.clock.part = 1.0
    more = gained(problem, footing.plan, whole, after.taken)
    return Solved(item, change, float(max(0, sum(more.values()))))


def _told(footing: Footing, reference: Reference, known: _List, rank: int) -> NextPledge:
    solved = known.solved
    item, change = solved[rank].item, solved[rank].change
    problem, alike = footing.problem, _alike(known.order, solved, rank)
    place = (-change.estimate, rank)
    behind = max((other.change.high for number, other in solved.items() if (-other.change.estimate, number) > place), default=0)
    beyond = max((bound for number, bound in enumerate(known.bounds) if number not in solved), default=0)
    return NextPledge(
        unit_type=item.kind.id,
        sector=item.sector,
        by=latest(footing, item),
        gain=points(problem, change.estimate),
        people_months=solved[rank].people_months,
        proven=change.proven,
        low=points(problem, change.low),
        high=points(problem, change.high),
        rank_proven=change.low >= max(behind, beyond),
        ask=whom_to_ask(footing, item, {item.kind.id, *alike}, reference),
        capability=item.fills,
        alike=tuple(alike),
    )

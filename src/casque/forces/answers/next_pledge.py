"""Which one more unit would help most: the best type for each capability in each sector, found by solving again.

A unit can add no more than it would fill in an empty pool, and adds at least what it would fill beside everybody who could serve there,
because what a pool fills grows ever slower with the units in it (the fills form a polymatroid). These limits are known without
solving; they say which candidates need no solving, and, with what solving again shows, in what order the others stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from math import floor
from typing import Literal

from casque.forces.answers.figures import Change, gained, points, rise
from casque.forces.answers.parts import Footing, by_pool, positions, standing
from casque.forces.columns import shares_by_month, unit_options
from casque.forces.elements import Option, Unit
from casque.forces.eligibility import Presence
from casque.forces.filling import pool_value, spread
from casque.forces.problem import Problem
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Capability, PledgeStatus
from casque.plan.force_answers import Asked, NextPledge
from casque.reference.load import Reference
from casque.reference.unit_type import UnitType

NEARLY = 0.95
"""Part of the gain that counts as nearly all of it."""

ALIKE = 0.9
"""Part of what the best type brings from which another type is named beside it."""

ASKED = 3
"""Members named for a unit."""

HAS: tuple[Literal["that type", "that capability", "not seen"], ...] = ("that type", "that capability", "not seen")

QUICK = 0.5
"""Part of the most time of a program that every candidate is given at first."""

SOLVES = 3
"""Candidates solved at most, as a multiple of those asked for."""


@dataclass(frozen=True)
class Candidate:
    """A unit that could be asked for: one more element, and what it adds beside the plan, at least and at most."""

    kind: UnitType
    sector: str
    unit: Unit
    problem: Problem
    """The matching problem with it, limits as they were before."""
    options: tuple[Option, ...]
    beside: int
    """What it adds to the plan as it stands, in tenths of weighted people-months."""
    least: int
    most: int
    own_trade: bool
    """Whether what is short is its own capability."""
    fills: Capability
    """What it adds most to."""

    @property
    def gap(self) -> tuple[str, Capability]:
        """The sector and the capability that it would serve: one row of the list."""
        return self.sector, self.fills


@dataclass(frozen=True)
class Solved:
    """A candidate, what it brings, and the people-months that it fills."""

    item: Candidate
    change: Change
    people_months: float


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
    order = sorted(_candidates(footing, reference), key=lambda item: (-item.beside, not item.own_trade, item.kind.strength, item.kind.id))
    solved: dict[int, Solved] = {}
    while len(solved) < SOLVES * most and (rank := _next(order, solved, most)) is not None:
        solved[rank] = _solved(footing, order[rank], reference, QUICK)
    for rank in _shown(solved)[:most]:
        if solved[rank].change.high - solved[rank].change.low > footing.highest - footing.value:
            again = _solved(footing, order[rank], reference, 1.0)
            solved[rank] = replace(again, change=again.change.within(solved[rank].change.low, solved[rank].change.high))
    return tuple(_told(footing, reference, order, solved, rank) for rank in _shown(solved)[:most])


def _next(order: list[Candidate], solved: Mapping[int, Solved], most: int) -> int | None:
    """The candidate to solve next; none where none that is left could belong among the best or be the best of its gap.

    The first of each gap by the plan as it stands come first; then those that could still belong there, the likeliest to rule out others.
    """
    left = [rank for rank in range(len(order)) if rank not in solved]
    lows: dict[tuple[str, Capability], int] = {}
    for found in solved.values():
        lows[found.item.gap] = max(lows.get(found.item.gap, 0), found.change.low)
    if len(lows) < most:
        new = next((rank for rank in left if order[rank].gap not in lows), None)
        if new is not None:
            return new
    enough = sorted(lows.values(), reverse=True)[most - 1] if len(lows) >= most else 0
    bounds = {rank: _bound(order[rank], solved) for rank in left}
    could = (rank for rank in left if bounds[rank] > max(enough, lows.get(order[rank].gap, 0)))
    return min(could, key=lambda rank: (-bounds[rank], rank), default=None)


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
    whole = replace(problem.plus(item.unit, item.sector, reference), excesses=()) if problem.limits else item.problem
    after = footing.settle(whole, frozenset(option.pool for option in item.options), item.most)
    slack, beside = footing.highest - footing.value, 0 if problem.limits else item.beside
    change = rise(footing, after).within(max(item.least, beside - slack), item.most)
    footing.clock.part = 1.0
    taken = after.taken
    if beside > change.estimate:
        # The plan as it stands with the unit beside it is a plan as well, and a better one.
        there = by_pool(problem, positions(problem, footing.plan))
        first = len(item.problem.options) - len(item.options)
        best = max(range(len(item.options)), key=lambda number: (_added(item.problem, first + number, there), -number))
        change = replace(change, estimate=min(change.high, beside))
        whole, taken = item.problem, (*footing.plan, item.problem.names[first + best])
    more = gained(problem, footing.plan, whole, taken)
    return Solved(item, change, float(max(0, sum(more.values()))))


def _bound(item: Candidate, solved: Mapping[int, Solved]) -> int:
    """The most that a candidate could bring: no more than one already solved that could do all that it can."""
    return min((other.change.high for other in solved.values() if _covers(other.item, item)), default=item.most)


def _covers(more: Candidate, less: Candidate) -> bool:
    """Whether one candidate could do all that another can: as many people in every month in every place."""
    return more.sector == less.sector and all(
        any(
            wide.pool == narrow.pool and all(have >= want for have, want in zip(wide.people, narrow.people, strict=True))
            for wide in more.options
        )
        for narrow in less.options
    )


def _told(footing: Footing, reference: Reference, order: list[Candidate], solved: Mapping[int, Solved], rank: int) -> NextPledge:
    item, change = solved[rank].item, solved[rank].change
    problem, alike = footing.problem, _alike(order, solved, rank)
    place = (-change.estimate, rank)
    behind = max((other.change.high for number, other in solved.items() if (-other.change.estimate, number) > place), default=0)
    beyond = max((_bound(other, solved) for number, other in enumerate(order) if number not in solved), default=0)
    return NextPledge(
        unit_type=item.kind.id,
        sector=item.sector,
        by=_latest(footing, item),
        gain=points(problem, change.estimate),
        people_months=solved[rank].people_months,
        proven=change.proven,
        low=points(problem, change.low),
        high=points(problem, change.high),
        rank_proven=change.low >= max(behind, beyond),
        ask=_ask(footing, item, {item.kind.id, *alike}, reference),
        capability=item.fills,
        alike=tuple(alike),
    )


def _candidates(footing: Footing, reference: Reference) -> Iterator[Candidate]:
    problem = footing.problem
    short = _first_short_month(footing)
    beside = by_pool(problem, positions(problem, footing.plan))
    for sector in dict.fromkeys(pool.sector for pool in problem.pools):
        closed = _closed(footing, sector)
        sure = not problem.limits and len(_could_stand(problem, sector) | {_lead(problem, sector)}) <= problem.most_nations(sector)
        for kind in reference.unit_types.values():
            served = {kind.capability, *kind.stands_in}
            months = [month for (where, capability), month in short.items() if where == sector and capability in served]
            if not months:
                continue
            unit = _newcomer(problem, kind, sector, min(months), reference)
            more = _beside(footing, unit, unit_options(len(problem.units), unit, problem, reference, (sector,)))
            indices = more.by_unit[len(problem.units)]
            gains = [(_added(more, index, beside), _added(more, index, {}), _added(more, index, _all(problem))) for index in indices]
            if not gains:
                continue
            gain, most, least = (max(values) for values in zip(*gains, strict=True))
            options = tuple(more.options[index] for index in indices)
            fills = problem.pools[options[max(range(len(gains)), key=lambda number: (gains[number], -number))].pool].capability
            own = (sector, kind.capability) in short
            yield Candidate(kind, sector, unit, more, options, 0 if closed else gain, least if sure else 0, most, own, fills)


def _beside(footing: Footing, unit: Unit, options: tuple[Option, ...]) -> Problem:
    """The matching problem with one more element, under names that no other one has."""
    problem = footing.problem
    names = tuple(footing.new_name() for _ in options)
    return replace(problem, units=(*problem.units, unit), options=(*problem.options, *options), names=(*problem.names, *names))


def _added(more: Problem, index: int, beside: dict[int, list[int]]) -> int:
    pool = more.options[index].pool
    there = beside.get(pool, [])
    return pool_value(pool, [*there, index], more) - pool_value(pool, there, more)


def _all(problem: Problem) -> dict[int, list[int]]:
    return {pool: list(options) for pool, options in enumerate(problem.by_pool)}


def _closed(footing: Footing, sector: str) -> bool:
    """Whether a sector could hold as many nations as it may without the one that leads it."""
    problem = footing.problem
    lead = _lead(problem, sector)
    nations = standing(problem, footing.plan).get(sector, set())
    return lead not in nations and len(nations) >= problem.most_nations(sector)


def _could_stand(problem: Problem, sector: str) -> set[str]:
    return {option.member for index, option in enumerate(problem.options) if problem.sector_of(index) == sector}


def _lead(problem: Problem, sector: str) -> str:
    return problem.sectors[sector].lead if sector in problem.sectors else "new"


def _newcomer(problem: Problem, kind: UnitType, sector: str, month: int, reference: Reference) -> Unit:
    days = problem.calendar
    planned = round(reference.value("movement.planning-days"))
    by = max(0, days.months[month][0] - planned)
    last = days.months[-1][-1]
    pledge = Pledge(
        id=f"new-{kind.id}",
        member=_lead(problem, sector),
        name=kind.name,
        unit_type=kind.id,
        strength=f"{kind.strength!r} person",
        status=PledgeStatus.OFFERED,
        home="home",
        ready_to_load=days.d_day + timedelta(days=by),
        sector=sector,
    )
    return Unit(pledge, Presence(by + planned, last, 1, by + planned, frozenset(range(by + planned, last + 1)), frozenset()), (), True)


def _latest(footing: Footing, item: Candidate) -> int:
    """Last day on which the unit may be ready and still add nearly all that it would add beside the plan."""
    days = item.problem.calendar
    beside = by_pool(footing.problem, positions(footing.problem, footing.plan))
    start, last = item.unit.presence.start, item.unit.presence.end
    ready = days.day(item.unit.pledge.ready_to_load)

    def added(late: int) -> int:
        shares = shares_by_month(frozenset(range(start + late, last + 1)), days)
        gains = []
        for option in item.options:
            people = tuple(floor(item.unit.strength * option.quality * share + 1e-9) for share in shares)
            more = _beside(footing, item.unit, (replace(option, people=people),))
            gains.append(_added(more, len(more.options) - 1, beside))
        return max(gains, default=0)

    whole = added(0)
    low, high = 0, max(0, last - start)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if added(middle) >= NEARLY * whole else (low, middle - 1)
    return ready + low


def _ask(footing: Footing, item: Candidate, types: Set[str], reference: Reference) -> tuple[Asked, ...]:
    """Members to ask: those that may and can serve there, by whether they have such units, then by their will."""
    problem = footing.problem
    own: dict[str, set[str]] = {}
    kinds: dict[str, set[Capability]] = {}
    barred: set[str] = set()
    for unit in problem.units:
        own.setdefault(unit.pledge.member, set()).add(unit.pledge.unit_type)
        if unit.known:
            kinds.setdefault(unit.pledge.member, set()).add(reference.unit_types[unit.pledge.unit_type].capability)
        if any(item.sector in barrier.caveat.bars_sectors for barrier in unit.barriers):
            barred.add(unit.pledge.member)
    nations = standing(problem, footing.plan).get(item.sector, set())
    full = len(nations) >= problem.most_nations(item.sector)
    found: list[tuple[int, float, float, str, Asked]] = []
    for member in problem.members.values():
        if "contributor" not in member.roles or member.id in barred or (full and member.id not in nations) or member.will <= 0:
            continue
        rank = 0 if types & own.get(member.id, set()) else 1 if item.kind.capability in kinds.get(member.id, set()) else 2
        asked = Asked(member=member.id, will=member.will, has=HAS[rank])
        found.append((rank, -member.will, -member.reliability, member.id, asked))
    return tuple(asked for *_, asked in sorted(found, key=lambda row: row[:4])[:ASKED])


def _first_short_month(footing: Footing) -> dict[tuple[str, Capability], int]:
    problem = footing.problem
    lacking: dict[tuple[str, Capability], int] = {}
    there = by_pool(problem, positions(problem, footing.plan))
    for number, pool in enumerate(problem.pools):
        for month in range(len(problem.calendar.months)):
            filled = sum(spread(number, there.get(number, []), month, problem).values())
            if filled < sum(problem.demand[line][month] for line in pool.lines):
                lacking[pool.sector, pool.capability] = month
                break
    return lacking

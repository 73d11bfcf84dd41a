"""Units that could be asked for, and what each adds beside the plan, as far as that is known without solving.

A unit can add no more than it would fill in an empty pool, and adds at least what it would fill beside everybody who could serve there,
because what a pool fills grows ever slower with the units in it (the fills form a polymatroid).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from casque.forces.answers.parts import Footing
from casque.forces.answers.placing import by_pool, positions, standing
from casque.forces.columns import unit_options
from casque.forces.elements import Option, Unit
from casque.forces.eligibility import Presence
from casque.forces.filling import pool_value, spread
from casque.forces.ground import limited
from casque.forces.problem import Problem
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Capability, PledgeStatus
from casque.reference.load import Reference
from casque.reference.unit_type import UnitType


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


def candidates(footing: Footing, reference: Reference) -> Iterator[Candidate]:
    """Every type that could fill something where the plan is short, sector by sector, as a unit of the nation that leads there."""
    problem = footing.problem
    short = _first_short_month(footing)
    beside = by_pool(problem, positions(problem, footing.plan))
    for sector in dict.fromkeys(pool.sector for pool in problem.pools):
        closed = _closed(footing, sector)
        lead = _lead(problem, sector)
        sure = not limited(lead, problem) and len(_could_stand(problem, sector) | {lead}) <= problem.most_nations(sector)
        for kind in reference.unit_types.values():
            served = {kind.capability, *kind.stands_in}
            months = [month for (where, capability), month in short.items() if where == sector and capability in served]
            if not months:
                continue
            unit = _newcomer(problem, kind, sector, min(months), reference)
            more = with_one_more(footing, unit, unit_options(len(problem.units), unit, problem, reference, (sector,)))
            indices = more.by_unit[len(problem.units)]
            gains = [(added(more, index, beside), added(more, index, {}), added(more, index, _all(problem))) for index in indices]
            if not gains:
                continue
            gain, most, least = (max(values) for values in zip(*gains, strict=True))
            options = tuple(more.options[index] for index in indices)
            fills = problem.pools[options[max(range(len(gains)), key=lambda number: (gains[number], -number))].pool].capability
            own = (sector, kind.capability) in short
            yield Candidate(kind, sector, unit, more, options, 0 if closed else gain, least if sure else 0, most, own, fills)


def with_one_more(footing: Footing, unit: Unit, options: tuple[Option, ...]) -> Problem:
    """The matching problem with one more element, under names that no other one has."""
    problem = footing.problem
    names = tuple(footing.new_name() for _ in options)
    return replace(problem, units=(*problem.units, unit), options=(*problem.options, *options), names=(*problem.names, *names))


def added(more: Problem, index: int, beside: dict[int, list[int]]) -> int:
    """What an option adds to the fill of its pool beside some options there, by pool."""
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


def covers(more: Candidate, less: Candidate) -> bool:
    """Whether one candidate could do all that another can: as many people in every month in every place."""
    return more.sector == less.sector and all(
        any(
            wide.pool == narrow.pool and all(have >= want for have, want in zip(wide.people, narrow.people, strict=True))
            for wide in more.options
        )
        for narrow in less.options
    )


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

"""What one more pledge would bring and what would be lost without a member, each found by solving again.

Sectors that the change does not touch keep their solution. The units that could serve in several sectors may move one at a time, and each
touched sector is solved again while the time lasts. The answer is proven where the placings before and after both meet their bound;
otherwise it compares the best placings found.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from casque.forces.auction import Budget
from casque.forces.eligibility import Presence
from casque.forces.filling import pool_value, spread
from casque.forces.optimum import Plan, certified, fill_limit, improved, polished, value_of
from casque.forces.problem import Problem, Unit
from casque.mission.forces import Pledge
from casque.mission.vocabulary import PledgeStatus
from casque.plan.force import NextPledge, Pivotal
from casque.reference.load import Reference
from casque.reference.unit_type import UnitType


def pivotal(problem: Problem, plan: Plan, budget: Budget, worth: Mapping[int, int]) -> tuple[Pivotal, ...]:
    """Every member that pledged something, with what is lost without it; the greatest loss first. `worth` prices units for the bounds."""
    strength: dict[str, float] = {}
    for unit in problem.units:
        strength[unit.pledge.member] = strength.get(unit.pledge.member, 0.0) + unit.pledge.strength
    for known in problem.members.values():
        if "contributor" in known.roles:
            strength.setdefault(known.id, 0.0)
    before = _by_pool(problem, plan.taken)
    found: list[Pivotal] = []
    able = {option.member for option in problem.options}
    for member, people in strength.items():
        loss, where, proven = 0, "", plan.status == "optimal" or member not in able
        if any(problem.options[index].member == member for index in plan.taken):
            left = problem.without(member)
            position = {option: index for index, option in enumerate(left.options)}
            start = tuple(position[problem.options[index]] for index in plan.taken if problem.options[index] in position)
            taken = polished(left, budget, improved(left, start))
            loss = max(0, plan.value - value_of(taken, left))
            proven = _proven(plan, left, taken, plan.value - loss, budget, worth)
            after = _by_pool(left, taken)
            worst = max(before, key=lambda pool: before[pool] - after.get(pool, 0))
            where = place(problem, worst) if loss else ""
        found.append(Pivotal(member=member, strength=people, loss=points(problem, loss), loses_most=where, proven=proven))
    return tuple(sorted(found, key=lambda item: (-item.loss, item.member)))


def _proven(plan: Plan, changed: Problem, taken: tuple[int, ...], value: int, budget: Budget, worth: Mapping[int, int]) -> bool:
    """Whether the plan and the placing after a change, which fills `value`, are both proven best."""
    return plan.status == "optimal" and certified(taken, value, fill_limit(changed, budget, worth, taken)).status == "optimal"


def next_pledges(
    problem: Problem, plan: Plan, reference: Reference, budget: Budget, most: int, worth: Mapping[int, int]
) -> tuple[NextPledge, ...]:
    """The units that would help most, each alone, at the reference strength of its type and kept up to the end of the horizon.

    Each is counted as one of the nation that leads the sector, so that it does not take the place of a contingent. Every type and sector
    is first tried beside the plan as it stands; the best are then found by solving their sector again.
    """
    short = _first_short_month(problem, plan)
    trials: list[tuple[int, str, UnitType, Unit, int]] = []
    crowd = problem
    for sector in dict.fromkeys(pool.sector for pool in problem.pools):
        for kind in reference.unit_types.values():
            served = {kind.capability, *kind.stands_in}
            months = [month for (where, capability), month in short.items() if where == sector and capability in served]
            if months:
                unit, by = _newcomer(problem, kind, sector, min(months), reference)
                trials.append((len(crowd.units), sector, kind, unit, by))
                crowd = crowd.plus(unit, sector, reference)
    beside: dict[int, list[int]] = {}
    for index in plan.taken:
        beside.setdefault(problem.options[index].pool, []).append(index)
    screened: list[tuple[int, bool, float, int]] = []
    for number, (index, sector, kind, *_) in enumerate(trials):
        gains = [
            pool_value(crowd.options[option].pool, [*beside.get(crowd.options[option].pool, []), option], crowd)
            - pool_value(crowd.options[option].pool, beside.get(crowd.options[option].pool, []), crowd)
            for option in crowd.by_unit[index]
        ]
        # Of units that bring the same, ask for one that does it as its own trade, and for the smallest.
        screened.append((-max(gains, default=0), (sector, kind.capability) not in short, kind.strength, number))
    screened.sort()
    people = _people_months(problem, plan.taken)
    found: list[tuple[int, int, NextPledge]] = []
    for rank, (rough, _, _, number) in enumerate(screened[: most + most // 3]):
        _, sector, kind, unit, by = trials[number]
        more = problem.plus(unit, sector, reference)
        taken = polished(more, budget, improved(more, plan.taken))
        beside_all = 0 if _closed(problem, plan.taken, sector, unit.pledge.member) else -rough
        gain = max(beside_all, value_of(taken, more) - plan.value)
        if gain > 0:
            extra = max(0.0, _people_months(more, taken) - people)
            proven = _proven(plan, more, taken, plan.value + gain, budget, worth)
            asked = NextPledge(unit_type=kind.id, sector=sector, by=by, gain=points(problem, gain), people_months=extra, proven=proven)
            found.append((-gain, rank, asked))
    return tuple(asked for _, _, asked in sorted(found, key=lambda item: item[:2])[:most])


def _closed(problem: Problem, taken: tuple[int, ...], sector: str, member: str) -> bool:
    """Whether a sector holds as many nations as it may, and a member is not one of them."""
    nations = {problem.options[index].member for index in taken if problem.sector_of(index) == sector}
    return member not in nations and len(nations) >= problem.contingents


def points(problem: Problem, value: int) -> float:
    """Weighted people-months, in tenths, as points of a hundred of what is wanted."""
    return 100 * value / problem.wanted if problem.wanted else 0.0


def place(problem: Problem, pool: int) -> str:
    """A pool as a reader names it."""
    sector = problem.sectors.get(problem.pools[pool].sector)
    return f"{problem.pools[pool].capability.value} in {problem.pools[pool].sector if sector is None else sector.name}"


def _newcomer(problem: Problem, kind: UnitType, sector: str, month: int, reference: Reference) -> tuple[Unit, int]:
    days = problem.calendar
    planned = round(reference.value("movement.planning-days"))
    by = max(0, days.months[month][0] - planned)
    last = days.months[-1][-1]
    pledge = Pledge(
        id=f"new-{kind.id}",
        member=problem.sectors[sector].lead if sector in problem.sectors else "new",
        name=kind.name,
        unit_type=kind.id,
        strength=f"{kind.strength!r} person",
        status=PledgeStatus.OFFERED,
        home="home",
        ready_to_load=days.d_day + timedelta(days=by),
        sector=sector,
    )
    there = frozenset(range(by + planned, last + 1))
    return Unit(pledge, Presence(by + planned, last, 1, by + planned, there, frozenset()), (), True), by


def _first_short_month(problem: Problem, plan: Plan) -> dict[tuple[str, object], int]:
    lacking: dict[tuple[str, object], int] = {}
    by_pool = _options_by_pool(problem, plan.taken)
    for number, pool in enumerate(problem.pools):
        for month in range(len(problem.calendar.months)):
            filled = sum(spread(number, by_pool.get(number, []), month, problem).values())
            if filled < sum(problem.demand[line][month] for line in pool.lines):
                lacking[pool.sector, pool.capability] = month
                break
    return lacking


def _options_by_pool(problem: Problem, taken: tuple[int, ...]) -> dict[int, list[int]]:
    result: dict[int, list[int]] = {}
    for index in taken:
        result.setdefault(problem.options[index].pool, []).append(index)
    return result


def _by_pool(problem: Problem, taken: tuple[int, ...]) -> dict[int, int]:
    return {pool: pool_value(pool, options, problem) for pool, options in _options_by_pool(problem, taken).items()}


def _people_months(problem: Problem, taken: tuple[int, ...]) -> float:
    return float(
        sum(
            sum(spread(pool, options, month, problem).values())
            for pool, options in _options_by_pool(problem, taken).items()
            for month in range(len(problem.calendar.months))
        )
    )

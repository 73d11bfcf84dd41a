"""Finds the best plan: a quick first plan by hand, then CP-SAT for the best fill, then CP-SAT again for cohesion at that fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from casque.errors import CasqueBug
from casque.forces.auction import Bid, Budget, answered, bid, hint, restricted
from casque.forces.constraints import constrain
from casque.forces.filling import pool_value
from casque.forces.objective import Preferences, friction, weighted_fill
from casque.forces.problem import Problem
from casque.forces.variables import variables
from casque.plan.record import Status


@dataclass(frozen=True)
class Plan:
    """Options taken, in order, and what they fill; value and bound in tenths of weighted people-months."""

    taken: tuple[int, ...]
    value: int
    bound: int
    status: Status


def value_of(taken: tuple[int, ...], problem: Problem) -> int:
    """Weighted people-months, in tenths, that some options fill together."""
    by_pool: dict[int, list[int]] = {}
    for index in taken:
        by_pool.setdefault(problem.options[index].pool, []).append(index)
    return sum(pool_value(pool, options, problem) for pool, options in by_pool.items())


def best_fill(problem: Problem, budget: Budget, worth: Mapping[int, int], start: tuple[int, ...] = ()) -> Plan:
    """The plan with the largest weighted fill that the budget allows.

    `worth` prices the units that could serve in several sectors; `start` is a plan to begin from. Where sector by sector leaves a
    gap, `whole` allows the whole problem to be put to the solver as well.
    """
    taken = improved(problem, start)
    if not problem.options:
        return Plan((), 0, 0, "optimal")
    bids = _bids(problem, worth, taken, budget)
    bound = _limit(problem, bids, worth)
    taken = _better(problem, taken, improved(problem, _settled(problem, bids, taken)))
    if worth and value_of(taken, problem) < bound:
        taken = polished(problem, budget, taken)
    value = value_of(taken, problem)
    if value < bound and budget.left > 0:
        taken, limit = _whole(problem, budget, worth, taken, bids)
        bound = min(bound, limit)
        value = value_of(taken, problem)
    return certified(taken, value, bound)


def fill_limit(problem: Problem, budget: Budget, worth: Mapping[int, int], taken: tuple[int, ...]) -> int:
    """What no plan can fill more than: the sum over the sectors, each by itself at the prices `worth`. `taken` is a plan at hand."""
    return _limit(problem, _bids(problem, worth, taken, budget), worth)


def _limit(problem: Problem, bids: Mapping[str, Bid], worth: Mapping[int, int]) -> int:
    paid = sum(worth.get(unit, 0) for unit, options in enumerate(problem.by_unit) if options)
    return min(problem.wanted, sum(found.bound for found in bids.values()) + paid)


def certified(taken: tuple[int, ...], value: int, bound: int) -> Plan:
    """A plan with its certificate. Raises CasqueBug where it fills more than its bound allows."""
    if value > bound:
        raise CasqueBug(f"a plan fills {value}, which its bound {bound} rules out")
    return Plan(taken, value, bound, "optimal" if value == bound else "feasible")


def _bids(problem: Problem, worth: Mapping[int, int], taken: tuple[int, ...], budget: Budget) -> dict[str, Bid]:
    return {sector: _bid(problem, sector, worth, taken, budget) for sector in _sectors(problem)}


def _bid(problem: Problem, sector: str, worth: Mapping[int, int], taken: tuple[int, ...], budget: Budget) -> Bid:
    alone = restricted(problem, sector)
    inside = {option: index for index, option in enumerate(alone.options)}
    return bid(alone, worth, [inside[problem.options[index]] for index in taken if problem.options[index] in inside], budget)


def _settled(problem: Problem, bids: Mapping[str, Bid], now: tuple[int, ...]) -> tuple[int, ...]:
    """The bids with every unit in one place: where it is now, if that sector bids for it, or with the first bidder."""
    place: dict[int, int] = {}
    position = {option: index for index, option in enumerate(problem.options)}
    claims = [position[option] for found in bids.values() for option in found.taken]
    current = {problem.options[index].unit: problem.sector_of(index) for index in now}
    for index in claims:
        unit = problem.options[index].unit
        if unit not in place or current.get(unit) == problem.sector_of(index):
            place[unit] = index
    return tuple(sorted(place.values()))


def polished(problem: Problem, budget: Budget, taken: tuple[int, ...]) -> tuple[int, ...]:
    """Each sector solved again with the units tied to it and the free ones the plan leaves to it, then single moves, until it rests."""
    position = {option: index for index, option in enumerate(problem.options)}
    for _ in range(3):
        if budget.left <= 0:
            break
        where = {problem.options[index].unit: problem.sector_of(index) for index in taken}
        found: list[int] = []
        for sector in _sectors(problem):
            units = frozenset(
                unit
                for unit, options in enumerate(problem.by_unit)
                if options and (where.get(unit) == sector or all(problem.sector_of(index) == sector for index in options))
            )
            alone = restricted(problem, sector, units)
            inside = {option: index for index, option in enumerate(alone.options)}
            own = [inside[problem.options[index]] for index in taken if problem.options[index] in inside]
            found += [position[option] for option in bid(alone, {}, own, budget).taken]
        better = _better(problem, taken, improved(problem, tuple(sorted(found))))
        if better == taken:
            break
        taken = better
    return taken


def _whole(
    problem: Problem, budget: Budget, worth: Mapping[int, int], taken: tuple[int, ...], bids: Mapping[str, Bid]
) -> tuple[tuple[int, ...], int]:
    """The whole problem put to the solver, with the plan known so far, and with each sector's bid as a ceiling on what it can fill."""
    model = cp_model.CpModel()
    names = variables(model, problem)
    constrain(model, problem, names)
    for sector, found in bids.items():
        bought = [index for index, option in enumerate(problem.options) if problem.sector_of(index) == sector and worth.get(option.unit, 0)]
        paid = [worth[problem.options[index].unit] for index in bought]
        spent = cp_model.LinearExpr.weighted_sum([names.takes[index] for index in bought], paid)
        model.add(weighted_fill(problem, names, sector) <= found.bound + spent)
    model.maximize(weighted_fill(problem, names))
    hint(model, problem, names, taken)
    solver = budget.solver()
    solver.parameters.max_deterministic_time = max(1e-3, budget.left)
    status = solver.solve(model)
    budget.spend(solver)
    if not answered(solver, status):
        return taken, problem.wanted
    chosen = tuple(index for index, takes in enumerate(names.takes) if solver.boolean_value(takes))
    return _better(problem, taken, improved(problem, chosen)), int(solver.best_objective_bound + 1e-6)


def _better(problem: Problem, one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return other if value_of(other, problem) > value_of(one, problem) else one


def _sectors(problem: Problem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.sector_of(index) for index in range(len(problem.options))))


def cohesive(problem: Problem, plan: Plan, prices: Preferences, budget: Budget) -> Plan:
    """A plan with the same fill or better that suits the members better; the plan itself where none is found in time."""
    if not plan.taken:
        return plan
    model = cp_model.CpModel()
    names = variables(model, problem)
    constrain(model, problem, names)
    model.add(weighted_fill(problem, names) >= plan.value)
    model.minimize(friction(model, problem, names, prices))
    hint(model, problem, names, plan.taken)
    solver = budget.solver()
    status = solver.solve(model)
    budget.spend(solver)
    if not answered(solver, status):
        return plan
    taken = tuple(index for index, takes in enumerate(names.takes) if solver.boolean_value(takes))
    value = value_of(taken, problem)
    if value < plan.value:
        return plan
    return certified(taken, value, plan.bound)


def improved(problem: Problem, start: tuple[int, ...] = ()) -> tuple[int, ...]:
    """A plan that no move of a single unit betters, begun from `start`."""
    place = {problem.options[index].unit: index for index in start}
    members: dict[int, list[int]] = {pool: [] for pool in range(len(problem.pools))}
    nations: Counter[tuple[str, str]] = Counter()
    for index in start:
        members[problem.options[index].pool].append(index)
        nations[problem.options[index].member, problem.sector_of(index)] += 1
    values = {pool: pool_value(pool, options, problem) for pool, options in members.items()}
    order = sorted(
        (unit for unit, options in enumerate(problem.by_unit) if options), key=lambda unit: (-problem.units[unit].pledge.strength, unit)
    )
    moved = True
    while moved:
        moved = False
        for unit in order:
            moved |= _move(unit, problem, place, members, nations, values)
    return tuple(sorted(place.values()))


def _move(
    unit: int,
    problem: Problem,
    place: dict[int, int],
    members: dict[int, list[int]],
    nations: Counter[tuple[str, str]],
    values: dict[int, int],
) -> bool:
    """Moves one unit to where the fill rises most; says whether it moved."""
    now = place.pop(unit, None)
    lost = 0
    if now is not None:
        pool = problem.options[now].pool
        members[pool].remove(now)
        nations[problem.options[now].member, problem.sector_of(now)] -= 1
        kept = pool_value(pool, members[pool], problem)
        lost, values[pool] = values[pool] - kept, kept
    best, gain = now, lost
    for index in problem.by_unit[unit]:
        option = problem.options[index]
        sector = problem.sector_of(index)
        if index == now or (not nations[option.member, sector] and _full(sector, problem, nations)):
            continue
        more = pool_value(option.pool, [*members[option.pool], index], problem) - values[option.pool]
        if more > gain:
            best, gain = index, more
    if best is not None:
        option = problem.options[best]
        place[unit] = best
        members[option.pool].append(best)
        nations[option.member, problem.sector_of(best)] += 1
        values[option.pool] += gain
    return best != now


def _full(sector: str, problem: Problem, nations: Counter[tuple[str, str]]) -> bool:
    return sum(number > 0 for (_, where), number in nations.items() if where == sector) >= problem.contingents

"""Who should exercise with whom before deployment: contingents of one sector that have not of late, and a plan of exercises with dates.

An exercise buys the points that the matching counts against strangers under a sector's lead (`Preferences.strangers`). Two contingents side
by side under the same lead cost the matching nothing; what they gain is shown at a share of those points. Exercises last equally long, one
at a time for each contingent, and end before the earlier of the two is ready to load. Which fit is settled by a small integer program over
rounds of that length, begun from the greedy plan (most points first, each in the first free round).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from casque.forces.points import exercised
from casque.forces.problem import Problem
from casque.forces.tours import ready_day
from casque.plan.force_answers import Training
from casque.reference.load import Reference

SMALL = 4000
"""Most pairs times rounds of a sector that are put to the integer program; above it the greedy plan stands."""

TIME = 0.2
"""Deterministic time of the program for one sector."""

SCALE = 100
"""Points are whole hundredths in the program."""


@dataclass(frozen=True)
class Pair:
    """Two contingents of a sector that have not exercised together of late."""

    first: str
    second: str
    sector: str
    leads: bool
    buys: float
    ready: int


def training(problem: Problem, taken: Sequence[int], reference: Reference, seed: int) -> tuple[Training, ...]:
    """Exercises for the contingents of a plan, by their first day; those that do not fit before deployment stand at the end."""
    days = round(reference.value("force.exercise-days"))
    opening = -round(reference.value("force.exercise-window"))
    found: list[Training] = []
    for sector in dict.fromkeys(problem.sector_of(index) for index in taken):
        wanted = _pairs(problem, taken, sector, reference)
        rounds = {number: (pair.ready - opening) // days for number, pair in enumerate(wanted)}
        held = _rounds(wanted, rounds, seed)
        for number, pair in enumerate(wanted):
            at = held.get(number)
            start = None if at is None else opening + at * days
            found.append(
                Training(
                    first=pair.first,
                    second=pair.second,
                    sector=pair.sector,
                    kind="lead and led" if pair.leads else "side by side",
                    buys=pair.buys,
                    counts=pair.leads and bool(problem.exercises),
                    ready=pair.ready,
                    start=start,
                    end=None if start is None else start + days - 1,
                    why="" if start is not None else _why(pair, rounds[number], days, opening),
                )
            )
    return tuple(
        sorted(found, key=lambda item: (item.start is None, item.start or 0, -item.buys, item.ready, item.sector, item.first, item.second))
    )


def _why(pair: Pair, rounds: int, days: int, opening: int) -> str:
    if rounds <= 0:
        return f"{days} days between D{opening:+d} and D{pair.ready:+d}, when the earlier of the two is ready to load, are not there"
    return f"other exercises of the two, which buy more, take the days before D{pair.ready:+d}"


def _pairs(problem: Problem, taken: Sequence[int], sector: str, reference: Reference) -> list[Pair]:
    ready: dict[str, int] = {}
    for index in taken:
        if problem.sector_of(index) == sector:
            day = ready_day(problem.units[problem.options[index].unit].pledge, problem.calendar, reference)
            member = problem.options[index].member
            ready[member] = min(day, ready.get(member, day))
    lead = problem.sectors[sector].lead if sector in problem.sectors else ""
    each, share = problem.preferences.strangers, reference.value("force.exercise-peers")
    found: list[Pair] = []
    for one, other in combinations(sorted(ready, key=lambda member: (member != lead, member)), 2):
        if not problem.exercises or not exercised(one, other, problem, reference):
            leads = one == lead
            found.append(Pair(one, other, sector, leads, float(each if leads else each * share), min(ready[one], ready[other])))
    return found


def _rounds(wanted: Sequence[Pair], rounds: dict[int, int], seed: int) -> dict[int, int]:
    """The round of each pair that exercises: the most points, and among plans of as many points the earliest rounds."""
    begun = _greedy(wanted, rounds)
    places = sum(max(0, number) for number in rounds.values())
    if not places or places > SMALL or len(begun) == sum(number > 0 for number in rounds.values()):
        return begun
    model = cp_model.CpModel()
    holds = {(pair, at): model.new_bool_var(f"{pair} {at}") for pair, number in rounds.items() for at in range(number)}
    busy: dict[tuple[str, int], list[cp_model.IntVar]] = {}
    for (pair, at), held in holds.items():
        for member in (wanted[pair].first, wanted[pair].second):
            busy.setdefault((member, at), []).append(held)
        model.add_hint(held, begun.get(pair) == at)
    for pair, number in rounds.items():
        if number > 0:
            model.add_at_most_one(holds[pair, at] for at in range(number))
    for there in busy.values():
        model.add_at_most_one(there)
    latest = sum(range(max(rounds.values()))) * len(wanted) + 1
    worth = {place: latest * round(SCALE * wanted[place[0]].buys) - place[1] for place in holds}
    model.maximize(sum(worth[place] * held for place, held in holds.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = TIME
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return begun
    return {pair: at for (pair, at), held in holds.items() if solver.boolean_value(held)}


def _greedy(wanted: Sequence[Pair], rounds: dict[int, int]) -> dict[int, int]:
    """Pairs by what a day buys, then by who is ready first, each in the first round in which neither of the two is taken."""
    busy: set[tuple[str, int]] = set()
    held: dict[int, int] = {}
    for number, pair in sorted(enumerate(wanted), key=lambda item: (-item[1].buys, item[1].ready, item[0])):
        for at in range(rounds[number]):
            if (pair.first, at) not in busy and (pair.second, at) not in busy:
                busy |= {(pair.first, at), (pair.second, at)}
                held[number] = at
                break
    return held

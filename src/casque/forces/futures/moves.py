"""Which units stand elsewhere than in the nominal plan, what that is worth, and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from casque.forces.futures.cells import Cells, People
from casque.forces.futures.placing import NOBODY, Move, Placing
from casque.forces.futures.search import smallest
from casque.forces.matched import part_text
from casque.forces.problem import Problem
from casque.plan.futures import Aim, FutureMove, PledgeChance


def tidied(problem: Problem, table: Cells, people: People, nominal: Sequence[int], taken: Sequence[int], tail: int) -> tuple[int, ...]:
    """A plan with every unit back in its nominal place that can go back alone at no loss."""
    placing = Placing(problem, table, people, taken)
    for move in _backwards(placing, nominal):
        if placing.fits([move]) and smallest(placing.total + placing.effect([move]), tail) >= smallest(placing.total, tail):
            placing.make([move])
    return placing.taken


def moves(
    problem: Problem,
    table: Cells,
    people: People,
    nominal: Sequence[int],
    taken: Sequence[int],
    aim: Aim,
    tail: int,
    chances: Sequence[PledgeChance],
) -> tuple[FutureMove, ...]:
    """Units of a plan that stand elsewhere than in the nominal one, the most valuable first."""
    placing, before = Placing(problem, table, people, taken), Placing(problem, table, people, nominal)
    by_name = {chance.unit: chance for chance in chances}
    found = []
    for now, then in _backwards(placing, nominal):
        unit = problem.units[problem.options[now if then == NOBODY else then].unit]
        loss = 0
        if placing.fits([(now, then)]):
            loss = smallest(placing.total, tail) - smallest(placing.total + placing.effect([(now, then)]), tail)
        worth = 100.0 * loss / tail / problem.wanted if problem.wanted else 0.0
        found.append(
            FutureMove(
                aim=aim,
                unit=unit.pledge.id,
                part=part_text([unit.part], unit.of),
                nominal=place_text(problem, then),
                place=place_text(problem, now),
                worth=worth,
                why=_why(before, now, then, by_name),
            )
        )
    return tuple(sorted(found, key=lambda move: (-move.worth, move.unit, move.part)))


def place_text(problem: Problem, index: int) -> str:
    """An option in words: capability, sector and first day; empty for none."""
    if index == NOBODY:
        return ""
    option = problem.options[index]
    pool = problem.pools[option.pool]
    sector = problem.sectors[pool.sector].name if pool.sector in problem.sectors else pool.sector
    return f"{pool.capability.value} in {sector} from {day_text(option.tours[0][0])}"


def day_text(day: int) -> str:
    """A day counted from D-day, as it is spoken."""
    return f"D{day:+d}" if day else "D-day"


def _backwards(placing: Placing, nominal: Sequence[int]) -> list[Move]:
    """For each unit that stands elsewhere, its option now and its nominal one."""
    then = {placing.problem.options[index].unit: index for index in nominal}
    return [(now, then.get(unit, NOBODY)) for unit, now in enumerate(placing.place) if now != then.get(unit, NOBODY)]


def _why(nominal: Placing, now: int, then: int, chances: dict[str, PledgeChance]) -> str:
    """How sure the unit is, what the nominal plan lacks where it goes, and what its place there is worth."""
    problem = nominal.problem
    unit = problem.units[problem.options[then if now == NOBODY else now].unit]
    sentences = [f"{unit.name} {_sure(chances[unit.pledge.id])}."]
    if now != NOBODY and then != NOBODY and problem.options[then].pool == problem.options[now].pool:
        sentences.append(f"It starts on {day_text(problem.options[now].tours[0][0])}, when others are missed.")
        return " ".join(sentences)
    if now != NOBODY:
        sentences.append(_lack(nominal, now, chances))
    if then != NOBODY:
        loss = -int(nominal.effect([(then, NOBODY)]).sum()) / len(nominal.total)
        points = 100.0 * loss / problem.wanted if problem.wanted else 0.0
        sentences.append(f"Its place in the nominal plan is worth {points:.2f} points on average.")
    return " ".join(sentences)


def _sure(chance: PledgeChance) -> str:
    return f"comes in {chance.comes:.0%} of the futures, {chance.late:.0f} days late in the median one"


def _lack(nominal: Placing, index: int, chances: dict[str, PledgeChance]) -> str:
    """What is missing on average in the pool of an option, and the unit there that fails most people."""
    problem, people = nominal.problem, nominal.people
    pool = problem.options[index].pool
    there = [own for own in nominal.taken if problem.options[own].pool == pool]
    promised = sum(sum(problem.options[own].people) for own in there)
    if not promised:
        return "Nobody stands there in the nominal plan."
    coming = np.array([people[own].sum() / people.shape[1] for own in there])
    lost = np.array([sum(problem.options[own].people) for own in there]) - coming
    most = there[int(lost.argmax())]
    worst = problem.units[problem.options[most].unit]
    chance = chances[worst.pledge.id]
    share = coming.sum() / promised
    return f"There {share:.0%} of the promised people-months come on average; most is lost with {worst.name}, which {_sure(chance)}."

"""Random small matching problems with limits, excesses, standing and points, and their best plan by trying every one."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, pairwise, product

from casque.forces.problem import LEVELS, Excess, Limit, Option, Problem, problem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.forces.builders import random_case

MOST_PLANS = 6_000
Score = tuple[int, ...]
"""Fill, best first, then points by level below zero: the larger the better."""


def case(example: Mission, reference: Reference, number: int) -> Problem:
    """A random small mission's problem, with every kind of row drawn by chance."""
    mission, wanted, seed = random_case(example, number, units=6)
    whole = problem(mission, reference, wanted, contingents=seed.choice([1, 2, 10]))
    kept = [index for options in whole.by_unit for index in sorted(seed.sample(options, min(len(options), 4)))]
    whole = whole.keeping(kept)
    while _plans(whole) > MOST_PLANS:
        last = max(option.unit for option in whole.options)
        whole = whole.keeping([index for index, option in enumerate(whole.options) if option.unit != last])
    return _bound(whole, seed)


def _plans(whole: Problem) -> int:
    total = 1
    for options in whole.by_unit:
        total *= len(options) + 1
    return total


def _bound(whole: Problem, seed: random.Random) -> Problem:
    options = tuple(replace(option, points=tuple(seed.choice([0, 0, 1, 3, 7]) for _ in LEVELS)) for option in whole.options)
    pairs = sorted({(option.member, whole.sector_of(index)) for index, option in enumerate(whole.options)})
    standing = {pair: tuple(seed.choice([0, 2, 5]) for _ in LEVELS) for pair in pairs if seed.random() < 0.7}
    limits, excesses = [], []
    for number in range(seed.randrange(3)):
        inside = tuple(index for index in range(len(options)) if seed.random() < 0.7)
        amounts = tuple(seed.randrange(1, 20) for _ in inside)
        limits.append(Limit(f"limit-{number}", "budget", inside, amounts, seed.randrange(10, 40)))
    for number in range(seed.randrange(4)):
        inside = tuple(index for index in range(len(options)) if seed.random() < 0.5)
        amounts = tuple(seed.choice([-1, 1, 2]) for _ in inside)
        excesses.append(
            Excess(f"excess-{number}", seed.randrange(len(LEVELS)), inside, amounts, seed.randrange(-2, 3), seed.randrange(1, 6))
        )
    return replace(whole, options=options, standing=standing, limits=tuple(limits), excesses=tuple(excesses))


def by_trial(whole: Problem) -> Score:
    """The best score of every possible plan."""
    known: dict[tuple[int, tuple[int, ...]], int] = {}
    choices = [(None, *options) for options in whole.by_unit if options]
    scores = (score(whole, tuple(index for index in plan if index is not None), known) for plan in product(*choices))
    return max(found for found in scores if found is not None)


def score(whole: Problem, taken: tuple[int, ...], known: dict[tuple[int, tuple[int, ...]], int]) -> Score | None:
    """The score of a plan; none where it breaks a limit."""
    chosen = set(taken)
    for limit in whole.limits:
        if sum(amount for index, amount in zip(limit.options, limit.amounts, strict=True) if index in chosen) > limit.most:
            return None
    pairs = {(whole.options[index].member, whole.sector_of(index)) for index in taken}
    if any(sum(place == sector for _, place in pairs) > whole.most_nations(sector) for _, sector in pairs):
        return None
    fill = 0
    for pool in range(len(whole.pools)):
        inside = tuple(index for index in taken if whole.options[index].pool == pool)
        if (pool, inside) not in known:
            known[pool, inside] = _fill(whole, pool, [whole.options[index] for index in inside])
        fill += known[pool, inside]
    points = [sum(whole.options[index].points[level] for index in taken) for level in range(len(LEVELS))]
    for pair in pairs:
        points = [one + other for one, other in zip(points, whole.standing.get(pair, (0,) * len(LEVELS)), strict=True)]
    for row in whole.excesses:
        amount = sum(each for index, each in zip(row.options, row.amounts, strict=True) if index in chosen)
        points[row.level] += row.price * max(0, amount - row.beyond)
    return (fill, *(-each for each in points))


def _fill(whole: Problem, pool: int, options: list[Option]) -> int:
    """Weighted fill of a pool by minimum cuts: lines of at least a weight are filled by as much as their narrowest cut lets through."""
    lines = whole.pools[pool].lines
    weights = sorted({whole.weights[line] for line in lines} | {0}, reverse=True)
    total = 0
    for month in range(len(whole.calendar.months)):
        for weight, lower in pairwise(weights):
            heavy = [bit for bit, line in enumerate(lines) if whole.weights[line] >= weight]
            through = min(
                sum(whole.demand[lines[bit]][month] for bit in heavy if bit not in inner)
                + sum(option.people[month] for option in options if any(option.open[month] >> bit & 1 for bit in inner))
                for count in range(len(heavy) + 1)
                for inner in combinations(heavy, count)
            )
            total += (weight - lower) * through
    return total

"""The core on arrays alone: bounds that hold, and generalised assignment."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from casque.errors import CasqueBug
from casque.forces.matching.budget import Budget
from casque.forces.matching.certificate import certified_bound
from casque.forces.matching.instance import Draft, Matching
from casque.forces.matching.pricing import priced
from casque.forces.matching.relaxation import Relaxed
from casque.forces.matching.solution import solved


def assignment(costs: list[list[int]], needs: list[list[int]], most: list[int]) -> Matching:
    """Generalised assignment: costs and needs by agent and job."""
    draft = Draft(exactly=True)
    rows = [draft.row(each) for each in most]
    for job in range(len(costs[0])):
        for agent, row in enumerate(rows):
            draft.column(job, (), -costs[agent][job], [(row, needs[agent][job])])
    return draft.matching()


def least(costs: list[list[int]], needs: list[list[int]], most: list[int]) -> int | None:
    """The least cost over every assignment; none where nothing fits."""
    agents, jobs = range(len(costs)), range(len(costs[0]))
    found = [
        sum(costs[agent][job] for job, agent in enumerate(plan))
        for plan in product(agents, repeat=len(jobs))
        if all(sum(needs[agent][job] for job in jobs if plan[job] == agent) <= most[agent] for agent in agents)
    ]
    return min(found, default=None)


@pytest.mark.parametrize("number", range(20))
def test_assignment_is_the_cheapest_of_every_assignment(number: int) -> None:
    seed = random.Random(number)
    costs = [[seed.randrange(10, 50) for _ in range(7)] for _ in range(3)]
    needs = [[seed.randrange(5, 25) for _ in range(7)] for _ in range(3)]
    most = [seed.randrange(30, 60) for _ in range(3)]
    best = least(costs, needs, most)
    if best is None:
        with pytest.raises(CasqueBug, match="no plan"):
            solved(assignment(costs, needs, most), Budget(0.2))
    else:
        found = solved(assignment(costs, needs, most), Budget(0.2))
        assert -found.value == best
        assert found.bound >= found.value


@pytest.mark.parametrize("number", range(10))
def test_any_prices_prove_a_bound(number: int) -> None:
    """Prices drawn by chance are poor, and still no plan is worth more than what they prove."""
    seed = np.random.default_rng(number)
    draft = Draft()
    slots = [
        draft.cell(2, [(int(seed.integers(1, 9)), int(seed.integers(5, 60)), int(seed.integers(1, 4))) for _ in range(2)]) for _ in range(3)
    ]
    row = draft.row(40)
    house = draft.house(1)
    standings = [draft.stand(house) for _ in range(2)]
    for unit in range(5):
        for cell in seed.permutation(3)[:2]:
            people = [(slots[cell] + int(seed.integers(2)), int(seed.integers(5, 30)))]
            draft.column(unit, people, 0, [(row, int(seed.integers(5, 20)))], standings[unit % 2])
    problem = draft.matching()
    found = solved(problem, Budget(2.0))
    links = {(unit, standings[unit % 2]): float(seed.random() * 50) for unit in range(5)}
    prices = Relaxed(seed.random(5) * 50, seed.random(problem.slots) * 9, seed.random(1) * 9, seed.random(1) * 50, links, np.zeros(10), 0.0)
    assert found.value == found.bound <= certified_bound(problem, prices)
    relaxation = priced(problem)
    assert relaxation is not None
    assert found.value <= relaxation.bound

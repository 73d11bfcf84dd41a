"""Prices by descent: what they prove holds, and lies close to the linear relaxation."""

from __future__ import annotations

import numpy as np
import pytest

from casque.forces.matching.budget import Budget
from casque.forces.matching.certificate import certified_bound
from casque.forces.matching.descent import descended
from casque.forces.matching.earnings import value_of
from casque.forces.matching.instance import Draft, Matching
from casque.forces.matching.relaxation import relaxed
from casque.forces.matching.solution import solved


def drawn(number: int, units: int = 30) -> Matching:
    """Units of six nations that serve in one of four houses over three months, with cells of several classes and groups."""
    seed = np.random.default_rng(number)
    draft = Draft()
    houses = [draft.house(3) for _ in range(4)]
    standings = [[draft.stand(house) for _ in range(6)] for house in houses]
    slots = [
        [
            draft.cell(3, [(int(seed.integers(1, 9)), int(seed.integers(50, 300)), int(seed.integers(1, 8))) for _ in range(4)])
            for _ in range(3)
        ]
        for _ in houses
    ]
    row = draft.row(30 * units)
    for unit in range(units):
        for house in sorted(seed.choice(4, 2, replace=False).tolist()):
            for month in range(3):
                strength = int(seed.integers(20, 90))
                people = [(slots[house][later] + int(seed.integers(3)), strength) for later in range(month, 3)]
                draft.column(unit, people, 0, [(row, strength)], standings[house][unit % 6])
    return draft.matching()


@pytest.mark.parametrize("number", range(8))
def test_prices_prove_a_bound_close_to_the_linear_relaxation(number: int) -> None:
    problem = drawn(number)
    best = relaxed(problem)
    assert best is not None
    prices = descended(problem)
    bound = certified_bound(problem, prices)
    assert bound >= int(best.value) - 1
    assert bound <= 1.02 * best.value
    assert prices.value == pytest.approx(bound, rel=1e-4)
    assert solved(problem, Budget(1.0), levels=False).value <= bound


@pytest.mark.parametrize("number", range(4))
def test_prices_are_the_same_every_time(number: int) -> None:
    first, second = descended(drawn(number)), descended(drawn(number))
    assert np.array_equal(first.slot, second.slot)
    assert np.array_equal(first.row, second.row)
    assert np.array_equal(first.taken, second.taken)
    assert first.link == second.link


@pytest.mark.parametrize("number", range(6))
def test_a_units_price_is_what_its_dearest_column_is_worth(number: int) -> None:
    problem = drawn(number)
    prices = descended(problem)
    worths = problem.gain.astype(float)
    for column in range(problem.columns):
        inside = slice(problem.column_first[column], problem.column_first[column + 1])
        worths[column] += (problem.people[inside] * prices.slot[problem.slot[inside]]).sum()
        rows = slice(problem.row_first[column], problem.row_first[column + 1])
        worths[column] -= (problem.row_amount[rows] * prices.row[problem.row[rows]]).sum()
        worths[column] -= prices.link.get((int(problem.unit[column]), int(problem.standing[column])), 0.0)
    dearest = np.maximum(0.0, np.maximum.reduceat(worths, problem.unit_first[:-1]))
    assert prices.unit == pytest.approx(dearest, abs=1e-6 * max(1.0, dearest.max()))


@pytest.mark.parametrize("number", range(20))
def test_a_cell_earns_the_most_of_every_spread(number: int) -> None:
    """Cells of one to four groups, each way of reckoning them, against a minimum cut for every weight."""
    seed = np.random.default_rng(number)
    for groups in (1, 2, 3, 4):
        draft = Draft()
        wanted = [(int(seed.integers(1, 9)), int(seed.integers(0, 40)), int(seed.integers(1, 8))) for _ in range(groups)]
        first = draft.cell(3, wanted)
        people = [int(seed.integers(0, 40)) for _ in range(3)]
        draft.column(0, [(first + slot, people[slot]) for slot in range(3)])
        ordered = sorted(wanted, reverse=True)
        total, before = 0, 0
        for count in range(1, groups + 1):
            through = min(
                sum(ordered[group][1] for group in range(count) if not inside >> group & 1)
                + sum(
                    people[slot]
                    for slot in range(3)
                    if any(inside >> group & 1 and ordered[group][2] >> slot & 1 for group in range(count))
                )
                for inside in range(1 << count)
            )
            total += ordered[count - 1][0] * (through - before)
            before = through
        assert value_of(draft.matching(), np.array([0])) == total

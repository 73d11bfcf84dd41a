"""The best plan of small problems against trying every plan, level after level; and what must hold of any best plan."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from casque.forces.best_plan import best_fill, best_plan
from casque.forces.matching.budget import Budget
from casque.forces.problem import LEVELS, Problem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.forces.matching.cases import by_trial, case, score


@pytest.mark.parametrize("tens", range(30))
def test_every_level_is_the_best_of_every_possible_plan(example: Mission, reference: Reference, tens: int) -> None:
    for number in range(10 * tens, 10 * tens + 10):
        whole = case(example, reference, number)
        plan = best_plan(whole, Budget(4.0))
        best = by_trial(whole)
        assert score(whole, plan.taken, {}) == best, number
        assert (plan.value, *(-points for points in plan.points)) == best, number
        assert plan.status == "optimal", number
        assert plan.bound == plan.value, number
        assert plan.proven == len(LEVELS), number


@pytest.mark.parametrize("number", range(1000, 1012))
def test_a_plan_that_was_stopped_keeps_its_limits_and_its_bound(example: Mission, reference: Reference, number: int) -> None:
    whole = case(example, reference, number)
    plan = best_plan(whole, Budget(0.0))
    reached = score(whole, plan.taken, {})
    assert reached is not None
    assert reached[0] == plan.value
    assert reached <= by_trial(whole)
    assert by_trial(whole)[0] <= plan.bound


@pytest.mark.parametrize("number", range(2000, 2020))
def test_one_pledge_more_never_lowers_the_fill(example: Mission, reference: Reference, number: int) -> None:
    whole = case(example, reference, number)
    without = _without_last(whole)
    assert best_fill(whole, Budget(4.0)).value >= best_fill(without, Budget(4.0)).value


@pytest.mark.parametrize("number", range(3000, 3020))
def test_one_caveat_more_never_raises_the_fill(example: Mission, reference: Reference, number: int) -> None:
    whole = case(example, reference, number)
    seed = random.Random(number)
    barred = replace(
        whole,
        known={},
        options=tuple(
            replace(option, open=tuple(mask & ~1 for mask in option.open)) if seed.random() < 0.5 else option for option in whole.options
        ),
    )
    assert best_fill(barred, Budget(4.0)).value <= best_fill(whole, Budget(4.0)).value


def test_the_same_seed_gives_the_same_plan(example: Mission, reference: Reference) -> None:
    for number in range(4000, 4006):
        whole = case(example, reference, number)
        assert best_plan(whole, Budget(0.3, seed=5)) == best_plan(whole, Budget(0.3, seed=5))


def test_progress_tells_of_values_that_rise_below_a_bound_that_falls(example: Mission, reference: Reference) -> None:
    whole = case(example, reference, 7)
    told: list[tuple[int, int]] = []
    plan = best_plan(whole, Budget(2.0), progress=lambda value, bound: told.append((value, bound)))
    assert told
    assert told == sorted(told, key=lambda pair: (pair[0], -pair[1]))
    assert told[-1] == (plan.value, plan.bound)


def _without_last(whole: Problem) -> Problem:
    last = max((option.unit for option in whole.options), default=-1)
    return whole.keeping([index for index, option in enumerate(whole.options) if option.unit != last])

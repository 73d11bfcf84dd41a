"""The law by which pledges come late: the same chances as the simulation's, and what it must do whatever is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.reference.chance import Draw, exponential, keys_of, normal, streams, triangular, uniform
from casque.reference.lateness import PARAMETERS, Chance, drawn
from casque.reference.load import Reference
from casque.simulation import draws as simulated
from casque.simulation import streams as kernel

RUNS = range(3, 40)
CHANCES = tuple(Chance(f"unit-{number}", f"member-{number % 3}", 0.2, 20.0, 0.2, number % 3) for number in range(8))


def test_the_chances_are_those_of_the_simulation() -> None:
    """Seed, run, decision and name give the same number in both rooms, so that one pledge is late alike in both."""
    names = ("unit:1st-battalion", "unit:2nd")
    keys = keys_of(names)
    for draw in Draw:
        assert int(kernel.Decision[draw.name]) == int(draw)
        plain, long, bell = (law(streams(7, RUNS, draw), keys) for law in (uniform, exponential, normal))
        for row, run in enumerate(RUNS):
            stream = np.uint64(kernel.stream(kernel.seed_word(7), run, int(draw)))
            for column, name in enumerate(names):
                key = kernel.key_of(name)
                assert plain[row, column] == kernel.uniform(stream, key, 0)
                assert long[row, column] == pytest.approx(kernel.exponential(stream, key, 0))
                assert bell[row, column] == pytest.approx(kernel.normal(stream, key))


def test_the_parameters_are_those_of_the_simulation(reference: Reference) -> None:
    whole = simulated.parameters(reference, 7, RUNS.stop)
    chances = uniform(streams(7, RUNS, Draw.PARAMETER), keys_of(PARAMETERS))
    for column, name in enumerate(PARAMETERS):
        factor = reference.factor(name)
        own = triangular(chances[:, column], factor.low, factor.value, factor.high)
        there = next(parameter for parameter in simulated.Parameter if parameter.factor == name)
        assert own == pytest.approx(whole[RUNS.start :, there])


def test_a_run_is_the_same_whatever_stands_beside_it(reference: Reference) -> None:
    """Neither other runs nor other pledges shift what becomes of one: so any number of workers may share the work."""
    whole = drawn(CHANCES, reference, 5, RUNS)
    for first in range(RUNS.start, RUNS.stop, 10):
        part = drawn(CHANCES[4:6], reference, 5, range(first, min(first + 10, RUNS.stop)))
        rows = slice(first - RUNS.start, first - RUNS.start + len(part.comes))
        assert np.array_equal(part.comes, whole.comes[rows, 4:6])
        assert np.array_equal(part.late, whole.late[rows, 4:6])
        assert np.array_equal(part.tours, whole.tours[rows, 4:6])
    assert not np.array_equal(whole.late, drawn(CHANCES, reference, 6, RUNS).late)


def test_the_sure_come_on_their_day_and_stay(reference: Reference) -> None:
    sure = tuple(replace(chance, no_show=0.0, delay=0.0, doubt=0.0) for chance in CHANCES)
    fate = drawn(sure, reference, 1, RUNS)
    assert fate.comes.all()
    assert not fate.late.any()
    assert (fate.tours == [chance.reliefs + 1 for chance in sure]).all()
    never = drawn((replace(CHANCES[0], no_show=1.0),), reference, 1, RUNS)
    assert not never.comes.any()


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), doubt=st.floats(0, 1), more=st.floats(0, 1), later=st.floats(0, 90))
def test_who_is_less_sure_never_comes_more_or_sooner(reference: Reference, seed: int, doubt: float, more: float, later: float) -> None:
    one = Chance("unit", "member", doubt, 20.0, doubt, 3)
    other = Chance("unit", "member", doubt + (1.0 - doubt) * more, 20.0 + later, doubt + (1.0 - doubt) * more, 3)
    before, after = drawn((one,), reference, seed, RUNS), drawn((other,), reference, seed, RUNS)
    assert (after.comes <= before.comes).all()
    assert (after.late >= before.late).all()
    assert (after.tours <= before.tours).all()


def test_the_stated_chance_is_the_one_of_the_middle_mission(reference: Reference) -> None:
    """With slippage and the member's luck held at 1 the odds are those stated; over all they scatter around them."""
    fate = drawn((Chance("unit", "member", 0.2, 30.0),), reference, 11, range(4000))
    assert 0.7 < fate.comes.mean() < 0.85
    assert np.median(fate.late) == pytest.approx(30.0, rel=0.25)

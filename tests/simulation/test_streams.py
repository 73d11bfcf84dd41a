"""Streams are uniform, do not depend on one another, and are the same everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from casque.simulation.streams import Decision, fill, key_of, keys_of, mix, normal, poisson, seed_word, stream, uniform

NAMES = tuple(f"unit:{number}" for number in range(40))


def block(seed: int, decision: Decision, replications: int = 500) -> NDArray[np.float64]:
    """Uniform numbers of one decision, replications x names."""
    out = np.empty((replications, len(NAMES)))
    fill(seed_word(seed), int(decision), keys_of(NAMES), out)
    return out


def by_day(replication: int, days: int = 2000) -> NDArray[np.float64]:
    """Uniform numbers of one sector day by day."""
    key = np.uint64(stream(seed_word(1), replication, int(Decision.INCIDENTS)))
    return np.array([uniform(key, key_of("sector:a"), day) for day in range(days)])


@pytest.mark.parametrize("decision", list(Decision))
def test_uniform(decision: Decision) -> None:
    """Twenty bins of 20,000 numbers: chi-square with 19 degrees of freedom stays under its 99.99 % point, 50.8."""
    values = block(7, decision).ravel()
    counts = np.histogram(values, bins=20, range=(0, 1))[0]
    expected = len(values) / 20
    assert ((counts - expected) ** 2 / expected).sum() < 50.8
    assert values.min() > 0
    assert values.max() < 1


def test_streams_uncorrelated() -> None:
    """Between decisions, seeds, names, replications and days correlations stay within 4.5 standard errors."""
    base = block(7, Decision.NO_SHOW)
    pairs = [
        (base.ravel(), block(7, Decision.DELAY_UNIT).ravel()),
        (base.ravel(), block(8, Decision.NO_SHOW).ravel()),
        (base[:, :-1].ravel(), base[:, 1:].ravel()),
        (base[:-1].ravel(), base[1:].ravel()),
        (by_day(0)[:-1], by_day(0)[1:]),
        (by_day(0)[:-7], by_day(0)[7:]),
        (by_day(0), by_day(1)),
    ]
    for one, other in pairs:
        assert abs(np.corrcoef(one, other)[0, 1]) < 4.5 / np.sqrt(len(one))


def test_streams_do_not_shift() -> None:
    """A name left out changes no number of the others."""
    full, fewer = np.empty((50, 40)), np.empty((50, 39))
    fill(seed_word(3), 1, keys_of(NAMES), full)
    fill(seed_word(3), 1, keys_of(NAMES[:11] + NAMES[12:]), fewer)
    assert np.array_equal(np.delete(full, 11, axis=1), fewer)


def test_splitmix_reference() -> None:
    """The first outputs of splitmix64 from state 0, as published with the generator."""
    golden = 0x9E3779B97F4A7C15
    states = [np.uint64(number * golden & 0xFFFFFFFFFFFFFFFF) for number in range(3)]
    assert [int(mix(state)) for state in states] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_decisions_have_their_own_numbers() -> None:
    """No two decisions share a stream."""
    assert sorted(int(decision) for decision in Decision) == list(range(len(Decision)))


def test_keys_are_stable() -> None:
    """Keys do not depend on the process; seeds of any sign are taken."""
    assert key_of("unit:a") == key_of("unit:a") != key_of("unit:b")
    assert seed_word(-1) == np.uint64(2**64 - 1)


@settings(max_examples=80, deadline=None)
@given(st.floats(0, 60), st.floats(0, 60), st.floats(1e-6, 1 - 1e-6))
def test_poisson_monotone(one: float, other: float, chance: float) -> None:
    """For one chance a larger mean never gives a smaller count."""
    low, high = sorted((one, other))
    assert poisson(low, chance) <= poisson(high, chance)


def test_poisson_moments() -> None:
    """Mean and variance are the mean."""
    chances = (np.arange(20000) + 0.5) / 20000
    counts = np.array([poisson(3.7, chance) for chance in chances])
    assert counts.mean() == pytest.approx(3.7, abs=0.02)
    assert counts.var() == pytest.approx(3.7, abs=0.05)
    assert poisson(0.0, 0.999999) == 0


def test_normal_moments() -> None:
    """Mean, deviation and quartiles of 20,000 numbers are those of the standard normal; no two keys give the same number."""
    keys = [np.uint64(stream(seed_word(1), replication, int(Decision.SLIPPAGE))) for replication in range(20000)]
    values = np.array([normal(key, np.uint64(0)) for key in keys])
    assert values.mean() == pytest.approx(0, abs=0.03)
    assert values.std() == pytest.approx(1, abs=0.02)
    assert np.quantile(values, [0.25, 0.75]) == pytest.approx([-0.6745, 0.6745], abs=0.03)
    assert len(np.unique(values)) == len(values)

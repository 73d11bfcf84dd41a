"""What plans fill in fresh futures: means with their intervals, spreads, and the worst tenth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casque.forces.futures.cells import cells
from casque.forces.futures.placing import Placing
from casque.forces.futures.presence import draws, people, strength
from casque.forces.futures.search import tail_of
from casque.forces.problem import Problem
from casque.plan.futures import Estimate, Spread
from casque.reference.chance import Floats
from casque.reference.lateness import Chance
from casque.reference.load import Reference

NORMAL = 1.959963984540054
"""Half the width of the middle 95 % of the normal distribution, in standard deviations."""
_CHUNK = 250
"""Futures worked out at a time."""


@dataclass(frozen=True)
class Measured:
    """A plan in fresh futures."""

    fill: Floats
    """Share of the weighted requirement by future."""
    by_month: Floats
    """Share by future and month."""
    strength: Floats
    """People by future and month."""


def measured(problem: Problem, taken: Sequence[int], chances: Sequence[Chance], reference: Reference, seed: int, runs: range) -> Measured:
    """A plan in the futures of some numbers."""
    own = problem.keeping(tuple(taken))
    table, options = cells(own), tuple(range(len(taken)))
    wanted = np.array([sum(weight * people for weight, people in zip(problem.weights, month, strict=True)) for month in _by_month(problem)])
    fills, strengths = [], []
    for first in range(runs.start, runs.stop, _CHUNK):
        fate = draws(own, chances, reference, seed, range(first, min(first + _CHUNK, runs.stop)))
        fills.append(Placing(own, table, people(own, fate), options).by_month())
        strengths.append(strength(own, options, fate))
    filled = np.concatenate(fills)
    by_month = np.where(wanted > 0, filled / np.maximum(1, wanted), 1.0)
    whole = filled.sum(axis=1) / wanted.sum() if wanted.sum() else np.ones(len(filled))
    return Measured(whole, by_month, np.concatenate(strengths))


def estimate(figures: Floats) -> Estimate:
    """The mean of independent figures with its interval, by the normal distribution."""
    half = NORMAL * float(figures.std(ddof=1)) / len(figures) ** 0.5 if len(figures) > 1 else 0.0
    mean = float(figures.mean())
    return Estimate(mean=mean, low=mean - half, high=mean + half)


def worst(figures: Floats) -> Floats:
    """Figures whose mean is that of the worst tenth, and whose scatter gives its interval.

    With q the largest of the worst tenth they are q - max(0, q - x) / share (the influence function of the conditional value at risk).
    """
    number = tail_of(len(figures))
    edge = float(np.partition(figures, number - 1)[number - 1])
    found: Floats = edge - np.maximum(0.0, edge - figures) * len(figures) / number
    return found


def spread(figures: Floats) -> Spread:
    """Figures by future and month: means with their intervals, and deciles."""
    means = [estimate(column) for column in figures.T]
    low, middle, high = np.quantile(figures, (0.1, 0.5, 0.9), axis=0)
    return Spread(
        mean=tuple(item.mean for item in means),
        low=tuple(item.low for item in means),
        high=tuple(item.high for item in means),
        p10=tuple(low.tolist()),
        p50=tuple(middle.tolist()),
        p90=tuple(high.tolist()),
    )


def _by_month(problem: Problem) -> list[tuple[int, ...]]:
    """People wanted, by month and line."""
    return [tuple(line[month] for line in problem.demand) for month in range(len(problem.calendar.months))]

"""Which uncertain parameter the outcome hangs on: rank correlation over the runs."""

from __future__ import annotations

import numpy as np

from casque.plan.outlook import Sensitivity
from casque.reference.load import Reference
from casque.simulation.draws import Parameter
from casque.simulation.world import Floats

_LEAST = 0.1
"""Weaker correlations are left out: with a thousand runs, chance alone gives about 0.06 one time in twenty."""


def sensitivities(reference: Reference, drawn: Floats, outcomes: dict[str, Floats]) -> tuple[Sensitivity, ...]:
    """For every outcome the parameters that move it, strongest first; none from fewer than 20 runs."""
    found: list[Sensitivity] = []
    if len(drawn) < 20:
        return ()
    for outcome, values in outcomes.items():
        rows = [_one(reference, parameter, drawn[:, parameter], outcome, values) for parameter in Parameter]
        strong = [row for row in rows if row is not None and abs(row.correlation) >= _LEAST]
        found += sorted(strong, key=lambda row: (-abs(row.correlation), row.parameter))
    return tuple(found)


def _one(reference: Reference, parameter: Parameter, drawn: Floats, outcome: str, values: Floats) -> Sensitivity | None:
    if np.ptp(drawn) == 0 or np.ptp(values) == 0:
        return None
    fifth = max(1, len(drawn) // 5)
    order = np.argsort(drawn, kind="stable")
    return Sensitivity(
        parameter=reference.factor(parameter.factor).name,
        outcome=outcome,
        correlation=round(rank_correlation(drawn, values), 4),
        low=round(float(np.median(values[order[:fifth]])), 4),
        high=round(float(np.median(values[order[-fifth:]])), 4),
    )


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation, equal values sharing their mean rank."""
    a, b = mean_ranks(one), mean_ranks(other)
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > 0 else 0.0


def mean_ranks(values: Floats) -> Floats:
    """Ranks from 0, equal values sharing their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts) - 1
    ranks: Floats = (last - (counts - 1) / 2.0)[place]
    return ranks

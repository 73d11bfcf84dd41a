"""What columns are worth at good prices: from the linear relaxation where it is small, else by descent on the bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.forces.matching.certificate import SCALE, certified_bound, worth
from casque.forces.matching.descent import descended
from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.relaxation import Relaxed, relaxed

WHOLE = 12_000
"""Columns up to which the relaxation is solved as a linear program."""


@dataclass(frozen=True)
class Priced:
    """Prices, a proven bound, and what taking each column gives away at the prices, none below zero."""

    prices: Relaxed
    bound: int
    slack: Array
    """In the unit of the value, rounded down."""


def priced(matching: Matching) -> Priced | None:
    """Good prices for a matching problem; none where the solver of linear programs gave up."""
    prices = relaxed(matching) if matching.columns <= WHOLE else descended(matching)
    return None if prices is None else _read(matching, prices, certified_bound(matching, prices))


def _read(matching: Matching, prices: Relaxed, bound: int) -> Priced:
    worths = worth(matching, prices)
    best = np.zeros(matching.units, np.int64)
    if matching.exactly:
        best[:] = np.iinfo(np.int64).min
    np.maximum.at(best, matching.unit, worths)
    return Priced(prices, bound, (best[matching.unit] - worths) // SCALE)

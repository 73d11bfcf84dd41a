"""Columns for the linear relaxation, made when prices ask for them, and the bound that the prices prove."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.forces.matching.certificate import SCALE, certified_bound, worth
from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.relaxation import Relaxed, relaxed

WHOLE = 12_000
"""Columns up to which the relaxation is solved over all of them at once."""

FIRST, MORE = 6, 3
"""Columns of each unit in the first relaxation, and those added in each round."""

ROUNDS = 12
ENOUGH = 1.004
"""Share of the relaxation's value by which its bound may lie above it before more columns are made."""


@dataclass(frozen=True)
class Priced:
    """What the relaxation says: its prices, a proven bound, and what taking each column gives away at the prices, none below zero."""

    prices: Relaxed
    bound: int
    slack: Array
    """In the unit of the value, rounded down."""


def priced(matching: Matching) -> Priced | None:
    """The relaxation of a matching problem; none where the solver gave up."""
    if matching.columns <= WHOLE:
        prices = relaxed(matching)
        return None if prices is None else _read(matching, prices, certified_bound(matching, prices))
    columns = _dearest(matching, _plain(matching), FIRST, np.zeros(matching.columns, bool))
    found: Priced | None = None
    for _ in range(ROUNDS):
        prices = relaxed(matching, columns)
        if prices is None:
            break
        bound = certified_bound(matching, prices)
        latest = _read(matching, prices, bound)
        if found is None or bound < found.bound:
            found = latest
        inside = np.zeros(matching.columns, bool)
        inside[columns] = True
        gains = worth(matching, prices) - (np.maximum(prices.unit, 0.0) * SCALE).astype(np.int64)[matching.unit]
        more = _dearest(matching, np.where(gains > SCALE, gains, -1), MORE, inside)
        if not len(more) or bound <= prices.value * ENOUGH:
            break
        columns = np.sort(np.concatenate((columns, more)))
    return found


def _plain(matching: Matching) -> Array:
    """What each column would earn in empty cells at the heaviest weight there."""
    heaviest = np.zeros(matching.cells, np.int64)
    cell = np.repeat(np.arange(matching.cells), np.diff(matching.cell_group))
    np.maximum.at(heaviest, cell, matching.group_weight)
    total = matching.gain.copy()
    np.add.at(
        total,
        np.repeat(np.arange(matching.columns), np.diff(matching.column_first)),
        matching.people * heaviest[matching.slot_cell[matching.slot]],
    )
    return total - total.min(initial=0)


def _dearest(matching: Matching, worths: Array, most: int, inside: Array) -> Array:
    """The dearest few columns of each unit that are not inside yet and whose worth is not below zero."""
    order = np.lexsort((-worths, matching.unit))
    order = order[(worths[order] >= 0) & ~inside[order]]
    units = matching.unit[order]
    rank = np.arange(len(order)) - np.searchsorted(units, units)
    return np.sort(order[rank < most])


def _read(matching: Matching, prices: Relaxed, bound: int) -> Priced:
    worths = worth(matching, prices)
    best = np.zeros(matching.units, np.int64)
    if matching.exactly:
        best[:] = np.iinfo(np.int64).min
    np.maximum.at(best, matching.unit, worths)
    return Priced(prices, bound, (best[matching.unit] - worths) // SCALE)

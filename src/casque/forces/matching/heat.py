"""What a column is worth on the whole, and from that how warm a search is and what it pays for breaking a limit."""

from __future__ import annotations

import numpy as np

from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.pricing import Priced


def heat(matching: Matching, share: float) -> float:
    """A share of what a column is worth in empty cells."""
    heaviest = np.zeros(matching.cells, np.int64)
    cell = np.repeat(np.arange(matching.cells), np.diff(matching.cell_group))
    np.maximum.at(heaviest, cell, matching.group_weight)
    worth = np.abs(matching.gain).astype(float)
    owner = np.repeat(np.arange(matching.columns), np.diff(matching.column_first))
    np.add.at(worth, owner, matching.people * heaviest[matching.slot_cell[matching.slot]])
    return max(1e-3, share * float(worth.mean()))


def charges(matching: Matching, prices: Priced | None) -> tuple[Array, Array]:
    """Fees for breaking rows and houses: their prices, and where those are low a share of what the whole is worth."""
    whole = float(ceiling(matching)) if prices is None else float(abs(prices.prices.value))
    rows = 0.05 * whole / np.maximum(1, matching.row_most)
    houses = np.full(len(matching.house_most), 5e-4 * whole)
    if prices is None:
        return rows * 4, houses * 4
    return np.maximum(rows, prices.prices.row), np.maximum(houses, prices.prices.house)


def ceiling(matching: Matching) -> int:
    """What no plan can pass, by what is wanted alone."""
    best = np.full(matching.units, np.iinfo(np.int64).min if matching.exactly else 0)
    np.maximum.at(best, matching.unit, matching.gain)
    return int(best.sum()) + int((matching.group_weight * matching.group_demand).sum())

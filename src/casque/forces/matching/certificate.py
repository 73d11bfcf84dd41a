"""A bound that holds whatever the prices are: what everybody earns at prices, worked out in whole numbers.

At prices for people, rows and leave to stand, every unit takes its dearest column, every group buys what is worth its
weight, and every house takes its best standings, each by itself. Their sum is a bound on every plan (Lagrangian
relaxation), so a solver's rounding cannot spoil it.
"""

from __future__ import annotations

import numpy as np

from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.relaxation import Relaxed, entries

SCALE = 1000
"""Prices are kept in thousandths, as whole numbers."""


def worth(matching: Matching, prices: Relaxed) -> Array:
    """What each column is worth at prices, in thousandths, before its unit is paid."""
    columns = np.arange(matching.columns)
    total = matching.gain * SCALE
    owners, slots, people = entries(matching.column_first, matching.slot, matching.people, columns)
    np.add.at(total, owners, people * _whole(prices.slot)[slots])
    owners, rows, amounts = entries(matching.row_first, matching.row, matching.row_amount, columns)
    np.subtract.at(total, owners, amounts * _whole(prices.row)[rows])
    keys = matching.unit * (len(matching.standing_house) + 1) + matching.standing
    pairs = sorted((unit * (len(matching.standing_house) + 1) + standing, price) for (unit, standing), price in prices.link.items())
    if pairs:
        known, price = np.array([key for key, _ in pairs], np.int64), _whole(np.array([each for _, each in pairs]))
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        total -= np.where((known[at] == keys) & (matching.standing >= 0), price[at], 0)
    return total


def certified_bound(matching: Matching, prices: Relaxed) -> int:
    """A value that no plan can pass."""
    best = np.full(matching.units, np.iinfo(np.int64).min)
    np.maximum.at(best, matching.unit, worth(matching, prices))
    if not matching.exactly:
        best = np.maximum(best, 0)
    total = int(best.sum()) + int((_whole(prices.row) * matching.row_most).sum())
    total += _groups(matching, _whole(prices.slot))
    leave = np.zeros(len(matching.standing_house), np.int64)
    for (_, standing), price in prices.link.items():
        leave[standing] += round(max(0.0, price) * SCALE)
    for house, most in enumerate(matching.house_most):
        guests = np.sort(leave[matching.standing_house == house])[::-1]
        total += int(guests[: int(most)].sum())
    return total // SCALE


def _groups(matching: Matching, price: Array) -> int:
    cell = np.repeat(np.arange(matching.cells), np.diff(matching.cell_group))
    cheapest = np.full(matching.groups, np.iinfo(np.int64).max)
    widths = np.diff(matching.cell_slot)
    for bit in range(int(widths.max(initial=0))):
        served = (widths[cell] > bit) & ((matching.group_open >> bit) & 1 == 1)
        slots = matching.cell_slot[cell] + bit
        cheapest[served] = np.minimum(cheapest[served], price[slots[served]])
    left = np.maximum(0, matching.group_weight * SCALE - cheapest)
    return int((np.where(cheapest == np.iinfo(np.int64).max, 0, left) * matching.group_demand).sum())


def _whole(prices: Array) -> Array:
    return np.round(np.maximum(prices, 0.0) * SCALE).astype(np.int64)

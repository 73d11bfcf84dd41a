"""Bound and plans for generalised assignment from one knapsack a row: units are paid prices for being taken exactly
once (Lagrangian relaxation).

Every row fills itself with what is worth most at the prices; the prices fall where nobody takes a unit and rise where
several do. What rows and prices come to is a bound. Each round's fillings, made into a plan and bettered by
`exchange`, are plans that fill the rows tightly.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from casque.forces.matching.compilation import kept
from casque.forces.matching.exchange import descend
from casque.forces.matching.instance import Array, Matching

SCALE = 1000
"""Prices are kept in thousandths, as whole numbers, so that the bound is exact."""


def _pack(worth: Any, amount: Any, columns: Any, first: int, last: int, most: int, best: Any, takes: Any, chosen: Any) -> int:
    """The best filling of one row by dynamic programming: marks the columns chosen and gives their worth."""
    best[: most + 1] = 0
    for number in range(first, last):
        column = columns[number]
        chosen[column] = False
        need, gain = amount[column], worth[column]
        takes[number - first, : most + 1] = False
        if gain <= 0:
            continue
        for room in range(most, need - 1, -1):
            if best[room - need] + gain > best[room]:
                best[room] = best[room - need] + gain
                takes[number - first, room] = True
    room = most
    for number in range(last - 1, first - 1, -1):
        if takes[number - first, room]:
            chosen[columns[number]] = True
            room -= amount[columns[number]]
    return int(best[most])


pack = kept(_pack)


def _rounds(
    gain: Any,
    unit: Any,
    row: Any,
    amount: Any,
    unit_first: Any,
    columns: Any,
    row_first: Any,
    most: Any,
    near: Any,
    near_first: Any,
    fee: Any,
    price: Any,
    rounds: int,
    looks: int,
    random: Any,
    best: Any,
    value: int,
    often: Any,
) -> tuple[int, int]:
    units, rows = len(unit_first) - 1, len(most)
    widest, tallest = np.max(most) + 1, np.max(np.diff(row_first))
    table, takes = np.zeros(widest, np.int64), np.zeros((tallest, widest), np.bool_)
    chosen, count = np.zeros(len(gain), np.bool_), np.zeros(units, np.int64)
    worth = np.zeros(len(gain), np.int64)
    place, left = np.zeros(units, np.int64), np.zeros(rows, np.int64)
    lists, seated, at = np.zeros((rows, units), np.int64), np.zeros(rows, np.int64), np.zeros(units, np.int64)
    paid = price.astype(np.float64)
    kept = paid.copy()
    bound, stale, pace = 1 << 60, 0, 1.0
    for _ in range(rounds):
        total = 0
        for each in range(units):
            price[each] = np.int64(np.round(paid[each]))
            total += price[each]
        for column in range(len(gain)):
            worth[column] = gain[column] * 1000 - price[unit[column]]
        count[:] = 0
        for home in range(rows):
            total += pack(worth, amount, columns, row_first[home], row_first[home + 1], most[home], table, takes, chosen)
        for column in range(len(gain)):
            often[column] *= 0.97
            if chosen[column]:
                count[unit[column]] += 1
                often[column] += 0.03
        stale += 1
        if total < bound:
            stale = 0 if total < bound - 200 else stale
            bound = total
            kept[:] = paid
        if stale > 25:
            stale, pace = 0, max(0.01, pace * 0.6)
            paid[:] = kept
        norm = 0
        for each in range(units):
            norm += (1 - count[each]) ** 2
        if norm == 0:
            norm = 1
        target = value * 1000 if value > -(1 << 40) else total - abs(total) // 50
        step = pace * max(1000.0, float(total - target)) / norm
        for each in range(units):
            paid[each] -= step * (1 - count[each])
        # A plan from this round's fillings: units taken several times stay where they are worth most, the others go where they fit best.
        left[:] = most
        seated[:] = 0
        for stage in range(2):
            for each in range(units):
                if (count[each] > 0) != (stage == 0):
                    continue
                pick, most_worth = -1, -1e18
                for number in range(near_first[each], near_first[each + 1]):
                    column = near[number]
                    if stage == 0 and not chosen[column]:
                        continue
                    over = min(0, left[row[column]] - amount[column]) - min(0, left[row[column]])
                    merit = gain[column] + 2 * fee[row[column]] * over - (fee[row[column]] * amount[column] if stage == 0 else 0.0)
                    if merit > most_worth:
                        pick, most_worth = column, merit
                if pick < 0:
                    pick = near[near_first[each]]
                place[each] = pick
                home = row[pick]
                left[home] -= amount[pick]
                lists[home, seated[home]] = each
                at[each] = seated[home]
                seated[home] += 1
        descend(gain, row, amount, near_first, near, fee, place, left, lists, seated, at, random, looks)
        over, sum_ = 0, 0
        for home in range(rows):
            if left[home] < 0:
                over += 1
        for each in range(units):
            sum_ += gain[place[each]]
        if over == 0 and sum_ > value:
            value = sum_
            best[:] = place
        for home in range(rows):
            fee[home] = min(50.0, fee[home] * 1.02) if left[home] < 0 else max(0.5, fee[home] * (0.995 if over > 0 else 0.98))
    for each in range(units):
        price[each] = np.int64(np.round(kept[each]))
    return bound, value


_compiled_rounds = kept(_rounds)


def packed(
    matching: Matching, start: Array, value: int, columns: Array, prices: Array, fees: Array, rounds: int, seed: int
) -> tuple[Array, int, int, Array, Array]:
    """So many rounds from prices of the units: best plan, its value, the bound, the prices that prove it, and how often columns were taken
    of late. Where no plan keeps its rows the value is that of the start, which is given."""
    order = np.lexsort((matching.unit, matching.row)).astype(np.int64)
    row_first = np.searchsorted(matching.row[order], np.arange(len(matching.row_most) + 1)).astype(np.int64)
    columns = np.union1d(columns, start)
    near_first = np.searchsorted(matching.unit[columns], np.arange(matching.units + 1)).astype(np.int64)
    price = np.round(prices * SCALE).astype(np.int64)
    best, often = start.copy(), np.zeros(matching.columns)
    random = np.array([(seed + 1) * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D & (1 << 64) - 1], np.uint64)
    bound, worth = _compiled_rounds(
        matching.gain,
        matching.unit,
        matching.row,
        matching.row_amount,
        matching.unit_first,
        order,
        row_first,
        matching.row_most,
        columns,
        near_first,
        fees.astype(float),
        price,
        rounds,
        1 << 40,
        random,
        best,
        value,
        often,
    )
    return np.sort(best), int(worth), int(bound) // SCALE, price / SCALE, often

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


def _fillings(
    gain: Any, unit: Any, amount: Any, columns: Any, row_first: Any, most: Any, price: Any, room: Any, chosen: Any, count: Any, often: Any
) -> int:
    """Fills every row at the prices; notes what is chosen, how many times each unit is, and how often columns are. Gives the bound."""
    worth, table, takes = room
    total = 0
    for each in range(len(price)):
        total += price[each]
    for column in range(len(gain)):
        worth[column] = gain[column] * SCALE - price[unit[column]]
    count[:] = 0
    for home in range(len(most)):
        total += pack(worth, amount, columns, row_first[home], row_first[home + 1], most[home], table, takes, chosen)
    for column in range(len(gain)):
        often[column] *= 0.97
        if chosen[column]:
            count[unit[column]] += 1
            often[column] += 0.03
    return total


def _seat(
    gain: Any, row: Any, amount: Any, near: Any, near_first: Any, fee: Any, chosen: Any, count: Any, place: Any, left: Any, seats: Any
) -> None:
    """A plan from the fillings: units taken several times stay where they are worth most, the others go where they fit best."""
    lists, seated, at = seats
    seated[:] = 0
    for stage in range(2):
        for each in range(len(count)):
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


def _refee(fee: Any, left: Any) -> int:
    """Raises the fees of rows that are overfilled, eases the others, and gives how many are overfilled."""
    over = 0
    for home in range(len(left)):
        if left[home] < 0:
            over += 1
    for home in range(len(left)):
        fee[home] = min(50.0, fee[home] * 1.02) if left[home] < 0 else max(0.5, fee[home] * (0.995 if over > 0 else 0.98))
    return over


def _reprice(paid: Any, count: Any, pace: float, short: int) -> None:
    """Moves prices so far that the bound would fall by what it is above its aim: down where nobody takes a unit, up where several do."""
    norm = 0
    for each in range(len(paid)):
        norm += (1 - count[each]) ** 2
    step = pace * max(1000.0, float(short)) / max(1, norm)
    for each in range(len(paid)):
        paid[each] -= step * (1 - count[each])


fillings, seat, refee, reprice = kept(_fillings), kept(_seat), kept(_refee), kept(_reprice)


def _rounds(
    gain: Any,
    unit: Any,
    row: Any,
    amount: Any,
    units: int,
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
    rows, widest, tallest = len(most), np.max(most) + 1, np.max(np.diff(row_first))
    room = (np.zeros(len(gain), np.int64), np.zeros(widest, np.int64), np.zeros((tallest, widest), np.bool_))
    seats = (np.zeros((rows, units), np.int64), np.zeros(rows, np.int64), np.zeros(units, np.int64))
    chosen, count, place = np.zeros(len(gain), np.bool_), np.zeros(units, np.int64), np.zeros(units, np.int64)
    paid, left = price.astype(np.float64), most.copy()
    kept = paid.copy()
    bound, stale, pace = 1 << 60, 0, 1.0
    for _ in range(rounds):
        price[:] = np.round(paid).astype(np.int64)
        total = fillings(gain, unit, amount, columns, row_first, most, price, room, chosen, count, often)
        stale += 1
        if total < bound:
            stale = 0 if total < bound - 200 else stale
            bound = total
            kept[:] = paid
        if stale > 25:
            stale, pace = 0, max(0.01, pace * 0.6)
            paid[:] = kept
        target = value * SCALE if value > -(1 << 40) else total - abs(total) // 50
        reprice(paid, count, pace, total - target)
        left[:] = most
        seat(gain, row, amount, near, near_first, fee, chosen, count, place, left, seats)
        descend(gain, row, amount, near_first, near, fee, place, left, *seats, random, looks)
        worth = np.sum(gain[place])
        if refee(fee, left) == 0 and worth > value:
            value = worth
            best[:] = place
    price[:] = np.round(kept).astype(np.int64)
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
        matching.units,
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

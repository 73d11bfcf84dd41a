"""Local search where every unit takes exactly one column, every column uses one row, and nothing is earned but gains:
generalised assignment.

Iterated descent over shifts, and chains in which a shifted unit ejects another one, which goes to a third row or back
to the first; overfilled rows are allowed at prices that rise and fall with what is overfilled (Yagiura, Ibaraki and
Glover 2004, without their long chains).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from casque.forces.matching.annealing import draw
from casque.forces.matching.compilation import kept
from casque.forces.matching.instance import Array, Matching

STALE = 300
"""Descents without a better plan after which the search goes back to the best one."""


def fits(matching: Matching) -> bool:
    """Whether a problem is of this kind."""
    single = bool(np.all(np.diff(matching.row_first) == 1)) and bool(np.all(matching.standing < 0))
    return matching.exactly and not len(matching.slot) and single and matching.columns > 0


def _descend(
    gain: Any,
    row: Any,
    amount: Any,
    first: Any,
    near: Any,
    fee: Any,
    place: Any,
    left: Any,
    lists: Any,
    count: Any,
    at: Any,
    random: Any,
    limit: int,
) -> int:
    """Betters a plan until no shift and no ejection betters it; gives the looks that it took."""
    units = len(place)
    looks, idle = 0, 0
    unit = draw(random, units)
    while idle < units and looks < limit:
        unit = unit + 1 if unit + 1 < units else 0
        old = place[unit]
        home = row[old]
        idle += 1
        here = left[home]
        freed = fee[home] * (min(0, here + amount[old]) - min(0, here))
        best, best_new, best_other, best_to = 1e-7, -1, -1, -1
        for number in range(first[unit], first[unit + 1]):
            new = near[number]
            there = row[new]
            if new == old:
                continue
            room = left[there] - amount[new]
            plain = gain[new] - gain[old] + freed
            change = plain + fee[there] * (min(0, room) - min(0, left[there]))
            looks += 1
            if change > best:
                best, best_new, best_other = change, new, -1
            for seat in range(count[there]):
                other = lists[there, seat]
                out = place[other]
                eased = room + amount[out]
                base = plain - gain[out] + fee[there] * (min(0, eased) - min(0, left[there]))
                if base <= best - 60:
                    continue
                looks += first[other + 1] - first[other]
                for step in range(first[other], first[other + 1]):
                    to = near[step]
                    third = row[to]
                    if third == there:
                        continue
                    before = left[third] + amount[old] if third == home else left[third]
                    change = base + gain[to] + fee[third] * (min(0, before - amount[to]) - min(0, before))
                    if change > best:
                        best, best_new, best_other, best_to = change, new, other, to
        if best_new >= 0:
            _put(row, amount, place, left, lists, count, at, unit, best_new)
            if best_other >= 0:
                _put(row, amount, place, left, lists, count, at, best_other, best_to)
            idle = 0
    return looks


def _place(row: Any, amount: Any, place: Any, left: Any, lists: Any, count: Any, at: Any, unit: int, column: int) -> None:
    old = place[unit]
    home, there = row[old], row[column]
    last = lists[home, count[home] - 1]
    lists[home, at[unit]] = last
    at[last] = at[unit]
    count[home] -= 1
    lists[there, count[there]] = unit
    at[unit] = count[there]
    count[there] += 1
    left[home] += amount[old]
    left[there] -= amount[column]
    place[unit] = column


_put = kept(_place)
descend = kept(_descend)


def _back(row: Any, amount: Any, place: Any, to: Any, left: Any, lists: Any, count: Any, at: Any) -> None:
    """Takes every unit to where it was in another plan."""
    for unit in range(len(place)):
        if place[unit] != to[unit]:
            _put(row, amount, place, left, lists, count, at, unit, to[unit])


def _charge(fee: Any, low: Any, left: Any) -> None:
    """Raises the fees of rows that are overfilled; eases the others where none is."""
    broken = 0
    for home in range(len(left)):
        broken += 1 if left[home] < 0 else 0
    for home in range(len(left)):
        if left[home] < 0:
            fee[home] = min(30 * low[home], fee[home] * 1.05)
        elif broken == 0:
            fee[home] = max(0.3 * low[home], fee[home] * 0.98)


def _merit(gain: Any, row: Any, amount: Any, most: Any, fee: Any, place: Any, used: Any) -> float:
    """What a plan is worth after fees for what it overfills."""
    used[:] = 0
    worth = 0.0
    for unit in range(len(place)):
        worth += gain[place[unit]]
        used[row[place[unit]]] += amount[place[unit]]
    for home in range(len(most)):
        worth += fee[home] * min(0, most[home] - used[home])
    return worth


back, charge, merit = kept(_back), kept(_charge), kept(_merit)


def _search(
    gain: Any, row: Any, amount: Any, first: Any, near: Any, most: Any, fee: Any, place: Any, random: Any, limit: int, best: Any
) -> int:
    units, rows = len(place), len(most)
    left, used = most.copy(), np.zeros(rows, np.int64)
    lists, count, at = np.zeros((rows, units), np.int64), np.zeros(rows, np.int64), np.zeros(units, np.int64)
    for unit in range(units):
        home = row[place[unit]]
        left[home] -= amount[place[unit]]
        lists[home, count[home]] = unit
        at[unit] = count[home]
        count[home] += 1
    value, looks, since = -(1 << 62), 0, 0
    kept, low = place.copy(), fee.copy()
    lenient = 0.02 * np.mean(np.abs(gain))
    while looks < limit:
        looks += descend(gain, row, amount, first, near, fee, place, left, lists, count, at, random, limit - looks) + units
        now = merit(gain, row, amount, most, fee, place, used)
        was = merit(gain, row, amount, most, fee, kept, used)
        worth = np.sum(gain[place])
        since += 1
        if np.min(left) >= 0 and worth > value:
            value = worth
            best[:] = place
            since = 0
        if now >= was - lenient:
            kept[:] = place
        else:
            back(row, amount, place, kept, left, lists, count, at)
        charge(fee, low, left)
        if since > STALE and value > -(1 << 62):
            since = 0
            back(row, amount, place, best, left, lists, count, at)
            kept[:] = place
        for _ in range(2 + draw(random, 4)):
            unit = draw(random, units)
            options = first[unit + 1] - first[unit]
            _put(row, amount, place, left, lists, count, at, unit, near[first[unit] + draw(random, options)])
    return value


_compiled_search = kept(_search)


def exchanged(matching: Matching, start: Array, columns: Array, fees: Array, looks: int, seed: int) -> tuple[Array, int]:
    """The best plan that so many looks find from a start with a column for every unit, and its value; -2**62 where none keeps its rows.

    `columns`, rising, are those worth trying; `fees` price the rows.
    """
    columns = np.union1d(columns, start)
    first = np.searchsorted(matching.unit[columns], np.arange(matching.units + 1)).astype(np.int64)
    best = start.copy()
    random = np.array([(seed + 1) * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D & (1 << 64) - 1], np.uint64)
    rows = matching.row
    value = _compiled_search(
        matching.gain, rows, matching.row_amount, first, columns, matching.row_most, fees.astype(float), start.copy(), random, looks, best
    )
    return np.sort(best), int(value)

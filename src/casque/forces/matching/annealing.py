"""Local search on the fill: units move, make way for one another and change places while chance is cooled down (simulated annealing)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import numpy as np

from casque.forces.matching.compilation import inlined, kept
from casque.forces.matching.instance import NONE, Array, Matching
from casque.forces.matching.state import BROKEN, CHANGED, MOST_MOVED, VALUE, keep, settle, shift, state, undo

OUSTING = 100
"""One move in so many moves a whole standing."""

LEAST = -(1 << 62)
"""The value of a plan that is not allowed."""


@dataclass(frozen=True)
class Leads:
    """Columns worth trying: those of unit i are `column[first[i]:first[i + 1]]`."""

    first: Array
    column: Array


def leads(matching: Matching, columns: Array) -> Leads:
    """Some columns, rising, as leads."""
    return Leads(np.searchsorted(matching.unit[columns], np.arange(matching.units + 1)).astype(np.int64), np.asarray(columns, np.int64))


def blocks(matching: Matching) -> Array:
    """For each column the block of cells that it belongs to: cells that no column joins with those of another block; without
    cells, its first row."""
    if not matching.cells:
        return np.array([matching.row[first] if first < last else 0 for first, last in pairwise(matching.row_first)], np.int64)
    parent = np.arange(matching.cells + 1)
    cells = matching.slot_cell[matching.slot]
    owner = np.repeat(np.arange(matching.columns), np.diff(matching.column_first))
    lowest = np.full(matching.columns, matching.cells)
    np.minimum.at(lowest, owner, cells)
    pairs = np.unique(np.stack((lowest[owner], cells), axis=1), axis=0) if len(cells) else np.zeros((0, 2), np.int64)

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = int(parent[cell])
        return cell

    for one, other in pairs.tolist():
        first, second = root(one), root(other)
        parent[max(first, second)] = min(first, second)
    roots = np.array([root(cell) for cell in range(matching.cells + 1)])
    return cast(Any, np.unique(roots[lowest], return_inverse=True)[1]).astype(np.int64)


def _draw(random: Any, below: int) -> Any:
    word = random[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    random[0] = word
    return np.int64((word >> np.uint64(11)) % np.uint64(below))


draw = inlined(_draw)


def _join(lists: Any, count: Any, at: Any, unit: int, group: int) -> None:
    at[unit] = count[group]
    lists[group, count[group]] = unit
    count[group] += 1


def _leave(lists: Any, count: Any, at: Any, unit: int, group: int) -> None:
    last = lists[group, count[group] - 1]
    lists[group, at[unit]] = last
    at[last] = at[unit]
    count[group] -= 1


join, leave = inlined(_join), inlined(_leave)


def _make_way(matching: Any, now: Any, first: Any, column: Any, block: Any, lists: Any, count: Any, random: Any) -> None:
    """Moves one unit, and at times another out of its way: anywhere, or to where the first comes from."""
    place = now.place
    unit = draw(random, len(place))
    choices = first[unit + 1] - first[unit]
    if choices == 0:
        return
    pick = draw(random, choices + 1)
    target = column[first[unit] + pick] if pick < choices else -1
    if target == place[unit] or (pick == choices and matching.exactly):
        return
    was = place[unit]
    shift(matching, now, unit, target)
    if target < 0 or count[block[target]] == 0 or draw(random, 2) > 0:
        return
    other = lists[block[target], draw(random, count[block[target]])]
    choice = way_out(first, column, block, other, was, random)
    if other != unit and choice != place[other] and (choice >= 0 or not matching.exactly):
        shift(matching, now, other, choice)


def _way_out(first: Any, column: Any, block: Any, unit: int, vacated: int, random: Any) -> int:
    """A column for a unit that makes way: none, any, or one where another column was vacated."""
    options = first[unit + 1] - first[unit]
    choice = -1
    kind = draw(random, 4)
    if options > 0 and kind > 0:
        choice = column[first[unit] + draw(random, options)]
    if vacated >= 0 and kind > 1:
        begin = draw(random, options) if options > 0 else 0
        for number in range(options):
            candidate = column[first[unit] + (begin + number) % options]
            if block[candidate] == block[vacated]:
                return int(candidate)
    return int(choice)


way_out = inlined(_way_out)


def _oust(matching: Any, now: Any, first: Any, column: Any, random: Any) -> None:
    """Moves all units of one standing elsewhere: to standings in use, or out."""
    placed = now.place[draw(random, len(now.place))]
    if placed < 0 or matching.standing[placed] < 0 or matching.exactly:
        return
    standing = matching.standing[placed]
    if now.stands[standing] > MOST_MOVED:
        return
    for unit in range(len(now.place)):
        at = now.place[unit]
        if at < 0 or matching.standing[at] != standing:
            continue
        options = first[unit + 1] - first[unit]
        choice = -1
        for _ in range(6 if options > 0 else 0):
            candidate = column[first[unit] + draw(random, options)]
            other = matching.standing[candidate]
            if other != standing and (other < 0 or now.stands[other] > 0):
                choice = candidate
                break
        shift(matching, now, unit, choice)


make_way = kept(_make_way)
oust = kept(_oust)


def _anneal(
    matching: Any,
    now: Any,
    first: Any,
    column: Any,
    block: Any,
    blocks: int,
    steps: int,
    hot: float,
    cold: float,
    random: Any,
    best: Any,
) -> int:
    units = len(matching.unit_first) - 1
    lists = np.full((blocks, units), -1, np.int64)
    count = np.zeros(blocks, np.int64)
    at = np.zeros(units, np.int64)
    for unit in range(units):
        if now.place[unit] >= 0:
            join(lists, count, at, unit, block[now.place[unit]])
    row_base, house_base = now.row_fee.copy(), now.house_fee.copy()
    most = now.totals[VALUE] if now.totals[BROKEN] == 0 else LEAST
    best[:] = now.place
    cooling = (cold / hot) ** (1.0 / max(1, steps))
    heat = hot
    window = max(256, 16 * units)
    for step in range(steps):
        heat *= cooling
        if step % window == window - 1:
            # Late in the search nothing is eased any more, so that it ends inside every limit.
            refee(matching, now, row_base, house_base, 0.97 if 2 * step < steps else 1.0)
        before = now.totals[VALUE] - now.fee[0]
        if draw(random, OUSTING) == 0:
            oust(matching, now, first, column, random)
        else:
            make_way(matching, now, first, column, block, lists, count, random)
        if now.totals[CHANGED] == 0:
            continue
        settle(matching, now)
        change = now.totals[VALUE] - now.fee[0] - before
        if change < 0 and draw(random, 1 << 30) / float(1 << 30) >= np.exp(change / heat):
            undo(matching, now)
            continue
        for number in range(now.totals[CHANGED]):
            moved = now.changed_unit[number]
            if now.changed_from[number] >= 0:
                leave(lists, count, at, moved, block[now.changed_from[number]])
            if now.place[moved] >= 0:
                join(lists, count, at, moved, block[now.place[moved]])
        keep(now)
        if now.totals[VALUE] > most and now.totals[BROKEN] == 0:
            most = now.totals[VALUE]
            best[:] = now.place
    return most


def _refee(matching: Any, now: Any, row_base: Any, house_base: Any, ease: float) -> None:
    """Raises the fee of what is overfilled and eases the others, so that the search swings about the edge of what is allowed."""
    total = 0.0
    for row in range(len(row_base)):
        over = max(0, now.used[row] - matching.row_most[row])
        fee = now.row_fee[row]
        now.row_fee[row] = min(100 * row_base[row], fee * 1.1) if over > 0 else max(0.5 * row_base[row], fee * ease)
        total += over * now.row_fee[row]
    for house in range(len(house_base)):
        over = max(0, now.guests[house] - matching.house_most[house])
        fee = now.house_fee[house]
        now.house_fee[house] = min(100 * house_base[house], fee * 1.1) if over > 0 else max(0.5 * house_base[house], fee * ease)
        total += over * now.house_fee[house]
    now.fee[0] = total


refee = kept(_refee)
_compiled_anneal = kept(_anneal)


def annealed(
    matching: Matching, start: Array, tried: Leads, fees: tuple[Array, Array], steps: int, hot: float, cold: float, seed: int
) -> tuple[Array, int]:
    """The best plan that a cooling finds and its value; the start itself where none is better. A start may break rows and houses; as long
    as every plan does, the value is `LEAST`. Where every unit must have a column, the start has one for each.

    `hot` and `cold` are the losses that one step in three still takes at the beginning and at the end.
    """
    of = blocks(matching)
    now = state(matching, start, *fees)
    best = np.full(matching.units, NONE, np.int64)
    random = np.array([seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D & (1 << 64) - 1], np.uint64)
    value = _compiled_anneal(matching, now, tried.first, tried.column, of, int(of.max(initial=0)) + 1, steps, hot, cold, random, best)
    return best[best >= 0], int(value)

"""What a cell earns with some people in its slots: the best spread of them over its groups.

The groups are served by falling weight, each as far as people can be moved between groups to make room for it. This
greedy order is exact, because the fills that some people can reach form a polymatroid (Edmonds 1970).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from casque.forces.matching.compilation import inlined, kept
from casque.forces.matching.instance import Array, Matching

FEW = 2
"""Groups of a cell up to which what can be served is read off the cuts of the network, and no path is looked for."""


def _single(demand: Any, weight: Any, begin: int, end: int, load: int) -> int:
    """Earnings of a cell with one slot and some groups."""
    total = 0
    for group in range(begin, end):
        number = min(load, demand[group])
        total += weight[group] * number
        load -= number
        if load == 0:
            break
    return total


def _cut(demand: Any, weight: Any, open_: Any, begin: int, groups: int, first: int, slots: int, load: Any, sums: Any) -> int:
    """Earnings of a cell with few groups: as many people serve the first so many groups as its narrowest cut lets through (Ford and
    Fulkerson). `sums` has room for the people by the groups that are open to them, as bits."""
    sums[: 1 << groups] = 0
    for slot in range(slots):
        bits = 0
        for group in range(groups):
            bits |= ((open_[begin + group] >> slot) & 1) << group
        sums[bits] += load[first + slot]
    total, before = 0, 0
    for number in range(1, groups + 1):
        narrowest = -1
        for inside in range(1 << number):
            through = 0
            for group in range(number):
                if not (inside >> group) & 1:
                    through += demand[begin + group]
            for bits in range(1 << groups):
                if bits & inside:
                    through += sums[bits]
            if narrowest < 0 or through < narrowest:
                narrowest = through
        total += weight[begin + number - 1] * (narrowest - before)
        before = narrowest
    return total


def _way(open_: Any, begin: int, groups: int, slots: int, target: int, spare: Any, flow: Any, came: Any, queue: Any) -> tuple[int, int]:
    """Slot with people to spare from which a chain leads to a group, and the group at its other end; -1 where there is none. Breadth
    first from the group; came[g] is where a group's people could move to, and the slot by which they could."""
    for group in range(groups):
        came[group, 0] = -2
    came[target, 0] = -1
    queue[0] = target
    head, tail = 0, 1
    while head < tail:
        group = queue[head]
        head += 1
        for slot in range(slots):
            if not (open_[begin + group] >> slot) & 1:
                continue
            if spare[slot] > 0:
                return slot, group
            for other in range(groups):
                if came[other, 0] == -2 and flow[slot, other] > 0:
                    came[other, 0] = group
                    came[other, 1] = slot
                    queue[tail] = other
                    tail += 1
    return -1, -1


def _push(target: int, slot: int, at: int, most: int, spare: Any, flow: Any, came: Any) -> int:
    """Moves as many people as a chain takes, up to a number, and gives how many."""
    number = min(most, spare[slot])
    group = at
    while group != target:
        number = min(number, flow[came[group, 1], group])
        group = came[group, 0]
    spare[slot] -= number
    flow[slot, at] += number
    group = at
    while group != target:
        flow[came[group, 1], group] -= number
        flow[came[group, 1], came[group, 0]] += number
        group = came[group, 0]
    return int(number)


way, push = inlined(_way), inlined(_push)


def _spread(
    demand: Any,
    weight: Any,
    open_: Any,
    begin: int,
    groups: int,
    first: int,
    slots: int,
    load: Any,
    spare: Any,
    flow: Any,
    came: Any,
    queue: Any,
) -> int:
    """Earnings of any cell, by moving people until no group can be served better."""
    left, total = 0, 0
    for slot in range(slots):
        spare[slot] = load[first + slot]
        left += spare[slot]
        for group in range(groups):
            flow[slot, group] = 0
    for target in range(groups):
        missing = demand[begin + target]
        while missing > 0 and left > 0:
            slot, at = way(open_, begin, groups, slots, target, spare, flow, came, queue)
            if slot < 0:
                break
            number = push(target, slot, at, missing, spare, flow, came)
            missing -= number
            left -= number
            total += weight[begin + target] * number
    return total


single, cut, spread = inlined(_single), inlined(_cut), kept(_spread)


def _earned(matching: Any, cell: int, load: Any, spare: Any, flow: Any, came: Any, queue: Any) -> int:
    cell_slot, cell_group, open_ = matching.cell_slot, matching.cell_group, matching.group_open
    demand, weight = matching.group_demand, matching.group_weight
    first, begin = cell_slot[cell], cell_group[cell]
    slots, groups = cell_slot[cell + 1] - first, cell_group[cell + 1] - begin
    if slots == 1:
        return int(single(demand, weight, begin, begin + groups, load[first]))
    if groups <= FEW:
        return int(cut(demand, weight, open_, begin, groups, first, slots, load, queue))
    return int(spread(demand, weight, open_, begin, groups, first, slots, load, spare, flow, came, queue))


earned = inlined(_earned)
"""Earnings of a cell; the last four arguments are room to work in (`room`)."""


def room(matching: Matching) -> tuple[Array, Array, Array, Array]:
    """Room to work in for the largest cell."""
    slots = int(np.max(np.diff(matching.cell_slot), initial=1))
    groups = int(np.max(np.diff(matching.cell_group), initial=1))
    whole = np.int64
    return np.zeros(slots, whole), np.zeros((slots, groups), whole), np.zeros((groups, 2), whole), np.zeros(max(groups, 1 << FEW), whole)


def _all_earned(matching: Any, load: Any, spare: Any, flow: Any, came: Any, queue: Any) -> int:
    total = 0
    for cell in range(len(matching.cell_slot) - 1):
        total += earned(matching, cell, load, spare, flow, came, queue)
    return total


_compiled_all = kept(_all_earned)


def loads(matching: Matching, taken: Array) -> Array:
    """People by slot with some columns taken."""
    load = np.zeros(matching.slots, np.int64)
    for column in taken:
        entries = slice(matching.column_first[column], matching.column_first[column + 1])
        np.add.at(load, matching.slot[entries], matching.people[entries])
    return load


def value_of(matching: Matching, taken: Array) -> int:
    """Gain and earnings of some columns together."""
    taken = np.asarray(taken, np.int64)
    return int(matching.gain[taken].sum()) + int(_compiled_all(matching, loads(matching, taken), *room(matching)))


def cells_value(matching: Matching, cells: Array, taken: Array) -> int:
    """What some cells earn with some columns taken."""
    load, workroom = loads(matching, taken), room(matching)
    return sum(int(earned(matching, cell, load, *workroom)) for cell in cells)


def points_of(matching: Matching, taken: Array) -> tuple[int, ...]:
    """Points against some columns together, by level."""
    taken = np.asarray(taken, np.int64)
    points = matching.points[taken].sum(axis=0)
    standings = np.unique(matching.standing[taken])
    points = points + matching.standing_points[standings[standings >= 0]].sum(axis=0)
    amounts = np.zeros(len(matching.excess_level), np.int64)
    for column in taken:
        entries = slice(matching.excess_first[column], matching.excess_first[column + 1])
        np.add.at(amounts, matching.excess[entries], matching.excess_amount[entries])
    over = matching.excess_price * np.maximum(0, amounts - matching.excess_beyond)
    return tuple(int(points[level] + over[matching.excess_level == level].sum()) for level in range(matching.levels))


def allowed(matching: Matching, taken: Array) -> bool:
    """Whether some columns keep every unit, row and house within what it may have."""
    taken = np.asarray(taken, np.int64)
    units = matching.unit[taken]
    if len(np.unique(units)) < len(units) or (matching.exactly and len(units) < matching.units):
        return False
    used = np.zeros(len(matching.row_most), np.int64)
    for column in taken:
        entries = slice(matching.row_first[column], matching.row_first[column + 1])
        np.add.at(used, matching.row[entries], matching.row_amount[entries])
    standings = np.unique(matching.standing[taken])
    housed = np.bincount(matching.standing_house[standings[standings >= 0]], minlength=len(matching.house_most))
    return bool(np.all(used <= matching.row_most) and np.all(housed <= matching.house_most))

"""What a cell earns with some people in its slots: the best spread of them over its groups.

The groups are served by falling weight, each as far as people can be moved between groups to make room for it. This
greedy order is exact, because the fills that some people can reach form a polymatroid (Edmonds 1970).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from casque.forces.matching.compilation import kept
from casque.forces.matching.instance import Array, Matching


def _earned(matching: Any, cell: int, load: Any, spare: Any, flow: Any, came: Any, queue: Any) -> int:
    first, last = matching.cell_slot[cell], matching.cell_slot[cell + 1]
    begin, end = matching.cell_group[cell], matching.cell_group[cell + 1]
    total = 0
    if last - first == 1:
        left = load[first]
        for group in range(begin, end):
            number = min(left, matching.group_demand[group])
            total += matching.group_weight[group] * number
            left -= number
            if left == 0:
                break
        return total
    slots, groups = last - first, end - begin
    left = 0
    for slot in range(slots):
        spare[slot] = load[first + slot]
        left += spare[slot]
        for group in range(groups):
            flow[slot, group] = 0
    for target in range(groups):
        missing = matching.group_demand[begin + target]
        while missing > 0 and left > 0:
            # Breadth first from the group to people to spare: came[g] is the slot by which a group's people could move up the chain.
            for group in range(groups):
                came[group, 0] = -2
            came[target, 0] = -1
            queue[0] = target
            head, tail = 0, 1
            found, at = -1, -1
            while head < tail and found < 0:
                group = queue[head]
                head += 1
                for slot in range(slots):
                    if not (matching.group_open[begin + group] >> slot) & 1:
                        continue
                    if spare[slot] > 0:
                        found, at = slot, group
                        break
                    for other in range(groups):
                        if came[other, 0] == -2 and flow[slot, other] > 0:
                            came[other, 0] = group
                            came[other, 1] = slot
                            queue[tail] = other
                            tail += 1
            if found < 0:
                break
            number = min(missing, spare[found])
            group = at
            while group != target:
                number = min(number, flow[came[group, 1], group])
                group = came[group, 0]
            spare[found] -= number
            flow[found, at] += number
            group = at
            while group != target:
                flow[came[group, 1], group] -= number
                flow[came[group, 1], came[group, 0]] += number
                group = came[group, 0]
            missing -= number
            left -= number
            total += matching.group_weight[begin + target] * number
    return total


earned = kept(_earned)
"""Earnings of a cell; the last four arguments are room to work in (`room`)."""


def room(matching: Matching) -> tuple[Array, Array, Array, Array]:
    """Room to work in for the largest cell."""
    slots = int(np.max(np.diff(matching.cell_slot), initial=1))
    groups = int(np.max(np.diff(matching.cell_group), initial=1))
    whole = np.int64
    return np.zeros(slots, whole), np.zeros((slots, groups), whole), np.zeros((groups, 2), whole), np.zeros(groups, whole)


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

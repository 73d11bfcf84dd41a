"""A bound from each house by itself: where the columns of a cell all belong to one house, houses are tied together only by units and rows.

Units that could serve in several houses, and rows, are bought at prices; each house alone then earns at most so much, which cutting planes
prove, and the sum of that and of the prices is a bound on every plan (Lagrangian relaxation, Dantzig and Wolfe's decomposition by house).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from casque.forces.matching.cut_process import Effort, cuts
from casque.forces.matching.instance import NONE, Array, Matching
from casque.forces.matching.relaxation import Relaxed, entries


def separable(matching: Matching) -> bool:
    """Whether every column has a house and no cell is shared between houses."""
    if matching.exactly or not len(matching.house_most) or bool(np.any(matching.standing < 0)):
        return False
    owner = np.repeat(np.arange(matching.columns), np.diff(matching.column_first))
    house = matching.standing_house[matching.standing][owner]
    pairs = np.unique(np.stack((matching.slot_cell[matching.slot], house), axis=1), axis=0)
    return len(np.unique(pairs[:, 0])) == len(pairs)


def house_bound(
    matching: Matching, prices: Relaxed, columns: Array, effort: Effort, between: Callable[[], None] = lambda: None
) -> tuple[int | None, list[Array]]:
    """What no plan over some columns can pass, none where a house had no answer; and what each house took. Calls `between` after each."""
    house = matching.standing_house[matching.standing]
    free = _free(matching, house)
    unit: Array = np.where(free, np.round(np.maximum(prices.unit, 0.0)), 0.0).astype(np.int64)
    row: Array = np.round(np.maximum(prices.row, 0.0)).astype(np.int64)
    owners, rows, amounts = entries(matching.row_first, matching.row, matching.row_amount, np.arange(matching.columns))
    gain: Array = matching.gain - unit[matching.unit]
    np.subtract.at(gain, owners, amounts * row[rows])
    total = int(unit.sum()) + int((row * matching.row_most).sum())

    inside = [columns[house[columns] == number] for number in range(len(matching.house_most))]
    answers = cuts([part_of(matching, each, gain) for each in inside], effort, between)
    limits = [limit for _, limit in answers if limit is not None]
    plans = [each[:0] if taken is None else each[taken] for each, (taken, _) in zip(inside, answers, strict=True)]
    return (None if len(limits) < len(answers) else total + sum(limits)), plans


def _free(matching: Matching, house: Array) -> Array:
    """Units that could serve in more than one house."""
    pairs = np.unique(np.stack((matching.unit, house), axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=matching.units) > 1


def part_of(matching: Matching, columns: Array, gain: Array) -> Matching:
    """Some columns, rising, with other gains, the cells and houses that they touch, and no rows."""
    owners, slots, people = entries(matching.column_first, matching.slot, matching.people, columns)
    cells = np.unique(matching.slot_cell[slots])
    widths, heights = np.diff(matching.cell_slot)[cells], np.diff(matching.cell_group)[cells]
    place = np.full(matching.slots, NONE)
    kept_slots = _spans(matching.cell_slot[cells], widths)
    place[kept_slots] = np.arange(len(kept_slots))
    groups = _spans(matching.cell_group[cells], heights)
    units, unit = np.unique(matching.unit[columns], return_inverse=True)
    standings, standing = np.unique(matching.standing[columns], return_inverse=True)
    empty = np.zeros(0, np.int64)
    none = np.zeros(len(columns) + 1, np.int64)
    return matching._replace(
        unit=unit.astype(np.int64),
        unit_first=np.searchsorted(unit, np.arange(len(units) + 1)).astype(np.int64),
        column_first=np.searchsorted(owners, np.append(columns, matching.columns)).astype(np.int64),
        slot=place[slots],
        people=people,
        slot_cell=np.repeat(np.arange(len(cells)), widths),
        cell_slot=np.concatenate(([0], np.cumsum(widths))),
        cell_group=np.concatenate(([0], np.cumsum(heights))),
        group_weight=matching.group_weight[groups],
        group_demand=matching.group_demand[groups],
        group_open=matching.group_open[groups],
        gain=gain[columns],
        row_first=none,
        row=empty,
        row_amount=empty,
        row_most=empty,
        standing=standing.astype(np.int64),
        standing_house=matching.standing_house[standings],
        standing_points=matching.standing_points[standings],
        points=matching.points[columns],
        excess_first=none,
        excess=empty,
        excess_amount=empty,
        excess_level=empty,
        excess_beyond=empty,
        excess_price=empty,
    )


def _spans(first: Array, lengths: Array) -> Array:
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(first, lengths)

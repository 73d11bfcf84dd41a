"""A plan while it is being changed: who has which column, what every cell earns, and how far rows and houses are overfilled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from casque.forces.matching.compilation import kept
from casque.forces.matching.earnings import earned, loads, room
from casque.forces.matching.instance import NONE, Array, Matching

MOST_MOVED = 40
"""Most units that one change may move."""

VALUE, BROKEN, CHANGED, CELLS = range(4)
"""Places in `State.totals`: value, overfilled rows and houses, changes and cells in the journal."""


class State(NamedTuple):
    """The plan and what follows from it. All arrays are int64 but for the fees."""

    place: Array
    """Column of each unit, or -1."""
    load: Array
    earns: Array
    used: Array
    stands: Array
    """Units that use each standing."""
    guests: Array
    """Standings in use in each house."""
    totals: Array
    row_fee: Array
    house_fee: Array
    """What each unit of amount over a row and each standing too many in a house costs, as floats."""
    fee: Array
    """What that comes to, one float."""
    changed_unit: Array
    changed_from: Array
    """Journal: what to undo."""
    cell: Array
    cell_was: Array
    stamp: Array
    """Number of the change in which each cell was last looked at."""
    spare: Array
    flow: Array
    came: Array
    queue: Array


def state(matching: Matching, taken: Array, row_fee: Array, house_fee: Array) -> State:
    """The state of a plan in which every unit has at most one column."""
    taken = np.asarray(taken, np.int64)
    whole = np.int64
    place = np.full(matching.units, NONE, whole)
    place[matching.unit[taken]] = taken
    load = loads(matching, taken)
    workroom = room(matching)
    earns = np.array([earned(matching, cell, load, *workroom) for cell in range(matching.cells)], whole)
    used = np.zeros(len(matching.row_most), whole)
    for column in taken:
        entries = slice(matching.row_first[column], matching.row_first[column + 1])
        np.add.at(used, matching.row[entries], matching.row_amount[entries])
    standing = matching.standing[taken]
    stands = np.bincount(standing[standing >= 0], minlength=len(matching.standing_house)).astype(whole)
    guests = np.bincount(matching.standing_house[stands > 0], minlength=len(matching.house_most)).astype(whole)
    over, crowd = np.maximum(0, used - matching.row_most), np.maximum(0, guests - matching.house_most)
    totals = np.array([matching.gain[taken].sum() + earns.sum(), (over > 0).sum() + (crowd > 0).sum(), 0, 0], whole)
    fees = (row_fee.astype(float), house_fee.astype(float), np.array([(over * row_fee).sum() + (crowd * house_fee).sum()], float))
    most = int(np.max(np.diff(matching.column_first), initial=1)) * 2 * MOST_MOVED
    empty = np.zeros(min(most, matching.cells + 1), whole)
    journal = (np.zeros(MOST_MOVED, whole), np.zeros(MOST_MOVED, whole), empty, empty.copy(), np.full(matching.cells, -1, whole))
    return State(place, load, earns, used, stands, guests, totals, *fees, *journal, *workroom)


def _swing(matching: Any, state: Any, column: int, sign: int) -> None:
    """Puts a column in (sign 1) or takes it out (-1) without counting what cells earn; notes the cells."""
    totals = state.totals
    totals[VALUE] += sign * matching.gain[column]
    for entry in range(matching.column_first[column], matching.column_first[column + 1]):
        slot = matching.slot[entry]
        state.load[slot] += sign * matching.people[entry]
        cell = matching.slot_cell[slot]
        if state.stamp[cell] < 0:
            state.stamp[cell] = totals[CELLS]
            state.cell[totals[CELLS]] = cell
            state.cell_was[totals[CELLS]] = state.earns[cell]
            totals[CELLS] += 1
    for entry in range(matching.row_first[column], matching.row_first[column + 1]):
        row = matching.row[entry]
        before = max(0, state.used[row] - matching.row_most[row])
        state.used[row] += sign * matching.row_amount[entry]
        after = max(0, state.used[row] - matching.row_most[row])
        if after != before:
            totals[BROKEN] += (1 if after > 0 else 0) - (1 if before > 0 else 0)
            state.fee[0] += state.row_fee[row] * (after - before)
    standing = matching.standing[column]
    if standing >= 0:
        state.stands[standing] += sign
        if state.stands[standing] == (sign + 1) // 2:
            house = matching.standing_house[standing]
            before = max(0, state.guests[house] - matching.house_most[house])
            state.guests[house] += sign
            after = max(0, state.guests[house] - matching.house_most[house])
            if after != before:
                totals[BROKEN] += (1 if after > 0 else 0) - (1 if before > 0 else 0)
                state.fee[0] += state.house_fee[house] * (after - before)


swing = kept(_swing)


def _shift(matching: Any, state: Any, unit: int, column: int) -> None:
    """Gives a unit another column, or none, and notes how to undo it. What cells earn is counted by `settle`."""
    was = state.place[unit]
    state.changed_unit[state.totals[CHANGED]] = unit
    state.changed_from[state.totals[CHANGED]] = was
    state.totals[CHANGED] += 1
    if was >= 0:
        swing(matching, state, was, -1)
    if column >= 0:
        swing(matching, state, column, 1)
    state.place[unit] = column


shift = kept(_shift)


def _settle(matching: Any, state: Any) -> None:
    """Counts what the cells touched since `keep` earn now."""
    for number in range(state.totals[CELLS]):
        cell = state.cell[number]
        now = earned(matching, cell, state.load, state.spare, state.flow, state.came, state.queue)
        state.totals[VALUE] += now - state.earns[cell]
        state.earns[cell] = now


settle = kept(_settle)


def _keep(state: Any) -> None:
    """Makes the changes since the last `keep` final."""
    for number in range(state.totals[CELLS]):
        state.stamp[state.cell[number]] = -1
    state.totals[CELLS] = 0
    state.totals[CHANGED] = 0


keep = kept(_keep)


def _undo(matching: Any, state: Any) -> None:
    """Takes back the changes since the last `keep`."""
    for number in range(state.totals[CHANGED] - 1, -1, -1):
        unit = state.changed_unit[number]
        was = state.changed_from[number]
        now = state.place[unit]
        if now >= 0:
            swing(matching, state, now, -1)
        if was >= 0:
            swing(matching, state, was, 1)
        state.place[unit] = was
    for number in range(state.totals[CELLS]):
        cell = state.cell[number]
        state.totals[VALUE] += state.cell_was[number] - state.earns[cell]
        state.earns[cell] = state.cell_was[number]
    keep(state)


undo = kept(_undo)

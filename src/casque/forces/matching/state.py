"""A plan while it is being changed: who has which column, what every cell earns, and how far rows and houses are overfilled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from casque.forces.matching.compilation import inlined, kept
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


def _trade(slots: Any, people: Any, slot_cell: Any, out: Any, into: Any, load: Any, earns: Any, journal: Any, totals: Any) -> None:
    """Takes people out of the slots of one column and brings those of another; notes the cells in which that makes a difference."""
    stamp, cells, was = journal
    (old, old_end), (new, new_end) = out, into
    end = len(slots) + len(slot_cell)
    while old < old_end or new < new_end:
        leaving = slots[old] if old < old_end else end
        coming = slots[new] if new < new_end else end
        slot, change = min(leaving, coming), 0
        if leaving == slot:
            change -= people[old]
            old += 1
        if coming == slot:
            change += people[new]
            new += 1
        if change == 0:
            continue
        load[slot] += change
        cell = slot_cell[slot]
        if stamp[cell] < 0:
            noted = totals[CELLS]
            stamp[cell] = noted
            cells[noted] = cell
            was[noted] = earns[cell]
            totals[CELLS] = noted + 1


def _swing_rows(
    rows: Any, amounts: Any, most: Any, within: tuple[int, int], used: Any, row_fee: Any, fee: Any, totals: Any, sign: int
) -> None:
    for entry in range(within[0], within[1]):
        row = rows[entry]
        before = max(0, used[row] - most[row])
        used[row] += sign * amounts[entry]
        after = max(0, used[row] - most[row])
        if after != before:
            totals[BROKEN] += (1 if after > 0 else 0) - (1 if before > 0 else 0)
            fee[0] += row_fee[row] * (after - before)


trade, swing_rows = inlined(_trade), inlined(_swing_rows)


def _swing(matching: Any, state: Any, column: int, sign: int) -> None:
    """Puts a column in (sign 1) or takes it out (-1), but for its people."""
    totals = state.totals
    totals[VALUE] += sign * matching.gain[column]
    rows = (matching.row_first[column], matching.row_first[column + 1])
    swing_rows(matching.row, matching.row_amount, matching.row_most, rows, state.used, state.row_fee, state.fee, totals, sign)
    standing = matching.standing[column]
    if standing >= 0:
        stands, guests, house_most = state.stands, state.guests, matching.house_most
        stands[standing] += sign
        if stands[standing] == (sign + 1) // 2:
            house = matching.standing_house[standing]
            before = max(0, guests[house] - house_most[house])
            guests[house] += sign
            after = max(0, guests[house] - house_most[house])
            if after != before:
                totals[BROKEN] += (1 if after > 0 else 0) - (1 if before > 0 else 0)
                state.fee[0] += state.house_fee[house] * (after - before)


swing = inlined(_swing)


def _turn(matching: Any, state: Any, was: int, column: int) -> None:
    """Puts a column, or none, in the place of another, or of none, without counting what cells earn."""
    first, journal = matching.column_first, (state.stamp, state.cell, state.cell_was)
    out = (first[was], first[was + 1]) if was >= 0 else (first[0], first[0])
    into = (first[column], first[column + 1]) if column >= 0 else (first[0], first[0])
    trade(matching.slot, matching.people, matching.slot_cell, out, into, state.load, state.earns, journal, state.totals)
    if was >= 0:
        swing(matching, state, was, -1)
    if column >= 0:
        swing(matching, state, column, 1)


turn = kept(_turn)


def _shift(matching: Any, state: Any, unit: int, column: int) -> None:
    """Gives a unit another column, or none, and notes how to undo it. What cells earn is counted by `settle`."""
    place, totals = state.place, state.totals
    state.changed_unit[totals[CHANGED]] = unit
    state.changed_from[totals[CHANGED]] = place[unit]
    totals[CHANGED] += 1
    turn(matching, state, place[unit], column)
    place[unit] = column


shift = inlined(_shift)


def _settle(matching: Any, state: Any) -> None:
    """Counts what the cells touched since `keep` earn now."""
    totals, earns, cells, load = state.totals, state.earns, state.cell, state.load
    spare, flow, came, queue = state.spare, state.flow, state.came, state.queue
    for number in range(totals[CELLS]):
        cell = cells[number]
        now = earned(matching, cell, load, spare, flow, came, queue)
        totals[VALUE] += now - earns[cell]
        earns[cell] = now


settle = kept(_settle)


def _keep(state: Any) -> None:
    """Makes the changes since the last `keep` final."""
    totals, stamp, cells = state.totals, state.stamp, state.cell
    for number in range(totals[CELLS]):
        stamp[cells[number]] = -1
    totals[CELLS] = 0
    totals[CHANGED] = 0


keep = inlined(_keep)


def _undo(matching: Any, state: Any) -> None:
    """Takes back the changes since the last `keep`."""
    totals, place, units, was_at = state.totals, state.place, state.changed_unit, state.changed_from
    for number in range(totals[CHANGED] - 1, -1, -1):
        unit = units[number]
        was = was_at[number]
        turn(matching, state, place[unit], was)
        place[unit] = was
    earns, cells, earned_before = state.earns, state.cell, state.cell_was
    for number in range(totals[CELLS]):
        cell = cells[number]
        totals[VALUE] += earned_before[number] - earns[cell]
        earns[cell] = earned_before[number]
    keep(state)


undo = kept(_undo)

"""A matching problem as arrays.

*Units* take at most one *column* each (or exactly one). A column brings *people* to *slots*; a slot is one class of
people in a *cell*, and a cell wants people in *groups*: whole people up to a demand, at a weight for each, open to
some of the cell's slots. What a cell earns is the best spread of the people in its slots over its groups. Beside the
cells a column has a *gain* of its own; it uses up *rows*, which are hard, and counts towards *excesses*, which cost
points; it may need a *standing* (a nation in a sector), and so many standings fit into a *house*.

The first objective is the most gain and earnings; then, level by level, the fewest points. All figures are whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

Array = Any
"""A numpy array; its type depends on its use and is given with the field."""

NONE = -1
"""Where a column has no standing, and where a unit has no column."""


class Matching(NamedTuple):
    """The arrays; `x_first[i]:x_first[i + 1]` is where the entries of item i lie. Everything is int64."""

    unit: Array
    """Unit of each column; columns of a unit lie together, units rising."""
    unit_first: Array
    column_first: Array
    slot: Array
    people: Array
    """Entries of the columns: slot and people, slots rising."""
    slot_cell: Array
    cell_slot: Array
    """First slot of each cell."""
    cell_group: Array
    """First group of each cell; within a cell weights fall."""
    group_weight: Array
    group_demand: Array
    group_open: Array
    """Bit by slot of the cell that may serve the group."""
    gain: Array
    """By column."""
    row_first: Array
    row: Array
    row_amount: Array
    """Entries of the columns in hard rows; amounts are not below zero."""
    row_most: Array
    standing: Array
    """Standing that each column needs, or -1."""
    standing_house: Array
    house_most: Array
    """Most standings in each house."""
    standing_points: Array
    """By standing and level."""
    points: Array
    """By column and level."""
    excess_first: Array
    excess: Array
    excess_amount: Array
    """Entries of the columns in excesses; amounts may be below zero."""
    excess_level: Array
    excess_beyond: Array
    excess_price: Array
    exactly: bool
    """Whether every unit must take a column."""

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.unit_first) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.unit)

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.cell_slot) - 1

    @property
    def slots(self) -> int:
        """Number of slots."""
        return len(self.slot_cell)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.group_weight)

    @property
    def levels(self) -> int:
        """Number of levels of points."""
        return int(self.points.shape[1])


Pairs = Sequence[tuple[int, int]]


@dataclass
class Draft:
    """A matching problem as it is written down, item by item."""

    levels: int = 0
    exactly: bool = False
    columns: list[tuple[int, int, int, tuple[int, ...], Pairs, Pairs, Pairs]] = field(default_factory=list)
    units: int = 0
    cells: list[tuple[int, list[tuple[int, int, int]]]] = field(default_factory=list)
    slots: int = 0
    rows: list[int] = field(default_factory=list)
    excesses: list[tuple[int, int, int]] = field(default_factory=list)
    standings: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    houses: list[int] = field(default_factory=list)

    def cell(self, slots: int, groups: Sequence[tuple[int, int, int]]) -> int:
        """Adds a cell with so many slots and groups of weight, demand and bits of open slots; gives its first slot."""
        self.cells.append((slots, sorted(groups, key=lambda group: -group[0])))
        self.slots += slots
        return self.slots - slots

    def row(self, most: int) -> int:
        """Adds a hard row and gives its number."""
        self.rows.append(most)
        return len(self.rows) - 1

    def beyond(self, level: int, beyond: int, price: int) -> int:
        """Adds an excess and gives its number."""
        self.excesses.append((level, beyond, price))
        return len(self.excesses) - 1

    def house(self, most: int) -> int:
        """Adds a house and gives its number."""
        self.houses.append(most)
        return len(self.houses) - 1

    def stand(self, house: int, points: tuple[int, ...] = ()) -> int:
        """Adds a standing in a house and gives its number."""
        self.standings.append((house, points or (0,) * self.levels))
        return len(self.standings) - 1

    def column(
        self,
        unit: int,
        people: Pairs = (),
        gain: int = 0,
        rows: Pairs = (),
        standing: int = NONE,
        points: tuple[int, ...] = (),
        excesses: Pairs = (),
    ) -> int:
        """Adds a column of a unit, units rising, and gives its number."""
        self.units = max(self.units, unit + 1)
        self.columns.append((unit, gain, standing, points or (0,) * self.levels, people, rows, excesses))
        return len(self.columns) - 1

    def matching(self) -> Matching:
        """The arrays."""
        columns = self.columns
        unit = _whole([column[0] for column in columns])
        counts = np.bincount(unit, minlength=self.units) if self.units else _whole([])
        groups = [group for _, found in self.cells for group in found]
        column_first, slot, people = _entries([sorted(column[4]) for column in columns])
        row_first, row, row_amount = _entries([column[5] for column in columns])
        excess_first, excess, excess_amount = _entries([column[6] for column in columns])
        slot_counts = [slots for slots, _ in self.cells]
        return Matching(
            unit=unit,
            unit_first=_first(counts),
            column_first=column_first,
            slot=slot,
            people=people,
            slot_cell=np.repeat(np.arange(len(self.cells), dtype=np.int64), _whole(slot_counts)),
            cell_slot=_first(slot_counts),
            cell_group=_first([len(found) for _, found in self.cells]),
            group_weight=_whole([group[0] for group in groups]),
            group_demand=_whole([group[1] for group in groups]),
            group_open=_whole([group[2] for group in groups]),
            gain=_whole([column[1] for column in columns]),
            row_first=row_first,
            row=row,
            row_amount=row_amount,
            row_most=_whole(self.rows),
            standing=_whole([column[2] for column in columns]),
            standing_house=_whole([house for house, _ in self.standings]),
            house_most=_whole(self.houses),
            standing_points=_whole([points for _, points in self.standings]).reshape(len(self.standings), self.levels),
            points=_whole([column[3] for column in columns]).reshape(len(columns), self.levels),
            excess_first=excess_first,
            excess=excess,
            excess_amount=excess_amount,
            excess_level=_whole([item[0] for item in self.excesses]),
            excess_beyond=_whole([item[1] for item in self.excesses]),
            excess_price=_whole([item[2] for item in self.excesses]),
            exactly=self.exactly,
        )


def _whole(values: Any) -> Array:
    return np.array(values, dtype=np.int64)


def _first(counts: Any) -> Array:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(_whole(counts))))


def _entries(columns: Sequence[Pairs]) -> tuple[Array, Array, Array]:
    flat = _whole([pair for pairs in columns for pair in pairs]).reshape(-1, 2)
    return _first([len(pairs) for pairs in columns]), flat[:, 0].copy(), flat[:, 1].copy()

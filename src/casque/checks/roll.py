"""The pledged units as columns in the order of the pledges, so that a question about all of them is put once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from casque.mission.forces import Pledge
from casque.mission.tasks import Task
from casque.mission.vocabulary import PledgeStatus

Rows = NDArray[np.intp]
"""Places in the order of the pledges; of a column, a whole number for every unit."""

Truths = NDArray[np.bool_]
Figures = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Roll:
    """The units with the numbers of their members and sectors."""

    pledges: tuple[Pledge, ...]
    members: dict[str, int]
    """Number of every member that pledged, in the order of the pledges."""
    sectors: dict[str, int]
    """Number of every sector that a member wants a unit in, from 1 on; 0 stands for none."""
    member: Rows
    """Number of every unit's member."""
    sector: Rows
    """Number of every unit's sector."""

    @cached_property
    def _items(self) -> tuple[str, ...]:
        return tuple(f"unit:{pledge.id}" for pledge in self.pledges)

    def items_of(self, rows: Rows) -> tuple[str, ...]:
        """Some units as links of the chain name them."""
        return tuple(map(self._items.__getitem__, rows.tolist()))

    @cached_property
    def strength(self) -> Figures:
        """People of every unit."""
        return np.array([pledge.strength for pledge in self.pledges], dtype=np.float64)

    @cached_property
    def offered(self) -> Truths:
        """For every unit, whether it is offered only."""
        return np.array([pledge.status is PledgeStatus.OFFERED for pledge in self.pledges], dtype=np.bool_)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of every unit by id."""
        return {pledge.id: row for row, pledge in enumerate(self.pledges)}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.members)

    def members_of(self, rows: Rows) -> tuple[str, ...]:
        """Members of some units, each once, in the order in which they come."""
        return tuple(self._names[number] for number in dict.fromkeys(self.member[rows].tolist()))

    def near(self, task: Task) -> Truths:
        """Units that no member wants in a sector that a task does not touch."""
        touched = np.zeros(len(self.sectors) + 1, dtype=np.bool_)
        touched[[0, *(self.sectors[sector] for sector in (*task.sectors, task.force_of) if sector in self.sectors)]] = True
        near: Truths = touched[self.sector]
        return near

    def joined(self, groups: Iterable[Rows]) -> Rows:
        """Every unit of some groups once, in the order in which they come."""
        every, *others = list(groups) or [_column([])]
        for group in others:
            seen = np.zeros(len(self.pledges), dtype=np.bool_)
            seen[every] = True
            every = np.concatenate([every, group[~seen[group]]])
        return every


def roll_of(pledges: tuple[Pledge, ...], before: Roll | None = None) -> Roll:
    """The roll of some pledges. `before` is the roll of the first of them, whose numbers are kept."""
    old = Roll((), {}, {}, _column([]), _column([])) if before is None else before
    members, sectors = dict(old.members), dict(old.sectors)
    new = pledges[len(old.pledges) :]
    member = [members.setdefault(pledge.member, len(members)) for pledge in new]
    sector = [0 if pledge.sector is None else sectors.setdefault(pledge.sector, len(sectors) + 1) for pledge in new]
    return Roll(pledges, members, sectors, np.append(old.member, _column(member)), np.append(old.sector, _column(sector)))


def _column(numbers: list[int]) -> Rows:
    return np.array(numbers, dtype=np.intp)


def total(figures: Figures) -> float:
    """Sum of a column, added from the first to the last so that the order of the pledges alone settles the rounding."""
    return float(sum(figures.tolist()))

"""Which units the caveats keep from one task. Units of one member that are wanted in the same place are kept alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from casque.checks.limits import Bar
from casque.checks.roll import Figures, Roll, Rows, Truths
from casque.checks.windows import EVER
from casque.mission.engagement import Caveat
from casque.mission.tasks import Task


class Hold(NamedTuple):
    """What the caveats do to a unit for one task."""

    caveats: tuple[Caveat, ...]
    """Those that bar it to the task's end."""
    free_from: int
    """Day from which those that lapse before it no longer do."""
    ends: int = -EVER
    """Day after the last on which one of those that bar it to the task's end binds."""


NOTHING = Hold((), -EVER)


def hold_on(unit: str, wanted: frozenset[str], days: tuple[int, int], bars: Iterable[Bar]) -> Hold:
    """What bars do to a unit that serves in any of the sectors in which it is wanted, over the days of a task."""
    start, end = days
    held, free_from, ends = [], -EVER, -EVER
    for bar in bars:
        if (bar.units and unit not in bar.units) or not (bar.whole or (wanted and wanted <= bar.sectors)):
            continue
        if bar.last >= end:
            held.append(bar.caveat)
            ends = max(ends, bar.last + 1)
        elif bar.last >= start:
            free_from = max(free_from, bar.last + 1)
    return Hold(tuple(held), free_from, ends)


def wanted_in(sector: str | None, ground: frozenset[str]) -> frozenset[str]:
    """Where a unit serves on the ground of a task: in its own sector where that is one of the task's, else in any of them."""
    return frozenset((sector,)) if sector in ground else ground


class Kept:
    """What the caveats do to every unit on the roll, for one task."""

    def __init__(self, roll: Roll, task: Task, days: tuple[int, int], bars: dict[str, tuple[Bar, ...]]) -> None:
        """`bars` are the caveats that may keep units from the task, by member; `days` are its first and last."""
        self.holds: list[Hold] = [NOTHING]
        """The different holds; the first is none."""
        self._roll, self._ground = roll, frozenset(task.sectors)
        places = [sector for sector in dict.fromkeys(task.sectors) if sector in roll.sectors]
        self._place = np.zeros(len(roll.sectors) + 1, dtype=np.intp)
        self._place[[roll.sectors[sector] for sector in places]] = range(1, len(places) + 1)
        self._at = np.zeros((len(roll.members), len(places) + 1), dtype=np.intp)
        self._named: dict[int, int] = {}
        for member, held in bars.items():
            if member in roll.members:
                self._add(member, (None, *places), days, held)

    def _add(self, member: str, places: tuple[str | None, ...], days: tuple[int, int], bars: tuple[Bar, ...]) -> None:
        wide = [bar for bar in bars if not bar.units]
        row = self._at[self._roll.members[member]]
        if False not in [bar.whole for bar in wide]:
            row[:] = self._number(hold_on("", self._ground, days, wide))
        else:
            row[:] = [self._number(hold_on("", wanted_in(sector, self._ground), days, wide)) for sector in places]
        if len(wide) < len(bars):
            self._add_named(member, days, bars)

    def _add_named(self, member: str, days: tuple[int, int], bars: tuple[Bar, ...]) -> None:
        for unit in dict.fromkeys(unit for bar in bars for unit in sorted(bar.units)):
            place = self._roll.rows.get(unit)
            if place is not None and self._roll.pledges[place].member == member:
                wanted = wanted_in(self._roll.pledges[place].sector, self._ground)
                self._named[place] = self._number(hold_on(unit, wanted, days, bars))

    def _number(self, hold: Hold) -> int:
        if hold == NOTHING:
            return 0
        self.holds.append(hold)
        return len(self.holds) - 1

    def numbers(self, rows: Rows) -> Rows:
        """For some units the number of the hold on each."""
        found: Rows = self._at[self._roll.member[rows], self._place[self._roll.sector[rows]]]
        for row, number in self._named.items():
            found[rows == row] = number
        return found

    @cached_property
    def barring(self) -> Truths:
        """For every hold, whether it bars to the task's end."""
        return np.array([bool(hold.caveats) for hold in self.holds])

    @cached_property
    def ends(self) -> Figures:
        """For every hold, the day after the last on which it bars."""
        return np.array([hold.ends for hold in self.holds], dtype=np.float64)

    @cached_property
    def free_from(self) -> Figures:
        """For every hold, the day from which what lapses no longer bars."""
        return np.array([hold.free_from for hold in self.holds], dtype=np.float64)

"""A plan in all its futures at once, and what a change of it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from casque.forces.futures.cells import Cells, People, Whole
from casque.forces.futures.kernel import change
from casque.forces.problem import Problem

NOBODY = -1
"""Where an element has no option."""

Move = tuple[int, int]
"""An option that is given up and one that is taken by the same element; `NOBODY` for none."""


class Placing:
    """Who serves where, and the weighted fill of every future. Figures are in tenths of weighted people-months."""

    def __init__(self, problem: Problem, cells: Cells, people: People, taken: Iterable[int] = ()) -> None:
        """Places the options of a plan, which must keep every limit."""
        futures = people.shape[1]
        self.problem, self.cells, self.people = problem, cells, people
        self.place = [NOBODY] * len(problem.units)
        self.total: Whole = np.zeros(futures, dtype=np.int64)
        self.work = 0
        """Future by future, how often the fill of a pool has been worked out."""
        self._supply: Whole = np.zeros((futures, cells.kinds[-1]), dtype=np.int64)
        self._filled: Whole = np.zeros((futures, len(cells.kinds) - 1), dtype=np.int64)
        self._everyone: Whole = np.arange(futures, dtype=np.int64)
        self._standing: Counter[tuple[str, str]] = Counter()
        self._here: Counter[str] = Counter()
        self._used = [0] * len(problem.limits)
        self._limits: list[list[tuple[int, int]]] = [[] for _ in problem.options]
        for row, limit in enumerate(problem.limits):
            for index, amount in zip(limit.options, limit.amounts, strict=True):
                self._limits[index].append((row, amount))
        self._known: dict[tuple[int, int, int], Whole] = {}
        self._few: Whole = self._everyone
        for index in taken:
            self.make([(NOBODY, index)])

    @property
    def taken(self) -> tuple[int, ...]:
        """Options taken, in order."""
        return tuple(sorted(index for index in self.place if index != NOBODY))

    def by_month(self) -> Whole:
        """Weighted fill by future and month."""
        months = len(self.problem.calendar.months)
        found: Whole = self._filled.reshape(len(self._filled), len(self.problem.pools), months).sum(axis=1)
        return found

    def look_at(self, few: Whole) -> None:
        """The futures that `tried` looks at from now on."""
        if not np.array_equal(few, self._few):
            self._few, self._known = few, {}

    def tried(self, moves: Sequence[Move]) -> int:
        """What moves would change in the futures looked at, in all. What is known of a pool that has not changed is used again."""
        found = 0
        for key in self._touched(moves):
            if key not in self._known:
                self._known[key] = self._change(key, self._few)
            found += int(self._known[key].sum())
        return found

    def effect(self, moves: Sequence[Move]) -> Whole:
        """What moves would change, by future."""
        found: Whole = np.zeros(len(self.total), dtype=np.int64)
        for key in self._touched(moves):
            found += self._change(key, self._everyone)
        return found

    def make(self, moves: Sequence[Move]) -> None:
        """Makes moves."""
        for key in self._touched(moves):
            self.total += self._change(key, self._everyone, keep=True)
            for known in [known for known in self._known if known[0] == key[0]]:
                del self._known[known]
        self._count(moves, 1)
        for minus, plus in moves:
            self.place[self.problem.options[minus if plus == NOBODY else plus].unit] = plus

    def fits(self, moves: Sequence[Move]) -> bool:
        """Whether moves keep the number of nations in every sector and every hard limit."""
        self._count(moves, 1)
        good = all(self._lawful(plus) for _, plus in moves if plus != NOBODY)
        self._count(moves, -1)
        return good

    def _lawful(self, index: int) -> bool:
        sector = self.problem.sector_of(index)
        return self._here[sector] <= self.problem.most_nations(sector) and all(
            self._used[row] <= self.problem.limits[row].most for row, _ in self._limits[index]
        )

    def _count(self, moves: Sequence[Move], sign: int) -> None:
        for minus, plus in moves:
            for index, step in ((minus, -sign), (plus, sign)):
                if index == NOBODY:
                    continue
                pair = (self.problem.options[index].member, self.problem.sector_of(index))
                before = self._standing[pair] > 0
                self._standing[pair] += step
                self._here[pair[1]] += (self._standing[pair] > 0) - before
                for row, amount in self._limits[index]:
                    self._used[row] += step * amount

    def _touched(self, moves: Sequence[Move]) -> list[tuple[int, int, int]]:
        """The pools that moves touch, each with the option that leaves it and the one that joins it."""
        options = self.problem.options
        found: dict[int, list[int]] = {}
        for minus, plus in moves:
            if minus != NOBODY:
                found.setdefault(options[minus].pool, [NOBODY, NOBODY])[0] = minus
            if plus != NOBODY:
                found.setdefault(options[plus].pool, [NOBODY, NOBODY])[1] = plus
        return [(pool, minus, plus) for pool, (minus, plus) in found.items()]

    def _change(self, key: tuple[int, int, int], some: Whole, keep: bool = False) -> Whole:
        delta: Whole = np.zeros(len(some), dtype=np.int64)
        change(self.cells, self._supply, self._filled, self.people, *key, some, delta, keep)
        self.work += len(some)
        return delta

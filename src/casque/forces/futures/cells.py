"""The pools by month as the arrays that the compiled part knows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casque.forces.filling import Group, groups
from casque.forces.problem import Problem

Whole = NDArray[np.int64]
People = NDArray[np.int32]


class Cells(NamedTuple):
    """A *cell* is a pool in a month; its *kinds* are the sets of lines that units there may be open to. Cells stand by pool."""

    kind: Whole
    """Kind by option and month, as a position in the list of all kinds; -1 where the option counts for nothing."""
    kinds: Whole
    """First kind of a cell, with the end at the last place."""
    groups: Whole
    """First demand of a cell, with the end at the last place."""
    weight: Whole
    """Weight of a demand, falling within a cell."""
    demand: Whole
    """People of a demand."""
    opens: Whole
    """Where the row of a demand begins in `open`."""
    open: Whole
    """1 where a kind of the cell may serve the demand."""


def cells(problem: Problem) -> Cells:
    """The cells of a problem."""
    months = len(problem.calendar.months)
    kind = np.full((len(problem.options), months), -1, dtype=np.int64)
    kinds: list[int] = []
    seen = 0
    found: list[tuple[Group, ...]] = []
    for pool, own in enumerate(problem.by_pool):
        for month in range(months):
            counting = [index for index in own if problem.options[index].people[month] and problem.options[index].open[month]]
            masks = sorted({problem.options[index].open[month] for index in counting})
            for index in counting:
                kind[index, month] = seen + masks.index(problem.options[index].open[month])
            kinds.append(len(masks))
            seen += len(masks)
            found.append(groups(pool, month, masks, problem))
    demands = [(group, count) for own, count in zip(found, kinds, strict=True) for group in own]
    return Cells(
        kind=kind,
        kinds=_starts(kinds),
        groups=_starts(len(own) for own in found),
        weight=np.array([group.weight for group, _ in demands], dtype=np.int64),
        demand=np.array([group.demand for group, _ in demands], dtype=np.int64),
        opens=_starts(count for _, count in demands),
        open=np.array([position in group.classes for group, count in demands for position in range(count)], dtype=np.int64),
    )


def _starts(lengths: Iterable[int]) -> Whole:
    """First position of each of some runs of entries, with the end at the last place."""
    return np.array([0, *accumulate(lengths)], dtype=np.int64)

"""The plan that is best on average, or best at its worst, over sampled futures: local search on common futures, or every plan where few.

The goal is the sum of the smallest fills of the sample: of all futures for the average, of a tenth of them for the worst tenth (the
conditional value at risk of Rockafellar and Uryasev 2000, sample average approximation). Elements are moved one by one to where the sum
rises most; where no move helps, one element is put where another stands and that one goes elsewhere or home. Both searches begin with the
nominal plan and only ever rise, so neither ends worse than it by its own measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import ceil, prod

import numpy as np

from casque.forces.futures.cells import Cells, People, Whole
from casque.forces.futures.placing import NOBODY, Move, Placing
from casque.forces.problem import Problem

FEW_PLANS = 1024
"""Up to so many plans all of them are tried."""
FEW_FUTURES = 25
"""Futures on which exchanges are tried first, when all futures count."""


def tail_of(futures: int) -> int:
    """Futures in a worst tenth."""
    return max(1, ceil(futures / 10))


def smallest(total: Whole, number: int) -> int:
    """Sum of the smallest figures."""
    return int(total.sum() if number >= len(total) else np.partition(total, number - 1)[:number].sum())


def best(problem: Problem, cells: Cells, people: People, start: Sequence[int], tail: int, work: int) -> tuple[tuple[int, ...], bool]:
    """Options of the best plan found for the `tail` smallest fills, and whether it is proven best on this sample.

    `work` is the most of `Placing.work` that may be used.
    """
    placing = Placing(problem, cells, people, start)
    if prod(1 + len(options) for options in problem.by_unit) <= FEW_PLANS:
        return _every(problem, cells, people, placing, tail), True
    rises = True
    while rises and placing.work < work:
        rises = _moves(placing, tail, work) or _exchanges(placing, tail, work)
    return placing.taken, False


def _every(problem: Problem, cells: Cells, people: People, first: Placing, tail: int) -> tuple[int, ...]:
    found, most = first.taken, smallest(first.total, tail)
    for chosen in product(*((NOBODY, *options) for options in problem.by_unit)):
        placing = Placing(problem, cells, people)
        if placing.fits([(NOBODY, index) for index in chosen if index != NOBODY]):
            for index in chosen:
                if index != NOBODY:
                    placing.make([(NOBODY, index)])
            value = smallest(placing.total, tail)
            if value > most:
                found, most = placing.taken, value
    return found


def _rise(placing: Placing, moves: Sequence[Move], tail: int) -> int:
    """By how much moves raise the goal; 0 where they break a limit, or where the futures looked at show that they do not.

    Where those are the smallest fills themselves that is proven: no other futures, as many, can have a smaller sum.
    """
    if not placing.fits(moves) or placing.tried(moves) <= 0:
        return 0
    effect = placing.effect(moves)
    return smallest(placing.total + effect, tail) - smallest(placing.total, tail)


def _look(placing: Placing, tail: int, apart: int) -> None:
    """Looks at the smallest fills; where all count, at every `apart`-th future."""
    total = placing.total
    placing.look_at(np.argsort(total, kind="stable")[:tail] if tail < len(total) else np.arange(0, len(total), apart, dtype=np.int64))


def _moves(placing: Placing, tail: int, work: int) -> bool:
    """Every element in turn goes where the goal rises most; says whether any has moved."""
    moved = False
    for unit, options in enumerate(placing.problem.by_unit):
        if placing.work >= work:
            break
        now = placing.place[unit]
        _look(placing, tail, 1)
        found, most = now, 0
        for index in options:
            rise = 0 if index == now else _rise(placing, [(now, index)], tail)
            if rise > most:
                found, most = index, rise
        if found != now:
            placing.make([(now, found)])
            moved = True
    return moved


def _exchanges(placing: Placing, tail: int, work: int) -> bool:
    """Every element in turn is tried in the place of every other of a pool; says whether any exchange was made."""
    made = False
    apart = max(1, len(placing.total) // FEW_FUTURES)
    for index, option in enumerate(placing.problem.options):
        for other in range(len(placing.place)):
            if placing.work >= work:
                return made
            now, then = placing.place[other], placing.place[option.unit]
            if now == NOBODY or other == option.unit or placing.problem.options[now].pool != option.pool:
                continue
            if then != NOBODY and placing.problem.options[then].pool == option.pool:
                continue
            _look(placing, tail, apart)
            for place in _elsewhere(placing, other, option.pool):
                if _rise(placing, [(now, place), (then, index)], tail) > 0:
                    placing.make([(now, place), (then, index)])
                    made = True
                    break
    return made


def _elsewhere(placing: Placing, unit: int, pool: int) -> Iterator[int]:
    yield NOBODY
    for index in placing.problem.by_unit[unit]:
        if placing.problem.options[index].pool != pool:
            yield index

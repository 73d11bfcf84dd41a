"""The compiled part: what options fill in every future.

The fill of a pool in a month is the heaviest that its people allow: lines by falling weight, each as far as people can be moved between
the lines open to them (the greedy order is exact, since the fills that a set of units can reach form a polymatroid; Edmonds 1970).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit

from casque.forces.futures.cells import Cells, People, Whole

Compiled = TypeVar("Compiled", bound=Callable[..., object])


def compiled(function: Compiled) -> Compiled:
    """A function to be called by compiled ones only: its code becomes part of theirs."""
    return cast(Compiled, njit(nogil=True)(function))


def kept(function: Compiled) -> Compiled:
    """A function to be called from Python, compiled when it is first called, and kept on disk until this file changes."""
    return cast(Compiled, njit(cache=True, nogil=True)(function))


@compiled
def heaviest(t: Cells, cell: int, people: Whole, flow: Whole, reached: Whole, via: Whole, queue: Whole) -> int:
    """Weighted fill of a cell by people of its kinds; the other arrays are room to work in. `people` is used up."""
    kinds = t.kinds[cell + 1] - t.kinds[cell]
    start, count = t.groups[cell], t.groups[cell + 1] - t.groups[cell]
    spare = 0
    for k in range(kinds):
        spare += people[k]
        for g in range(count):
            flow[k, g] = 0
    value = 0
    for g in range(count):
        if spare == 0:
            break
        row, missing = t.opens[start + g], t.demand[start + g]
        for k in range(kinds):
            if t.open[row + k] and people[k] and missing:
                moved = min(people[k], missing)
                people[k] -= moved
                flow[k, g] += moved
                missing -= moved
                spare -= moved
        while missing and spare:
            # Breadth first from the demand: to groups whose people it could take over, until somebody spare can make that good.
            for h in range(count):
                reached[h] = -1
            reached[g], queue[0], head, tail, giver, at = g, g, 0, 1, -1, -1
            while head < tail and giver < 0:
                h = queue[head]
                head += 1
                inner = t.opens[start + h]
                for k in range(kinds):
                    if t.open[inner + k]:
                        if people[k]:
                            giver, at = k, h
                            break
                        for other in range(count):
                            if reached[other] < 0 and flow[k, other]:
                                reached[other], via[other], queue[tail] = h, k, other
                                tail += 1
            if giver < 0:
                break
            moved, h = min(missing, people[giver]), at
            while h != g:
                moved = min(moved, flow[via[h], h])
                h = reached[h]
            people[giver] -= moved
            flow[giver, at] += moved
            h = at
            while h != g:
                flow[via[h], h] -= moved
                flow[via[h], reached[h]] += moved
                h = reached[h]
            missing -= moved
            spare -= moved
        value += t.weight[start + g] * (t.demand[start + g] - missing)
    return value


@kept
def change(
    t: Cells, supply: Whole, filled: Whole, people: People, pool: int, minus: int, plus: int, some: Whole, delta: Whole, keep: bool
) -> None:
    """Adds to `delta`, for some futures in their order, what the fill of a pool changes if one option leaves it and another joins.

    -1 stands for none. `supply` are people by future and kind, `filled` is the weighted fill by future and cell, `people` are those by
    option, future and month. With `keep` the change is made.
    """
    months = t.kind.shape[1]
    size = 1
    for cell in range(pool * months, (pool + 1) * months):
        size = max(size, t.kinds[cell + 1] - t.kinds[cell], t.groups[cell + 1] - t.groups[cell])
    room, flow = np.zeros((4, size), dtype=np.int64), np.zeros((size, size), dtype=np.int64)
    for month in range(months):
        cell = pool * months + month
        start, end = t.kinds[cell], t.kinds[cell + 1]
        out = t.kind[minus, month] if minus >= 0 else -1
        into = t.kind[plus, month] if plus >= 0 else -1
        if out < 0 and into < 0:
            continue
        for at in range(len(some)):
            future = some[at]
            less = people[minus, future, month] if out >= 0 else 0
            more = people[plus, future, month] if into >= 0 else 0
            if less == more and (less == 0 or out == into):
                continue
            for k in range(start, end):
                room[0, k - start] = supply[future, k]
            if less:
                room[0, out - start] -= less
            if more:
                room[0, into - start] += more
            if keep:
                for k in range(start, end):
                    supply[future, k] = room[0, k - start]
            value = heaviest(t, cell, room[0], flow, room[1], room[2], room[3])
            delta[at] += value - filled[future, cell]
            if keep:
                filled[future, cell] = value

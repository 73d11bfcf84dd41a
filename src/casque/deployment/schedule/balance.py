"""Work against capacity over windows of time: a lower bound on closure, in ticks, and what holds it.

Every use of a capacity or fleet lies between the earliest tick at which its load can come there and the closure less the shortest way
that is left behind it. So in any such window the work of the loads whose heads fall inside cannot pass what is offered inside (the
energetic argument), whichever routes they take. With one price for each window every load takes its cheapest route; the closure at which
the worth of what is offered reaches the price of the work is a lower bound, for any prices. The linear program over like items as one gives
prices that are near the best; steps along over- and underuse make the bound larger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.deployment.schedule.pricing import Counters, Items
from casque.deployment.schedule.program import longest
from casque.deployment.schedule.work import Work, offered, pooled, work
from casque.deployment.schedule.world import Floats, Ints, World


@dataclass(frozen=True)
class Balance:
    """The bound on closure, and what holds it."""

    closure: float
    """Tick before which no schedule closes."""
    weight: Floats
    """By counter, first the capacities, then the fleets: its part in the bound; the parts add up to 1."""


def balance(world: World, items: Items, counters: Counters, steps: int = 600) -> Balance:
    """The best bound that the steps find."""
    whole = work(world, items, counters)
    if not len(whole.head):
        return Balance(0.0, np.zeros(len(counters.width)))
    columns, starts = len(whole.item), np.flatnonzero(np.append(True, whole.item[1:] != whole.item[:-1]))
    column_of_draw = np.repeat(np.arange(columns), np.diff(whole.first))
    weight = np.full(len(whole.head), 1.0 / len(whole.head))
    best, kept = 0.0, weight
    tried = _programmed(whole, float(world.horizon) / 2)
    for step in range(len(tried) + steps):
        at = best if best > 0 else float(world.horizon) / 2
        unit = np.maximum(offered(whole, at), 1e-9)
        if step < len(tried):
            weight = tried[step] * unit / max(float((tried[step] * unit).sum()), 1e-12)
        price = weight / unit
        cost = np.add.reduceat(np.append(price[whole.row] * whole.amount, 0.0), whole.first[:-1]) * (np.diff(whole.first) > 0)
        least = np.minimum.reduceat(cost, starts)
        reached = _reached(whole, price, float(least.sum()), world.horizon)
        if reached > best:
            best, kept = reached, weight
        chosen = _choice(cost, least, starts)
        mask = np.zeros(columns, dtype=np.bool_)
        mask[chosen] = True
        used = np.bincount(whole.row, weights=np.where(mask[column_of_draw], whole.amount, 0.0), minlength=len(weight)) / unit
        used = used / max(float((used * weight).sum()), 1e-9)
        weight = np.maximum(weight * np.exp(0.5 / (1 + step / 20) * np.clip(used - 1.0, -1.0, 2.0)), 1e-9)
        weight = weight / weight.sum()
    by_counter = np.bincount(whole.counter, weights=kept, minlength=len(counters.width)).astype(np.float64)
    return Balance(best, by_counter)


def _programmed(whole: Work, closure: float) -> list[Floats]:
    """Prices from the linear program with like items as one: first for any closure, then for the one that it comes to."""
    pool, result = pooled(whole), []
    for _ in range(3):
        price, part = longest(pool, closure)
        if not len(price) or part <= 0:
            break
        result.append(price)
        closure *= part
    return result


def _reached(work: Work, price: Floats, need: float, horizon: int) -> float:
    """The first tick by which the worth of what is offered reaches what is needed."""
    low, high = 0, horizon
    while low < high:
        middle = (low + high) // 2
        if float((offered(work, middle) * price).sum()) >= need * (1 - 1e-9):
            high = middle
        else:
            low = middle + 1
    return float(low)


def _choice(cost: Floats, least: Floats, starts: Ints) -> Ints:
    """The first of the cheapest columns of each item."""
    owner = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(cost))))
    candidates = np.flatnonzero(cost <= least[owner] * (1 + 1e-9))
    _, first = np.unique(owner[candidates], return_index=True)
    return candidates[first].astype(np.int64)

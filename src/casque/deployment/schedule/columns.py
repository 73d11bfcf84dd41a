"""Prices from the linear program over time by generation of columns: a column is a way of a whole group, with the tick it is complete by.

The program chooses for every group a mixture of ways so that no capacity and no fleet is overdrawn in any period and the weighted lateness
is least; its dual prices make the bound of `bound.proven` nearly as large as any can. Of many groups only a sample is looked at, with
its share of all capacity: the bound is valid for any prices. New columns are asked for at prices
between the best so far and the last program's (Wentges 1997), which keeps them from leaping.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from casque.deployment.schedule.bound import Prices, alone
from casque.deployment.schedule.cheapest import proposed
from casque.deployment.schedule.pricing import Counters, Items
from casque.deployment.schedule.relaxed import counters_of, items_of
from casque.deployment.schedule.steering import Steering
from casque.deployment.schedule.work import work
from casque.deployment.schedule.world import Floats, Ints, World

PERIODS = 40
"""Periods of the horizon over each of which a price is the same."""
GRAIN = 5
"""Departures looked at in a period."""
SAMPLE = 400
"""Groups of a sample."""
SCALES = (0.01, 0.02, 0.04, 0.07, 0.11, 0.16)
"""Levels of the first prices, in parts of the lateness there would be if every group came with the last."""


@dataclass(frozen=True)
class Guide:
    """What the program says."""

    prices: Prices
    wanted: Ints
    """By group: tick by which it is complete at these prices."""


def guide(world: World, steering: Steering, rounds: int) -> Guide:
    """Prices after so many rounds, and when each group is to be complete at them."""
    items = items_of(world)
    counters = counters_of(world, max(1, -(-world.horizon // PERIODS)))
    stride = max(1, int(counters.width[-1]) // GRAIN) if len(counters.width) else 1
    every = max(1, -(-len(items.due) // SAMPLE))
    near = min(world.horizon, int(1.4 * max(steering.span, float(alone(world).max(initial=1)))) + int(counters.width.max(initial=1)))
    part = _part(world, items, counters, every)
    master = _Master(world, counters._replace(offered=counters.offered * part[:, None]), sample(items, every, 0), near, stride)
    each = master.prices(master.shape(steering), rounds)
    value, done, *_ = proposed(world, counters, items, each, stride)
    return Guide(Prices(counters, each, float(value.sum() - (each * counters.offered).sum())), done)


def _part(world: World, items: Items, counters: Counters, every: int) -> Floats:
    """By counter: what the groups of the sample, with their multiplicity, would take of it for one that all groups take.

    The work of each item is spread evenly over its routes. Capacity in this proportion makes a sample as pressed as the whole.
    """
    whole = work(world, items, counters, (0.0,))
    group = np.repeat(np.arange(len(items.due)), np.diff(items.first))
    columns = np.bincount(whole.item, minlength=len(items.kind))
    owner = np.repeat(whole.item, np.diff(whole.first))
    amount = whole.amount / columns[owner]
    counter = whole.counter[whole.row]
    total = np.bincount(counter, weights=amount, minlength=len(counters.width))
    taken = np.bincount(counter, weights=np.where(group[owner] % every == 0, amount * every, 0.0), minlength=len(counters.width))
    return np.where(total > 0, np.clip(taken / np.maximum(total, 1e-12), 0.5, 2.0), 1.0)


def sample(items: Items, every: int, start: int) -> Items:
    """Each so-manieth group with its items, counted so many times."""
    groups = np.arange(start, len(items.due), every)
    count = items.first[groups + 1] - items.first[groups]
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    mine = np.repeat(items.first[groups] - first[:-1], count) + np.arange(int(first[-1]))
    amount, share = items.amount[mine] * every, items.share[mine] * every
    return Items(first, items.kind[mine], items.ready[mine], amount, share, items.due[groups], items.weight[groups] * every)


@dataclass
class _Master:
    """The program over some groups."""

    world: World
    counters: Counters
    items: Items
    near: int
    stride: int
    solver: Any = field(default_factory=lambda: pywraplp.Solver.CreateSolver("GLOP"))
    rows: dict[int, Any] = field(default_factory=dict)
    """By counter and period."""
    groups: list[Any] = field(default_factory=list)
    offered: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        self.solver.SetSolverSpecificParametersAsString("use_preprocessing: false")
        periods = np.arange(self.counters.offered.shape[1])[None, :] * self.counters.width[:, None]
        self.offered = np.where(periods < self.near, self.counters.offered, 0.0)
        self.solver.Objective().SetMinimization()
        for due, weight in zip(self.items.due.tolist(), self.items.weight.tolist(), strict=True):
            self.groups.append(self.solver.Constraint(1.0, 1.0))
            idle = self.solver.NumVar(0.0, self.solver.infinity(), "")
            self.solver.Objective().SetCoefficient(idle, 3.0 * max(1, self.near - min(due, self.near)) * max(weight, 1e-9))
            self.groups[-1].SetCoefficient(idle, 1.0)

    def prices(self, shape: Floats, rounds: int) -> Floats:
        """The best prices found from a few levels of the first ones on."""
        best, kept, trust = -np.inf, np.zeros(self.offered.shape), 0.5
        for scale in SCALES:
            value = self._asked(shape * scale)
            if value > best:
                best, kept = value, shape * scale
        for _ in range(rounds):
            if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
                break
            price = trust * kept + (1.0 - trust) * self._duals()
            value = self._asked(price)
            trust = min(0.9, trust + 0.05) if value > best else max(0.3, trust - 0.1)
            if value > best:
                best, kept = value, price
        return kept

    def shape(self, steering: Steering) -> Floats:
        """Prices that fall to nothing towards the end, as dear among each other as the program without time has them."""
        middle = (np.arange(self.offered.shape[1])[None, :] + 0.5) * self.counters.width[:, None]
        shape = steering.toll[:, None] * np.clip((0.95 * steering.span - middle) / max(0.6 * steering.span, 1.0), 0.0, 1.0)
        shape = np.where(self.offered > 0, shape, 0.0)
        late = float((self.items.weight * np.maximum(0, steering.span - self.items.due)).sum())
        return np.asarray(shape * max(late, 1.0) / max(float((shape * self.offered).sum()), 1e-12))

    def _duals(self) -> Floats:
        price = np.zeros(self.offered.size)
        for place, row in self.rows.items():
            price[place] = max(0.0, -row.dual_value())
        return (price / np.where(self.offered > 0, self.offered, 1.0).ravel()).reshape(self.offered.shape)

    def _asked(self, price: Floats) -> float:
        """Value of the bound at some prices for these groups; the ways that they take at them become columns."""
        world = self.world._replace(horizon=self.near)
        value, done, first, where, amount = proposed(world, self.counters, self.items, price, self.stride)
        late = (self.items.weight * np.maximum(0, done - self.items.due)).tolist()
        places, unit = where.tolist(), np.where(self.offered > 0, self.offered, np.inf).ravel()[where]
        parts = (amount / unit).tolist()
        for group in np.flatnonzero(np.diff(first)).tolist():
            way = self.solver.NumVar(0.0, self.solver.infinity(), "")
            self.solver.Objective().SetCoefficient(way, late[group])
            self.groups[group].SetCoefficient(way, 1.0)
            for draw in range(int(first[group]), int(first[group + 1])):
                if parts[draw] > 0.0:
                    if places[draw] not in self.rows:
                        self.rows[places[draw]] = self.solver.Constraint(-self.solver.infinity(), 1.0)
                    self.rows[places[draw]].SetCoefficient(way, parts[draw])
        return float(value.sum() - (price * self.offered).sum())

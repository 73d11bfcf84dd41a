"""Lower bounds on arrival and on weighted lateness, and the proof that no schedule closes by a tick. All times are in ticks.

1. Each load alone: ready, and the shortest of its routes.
2. The linear program over time with all capacities and routes together, by the prices of its Lagrangian. The ascent works on a coarse grid
   of departures; `proven` computes the bound with every tick open to every load.

The bound on closure by work against capacity stands in `balance.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.deployment.schedule.cheapest import priced
from casque.deployment.schedule.pricing import Counters, Items
from casque.deployment.schedule.relaxed import counters_of
from casque.deployment.schedule.world import Floats, Ints, Plan, World


@dataclass(frozen=True)
class Level:
    """A pass of the ascent."""

    period: int
    """Ticks over which a price is the same."""
    stride: int
    """Ticks between the departures that are looked at."""
    steps: int
    first: float
    """Size of the first step: the worth of one capacity in one period, as a share of the value of the schedule at hand."""
    last: float
    """Size of the last step, likewise."""


@dataclass(frozen=True)
class Prices:
    """Prices of capacity and vehicle time."""

    counters: Counters
    each: Floats
    """Counter x period: weighted ticks for a unit of the capacity, or for a tick of a vehicle."""
    value: float
    """What they give on the grid of the last pass, in weighted ticks; no bound, see `proven`."""


def alone(world: World) -> Ints:
    """Tick of the earliest arrival of each load with the whole network to itself; at least the horizon where no route takes it."""
    ticks = np.add.reduceat((world.leg_dwell + world.leg_time)[world.route_leg], world.route_first[:-1])
    able = np.ones((len(world.route_first) - 1, len(world.fleet_cost)), dtype=np.bool_)
    fleets = world.leg_fleet[world.route_leg]
    owner = np.repeat(np.arange(len(able)), np.diff(world.route_first))
    able[owner[fleets >= 0], fleets[fleets >= 0]] = False
    result = np.empty(world.loads, dtype=np.int64)
    takes = np.isfinite(world.share)
    for kind in np.unique(world.load_class).tolist():
        mine = np.flatnonzero(world.load_class == kind)
        routes = np.arange(world.class_first[kind], world.class_first[kind + 1])
        reach = np.where((takes[mine][:, None, :] | able[routes][None]).all(axis=2), ticks[routes][None, :], world.horizon)
        result[mine] = world.load_ready[mine] + reach.min(axis=1)
    return result


def ascend(world: World, items: Items, plan: Plan, scale: float, levels: tuple[Level, ...], deadline: int = -1) -> Prices:
    """Prices that make the bound large, found by steps along the over- and underuse of every capacity in every period.

    `scale` is the value of the schedule at hand, in weighted ticks. The first pass begins with no prices, each other with the last one's.
    With a deadline the bound is the value above which no schedule closes by it (see `priced`).
    """
    each: Floats | None = None
    answer: Prices | None = None
    for level in levels:
        counters = counters_of(world, level.period, plan)
        offered = counters.offered
        live, safe = offered > 0, np.where(offered > 0, offered, 1.0)
        worth = np.zeros(offered.shape)
        if each is not None and answer is not None:
            coarse = answer.counters.width // counters.width
            index = np.minimum(np.arange(offered.shape[1])[None, :] // coarse[:, None], each.shape[1] - 1)
            worth = np.take_along_axis(each, index, axis=1) * offered
        drift, spread = np.zeros(offered.shape), np.zeros(offered.shape)
        best, kept = -np.inf, worth
        for step in range(level.steps):
            value, usage = priced(world, counters, items, np.where(live, worth / safe, 0.0), level.stride, deadline, True)
            value -= float(worth.sum())
            if value > best:
                best, kept = value, worth
            over = np.clip(np.where(live, usage / safe - 1.0, 0.0), -1.0, 2.0)
            drift, spread = 0.7 * drift + 0.3 * over, 0.9 * spread + 0.1 * over**2
            size = scale * level.first * (level.last / level.first) ** (step / level.steps)
            worth = np.maximum(0.0, worth + size * drift / (np.sqrt(spread) + 0.1))
        each = np.where(live, kept / safe, 0.0)
        answer = Prices(counters, each, best)
    if answer is None:
        raise ValueError("an ascent needs a level")
    return answer


def proven(world: World, items: Items, prices: Prices, deadline: int = -1) -> float:
    """The bound that prices give with every tick open to every load, in weighted ticks."""
    value, _ = priced(world, prices.counters, items, prices.each, 1, deadline, False)
    return float(value - (prices.each * prices.counters.offered).sum())

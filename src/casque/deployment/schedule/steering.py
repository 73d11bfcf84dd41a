"""Prices for a first schedule: a linear program that spreads the work of all loads over the capacities and fleets, at growing cost.

Loads of a class count as one. The cost of a capacity or fleet grows the steeper the longer it takes over its work, in steps, so that the
program first makes the longest short, then the next. Its dual prices say what an hour of a vehicle or a unit of a capacity is worth there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from casque.deployment.schedule.pricing import Counters, Items
from casque.deployment.schedule.program import graded, longest
from casque.deployment.schedule.relaxed import counters_of, items_of
from casque.deployment.schedule.work import offered, work
from casque.deployment.schedule.world import Floats, World

LONGER = 1.15
"""What is planned for beyond the time of the longest: vehicles are never quite full."""


class Steering(NamedTuple):
    """Prices."""

    toll: Floats
    """By capacity, then by fleet: price of a unit of the capacity in a period, or of a tick of a vehicle."""
    cycle: Floats
    """By leg: ticks of a vehicle for a trip, with the empty ways that it certainly costs."""
    span: float
    """Ticks by which all could be in if work flowed like water."""


def steering(world: World) -> Steering:
    """Prices of capacities and fleets for a world as a whole."""
    counters = counters_of(world, max(1, min(24, world.horizon)))
    whole = work(world, together(items_of(world)), counters, (0.0,))
    toll = np.zeros(len(counters.width))
    half = float(world.horizon) / 2
    _, most = longest(whole, half)
    if most > 0:
        toll[whole.counter] = graded(whole, np.maximum(offered(whole, LONGER * most * half), 1e-9))
    return Steering(toll, cycles(world, counters), most * half)


def cycles(world: World, counters: Counters) -> Floats:
    """By leg: ticks of a vehicle for a trip; 0 where none is needed."""
    fleet = np.maximum(world.leg_fleet, 0)
    if not len(world.fleet_cost):
        return np.zeros(len(world.leg_from))
    ticks = world.leg_time + counters.before[fleet, world.leg_from] + counters.after[fleet, world.leg_to]
    return np.where(world.leg_fleet >= 0, ticks, 0.0)


def together(items: Items) -> Items:
    """Items of the same class as one; what a fleet takes none of it takes none of the whole."""
    kinds, owner = np.unique(items.kind, return_inverse=True)
    ready = np.full(len(kinds), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(ready, owner, items.ready)
    amount, share = np.zeros((len(kinds), items.amount.shape[1])), np.zeros((len(kinds), items.share.shape[1]))
    np.add.at(amount, owner, items.amount)
    np.add.at(share, owner, items.share)
    bounds = np.array([0, len(kinds)], dtype=np.int64)
    return Items(bounds, kinds.astype(np.int64), ready, amount, share, np.zeros(1, dtype=np.int64), np.ones(1))

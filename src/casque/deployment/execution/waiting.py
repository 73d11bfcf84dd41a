"""Trips and packets under way that come to a place which has been shut, and wait until it opens."""

from __future__ import annotations

import numpy as np

from casque.deployment.execution.changes import Changes, Moved
from casque.deployment.schedule.world import Ints, Plan, World


def held_up(world: World, plan: Plan, now: int, done: Ints, changes: Changes) -> tuple[Moved, ...]:
    """The legs under way that take longer, because a capacity that they need is cut to nothing when they come; the world is as cut.

    What is said about a leg by the changes themselves is left as it is.
    """
    shut = sorted({cut.resource for cut in changes.cuts if cut.share == 0.0})
    if not shut:
        return ()
    using = np.flatnonzero(np.isin(world.use_resource, shut))
    legs = np.searchsorted(world.use_first, using, side="right") - 1
    loads = np.flatnonzero(done > 0)
    stage = done[loads] - 1
    leg = world.route_leg[world.route_first[plan.route[loads]] + stage]
    start = plan.start[loads, stage]
    under_way = np.isin(leg, legs) & (start + world.leg_time[leg] > now)
    said = {(item.load, item.stage) for item in changes.moved}
    result = []
    for load, number, its, begun in zip(*(some[under_way].tolist() for some in (loads, stage, leg, start)), strict=True):
        shift = _shift(world, its, begun, now, shut)
        if shift > 0 and (load, number) not in said:
            result.append(Moved(load, number, begun, begun + int(world.leg_time[its]) + shift))
    return tuple(result)


def _shift(world: World, leg: int, start: int, now: int, shut: list[int]) -> int:
    """Ticks that a leg under way loses until each shut capacity that it still needs is there again; 0 if some never is."""
    shift, settled = 0, False
    while not settled:
        settled = True
        for use in range(int(world.use_first[leg]), int(world.use_first[leg + 1])):
            resource, offset = int(world.use_resource[use]), int(world.use_offset[use])
            begin = start + offset + shift
            if resource not in shut or begin < now:
                continue
            width, base = int(world.resource_width[resource]), int(world.resource_first[resource])
            behind = int(world.resource_first[resource + 1])
            last = (begin + int(world.use_time[use]) - 1) // width
            some = world.capacity[base + begin // width : min(base + last + 1, behind)]
            closed = np.flatnonzero(some == 0.0)
            if base + last >= behind:
                return 0
            if len(closed):
                shift += (begin // width + int(closed[-1]) + 1) * width - begin
                settled = False
    return shift

"""The flow of one load along a route, day by day, through whatever capacity others have left."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numba
import numpy as np
from numpy.typing import NDArray

from casque.deployment.capacity import Floats
from casque.deployment.route import Ints, Route


def _send(open_: NDArray[np.bool_], starts: Ints, uses: Ints, amounts: Floats, left: Floats, release: int, flows: Floats) -> int:
    stages, size = open_.shape
    queue = np.zeros(stages + 1)
    queue[0] = 1.0
    for day in range(release, size):
        for stage in range(stages):
            waiting = queue[stage]
            if waiting <= 0.0 or not open_[stage, day]:
                continue
            part = waiting
            for use in range(starts[stage], starts[stage + 1]):
                base = day + uses[use, 1]
                for step in range(uses[use, 2]):
                    part = min(part, left[uses[use, 0], base + step] / amounts[use])
            # Parts below a millionth wait; a rest below that of rounding goes along, lest it cost a day.
            if part < min(waiting, 1e-6) - 1e-8:
                continue
            if waiting - part < 1e-8:
                part = waiting
            for use in range(starts[stage], starts[stage + 1]):
                base = day + uses[use, 1]
                for step in range(uses[use, 2]):
                    left[uses[use, 0], base + step] -= part * amounts[use]
            flows[stage, day] += part
            queue[stage] = 0.0 if part == waiting else waiting - part
            queue[stage + 1] += part
        if queue[:stages].sum() <= 0.0:
            return day
    return -1


def _draw(starts: Ints, uses: Ints, amounts: Floats, left: Floats, flows: Floats, first: int, last: int, sign: float) -> None:
    for stage in range(flows.shape[0]):
        for day in range(first, last + 1):
            part = flows[stage, day]
            if part > 0.0:
                for use in range(starts[stage], starts[stage + 1]):
                    base = day + uses[use, 1]
                    for step in range(uses[use, 2]):
                        left[uses[use, 0], base + step] += sign * part * amounts[use]


_compiled_send = cast(Callable[..., int], numba.njit(cache=True)(_send))
_compiled_draw = cast(Callable[..., None], numba.njit(cache=True)(_draw))


def send(route: Route, left: Floats, release: int) -> tuple[float, Floats]:
    """Send a load off as early as possible and take what it needs from `left` (resource x day).

    Each stage of each day passes on what has come up, as far as every capacity that it draws on allows; the rest waits where it is. With
    nobody else in the way this is the earliest arrival that the route allows, unless two stages share a capacity.

    Returns the day index on which the last part arrives, infinity where that is never, and the parts of the load by stage x day. Where it
    never arrives the caller gives back what was used.
    """
    flows = np.zeros(route.open.shape)
    if not len(route.stages):
        return float(release), flows
    last = _compiled_send(route.open, route.starts, route.uses, route.amounts, left, max(0, release), flows)
    return (float("inf") if last < 0 else last + route.total), flows


def arrival(route: Route, left: Floats, release: int) -> float:
    """Day index on which the last part of a load would arrive, `left` unchanged; infinity where that is never."""
    arrives, flows = send(route, left, release)
    draw(route, left, flows, release, arrives, 1.0)
    return arrives


def draw(route: Route, left: Floats, flows: Floats, release: int, arrives: float, sign: float) -> None:
    """Give back the capacity that a flow used (sign 1) or use it again (sign -1)."""
    last = flows.shape[1] - 1 if arrives == float("inf") else round(arrives - route.total)
    _compiled_draw(route.starts, route.uses, route.amounts, left, flows, max(0, release), last, sign)

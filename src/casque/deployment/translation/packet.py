"""How many parts a line travels in: each fits every vehicle and one period of every capacity on its ways, and vehicles fill well."""

from __future__ import annotations

from math import ceil, inf

import numpy as np
from numpy.typing import NDArray

from casque.deployment.line import MovementLine
from casque.deployment.schedule.world import TRIP
from casque.deployment.translation.ground import Stretch

Floats = NDArray[np.float64]

SMALLEST = (20.0, 30.0, 50.0)
"""People, tonnes and lane metres below which a part is not made smaller to fill vehicles better."""
LOSS = 0.04
"""Mean share of vehicles left empty that is good enough."""
MOST = 400
"""Parts of a line; ways that need more are not taken where there are others."""


def amounts(line: MovementLine) -> Floats:
    """A line in the quantities of the scheduler: people, tonnes by class, lane metres, vehicles or coaches; and one, and all tonnes."""
    classes = [line.bulk, line.oversize, line.outsize, line.surface_only]
    return np.array([line.people, *classes, line.lane_metres, line.vehicles + line.coaches, 1.0, sum(classes)])


def share(limits: list[float], amount: Floats) -> float:
    """Vehicles of a fleet that an amount fills: the largest of its parts in people, tonnes and lane metres; infinity if it takes none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(amount[:6] > 0, amount[:6] / np.array(limits), 0.0)
    return float(max(parts[0], parts[1:5].sum(), parts[5]))


def needed(amount: Floats, legs: list[Stretch], least: list[float], limits: dict[str, list[float]]) -> float:
    """The fewest equal parts that fit every vehicle and one period of every capacity on a way."""
    count = 1.0
    for leg in legs:
        lift = leg.section.lift
        if lift is not None:
            count = max(count, share(limits[lift.id], amount))
        for use in leg.uses:
            if use.quantity != TRIP:
                count = max(count, amount[use.quantity] * use.factor / least[use.resource])
        if leg.space[0] >= 0:
            count = max(count, amount[leg.space[1]] / least[leg.space[0]])
    return inf if count == inf else float(ceil(count - 1e-9))


def parts(amount: Floats, fewest: int, shares: list[float]) -> int:
    """How many equal parts to make, at least the fewest: as few as fill the vehicles of its fleets well; `shares` are those of it all."""
    people, tonnes, metres = SMALLEST
    most = max(fewest, ceil(max(amount[0] / people if amount[8] == 0 else 0.0, min(amount[8] / tonnes, amount[5] / metres))), 1)
    best, least = fewest, inf
    for count in range(fewest, min(most, MOST) + 1):
        losses = [1.0 - min(1.0, int(count / part + 1e-9) * part / count) for part in shares if part > 0.3]
        loss = sum(losses) / len(losses) if losses else 0.0
        if loss < least - 1e-9:
            best, least = count, loss
        if least <= LOSS:
            break
    return best


def split(line: MovementLine, amount: Floats, count: int) -> Floats:
    """The line in so many parts, one row each: equal but for people, who are whole."""
    rows = np.tile(amount / count, (count, 1))
    if float(line.people).is_integer():
        base, over = divmod(int(line.people), count)
        rows[:, 0] = [base + (number < over) for number in range(count)]
    rows[:, 7] = 1.0
    return rows

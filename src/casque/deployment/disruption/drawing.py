"""Draws of events: every hazard has a stream of its own, so that leaving one kind out leaves all others as they are."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np

from casque.deployment.disruption.hazard import Event, Hazard
from casque.deployment.translation.clock import DAY


def drawn(hazards: Iterable[Hazard], seed: int, run: int, horizon: int) -> tuple[Event, ...]:
    """The events of a run in order of time; the same seed, run and hazard give the same events, whatever else there is.

    A hazard strikes as a Poisson process whose rate changes from day to day: times are drawn at its greatest rate, and kept with the
    chance that the rate of the day has of it.
    """
    found: list[Event] = []
    for hazard in hazards:
        most = float(hazard.rate.max(initial=0.0))
        if most <= 0.0:
            continue
        draw = np.random.default_rng((seed, run, crc32(f"{hazard.kind} {hazard.name}".encode())))
        day = float(draw.exponential(1.0 / most))
        low, likely, high = hazard.days
        while day * DAY < horizon and day < len(hazard.rate):
            keep, which = draw.random(), draw.random()
            lasts = float(draw.triangular(low, likely, high)) if high > low else high
            if keep * most < hazard.rate[int(day)]:
                tick = int(day * DAY)
                vehicle = hazard.vehicles[int(which * len(hazard.vehicles))] if hazard.vehicles else -1
                found.append(Event(tick, tick + max(1, round(lasts * DAY)), hazard.kind, hazard.name, hazard.cuts, vehicle))
            day += float(draw.exponential(1.0 / most))
    return tuple(sorted(found, key=lambda event: (event.tick, event.kind, event.name, event.vehicle)))

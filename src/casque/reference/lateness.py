"""The law by which pledges come late, stay away or are not relieved: one law for force generation and for anybody who asks.

A mission slips as a whole, and a member with all its units. With slippage s = exp(spread x normal), an exponential m of mean 1 for the
member and u for the unit, a unit is late by lateness x s x delay x (m + u) / 2 days, and the odds that it stays away are its own odds
times s x m. A tour that a like unit should relieve is not relieved with the chance relief-risk x doubt. The parameters are drawn once a
run from the bands of their planning factors (`simulation.lateness`, `simulation.slippage`, `simulation.relief-risk`). It is the law of the
simulation, calibrated on the UN's deployment ramps (tests/known).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casque.reference.chance import Draw, Floats, exponential, keys_of, normal, streams, triangular, uniform
from casque.reference.load import Reference

PARAMETERS = ("simulation.lateness", "simulation.slippage", "simulation.relief-risk")
"""Planning factors whose bands are drawn."""


@dataclass(frozen=True)
class Chance:
    """How sure and how punctual a pledge is."""

    name: str
    """Pledge."""
    member: str
    """Member: its pledges are late together."""
    no_show: float
    """Chance that it does not come, in a mission that slips as the middle one does and with a member as late as it is on average."""
    delay: float
    """Mean delay in days, in such a mission."""
    doubt: float = 0.0
    """Unreliability that shows at each relief of a tour."""
    reliefs: int = 0
    """Tours after the first."""


@dataclass(frozen=True)
class Drawn:
    """What chance decides, runs x pledges."""

    comes: NDArray[np.bool_]
    """Whether it comes at all."""
    late: Floats
    """Days that it is late, if it comes."""
    tours: NDArray[np.int64]
    """Tours that it serves: those before the first relief that fails."""


def drawn(chances: Sequence[Chance], reference: Reference, seed: int, runs: range) -> Drawn:
    """What chance decides for pledges in some runs."""
    lateness, spread, relief_risk = _parameters(reference, seed, runs)
    slip = np.exp(spread * normal(streams(seed, runs, Draw.SLIPPAGE), np.zeros(1, dtype=np.uint64)))
    units = keys_of([f"unit:{chance.name}" for chance in chances])
    names = sorted({chance.member for chance in chances})
    row = [names.index(chance.member) for chance in chances]
    shared = exponential(streams(seed, runs, Draw.DELAY_MEMBER), keys_of([f"member:{name}" for name in names]))[:, row]
    own = exponential(streams(seed, runs, Draw.DELAY_UNIT), units)
    no_show = np.array([chance.no_show for chance in chances])
    odds = no_show * slip * shared
    comes = uniform(streams(seed, runs, Draw.NO_SHOW), units) * (1.0 - no_show + odds) >= odds
    late = lateness * slip * np.array([chance.delay for chance in chances]) * 0.5 * (shared + own)
    reliefs = streams(seed, runs, Draw.RELIEF)
    doubt = np.array([chance.doubt for chance in chances])
    most = np.array([chance.reliefs + 1 for chance in chances], dtype=np.int64)
    tours = np.broadcast_to(most, comes.shape).copy()
    for relief in range(max(most, default=1) - 1, 0, -1):
        fails = (uniform(reliefs, units, relief) < doubt * relief_risk) & (relief < most)
        tours[fails] = relief
    return Drawn(comes, late, tours)


def _parameters(reference: Reference, seed: int, runs: range) -> tuple[Floats, Floats, Floats]:
    chances = uniform(streams(seed, runs, Draw.PARAMETER), keys_of(PARAMETERS))
    factors = [reference.factor(name) for name in PARAMETERS]
    lateness, spread, relief = (
        triangular(chances[:, [column]], factor.low, factor.value, factor.high) for column, factor in enumerate(factors)
    )
    return lateness, spread, relief

"""A question about force: may this unit take this measure, here, now, in this situation?"""

from __future__ import annotations

from dataclasses import dataclass

from casque.mission.vocabulary import Circumstance, Protected

SELF_DEFENCE = "self-defence"
"""The measure that is inherent: it needs no rule, and no caveat takes it away."""


@dataclass(frozen=True)
class Request:
    """One question. Names are ids of the mission folder; `day` counts from D-day, `hour` is local, 0 to 23."""

    unit: str
    measure: str
    sector: str
    place: str = ""
    """Place within the sector; empty where the sector as a whole is meant."""
    day: int = 0
    hour: int = 12
    given: frozenset[Circumstance] = frozenset()
    """What is the case."""
    protecting: Protected | None = None
    """Whom or what the force would protect; none where that is not said."""

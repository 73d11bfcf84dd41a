"""The uncertain parameters of a run: each drawn once a replication from the band of its planning factor."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from casque.reference.chance import triangular
from casque.reference.load import Reference
from casque.simulation.streams import Decision, fill, keys_of, seed_word


class Parameter(IntEnum):
    """Columns of the drawn parameters; the factor is `simulation.` and the name in lower case with dashes.

    The numbers are compiled into the kernel: add at the end, never renumber.
    """

    STATED_RATES = 0
    PRESENCE_EFFECT = 1
    PRESENCE_LAG = 2
    REPRISAL_SHARE = 3
    REPRISAL_DAYS = 4
    SETTLING = 5
    ESCALATION = 6
    STAY_BEHIND = 7
    CONSENT_COLLAPSE = 8
    COLLAPSE_RISE = 9
    FLARE_RATE = 10
    FLARE_SIZE = 11
    POLICE_WEIGHT = 12
    LATENESS = 13
    LOSSES_OTHER = 14
    LOSSES_CONSENTED = 15
    LOSSES_HOSTILE = 16
    WITHDRAWAL_BASE = 17
    WITHDRAWAL_LOSS = 18
    WITHDRAWAL_NOTICE = 19
    MANDATE_LAPSE = 20
    HOST_WITHDRAWAL = 21
    RETURN_DAYS = 22
    SAFETY_HALF = 23
    ROUTE_CLOSURES = 24
    ROUTE_DAYS = 25
    UNSUPPLIED = 26
    CIVIL_DELAY = 27
    CIVIL_FILL = 28
    RELIEF_RISK = 29
    SLIPPAGE = 30
    MANNING = 31
    MOVEMENT_SPREAD = 32

    @property
    def factor(self) -> str:
        """Id of its planning factor."""
        return "simulation." + self.name.lower().replace("_", "-")


def parameters(reference: Reference, seed: int, replications: int) -> NDArray[np.float64]:
    """Drawn parameters, replications x parameters, each in its factor's unit.

    A band is read as a triangular distribution with its peak at the value in use. The stream of a parameter is keyed by its factor's id,
    so a new parameter leaves the others as they are.
    """
    factors = [reference.factor(parameter.factor) for parameter in Parameter]
    chances = np.empty((replications, len(factors)))
    fill(seed_word(seed), int(Decision.PARAMETER), keys_of(tuple(factor.id for factor in factors)), chances)
    return np.column_stack([triangular(chances[:, column], factor.low, factor.value, factor.high) for column, factor in enumerate(factors)])

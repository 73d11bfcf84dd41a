"""The supply of each base by class, for the record: demand, deliveries, days of supply, and when a base is in trouble."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from casque.mission.mission import Mission
from casque.plan.supply import BaseSupply
from casque.sustainment.demand import CLASSES, Array, Demand
from casque.sustainment.distribute import Ledger
from casque.sustainment.presence import Presence
from casque.sustainment.problem import policy_days

UNMET_SHARE = 0.01
"""Share of a day's demand below which a lack is rounding, not a stock-out."""

_DECIMALS = 3


def base_supply(mission: Mission, present: tuple[Presence, ...], demand: Demand, kept: Ledger) -> tuple[BaseSupply, ...]:
    """One line a sector base and class, in the order of the sectors and of `CLASSES`."""
    cover, outs = days_of_supply(demand, kept), stock_outs(demand, kept)
    least = policy_days(mission)[1]
    lines = []
    for base, sector in enumerate(mission.area.sectors):
        due = _due(present, base)
        for position, supply_class in enumerate(CLASSES):
            wanted = demand.tonnes[base, position]
            low = (cover[base, position] < least[position] - 1e-6) & (wanted > 0)
            low[:due] = False
            lines.append(
                BaseSupply(
                    base=sector.base,
                    sector=sector.id,
                    supply_class=supply_class,
                    demand=_series(wanted),
                    delivered=_series(kept.delivered[base, position]),
                    days_of_supply=_series(cover[base, position]),
                    below_least=_first(low),
                    stock_out=_first(outs[base, position]),
                )
            )
    return tuple(lines)


def days_of_supply(demand: Demand, kept: Ledger) -> Array:
    """Stock at the end of the day over the demand of the day; 0 where there is no demand."""
    return np.divide(kept.stock, demand.tonnes, out=np.zeros_like(kept.stock), where=demand.tonnes > 0)


def stock_outs(demand: Demand, kept: Ledger) -> NDArray[np.bool_]:
    """Days on which a demand is not met."""
    return (kept.unmet > UNMET_SHARE * demand.tonnes) & (demand.tonnes > 0)


def _due(present: tuple[Presence, ...], base: int) -> int:
    """Day by which the first units have used up what they brought, so that deliveries must have begun."""
    return min((unit.first + ceil(unit.self_sufficient) for unit in present if unit.sector == base), default=0)


def _first(days: NDArray[np.bool_]) -> int | None:
    hits = np.flatnonzero(days)
    return int(hits[0]) if hits.size else None


def _series(values: Array) -> tuple[float, ...]:
    return tuple(np.round(values, _DECIMALS).tolist())

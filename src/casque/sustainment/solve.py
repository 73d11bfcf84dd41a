"""The door of the room: whether the force can be kept supplied, what breaks it, and what it costs."""

from __future__ import annotations

import numpy as np

from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference
from casque.sustainment.bases import base_supply
from casque.sustainment.capacity import capacity_of
from casque.sustainment.cost import budget
from casque.sustainment.demand import CLASSES, demand_of
from casque.sustainment.distribute import depot_stock, distribute, ledger
from casque.sustainment.medical import medical_reach
from casque.sustainment.presence import number_of_days, units_present
from casque.sustainment.problem import Params, Stocks, opening_stocks, periods_of, problem_of
from casque.sustainment.weak_links import weak_links, worst_day


def solve(
    mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord, params: Params | None = None
) -> SupplyRecord:
    """Demand of the people in place, its distribution, days of supply, weak links, medical reach and budget.

    Reads `about`, `alliance`, `agreements`, `area`, `forces`, `transport` and `supply` of the mission. A force that never arrives needs
    nothing: the record then has lines of zeros, no weak links and no cost.
    """
    params = params or Params()
    days = number_of_days(mission, movement)
    present = units_present(mission, reference, force, movement)
    demand = demand_of(mission, reference, present, days)
    capacity = capacity_of(mission, reference, present, movement, days)
    opening = opening_stocks(mission)
    problem = problem_of(mission, demand, capacity, opening, periods_of(capacity, mission, days, params), params.most_ways)
    plan = distribute(mission, problem, params.deterministic_seconds)
    kept = ledger(mission, demand, problem, plan)
    start = worst_day(mission, demand, kept, params.closure_days)
    stocks = Stocks(kept.stock[..., start - 1] if start else opening.bases, depot_stock(problem, plan, start))
    total = np.round(demand.tonnes.sum(axis=0), 3)
    return SupplyRecord(
        bases=base_supply(mission, present, demand, kept),
        total_demand={supply_class: tuple(total[position].tolist()) for position, supply_class in enumerate(CLASSES)},
        weak_links=weak_links(mission, demand, capacity, start, stocks, params),
        medical=medical_reach(mission, reference, present),
        costs=budget(mission, reference, present, demand, movement, problem, plan),
        outcome=plan.outcome if present else None,
    )

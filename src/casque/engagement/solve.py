"""The stage `engage`: who may lawfully do what, on whose word, and who could be there in time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from casque.engagement.caveat_cost import caveat_costs
from casque.engagement.decide import decisions
from casque.engagement.problem import build
from casque.engagement.travel import road_hours
from casque.engagement.usable import Readiness, usable
from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers the stage. `hours` are the hours after a call at which the usable force is counted."""

    hours: tuple[float, ...] = (0.0, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0)


def solve(mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord, params: Params) -> EngagementRecord:
    """Who may act: decisions, usable force for every task and sector, and the cost of every caveat.

    Reads about, mandate, alliance, agreements, area, tasks, engagement, forces and transport. The same input gives the same record;
    a mission without rules, agreements or units gives a record that permits nothing.
    """
    problem = build(mission, reference, force, movement)
    readiness = Readiness(
        notice=reference.value("engagement.notice"),
        duty=reference.value("force.duty-share"),
        spare=reference.value("engagement.spare-share"),
    )
    ceiling = reference.value("force.reaction-speed")

    @cache
    def roads(day: int) -> dict[tuple[str, str], float]:
        return road_hours(mission, day, ceiling)

    return EngagementRecord(
        decisions=decisions(problem),
        usable=usable(problem, readiness, roads, params.hours),
        caveat_costs=caveat_costs(problem),
    )

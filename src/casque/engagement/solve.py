"""The stage `engage`: who may lawfully do what, on whose word, and who could be there in time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from casque.engagement.caveat_cost import caveat_costs
from casque.engagement.coherence.incoherences import coherence
from casque.engagement.decide import decisions
from casque.engagement.problem import build
from casque.engagement.protection import place_protections, protections
from casque.engagement.travel import road_hours
from casque.engagement.usable import Readiness, usable
from casque.engagement.usable_force.reach import FINE_HOURS, WITHIN, most_demanding, reach_of
from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord, Usable
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.usable import Reach
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers the stage. `hours` are the hours after a call at which the usable force is counted."""

    hours: tuple[float, ...] = (0.0, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0)


def solve(mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord, params: Params) -> EngagementRecord:
    """Who may act: decisions, usable force for every task and sector, the cost of every caveat, and what the rules say without effect.

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

    counted = usable(problem, readiness, roads, params.hours)
    return EngagementRecord(
        decisions=decisions(problem),
        usable=counted,
        caveat_costs=caveat_costs(problem),
        protection=protections(mission, problem),
        place_protection=place_protections(mission, problem),
        reach=_reach(mission, reference, force, movement, counted),
        incoherences=coherence(mission, reference, {unit.id: unit.sector for unit in problem.units}),
    )


def _reach(
    mission: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord, counted: tuple[Usable, ...]
) -> Reach | None:
    """How soon a company reaches every place in the most demanding call, on the day on which most people of its task serve in a sector."""
    days: dict[str, tuple[float, int]] = {}
    for item in counted:
        days[item.task] = max(days.get(item.task, (0.0, item.day)), (item.assigned, item.day), key=lambda found: (found[0], -found[1]))
    asked = most_demanding(mission, reference, {task: day for task, (_, day) in days.items()}, force, movement)
    return None if asked is None else reach_of(asked, FINE_HOURS, WITHIN, reference.value("engagement.company"))

"""What a report is made of: the mission, every record, and how names and days are written."""

from __future__ import annotations

from dataclasses import dataclass

from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import JudgementRecord
from casque.plan.lesson import LessonsRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.products.figures import Calendar
from casque.products.names import Names
from casque.reference.load import Reference


@dataclass(frozen=True)
class Material:
    """Everything that a section may read."""

    mission: Mission
    reference: Reference
    check: CheckRecord
    requirement: RequirementRecord
    force: ForceRecord
    movement: MovementRecord
    engagement: EngagementRecord
    supply: SupplyRecord
    outlook: OutlookRecord
    judgement: JudgementRecord
    lessons: LessonsRecord
    names: Names
    calendar: Calendar
    seed: int

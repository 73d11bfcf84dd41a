"""The door of the stage `produce`: records in, documents out."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import JudgementRecord
from casque.plan.lesson import LessonsRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.product import Product, ProductRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.products.material import Material
from casque.products.movement.lists import movement_lists
from casque.products.names import Names
from casque.products.report import report
from casque.products.sheets import sheets
from casque.products.summary import calendar_of
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What the stage is told."""

    seed: int = 1
    """Seed of the run, printed in the report."""


def solve(
    mission: Mission,
    reference: Reference,
    check: CheckRecord,
    requirement: RequirementRecord,
    force: ForceRecord,
    movement: MovementRecord,
    engagement: EngagementRecord,
    supply: SupplyRecord,
    outlook: OutlookRecord,
    judgement: JudgementRecord,
    lessons: LessonsRecord,
    params: Params = Params(),
) -> tuple[ProductRecord, dict[str, bytes]]:
    """The documents of a run by path under `out/`, and the record that lists them."""
    material = Material(
        mission,
        reference,
        check,
        requirement,
        force,
        movement,
        engagement,
        supply,
        outlook,
        judgement,
        lessons,
        Names(mission, reference),
        calendar_of(mission),
        params.seed,
    )
    titled = {"report.html": (f"Report: {mission.about.title}", report(material)), **sheets(material), **movement_lists(material)}
    products = tuple(Product(path=path, title=title, sha256=sha256(data).hexdigest()) for path, (title, data) in titled.items())
    return ProductRecord(products=products), {path: data for path, (_, data) in titled.items()}

"""The example's force, every unit in the sector it asked for and in place thirty days after it is ready."""

from __future__ import annotations

import pytest

from casque.engagement.problem import Problem, build
from casque.mission.mission import Mission
from casque.plan.force import Assignment, ForceRecord
from casque.plan.movement import InPlace, MovementRecord
from casque.plan.record import Outcome
from casque.reference.load import Reference

READS = ("about", "mandate", "alliance", "agreements", "area", "tasks", "engagement", "forces", "transport")
OUTCOME = Outcome(status="feasible", value=0, bound=0, gap=0, sense="least")


def narrowed(mission: Mission, **update: object) -> Mission:
    """The mission as the stage sees it: only the fields that it declares."""
    return Mission.model_construct(None, **{name: getattr(mission, name) for name in READS} | update)


@pytest.fixture(scope="session")
def force(example: Mission, reference: Reference) -> ForceRecord:
    """Every pledge assigned to the sector it asked for."""
    d_day = example.about.d_day
    assignments = tuple(
        Assignment(
            unit=pledge.id,
            member=pledge.member,
            unit_type=pledge.unit_type,
            capability=reference.unit_types[pledge.unit_type].capability,
            quality=1,
            sector=pledge.sector or "north",
            strength=pledge.strength,
            start=(pledge.ready_to_load - d_day).days + 21,
            end=180,
            tours=1,
        )
        for pledge in example.forces.pledges
    )
    return ForceRecord(
        assignments=assignments,
        idle=(),
        fills=(),
        shortfalls=(),
        weighted_fill=(),
        strength_by_month=(),
        next_pledges=(),
        pivotal=(),
        outcome=OUTCOME,
    )


@pytest.fixture(scope="session")
def movement(force: ForceRecord) -> MovementRecord:
    """Every unit in place nine and a half days after it could first serve."""
    in_place = tuple(
        InPlace(unit=item.unit, sector=item.sector, strength=item.strength, day=item.start + 8.5, earliest=item.start, late=0)
        for item in force.assignments
    )
    return moved(in_place)


def moved(in_place: tuple[InPlace, ...]) -> MovementRecord:
    """A movement plan with these units in place."""
    return MovementRecord(
        loads=(),
        in_place=in_place,
        unmoved=(),
        strength=(),
        in_theatre=(),
        workloads=(),
        closure=OUTCOME,
        lateness=OUTCOME,
        bottlenecks=(),
    )


@pytest.fixture(scope="session")
def problem(example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord) -> Problem:
    """The example in whole days."""
    return build(narrowed(example), reference, force, movement)

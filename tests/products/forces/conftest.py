"""The example mission with a force that has one of everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casque.checks.solve import check
from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.requirement import RequirementRecord
from casque.products.forces.picture import Picture, picture
from casque.reference.load import Reference
from tests.products.records import full

Painter = Callable[..., Picture]


@pytest.fixture(scope="session")
def paint(reference: Reference) -> Painter:
    """Makes the picture of a mission, with fields of its force record changed."""

    def made(mission: Mission, **changed: Any) -> Picture:
        records = full(mission)
        requirement = next(record for record in records if isinstance(record, RequirementRecord))
        force = next(record for record in records if isinstance(record, ForceRecord)).model_copy(update=changed)
        return picture(mission, reference, requirement, force, check(mission, reference).findings)

    return made


@pytest.fixture(scope="session")
def seen(example: Mission, paint: Painter) -> Picture:
    """The picture of the example."""
    return paint(example)

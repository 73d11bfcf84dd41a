"""Needs as people write them, and the example with one task that has them."""

from __future__ import annotations

from datetime import timedelta

from pydantic import TypeAdapter

from casque.mission.mission import Mission
from casque.mission.needs import Need
from casque.mission.tasks import Tasks
from tests.forces.builders import REQUIRE, narrowed

NEED: TypeAdapter[Need] = TypeAdapter(Need)


def need(rule: str, capability: object = "infantry", **figures: object) -> Need:
    """A need as people write it."""
    return NEED.validate_python({"rule": rule, "capability": capability, **figures})


def only(mission: Mission, needs: tuple[Need, ...], **update: object) -> Mission:
    """The mission with one task in its first sector, from D-day to the horizon."""
    about = mission.about
    task = mission.tasks.tasks[0].model_copy(
        update={
            "sectors": (mission.area.sectors[0].id,),
            "start": about.d_day,
            "required_by": about.d_day,
            "end": about.d_day + timedelta(days=int(about.horizon)),
            "needs": needs,
        }
        | update
    )
    return narrowed(mission, REQUIRE, tasks=Tasks(tasks=(task,)))

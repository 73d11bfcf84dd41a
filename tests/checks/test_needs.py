"""The rough need of a task beside the requirement: the same order of size for every rule, and what the staff states counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casque.checks.needs import rough_needs
from casque.checks.problem import Problem
from casque.forces.require import solve
from casque.mission.mission import Mission
from casque.mission.needs import Need
from casque.mission.requirements import Requirement, Requirements
from casque.mission.tasks import Tasks
from casque.mission.vocabulary import Capability
from casque.reference.load import Reference
from tests.forces.needs import need

UNITS = need("units", strength="1000 person")
CASES: dict[str, tuple[Need, ...]] = {
    "static posts": (need("static posts", "engineer", posts=4, people_per_post="8 person"),),
    "checkpoints": (need("checkpoints", "engineer", checkpoints=3, vehicles_per_hour=60, share_searched="50 %"),),
    "searches": (need("searches", "engineer", searches_per_week=14, people_per_search="30 person", hours="8 h"),),
    "patrols": (need("patrols", "engineer", visits_per_week=3, share_of_roads_daily="0 %"),),
    "escorts": (need("escorts", "engineer", convoys_per_day=4, people_per_convoy="20 person", hours="10 h"),),
    "units": (need("units", "engineer", strength="90 person"),),
    "roads kept open": (need("roads kept open", "engineer", share_of_roads="80 %"),),
    "flights": (need("flights", "engineer", sorties_per_day=6, hours_per_sortie="1 h"),),
    "medical evacuation": (need("medical evacuation", "engineer"),),
    "signals nodes": (need("signals nodes", "engineer", nodes=6),),
    "ordnance disposal": (need("ordnance disposal", "engineer", calls_per_week=14, hours="6 h", routes_per_day="20 km"),),
    "haulage": (need("haulage", "engineer", tonnes_per_day="80 t/d", distance="90 km"),),
    "reserve": (UNITS, need("reserve", "engineer", share="20 %")),
    "population band": (UNITS, need("population band", "engineer", profile="stabilisation")),
    "area band": (UNITS, need("area band", "engineer")),
    "medical reach": (UNITS, need("medical reach", "engineer", level=2)),
    "headquarters": (UNITS, need("headquarters", "engineer")),
    "support ratio": (UNITS, need("support ratio", "engineer")),
    "national support": (UNITS, need("national support", "engineer", nations=5)),
}


def with_needs(example: Mission, *needs: Need, **update: object) -> Mission:
    """The example with one task in its first sector over the whole plan."""
    about = example.about
    days = {"start": about.d_day, "required_by": about.d_day, "end": about.d_day + timedelta(days=int(about.horizon))}
    task = example.tasks.tasks[0].model_copy(update=days | {"needs": needs})
    return example.model_copy(update={"tasks": Tasks(tasks=(task,))} | update)


@pytest.mark.parametrize("rule", sorted(CASES))
def test_rough_is_of_the_size_of_the_requirement(example: Mission, reference: Reference, rule: str) -> None:
    mission = with_needs(example, *CASES[rule])
    rough = rough_needs(Problem(mission, reference), mission.tasks.tasks[0])[Capability.ENGINEER]
    (line,) = [line for line in solve(mission, reference).lines if line.capability is Capability.ENGINEER]
    assert line.rule == rule
    assert rough == pytest.approx(line.likely, rel=0.35)


def test_what_the_staff_states_overrides_or_joins(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    rows = [
        {"id": "a", "mode": "overrides", "capability": "infantry", "strength": "300 person"},
        {"id": "b", "mode": "joins", "capability": "engineer", "strength": "40 person"},
    ]
    items = tuple(Requirement.model_validate({"task": task, "sector": sector, **row}) for row in rows)
    mission = with_needs(example, UNITS, requirements=Requirements(requirements=items))
    assert rough_needs(Problem(mission, reference), mission.tasks.tasks[0]) == {Capability.INFANTRY: 300, Capability.ENGINEER: 40}

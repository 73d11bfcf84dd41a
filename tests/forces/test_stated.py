"""What the staff states itself, beside and in the place of what the rules work out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casque.forces.require import solve
from casque.mission.mission import Mission
from casque.mission.requirements import Requirement, Requirements
from casque.mission.vocabulary import Grade
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from tests.forces.builders import REQUIRE, narrowed
from tests.forces.needs import need, only


@pytest.fixture
def base(example: Mission) -> Mission:
    """One task in the first sector: posts, patrols and engineers, with a reserve behind them."""
    posts = need("static posts", posts=10, people_per_post="10 person")
    units = need("units", strength="100 person")
    return only(example, (posts, units, need("units", "engineer", strength="90 person"), need("reserve", share="10 %")))


def stated(mission: Mission, reference: Reference, *rows: dict[str, object]) -> RequirementRecord:
    """The requirement with some stated lines."""
    task, sector = mission.tasks.tasks[0].id, mission.area.sectors[0].id
    items = [
        Requirement.model_validate(
            {"id": f"r{number}", "mode": "overrides", "task": task, "sector": sector, "capability": "infantry", **row}
        )
        for number, row in enumerate(rows)
    ]
    return solve(narrowed(mission, REQUIRE, requirements=Requirements(requirements=tuple(items))), reference)


def test_an_overriding_line_takes_the_place_of_all_of_its_capability(base: Mission, reference: Reference) -> None:
    record = stated(base, reference, {"strength": "250 person", "low": "200 person", "high": "320 person", "grade": "secondary"})
    found = {line.id.split("/", 2)[2]: line for line in record.lines}
    assert set(found) == {"infantry/stated", "engineer/units"}, "the overridden reserve is infantry too"
    line = found["infantry/stated"]
    assert (line.low, line.likely, line.high, line.by_month[1]) == (200, 250, 320, 250)
    assert (line.stated, line.rule, line.grade) == (True, "stated", Grade.SECONDARY)
    assert line.working == "250 people as the staff states in r0 in the place of 460 by static posts and 100 by units and 0 by reserve"
    assert (line.priority, line.required_by) == (base.tasks.tasks[0].priority, 0)


def test_a_joining_line_stands_beside_them_and_the_reserve_counts_it(base: Mission, reference: Reference) -> None:
    plain = stated(base, reference)
    joined = stated(
        base, reference, {"mode": "joins", "strength": "300 person", "priority": 3, "source": ["estimate"], "note": "for the rains"}
    )
    lines = {line.id: line for line in joined.lines}
    assert set(lines) - {line.id for line in plain.lines} == {next(name for name in lines if name.endswith("/stated"))}
    new = next(line for line in joined.lines if line.stated)
    assert (new.priority, new.source) == (3, ("estimate",))
    assert new.working.endswith("; for the rains")
    reserve = [next(line for line in record.lines if line.rule == "reserve").by_month[1] for record in (plain, joined)]
    assert reserve[1] - reserve[0] == 30


def test_its_own_days_are_kept_and_a_later_date_does_not_ask_earlier(base: Mission, reference: Reference) -> None:
    day = base.about.d_day
    record = stated(
        base,
        reference,
        {"strength": "310 person", "first_day": day + timedelta(days=31), "last_day": day + timedelta(days=59)},
        {"mode": "joins", "capability": "engineer", "strength": "31 person", "required_by": day + timedelta(days=15)},
    )
    first, second = (line for line in record.lines if line.stated)
    assert first.by_month[0] == first.by_month[2] == 0
    assert (first.start, first.end, first.required_by) == (31, 59, 31)
    assert (second.start, second.required_by) == (0, 15)
    assert second.by_month[0] == round(31 * 16 / 31)


def test_no_people_take_the_line_away(base: Mission, reference: Reference) -> None:
    record = stated(base, reference, {"strength": "0 person", "capability": "engineer"})
    assert not [line for line in record.lines if line.capability == "engineer"]
    assert [line for line in record.lines if line.capability == "infantry"]


def test_neither_threat_nor_arriving_police_change_a_stated_figure(base: Mission, reference: Reference) -> None:
    sector = base.area.sectors[0]
    threats = tuple(threat.model_copy(update={"level": type(threat.level)("high")}) for threat in sector.threats)
    area = base.area.model_copy(update={"sectors": (sector.model_copy(update={"threats": threats}),)})
    record = stated(narrowed(base, REQUIRE, area=area), reference, {"strength": "250 person"})
    (line,) = (line for line in record.lines if line.stated)
    assert line.high == 250
    assert line.by_month[1] == 250


def test_a_task_that_another_sector_carries_out_is_overridden_where_its_people_are_wanted(example: Mission, reference: Reference) -> None:
    here, there = example.area.sectors[:2]
    mission = only(example, (need("units", strength="100 person"),), force_of=there.id)
    kept = stated(mission, reference, {"strength": "70 person", "sector": here.id})
    assert [(line.sector, line.likely) for line in kept.lines] == [(there.id, 100), (here.id, 70)]
    taken = stated(mission, reference, {"strength": "70 person", "sector": there.id})
    assert [(line.sector, line.likely) for line in taken.lines] == [(there.id, 70)]

"""Troop-to-task arithmetic by hand, the months of a requirement, and the rules of thumb beside it."""

from __future__ import annotations

from datetime import timedelta
from math import ceil, pi

import pytest

from casque.forces.require import solve
from casque.forces.troop_to_task import size
from casque.mission.about import About
from casque.mission.actors import Actors
from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.mission.tasks import Task, Tasks
from casque.mission.vocabulary import Grade, Terrain
from casque.plan.record import DAYS_PER_MONTH
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from tests.forces.builders import REQUIRE, narrowed
from tests.forces.needs import need, only


def sector_like(mission: Mission, **update: object) -> Sector:
    """The first sector with other figures."""
    return mission.area.sectors[0].model_copy(update=update)


def first_task(mission: Mission) -> Task:
    """Any task."""
    return mission.tasks.tasks[0]


def test_static_posts_are_posts_times_people_times_relief(example: Mission, reference: Reference) -> None:
    found = size(first_task(example), need("static posts", posts=12, people_per_post="6 person"), example.area.sectors[0], reference)
    relief = reference.factor("force.relief")
    assert found.likely == pytest.approx(72 * relief.value)
    assert found.low == pytest.approx(72 * relief.low)
    assert found.high == pytest.approx(72 * relief.high)
    assert found.working.startswith("12 posts x 6 people x 4.6 relief = 331")
    assert found.grade is Grade.JUDGEMENT


def test_patrols_take_more_people_in_mountains(example: Mission, reference: Reference) -> None:
    wanted = need("patrols", visits_per_week=7.0, share_of_roads_daily="50 %")
    hills = size(first_task(example), wanted, sector_like(example, terrain=Terrain.HILLS, settlements=30, road=160.0), reference)
    mountains = size(first_task(example), wanted, sector_like(example, terrain=Terrain.MOUNTAINS, settlements=30, road=160.0), reference)
    assert hills.likely == pytest.approx((30 / 3 + 80 / 80) * 8 / 0.33)
    assert mountains.likely == pytest.approx(hills.likely / 0.7)
    assert hills.low < hills.likely < hills.high


def test_reaction_forces_cover_the_sector(example: Mission, reference: Reference) -> None:
    wanted = need("quick reaction", within="1 h", strength="100 person")
    flat = sector_like(example, terrain=Terrain.HILLS, area=5000.0)
    found = size(first_task(example), wanted, flat, reference)
    forces = found.likely / 100 / reference.value("force.reaction-relief")
    radius = 35 / 1.3
    assert forces == round(forces)
    assert forces * pi * radius**2 >= 5000
    assert forces == ceil(5000 / (2.598076 * radius**2))


def test_an_escort_is_never_smaller_than_one_convoy_needs(example: Mission, reference: Reference) -> None:
    rare = need("escorts", convoys_per_day=0.1, people_per_convoy="30 person", hours="2 h")
    assert size(first_task(example), rare, example.area.sectors[0], reference).likely == 30


def test_border_posts_are_rounded_up_and_no_border_needs_nobody(example: Mission, reference: Reference) -> None:
    wanted = need("border watch", kilometres_per_post="10 km", people_per_post="5 person")
    assert size(first_task(example), wanted, sector_like(example, border=41.0), reference).likely == pytest.approx(5 * 5 * 4.6)
    assert size(first_task(example), wanted, sector_like(example, border=0.0), reference).likely == 0


def test_nobody_is_wanted_outside_the_task(example: Mission, reference: Reference) -> None:
    day = example.about.d_day
    mission = only(example, (need("units", strength="100 person"),), required_by=day + timedelta(days=15), end=day + timedelta(days=45))
    (line,) = solve(mission, reference).lines
    first = sum(day >= 15 for day in range(31)) / 31
    assert line.by_month[0] == round(100 * first)
    assert line.by_month[2:] == (0.0,) * (len(line.by_month) - 2)
    assert len(line.by_month) == ceil(example.about.horizon / DAYS_PER_MONTH)
    assert line.id.endswith("/infantry/units")


def test_threat_scales_the_months_and_the_high_end_but_not_stated_units(example: Mission, reference: Reference) -> None:
    posts = need("static posts", posts=10, people_per_post="10 person")
    for level in ("low", "medium", "high"):
        sector = example.area.sectors[0]
        threats = tuple(threat.model_copy(update={"level": type(threat.level)(level)}) for threat in sector.threats)
        area = example.area.model_copy(update={"sectors": (sector.model_copy(update={"threats": threats}),)})
        base = only(example, (posts, need("units", strength="100 person")))
        scaled, stated = solve(narrowed(base, REQUIRE, area=area), reference).lines
        share = reference.value(f"force.threat-{level}")
        assert scaled.by_month[1] == round(460 * share)
        assert scaled.high == round(100 * 5.0 * max(1, share))
        assert stated.by_month[1] == 100


def test_a_reserve_is_a_share_of_the_manoeuvre_lines_of_its_sector(example: Mission, reference: Reference) -> None:
    needs = (
        need("units", strength="400 person"),
        need("units", capability="medical", strength="400 person"),
        need("reserve", share="10 %"),
    )
    lines = solve(only(example, needs), reference).lines
    assert [line.by_month[1] for line in lines] == [400, 400, 40]
    assert lines[2].likely == 40


def test_arriving_police_are_deducted_once_and_by_population(example: Mission, reference: Reference) -> None:
    sectors = tuple(
        sector.model_copy(update={"population": population})
        for sector, population in zip(example.area.sectors[:2], (300_000.0, 100_000.0), strict=True)
    )
    area = example.area.model_copy(update={"sectors": sectors})
    actor = example.actors.actors[0].model_copy(update={"strength": 0.0, "arrivals": (), "takes_over": None})
    arrivals = [
        {"day": example.about.d_day, "strength": "0 person"},
        {"day": example.about.d_day + timedelta(days=100), "strength": "400 person"},
    ]
    police = type(actor).model_validate(
        {"id": "police", "name": "Civil police", "kind": "institution", "takes_over": "military police", "arrivals": arrivals}
    )
    needs = (
        need("police by population", capability="military police", per_thousand=1.0),
        need("units", capability="military police", strength="300 person"),
    )
    quiet = only(example, needs, supports_civil=True)
    mission = narrowed(quiet, REQUIRE, area=area, actors=Actors(actors=(actor, police)))
    lines = solve(mission, reference).lines
    kept = solve(
        narrowed(only(example, needs, supports_civil=False), REQUIRE, area=area, actors=Actors(actors=(actor, police))), reference
    ).lines
    last = [line.by_month[4] for line in lines]
    assert sum(line.by_month[4] for line in kept) - sum(last) == pytest.approx(300, abs=2)
    assert "less Civil police" in lines[0].working
    assert sum(line.by_month[0] for line in lines) > sum(line.by_month[1] for line in lines) > sum(last)


def test_another_sector_s_force_is_wanted_in_that_sector_and_sized_on_the_task_s_ground(example: Mission, reference: Reference) -> None:
    here, there = example.area.sectors[:2]
    area = example.area.model_copy(
        update={"sectors": (here.model_copy(update={"border": 41.0}), there.model_copy(update={"border": 0.0, "settlements": 0}))}
    )
    needs = (need("border watch", kilometres_per_post="10 km", people_per_post="5 person"), need("reserve", share="10 %"))
    own = solve(narrowed(only(example, needs), REQUIRE, area=area), reference)
    lent = solve(narrowed(only(example, needs, force_of=there.id), REQUIRE, area=area), reference)
    assert [(line.sector, line.crosses_sectors) for line in own.lines] == [(here.id, False)] * 2
    assert [(line.sector, line.crosses_sectors) for line in lent.lines] == [(there.id, True)] * 2
    assert [line.by_month for line in lent.lines] == [line.by_month for line in own.lines]
    assert [line.likely for line in lent.lines] == [line.likely for line in own.lines]
    assert lent.lines[0].working.endswith(f"; for {here.name}, by the force of {there.name}")
    assert f"/{there.id}/" in lent.lines[0].id


def test_lines_of_two_sectors_in_one_have_names_of_their_own(example: Mission, reference: Reference) -> None:
    sectors = tuple(sector.id for sector in example.area.sectors[:2])
    mission = only(example, (need("units", strength="100 person"),), sectors=sectors, force_of=sectors[1])
    lines = solve(mission, reference).lines
    assert [line.sector for line in lines] == [sectors[1]] * 2
    assert len({line.id for line in lines}) == 2
    assert [line.likely for line in lines] == [100, 100]


def test_the_example_has_lines_bands_and_a_driver(example: Mission, reference: Reference) -> None:
    record = solve(narrowed(example, REQUIRE), reference)
    assert isinstance(record, RequirementRecord)
    assert len({line.id for line in record.lines}) == len(record.lines)
    assert all(line.low <= line.likely <= line.high for line in record.lines)
    assert all(len(line.by_month) == record.months for line in record.lines)
    assert all(band.low <= band.likely <= band.high and band.source for band in record.bands)
    assert record.driver.startswith("The task '")


def test_a_mission_without_tasks_asks_for_nobody(example: Mission, reference: Reference) -> None:
    record = solve(
        narrowed(example, REQUIRE, tasks=Tasks(tasks=()), about=About.model_validate({**dict(example.about), "horizon": "1 d"})), reference
    )
    assert record.lines == ()
    assert record.months == 1
    assert record.driver == "No task asks for anyone within the horizon."

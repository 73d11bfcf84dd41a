"""Engineers, aviation, signals, ordnance disposal, transport, checkpoints and searches: each against arithmetic by hand."""

from __future__ import annotations

from math import ceil, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.forces.require import solve
from casque.forces.troop_to_task import size
from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.mission.vocabulary import Climate, Grade, Terrain
from casque.plan.record import month_of
from casque.reference.load import Reference
from tests.forces.builders import REQUIRE, narrowed
from tests.forces.needs import need, only


@pytest.fixture
def sector(example: Mission) -> Sector:
    """A sector of hills, 300 km of road, 1,500 km2."""
    return example.area.sectors[0].model_copy(update={"terrain": Terrain.HILLS, "road": 300.0, "area": 1500.0})


def likely(example: Mission, reference: Reference, sector: Sector, rule: str, **figures: object) -> float:
    """The likely people of a need of the example's first task."""
    found = size(example.tasks.tasks[0], need(rule, **figures), sector, reference)
    assert found.low <= found.likely <= found.high
    assert found.working.endswith(f"= {round(found.likely):,}") or "in the dry" in found.working
    assert found.driver.startswith(rule)
    return found.likely


def test_checkpoints_have_a_lane_for_every_twelve_vehicles_searched_in_an_hour(
    example: Mission, reference: Reference, sector: Sector
) -> None:
    figures = {"checkpoints": 2, "vehicles_per_hour": 100, "share_searched": "25 %"}
    # 25 vehicles an hour at 5 minutes are three lanes; 6 people of cover and three teams of 4; relief 4.6.
    assert likely(example, reference, sector, "checkpoints", **figures) == pytest.approx(2 * (6 + 3 * 4) * 4.6)
    assert likely(example, reference, sector, "checkpoints", **figures, hours_per_day="12 h") == pytest.approx((6 + 3 * 4) * 4.6)
    assert likely(example, reference, sector, "checkpoints", **figures, hours_per_day="40 h") == pytest.approx(2 * (6 + 3 * 4) * 4.6)


def test_searches_take_their_hours_and_at_least_one_body(example: Mission, reference: Reference, sector: Sector) -> None:
    many = likely(example, reference, sector, "searches", searches_per_week=21, people_per_search="40 person", hours="8 h")
    assert many == pytest.approx(21 * 40 * 8 / 168 / 0.33)
    assert likely(example, reference, sector, "searches", searches_per_week=0.5, people_per_search="40 person", hours="8 h") == 40
    assert (
        size(
            example.tasks.tasks[0], need("searches", searches_per_week=0, people_per_search="40 person", hours="8 h"), sector, reference
        ).likely
        == 0
    )


def test_engineers_by_road_and_ground(example: Mission, reference: Reference, sector: Sector) -> None:
    assert likely(example, reference, sector, "roads kept open", share_of_roads="50 %") == pytest.approx(150 / 100 * 15)
    mountains = sector.model_copy(update={"terrain": Terrain.MOUNTAINS})
    assert likely(example, reference, mountains, "roads kept open", share_of_roads="50 %") == pytest.approx(150 / 100 * 15 * 1.6)


def test_rain_and_frost_show_in_their_months(example: Mission, reference: Reference) -> None:
    sector = example.area.sectors[0]
    for climate, months, hard in ((Climate.HOT_TROPICAL, [8, 9], {8: 1.8, 9: 1.8}), (Climate.TEMPERATE, [], {12: 1.4, 1: 1.4, 2: 1.4})):
        wanted = need("roads kept open", "engineer", share_of_roads="100 %", wet_months=months)
        area = example.area.model_copy(update={"sectors": (sector.model_copy(update={"climate": climate, "road": 1000.0}),)})
        about = example.about.model_copy(update={"horizon": 365.0})
        base = narrowed(example, REQUIRE, about=about)
        mission = narrowed(only(base, (wanted,)), REQUIRE, area=area, about=about)
        (line,) = solve(mission, reference).lines
        days = [example.about.d_day.fromordinal(example.about.d_day.toordinal() + day) for day in range(365)]
        for month in (2, 6, 9):
            mine = [day for number, day in enumerate(days) if month_of(number) == month]
            assert line.by_month[month] == round(sum(150 * hard.get(day.month, 1.0) for day in mine) / len(mine))
        assert line.likely == 150
        assert line.high >= round(150 * max(hard.values()))
        assert f"up to x {max(hard.values()):g} by the season" in line.working


def test_flights_are_aircraft_by_hours_in_the_air(example: Mission, reference: Reference, sector: Sector) -> None:
    assert likely(example, reference, sector, "flights", sorties_per_day=4, hours_per_sortie="1.5 h") == 4 * 30
    assert likely(example, reference, sector, "flights", sorties_per_day=4, hours_per_sortie="1.6 h") == 5 * 30


def test_evacuation_lines_fetch_and_bring(example: Mission, reference: Reference, sector: Sector) -> None:
    one = 2 * 30 + 10
    assert likely(example, reference, sector, "medical evacuation") == one
    wide = sector.model_copy(update={"area": 400_000.0})
    reach = 220 * (2 - 0.25) / 2
    lines = ceil(400_000 / (3 * sqrt(3) / 2 * reach**2))
    assert likely(example, reference, wide, "medical evacuation", within="2 h") == lines * one
    never = size(example.tasks.tasks[0], need("medical evacuation", within="0.2 h"), sector, reference)
    assert never.likely == 0
    assert "no line reaches anyone" in never.working


def test_signals_ordnance_disposal_and_haulage(example: Mission, reference: Reference, sector: Sector) -> None:
    assert likely(example, reference, sector, "signals nodes", nodes=5) == 60
    # 20 calls of 6 hours are 2.2 teams on duty: three teams of six.
    assert likely(example, reference, sector, "ordnance disposal", calls_per_week=20, hours="6 h") == 18
    routes = likely(example, reference, sector, "ordnance disposal", calls_per_week=20, hours="6 h", routes_per_day="50 km")
    assert routes == pytest.approx(18 + 50 / 25 * 20 / 0.33)
    # 96 t over 100 km there and back against 8 t x 160 km x 0.75 a truck and day: 20 trucks.
    assert likely(example, reference, sector, "haulage", tonnes_per_day="96 t/d", distance="100 km") == 20 * 2.5


def test_a_rule_that_rests_on_estimates_is_judgement(example: Mission, reference: Reference, sector: Sector) -> None:
    task = example.tasks.tasks[0].model_copy(update={"grade": Grade.VERIFIED})
    assert size(task, need("signals nodes", nodes=5), sector, reference).grade is Grade.JUDGEMENT
    assert size(task, need("units", strength="5 person"), sector, reference).grade is Grade.VERIFIED


GROWING: dict[str, tuple[str, dict[str, object], str]] = {
    "static posts": ("posts", {"people_per_post": "8 person"}, "{:.0f}"),
    "checkpoints": ("vehicles_per_hour", {"checkpoints": 2, "share_searched": "40 %"}, "{}"),
    "searches": ("searches_per_week", {"people_per_search": "30 person", "hours": "5 h"}, "{}"),
    "patrols": ("visits_per_week", {"share_of_roads_daily": "10 %"}, "{}"),
    "escorts": ("convoys_per_day", {"people_per_convoy": "20 person", "hours": "6 h"}, "{}"),
    "roads kept open": ("share_of_roads", {}, "{} %"),
    "flights": ("sorties_per_day", {"hours_per_sortie": "1 h"}, "{}"),
    "signals nodes": ("nodes", {}, "{:.0f}"),
    "ordnance disposal": ("calls_per_week", {"hours": "5 h"}, "{}"),
    "haulage": ("tonnes_per_day", {"distance": "80 km"}, "{} t/d"),
}
"""By rule the figure that drives it, the other figures, and how it is written."""


@pytest.mark.parametrize("rule", sorted(GROWING))
@given(st.floats(0, 90), st.floats(0, 10))
@settings(max_examples=40, deadline=None)
def test_more_to_do_never_takes_fewer_people(example: Mission, reference: Reference, rule: str, amount: float, more: float) -> None:
    figure, others, written = GROWING[rule]
    sector = example.area.sectors[0]
    less, same = (
        size(example.tasks.tasks[0], need(rule, **others, **{figure: written.format(round(value, 2))}), sector, reference)
        for value in (amount, amount + more)
    )
    assert less.likely <= same.likely + 1e-9
    assert less.low <= less.likely <= less.high


@given(st.floats(1, 1e6), st.floats(0.5, 12), st.floats(0, 6))
@settings(max_examples=60, deadline=None)
def test_more_time_or_less_ground_never_takes_more_people(
    example: Mission, reference: Reference, area: float, within: float, more: float
) -> None:
    sector = example.area.sectors[0]
    for rule, figures in (("quick reaction", {"strength": "50 person"}), ("medical evacuation", {})):
        wide = sector.model_copy(update={"area": area})
        narrow = sector.model_copy(update={"area": area / 2})
        hurried = size(example.tasks.tasks[0], need(rule, **figures, within=f"{within} h"), wide, reference)
        relaxed = size(example.tasks.tasks[0], need(rule, **figures, within=f"{within + more} h"), wide, reference)
        smaller = size(example.tasks.tasks[0], need(rule, **figures, within=f"{within} h"), narrow, reference)
        assert relaxed.likely <= hurried.likely
        assert smaller.likely <= hurried.likely

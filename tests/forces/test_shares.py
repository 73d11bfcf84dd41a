"""Rules that look at other lines: bands, medical levels, headquarters, support, national support, against arithmetic by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from casque.forces.require import solve
from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.plan.requirement import RequirementLine
from casque.reference.load import Reference
from tests.forces.builders import REQUIRE, narrowed
from tests.forces.needs import need, only


def by_rule(
    example: Mission, reference: Reference, *needs: object, sector: dict[str, object] | None = None, **update: object
) -> dict[str, RequirementLine]:
    """The lines of one task in the first sector of the example, by rule; the threat there is medium throughout."""
    first: Sector = example.area.sectors[0]
    threats = tuple(threat.model_copy(update={"level": type(threat.level)("medium")}) for threat in first.threats)
    area = example.area.model_copy(
        update={"sectors": (first.model_copy(update={"threats": threats, **(sector or {})}), *example.area.sectors[1:])}
    )
    lines = solve(narrowed(only(example, needs, **update), REQUIRE, area=area), reference).lines  # type: ignore[arg-type]
    assert all(line.low <= line.likely <= line.high for line in lines)
    return {line.rule: line for line in lines}


def test_a_population_band_makes_up_what_the_other_security_lines_leave_open(example: Mission, reference: Reference) -> None:
    needs = (
        need("units", strength="400 person"),
        need("units", capability="medical", strength="100 person"),
        need("population band", profile="low"),
    )
    line = by_rule(example, reference, *needs, sector={"population": 120_000.0})["population band"]
    assert line.by_month[1] == 5 * 120 - 400
    assert "5 per thousand x 120,000 inhabitants = 600, less 400 manoeuvre troops and police" in line.working
    assert line.low == 0
    assert line.high >= 10 * 120 - 400
    stated = by_rule(example, reference, needs[0], need("population band", profile="low", per_thousand=4), sector={"population": 120_000.0})
    assert stated["population band"].by_month[1] == 80
    met = by_rule(example, reference, needs[0], need("population band", profile="policing"), sector={"population": 120_000.0})
    assert "population band" not in met


def test_an_area_band_counts_the_population_band_before_it(example: Mission, reference: Reference) -> None:
    needs = (need("population band", profile="low"), need("area band", per_square_kilometre=0.5))
    found = by_rule(example, reference, *needs, sector={"population": 100_000.0, "area": 1500.0})
    assert found["population band"].by_month[1] == 500
    assert found["area band"].by_month[1] == 750 - 500
    default = by_rule(example, reference, need("area band"), sector={"area": 1500.0})["area band"]
    assert default.by_month[1] == round(1500 * reference.value("force.area-density"))


def test_a_band_of_the_same_days_does_not_swell_in_the_month_of_entry(example: Mission, reference: Reference) -> None:
    day = example.about.d_day + timedelta(days=15)
    needs = (need("units", strength="400 person"), need("population band", profile="low"))
    line = by_rule(example, reference, *needs, sector={"population": 100_000.0}, required_by=day)["population band"]
    assert line.likely == 100
    assert 0 < line.by_month[0] < 60


def test_a_reserve_stands_behind_bands_too(example: Mission, reference: Reference) -> None:
    needs = (need("reserve", share="10 %"), need("units", strength="400 person"), need("population band", profile="low"))
    assert by_rule(example, reference, *needs, sector={"population": 100_000.0})["reserve"].by_month[1] == 50


def test_level_1_by_battalion_or_by_the_way_there(example: Mission, reference: Reference) -> None:
    many = (need("units", strength="2000 person"), need("medical reach", "medical", level=1))
    assert by_rule(example, reference, *many, sector={"area": 100.0})["medical reach"].by_month[1] == 3 * 11
    # An hour at 45 km/h over a way 1.2 times the straight line: 32 km, 2,683 km2 a circle.
    reach = 45 / reference.value("medical.circuity")
    wide = by_rule(example, reference, *many, sector={"area": 2.598076 * reach**2 * 4.5})["medical reach"]
    assert wide.by_month[1] == 5 * 11
    assert "for 2,000 people at 850 each" in wide.working


def test_level_2_within_two_hours_and_level_3_once_for_the_force(example: Mission, reference: Reference) -> None:
    two = by_rule(example, reference, need("medical reach", "hospital", level=2), sector={"area": 100.0})["medical reach"]
    assert (two.by_month[1], two.capability) == (57, "hospital")
    flown = by_rule(example, reference, need("medical reach", "hospital", level=2, by_air=True), sector={"area": 1500.0})["medical reach"]
    assert "by air" in flown.working
    both = tuple(sector.id for sector in example.area.sectors[:2])
    needs = (need("units", strength="4500 person"), need("medical reach", "hospital", level=3))
    lines = solve(only(example, needs, sectors=both), reference).lines
    hospitals = [line for line in lines if line.rule == "medical reach"]
    assert [(line.sector, line.by_month[1]) for line in hospitals] == [(both[0], 2 * 90)]
    assert "9,000 people at 8000 each" in hospitals[0].working


def test_headquarters_support_and_national_support_in_that_order(example: Mission, reference: Reference) -> None:
    needs = (
        need("national support", "logistics", share="10 %"),
        need("support ratio", "logistics", share="20 %"),
        need("headquarters", "headquarters", share="5 %"),
        need("units", strength="1000 person"),
        need("units", "logistics", strength="200 person"),
    )
    found = by_rule(example, reference, *needs)
    assert found["headquarters"].by_month[1] == 60
    assert found["support ratio"].by_month[1] == 0.2 * (1000 + 60)
    assert found["national support"].by_month[1] == round(0.1 * (1000 + 200 + 60 + 212))


def test_shares_without_a_figure_take_the_factor(example: Mission, reference: Reference) -> None:
    found = by_rule(
        example, reference, need("units", strength="1000 person"), need("headquarters", "headquarters"), need("support ratio", "logistics")
    )
    assert found["headquarters"].likely == 1000 * reference.value("force.headquarters-share")
    assert found["support ratio"].likely == round(1040 * reference.value("force.support-ratio"))
    assert found["headquarters"].low < found["headquarters"].likely < found["headquarters"].high


def test_national_support_by_nations_or_by_share_but_not_both(example: Mission, reference: Reference) -> None:
    found = by_rule(example, reference, need("national support", "logistics", nations=4))
    assert found["national support"].likely == 4 * reference.value("force.national-support")
    assert (
        by_rule(example, reference, need("national support", "logistics", nations=4, people_per_nation="25 person"))[
            "national support"
        ].likely
        == 100
    )
    for wrong in ({}, {"nations": 2, "share": "10 %"}):
        with pytest.raises(ValidationError, match="either 'nations' or 'share'"):
            need("national support", "logistics", **wrong)


@given(st.floats(0, 5000), st.floats(0, 2000))
@settings(max_examples=30, deadline=None)
def test_more_troops_never_need_less_support_or_a_larger_band(example: Mission, reference: Reference, people: float, more: float) -> None:
    rest = (
        need("population band", profile="low"),
        need("reserve", share="10 %"),
        need("medical reach", "medical", level=1),
        need("headquarters", "headquarters"),
        need("support ratio", "logistics"),
        need("national support", "logistics", share="5 %"),
    )
    few, many = (
        by_rule(example, reference, need("units", strength=f"{round(value, 1)} person"), *rest) for value in (people, people + more)
    )
    for rule in ("reserve", "medical reach", "headquarters", "support ratio", "national support"):
        assert (few[rule].likely if rule in few else 0) <= (many[rule].likely if rule in many else 0)
    band = "population band"
    assert (few[band].likely if band in few else 0) >= (many[band].likely if band in many else 0)

"""Who bears the force, against figures worked out here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casque.forces.answers.burden import burdens
from casque.forces.best_plan import best_plan
from casque.forces.fairness import size
from casque.forces.matching.budget import Budget
from casque.forces.problem import Problem, bound_together, problem
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Grade
from casque.reference.load import Reference
from casque.reference.members import nation, nations
from tests.forces.builders import line, pledge, requirement, small


def two_bear(example: Mission, reference: Reference, **update: dict[str, float]) -> tuple[Problem, tuple[int, ...]]:
    """A plan in which alfaland has three times the people of bravia; `update` sets a field of the members by id."""
    wanted = requirement(line(example, example.tasks.tasks[0].id, example.area.sectors[0].id, Capability.INFANTRY, (900.0,) * 3))
    units = (
        pledge(example, "many", "alfaland", "infantry-company", 150, -60, 12),
        pledge(example, "few", "bravia", "infantry-company", 50, -60, 12),
    )
    matching = problem(small(example, units), reference, wanted)
    members = {
        name: member.model_copy(update={field: values.get(name) for field, values in update.items()})
        for name, member in matching.members.items()
        if name in ("alfaland", "bravia")
    }
    matching = replace(matching, members=members)
    return matching, best_plan(matching, Budget(1.0, 0)).taken


def test_shares_follow_people_and_cost_follows_the_rates(example: Mission, reference: Reference) -> None:
    first, second = burdens(*two_bear(example, reference), reference)
    each = sum(reference.value(f"cost.{rate}") for rate in ("personnel", "equipment", "overhead"))
    assert (first.member, second.member) == ("alfaland", "bravia")
    assert first.share == pytest.approx(0.75)
    assert second.share == pytest.approx(0.25)
    assert first.cost == pytest.approx(each * first.people_months)
    assert first.people_months == pytest.approx(150 * 91 / (365.2425 / 12))


def test_an_agreed_key_comes_before_the_economy_and_that_before_population(example: Mission, reference: Reference) -> None:
    gdp, people = {"alfaland": 3e9, "bravia": 1e9}, {"alfaland": 1e6, "bravia": 9e6}
    cases: tuple[tuple[dict[str, dict[str, float]], str, float, str, str], ...] = (
        ({}, "people pledged", 0.75, "about", "about"),
        ({"population": people}, "population", 0.1, "over", "under"),
        ({"population": people, "gdp": gdp}, "gross domestic product", 0.75, "about", "about"),
        ({"population": people, "gdp": gdp, "burden_key": {"alfaland": 9.0, "bravia": 1.0}}, "agreed key", 0.9, "about", "over"),
    )
    for update, measure, fair, first_bears, second_bears in cases:
        first, second = burdens(*two_bear(example, reference, **update), reference)
        assert first.measure == measure
        assert first.fair == pytest.approx(fair)
        assert (first.bears, second.bears) == (first_bears, second_bears)


def test_without_a_part_in_the_key_nothing_is_judged(example: Mission, reference: Reference) -> None:
    rows = {row.member: row for row in burdens(*two_bear(example, reference, burden_key={"alfaland": 1.0}), reference)}
    assert rows["bravia"].bears == "unknown"
    assert rows["alfaland"].fair == 1.0


def test_the_year_nearest_to_d_day_is_taken_and_the_mission_overrides(kosovo: Mission) -> None:
    found = size(next(item for item in kosovo.alliance.members if item.id == "usa"), "usa", 1999)
    assert (found.year, found.grades["gross domestic product"]) == (1999, Grade.SECONDARY)
    assert found.gdp == pytest.approx(9.63e12, rel=0.01)
    member = kosovo.alliance.members[0].model_copy(update={"gdp": 5.0, "population": 7.0, "grade": Grade.VERIFIED, "judged": ("gdp",)})
    own = size(member, member.id, 1999)
    assert (own.gdp, own.population, own.year) == (5.0, 7.0, None)
    assert (own.grades["gross domestic product"], own.grades["population"]) == (Grade.JUDGEMENT, Grade.VERIFIED)


def test_reference_nations_are_whole_and_the_earlier_of_two_years_as_near_counts() -> None:
    for years in nations().values():
        assert [item.year for item in years] == sorted({item.year for item in years})
        for item in years:
            assert item.gdp is not None or item.population is not None
            assert min(item.gdp or 1, item.population or 1) > 0
    assert (one := nation("mli", 2008)) is not None
    assert one.year == 2004
    assert (other := nation("mli", 2018)) is not None
    assert other.year == 2013
    assert nation("nowhere", 1999) is None


def test_the_matching_weighs_by_the_key_that_is_shown(example: Mission, reference: Reference) -> None:
    def thresholds(**update: dict[str, float]) -> dict[str, int]:
        matching, _ = two_bear(example, reference, **update)
        return {row.name: row.beyond for row in bound_together(matching, reference).excesses}

    pledged, rich = thresholds(), thresholds(gdp={"alfaland": 1e9, "bravia": 3e9})
    assert pledged["the burden of alfaland"] == pytest.approx(3 * pledged["the burden of bravia"], abs=3)
    assert rich["the burden of bravia"] == pytest.approx(3 * rich["the burden of alfaland"], abs=3)
    # One economy that is not known: nobody is measured by it.
    assert thresholds(gdp={"alfaland": 1e9}) == pledged
    agreed = thresholds(gdp={"alfaland": 1e9, "bravia": 3e9}, burden_key={"alfaland": 1.0})
    assert agreed["the burden of bravia"] == 0
    assert agreed["the burden of alfaland"] > 0

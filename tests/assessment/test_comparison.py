"""Planned against happened: figures by hand, lower bounds, and explanations that hide no difference."""

from __future__ import annotations

import pytest

from casque.assessment.comparison import inside, mean_difference, pairs
from casque.assessment.difference import stretches
from casque.assessment.explanation import explain
from casque.mission.mission import Mission
from casque.plan.movement import InPlace
from tests.assessment.builders import fan, moved, narrowed, outlook, rate, saw


def test_strength_against_the_movement_plan(example: Mission) -> None:
    seen = (
        saw("strength.in_area", -2, -2, 5),
        saw("strength.in_area", 2, 2, 100),
        saw("strength.in_area", 4, 4, 250, "at least"),
        saw("strength.in_area", 900, 900, 9),
    )
    (pair,) = pairs(narrowed(example, (), seen), moved((0, 50, 120, 160, 200)), outlook())
    assert [(point.day, point.planned, point.low) for point in pair.points] == [(2, 120, None), (4, 200, None)]
    assert pair.outside == 2
    assert inside(pair, 0.1) is None
    assert mean_difference(pair) == pytest.approx(0.2)
    assert [(item.side, len(item.points)) for item in stretches(pair, 0.1)] == [("above", 1), ("below", 1)]
    assert [item.side for item in stretches(pair, 0.3)] == ["in line"]


def test_a_measure_that_stands_for_the_strength_is_compared_once(example: Mission) -> None:
    measure = rate(id="force", unit="persons", model="strength.in_area")
    mission = narrowed(example, (measure,), (saw("force", 1, 1, 80),))
    for runs, planned in ((outlook(), 50), (outlook(fan("force", 60, 70, 90)), 70), (outlook(fan("strength.in_area", 60, 75, 90)), 75)):
        found = pairs(mission, moved((0.0, 50.0)), runs)
        assert [(pair.series, pair.points[0].planned) for pair in found] == [("strength.in_area", planned)]


def test_fans_are_found_by_measure_or_by_model(example: Mission) -> None:
    seen = (saw("m", 10, 16, 6), saw("m", 20, 26, 11, "about"), saw("m", 30, 36, 30, "at least"), saw("m", 40, 46, 2, "at least"))
    for measure, name in ((rate(), "m"), (rate(model="incidents-per-week"), "incidents-per-week")):
        (pair,) = pairs(narrowed(example, (measure,), seen), moved(), outlook(fan(name, 4, 7, 10)))
        assert [point.planned for point in pair.points] == [7, 7, 7, 7]
        # 6 lies inside, about 11 may be 9.9, a bound of 30 lies above, a bound of 2 says nothing against it.
        assert inside(pair, 0.1) == 0.75
        assert inside(pair, 0.01) == 0.5
        assert mean_difference(pair) == pytest.approx((14 - 17) / 17)
    assert pairs(narrowed(example, (rate(),), seen), moved(), outlook(fan("elsewhere", 4, 7, 10))) == ()


def test_a_lower_bound_never_shows_a_plan_to_be_too_high(example: Mission) -> None:
    (pair,) = pairs(narrowed(example, (), (saw("strength.in_area", 1, 1, 10, "at least"),)), moved((0.0, 500.0)), outlook())
    assert [item.side for item in stretches(pair, 0.1)] == ["in line"]
    assert mean_difference(pair) is None


def test_usual_delays_account_for_what_they_account_for_and_no_more(example: Mission) -> None:
    slow = example.alliance.model_copy(
        update={"members": tuple(item.model_copy(update={"reliability": 0.9, "delay_months": 1.0}) for item in example.alliance.members)}
    )
    mission = narrowed(example, (), (saw("strength.in_area", 40, 40, 300),)).model_copy(update={"alliance": slow})
    in_place = (
        InPlace(unit="alf-inf", sector="north", strength=700, day=5, earliest=5, late=0),
        InPlace(unit="bra-inf", sector="south", strength=700, day=20, earliest=20, late=0),
    )
    movement = moved((1400.0,) * 60, (), in_place)
    compared = pairs(mission, movement, outlook())
    text = explain(mission, movement, compared[0], compared, 0.1, 0.1)
    # Alfaland: a tenth of 700 falls away; Bravia's 700 would come on D+50.
    assert "would take 770 people off it on D+40" in text
    assert "For the other 330 the cause is not known" in text
    assert "above what was seen by 367%" in text


def test_people_ready_but_on_the_way_are_named(example: Mission) -> None:
    mission = narrowed(example, (), (saw("strength.in_area", 5, 5, 1500),))
    late = InPlace(unit="alf-inf", sector="north", strength=700, day=30, earliest=30, late=0)
    movement = moved((0.0,) * 40, (), (late,))
    compared = pairs(mission, movement, outlook())
    text = explain(mission, movement, compared[0], compared, 0.1, 0.1)
    assert "700 people were ready to load but are still on the way" in text
    assert "400 people are pledged but have no place in the plan" in text
    assert "The pledges had only 1,100 people ready by then" in text
    assert "For 400 of the 1,500 that differ the cause is not known" in text


def test_other_series_are_set_beside_the_strength(example: Mission) -> None:
    seen = (saw("m", 20, 26, 20), saw("strength.in_area", 25, 25, 50))
    mission = narrowed(example, (rate(model="incidents-per-week"),), seen)
    movement = moved((100.0,) * 60)
    compared = pairs(mission, movement, outlook(fan("incidents-per-week", 4, 7, 10)))
    text = explain(mission, movement, compared[1], compared, 0.1, 0.1)
    assert "50% fewer people were in the area than planned" in text
    assert "need not be the same" in text
    alone = explain(mission, movement, compared[1], compared[1:], 0.1, 0.1)
    assert "is not known from the mission folder" in alone

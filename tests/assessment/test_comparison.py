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
    (pair,) = pairs(narrowed(example, (), seen), moved((0, 50, 120, 160, 200)), outlook(), 0.1)
    assert [(point.day, point.planned, point.scheduled, point.expected, point.low) for point in pair.points] == [
        (2, 120, 120, None, None),
        (4, 200, 200, None, None),
    ]
    assert pair.outside == 2
    assert inside(pair) is None
    assert mean_difference(pair) == pytest.approx(0.2)
    assert [(item.side, len(item.held)) for item in stretches(pair, "scheduled", 0.1)] == [("above", 1), ("below", 1)]
    assert [item.side for item in stretches(pair, "scheduled", 0.3)] == ["in line"]


def test_a_measure_that_stands_for_the_strength_is_compared_once(example: Mission) -> None:
    measure = rate(id="force", unit="persons", model="strength.in_area")
    mission = narrowed(example, (measure,), (saw("force", 1, 1, 80),))
    for runs, expected in ((outlook(), None), (outlook(fan("force", 60, 70, 90)), 70), (outlook(fan("strength.in_area", 60, 75, 90)), 75)):
        found = pairs(mission, moved((0.0, 50.0)), runs, 0.1)
        (point,) = found[0].points
        assert [pair.series for pair in found] == ["strength.in_area"]
        assert (point.planned, point.scheduled, point.expected) == (50, 50, expected)


def test_fans_are_found_by_measure_or_by_model(example: Mission) -> None:
    seen = (saw("m", 10, 16, 6), saw("m", 20, 26, 11, "about"), saw("m", 30, 36, 30, "at least"), saw("m", 40, 46, 2, "at least"))
    for measure, name in ((rate(), "m"), (rate(model="incidents-per-week"), "incidents-per-week")):
        (pair,) = pairs(narrowed(example, (measure,), seen), moved(), outlook(fan(name, 4, 7, 10)), 0.1)
        assert [(point.planned, point.scheduled) for point in pair.points] == [(7, None)] * 4
        # 6 lies inside, about 11 may be 9.9, a bound of 30 lies above, a bound of 2 says nothing against it.
        assert [point.fit for point in pair.points] == ["inside", "as rounded", "outside", "as a lower bound"]
        assert inside(pair) == 0.25
        (narrow,) = pairs(narrowed(example, (measure,), seen), moved(), outlook(fan(name, 4, 7, 10)), 0.01)
        assert narrow.points[1].fit == "outside"
        assert mean_difference(pair) == pytest.approx((14 - 17) / 17)
    assert pairs(narrowed(example, (rate(),), seen), moved(), outlook(fan("elsewhere", 4, 7, 10)), 0.1) == ()


def test_a_lower_bound_never_shows_a_plan_to_be_too_high(example: Mission) -> None:
    (pair,) = pairs(narrowed(example, (), (saw("strength.in_area", 1, 1, 10, "at least"),)), moved((0.0, 500.0)), outlook(), 0.1)
    assert [item.side for item in stretches(pair, "scheduled", 0.1)] == ["in line"]
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
    compared = pairs(mission, movement, outlook(), 0.1)
    text = explain(mission, movement, compared[0], compared, 0.1)
    # Alfaland: a tenth of 700 falls away; Bravia's 700 would come on D+50.
    assert "would take 770 people off it on D+40" in text
    assert "For the other 330 the cause is not known" in text
    assert "above what was seen by 367\u00a0%" in text


def test_people_ready_but_on_the_way_are_named(example: Mission) -> None:
    mission = narrowed(example, (), (saw("strength.in_area", 5, 5, 1500),))
    late = InPlace(unit="alf-inf", sector="north", strength=700, day=30, earliest=30, late=0)
    movement = moved((0.0,) * 40, (), (late,))
    compared = pairs(mission, movement, outlook(), 0.1)
    text = explain(mission, movement, compared[0], compared, 0.1)
    assert "700 people were ready to load but are still on the way" in text
    assert "400 people are pledged but have no place in the plan" in text
    assert "The pledges had only 1,100 people ready by then" in text
    assert "For 400 of the 1,500 that differ the cause is not known" in text


def test_people_who_came_ahead_of_their_vehicles_are_not_on_the_way(example: Mission) -> None:
    mission = narrowed(example, (), (saw("strength.in_area", 5, 5, 1500),))
    early = InPlace(unit="alf-inf", sector="north", strength=700, day=30, earliest=30, late=0, people_day=4)
    movement = moved((700.0,) * 40, (), (early,))
    compared = pairs(mission, movement, outlook(), 0.1)
    text = explain(mission, movement, compared[0], compared, 0.1)
    assert "on the way" not in text
    assert "have ended their tours" not in text
    assert "400 people are pledged but have no place in the plan" in text


def test_other_series_are_set_beside_the_strength(example: Mission) -> None:
    seen = (saw("m", 20, 26, 20), saw("strength.in_area", 25, 25, 50))
    mission = narrowed(example, (rate(model="incidents-per-week"),), seen)
    movement = moved((100.0,) * 60)
    compared = pairs(mission, movement, outlook(fan("incidents-per-week", 4, 7, 10)), 0.1)
    text = explain(mission, movement, compared[1], compared, 0.1)
    assert "On D+25 50 people were in the area; the schedule had 100 (100\u00a0% above): the strength differed" in text
    assert "need not be the same" in text
    alone = explain(mission, movement, compared[1], compared[1:], 0.1)
    assert "is not known from the mission folder" in alone


def test_schedule_and_runs_are_both_named_with_their_own_difference(example: Mission) -> None:
    """The schedule must not borrow the smaller difference of the runs, nor the runs that of the schedule."""
    mission = narrowed(example, (), (saw("strength.in_area", 40, 40, 1000),))
    compared = pairs(mission, moved((1290.0,) * 60), outlook(fan("strength.in_area", 1000, 1120, 1200)), 0.1)
    text = explain(mission, moved((1290.0,) * 60), compared[0], compared, 0.1).replace("\u00a0", " ")
    assert "On D+40 the schedule lies above what was seen by 29 % (1,290 against 1,000 seen)" in text
    assert "the runs, which count delays, no-shows and withdrawals, expect 1,120 on D+40: 12 % above" in text
    assert "Of the 290 by which the schedule exceeds what was seen on D+40, delays, no-shows and withdrawals make 170" in text
    assert "for the other 120 the cause is not known" in text
    assert mean_difference(compared[0], "scheduled") == pytest.approx(0.29)
    assert mean_difference(compared[0], "expected") == pytest.approx(0.12)


def test_strength_beside_a_measure_is_judged_by_what_its_runs_expect(example: Mission) -> None:
    seen = (saw("m", 20, 26, 20), saw("strength.in_area", 25, 25, 95))
    mission = narrowed(example, (rate(model="incidents-per-week"),), seen)
    runs = outlook(fan("incidents-per-week", 4, 7, 10), fan("strength.in_area", 80, 100, 120))
    movement = moved((190.0,) * 60)
    compared = pairs(mission, movement, runs, 0.1)
    text = explain(mission, movement, compared[1], compared, 0.1).replace("\u00a0", " ")
    assert "the runs had 100 (5 % above) and the schedule 190 (100 % above)" in text
    assert "within 10 % of what the runs had, so it does not explain the difference from the runs" in text


def test_only_figures_count_as_inside_and_a_flat_interval_is_named(example: Mission) -> None:
    seen = (saw("strength.in_area", 1, 1, 70), saw("strength.in_area", 2, 2, 71, "about"), saw("strength.in_area", 3, 3, 60, "at least"))
    mission = narrowed(example, (), seen)
    movement = moved((70.0,) * 10)
    compared = pairs(mission, movement, outlook(fan("strength.in_area", 70, 70, 70)), 0.1)
    text = explain(mission, movement, compared[0], compared, 0.1).replace("\u00a0", " ")
    assert (
        "Of 3 figures 1 lies strictly inside the 90 % interval of the runs, 1 more agrees only because rounded figures may be off" in text
    )
    assert "1 more agrees only because it is a lower bound, 0 lie outside" in text
    assert "The interval has no width on D+1 (every run gives 70), D+2 (every run gives 70), D+3 (every run gives 70)" in text
    assert "within 10 % on 2 of 2 observations; 1 other is a lower bound" in text
    assert inside(compared[0]) == pytest.approx(1 / 3)

"""Observations as a series: counts into rates, days, and grades."""

from __future__ import annotations

import pytest

from casque.assessment.series import period_of, series, weakest
from casque.mission.vocabulary import Grade
from casque.plan.record import DAYS_PER_MONTH
from tests.assessment.builders import D_DAY, saw


@pytest.mark.parametrize(
    ("unit", "days"),
    [
        ("murders a week", 7.0),
        ("incidents per day", 1.0),
        ("1/wk", 7.0),
        ("cases per month", DAYS_PER_MONTH),
        ("persons", None),
        ("share of the force", None),
        ("weekly papers", None),
    ],
)
def test_rates_are_known_by_their_unit(unit: str, days: float | None) -> None:
    assert period_of(unit) == days


def test_counts_since_entry_become_the_rate_between_them() -> None:
    found = series(
        [
            saw("m", 0, 27, 80, "cumulative"),
            saw("m", 0, 41, 100, "cumulative", Grade.SECONDARY),
            saw("m", 0, 55, 104, "cumulative"),
        ],
        D_DAY,
        7.0,
    )
    assert [(item.start, item.end, item.value) for item in found] == [(0, 27, 20), (28, 41, 10), (42, 55, 2)]
    assert [item.grade for item in found] == [Grade.VERIFIED, Grade.SECONDARY, Grade.SECONDARY]
    assert all(item.derived and item.kind == "about" for item in found)
    assert found[1].note == "worked out from counts of 80 and 100"


def test_a_count_revised_downwards_gives_no_rate() -> None:
    found = series([saw("m", 0, 6, 50, "cumulative"), saw("m", 0, 13, 45, "cumulative"), saw("m", 0, 20, 60, "cumulative")], D_DAY, 7.0)
    assert [(item.start, item.end, item.value) for item in found] == [(0, 6, 50), (7, 20, 5)]


def test_a_count_of_a_stock_is_taken_as_it_is_on_its_last_day() -> None:
    (item,) = series([saw("m", 0, 10, 300, "cumulative")], D_DAY, None)
    assert (item.day, item.value, item.derived) == (10, 300, False)


def test_a_rate_speaks_for_the_middle_of_its_days() -> None:
    (item,) = series([saw("m", 7, 13, 4)], D_DAY, 7.0)
    assert item.day == 10


def test_the_best_graded_of_a_day_comes_last_whatever_the_order() -> None:
    seen = [saw("m", 5, 5, 1, grade=Grade.VERIFIED), saw("m", 5, 5, 2, grade=Grade.JUDGEMENT), saw("m", 3, 3, 9)]
    forward, backward = series(seen, D_DAY, None), series(seen[::-1], D_DAY, None)
    assert forward == backward
    assert [item.value for item in forward] == [9, 2, 1]


def test_weakest_grade() -> None:
    assert weakest([Grade.VERIFIED, Grade.JUDGEMENT, Grade.SECONDARY]) is Grade.JUDGEMENT
    assert weakest([]) is None

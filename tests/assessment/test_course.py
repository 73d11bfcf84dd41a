"""Planned courses, robust trends and lost progress."""

from __future__ import annotations

from itertools import combinations, pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.assessment.course import lost, plan_course, theil_sen, worse_by
from casque.mission.vocabulary import Direction
from casque.plan.record import DAYS_PER_MONTH

LOWER, HIGHER = Direction.LOWER, Direction.HIGHER


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "rate", "shape"),
    [
        (20, 5, LOWER, True, "exponential"),
        (20, 5, LOWER, False, "linear"),
        (20, 15, LOWER, True, "linear"),
        (20, 0, LOWER, True, "linear"),
        (0, 100, HIGHER, False, "linear"),
        (3, 5, LOWER, True, "level"),
        (1, 0.9, HIGHER, False, "level"),
    ],
)
def test_shape_follows_from_the_figures(baseline: float, target: float, direction: Direction, rate: bool, shape: str) -> None:
    course = plan_course(baseline, target, 100, direction, rate)
    assert course.shape == shape
    assert course.expected(100) == course.expected(300) == target
    if shape != "level":
        assert course.expected(0) == course.expected(-5) == baseline


def test_half_way_of_a_linear_and_of_an_exponential_course() -> None:
    assert plan_course(0, 100, 50, HIGHER, False).expected(25) == 50
    assert plan_course(20, 5, 50, LOWER, True).expected(25) == pytest.approx(10)


@given(st.integers(1, 400), st.floats(0.1, 100), st.floats(0.1, 100), st.sampled_from([LOWER, HIGHER]), st.booleans())
def test_a_course_never_goes_back(by: int, baseline: float, target: float, direction: Direction, rate: bool) -> None:
    course = plan_course(baseline, target, by, direction, rate)
    values = [course.expected(day) for day in range(0, by + 10, max(1, by // 7))]
    assert all(worse_by(b, a, direction) <= 1e-9 for a, b in pairwise(values))


def test_a_target_due_before_d_day_is_expected_at_once() -> None:
    assert plan_course(20, 5, -3, LOWER, True).expected(0) == 5


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(-1e3, 1e3)), max_size=12))
def test_trend_is_the_median_of_all_slopes(points: list[tuple[int, float]]) -> None:
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    found = theil_sen(points)
    if slopes:
        assert found == pytest.approx(median(slopes) * DAYS_PER_MONTH)
    else:
        assert found is None


def test_one_wild_value_does_not_turn_the_trend() -> None:
    points = [(float(day), -day / DAYS_PER_MONTH) for day in range(0, 100, 10)]
    points[6] = (60.0, 500.0)
    assert theil_sen(points) == pytest.approx(-1.0, abs=1e-6)


def test_lost_progress_is_a_share_of_the_whole_way() -> None:
    assert lost([20, 6, 14], 16, LOWER) == (1, 0.5)
    assert lost([0, 500, 800], 1000, HIGHER) == (2, 0)
    assert lost([0, 500, 100], 1000, HIGHER) == (1, 0.4)

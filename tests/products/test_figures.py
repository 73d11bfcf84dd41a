"""How figures and days are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.products.figures import Calendar, count, d_plus, days, listed, money, number, percent, rough, sentence, signed, whole

CALENDAR = Calendar(date(1999, 6, 12), 365)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (35000, "35,000"), (12.34, "12.3"), (0.256, "0.26"), (-1500, "−1,500"), (-0.001, "0.00"), (None, "–"), (float("inf"), "–")],
)
def test_number(value: float | None, text: str) -> None:
    assert number(value) == text


def test_percent_is_whole_only_at_the_ends() -> None:
    assert percent(0) == "0\u00a0%"
    assert percent(0.001) == "<\u00a01\u00a0%".replace("<\u00a0", "< ")
    assert percent(0.999) == "> 99\u00a0%"
    assert percent(1) == "100\u00a0%"


def test_days_are_dates_and_counted_from_d_day() -> None:
    assert CALENDAR.day(0).replace("\u00a0", " ") == "12 Jun 1999 (D+0)"
    assert CALENDAR.day(-2).replace("\u00a0", " ") == "10 Jun 1999 (D−2)"
    assert CALENDAR.day(None) == "–"
    assert CALENDAR.month(1).replace("\u00a0", " ") == "12 Jul 99"


@given(st.integers(-(10**12), 10**12))
def test_any_day_can_be_written(day: int) -> None:
    assert d_plus(day) in CALENDAR.day(day)


def test_words() -> None:
    assert signed(3) == "+3"
    assert whole(-0.2) == "0"
    assert money(2.5e6).replace("\u00a0", " ") == "2.5 million USD"
    assert count(1, "task") == "1\u00a0task"
    assert count(2, "entry", "entries") == "2\u00a0entries"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert sentence("it holds") == "It holds."


@pytest.mark.parametrize(
    ("usd", "text"),
    [(1.951e9, "1,950"), (8.59352976e8, "859"), (2.7474e7, "27.5"), (9.0e6, "9"), (5.579e6, "5.58"), (39_744, "0.04"), (0, "0")],
)
def test_money_has_three_significant_digits(usd: float, text: str) -> None:
    assert money(usd) == f"{text}\u00a0million\u00a0USD"


def test_days_and_distributions_are_no_finer_than_they_are_known() -> None:
    assert [days(value) for value in (9.62, 145.0, 0.6, 0, None)] == ["10", "145", "0.60", "0", "–"]
    assert [rough(value) for value in (659_553, 12.345, 0.0, -1234, None)] == ["660,000", "12.3", "0", "−1,230", "–"]

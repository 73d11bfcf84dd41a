"""How figures and days are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.products.figures import Calendar, count, d_plus, listed, money, number, percent, sentence, signed, whole

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

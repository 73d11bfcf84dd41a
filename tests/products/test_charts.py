"""Charts: scales, axes and what is drawn from extremes."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casque.products.charts import Curve, by_day, curves, range_bars, stacked_months, strip, tornado, workload
from casque.products.figures import Calendar
from casque.products.gantt import Row, Stretch, merged, rows
from casque.products.scales import day_ticks, limits, step_of

CALENDAR = Calendar(date(2030, 3, 1), 180)
AMOUNT = st.floats(0, 1e9)


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_limits_hold_their_range(low: float, extent: float) -> None:
    below, above = limits(low, low + extent)
    slack = step_of(extent) * 1e-6 + 1e-6
    assert below <= low + slack
    assert above >= low + extent - slack


@given(st.integers(-300, 300), st.integers(1, 2000))
def test_ticks_lie_inside_and_are_few(first: int, length: int) -> None:
    ticks = day_ticks(first, first + length, 10)
    assert all(first <= tick <= first + length for tick in ticks)
    assert len(ticks) <= 11


@given(st.lists(AMOUNT, min_size=1, max_size=50))
def test_by_day_keeps_turning_points(values: list[float]) -> None:
    kept = dict(by_day(values))
    assert kept[0] == values[0]
    assert kept[len(values) - 1] == values[-1]
    assert set(kept.values()) == set(values)


@given(st.lists(AMOUNT, min_size=1, max_size=40))
def test_curves_stay_in_their_field(values: list[float]) -> None:
    drawn = curves("t", [Curve("n", "main", by_day(values))], CALENDAR, "u")
    numbers = [float(text) for path in re.findall(r' d="M([^"Z]+)Z?"', drawn) for text in re.split(r"[L ]", path)]
    assert all(-0.1 <= number <= 960.1 for number in numbers)
    assert "nan" not in drawn


def test_charts_of_nothing_are_drawn() -> None:
    assert "<svg" in curves("t", [], CALENDAR, "u")
    assert "<svg" in stacked_months("t", [], [], [], "u")
    assert "<svg" in workload("t", [], [], CALENDAR, "u")
    assert "<svg" in strip("t", [], [], 1, 1)
    assert "<svg" in range_bars("t", [], "u")
    assert "<svg" in tornado("t", [])


def test_strip_shows_each_state() -> None:
    drawn = strip("t", [20, 20, 8, 3, 0, 5], [1, 1, 1, 1, 1, 0], 15, 5)
    assert re.findall(r'class="stock (\w+)"', drawn) == ["none", "held", "fair", "low", "out"]


def test_bars_under_the_line_show_what_is_missing() -> None:
    drawn = stacked_months("t", [("Infantry", "a", [40.0, 100.0])], [100.0, 100.0], ["x", "y"], "people")
    assert drawn.count('class="fill lacking"') == 1
    assert "missing, month 0: 60" in drawn


def test_stretches_of_one_mode_are_joined() -> None:
    joined = merged([Stretch("sea", 3, 5), Stretch("air", 0, 1), Stretch("sea", 1, 3)])
    assert joined == (Stretch("air", 0, 1), Stretch("sea", 1, 5))


def test_long_labels_are_wrapped_and_never_cut() -> None:
    name = "Chance a year that a party without any consent breaks its undertakings in a calm area"
    for drawn in (tornado("t", [(name, 0.5)]), range_bars("t", [(name, 1, 2, 3, "own")], "u")):
        assert "…" not in drawn
        shown = " ".join(re.findall(r'class="row" text-anchor="end">([^<]*)<', drawn))
        assert shown == name
    gantt = rows("t", [Row(name, (), (), (), (), "x")], (0, 10), None, None)
    assert "…" not in gantt
    assert gantt.count('class="row tight"') == 2

"""Charts by day: stacks that add up, capacity lines, and the distribution of a day."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casque.products.charts import Stop
from casque.products.day_charts import distribution, stacked_days
from casque.products.figures import Calendar
from casque.products.gantt import Fleet, fleets

CALENDAR = Calendar(date(1999, 6, 12), 100)


def surface(path: str) -> float:
    """What a closed path encloses."""
    points = [tuple(map(float, part.split())) for part in path.removesuffix("Z").removeprefix("M").split("L")]
    ring = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in ring)) / 2


@given(
    st.dictionaries(st.integers(0, 20), st.floats(1, 90), min_size=1, max_size=12),
    st.dictionaries(st.integers(0, 20), st.floats(1, 90), max_size=12),
)
def test_the_layers_of_a_stack_cover_what_was_used(one: dict[int, float], other: dict[int, float]) -> None:
    drawn = stacked_days("Port", [("A", "n1", one), ("B", "n2", other)], dict.fromkeys(range(-5, 30), 200.0), CALENDAR, "t/d")
    for kind, amounts in (("n1", one), ("n2", other)):
        shapes = re.findall(rf'<path class="by {kind}" d="([^"]+)"', drawn)
        days = sorted(amounts)
        assert len(shapes) == sum(1 for place, day in enumerate(days) if place == 0 or day > days[place - 1] + 1)
    covered = {kind: sum(map(surface, re.findall(rf'<path class="by {kind}" d="([^"]+)"', drawn))) for kind in ("n1", "n2")}
    whole, part = sum(one.values()), sum(other.values())
    assert abs(covered["n2"] * whole - covered["n1"] * part) <= 0.05 * (covered["n1"] + covered["n2"]) * (whole + part)


def test_the_line_of_what_there_is_stands_only_where_it_is_known() -> None:
    drawn = stacked_days("Port", [("A", "n1", {0: 5.0})], {0: 10.0, 1: 10.0}, CALENDAR, "t/d")
    (limit,) = re.findall(r'<path class="curve limit" d="([^"]+)"', drawn)
    assert limit.count("L") == 1


def test_runs_that_never_close_leave_the_curve_below_the_top() -> None:
    drawn = distribution("Closure", (10.0, 12.0), 4, (10.0, 12.0), [Stop(9, "planned D+9", "closure")], CALENDAR)
    (curve,) = re.findall(r'<path class="curve main" d="([^"]+)"', drawn)
    (band,) = re.findall(r'<path class="band inner" d="([^"]+)"', drawn)
    heights, ends = ([float(part.split()[1]) for part in re.split("[ML]", shape.rstrip("Z")) if part] for shape in (curve, band))
    # The band reaches from none of the runs to all of them; two of four have closed at the end of the curve.
    assert abs(min(heights) - (min(ends) + max(ends)) / 2) < 0.2
    assert "planned D+9" in drawn
    assert distribution("Closure", (), 4, (0.0, 0.0), [Stop(9, "planned", "closure")], CALENDAR)


def test_a_fleet_has_a_lane_a_vehicle_and_a_bar_a_trip() -> None:
    ships = Fleet("Ships", "sea", (((0.0, 4.0), (6.0, 9.0)), ((1.0, 2.0),)), "Ships: 3 trips")
    drawn = fleets("Lift", [ships, Fleet("None", "air", (), "nothing")], (0, 10), 9, 8)
    (bars,) = re.findall(r'<path class="trip sea" [^>]*d="([^"]+)"', drawn)
    starts = re.findall(r"M([\d.]+) ([\d.]+)H([\d.]+)", bars)
    assert len(starts) == 3
    assert len({y for _, y, _ in starts}) == 2
    assert all(float(end) > float(start) for start, _, end in starts)
    assert "Ships: 3 trips" in drawn

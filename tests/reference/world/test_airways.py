"""The way round barred airspace."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.reference.outlines import outlines
from casque.reference.world.airways import air_distance, air_route
from casque.reference.world.barriers import barrier, countries
from casque.reference.world.sphere import Point, great_circle, vectors

PSKOV, PRISTINA, FRANKFURT, BAMAKO = (28.4, 57.78), (21.036, 42.573), (8.57, 50.03), (-7.95, 12.53)

points = st.tuples(st.floats(-60, 60), st.floats(-30, 65)).map(lambda at: (round(at[0], 2), round(at[1], 2)))
walls = st.sets(st.sampled_from(["dza", "lby", "fra", "tur", "hun", "rou", "bgr", "deu", "ita", "ukr"]), max_size=4).map(frozenset)


def test_the_great_circle_is_known() -> None:
    assert great_circle((0.0, 0.0), (90.0, 0.0)) == pytest.approx(10007.5, abs=0.1)
    # Paris Charles de Gaulle to New York Kennedy.
    assert great_circle((2.55, 49.01), (-73.78, 40.64)) == pytest.approx(5833, rel=0.006)


def test_a_flight_that_nobody_bars_is_the_great_circle() -> None:
    assert air_distance(FRANKFURT, BAMAKO) == great_circle(FRANKFURT, BAMAKO)
    assert air_distance(FRANKFURT, BAMAKO, frozenset({"jpn", "nowhere"})) == great_circle(FRANKFURT, BAMAKO)


@pytest.mark.parametrize(
    ("start", "end", "barred", "least", "most"),
    [
        (PSKOV, PRISTINA, {"hun", "rou", "bgr"}, 1.1, 1.25),
        (FRANKFURT, BAMAKO, {"dza"}, 1.01, 1.05),
        (FRANKFURT, BAMAKO, {"dza", "lby", "mar", "esh", "tun"}, 1.15, 1.25),
        ((24.96, 60.32), (139.8, 35.55), {"rus"}, 1.3, 1.4),
    ],
)
def test_a_barred_flight_is_longer(start: Point, end: Point, barred: set[str], least: float, most: float) -> None:
    found = air_distance(start, end, frozenset(barred))
    assert found is not None
    assert least * great_circle(start, end) < found < most * great_circle(start, end)
    assert air_distance(end, start, frozenset(barred)) == found


def test_there_is_no_way_out_of_a_country_that_is_surrounded() -> None:
    assert air_distance(PSKOV, PRISTINA, frozenset({"srb", "mkd", "alb", "mne"})) is None
    assert air_distance(BAMAKO, (27.55, -29.46), frozenset({"zaf"})) is None


def test_the_way_turns_outside_the_barred_countries() -> None:
    barred = frozenset({"hun", "rou", "bgr"})
    wall, route = barrier(barred), air_route(PSKOV, PRISTINA, barred)
    assert wall is not None
    assert route is not None
    assert len(route) > 2
    for here, there in pairwise(vectors(np.array(route))):
        assert wall.clear(here, there)


@settings(max_examples=60, deadline=None)
@given(points, points, walls)
def test_never_shorter_and_the_same_both_ways(start: Point, end: Point, barred: frozenset[str]) -> None:
    found = air_distance(start, end, barred)
    if found is not None:
        assert found >= great_circle(start, end) - 1e-6
        assert air_distance(end, start, barred) == pytest.approx(found, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(points, points, walls, walls)
def test_more_bars_never_shorten_it_much(start: Point, end: Point, fewer: frozenset[str], added: frozenset[str]) -> None:
    """Corners stand off the border, so that a larger country may offer a corner a little better placed: within 3 %."""
    less, more = air_distance(start, end, fewer), air_distance(start, end, fewer | added)
    if more is not None:
        assert less is not None
        assert more >= 0.97 * less


def test_every_country_has_outlines_that_exist() -> None:
    assert len(countries()) > 190
    assert all(name in outlines() for names in countries().values() for name in names)

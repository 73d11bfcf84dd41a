"""Maps: outlines, frames, clipping, labels."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casque.products.maps import Labels, land, middle, thinned
from casque.products.projection import Projection, around, clipped, distance
from casque.reference.outlines import outlines

EUROPE = Projection(-10.0, 35.0, 30.0, 60.0, 960.0)
POINT = st.tuples(st.floats(-170, 170), st.floats(-80, 80))


def test_outlines_are_whole_degrees_of_the_earth() -> None:
    assert {"Italy", "Kenya", "Brazil"} <= outlines().keys()
    for rings in outlines().values():
        for ring in rings:
            assert len(ring) >= 4
            assert all(abs(latitude) <= 90 and abs(longitude) <= 200 for longitude, latitude in ring)
            assert all(abs(one[0] - two[0]) < 180 for one, two in pairwise(ring))


def test_land_draws_countries() -> None:
    assert land(EUROPE).count('class="land"') > 20


@given(st.lists(POINT, min_size=3, max_size=12))
def test_clipped_ring_stays_inside(ring: list[tuple[float, float]]) -> None:
    for longitude, latitude in clipped(ring, EUROPE):
        assert EUROPE.west - 1e-6 <= longitude <= EUROPE.east + 1e-6
        assert EUROPE.south - 1e-6 <= latitude <= EUROPE.north + 1e-6


@given(st.lists(POINT, min_size=1, max_size=8))
def test_frame_holds_what_it_is_put_around(points: list[tuple[float, float]]) -> None:
    view = around(points, 960.0, 0.05, (0.4, 0.9))
    assert all(view.holds(*point) for point in points)
    assert 0.4 * 959 <= view.height <= 0.9 * 961


@given(st.lists(st.tuples(st.floats(10, 900), st.floats(10, 500)), max_size=30))
def test_labels_never_meet(points: list[tuple[float, float]]) -> None:
    labels = Labels(960, 540)
    for x, y in points:
        labels.beside(x, y, "Name of a place", "place")
    for place, one in enumerate(labels.taken):
        for other in labels.taken[place + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_measures_on_the_map() -> None:
    assert abs(distance((0, 0), (0, 1)) - 111.2) < 0.1
    assert middle([(0, 0), (2, 0), (2, 2), (0, 2)]) == (1, 1)
    assert thinned([(0, 0), (0.1, 0), (5, 0), (5, 5)]) == [(0, 0), (5, 0), (5, 5)]

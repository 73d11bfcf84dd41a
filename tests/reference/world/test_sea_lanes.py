"""Distances by sea: known ones, the same both ways, and longer where a passage is closed."""

from __future__ import annotations

import pytest

from casque.reference.world.codes import ports
from casque.reference.world.sea_lanes import PASSAGES, sea_distance
from casque.reference.world.sphere import NAUTICAL_MILE, Point, great_circle

KNOWN = [("BEANR", "GRSKG", "", 3062), ("NGLOS", "LRMLW", "", 1030), ("BEANR", "KEMBA", "", 6390), ("BEANR", "KEMBA", "suez", 8768)]
"""Ports, the passage closed, and nautical miles, as measured when the library was chosen."""


def at(code: str) -> Point:
    return ports()[code].point


@pytest.mark.parametrize(("start", "end", "closed", "miles"), KNOWN)
def test_known_distances(start: str, end: str, closed: str, miles: float) -> None:
    found = sea_distance(at(start), at(end), frozenset({closed} - {""}))
    assert found == pytest.approx(miles * NAUTICAL_MILE, rel=0.01)
    assert sea_distance(at(end), at(start), frozenset({closed} - {""})) == found


@pytest.mark.parametrize("passage", PASSAGES)
def test_a_closed_passage_never_shortens_a_way(passage: str) -> None:
    for start, end in (("BEANR", "KEMBA"), ("GRSKG", "SGSIN"), ("USNYC", "CLVAP")):
        free, shut = sea_distance(at(start), at(end)), sea_distance(at(start), at(end), frozenset({passage}))
        assert free is not None
        assert free >= great_circle(at(start), at(end))
        assert shut is None or shut >= free - 1e-6


def test_a_sea_without_a_way_out_has_none() -> None:
    assert sea_distance(at("GRSKG"), at("UAODS")) is not None
    assert sea_distance(at("GRSKG"), at("UAODS"), frozenset({"bosporus"})) is None


def test_an_inland_place_is_no_port() -> None:
    assert sea_distance((29.0, 5.0), at("BEANR")) is None


def test_an_unknown_passage_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown passage 'suex'"):
        sea_distance(at("BEANR"), at("KEMBA"), frozenset({"suex"}))

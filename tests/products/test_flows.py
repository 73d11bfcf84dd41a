"""Flows on the map: nothing counted twice, shared sea lanes drawn once, roads and railways beside one another, widths that can be told."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.mission.mission import Mission
from casque.mission.transport import Node
from casque.mission.vocabulary import Mode
from casque.products.flow_map import flow_map
from casque.products.flows import Flow, courses, flows, great_circle_points
from casque.products.material import Material
from casque.products.names import Names
from casque.products.projection import distance
from casque.products.summary import calendar_of
from casque.reference.load import Reference
from tests.products.movement.conftest import leg, small_record
from tests.products.records import Records, full

POINT = st.tuples(st.floats(-170, 170), st.floats(-70, 70))


def nodes(mission: Mission) -> dict[str, Node]:
    """Nodes by id."""
    return {node.id: node for node in mission.transport.nodes}


def test_every_load_counts_on_every_stretch_once_both_ways_together() -> None:
    found = {(flow.start, flow.end, flow.mode): flow for flow in flows(small_record().loads)}
    road = found["examp-airport", "southtown", "road"]
    assert (road.tonnes, road.people) == (1000, 700)
    assert found["alfaport", "exampport", "sea"].tonnes == 500
    back = small_record().loads[0]
    returned = back.model_copy(update={"legs": (leg("r", "southtown", "examp-airport", Mode.ROAD, "", 20, 21),)})
    again = {(flow.start, flow.end, flow.mode): flow for flow in flows([back, returned])}
    assert again["examp-airport", "southtown", "road"].tonnes == 1000


def test_a_stretch_of_a_lane_that_two_share_is_drawn_once_as_wide_as_both(example: Mission) -> None:
    near = nodes(example)["exampport"]
    north, south = (near.model_copy(update={"id": name, "latitude": near.latitude + step}) for name, step in (("n", -1.0), ("s", -1.2)))
    far = near.model_copy(update={"id": "far", "latitude": 36.0, "longitude": -6.5})
    known = {node.id: node for node in (north, south, far)}
    one, other = Flow("far", "n", "sea", 100, 0), Flow("far", "s", "sea", 50, 0)
    drawn = list(courses([one, other], known))
    stretches = [tuple(sorted(pair)) for course in drawn for pair in pairwise(course.points)]
    assert len(stretches) == len(set(stretches))
    assert {course.weight for course in drawn} >= {150.0}
    assert all(course.weight in (100.0, 50.0, 150.0) for course in drawn)


def test_a_railway_lies_beside_its_road(example: Mission) -> None:
    found = [Flow("examp-airport", "southtown", mode, 10, 0) for mode in ("road", "rail")]
    assert sorted(course.beside for course in courses(found, nodes(example))) == [-1, 1]
    (alone,) = courses(found[:1], nodes(example))
    assert alone.beside == 0
    assert alone.title == "Exampland Airport – Southtown: 10 t by road"


@given(POINT, POINT)
def test_a_great_circle_is_no_longer_than_the_way_by_any_point_beside_it(start: tuple[float, float], end: tuple[float, float]) -> None:
    points = great_circle_points(start, end)
    assert (points[0], points[-1]) == (start, end)
    assert len(points) in (2, 17)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)
    if len(points) > 2 and abs(start[0] - end[0]) < 60:
        steps = [distance(one, other) for one, other in pairwise(points)]
        assert max(steps) < 3 * min(steps) + 1


def material(mission: Mission, reference: Reference, records: Records) -> Material:
    """What sections read."""
    return Material(mission, reference, *records, Names(mission, reference), calendar_of(mission), 1)


@pytest.mark.parametrize("few", [False, True])
def test_the_map_says_how_wide_is_how_much(example: Mission, reference: Reference, few: bool) -> None:
    records = full(example)
    seen = material(example, reference, records)
    its = tuple(nodes(example).values())
    drawn = flow_map(seen, its, [], flows(small_record().loads), "Map", few)
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)"', drawn)]
    assert max(widths) == (8.0 if few else 13.0)
    assert "Over the whole plan" in drawn
    assert "1,000 t" in drawn
    assert drawn == flow_map(seen, its, [], flows(small_record().loads), "Map", few)
    assert ("Exampland Airport  700 people" in drawn) is not few
    empty = flow_map(seen, its, [], (), "Map", few)
    assert "Over the whole plan" not in empty
    assert "Exampland Airport" in empty

"""From where units live to places: both ways the same, infinite without a road, and from the nearest node off the roads."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from casque.engagement.travel import Access, Pace, accesses, hours_to, road_graph
from casque.mission.mission import Mission
from casque.mission.transport import Transport
from tests.engagement.four_nodes import DAY, PACE, four_nodes

RING = Pace(PACE, 20, 1.4)
BY_HAND: dict[str, dict[str, float]] = {
    "alfa": {"alfa": 0, "market": 1, "bravo": 3, "delta": 0.5},
    "market": {"alfa": 1, "market": 0, "bravo": 2, "delta": 1.5},
    "bravo": {"alfa": 3, "market": 2, "bravo": 0, "delta": 3},
    "delta": {"alfa": 0.5, "market": 1.5, "bravo": 3, "delta": 0},
}


@pytest.mark.parametrize(
    ("origins", "ends"), [(["alfa"], list(BY_HAND)), (list(BY_HAND), ["delta", "bravo"]), (["bravo"] * 3, ["alfa", "alfa"])]
)
def test_hours_by_hand_from_few_to_many_and_from_many_to_few(example: Mission, origins: list[str], ends: list[str]) -> None:
    found = hours_to(road_graph(four_nodes(example), DAY, PACE), origins, [Access(end, 0.25) for end in ends])
    assert found == pytest.approx(np.array([[BY_HAND[origin][end] + 0.25 for end in ends] for origin in origins]))


def test_a_node_that_is_shut_or_unknown_is_out_of_reach_but_for_those_who_live_there(example: Mission) -> None:
    roads = road_graph(four_nodes(example, closed=[("alfa", "delta"), ("delta", "bravo")]), DAY, PACE)
    found = hours_to(roads, ["alfa", "delta"], [Access("delta", 0), Access("nowhere", 0)])
    assert found.tolist() == [[inf, inf], [0, inf]]
    assert hours_to(roads, [], [Access("delta", 0)]).shape == (0, 1)


def test_a_closed_road_moves_no_place_to_another_node(example: Mission) -> None:
    for closed in ([], [("alfa", "delta"), ("delta", "bravo")]):
        mission = four_nodes(example, closed=closed)
        quarter, mill = accesses(mission, mission.area.places, RING)
        assert quarter == Access("market", 0)
        assert mill.node == "delta"
        assert mill.hours == pytest.approx(5.56 * 1.4 / 20, abs=1e-3)
    bare = four_nodes(example, transport=Transport(nodes=(), links=(), lift=()))
    assert accesses(bare, bare.area.places, RING)[1].hours == inf

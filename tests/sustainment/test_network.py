"""Ways: against every simple path of small random networks."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.sustainment.network import Network
from tests.sustainment.small import mission, node, road, unit

NAMES = ["a", "b", "c", "d", "e"]
EDGES = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (2, 4), (3, 4)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 300), min_size=len(EDGES), max_size=len(EDGES)),
    st.frozensets(st.integers(0, len(EDGES) - 1)),
    st.frozensets(st.integers(1, 3)),
)
def test_quickest_is_the_best_of_all_simple_paths(lengths: list[int], no_links: frozenset[int], no_nodes: frozenset[int]) -> None:
    links = [road(NAMES[start], NAMES[end], km) for (start, end), km in zip(EDGES, lengths, strict=True)]
    small = mission(units=[unit("one", "north")], nodes=[node(name) for name in NAMES], links=links)
    found = Network(small).quickest(0, 4, no_links, no_nodes)
    at = {frozenset(edge): position for position, edge in enumerate(EDGES)}
    best = float("inf")
    for middle in (order for size in range(4) for order in permutations([1, 2, 3], size)):
        steps = [at.get(frozenset(pair)) for pair in zip((0, *middle), (*middle, 4), strict=True)]
        if not set(middle) & no_nodes and all(step is not None and step not in no_links for step in steps):
            best = min(best, sum(lengths[step] for step in steps if step is not None))
    assert (found.road if found else float("inf")) == best


def test_ways_survive_the_loss_of_any_one_link() -> None:
    links = [road("a", "b", 10), road("b", "d", 10), road("a", "c", 30), road("c", "d", 30)]
    small = mission(units=[unit("one", "north")], nodes=[node(name) for name in "abcd"], links=links)
    ways = Network(small).ways(0, 3, frozenset(), frozenset())
    assert [way.road for way in ways] == [20.0, 60.0]
    assert all(any(link not in way.links for way in ways) for link in range(4))

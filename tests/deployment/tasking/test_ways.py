"""Quickest ways, held against a plain search from every node."""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf, isclose

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.tasking.picture import Fleet, Picture, Vehicle, Way
from casque.deployment.tasking.ways import ways
from tests.deployment.tasking.small_world import HANDLING, fleet, request

Place = tuple[int, int | None]
"""A node, and the fleet whose vehicle the cargo is aboard there, or None on the ground."""


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Up to five nodes, three fleets with ways in one direction, some closed for a time, and a few vehicles."""
    nodes = draw(st.integers(2, 5))
    node = st.integers(0, nodes - 1)
    way = st.builds(Way, node, node, st.integers(1, 9).map(float), closed_for=st.sampled_from((0.0, 0.0, 5.0)))
    fleets = [Fleet(float(draw(st.integers(1, 4))), tuple(draw(st.lists(way, max_size=9)))) for _ in range(draw(st.integers(1, 3)))]
    vehicles = {name: Vehicle(draw(st.integers(0, len(fleets) - 1)), draw(node), 0.0) for name in range(draw(st.integers(0, 4)))}
    requests = {item: request(draw(node), draw(node), float(draw(st.integers(1, 5)))) for item in range(3)}
    return Picture(0.0, HANDLING, (1,) * nodes, tuple(fleets), vehicles, requests)


def _searched(picture: Picture, waits: list[float], change: float, start: int, weight: float) -> dict[Place, float]:
    """Least times from the ground of a node, by Dijkstra's search over nodes and fleets."""
    served = {
        (index, node)
        for index in range(len(picture.fleets))
        for node in range(len(picture.slots))
        if any(vehicle.fleet == index and _reaches(picture, vehicle, node) for vehicle in picture.vehicles.values())
    }
    found: dict[Place, float] = {}
    queue: list[tuple[float, int, int]] = [(0.0, start, -1)]
    while queue:
        time, node, aboard = heappop(queue)
        place = (node, None if aboard < 0 else aboard)
        if place in found:
            continue
        found[place] = time
        if aboard < 0:
            for index, carrier in enumerate(picture.fleets):
                if carrier.payload >= weight and (index, node) in served:
                    heappush(queue, (time + change, node, index))
            continue
        heappush(queue, (time, node, -1))
        for way in picture.fleets[aboard].ways:
            if way.start == node:
                heappush(queue, (time + way.closed_for + way.time + HANDLING + waits[way.end], way.end, aboard))
    return found


def _reaches(picture: Picture, vehicle: Vehicle, node: int) -> bool:
    seen = {vehicle.at}
    for _ in picture.slots:
        seen |= {way.end for way in picture.fleets[vehicle.fleet].ways if way.start in seen}
    return node in seen


@settings(deadline=None)
@given(pictures(), st.floats(0.5, 30), st.lists(st.integers(0, 9).map(float), min_size=5, max_size=5))
def test_cargo_takes_the_least_time_by_fleets_that_carry_it_and_can_come(picture: Picture, change: float, waits: list[float]) -> None:
    found = ways(picture, np.array(waits[: len(picture.slots)]), change)
    for item in picture.requests.values():
        for start in range(len(picture.slots)):
            least = _searched(picture, waits, change, start, item.weight)
            for end in range(len(picture.slots)):
                assert isclose(found.cargo(item.weight).time[start, end], least.get((end, None), inf), abs_tol=1e-6)


@settings(deadline=None)
@given(pictures())
def test_the_first_leg_and_the_rest_make_up_the_whole(picture: Picture) -> None:
    found = ways(picture, np.zeros(len(picture.slots)), 4.0)
    for item in picture.requests.values():
        cargo = found.cargo(item.weight)
        for start, end in zip(*np.nonzero(np.isfinite(cargo.time)), strict=True):
            if start == end:
                continue
            via = int(cargo.change[start, end])
            leg = found.by_fleet[int(cargo.fleet[start, end])]
            assert isclose(cargo.time[start, end], leg.time[start, via] + 4.0 + cargo.time[via, end], abs_tol=1e-6)
            assert (start, int(leg.step[start, via])) in {
                (way.start, way.end) for way in picture.fleets[int(cargo.fleet[start, end])].ways
            }, "the first step is a way of that fleet"


def test_a_way_that_opens_soon_is_waited_for_and_one_that_stays_closed_is_gone_round() -> None:
    round_about = [(0, 1, 4.0), (1, 2, 4.0)]
    for closed, step in ((1.0, 2), (50.0, 1)):
        known = fleet(5, round_about)
        with_short = Fleet(known.payload, (*known.ways, Way(0, 2, 6.0, closed_for=closed)))
        picture = Picture(0.0, HANDLING, (1, 1, 1), (with_short,), {0: Vehicle(0, 0, 0.0)}, {})
        assert ways(picture, np.zeros(3), 0.0).by_fleet[0].step[0, 2] == step

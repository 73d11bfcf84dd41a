"""Reach over the roads of the network: which places in what time, how many stands, and what a season does to it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from math import ceil, radians, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.forces.reach import Speeds, Ways, circles, covered, seasons_of
from casque.forces.troop_to_task import Network, size
from casque.mission.area import Area, Place, Sector
from casque.mission.mission import Mission
from casque.mission.transport import Link, Node, Transport
from casque.reference.load import Reference
from tests.forces.needs import need

DAY = date(2030, 4, 1)
DEGREE = radians(1) * 6371.0
"""Kilometres of a degree along a meridian."""
SPEEDS = Speeds(35.0, 20.0, 1.4)


def node(name: str, latitude: float) -> Node:
    return Node.model_validate({"id": name, "name": name, "kind": "town", "country": "x", "longitude": 10.0, "latitude": latitude})


def link(name: str, start: str, end: str, length: float, speed: float, **update: object) -> Link:
    values = {"id": name, "start": start, "end": end, "mode": "road", "length": f"{length} km", "speed": f"{speed} km/h"}
    return Link.model_validate(values | update)


def place(name: str, latitude: float, node: str | None) -> Place:
    values = {"id": name, "name": name, "kind": "town", "sector": "s", "longitude": 10.0, "latitude": latitude, "node": node}
    return Place.model_validate({key: value for key, value in values.items() if value is not None})


@pytest.fixture
def sector(example: Mission) -> Sector:
    return example.area.sectors[0].model_copy(update={"id": "s", "base": "base", "area": 1000.0})


@pytest.fixture
def world(sector: Sector) -> tuple[Area, Transport]:
    """A base with a place 20 km to the north and one 40 km to the south, on roads of 25 and 50 km."""
    nodes = (node("base", 45.0), node("near", 45.0 + 20 / DEGREE), node("far", 45.0 - 40 / DEGREE))
    links = (link("a", "base", "near", 25, 50), link("b", "base", "far", 50, 25))
    places = (place("n", 45.0 + 20 / DEGREE, "near"), place("f", 45.0 - 40 / DEGREE, "far"))
    area = Area(country="x", sectors=(sector,), places=places)
    return area, Transport(nodes=nodes, links=links, lift=())


def test_hours_over_the_roads_at_the_lower_of_two_speeds(sector: Sector, world: tuple[Area, Transport]) -> None:
    (ways,) = seasons_of(*world, sector, DAY, DAY, SPEEDS)
    assert ways.hours["base"] == {"n": pytest.approx(25 / 35), "f": pytest.approx(2.0)}
    assert ways.hours["near"] == {"n": 0.0, "f": pytest.approx(25 / 35 + 2.0)}
    assert ways.crow_speed == pytest.approx(60 / (25 / 35 + 2.0))


def test_as_many_forces_as_stands_or_circles(sector: Sector, world: tuple[Area, Transport]) -> None:
    seasons = seasons_of(*world, sector, DAY, DAY, SPEEDS)
    hour = covered(sector, seasons, 1.0, 99.0)
    assert (hour.forces, hour.stands, hour.circles, hour.from_base) == (2, 2, 1, 1)
    assert covered(sector, seasons, 2.0, 99.0).forces == 1
    wide = sector.model_copy(update={"area": 50_000.0})
    crow = seasons[0].crow_speed
    assert covered(wide, seasons, 2.0, 99.0).forces == ceil(50_000 / (3 * sqrt(3) / 2 * (2 * crow) ** 2))


def test_a_place_off_the_network_hangs_on_the_nearest_road(sector: Sector, world: tuple[Area, Transport]) -> None:
    area, transport = world
    off = place("o", 45.0 + 30 / DEGREE, None)
    (ways,) = seasons_of(area.model_copy(update={"places": (*area.places, off)}), transport, sector, DAY, DAY, SPEEDS)
    assert ways.hours["base"]["o"] == pytest.approx(25 / 35 + 10 * 1.4 / 20)


def test_the_worst_season_counts(sector: Sector, world: tuple[Area, Transport]) -> None:
    area, transport = world
    rains = DAY + timedelta(days=60)
    dry = link("b", "base", "far", 50, 25, closes=rains - timedelta(days=1))
    wet = link("c", "base", "far", 50, 10, opens=rains)
    changed = transport.model_copy(update={"links": (transport.links[0], dry, wet)})
    early = seasons_of(area, changed, sector, DAY, DAY + timedelta(days=30), SPEEDS)
    late = seasons_of(area, changed, sector, DAY, DAY + timedelta(days=90), SPEEDS)
    assert [ways.day for ways in early] == [DAY]
    assert [ways.day for ways in late] == [DAY, rains]
    assert covered(sector, early, 2.0, 99.0).forces == 1
    worst = covered(sector, late, 2.0, 99.0)
    assert worst.forces == 2
    assert worst.ways is not None
    assert worst.ways.day == rains


def test_too_little_network_leaves_it_to_circles(sector: Sector, world: tuple[Area, Transport]) -> None:
    area, transport = world
    assert seasons_of(area.model_copy(update={"places": area.places[:1]}), transport, sector, DAY, DAY, SPEEDS) == ()
    cut = transport.model_copy(update={"links": transport.links[:1]})
    assert seasons_of(area, cut, sector, DAY, DAY, SPEEDS) == ()
    found = covered(sector, (), 1.0, 10.0)
    assert found.ways is None
    assert found.forces == circles(1000.0, 10.0) == 4


def test_the_rule_tells_which_way_it_went(example: Mission, reference: Reference, sector: Sector, world: tuple[Area, Transport]) -> None:
    wanted = need("quick reaction", within="1 h", strength="40 person")
    task = example.tasks.tasks[0]
    over_roads = size(task, wanted, sector, reference, Network(*world, DAY, DAY))
    in_circles = size(task, wanted, sector, reference)
    assert "1 of 2 named places within 1 h of base, all of them from 2 stands" in over_roads.working
    assert over_roads.likely == 2 * 40 * 3
    assert "circuity" in in_circles.working
    assert over_roads.low <= over_roads.likely <= over_roads.high


@given(
    st.lists(st.tuples(st.floats(0.1, 3), st.floats(0.1, 3), st.floats(0.1, 3), st.floats(0.1, 3)), min_size=4, max_size=4),
    st.floats(0.1, 3),
    st.floats(0, 1),
)
@settings(max_examples=150, deadline=None)
def test_the_stands_are_the_fewest_and_more_time_never_takes_more(
    example: Mission, hours: list[tuple[float, ...]], within: float, more: float
) -> None:
    sector = example.area.sectors[0].model_copy(update={"area": 1.0, "base": "n0"})
    places = ("p0", "p1", "p2", "p3")
    table = {
        f"n{row}": {name: (0.0 if row == column else taken) for column, (name, taken) in enumerate(zip(places, line, strict=True))}
        for row, line in enumerate(hours)
    }
    ways = Ways(places, table, 30.0, "n0", DAY)
    found = covered(sector, (ways,), within, 99.0)
    fewest = min(
        size
        for size in range(1, 5)
        for chosen in combinations(table, size)
        if all(any(table[stand][name] <= within for stand in chosen) for name in places)
    )
    assert found.stands == fewest
    assert covered(sector, (ways,), within + more, 99.0).forces <= found.forces

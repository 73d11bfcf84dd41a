"""Who draws on which capacity: people where they are received, equipment where it is loaded, vehicles on roads, berths while they load."""

from __future__ import annotations

import pytest

from casque.mission.mission import Mission
from casque.products.movement.capacity import Key, capacities
from casque.products.movement.picture import MovementPicture, movement_picture
from casque.products.movement.pieces import by_load
from casque.products.movement.traffic import Traffic, traffic
from casque.reference.load import Reference
from tests.products.movement.conftest import small_record


def drawn(seen: MovementPicture) -> Traffic:
    """The draw of the plan."""
    return traffic([piece for its in by_load(seen.record).values() for piece in its], capacities(seen), seen.lift)


def days(found: Traffic, key: Key) -> dict[int, float]:
    """Draw on a capacity by day."""
    return {day: sum(loads.values()) for day, loads in sorted(found.drawn.get(key, {}).items())}


def test_people_count_where_they_land(seen: MovementPicture) -> None:
    assert days(drawn(seen), ("examp-airport", "", "people")) == {5: 400, 7: 150, 8: 150}


def test_a_ship_that_brings_more_than_the_port_takes_is_unloaded_over_days(seen: MovementPicture) -> None:
    # 1,800 lane metres of a full ship at 700 a day.
    assert days(drawn(seen), ("exampport", "", "lane metres")) == pytest.approx(
        dict.fromkeys((6, 7, 8), 200) | dict.fromkeys((14, 15, 16), 500 / 3)
    )


def test_vehicles_count_on_roads_in_their_direction(seen: MovementPicture) -> None:
    found = drawn(seen)
    assert days(found, ("airport-road", "southtown", "vehicles")) == {7: 0} | {7: 60, 15: 60}
    assert days(found, ("airport-road", "examp-airport", "vehicles")) == {}


def test_equipment_that_drives_through_an_airfield_is_not_handled_there(seen: MovementPicture) -> None:
    assert days(drawn(seen), ("examp-airport", "", "tonnes")) == {}


def test_a_berth_is_taken_while_a_ship_loads_and_unloads(example: Mission, reference: Reference) -> None:
    nodes = tuple(node.model_copy(update={"berths": 1}) if node.id == "exampport" else node for node in example.transport.nodes)
    mission = example.model_copy(update={"transport": example.transport.model_copy(update={"nodes": nodes})})
    found = drawn(movement_picture(mission, reference, small_record()))
    hours = next(item for item in mission.transport.lift if item.id == "charter-ship").unloading
    stays = days(found, ("exampport", "", "berths"))
    assert sum(stays.values()) == pytest.approx(2 * hours / 24)
    assert set(stays) == {6, 14}


def test_a_capacity_is_less_in_winter_and_nothing_before_it_opens(example: Mission, reference: Reference) -> None:
    opens = example.about.d_day.replace(day=5)
    links = tuple(link.model_copy(update={"opens": opens}) if link.id == "port-road" else link for link in example.transport.links)
    mission = example.model_copy(update={"transport": example.transport.model_copy(update={"links": links})})
    known = capacities(movement_picture(mission, reference, small_record()))
    road = known["airport-road", "southtown", "vehicles"]
    assert (road.on(0), road.on(290)) == (150, 150 * 0.8)
    gate = known["port-road", "examp-airport", "vehicles"]
    assert [gate.on(day) for day in (3, 4)] == [0, 300]
    assert known["examp-airport", "", "people"].on(0) == pytest.approx(600 * reference.value("movement.queueing"))


def test_a_nations_share_is_told_by_day(seen: MovementPicture) -> None:
    member = {load.id: load.member for load in seen.record.loads}
    shares = drawn(seen).by(("examp-airport", "", "people"), member)
    assert shares == {5: {"alfaland": 400}, 7: {"bravia": 150}, 8: {"bravia": 150}}

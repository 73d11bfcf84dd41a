"""Movement lines of the generated force."""

from __future__ import annotations

from typing import Any

import pytest

from casque.deployment.line import MovementLine
from casque.deployment.lines import area_of, calendar_of, movement_lines, theatre_of
from casque.mission.movements import Element, Movement
from casque.mission.vocabulary import Mode, NodeKind, StatementMode
from casque.plan.force import ForceRecord
from tests.deployment.worlds import day, entry, force, lift, link, mission, node, pledge, reference


def sea_world(pledges: list[Any], **more: Any) -> Any:
    """A home across the sea, a port and an airport in the country of the base."""
    nodes = [
        node("home", NodeKind.HOME, "sender"),
        node("port", NodeKind.SEAPORT),
        node("field", NodeKind.AIRPORT),
        node("base", NodeKind.BASE),
    ]
    links = [
        link("home", "port", Mode.SEA),
        link("home", "field", Mode.AIR, length=24.0),
        link("port", "base"),
        link("field", "base"),
    ]
    fleets = [lift("ship", Mode.SEA, lane_metres=1000.0, people=10.0), lift("plane", Mode.AIR, people=100.0, tonnes=20.0)]
    return mission(more.get("nodes", nodes), more.get("links", links), more.get("fleets", fleets), pledges, [entry()])


def by_what(lines: tuple[MovementLine, ...]) -> dict[str, MovementLine]:
    return {line.what: line for line in lines}


def test_equipment_and_people_travel_apart_with_the_figures_of_the_unit_type() -> None:
    units = [pledge("unit-a", "home", ready=3, required=20, strength=200.0, available_to_load=day(5), latest_arrival=day(18))]
    lines = movement_lines(sea_world(units), reference(), force(units))
    assert [line.id for line in lines] == ["unit-a:equipment", "unit-a:people"]
    equipment, people = lines
    assert (equipment.people, equipment.vehicles, equipment.lane_metres, equipment.tonnes) == (0.0, 20.0, 200.0, 400.0)
    assert (people.people, people.vehicles, people.tonnes, people.coaches) == (200.0, 0.0, 0.0, 5.0)
    assert (equipment.ready, equipment.available, equipment.earliest, equipment.latest, equipment.required) == (3, 5, None, 18, 20)
    assert equipment.weight == people.weight == 2.0
    assert equipment.group == people.group == ("unit-a", "sector", "")
    assert Mode.AIR in people.modes
    assert Mode.AIR not in equipment.modes


def test_equipment_goes_by_air_only_where_no_surface_route_exists() -> None:
    units = [pledge("unit-a", "home")]
    found = sea_world(units, fleets=[lift("plane", Mode.AIR, people=100.0, tonnes=20.0)])
    assert Mode.AIR in by_what(movement_lines(found, reference(), force(units)))["equipment"].modes


def test_a_unit_within_reach_by_road_drives_with_its_people_aboard() -> None:
    units = [pledge("unit-a", "town", member="host")]
    found = mission([node("town"), node("base", NodeKind.BASE)], [link("town", "base")], [], units, [])
    (line,) = movement_lines(found, reference(), force(units))
    assert (line.what, line.people, line.vehicles, line.modes) == ("equipment", 100.0, 10.0, frozenset({Mode.ROAD}))


def test_a_unit_without_vehicles_is_people_only() -> None:
    units = [pledge("unit-a", "home")]
    (line,) = movement_lines(sea_world(units), reference(vehicles=0.0), force(units))
    assert (line.what, line.people, line.tonnes) == ("people", 100.0, 0.0)


def test_a_line_from_a_node_that_is_not_there_is_still_a_line() -> None:
    units = [pledge("unit-a", "nowhere")]
    assert {line.origin for line in movement_lines(sea_world(units), reference(), force(units))} == {"nowhere"}


def test_parts_of_a_unit_have_names_of_their_own() -> None:
    units = [pledge("unit-a", "home", strength=200.0)]
    whole = force(units).assignments[0]
    parts = tuple(whole.model_copy(update={"part": part, "strength": 100.0}) for part in ("1 of 2", "2 of 2"))
    split: ForceRecord = force(units).model_copy(update={"assignments": parts})
    lines = movement_lines(sea_world(units), reference(), split)
    assert [line.id for line in lines if line.what == "people"] == ["unit-a@sector#1:people", "unit-a@sector#2:people"]
    assert len({line.group for line in lines}) == 2


def test_gaps_between_tours_and_a_start_that_waits_come_from_the_assignment() -> None:
    units = [pledge("unit-a", "home", required=10, may_wait=3.0)]
    task = force(units).assignments[0].model_copy(update={"ready": 25, "start": 40, "end": 300, "spans": ((40, 120), (200, 300))})
    line = movement_lines(sea_world(units), reference(), force(units).model_copy(update={"assignments": (task,)}))[0]
    assert (line.ready, line.required, line.end, line.away) == (25, 40, 300, ((121, 199),))


def test_assignments_of_units_that_are_gone_are_left_out() -> None:
    units = [pledge("unit-a", "home"), pledge("unit-b", "home")]
    assert {line.unit for line in movement_lines(sea_world(units[:1]), reference(), force(units))} == {"unit-a"}


@pytest.mark.parametrize(("ready", "first", "size"), [(-20, -20, 100 + 20 + 60 + 1), (130, 0, 130 + 60 + 1)])
def test_the_days_planned_over_begin_with_the_first_that_is_ready(ready: int, first: int, size: int) -> None:
    units = [pledge("unit-a", "home", ready=ready)]
    calendar = calendar_of(sea_world(units), force(units))
    assert (calendar.first, calendar.size) == (first, size)


def test_the_theatre_is_the_area_and_the_countries_at_its_edge() -> None:
    nodes = [node("base", NodeKind.BASE), node("gate", NodeKind.BORDER, "next"), node("home", NodeKind.HOME, "far")]
    found = mission(nodes, [], [], [], [])
    assert (area_of(found), theatre_of(found)) == (("host",), ("host", "next"))


def stated(name: str, statement: str = "joins", element: Element = "main body", unit: str = "unit-a", **more: Any) -> Movement:
    return Movement.model_construct(id=name, statement=StatementMode(statement), unit=unit, element=element, **more)


def with_staff(units: list[Any], *movements: Movement, split: ForceRecord | None = None) -> dict[str, MovementLine]:
    world = sea_world(units)
    world.movements.movements = movements
    return {line.id: line for line in movement_lines(world, reference(), split or force(units))}


def test_a_stated_line_joins_those_worked_out_and_takes_what_it_leaves_open_from_its_unit() -> None:
    units = [pledge("unit-a", "home", ready=3, required=20)]
    lines = with_staff(units, stated("adv", element="advance party", people=46.0, ready_to_load=day(1), latest_arrival=day(6), priority=1))
    assert list(lines) == ["unit-a:equipment", "unit-a:people", "adv"]
    advance = lines["adv"]
    assert (advance.what, advance.people, advance.coaches, advance.tonnes, advance.load_class) == ("people", 46.0, 2.0, 0.0, 0.0)
    assert (advance.origin, advance.destination, advance.sector) == ("home", "base", "sector")
    assert (advance.ready, advance.latest, advance.required, advance.available) == (1, 6, 20, None)
    assert advance.weight == 4.0 * lines["unit-a:people"].weight
    assert not advance.meets
    assert lines["unit-a:people"].meets


def test_a_stated_line_overrides_all_that_is_worked_out_for_its_unit() -> None:
    units = [pledge("unit-a", "home"), pledge("unit-b", "home")]
    heavy = stated("tanks", "overrides", "equipment", vehicles=14.0, lane_metres=140.0, surface_only=800.0, module="armour")
    lines = with_staff(units, heavy, stated("crews", people=60.0, module="armour"))
    assert set(lines) == {"tanks", "crews", "unit-b:equipment", "unit-b:people"}
    assert (lines["tanks"].what, lines["tanks"].tonnes, lines["tanks"].surface_only) == ("equipment", 800.0, 800.0)
    assert lines["tanks"].group == lines["crews"].group == ("armour", "", "")
    assert lines["tanks"].place == ("unit-a", "sector", "")
    assert Mode.AIR not in lines["tanks"].modes


def test_parts_of_a_unit_move_their_share_of_a_stated_line() -> None:
    units = [pledge("unit-a", "home", strength=300.0)]
    whole = force(units).assignments[0]
    parts = tuple(whole.model_copy(update={"part": f"{number} of 2", "strength": people}) for number, people in ((1, 100.0), (2, 200.0)))
    split = force(units).model_copy(update={"assignments": parts})
    lines = with_staff(units, stated("stocks", element="initial stocks", bulk=90.0), split=split)
    shares = {name: line.bulk for name, line in lines.items() if name.startswith("stocks")}
    assert shares == pytest.approx({"stocks@sector#1": 30.0, "stocks@sector#2": 60.0})
    assert sum(line.bulk for line in lines.values()) == pytest.approx(90.0)


def test_stated_lines_of_units_without_a_place_move_nothing() -> None:
    units = [pledge("unit-a", "home")]
    assert set(with_staff(units, stated("other", unit="unit-b", people=10.0))) == {"unit-a:equipment", "unit-a:people"}
    assert set(with_staff(units, stated("south", sector="elsewhere", people=10.0))) == {"unit-a:equipment", "unit-a:people"}


def test_stated_modes_are_kept() -> None:
    units = [pledge("unit-a", "home")]
    lines = with_staff(units, stated("guns", element="equipment", vehicles=4.0, outsize=60.0, modes=(Mode.AIR,), load_class=40, height=3.0))
    assert (lines["guns"].modes, lines["guns"].load_class, lines["guns"].height) == (frozenset({Mode.AIR}), 40.0, 3.0)

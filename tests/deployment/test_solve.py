"""The whole stage on worlds small enough to work out by hand, and on the example."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.certificate import outcome
from casque.deployment.solve import Params, solve
from casque.errors import CasqueBug
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementStatus, Capability, Mode, NodeKind
from casque.plan.force import Assignment
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference
from tests.deployment import worlds

QUICK = Params(iterations=20, runs=0)
HOUR = 1 / 24 + 0.01
"""Days by which an arrival may fall behind plain arithmetic: ticks are hours, and people leave an hour after their vehicles are known."""
HOME, BASE = worlds.node("home", NodeKind.HOME, "sender"), worlds.node("base", NodeKind.BASE)


@settings(max_examples=25, deadline=None)
@given(vehicles=st.integers(1, 400), rate=st.integers(5, 60), days=st.floats(0.1, 6))
def test_a_march_column_passes_at_the_rate_of_the_road(vehicles: int, rate: int, days: float) -> None:
    """The last vehicle of a unit that drives leaves after all before it have passed; it arrives that day plus the march."""
    nodes = [worlds.node("home", NodeKind.STAGING, "transit"), BASE]
    unit = worlds.pledge("unit", "home")
    road = worlds.link("home", "base", length=240 * days, vehicles_per_day=float(rate))
    record = solve(
        worlds.mission(nodes, [road], [], [unit], [worlds.entry()]), worlds.reference(vehicles=float(vehicles)), worlds.force([unit]), QUICK
    )
    assert record.closure.value == pytest.approx(ceil(vehicles / rate) - 1 + days, abs=HOUR)
    assert record.closure.status == "optimal"
    assert record.in_place[0].earliest == record.in_place[0].day


@settings(max_examples=25, deadline=None)
@given(trips=st.integers(1, 6), rest=st.integers(0, 5), transit=st.integers(1, 10))
def test_a_shuttle_closes_by_the_interval_formula(trips: int, rest: int, transit: int) -> None:
    """Closure = first arrival + (trips - 1) x interval; one ship whose cycle is the interval."""
    nodes = [HOME, worlds.node("base", NodeKind.SEAPORT)]
    speed = 20.0
    sea = worlds.link("home", "base", Mode.SEA, length=240.0 * transit, speed=10.0)
    # Out and back, and the hours a day that it works stretch both to the interval.
    interval = 2 * transit + rest
    ship = worlds.lift("ship", Mode.SEA, 1, tonnes=100.0, speed=speed, turnaround=0.0, hours_per_day=48.0 * transit / interval, home="home")
    unit = worlds.pledge("unit", "home")
    plane = worlds.lift("plane", Mode.SEA, 1000, people=1000.0, speed=speed)
    record = solve(
        worlds.mission(nodes, [sea], [ship, plane], [unit], [worlds.entry()]),
        worlds.reference(tonnes=100.0 * trips, lane_metres=0.0),
        worlds.force([unit]),
        QUICK,
    )
    assert record.closure.value == pytest.approx(transit + (trips - 1) * interval, abs=2 * HOUR)


def test_people_and_equipment_travel_apart_and_meet() -> None:
    nodes = [HOME, worlds.node("field", NodeKind.AIRPORT), worlds.node("port", NodeKind.SEAPORT, handling=2.0), BASE]
    links = [
        worlds.link("home", "field", Mode.AIR, 400, 400),
        worlds.link("home", "port", Mode.SEA, 2400, 10),
        worlds.link("field", "base"),
        worlds.link("port", "base"),
    ]
    lifts = [
        worlds.lift("planes", Mode.AIR, 5, people=100.0, speed=400.0),
        worlds.lift("ship", Mode.SEA, 1, tonnes=5000.0, lane_metres=5000.0),
    ]
    unit = worlds.pledge("unit", "home", required=9)
    record = solve(worlds.mission(nodes, links, lifts, [unit], [worlds.entry()]), worlds.reference(), worlds.force([unit]), QUICK)
    equipment, people = record.loads
    assert [leg.mode for leg in equipment.legs] == [Mode.SEA, Mode.ROAD]
    assert [leg.mode for leg in people.legs] == [Mode.AIR, Mode.ROAD]
    assert equipment.arrives == record.in_place[0].day == 10 + 2 + 1
    assert equipment.arrives - 6 < people.arrives <= equipment.arrives + HOUR
    assert record.in_place[0].late == 4
    landed = people.legs[0].arrives
    assert landed < record.in_place[0].people_day + 0.01 < people.arrives
    come = ceil(landed - 1e-6)
    assert (record.strength[come - 1], record.strength[come], record.strength[13]) == (0, 100, 100)
    assert record.in_theatre == record.strength
    assert (record.lateness.value, record.lateness.status) == (4.0, "optimal")


def test_a_unit_in_the_theatre_drives_with_its_people_aboard() -> None:
    nodes = [worlds.node("camp", NodeKind.STAGING, "transit"), BASE]
    unit = worlds.pledge("unit", "camp", ready=-5)
    record = solve(
        worlds.mission(nodes, [worlds.link("camp", "base")], [], [unit], [worlds.entry(first=3)]),
        worlds.reference(),
        worlds.force([unit]),
        QUICK,
    )
    (load,) = record.loads
    assert (load.what, load.people, load.arrives) == ("equipment", 100, 3)
    assert record.in_theatre[0] == 100
    assert record.strength[:4] == (0, 0, 0, 100)
    assert record.in_place[0].people_day == record.in_place[0].day == 3


def test_people_who_wait_for_their_vehicles_are_in_the_area_inside_it_and_not_next_to_it() -> None:
    """A port of debarkation in the country of the base counts, one in a country that is only passed through does not.

    Three days are spent there, one on the road, and people allow one for waiting on the way.
    """

    def plan(country: str) -> MovementRecord:
        nodes = [HOME, worlds.node("field", NodeKind.AIRPORT, country, handling=3.0), worlds.node("port", NodeKind.SEAPORT), BASE]
        links = [
            worlds.link("home", "field", Mode.AIR, 400, 400),
            worlds.link("home", "port", Mode.SEA, 2400, 10),
            worlds.link("field", "base"),
            worlds.link("port", "base"),
        ]
        lifts = [
            worlds.lift("planes", Mode.AIR, 5, people=100.0, speed=400.0),
            worlds.lift("ship", Mode.SEA, 1, tonnes=5e3, lane_metres=5e3),
        ]
        unit = worlds.pledge("unit", "home")
        entries = [worlds.entry(), worlds.entry("transit")]
        return solve(worlds.mission(nodes, links, lifts, [unit], entries), worlds.reference(), worlds.force([unit]), QUICK)

    for country, stop in (("host", 0), ("transit", 1)):
        record = plan(country)
        (people,) = [load for load in record.loads if load.what == "people"]
        come = people.legs[stop].arrives
        assert record.in_place[0].people_day == pytest.approx(come, abs=0.01)
        assert record.strength[ceil(come) - 1 : ceil(come) + 1] == (0, 100)
    assert plan("host").in_place[0].people_day == plan("transit").in_place[0].people_day - 5


def test_a_unit_that_stands_in_the_area_when_called_is_in_it_from_the_day_it_is_ready() -> None:
    nodes = [worlds.node("camp"), BASE]
    unit = worlds.pledge("unit", "camp", ready=5)
    record = solve(
        worlds.mission(nodes, [worlds.link("camp", "base")], [], [unit], [worlds.entry()]), worlds.reference(), worlds.force([unit]), QUICK
    )
    assert (record.in_place[0].people_day, record.in_place[0].day) == (5, 6)
    assert record.strength[4:6] == (0, 100)


def test_an_agreement_in_force_later_holds_the_unit_back_and_one_refused_keeps_it_home() -> None:
    nodes = [HOME, worlds.node("between", country="transit"), BASE]
    links, unit = [worlds.link("home", "between"), worlds.link("between", "base")], worlds.pledge("unit", "home")

    def plan(**more: Any) -> MovementRecord:
        mission = worlds.mission(nodes, links, [], [unit], [worlds.entry(), worlds.entry("transit", **more)])
        return solve(mission, worlds.reference(vehicles=0.0), worlds.force([unit]), QUICK)

    assert plan().closure.value == 2
    assert plan(first=20).closure.value == 21
    refused = plan(status=AgreementStatus.REFUSED)
    assert refused.closure.status == "infeasible"
    assert "transit (via Between)" in refused.unmoved[0].reason
    assert "Status of forces in transit is refused" in refused.unmoved[0].reason
    assert plan(members=("other",)).unmoved
    assert plan(first=None, status=AgreementStatus.NEGOTIATING).unmoved


def test_no_lift_no_path_and_no_node_are_told_apart() -> None:
    nodes, unit = [HOME, BASE], worlds.pledge("unit", "home")

    def reason(links: list[object], home: str = "home") -> str:
        moved = worlds.pledge("unit", home)
        record = solve(worlds.mission(nodes, links, [], [moved], [worlds.entry()]), worlds.reference(), worlds.force([unit]), QUICK)  # type: ignore[arg-type]
        return record.unmoved[0].reason

    assert "no lift by sea" in reason([worlds.link("home", "base", Mode.SEA)])
    assert "no way in the network from Home to Base" in reason([])
    assert "no node elsewhere" in reason([], "elsewhere")


def test_what_holds_the_closure_is_named_with_its_worth() -> None:
    nodes = [HOME, BASE]
    road = worlds.link("home", "base", vehicles_per_day=10.0)
    units = [worlds.pledge(f"unit-{number}", "home") for number in range(12)]
    record = solve(worlds.mission(nodes, [road], [], units, [worlds.entry()]), worlds.reference(vehicles=7.0), worlds.force(units), QUICK)
    # Coaches carry each unit's people: three for a hundred. 12 x (7 + 3) vehicles at 10 a day.
    assert (record.closure.value, record.closure.bound) == pytest.approx((12, 12), abs=HOUR)
    assert record.bottlenecks[0].resource == "road from Home to Base: vehicles"
    assert record.bottlenecks[0].days == 2
    assert record.workloads[0].used[:12] == pytest.approx([10.0] * 12)


def test_what_a_capacity_takes_off_is_said_of_the_bound() -> None:
    road = worlds.link("home", "base", vehicles_per_day=10.0)
    units = [worlds.pledge(f"unit-{number}", "home") for number in range(12)]
    record = solve(worlds.mission([HOME, BASE], [road], [], units, [worlds.entry()]), worlds.reference(7.0), worlds.force(units), QUICK)
    assert record.bottlenecks[0].text == "With 20% more of it, road from Home to Base: vehicles lowers the bound on closure by 2 days."


def test_without_the_last_unit_the_rest_still_compete() -> None:
    """Twelve units close on day 12 by the road they share, however early each could be alone; the one that is ready on day 20 on day 21."""
    road = worlds.link("home", "base", vehicles_per_day=10.0)
    units = [*(worlds.pledge(f"unit-{number}", "home") for number in range(12)), worlds.pledge("straggler", "home", ready=20)]
    record = solve(worlds.mission([HOME, BASE], [road], [], units, [worlds.entry()]), worlds.reference(7.0), worlds.force(units), QUICK)
    assert (record.closure.value, record.closure.bound) == pytest.approx((21, 21), abs=HOUR)
    (last,) = (item for item in record.bottlenecks if item.resource == "journey of Straggler")
    assert last.days == pytest.approx(21 - 12, abs=HOUR)
    assert "leaving it out lowers the bound on closure by 9" in last.text


def test_a_force_of_one_has_no_rest_to_close_without_it() -> None:
    unit = worlds.pledge("unit", "home", ready=5)
    mission = worlds.mission([HOME, BASE], [worlds.link("home", "base")], [], [unit], [worlds.entry()])
    assert solve(mission, worlds.reference(), worlds.force([unit]), QUICK).bottlenecks == ()


def test_a_force_that_leaves_a_unit_behind_has_not_closed() -> None:
    """Neither a unit held at home by a road that shuts nor one without any way lets closure or lateness be proven best."""
    shut = worlds.link("home", "base", vehicles_per_day=10.0, closes=worlds.day(3))
    island = worlds.node("island", NodeKind.HOME, "sender")
    moving = [worlds.pledge(f"unit-{number}", "home", required=0) for number in range(4)]

    def plan(*more: Pledge) -> MovementRecord:
        units = [*moving, *more]
        mission = worlds.mission([HOME, island, BASE], [shut], [], units, [worlds.entry()])
        return solve(mission, worlds.reference(7.0), worlds.force(units), QUICK)

    whole = plan()
    assert whole.unmoved == ()
    assert whole.closure.value == pytest.approx(4, abs=HOUR)
    for record in (plan(worlds.pledge("held", "home")), plan(worlds.pledge("stranded", "island"))):
        assert len(record.unmoved) == 1
        for certificate in (record.closure, record.lateness):
            assert (certificate.status, certificate.gap) == ("feasible", 1.0)
        assert (record.closure.value, record.closure.bound) == pytest.approx((4, 4), abs=2 * HOUR)


def test_a_bound_above_its_schedule_is_a_bug() -> None:
    with pytest.raises(CasqueBug, match="rules out"):
        outcome(10.0, 11.0, True, False)


@pytest.mark.parametrize(("latitude", "days"), [(45.0, 2), (-45.0, 4)])
def test_roads_are_slow_in_the_winter_of_their_own_latitude(latitude: float, days: int) -> None:
    """From 1 June a southern road takes half of its 10 vehicles a day, a northern one all of them; 12 vehicles and 3 coaches go."""
    nodes = [place.model_copy(update={"latitude": latitude}) for place in (HOME, BASE)]
    road = worlds.link("home", "base", vehicles_per_day=10.0, winter_share=0.5)
    unit = worlds.pledge("unit", "home", ready=31)
    assert worlds.day(31) == date(2030, 6, 1)
    record = solve(worlds.mission(nodes, [road], [], [unit], [worlds.entry()]), worlds.reference(12.0), worlds.force([unit]), QUICK)
    assert record.closure.value == pytest.approx(31 + days - 1 + 1, abs=HOUR)


def test_an_agreement_without_a_first_day_opens_nothing() -> None:
    unit = worlds.pledge("unit", "home")
    mission = worlds.mission([HOME, BASE], [worlds.link("home", "base")], [], [unit], [worlds.entry(first=None)])
    assert [item.unit for item in solve(mission, worlds.reference(), worlds.force([unit]), QUICK).unmoved] == ["unit"]


def test_tours_that_end_are_deducted() -> None:
    unit = worlds.pledge("unit", "home")
    mission = worlds.mission([HOME, BASE], [worlds.link("home", "base")], [], [unit], [worlds.entry()])
    record = solve(mission, worlds.reference(), worlds.force([unit], end=30), QUICK)
    assert len(record.strength) == 101
    assert (record.strength[0], record.strength[2], record.strength[30], record.strength[31]) == (0, 100, 100, 0)


def test_an_empty_force_gives_an_empty_plan() -> None:
    record = solve(worlds.mission([HOME, BASE], [], [], [], []), worlds.reference(), worlds.force([]), QUICK)
    assert record.loads == ()
    assert record.closure.status == "optimal"


def test_the_example_moves_and_twice_gives_the_same_bytes(example: Mission, reference: Reference) -> None:
    assignments = tuple(
        Assignment(
            unit=pledge.id,
            member=pledge.member,
            unit_type=pledge.unit_type,
            capability=Capability.INFANTRY,
            quality=1,
            sector=pledge.sector or "north",
            strength=pledge.strength,
            start=0,
            end=300,
            tours=1,
        )
        for pledge in example.forces.pledges
    )
    force = worlds.force([]).model_copy(update={"assignments": assignments})
    record = solve(example, reference, force)
    assert not record.unmoved
    assert record.closure.bound <= record.closure.value < 90
    assert record.model_dump_json() == solve(example, reference, force).model_dump_json()
    assert all(inside <= wide for inside, wide in zip(record.strength, record.in_theatre, strict=True))
    assert all(row.people_day <= row.day for row in record.in_place)
    arrived = [sum(row.strength for row in record.in_place if row.day <= day) for day in range(100)]
    assert all(there >= units - 1 for there, units in zip(record.strength[:100], arrived, strict=True))


def first_entry(fleets: int) -> MovementRecord:
    """A unit required on day 3 whose equipment comes by sea on day 20 and whose people find small helicopters and fleets of later days."""
    nodes = [
        HOME,
        worlds.node("field", NodeKind.AIRPORT, "sender"),
        worlds.node("strip", NodeKind.AIRPORT),
        worlds.node("port", NodeKind.SEAPORT, opens=worlds.day(20)),
        BASE,
    ]
    links = [
        worlds.link("home", "field"),
        worlds.link("field", "strip", Mode.AIR, 400, 400),
        worlds.link("home", "port", Mode.SEA, 240, 10),
        worlds.link("strip", "base"),
        worlds.link("port", "base"),
    ]
    lifts = [
        worlds.lift("helicopters", Mode.AIR, 2, people=20.0, speed=200.0),
        worlds.lift("ship", Mode.SEA, 1, tonnes=5000.0, lane_metres=5000.0),
        *(worlds.lift(f"later-{n}", Mode.AIR, 9, people=200.0, speed=400.0, first_day=worlds.day(60)) for n in range(fleets)),
    ]
    unit = worlds.pledge("unit", "home", ready=0, required=3)
    return solve(worlds.mission(nodes, links, lifts, [unit], [worlds.entry()]), worlds.reference(), worlds.force([unit]), QUICK)


def test_people_of_a_first_entry_do_not_wait_for_their_vehicles() -> None:
    """They fly for the day on which the unit is required, count from then, and their unit is in place when the vehicles have come."""
    unit = first_entry(0).in_place[0]
    assert unit.day > 20
    assert unit.people_day <= 4
    assert unit.ready == 0


def test_a_small_fleet_is_found_among_many_larger_ones() -> None:
    """Fleets that serve later do not push the one that can fly now out of the routes looked at."""
    record = first_entry(15)
    flown = {leg.fleet for load in record.loads if load.what == "people" for leg in load.legs if leg.fleet}
    assert flown == {"helicopters"}


def test_a_unit_stationed_in_the_rear_counts_for_the_theatre_alone() -> None:
    """It stays at a place behind the border where its sector's base is not; the area never holds it."""
    nodes = [HOME, worlds.node("depot", NodeKind.STAGING, "transit"), BASE]
    links = [worlds.link("home", "depot"), worlds.link("depot", "base")]
    unit = worlds.pledge("unit", "home", stationed="depot")
    agreements = [worlds.entry(), worlds.entry("transit")]
    record = solve(worlds.mission(nodes, links, [], [unit], agreements), worlds.reference(), worlds.force([unit]), QUICK)
    assert record.in_place[0].outside
    assert max(record.strength) == 0
    assert max(record.in_theatre) == 100
    assert {load.legs[-1].end for load in record.loads} == {"depot"}

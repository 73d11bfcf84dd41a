"""A movement plan and reports of what really happened, on a small mission: two units, ships to a port, aircraft, one road inland."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casque.deployment.execution.actuals import moment
from casque.deployment.execution.remake import Made, remake
from casque.deployment.execution.situation import situation_of
from casque.deployment.execution.template import template
from casque.deployment.solve import Params, solve
from casque.deployment.verify import faults
from casque.errors import BadInput
from casque.mission.vocabulary import Mode, NodeKind
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference
from tests.deployment import worlds

HEADER = "load,shipment,event,place,date,vehicle,note\n"


class Moving:
    """A mission with its announced plan."""

    def __init__(self) -> None:
        nodes = [
            worlds.node("home", NodeKind.HOME, "sender"),
            worlds.node("port", NodeKind.SEAPORT, handling=1.0),
            worlds.node("field", NodeKind.AIRPORT),
            worlds.node("base", NodeKind.BASE),
        ]
        links = [
            worlds.link("home", "port", Mode.SEA, length=240.0 * 6),
            worlds.link("home", "field", Mode.AIR, length=240.0),
            worlds.link("port", "base", length=120.0),
            worlds.link("field", "base", length=120.0),
        ]
        lifts = [
            worlds.lift("ship", Mode.SEA, 2, tonnes=250.0, lane_metres=120.0, turnaround=24.0),
            worlds.lift("plane", Mode.AIR, 1, people=60.0, turnaround=6.0),
        ]
        pledges = [worlds.pledge("north", "home", 0, 20), worlds.pledge("south", "home", 3, 30), worlds.pledge("west", "home", 9, 40)]
        self.mission: Any = worlds.mission(nodes, links, lifts, pledges, [worlds.entry()])
        self.reference: Reference = worlds.reference()
        self.force: ForceRecord = worlds.force(pledges)
        self.record: MovementRecord = solve(self.mission, self.reference, self.force, Params(iterations=5, runs=0))

    def made(self, folder: Path, text: str, now: int | None = None) -> Made:
        """The plan made again on the text of a table."""
        file = folder / "actuals.csv"
        file.write_text(HEADER + text, encoding="utf-8")
        return remake(self.mission, self.reference, self.force, self.record, file, now)

    def load(self, unit: str, what: str) -> Any:
        """A load of the announced plan."""
        return next(load for load in self.record.loads if load.unit == unit and load.what == what)


@pytest.fixture(scope="module")
def moving() -> Moving:
    return Moving()


def arrivals(record: MovementRecord) -> dict[str, float]:
    return {load.id: load.arrives for load in record.loads}


def test_the_record_comes_back_as_the_plan_that_it_is_of(moving: Moving) -> None:
    situation = situation_of(moving.mission, moving.reference, moving.force, moving.record)
    assert faults(situation.translated.world, situation.plan) == []
    assert (situation.plan.arrival >= 0).all()
    assert situation.translated.world.loads == len(moving.record.shipments)


@pytest.mark.parametrize("now", [-5, 0, 2, 7, 12, 60])
def test_where_all_went_as_announced_nothing_changes(moving: Moving, tmp_path: Path, now: int) -> None:
    text = template(moving.record, now).removeprefix(HEADER)
    made = moving.made(tmp_path, text, now)
    assert made.remade.changed == ()
    assert made.remade.reports == text.count("\n")
    assert arrivals(made.record) == arrivals(moving.record)
    assert made.record.in_place == moving.record.in_place
    assert made.record.closure == moving.record.closure
    assert made.record.shipments == moving.record.shipments
    assert sorted((trip.fleet, trip.vehicle, trip.departs) for trip in made.record.trips) == sorted(
        (trip.fleet, trip.vehicle, trip.departs) for trip in moving.record.trips
    )


def test_a_ship_that_comes_late_puts_back_its_cargo_and_those_who_wait_for_it(moving: Moving, tmp_path: Path) -> None:
    cargo = moving.load("north", "equipment")
    lands = int(cargo.legs[0].arrives)
    made = moving.made(tmp_path, f"{cargo.id},,arrived,port,D+{lands + 3},,engine trouble\n")
    assert made.remade.now == lands + 4
    assert arrivals(made.record)[cargo.id] == pytest.approx(cargo.arrives + 3, abs=0.05)
    late = next(load for load in made.record.loads if load.id == cargo.id)
    assert late.legs[0].arrives == pytest.approx(cargo.legs[0].arrives + 3, abs=0.05)
    assert late.legs[0].departs == cargo.legs[0].departs
    rows = {row.load: row for row in made.remade.changed}
    assert "as reported" in rows[cargo.id].why
    assert rows[cargo.id].start == "port"
    place = {row.unit: row.day for row in made.record.in_place}
    before = {row.unit: row.day for row in moving.record.in_place}
    assert place["north"] == pytest.approx(before["north"] + 3, abs=0.2)
    assert made.record.strength[-1] == moving.record.strength[-1]


def test_a_closed_port_holds_up_the_ships_that_are_on_their_way(moving: Moving, tmp_path: Path) -> None:
    cargo = moving.load("north", "equipment")
    until = int(cargo.legs[0].arrives) + 5
    made = moving.made(tmp_path, f",,closed,port,D+{until},,strike\n", 2)
    late = next(load for load in made.record.loads if load.id == cargo.id)
    assert late.legs[0].arrives >= until
    assert late.arrives > cargo.arrives + 3
    assert made.remade.closure >= made.remade.closure_before
    assert all(part.arrives[0] >= until or part.load != cargo.id for part in made.record.shipments)


def test_a_delayed_unit_leaves_when_it_may_and_others_as_announced(moving: Moving, tmp_path: Path) -> None:
    made = moving.made(tmp_path, "west,,delayed,home,D+15,,\n", 5)
    assert {row.unit for row in made.remade.changed} == {"west"}
    assert all(row.departs is not None and (row.start != "home" or row.departs >= 15) for row in made.remade.changed)
    assert {row.why for row in made.remade.changed if row.what == "equipment"} == {"reported delayed"}


def test_a_lost_ship_takes_no_trip_any_more(moving: Moving, tmp_path: Path) -> None:
    first = min((trip for trip in moving.record.trips if trip.fleet == "ship"), key=lambda trip: trip.departs)
    made = moving.made(tmp_path, f",,lost,,D+1,ship {first.vehicle},\n", 1)
    later = [trip for trip in made.record.trips if trip.fleet == "ship" and trip.departs >= 1]
    assert all(trip.vehicle != first.vehicle for trip in later)
    assert made.remade.behind == 0
    assert len(made.record.loads) == len(moving.record.loads)


def test_a_lost_load_is_in_the_plan_no_more(moving: Moving, tmp_path: Path) -> None:
    cargo = moving.load("west", "equipment")
    made = moving.made(tmp_path, f"{cargo.id},,lost,,D+2,,\n", 4)
    assert cargo.id not in arrivals(made.record)
    assert {row.kind for row in made.remade.changed if row.load == cargo.id} == {"lost"}
    assert len(made.record.loads) == len(moving.record.loads) - 1


def test_every_fault_is_told_at_once_and_nothing_is_planned(moving: Moving, tmp_path: Path) -> None:
    cargo = moving.load("north", "equipment").id
    lines = [
        "nroth,,departed,home,D+1,,",
        f"{cargo},,departed,hom,D+1,,",
        f"{cargo},,arrived,port,32 May,,",
        f"{cargo},99,departed,home,D+1,,",
        f"{cargo},,flew,home,D+1,,",
        f"{cargo},,arrived,port,D+40,,",
        f"{cargo},,departed,home,D+1,shp 1,",
        f"{cargo},,departed,port,D+9,ship 1,",
        ",,delayed,,D+3,,",
        ",,departed,home,D+3,ship 1,",
        ",,closed,prot,D+3,,",
    ]
    with pytest.raises(BadInput) as stop:
        moving.made(tmp_path, "\n".join(lines) + "\n", 20)
    found = stop.value.faults
    assert {fault.line for fault in found} == set(range(2, 13))
    assert all(fault.file == "actuals.csv" and fault.seen and fault.expected.startswith("expected") for fault in found)
    near = {fault.line: fault.nearest for fault in found}
    assert (near[2], near[3], near[8], near[12]) == ("north", "home", "ship 1", "port")
    with pytest.raises(BadInput, match="nothing was written"):
        moving.made(tmp_path, "load,what\n")
    with pytest.raises(BadInput) as nothing:
        moving.made(tmp_path, ",,lost,,D+1,ship 1,\n")
    assert "--now" in nothing.value.next_step


def test_moments_are_read_as_dates_or_from_d_day() -> None:
    assert moment("D+3", worlds.D_DAY) == (3.0, False)
    assert moment("D-2T06:00", worlds.D_DAY) == (-1.75, True)
    assert moment("2030-05-03 12:00", worlds.D_DAY) == (2.5, True)
    assert moment("2030-05-03", worlds.D_DAY) == (2.0, False)
    assert all(moment(text, worlds.D_DAY) is None for text in ("", "D+", "D+3T25:00", "3 May", "2030-02-30", "D+99999999999"))

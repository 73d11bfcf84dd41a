"""A small movement plan of the example mission: two nations, a ship that both share in turn, and an airfield that both fly to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casque.mission.mission import Mission
from casque.mission.vocabulary import Mode
from casque.plan.movement import InPlace, Leg, Load, MovementRecord, Shipment, Trip, Unmoved
from casque.plan.record import Outcome
from casque.products.movement.lines import line_sheet, lines_of
from casque.products.movement.picture import MovementPicture, movement_picture
from casque.products.movement.table import csv_of
from casque.reference.load import Reference

NOTHING = Outcome(status="feasible", value=16, bound=14, gap=0.125, sense="least")
SHIP, AIR = "charter-ship", "charter-air"


def leg(link: str, start: str, end: str, mode: Mode, fleet: str, departs: float, arrives: float) -> Leg:
    """A leg."""
    return Leg(link=link, start=start, end=end, mode=mode, fleet=fleet, departs=departs, arrives=arrives)


def equipment(unit: str, member: str, port: str, sails: float, lands: float, metres: float) -> Load:
    """Equipment by sea to Exampland Port and by road to Southtown."""
    legs = (
        leg(f"{member.removesuffix('land').removesuffix('ia')}-sea", port, "exampport", Mode.SEA, SHIP, sails, lands),
        leg("port-road", "exampport", "examp-airport", Mode.ROAD, "", lands + 1, lands + 1.125),
        leg("airport-road", "examp-airport", "southtown", Mode.ROAD, "", lands + 1.125, lands + 1.25),
    )
    return Load(
        id=f"{unit}:equipment",
        unit=unit,
        sector="south",
        what="equipment",
        people=0,
        vehicles=60,
        lane_metres=metres,
        tonnes=500,
        ready=-2,
        required=20,
        legs=legs,
        arrives=lands + 1.25,
        line=f"{unit}:equipment",
        member=member,
        bulk=100,
        oversize=300,
        outsize=40,
        surface_only=60,
        dangerous=True,
    )


def people(unit: str, member: str, port: str, flies: float, count: float, required: int) -> Load:
    """People by air to Exampland Airport and on by road."""
    legs = (
        leg(f"{member.removesuffix('land').removesuffix('ia')}-air", port, "examp-airport", Mode.AIR, AIR, flies, flies + 0.25),
        leg("airport-road", "examp-airport", "southtown", Mode.ROAD, "", flies + 1, flies + 1.125),
    )
    return Load(
        id=f"{unit}:people",
        unit=unit,
        sector="south",
        what="people",
        people=count,
        vehicles=0,
        lane_metres=0,
        tonnes=0,
        ready=0,
        required=required,
        legs=legs,
        arrives=flies + 1.125,
        line=f"{unit}:people",
        member=member,
        available=2,
        earliest=3,
        latest=required,
    )


def shipment(load: Load, number: int, share: float, trip: str, shift: float = 0.0) -> Shipment:
    """A share of a load that travels on a trip, some days later than its first."""
    return Shipment(
        load=load.id,
        number=number,
        people=load.people * share,
        vehicles=load.vehicles * share,
        lane_metres=load.lane_metres * share,
        tonnes=load.tonnes * share,
        departs=tuple(item.departs + shift for item in load.legs),
        arrives=tuple(item.arrives + shift for item in load.legs),
        trips=(trip, *("" for _ in load.legs[1:])),
    )


def trip(fleet: str, vehicle: int, number: int, ends: tuple[str, str], days: tuple[float, float]) -> Trip:
    """A trip."""
    name = f"{fleet}-{vehicle}-{number}"
    return Trip(id=name, fleet=fleet, vehicle=vehicle, start=ends[0], end=ends[1], departs=days[0], arrives=days[1], full=0.5)


def small_record() -> MovementRecord:
    """Alfaland sails and flies first, Bravia after it with the same ship and other aircraft."""
    alf, bra = equipment("alf-inf", "alfaland", "alfaport", 1.0, 6.0, 600), equipment("bra-inf", "bravia", "braviaport", 10.0, 14.0, 500)
    first, second = people("alf-inf", "alfaland", "alfaport", 5.0, 400, 8), people("bra-inf", "bravia", "braviaport", 7.0, 300, 8)
    late = second.model_copy(update={"legs": tuple(item.model_copy(update={"arrives": item.arrives + 1}) for item in second.legs)})
    late = late.model_copy(update={"arrives": second.arrives + 1})
    return MovementRecord(
        loads=(alf, first, bra, late),
        in_place=(
            InPlace(unit="alf-inf", sector="south", strength=400, day=7.25, earliest=5, late=0),
            InPlace(unit="bra-inf", sector="south", strength=300, day=15.25, earliest=8, late=6.25),
        ),
        unmoved=(Unmoved(unit="car-mp", reason="Nothing sails from there."),),
        strength=(0.0,) * 20,
        in_theatre=(0.0,) * 20,
        workloads=(),
        closure=NOTHING,
        lateness=NOTHING,
        bottlenecks=(),
        shipments=(
            shipment(alf, 1, 1.0, f"{SHIP}-1-1"),
            shipment(first, 1, 1.0, f"{AIR}-1-1"),
            shipment(bra, 1, 1.0, f"{SHIP}-1-2"),
            shipment(second, 1, 0.5, f"{AIR}-2-1"),
            shipment(second, 2, 0.5, f"{AIR}-2-2", 1.0),
        ),
        trips=(
            trip(SHIP, 1, 1, ("alfaport", "exampport"), (0.0, 7.0)),
            trip(SHIP, 1, 2, ("braviaport", "exampport"), (9.0, 15.0)),
            trip(AIR, 1, 1, ("alfaport", "examp-airport"), (4.9, 5.4)),
            trip(AIR, 2, 1, ("braviaport", "examp-airport"), (6.9, 7.4)),
            trip(AIR, 2, 2, ("braviaport", "examp-airport"), (7.9, 8.4)),
        ),
    )


@pytest.fixture(scope="session")
def seen(example: Mission, reference: Reference) -> MovementPicture:
    """The picture of the small plan."""
    return movement_picture(example, reference, small_record())


Editor = Callable[[str, Mapping[str, Mapping[str, str]]], Path]


@pytest.fixture
def edit(seen: MovementPicture, tmp_path: Path) -> Editor:
    """Writes the list of a nation as CSV with some cells changed, by load and heading."""

    def write(member: str, changes: Mapping[str, Mapping[str, str]]) -> Path:
        rows = list(csv.DictReader(io.StringIO(csv_of(line_sheet(lines_of(seen, member))).decode())))
        for row in rows:
            row.update(changes.get(row["load"], {}))
        path = tmp_path / f"{member}.csv"
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write

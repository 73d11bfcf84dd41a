"""The vehicle manifest: everything that is shipped stands on a trip once."""

from __future__ import annotations

import csv
import io

import pytest

from casque.products.movement.manifest import manifest_sheet, trip_sheet, trips_of
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import csv_of


def test_nothing_is_lost_and_nothing_stands_twice(seen: MovementPicture) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_of(manifest_sheet(trips_of(seen))).decode())))
    assert len(rows) == len(seen.record.shipments)
    for field, head in (("people", "people"), ("vehicles", "vehicles"), ("lane_metres", "lane metres [m]"), ("tonnes", "tonnes [t]")):
        assert sum(float(row[head]) for row in rows) == pytest.approx(sum(getattr(load, field) for load in seen.record.loads))
    assert [row["trip"] for row in rows if row["load"] == "bra-inf:people"] == ["charter-air-2-1", "charter-air-2-2"]


def test_trips_say_when_and_for_whom(seen: MovementPicture) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_of(trip_sheet(trips_of(seen))).decode())))
    assert [row["trip"] for row in rows] == [f"charter-{name}" for name in ("air-1-1", "air-2-1", "air-2-2", "ship-1-1", "ship-1-2")]
    ship = rows[-1]
    assert (ship["departs"], ship["departs [D+]"], ship["nations"], ship["tonnes [t]"]) == ("2030-03-10T00:00", "9", "bravia", "500")
    assert (ship["owner"], ship["dangerous"], ship["filled"]) == ("un", "yes", "0.5")


def test_a_nation_sees_its_own_loads_only(seen: MovementPicture) -> None:
    sheet = manifest_sheet(trips_of(seen), "bravia")
    nation = sheet.heads.index("nation")
    assert {row[nation] for row in sheet.rows} == {"bravia"}
    assert len(sheet.rows) == 3

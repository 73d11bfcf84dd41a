"""The time-phased list: columns, dates, journeys, and the page that documents them."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

from casque.mission.mission import Mission
from casque.plan.movement import MovementRecord
from casque.products.movement.journey import journey
from casque.products.movement.lines import COLUMNS, line_sheet, lines_of
from casque.products.movement.picture import MovementPicture, movement_picture
from casque.products.movement.table import csv_of
from casque.reference.load import Reference
from tests.products.movement.conftest import equipment, small_record
from tests.products.records import full


def rows(seen: MovementPicture) -> list[dict[str, str]]:
    """The list as it is read back."""
    return list(csv.DictReader(io.StringIO(csv_of(line_sheet(lines_of(seen))).decode())))


def test_a_row_says_who_what_whence_and_when(seen: MovementPicture) -> None:
    row = next(row for row in rows(seen) if row["load"] == "alf-inf:equipment")
    assert row["line number"] == "ALF0101"
    assert (row["nation"], row["unit type"], row["dangerous"]) == ("alfaland", "infantry-battalion", "yes")
    assert (row["origin"], row["POE"], row["POD"], row["destination"]) == ("alfaport", "alfaport", "exampport", "southtown")
    assert (row["bulk [t]"], row["oversize [t]"], row["outsize [t]"], row["surface only [t]"]) == ("100", "300", "40", "60")
    assert (row["RLD"], row["RLD [D+]"]) == ("2030-02-27", "-2")
    assert (row["RDD"], row["RDD [D+]"]) == ("2030-03-21", "20")
    assert (row["ALD"], row["ALD [D+]"], row["departs origin"]) == ("", "", "")
    assert (row["leaves POE"], row["leaves POE [D+]"]) == ("2030-03-02T00:00", "1")
    assert (row["reaches destination"], row["reaches destination [D+]"]) == ("2030-03-08T06:00", "7.25")
    assert (row["source POE to POD"], row["source from POD"], row["trips"]) == ("charter-ship (un)", "own vehicles", "charter-ship-1-1")
    assert row["late by [d]"] == "0"


def test_dates_and_their_figures_say_the_same(seen: MovementPicture) -> None:
    for row in rows(seen):
        for head in ("RLD", "ALD", "EAD", "LAD", "RDD"):
            assert (row[head] == "") == (row[f"{head} [D+]"] == "")
        stated = [int(row[f"{head} [D+]"]) for head in ("RLD", "ALD", "EAD", "LAD", "RDD") if row[head]]
        assert stated == sorted(stated)


def test_a_late_line_says_by_how_much(seen: MovementPicture) -> None:
    late = {row["load"]: float(row["late by [d]"]) for row in rows(seen)}
    assert late.pop("bra-inf:people") == 1
    assert set(late.values()) == {0.0}


def test_every_column_is_documented_and_no_two_are_alike(seen: MovementPicture) -> None:
    heads = [column.head for column in COLUMNS]
    assert len(set(heads)) == len(heads)
    assert all(column.meaning.endswith(".") for column in COLUMNS)
    assert list(rows(seen)[0]) == heads


def test_a_journey_by_land_has_no_ports() -> None:
    load = equipment("alf-inf", "alfaland", "alfaport", 1, 6, 600)
    way = journey(load.model_copy(update={"legs": load.legs[1:]}))
    assert (way.embarkation, way.debarkation, way.origin, way.destination) == ("", "", "exampport", "southtown")
    assert way.times() == {"departs origin": 7.0, "reaches destination": 7.25}
    assert journey(load.model_copy(update={"legs": ()})).times() == {}


def test_parts_of_a_journey_are_its_legs_in_order() -> None:
    for load in small_record().loads:
        way = journey(load)
        assert tuple(leg for part in way.parts for leg in part.legs) == load.legs
        assert all(one.end == other.start for one, other in pairwise(load.legs))
        assert [part.first for part in way.parts] == [0, 0, 1]


def test_records_without_shipments_give_whole_lists(example: Mission, reference: Reference) -> None:
    record = next(item for item in full(example) if isinstance(item, MovementRecord))
    found = rows(movement_picture(example, reference, record))
    assert len(found) == len(record.loads)
    assert {row["shipments"] for row in found} == {"1"}
    assert {row["trips"] for row in found} == {""}

"""What changed for whom, in words, as a table and as files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from casque.plan.movement import MovementRecord
from casque.plan.record import Outcome
from casque.plan.remade import ChangedMovement, Remade
from casque.products.remade import HEADS, moment, remade_files, remade_tables, remade_text

NOTHING = Outcome(status="optimal", value=0, bound=0, gap=0, sense="least")
ROW = ChangedMovement(
    unit="north",
    member="sender",
    load="north:equipment",
    shipment=1,
    what="equipment",
    people=0,
    tonnes=20.5,
    kind="planned",
    start="port",
    departs_before=8.25,
    departs=11.5,
    arrives_before=9.0,
    arrives=12.25,
    by_before="",
    by="ship 2",
    way_before="port – base",
    way="port – field – base",
    why="no capacity left: port is closed",
)
RECORD = MovementRecord.model_construct(
    loads=(),
    in_place=(),
    unmoved=(),
    strength=(),
    in_theatre=(),
    workloads=(),
    closure=NOTHING,
    lateness=NOTHING,
    bottlenecks=(),
)


def remade(*rows: ChangedMovement) -> Remade:
    return Remade(
        now=5,
        reports=1,
        assumed=3,
        shipments=40,
        closure_before=20.0,
        closure=23.5,
        lateness_before=0,
        lateness=4,
        behind=sum(row.kind == "behind" for row in rows),
        changed=rows,
    )


def test_parts_that_change_alike_share_a_row() -> None:
    rows = [ROW, ROW.model_copy(update={"shipment": 2}), ROW.model_copy(update={"unit": "south", "load": "south:people"})]
    (table,) = remade_tables(remade(*rows), 10)
    assert [row[1] for row in table.rows] == ["north:equipment, 2 parts", "south:people"]
    assert table.rows[0][3:6] == ("D+8 06h → D+11 12h", "D+9 → D+12 06h", "own wheels → ship 2; by port – field – base")
    (short,) = remade_tables(remade(*rows), 1)
    assert short.rows[-1][0] == "… 1 more"
    assert remade_tables(remade(), 10) == []


def test_text_says_what_was_assumed_and_left_behind() -> None:
    behind = ROW.model_copy(update={"kind": "behind", "departs": None, "arrives": None})
    lines = " ".join(remade_text(remade(ROW, behind)))
    assert "2 of 40 parts of loads" in lines
    assert "D+20 as announced, D+23 12h now" in lines
    assert "3 parts of loads were announced to have left" in lines
    assert "1 parts of loads cannot be brought in" in lines
    (table,) = remade_tables(remade(behind), 5)
    assert table.rows[0][3:6] == ("D+8 06h → –", "D+9 → –", "left behind")


def test_files_hold_dates_and_the_record() -> None:
    files = remade_files(remade(ROW), RECORD, date(2030, 5, 1))
    head, row = csv.reader(io.StringIO(files["changes.csv"].decode()))
    assert tuple(head) == HEADS
    found = dict(zip(head, row, strict=True))
    assert (found["departs_before"], found["departs"]) == ("2030-05-09T06:00", "2030-05-12T12:00")
    assert (found["from"], found["by"], found["tonnes [t]"]) == ("port", "ship 2", "20.5")
    assert json.loads(files["movement.json"])["closure"]["value"] == 0


def test_moments_in_words() -> None:
    assert [moment(day) for day in (None, 0, -1.25, 3.999, 2.5)] == ["–", "D+0", "D−2 18h", "D+4", "D+2 12h"]

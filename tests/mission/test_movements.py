"""forces/movements.csv: read, and refused with every fault at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.mission.folder import read
from tests.conftest import EXAMPLE

FILE = "forces/movements.csv"
COLUMNS = (
    "id,statement,unit,element,sector,people [person],vehicles [vehicle],lane_metres [m],surface_only [t],"
    "ready_to_load,available_to_load,earliest_arrival,latest_arrival,required,modes,priority,module,origin\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    return folder


def _unit() -> str:
    """A unit of the example with a required date."""
    return next(pledge.id for pledge in read(EXAMPLE).forces.pledges if pledge.required is not None)


def _write(folder: Path, *rows: str) -> Path:
    wide = COLUMNS.count(",")
    text = "".join(row.replace("UNIT", _unit()) + "," * (wide - row.count(",")) + "\n" for row in rows)
    (folder / FILE).write_text(COLUMNS + text, encoding="utf-8")
    return folder


def test_a_folder_may_do_without_it() -> None:
    assert read(EXAMPLE).movements.movements == ()


def test_a_line_is_read_with_its_units_days_and_modes(folder: Path) -> None:
    row = "adv,joins,UNIT,advance party,,20,2,24,,D+1,D+2,D+3,D+4,D+5,air;sea,1,first-in,"
    (item,) = read(_write(folder, row)).movements.movements
    assert (item.people, item.vehicles, item.lane_metres, item.tonnes) == (20.0, 2.0, 24.0, 0.0)
    assert (item.modes, item.priority, item.module, item.element) == (("air", "sea"), 1, "first-in", "advance party")
    assert item.available_to_load is not None
    assert (item.available_to_load - read(folder).about.d_day).days == 2


WRONG = [
    ("a,joins,UNITx,main body,,10", "unit", "known unit", "UNIT"),
    ("a,join,UNIT,main body,,10", "statement", "overrides, joins", "joins"),
    ("a,joins,UNIT,mainbody,,10", "element", "one of main body", "main body"),
    ("a,joins,UNIT,main body,norht,10", "sector", "known sector", "north"),
    ("a,joins,UNIT,main body,,10,,,,,,,,,,,,exampprt", "origin", "known node", "exampport"),
    ("a,joins,UNIT,main body,,-1", "people", "at least 0 person", ""),
    ("a,joins,UNIT,main body,,", "people", "above 0", ""),
    ("a,joins,UNIT,equipment,,,5,50,20,,,,,,air", "modes", "a mode on the surface", ""),
    ("a,joins,UNIT,equipment,,,5,50,,D+9,D+8", "available_to_load", "no earlier than ready_to_load", ""),
    ("a,joins,UNIT,equipment,,,5,50,,D+9,D+10,D+12,D+11", "latest_arrival", "no earlier than earliest_arrival", ""),
    ("a,joins,UNIT,equipment,,,5,50,,D+9,,,D+30,D+20", "required", "no earlier than latest_arrival", ""),
    ("a,joins,UNIT,equipment,,,5,50,,,D-900", "available_to_load", "no earlier than ready_to_load", ""),
    ("a,joins,UNIT,equipment,,,5,50,,,,,D+900", "latest_arrival", "no later than required", ""),
    ("a,joins,UNIT,equipment,,,5,50,,,,,,,,6", "priority", "at most 5", ""),
]


@pytest.mark.parametrize(("row", "field", "expected", "near"), WRONG)
def test_a_wrong_line_is_told_with_its_place(folder: Path, row: str, field: str, expected: str, near: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(_write(folder, "sound,joins,UNIT,main body,,10", row))
    faults: list[Fault] = list(refused.value.faults)
    (fault,) = [found for found in faults if found.file == FILE]
    assert fault.line == 3
    assert fault.where.split(".")[-1] == field
    assert expected in fault.expected
    assert fault.nearest == near.replace("UNIT", _unit())


def test_the_same_name_twice_is_a_fault(folder: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read(_write(folder, "a,joins,UNIT,main body,,10", "a,joins,UNIT,equipment,,10"))
    assert [fault.line for fault in refused.value.faults] == [3]

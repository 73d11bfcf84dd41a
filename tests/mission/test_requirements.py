"""forces/requirements.csv: read, refused with every fault at its line, changed by scenarios, exported and brought in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.mission.folder import look, read
from casque.mission.new_folder import header_of, write_new
from casque.mission.requirements import Requirement
from casque.products.workbook.bring_in import bring_in
from tests.conftest import EXAMPLE
from tests.products.workbooks import exported

FILE = "forces/requirements.csv"
HEAD = (
    "id,mode,task,sector,capability,strength [person],low [person],high [person],"
    "first_day,last_day,priority,required_by,source,grade,note\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    return folder


def _write(folder: Path, *rows: str) -> Path:
    (folder / FILE).write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return folder


def _faults(folder: Path, *rows: str) -> list[Fault]:
    with pytest.raises(BadInput) as refused:
        read(_write(folder, *rows))
    return list(refused.value.faults)


def test_a_folder_may_do_without_it(folder: Path) -> None:
    (folder / FILE).unlink()
    assert read(folder).requirements.requirements == ()


def test_a_line_is_read_with_its_units_and_days(folder: Path) -> None:
    row = "camp,joins,separate-parties,north,engineer,90,80,120,D+10,D+100,2,D+20,estimate,judgement,winter camps"
    (item,) = read(_write(folder, row)).requirements.requirements
    assert (item.strength, item.low, item.high, item.priority, item.mode) == (90.0, 80.0, 120.0, 2, "joins")
    assert item.first_day is not None
    assert (item.first_day - read(folder).about.d_day).days == 10


WRONG = [
    ("a,overrides,separate-partys,north,infantry,90,,,,,,,,,", "task", "'separate-partys'", "known task", "separate-parties"),
    ("a,overrides,separate-parties,nort,infantry,90,,,,,,,,,", "sector", "'nort'", "known sector", "north"),
    ("a,overides,separate-parties,north,infantry,90,,,,,,,,,", "mode", "'overides'", "overrides", "overrides"),
    ("a,joins,separate-parties,north,enginer,90,,,,,,,,,", "capability", "'enginer'", "engineer", "engineer"),
    ("a,joins,separate-parties,north,engineer,90,100,,,,,,,,", "low", "low 100 person", "at most the strength, 90 person", ""),
    ("a,joins,separate-parties,north,engineer,90,,80,,,,,,,", "high", "high 80 person", "at least the strength, 90 person", ""),
    ("a,joins,separate-parties,north,engineer,-1,,,,,,,,,", "strength", "'-1", "at least 0 person", ""),
    ("a,joins,separate-parties,north,engineer,90,,,D+9,D+4,,,,,", "last_day", "last_day", "no earlier than first_day", ""),
    ("a,joins,separate-parties,north,engineer,90,,,,D+4,,D+9,,,", "last_day", "last_day", "no earlier than required_by", ""),
    ("a,joins,separate-parties,north,engineer,90,,,,,9,,,,", "priority", "'9'", "at most 5", ""),
    ("a,joins,separate-parties,north,engineer,90,,,,,,,nowhere,,", "source", "'nowhere'", "source in sources.yaml", ""),
]


@pytest.mark.parametrize(
    ("row", "place", "seen", "expected", "near"), WRONG, ids=[f"{item[1]}-{number}" for number, item in enumerate(WRONG)]
)
def test_every_fault_has_its_line_what_was_seen_and_what_was_expected(
    folder: Path, row: str, place: str, seen: str, expected: str, near: str
) -> None:
    fault = next(fault for fault in _faults(folder, "ok,joins,separate-parties,north,engineer,90,,,,,,,,,", row) if place in fault.where)
    assert (fault.file, fault.line) == (FILE, 3)
    assert seen in fault.seen
    assert expected in fault.expected
    assert near in fault.nearest


def test_overriding_what_nothing_works_out_is_told_with_what_the_task_needs(folder: Path) -> None:
    (fault,) = _faults(folder, "a,overrides,separate-parties,north,infantri,90,,,,,,,,,".replace("infantri", "medical"))
    assert (fault.file, fault.line) == (FILE, 2)
    assert fault.seen == "a line that overrides medical in north"
    assert fault.expected == "expected something that the task 'separate-parties' needs: infantry in north"
    assert "Write 'joins'" in fault.next_step


def test_two_lines_override_the_same_only_on_other_days(folder: Path) -> None:
    early = "a,overrides,separate-parties,north,infantry,90,,,D,D+50,,,,,"
    late = "b,overrides,separate-parties,north,infantry,60,,,D+51,D+90,,,,,"
    assert len(read(_write(folder, early, late)).requirements.requirements) == 2
    (fault,) = _faults(folder, early, late.replace("D+51", "D+50"))
    assert (fault.line, fault.seen) == (3, "'infantry' in 'north' for 'separate-parties' again")
    assert "another on line 2" in fault.expected
    (twice,) = _faults(folder, early, late.replace("b,", "a,"))
    assert "'a' again" in twice.seen


def test_a_scenario_adds_changes_and_takes_away_lines(folder: Path) -> None:
    _write(folder, "a,joins,separate-parties,north,engineer,90,,,,,,,,,", "b,joins,secure-area,south,engineer,50,,,,,,,,,")
    change = """\
scenarios:
  - id: leaner
    title: Leaner
    description: Fewer engineers, more information.
    source: [estimate]
    changes:
      - {item: "requirement:a", field: strength, set: 40 person}
      - {remove: "requirement:b"}
      - add: requirement
        item: {id: c, mode: joins, task: secure-area, sector: south, capability: information, strength: 15 person}
"""
    (folder / "scenarios.yaml").write_text(change, encoding="utf-8")
    reading = look(folder)
    assert not reading.faults, reading.faults
    assert [(item.id, item.strength) for item in read(folder).requirements.requirements] == [("a", 90), ("b", 50)]
    assert [(item.id, item.strength) for item in read(folder, "leaner").requirements.requirements] == [("a", 40), ("c", 15)]
    (folder / FILE).unlink()
    kept = change[: change.index("      - {item")] + change[change.index("      - add") :]
    (folder / "scenarios.yaml").write_text(kept, encoding="utf-8")
    assert [item.id for item in read(folder, "leaner").requirements.requirements] == ["c"]


def test_the_blank_forms_have_every_column(tmp_path: Path) -> None:
    assert FILE in write_new(tmp_path / "new", blank=True)
    assert (tmp_path / "new" / FILE).read_text() == header_of(Requirement)
    assert FILE in write_new(tmp_path / "example")
    assert read(tmp_path / "example").requirements.requirements == ()


@pytest.mark.parametrize("present", [True, False])
def test_a_line_added_in_the_workbook_comes_in(folder: Path, present: bool) -> None:
    if not present:
        (folder / FILE).unlink()
    workbook = exported(folder)
    assert bring_in(workbook, folder) == []
    assert (folder / FILE).exists() is present
    book = load_workbook(workbook)
    sheet = book["requirements"]
    names = {str(cell.value).split(" [")[0]: number for number, cell in enumerate(sheet[1], 1)}
    row: dict[str, str | int] = {
        "id": "camp",
        "mode": "joins",
        "task": "separate-parties",
        "sector": "north",
        "capability": "engineer",
        "strength": 90,
    }
    for name, value in row.items():
        sheet.cell(row=2, column=names[name], value=value)
    book.save(workbook)
    assert bring_in(workbook, folder) == [f"{FILE}: 1 row added"]
    (item,) = read(folder).requirements.requirements
    assert (item.id, item.strength) == ("camp", 90.0)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=15, max_size=15))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_row_ends_in_faults_or_a_mission(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    folder = tmp_path_factory.mktemp("row") / "mission"
    shutil.copytree(EXAMPLE, folder)
    text = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    (folder / FILE).write_text(HEAD + text + "\n", encoding="utf-8")
    reading = look(folder)
    assert all(fault.file == FILE and fault.expected for fault in reading.faults)
    assert reading.faults or len(read(folder).requirements.requirements) <= 1

"""`casque may`: answers with exit code 0 also for a no, and refuses what it does not know."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from casque import cli
from casque.plan.force import ForceRecord
from casque.runs import asked
from tests.conftest import EXAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "mission"))


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["casque", "may", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


def test_a_no_is_an_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, str(folder), "car-mp", "detain", "--at", "south", "--time", "D+2", "--given", "violent crowd") == 0
    said = capsys.readouterr().out
    assert said.startswith("Prohibited: Military Police Company")
    assert "From D+4 (2030-03-05)" in said


def test_machines_get_the_whole_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        str(folder),
        "car-mp",
        "detain",
        "--at",
        "bridge",
        "--time",
        "D+40T22:00",
        "--given",
        "violent crowd",
        "--given",
        "obstruction",
    ]
    assert typed(monkeypatch, *words, "--protecting", "civilians", "--json") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert (data["answer"], data["delay"]) == ("needs word", 48.0)
    assert data["request"]["given"] == ["obstruction", "violent crowd"]


def test_names_are_listed(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, str(folder)) == 0
    said = capsys.readouterr().out
    for name in ("car-mp", "detain", "self-defence", "old-quarter", "violent crowd", "designated sites"):
        assert name in said


def test_units_stand_where_the_last_run_put_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assignment: dict[str, object] = {
        "unit": "car-mp",
        "member": "carolia",
        "unit_type": "military-police-company",
        "capability": "military police",
    }
    assignment |= {"quality": 1, "sector": "north", "strength": 120, "start": 20, "end": 180, "tours": 1}
    fields = dict.fromkeys(("idle", "fills", "shortfalls", "weighted_fill", "strength_by_month", "next_pledges", "pivotal"), ())
    outcome = {"status": "feasible", "value": 0, "bound": 0, "gap": 0, "sense": "least"}
    force = ForceRecord.model_validate({"assignments": [assignment, assignment | {"unit": "gone"}], "outcome": outcome, **fields})

    def last(_folder: Path, stage: str, _scenario: str) -> ForceRecord:
        if stage != "generate":
            raise ValueError("a record of another version")
        return force

    before = asked.asked(folder, "car-mp", "detain", "north", "D+40")
    assert before.decided_by == ("caveat:carolia-own-sector", "rule:detain")
    monkeypatch.setattr(asked, "last_record", last)
    after = asked.asked(folder, "car-mp", "detain", "north", "D+40")
    assert (after.decided_by, after.remarks) == (("rule:detain",), ())


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("car-pm", "detain", "--at", "south", "--time", "D+2"), "'car-mp'"),
        (("car-mp", "detian", "--at", "south", "--time", "D+2"), "'detain'"),
        (("car-mp", "detain", "--at", "soth", "--time", "D+2"), "'south'"),
        (("car-mp", "detain", "--at", "south", "--time", "D+900"), "D+180"),
        (("car-mp", "detain", "--at", "south", "--time", "soon"), "D+3T14:00"),
        (("car-mp", "detain", "--at", "south", "--time", "D+2", "--given", "crowd"), "'violent crowd'"),
        (("car-mp", "detain", "--at", "south", "--time", "D+2", "--protecting", "civilian"), "'civilians'"),
        (("car-mp", "detain"), "--at, --time"),
        (("car-mp", "detain", "--at", "south", "--time", "D+2", "--scenario", "none"), "no scenario"),
    ],
)
def test_what_is_not_known_is_refused(
    folder: Path, words: tuple[str, ...], part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, str(folder), *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert part in said.err
    assert "Traceback" not in said.err

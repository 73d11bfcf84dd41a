"""`casque usable`: a curve at one place, every place out of reach, and unknown names refused with exit code 2."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casque import cli
from tests.conftest import EXAMPLE

CALL = ("public-order", "--time", "D+60T14:00")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(shutil.copytree(EXAMPLE, tmp_path / "mission", ignore=shutil.ignore_patterns("out")))


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["casque", "usable", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


def data(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)["data"]


def test_a_curve_at_one_place(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, folder, *CALL, "--at", "old-quarter", "--within", "90min", "--json") == 0
    found = data(capsys)
    assert found["hours"][:3] == [0, 1, 1.5]
    assert found["curves"][0]["first"] == pytest.approx(6, abs=0.01)
    assert [cost["string"] for cost in found["costs"]] == ["rule:detain"]
    assert typed(monkeypatch, folder, *CALL, "--at", "old-quarter", "--lift", "rule:detain") == 0
    said = capsys.readouterr().out
    assert "lifted as asked" in said
    assert "Carolia" in said or "Bravia" in said


def test_every_place_where_none_is_named(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, folder, *CALL, "--json") == 0
    found = data(capsys)
    assert [(place["place"], place["hours"] > found["within"]) for place in found["places"]] == [("old-quarter", True)]
    assert typed(monkeypatch, folder, *CALL, "--lift", "words") == 0
    assert "0 of 1 places do not see 120 usable people within 2 h." in capsys.readouterr().out


def test_a_situation_that_is_said_is_not_assumed(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = (folder, "detain", "--time", "D+60", "--at", "south", "--given", "violent crowd", "--strength", "50 person", "--json")
    assert typed(monkeypatch, *words) == 0
    found = data(capsys)
    assert not found["assumed"]
    assert (found["situation"], found["strength"]) == (["detain: violent crowd"], 50)


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("public-ordr", "--time", "D+60"), "public-order"),
        (("public-order", "--time", "D+60", "--at", "old-quartr"), "old-quarter"),
        (("detain", "--time", "D+60", "--given", "violent crowds"), "violent crowd"),
        (("detain", "--time", "D+60", "--lift", "caveat:carolia"), "carolia-own-sector"),
        (("detain", "--time", "soon"), "D+3T14:00"),
        (("detain", "--time", "D+60", "--within", "2 parsec"), "2 h"),
    ],
)
def test_what_is_not_known_is_refused(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], near: str
) -> None:
    assert typed(monkeypatch, folder, *words) == 2
    assert near in capsys.readouterr().err

"""`casque forces` and `casque ask`: what the pledges add up to and what to ask of whom; unknown names are refused with exit code 2."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casque import cli
from tests.conftest import EXAMPLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("force") / "mission", ignore=shutil.ignore_patterns("out")))


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["casque", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


def data(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)["data"]


def test_forces_shows_every_answer(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert typed(monkeypatch, "forces", folder) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 100
    for title in ("Fill by month", "Fill by capability and sector", "Shortfalls", "Next best pledges", "On whom it hangs", "Burden"):
        assert title in said
    assert "No run of the folder as it stands" in said


def test_forces_narrows_what_machines_get_too(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, "forces", folder, "--json") == 0
    everything = data(capsys)
    assert typed(monkeypatch, "forces", folder, "--sector", "Sector North", "--capability", "Infantry", "--month", "2", "--json") == 0
    found = data(capsys)
    assert {(line["sector"], line["capability"]) for line in found["lines"].values()} == {("north", "infantry")}
    assert len(found["weighted_fill"]) == 1
    assert 0 < len(found["fills"]) < len(everything["fills"])
    assert typed(monkeypatch, "forces", folder, "--member", "Bravia", "--json") == 0
    assert {item["member"] for item in data(capsys)["assignments"]} == {"bravia"}


def test_ask_lists_and_writes_a_sheet_for_every_nation(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert typed(monkeypatch, "ask", folder, "--out", str(tmp_path), "--json") == 0
    found = data(capsys)
    nations = {"alfaland", "bravia", "carolia"}
    assert {sheet["member"] for sheet in found["sheets"]} == nations
    wanted = {f"ask-{name}.{kind}" for name in nations for kind in ("pdf", "html")}
    assert {path.name for path in tmp_path.iterdir()} == wanted | {"conference.html", "conference.csv", "conference.xlsx"}
    assert {Path(name).name for name in found["files"]} == {path.name for path in tmp_path.iterdir()}


def test_ask_of_one_nation_says_its_sheet(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, "ask", folder, "--nation", "BRAVIA") == 0
    said = capsys.readouterr().out
    assert "sheet for Bravia" in said
    assert "7th Infantry Battalion" in said
    assert "What is lost if you leave" in said


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("ask", "--nation", "bravai"), "Did you mean 'bravia'?"),
        (("ask", "--nation", "exampland"), "Exampland has pledged no unit"),
        (("forces", "--sector", "nort"), "Did you mean 'north'?"),
        (("forces", "--capability", "infantri"), "Did you mean 'infantry'?"),
        (("forces", "--month", "40"), "expected 0 to"),
        (("forces", "--member", "nobody"), "no member is called 'nobody'"),
        (("forces", "--rows", "0"), "expected 1 to 10000"),
    ],
)
def test_what_is_not_known_is_refused(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], near: str
) -> None:
    verb, *rest = words
    assert typed(monkeypatch, verb, folder, *rest) == 2
    assert near in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_a_clear_fault(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert typed(monkeypatch, "ask", folder, "--nation", "bravia", "--out", str(tmp_path / "file")) == 2
    assert "cannot be written" in capsys.readouterr().err

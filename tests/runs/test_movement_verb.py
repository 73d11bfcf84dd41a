"""`casque movement`: the last run's plan by nation, its files, and what nations bring back; what cannot be read is refused with code 2."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casque import cli
from casque.errors import NotYetRun
from casque.plan.movement import MovementRecord
from casque.reference.opening import open_folder
from casque.runs.local import run
from casque.runs.movement_found import movement_of
from tests.conftest import EXAMPLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example mission, run."""
    made = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("movement") / "mission", ignore=shutil.ignore_patterns("out"))
    opened = open_folder(made)
    run(made, opened.mission, opened.reference, {"replications": 20})
    return str(made)


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of a command."""
    monkeypatch.setattr("sys.argv", ["casque", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


def data(capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command gave machines."""
    return json.loads(capsys.readouterr().out)["data"]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a list."""
    return list(csv.DictReader(io.StringIO(path.read_text())))


def test_a_run_leaves_the_lists_and_the_verb_shows_the_plan(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = rows_of(Path(folder) / "out" / "time-phased-list.csv")
    assert typed(monkeypatch, "movement", folder, "--out", str(tmp_path), "--json") == 0
    found = data(capsys)
    assert {row["nation"] for row in found["nations"]} >= {"Alfaland", "Bravia"}
    assert len({row["line number"] for row in rows}) == len(rows) > 0
    assert (tmp_path / "time-phased-list.csv").read_bytes() == (Path(folder) / "out" / "time-phased-list.csv").read_bytes()
    assert sum(int(row["units"]) for row in found["nations"]) == len({row["unit"] for row in rows})
    assert typed(monkeypatch, "movement", folder, "--nation", "Bravia", "--rows", "2") == 0
    said = capsys.readouterr().out
    assert "Deployment plan: Bravia" in said
    assert "Alfaland" not in said.partition("Points of contact")[0].partition("Who carries you")[0]


def test_what_nations_bring_back_is_merged(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert typed(monkeypatch, "movement", folder, "--out", str(tmp_path), "--json") == 0
    files = [str(tmp_path / f"movement-{member}.csv") for member in ("alfaland", "bravia")]
    capsys.readouterr()
    assert typed(monkeypatch, "movement", folder, "--merge", *files) == 0
    assert "No conflicts." in capsys.readouterr().out
    rows = rows_of(Path(files[0]))
    rows[0]["RLD [D+]"] = "90"
    with Path(files[0]).open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert typed(monkeypatch, "movement", folder, "--merge", *files, "--out", str(tmp_path / "merged"), "--json") == 1
    found = data(capsys)
    assert found["changed"] == [rows[0]["load"]]
    assert {item["kind"] for item in found["conflicts"]} >= {"dates", "not ready"}
    assert (tmp_path / "merged" / "conflicts.csv").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--nation", "bravja"), "Did you mean 'bravia'?"),
        (("--rows", "0"), "expected 1 to 10000"),
        (("--merge", "nothing.csv"), "nothing.csv"),
        (("--merge", "a.csv", "--nation", "bravia"), "do not go together"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert typed(monkeypatch, "movement", folder, *words) == 2
    assert told in capsys.readouterr().err


def test_without_a_run_the_next_step_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = shutil.copytree(EXAMPLE, tmp_path / "mission", ignore=shutil.ignore_patterns("out"))
    assert typed(monkeypatch, "movement", str(made)) == 2
    assert "casque run" in capsys.readouterr().err
    with pytest.raises(NotYetRun):
        movement_of(made)


def test_a_folder_that_has_changed_since_the_run_is_said(folder: str, tmp_path: Path) -> None:
    made = shutil.copytree(folder, tmp_path / "mission")
    said: list[str] = []
    assert isinstance(movement_of(made, tell=said.append).movement, MovementRecord)
    assert said == []
    table = made / "transport" / "links.csv"
    table.write_text(table.read_text().replace("alfaport,exampport,sea,4200", "alfaport,exampport,sea,4300"))
    movement_of(made, tell=said.append)
    assert said == ["The folder has changed since the last run: this is the movement plan of that run."]

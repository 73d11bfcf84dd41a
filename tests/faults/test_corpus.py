"""Every broken folder is refused with its faults, all at once, and `out/` stays as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from casque import cli
from tests.conftest import EXAMPLE
from tests.faults.corpus import CORPUS, Broken


def _digest(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["casque", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example, with something in `out/` that must survive."""
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    (folder / "out" / "records").mkdir(parents=True)
    (folder / "out" / "manifest.json").write_text("{}")
    (folder / "out" / "records" / "check-0-0.json").write_text("old")
    return folder


def test_corpus_is_large_enough_and_named_once() -> None:
    names = [broken.name for broken in CORPUS]
    assert len(names) >= 40
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("broken", CORPUS, ids=[broken.name for broken in CORPUS])
def test_refused_with_place_and_cure(
    broken: Broken, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken.breaking(folder)
    before = _digest(folder / "out")
    assert _run(monkeypatch, "run", str(folder)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    place = f"{broken.file}:{broken.line}:" if broken.line else f"{broken.file}:"
    assert place in said.err, said.err
    for text in (*broken.says, *broken.also):
        assert text in said.err, said.err
    assert _digest(folder / "out") == before
    assert _run(monkeypatch, "check", str(folder), "--json") == 2
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"ok", "status", "command", "data", "error"}
    assert answer["ok"] is False
    assert answer["status"] == 2
    faults = answer["error"]["faults"]
    if broken.faults is not None:
        assert len(faults) == broken.faults, faults
    if broken.file:
        assert any(fault["file"] == broken.file and fault["line"] == broken.line for fault in faults)


def test_unreadable_file_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(self: Path) -> bytes:
        if self.name == "tasks.yaml":
            raise PermissionError(13, "Permission denied")
        return original(self)

    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert _run(monkeypatch, "check", str(folder)) == 2
    assert "tasks.yaml: found a file that cannot be read (permission denied)" in capsys.readouterr().err


def test_no_such_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, "run", str(tmp_path / "nowhere")) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [("frobnicate",), ("run",), ("run", "x", "--seed", "many"), ("run", "x", "--frob"), ("run", "x", "--replications", "0")]
)
def test_bad_command_line(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, *words) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert said.err.startswith(("casque: ", "x: "))

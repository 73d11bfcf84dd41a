"""Writing cards from the command line: whole files or a clear fault."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from casque.cli import app
from casque.errors import BadInput, CasqueError, NoSuchItem, Unwritable
from casque.products.cards.files import write_files
from tests.conftest import EXAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "mission"))


def call(*words: object) -> object:
    """What a command returns."""
    return app([str(word) for word in words], print_error=False, exit_on_error=False)


def test_one_contingent_or_all(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "cards"
    assert call("rules", "card", folder, "--nation", "bravia", "--on", "D+60", "--language", "fr", "--out", out) == 0
    assert sorted(path.name for path in out.iterdir()) == ["card-bravia-2030-04-30-fr.html", "card-bravia-2030-04-30-fr.pdf"]
    first = (out / "card-bravia-2030-04-30-fr.pdf").read_bytes()
    assert call("rules", "card", folder, "--all", "--on", "2030-04-30", "--language", "fr", "--out", out, "--json") == 0
    data = json.loads("{" + capsys.readouterr().out.partition("{")[2])["data"]
    assert [item["member"] for item in data["cards"]] == ["alfaland", "bravia", "carolia"]
    assert len(list(out.iterdir())) == len(data["files"]) == 6
    assert (out / "card-bravia-2030-04-30-fr.pdf").read_bytes() == first


@pytest.mark.parametrize(
    ("words", "kind", "text"),
    [
        (("--nation", "bravi", "--on", "D+60"), NoSuchItem, "bravi"),
        (("--nation", "bravia", "--on", "D+6000"), BadInput, "outside the mission"),
        (("--nation", "bravia", "--on", "soon"), BadInput, "no time"),
        (("--nation", "bravia", "--on", "D+60", "--language", "xx"), BadInput, "language"),
        (("--on", "D+60"), BadInput, "either"),
        (("--nation", "bravia", "--all", "--on", "D+60"), BadInput, "either"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(
    folder: Path, tmp_path: Path, words: tuple[str, ...], kind: type[CasqueError], text: str
) -> None:
    with pytest.raises(kind, match=text):
        call("rules", "card", folder, *words, "--out", tmp_path / "cards")
    assert not (tmp_path / "cards").exists()


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable, match="cannot be written"):
        write_files(tmp_path / "file", {"a.pdf": b"x"})
    (tmp_path / "out" / "a.pdf").mkdir(parents=True)
    with pytest.raises(Unwritable):
        write_files(tmp_path / "out", {"a.pdf": b"x"})
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.pdf"]


def test_the_quiz_reads_piped_answers_and_scores_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("rules", "quiz", folder, "--nation", "alfaland", "--on", "D+60", "--questions", "4", "--seed", "2")
    assert call(*words, "--answers", "--json") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    right = [card["right"] for card in data["training"]["cards"]]
    assert "score" not in data
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(str(number) for number in right[:3]) + "\n"))
    assert call(*words) == 0
    assert capsys.readouterr().out.rstrip().endswith("3 of 3 right.")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(str(number) for number in right)))
    assert call(*words, "--json") == 0
    assert json.loads(capsys.readouterr().out)["data"]["score"] == {"answers": right, "right": 4, "asked": 4, "ended": False}


def test_training_sheets_are_written(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("rules", "quiz", folder, "--nation", "carolia", "--on", "D+60", "--out", tmp_path / "t", "--language", "fr") == 0
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == ["training-carolia-1-fr.html", "training-carolia-1-fr.pdf"]
    assert "training-carolia-1-fr.pdf" in capsys.readouterr().out

"""`casque deploy`: what cannot be meant is refused with exit code 2 and a next step, before anything is planned or written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casque.errors import BadInput
from casque.mission.mission import Mission
from casque.reference.opening import open_folder
from casque.runs.remade_found import day_of
from tests.conftest import EXAMPLE
from tests.runs.test_force_verbs import typed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("deploy") / "mission", ignore=shutil.ignore_patterns("out"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--from-actuals or --actuals-template"),
        (["--from-actuals", "a.csv", "--actuals-template", "b.csv"], "one of them only"),
        (["--from-actuals", "a.csv", "--rows", "0"], "expected 1 to 10000"),
        (["--from-actuals", "a.csv"], "casque run"),
        (["--actuals-template", "b.csv"], "casque run"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    folder: Path, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder.parent)
    assert typed(monkeypatch, "deploy", str(folder), *words) == 2
    told = capsys.readouterr()
    assert said in told.out + told.err
    assert not (folder / "out" / "execution").exists()
    assert not Path("b.csv").exists()


def test_now_is_a_day() -> None:
    mission: Mission = open_folder(EXAMPLE).mission
    assert day_of(mission, "") is None
    assert day_of(mission, "D-3") == -3
    assert day_of(mission, mission.about.d_day.isoformat()) == 0
    for text in ("soon", "D+3T06:00", "2031-02-30"):
        with pytest.raises(BadInput, match="--now"):
            day_of(mission, text)

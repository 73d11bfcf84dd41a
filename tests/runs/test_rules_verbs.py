"""`casque rules`: check, compare and review, in text and JSON, and names that are not known refused with exit code 2."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casque import cli
from tests.conftest import EXAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(shutil.copytree(EXAMPLE, tmp_path / "mission", ignore=shutil.ignore_patterns("out")))


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["casque", "rules", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


def data(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)["data"]


def edited(folder: str, old: str, new: str) -> None:
    path = Path(folder) / "engagement.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_rules_that_agree_say_so(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, "check", folder) == 0
    assert "agree with each other" in capsys.readouterr().out


def test_a_rule_without_effect_is_an_error_with_its_place(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(folder, "    status: implemented", "    given_all: [obstruction]\n    unless: [obstruction]\n    status: implemented")
    assert typed(monkeypatch, "check", folder, "--json") == 1
    kinds = {item["kind"]: item for item in data(capsys)["incoherences"]}
    assert kinds["contradicts itself"]["place"][0] == "engagement.yaml"
    assert typed(monkeypatch, "check", folder) == 1
    out = capsys.readouterr().out
    assert "is ruled out by obstruction" in out
    assert "Example: " in out


def test_two_days_are_compared(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, "compare", folder, "--from-day", "D+2", "--to-day", "D+60", "--json") == 0
    found = data(capsys)
    assert {(*item["measures"], item["was"], item["now"]) for item in found["changes"]} == {("detain", "prohibited", "needs word")}
    assert typed(monkeypatch, "compare", folder, "--from-day", "D+2", "--to-day", "D+60") == 0
    assert "detain: prohibited -> needs word" in capsys.readouterr().out


def test_scenarios_are_compared(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    scenarios = Path(folder) / "scenarios.yaml"
    change = "  - id: free\n    title: Free\n    description: No caveats.\n    changes:\n      - remove: [caveat:carolia-own-sector]\n"
    scenarios.write_text(scenarios.read_text(encoding="utf-8").rstrip() + "\n" + change, encoding="utf-8")
    assert typed(monkeypatch, "compare", folder, "base", "free", "--from-day", "D+60") == 0
    out = capsys.readouterr().out
    assert "all units of Carolia, outside their own sector" in out
    assert "needs word -> permitted" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "{}"), "both sides are base on the same day"),
        (("compare", "{}", "base", "bse"), "Did you mean 'base'?"),
        (("compare", "{}", "--to-day", "soon"), "no time"),
        (("review", "{}", "--on", "D+9999"), "outside the mission"),
        (("check", "{}", "--scenario", "nothing"), "nothing"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert typed(monkeypatch, *(word.format(folder) for word in words)) == 2
    assert said in capsys.readouterr().err


def test_requests_are_reviewed(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = "status: requested\n    requested: 2030-03-02\n    requested_by: south-hq\n    reason: Arms\n    review_by: 2030-04-01"
    edited(folder, "status: implemented\n    implemented: 2030-03-05", asked)
    assert typed(monkeypatch, "review", folder, "--on", "D+30", "--within", "30", "--json") == 0
    found = data(capsys)
    assert [(item["rule"], item["days"], item["tasks"]) for item in found["pending"]] == [("detain", 29, ["public-order"])]
    assert found["due"][0]["what"] == "review"
    assert typed(monkeypatch, "review", folder, "--on", "D+30") == 0
    assert "1\u00a0request waiting" in capsys.readouterr().out

"""The page on force generation is run on a copy of the training mission, its Python too."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.test_tutorial import follow

PAGE = ROOT / "docs" / "forces.md"


def test_page_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "missions" / "carana", tmp_path / "carana", ignore=shutil.ignore_patterns("out"))
    follow(PAGE, tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, str(PAGE), "exec"), {})
    gap, facts, asks = capsys.readouterr().out.splitlines()
    assert gap.startswith("0.0")
    assert "Pledged" in facts
    assert int(asks) > 10

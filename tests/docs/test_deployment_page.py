"""The page on deployment is run on a copy of the training mission, its Python too."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.test_tutorial import follow

PAGE = ROOT / "docs" / "deployment.md"


def test_page_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "missions" / "carana", tmp_path / "carana", ignore=shutil.ignore_patterns("out"))
    follow(PAGE, tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, str(PAGE), "exec"), {})
    closures, ends, units = capsys.readouterr().out.splitlines()
    low, median, high = map(float, closures.split())
    assert low <= median <= high
    before, now = map(float, ends.split())
    assert now > 95
    assert now >= before
    assert len(eval(units)) > 3

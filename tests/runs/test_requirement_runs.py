"""The requirement is worked out anew when a task, a threat, a phase, a road or a stated line changes, and at no other change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casque.reference.opening import open_folder
from casque.runs.local import run
from tests.conftest import EXAMPLE

OPTIONS = {"replications": 20}
LINE = "camp,joins,separate-parties,north,engineer,90,,,,,,,,,\n"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after one run."""
    folder = tmp_path_factory.mktemp("requirement") / "mission"
    shutil.copytree(EXAMPLE, folder)
    _ran(folder)
    return folder


def _ran(folder: Path) -> dict[str, tuple[str, ...]]:
    """The stages that ran and why."""
    opened = open_folder(folder)
    return {done.stage.name: done.because for done in run(folder, opened.mission, opened.reference, OPTIONS).done if not done.cached}


def _after(finished: Path, tmp_path: Path, file: str, old: str, new: str) -> dict[str, tuple[str, ...]]:
    folder = tmp_path / "mission"
    shutil.copytree(finished, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return _ran(folder)


CHANGES = {
    "task": ("tasks.yaml", "posts: 6", "posts: 9", "tasks"),
    "window of a task": ("tasks.yaml", "required_by: D+40", "required_by: D+50", "tasks"),
    "threat": ("area.yaml", "{phase: presence, level: low}", "{phase: presence, level: high}", "area"),
    "phase": ("mission.yaml", "end: D+59", "end: D+50", "about"),
    "road": ("transport/links.csv", "", "", "transport"),
    "stated line": ("forces/requirements.csv", "", "", "requirements"),
}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_what_decides_the_requirement_works_it_out_anew(finished: Path, tmp_path: Path, what: str) -> None:
    file, old, new, part = CHANGES[what]
    text = (EXAMPLE / file).read_text(encoding="utf-8")
    if what == "road":
        header, first = text.splitlines()[:2]
        cells = first.split(",")
        place = next(number for number, name in enumerate(header.split(",")) if name.startswith("speed"))
        cells[place] = "17"
        old, new = first, ",".join(cells)
    elif what == "stated line":
        old, new = text, text + LINE
    ran = _after(finished, tmp_path, file, old, new)
    assert ran["require"] == (part,)
    if what in ("task", "threat", "stated line"):
        assert "record require" in ran["generate"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("forces/pledges.csv", ",700,confirmed", ",650,confirmed"),
        ("engagement.yaml", "    delay: 48 h\n", "    delay: 36 h\n"),
        ("mandate.yaml", 'paragraph: "3"', 'paragraph: "5"'),
    ],
    ids=["pledge", "caveat", "mandate"],
)
def test_what_decides_nothing_of_it_leaves_it_alone(finished: Path, tmp_path: Path, file: str, old: str, new: str) -> None:
    assert "require" not in _after(finished, tmp_path, file, old, new)

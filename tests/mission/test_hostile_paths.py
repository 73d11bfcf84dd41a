"""Nothing outside a mission folder is read or written, whatever the folder, its scenarios or its tables say."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from casque.errors import BadInput, CasqueError
from casque.mission.folder import look, read
from casque.reference.opening import open_folder
from casque.runs.last import last_records
from casque.store.records import RecordStore
from tests.conftest import EXAMPLE

SECRET = "kept: apart from everything"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the mission, with what must not be shown or changed."""
    place = tmp_path / "outside"
    shutil.copytree(EXAMPLE, place)
    (place / "secret.yaml").write_text(SECRET, encoding="utf-8")
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    return folder


def _link(folder: Path, name: str, target: Path) -> None:
    path = folder / name
    path.unlink() if path.is_file() else shutil.rmtree(path)
    path.symlink_to(target)


LINKS: dict[str, tuple[str, str]] = {
    "a file": ("tasks.yaml", "secret.yaml"),
    "a sound file": ("tasks.yaml", "tasks.yaml"),
    "the title page": ("mission.yaml", "mission.yaml"),
    "a table": ("forces/pledges.csv", "forces/pledges.csv"),
    "a folder of tables": ("observations", "observations"),
    "the lessons": ("lessons", "lessons"),
}
"""What is replaced by a link, and what of the folder beside the mission it leads to."""


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("name", sorted(LINKS))
def test_a_link_that_leads_out_is_not_followed(name: str, relative: bool, folder: Path, outside: Path) -> None:
    place, target = LINKS[name]
    up = Path(*[".."] * len(Path(place).parts)) / "outside"
    _link(folder, place, (up if relative else outside) / target)
    with pytest.raises(BadInput) as refused:
        open_folder(folder)
    assert "a link that leads out of the folder" in {fault.seen for fault in refused.value.faults}
    assert not any("kept" in fault.sentence() for fault in refused.value.faults)


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "tasks.yaml").rename(folder / "out" / "tasks.yaml")
    (folder / "tasks.yaml").symlink_to("out/tasks.yaml")
    assert read(folder).tasks == read(EXAMPLE).tasks


def test_a_folder_reached_by_a_link_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "by-link").symlink_to(folder)
    assert read(tmp_path / "by-link") == read(folder)


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/null"])
def test_a_device_is_not_read(target: str, folder: Path) -> None:
    _link(folder, "tasks.yaml", Path(target))
    assert "a device or pipe" in {fault.seen for fault in look(folder).faults}


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "tasks.yaml").unlink()
    os.mkfifo(folder / "tasks.yaml")
    assert "a device or pipe" in {fault.seen for fault in look(folder).faults}


NAMES = ["../outside", "/etc/passwd", "..", "a/b", "a\\b", "x\0y", "~", "%2e%2e"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_no_paths(name: str, folder: Path) -> None:
    """Neither a scenario nor what it rests on, nor any item, can have a name that leads somewhere."""
    for field in ("id", "based_on"):
        facts = {"id": "odd", "title": "Odd", "description": "Odd.", "changes": "[]"} | {field: f"'{name}'"}
        text = "scenarios:\n  - {" + ", ".join(f"{key}: {value}" for key, value in facts.items()) + "}\n"
        (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
        reading = look(folder)
        assert reading.scenario_faults
        assert not reading.faults


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_asked_for_by_a_path_is_unknown(name: str, folder: Path, outside: Path) -> None:
    before = sorted(path.relative_to(outside) for path in outside.rglob("*"))
    with pytest.raises(CasqueError):
        open_folder(folder, name)
    with pytest.raises((CasqueError, ValueError)):
        last_records(folder, name)
    assert sorted(path.relative_to(outside) for path in outside.rglob("*")) == before


@pytest.mark.parametrize(
    "change",
    [
        "{item: 'file:../outside/secret.yaml', field: kept, set: gone}",
        "{item: 'file:/etc/passwd', field: root, set: gone}",
        "{add: lesson, item: {id: ../../outside/secret, title: x}}",
        "{remove: 'lesson:../outside/secret'}",
    ],
)
def test_a_scenario_changes_nothing_on_the_disk(change: str, folder: Path, outside: Path) -> None:
    text = f"scenarios:\n  - id: odd\n    title: Odd\n    description: Odd.\n    changes:\n      - {change}\n"
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    before = {path: path.read_bytes() for path in outside.parent.rglob("*") if path.is_file()}
    with pytest.raises(BadInput):
        open_folder(folder, "odd")
    assert {path: path.read_bytes() for path in outside.parent.rglob("*") if path.is_file()} == before


def test_records_of_a_scenario_stay_in_the_folder(folder: Path) -> None:
    for name in ("base", "late-bravia"):
        assert RecordStore(folder, name).out.resolve().is_relative_to(folder.resolve())

"""Folders of other formats: refused by the reader with a clear word, lifted into a new folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from casque import cli
from casque.errors import BadInput, Unwritable
from casque.mission.folder import read
from casque.mission.upgrade import upgrade
from casque.mission.upgrade_steps import STEPS
from casque.mission.version import FORMAT
from tests.conftest import EXAMPLE


def _digest(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _format(folder: Path, written: str) -> None:
    page = folder / "mission.yaml"
    page.write_text(re.sub(r"^format: \d+", f"format: {written}", page.read_text(), flags=re.MULTILINE))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The example as a folder of format 0, with Windows line ends, a byte order mark, comments and records."""
    folder = tmp_path / "old"
    shutil.copytree(EXAMPLE, folder)
    _format(folder, "0 # before the first release")
    page = folder / "mission.yaml"
    text = (
        page.read_text()
        .replace("lead: un", "lead_organisation: un   # who leads")
        .replace("horizon: 180 d", "horizon_days: 180  # half a year")
    )
    page.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (folder / "out").mkdir()
    (folder / "out" / "manifest.json").write_text("{}")
    (folder / "notes.md").write_text("ours")
    return folder


def test_there_is_a_step_from_every_format() -> None:
    assert len(STEPS) == FORMAT


def test_lifted_folder_reads_and_keeps_what_no_step_touches(old: Path, tmp_path: Path) -> None:
    before = _digest(old)
    done = upgrade(old, tmp_path / "deep" / "new")
    assert done[0] == "mission.yaml: 'lead_organisation' is now called 'lead'."
    assert "mission.yaml: 'horizon_days' is now written '180 d', was '180'." in done
    assert f"mission.yaml: 'format' is now written '{FORMAT}', was '{FORMAT - 1}'." in done
    new = tmp_path / "deep" / "new"
    about, example = read(new).about, read(EXAMPLE).about
    assert (about.lead, about.horizon, about.format) == (example.lead, 180, FORMAT)
    assert _digest(old) == before
    after = _digest(new)
    assert set(after) == set(before) - {"out/manifest.json"}
    touched = {name for name in after if after[name] != before[name]}
    assert touched == {"mission.yaml"}
    expected = before["mission.yaml"].replace(b"lead_organisation:", b"lead:").replace(b"horizon_days: 180 ", b"horizon: 180 d ")
    assert after["mission.yaml"] == expected.replace(b"format: 0", f"format: {FORMAT}".encode())
    assert [path.name for path in new.parent.iterdir()] == ["new"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("0", ("mission.yaml:3: format: found format 0", "older Casque", "casque upgrade FOLDER NEW_FOLDER")),
        ("99", ("mission.yaml:3: format: found format 99", "newer Casque", "Update Casque.")),
        ("'99'", ("newer Casque",)),
    ],
)
def test_reader_refuses_other_formats_with_one_fault(
    written: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    _format(folder, written)
    # What another format may have changed is not held against the folder.
    (folder / "tasks.yaml").write_text("duties: []\n")
    with pytest.raises(BadInput) as fault:
        read(folder)
    assert len(fault.value.faults) == 1
    monkeypatch.setattr("sys.argv", ["casque", "check", str(folder)])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert all(word in said for word in words), said


def test_d_day_is_a_day_of_the_calendar(tmp_path: Path) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    page = folder / "mission.yaml"
    page.write_text(page.read_text().replace("d_day: 2030-03-01", "d_day: D+3"))
    with pytest.raises(BadInput) as fault:
        read(folder)
    assert [item.where for item in fault.value.faults] == ["d_day"]


def test_never_over_something_that_stands_there(old: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    before = _digest(tmp_path)
    for target in (tmp_path / "there", old, old / "inside", old / "out" / "deep"):
        with pytest.raises(Unwritable):
            upgrade(old, target)
    assert _digest(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "there"]


@pytest.mark.parametrize("written", [str(FORMAT), "99", "", "first"])
def test_other_formats_are_not_lifted(written: str, old: Path, tmp_path: Path) -> None:
    page = old / "mission.yaml"
    page.write_text(page.read_text(encoding="utf-8-sig").replace("format: 0", f"format: {written}"), encoding="utf-8")
    with pytest.raises(BadInput):
        upgrade(old, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_links_and_broken_title_pages_are_refused(old: Path, tmp_path: Path) -> None:
    (old / "secret.md").symlink_to("/etc/hostname")
    with pytest.raises(BadInput) as fault:
        upgrade(old, tmp_path / "new")
    assert [item.file for item in fault.value.faults] == ["secret.md"]
    (old / "secret.md").unlink()
    (old / "mission.yaml").write_text("format: [0\n")
    with pytest.raises(BadInput, match="cannot be read"):
        upgrade(old, tmp_path / "new")
    with pytest.raises(BadInput, match="cannot be read"):
        upgrade(tmp_path / "nowhere", tmp_path / "new")


def test_values_that_no_step_can_judge_are_left_to_the_reader(old: Path, tmp_path: Path) -> None:
    page = old / "mission.yaml"
    page.write_text(page.read_text(encoding="utf-8-sig").replace("horizon_days: 180", "horizon_days: long"), encoding="utf-8")
    upgrade(old, tmp_path / "new")
    with pytest.raises(BadInput) as fault:
        read(tmp_path / "new")
    assert [item.where for item in fault.value.faults] == ["horizon"]

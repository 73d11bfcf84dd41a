"""What `casque new` writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from casque.errors import BadInput, Unwritable
from casque.mission.folder import YAML_FILES, read
from casque.mission.new_folder import own_first, write_new


def test_example_reads(tmp_path: Path) -> None:
    files = write_new(tmp_path / "new")
    assert "forces/pledges.csv" in files
    assert read(tmp_path / "new").about.id == "example"


def test_blank_forms_ask_for_what_is_needed_and_explain_every_key(tmp_path: Path) -> None:
    write_new(tmp_path / "new", blank=True)
    for name, (_, model) in YAML_FILES.items():
        text = (tmp_path / "new" / name).read_text()
        for field, info in own_first(model).items():
            assert f"{field}:" in text
            assert " ".join((info.description or "").split()) in text
    with pytest.raises(BadInput) as fault:
        read(tmp_path / "new")
    assert all(item.seen.startswith(("no '", "no ")) for item in fault.value.faults), fault.value.faults


def test_never_over_something_that_stands_there(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "keep.txt").write_text("mine")
    with pytest.raises(Unwritable):
        write_new(tmp_path / "old")
    assert (tmp_path / "old" / "keep.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]

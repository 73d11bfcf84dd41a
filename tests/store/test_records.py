"""Records on disk are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casque.errors import Unwritable
from casque.plan.product import Product, ProductRecord
from casque.store.records import Manifest, RecordStore, write_whole

RECORD = ProductRecord(products=(Product(path="report.html", title="Report", sha256="0"),))


def test_saved_record_is_found_and_reads_back(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    stored = store.save("produce", "a" * 64, RECORD)
    found = store.find("produce", "a" * 64)
    assert found == stored
    assert store.load(stored, ProductRecord) == RECORD
    assert store.find("produce", "b" * 64) is None
    assert store.find("check", "a" * 64) is None


@pytest.mark.parametrize("harm", [b"", b"{}", b"x" * 10])
def test_a_harmed_record_is_no_record(tmp_path: Path, harm: bytes) -> None:
    store = RecordStore(tmp_path)
    stored = store.save("produce", "a" * 64, RECORD)
    stored.path.write_bytes(harm)
    assert store.find("produce", "a" * 64) is None


def test_publishing_drops_what_no_manifest_names(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    old, new = store.save("produce", "a" * 64, RECORD), store.save("produce", "b" * 64, RECORD)
    store.publish(Manifest("m", {"seed": 1}, {"produce": {"key": new.key, "sha256": new.sha256, "file": new.path.name, "inputs": {}}}))
    assert not old.path.exists()
    assert new.path.exists()
    assert store.manifest().stages["produce"]["key"] == "b" * 64


@pytest.mark.parametrize("text", ["", "{", "[]", '{"mission": 1}'])
def test_a_harmed_manifest_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(text)
    assert RecordStore(tmp_path).manifest() == Manifest()


def test_an_interrupted_write_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def stop(_source: str, _target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable, match="cannot be written"):
        write_whole(tmp_path / "file" / "below", b"x")

"""A slice of the mutated folders; `python -m tests.faults.fuzz` runs any number."""

from __future__ import annotations

from pathlib import Path

from tests.faults.fuzz import fuzz


def test_a_slice_of_mutated_folders_gives_faults_or_missions(tmp_path: Path) -> None:
    tally = fuzz(400, seed=7, folder=tmp_path / "mission")
    assert tally.folders == 400
    assert 0 < tally.missions < 400
    assert tally.faults > 400

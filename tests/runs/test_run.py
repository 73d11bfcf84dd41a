"""A whole run: repeated, interrupted, changed in one place, with one worker and with two."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casque.errors import NoSuchItem, NotYetRun, Unwritable
from casque.reference.opening import open_folder
from casque.runs.explain import explain
from casque.runs.last import force_in_place, last_record, last_records
from casque.runs.local import DEFAULTS, RunResult, only, run
from casque.runs.stages import STAGES
from casque.store.records import RecordStore
from tests.conftest import EXAMPLE

OPTIONS = {"replications": 50}


def _run(folder: Path, **options: int) -> RunResult:
    opened = open_folder(folder)
    return run(folder, opened.mission, opened.reference, OPTIONS | options)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after one run."""
    folder = tmp_path_factory.mktemp("run") / "mission"
    shutil.copytree(EXAMPLE, folder)
    _run(folder)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of the example after one run, to change."""
    folder = tmp_path / "mission"
    shutil.copytree(finished, folder)
    return folder


def test_second_run_recomputes_nothing_and_changes_no_byte(folder: Path) -> None:
    before = _bytes(folder)
    result = _run(folder)
    assert [done.stage.name for done in result.done if not done.cached] == []
    assert _bytes(folder) == before


def test_every_stage_leaves_a_record_that_reads_back(finished: Path) -> None:
    assert [item["stage"] for item in last_records(finished)] == [stage.name for stage in STAGES]
    for stage in STAGES:
        assert isinstance(last_record(finished, stage.name), stage.gives)


def test_only_stages_that_read_a_pledge_run_after_it_changed(folder: Path) -> None:
    path = folder / "forces" / "pledges.csv"
    path.write_text(path.read_text().replace(",700,confirmed", ",650,confirmed", 1))
    result = _run(folder)
    ran = {done.stage.name: done.because for done in result.done if not done.cached}
    assert "require" not in ran
    assert {"check", "generate"} <= set(ran)
    assert ran["generate"] == ("forces",)


def test_a_comment_changes_nothing(folder: Path) -> None:
    path = folder / "tasks.yaml"
    path.write_text("# a remark\n" + path.read_text())
    assert all(done.cached for done in _run(folder).done)


def test_seed_reaches_only_the_stages_that_draw(folder: Path) -> None:
    ran = [done.stage.name for done in _run(folder, seed=7).done if not done.cached]
    assert "simulate" in ran
    assert not {"check", "require"} & set(ran)


def test_plan_says_what_the_run_then_does(folder: Path) -> None:
    path = folder / "engagement.yaml"
    path.write_text(path.read_text().replace("delay: 48 h", "delay: 72 h"))
    opened = open_folder(folder)
    steps = explain(folder, opened.mission, opened.reference, DEFAULTS | OPTIONS)
    result = _run(folder)
    for step, done in zip(steps, result.done, strict=True):
        if step.doing == "cached":
            assert done.cached, step.stage.name
        if not done.cached:
            assert step.doing != "cached", step.stage.name


def test_a_harmed_or_missing_file_is_made_again(folder: Path) -> None:
    before = _bytes(folder)
    next((folder / "out" / "records").glob("generate-*.json")).write_text("{}")
    (folder / "out" / "report.html").unlink()
    ran = [done.stage.name for done in _run(folder).done if not done.cached]
    assert ran == ["generate", "produce"]
    assert _bytes(folder) == before


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_same_bytes_from_nothing_with_two_workers_and_another_hash_seed(finished: Path, tmp_path: Path, hash_seed: str) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    done = subprocess.run(
        [sys.executable, "-m", "casque.cli", "run", str(folder), "--replications", "50", "--workers", "2"],
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    assert _bytes(folder) == _bytes(finished)


def test_killed_at_any_moment_leaves_old_records_or_new(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(finished, folder)
    path = folder / "tasks.yaml"
    path.write_text(path.read_text().replace("posts: 6", "posts: 7"))
    old = RecordStore(folder).manifest()
    draw = random.Random(1999)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-m", "casque.cli", "run", str(folder), "--replications", "50"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(draw.uniform(0.2, 6.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = RecordStore(folder).manifest()
        assert set(now.stages) == set(old.stages)
        for name in now.stages:
            assert last_record(folder, name)
        assert (folder / "out" / "report.html").read_bytes().rstrip().endswith(b"</html>")
    _run(folder)
    fresh = tmp_path / "fresh"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("out"))
    _run(fresh)
    assert {name: data for name, data in _bytes(folder).items() if ".writing-" not in name} == _bytes(fresh)


def test_a_second_run_in_the_same_folder_is_refused(folder: Path) -> None:
    before = _bytes(folder)
    with RecordStore(folder).alone(), pytest.raises(Unwritable, match="another run is at work"):
        _run(folder)
    assert _bytes(folder) == before
    _run(folder)


def test_a_stage_sees_only_the_parts_it_names(finished: Path) -> None:
    mission = only(open_folder(finished).mission, ("about",))
    assert mission.about.id == "example"
    with pytest.raises(AttributeError):
        _ = mission.forces


def test_the_force_in_place_is_that_of_a_run_of_the_folder_as_it_stands(folder: Path, tmp_path: Path) -> None:
    opened = open_folder(folder)
    force, movement = force_in_place(folder, opened.mission, opened.reference)
    assert force == last_record(folder, "generate")
    assert movement == last_record(folder, "deploy")
    path = folder / "forces" / "pledges.csv"
    path.write_text(path.read_text().replace(",700,confirmed", ",650,confirmed", 1))
    changed = open_folder(folder)
    assert force_in_place(folder, changed.mission, changed.reference) == (None, None)
    assert force_in_place(tmp_path, changed.mission, changed.reference) == (None, None)


def test_unknown_and_missing_records(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchItem, match="generat"):
        last_record(finished, "generat")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotYetRun):
        last_record(tmp_path / "empty", "generate")

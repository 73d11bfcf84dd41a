"""Comparisons of the folder as it stands, its scenarios, and other folders; and runs of a scenario."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.errors import BadInput, NoSuchItem, NotYetRun
from casque.plan.compare import ChangeDifference, Comparison, FigureDifference, FindingDifference, FixSetDifference, InputDifference
from casque.plan.compare import LinkDifference as Link
from casque.reference.opening import open_folder
from casque.runs.compare import compare
from casque.runs.explain import explain
from casque.runs.last import last_record, last_records
from casque.runs.local import RunResult, run
from casque.store.records import RecordStore
from tests.conftest import EXAMPLE

OPTIONS = {"replications": 50}

SCENARIOS = """
scenarios:
  - id: no-mp
    title: Carolia stays at home
    description: No military police.
    source: [estimate]
    changes:
      - {remove: unit:car-mp}
  - id: no-permission
    title: Carolia has not agreed to a status of forces
    description: Nobody may enter, and the mandate is weaker.
    source: [estimate]
    changes:
      - {item: provision:secure, field: force_level, set: self-defence}
      - {item: file:supply.yaml, field: "policies[2].target", set: 9 d}
  - id: one-task-less
    title: No escorts
    description: People go home by themselves.
    based_on: no-mp
    source: [estimate]
    changes:
      - {remove: task:escort-returns}
  - id: same
    title: Nothing changes
    description: The same values written again.
    source: [estimate]
    changes:
      - {item: unit:alf-inf, field: strength, set: 700 person}
"""
NAMES = ("base", "no-mp", "no-permission", "one-task-less", "same")


def _run(folder: Path, scenario: str) -> RunResult:
    opened = open_folder(folder, scenario)
    return run(folder, opened.mission, opened.reference, OPTIONS, scenario=scenario)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with scenarios, run as it stands and under one of them."""
    folder = tmp_path_factory.mktemp("compare") / "mission"
    shutil.copytree(EXAMPLE, folder)
    (folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    _run(folder, "base")
    _run(folder, "no-mp")
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of the folder after the runs, to change."""
    folder = tmp_path / "mission"
    shutil.copytree(finished, folder)
    return folder


def _fix_turned(fix: FixSetDifference | None) -> FixSetDifference | None:
    if fix is None:
        return None
    return FixSetDifference(
        changes=tuple(ChangeDifference(**{**item.model_dump(), "in_a": not item.in_a}) for item in fix.changes),
        cost_a=fix.cost_b,
        cost_b=fix.cost_a,
        cannot_save_a=fix.cannot_save_b,
        cannot_save_b=fix.cannot_save_a,
    )


def _turned(comparison: Comparison) -> Comparison:
    """The comparison as seen from B."""
    return Comparison(
        a=comparison.b,
        b=comparison.a,
        depth=comparison.depth,
        inputs=tuple(InputDifference(**{**item.model_dump(), "a": item.b, "b": item.a}) for item in comparison.inputs),
        findings=tuple(
            FindingDifference(rule=item.rule, subject=item.subject, a=item.b, b=item.a, message_a=item.message_b, message_b=item.message_a)
            for item in comparison.findings
        ),
        links=tuple(
            Link(task=item.task, title=item.title, link=item.link, a=item.b, b=item.a, reason_a=item.reason_b, reason_b=item.reason_a)
            for item in comparison.links
        ),
        fix_set=_fix_turned(comparison.fix_set),
        to_green=_fix_turned(comparison.to_green),
        figures=tuple(FigureDifference(**{**item.model_dump(), "a": item.b, "b": item.a}) for item in comparison.figures),
        left_out=comparison.left_out,
    )


@pytest.mark.parametrize("name", ["base", "no-mp", "same"])
def test_nothing_differs_from_itself(finished: Path, name: str) -> None:
    found = compare(finished, name, name)
    assert (found.inputs, found.findings, found.links) == ((), (), ())
    assert found.fix_set is not None
    assert found.fix_set.changes == ()
    assert found.fix_set.cost_a == found.fix_set.cost_b
    assert found.to_green is not None
    assert found.to_green.changes == ()
    assert all(figure.a == figure.b for figure in found.figures)


def test_the_same_values_written_again_are_no_difference(finished: Path) -> None:
    found = compare(finished, "base", "same", "checks")
    assert (found.inputs, found.findings, found.links) == ((), (), ())


@settings(max_examples=12, deadline=None)
@given(a=st.sampled_from(NAMES), b=st.sampled_from(NAMES))
def test_seen_from_the_other_side_it_is_the_same_comparison(finished: Path, a: str, b: str) -> None:
    assert compare(finished, b, a) == _turned(compare(finished, a, b))


def test_inputs_are_told_field_by_field(finished: Path) -> None:
    found = compare(finished, "base", "no-permission", "inputs")
    assert [(item.item, item.field, item.a, item.b) for item in found.inputs] == [
        ("instrument:resolution-9999", "provisions[secure].force_level", "all necessary means", "self-defence"),
        ("file:supply.yaml", "policies[2].target", "5 d", "9 d"),
    ]
    assert found.fix_set is None


def test_a_whole_item_on_one_side(finished: Path) -> None:
    (item,) = compare(finished, "base", "no-mp", "inputs").inputs
    assert (item.item, item.title, item.field, item.a, item.b) == ("unit:car-mp", "Military Police Company", "", "there", None)


def test_findings_and_links_that_a_weaker_mandate_changes(finished: Path) -> None:
    found = compare(finished, "base", "no-permission", "checks")
    worse = [(item.task, item.link) for item in found.links if item.a == "green" and item.b == "red"]
    assert worse
    assert {task for task, _ in worse} >= {"secure-area"}
    assert all(item.reason_a and item.reason_b for item in found.links)
    assert any(item.a is None and item.message_b and not item.message_a for item in found.findings)


def test_a_task_on_one_side_only(finished: Path) -> None:
    found = compare(finished, "no-mp", "one-task-less", "checks")
    (gone,) = [item for item in found.links if item.link == ""]
    assert (gone.task, gone.b, gone.reason_b) == ("escort-returns", None, "The task is not there.")


def test_figures_of_current_records_only(folder: Path) -> None:
    found = compare(folder, "base", "no-mp")
    figures = {(item.stage, item.name): item for item in found.figures}
    assert {item.stage for item in found.figures} == {"generate", "deploy", "sustain", "simulate"}
    assigned = figures["generate", "people assigned"]
    assert assigned.a is not None
    assert assigned.b is not None
    assert assigned.b == assigned.a - 120
    assert found.left_out == ()
    without = compare(folder, "base", "no-permission")
    assert without.figures == ()
    missing = "no-permission has no current record of generate, deploy, sustain, simulate"
    assert without.left_out == (f"{missing}: run 'casque run {folder} --scenario no-permission' first.",)
    path = folder / "forces" / "pledges.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",700,confirmed", ",650,confirmed", 1), encoding="utf-8")
    stale = compare(folder, "base", "no-mp")
    assert stale.figures == ()
    assert [text.partition(" ")[0] for text in stale.left_out] == ["base", "no-mp"]


def test_another_folder(folder: Path, finished: Path) -> None:
    path = folder / "transport" / "links.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("port-road,exampport,examp-airport,road,25", "port-road,exampport,examp-airport,road,26")
    )
    (item,) = compare(finished, "base", str(folder), "inputs").inputs
    assert (item.item, item.field, item.a, item.b) == ("link:port-road", "length", "25 km", "26 km")


def test_a_name_that_is_nothing(finished: Path) -> None:
    with pytest.raises(NoSuchItem) as refused:
        compare(finished, "base", "no-mpp")
    assert "Did you mean 'no-mp'?" in refused.value.next_step


def test_a_broken_scenario_and_what_rests_on_it_cannot_be_compared_and_others_can(folder: Path) -> None:
    (folder / "scenarios.yaml").write_text(SCENARIOS.replace("unit:car-mp", "unit:car-mpp"), encoding="utf-8")
    for name in ("no-mp", "one-task-less"):
        with pytest.raises(BadInput):
            compare(folder, "base", name)
    assert compare(folder, "base", "same", "inputs").inputs == ()


def test_faults_of_a_folder_come_first(folder: Path) -> None:
    path = folder / "tasks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("priority: 3", "priority: 9"), encoding="utf-8")
    with pytest.raises(BadInput):
        compare(folder, "base", "same")


def test_same_bytes_whatever_the_hash_seed(finished: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from casque.runs.compare import compare; "
        "sys.stdout.write(compare(Path(sys.argv[1]), 'no-permission', 'one-task-less').model_dump_json())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program, str(finished)], capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(seen) == 1


def test_a_scenario_keeps_its_own_records_and_leaves_those_of_the_folder_alone(folder: Path) -> None:
    before = {path: path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file() and "scenarios" not in path.parts}
    result = _run(folder, "one-task-less")
    assert {path: path.read_bytes() for path in before} == before
    assert RecordStore(folder, "one-task-less").out == folder / "out" / "scenarios" / "one-task-less"
    assert all(stored.path.is_relative_to(folder / "out" / "scenarios" / "one-task-less") for stored in result.stored.values())
    assert all(item["file"].startswith("out/scenarios/one-task-less/records/") for item in last_records(folder, "one-task-less"))
    assert last_record(folder, "check", "one-task-less") == result.record("check")
    assert b"Scenario: No escorts" in (folder / "out" / "scenarios" / "one-task-less" / "report.html").read_bytes()
    assert all(done.cached for done in _run(folder, "one-task-less").done)
    opened = open_folder(folder, "one-task-less")
    assert {
        step.doing
        for step in explain(
            folder, opened.mission, opened.reference, RecordStore(folder, "one-task-less").manifest().options, "one-task-less"
        )
    } == {"cached"}


def test_what_a_scenario_does_not_touch_is_taken_from_the_folder_s_run(folder: Path) -> None:
    done = {item.stage.name: item.cached for item in _run(folder, "same").done}
    assert [name for name, cached in done.items() if not cached] == ["produce"]
    assert (folder / "out" / "scenarios" / "same" / "report.html").is_file()


def test_a_scenario_that_was_never_run(folder: Path) -> None:
    with pytest.raises(NotYetRun) as refused:
        last_record(folder, "check", "no-permission")
    assert refused.value.next_step == f"Run 'casque run {folder} --scenario no-permission' first."

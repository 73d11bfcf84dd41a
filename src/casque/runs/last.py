"""The records of the last run, for whoever wants to look at them again."""

from __future__ import annotations

from pathlib import Path

from casque.errors import BadInput, NoSuchItem, NotYetRun
from casque.mission.faults import nearest
from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.record import Record
from casque.reference.load import Reference
from casque.runs.explain import explain
from casque.runs.local import DEFAULTS
from casque.runs.stages import STAGES
from casque.store.records import RecordStore


def last_records(folder: Path, scenario: str = BASE) -> list[dict[str, str]]:
    """Stage, question and file of every record of the last run, of the folder as it stands or under a scenario. Raises NotYetRun."""
    manifest = _manifest(folder, scenario)
    place = RecordStore(folder, scenario).out.relative_to(folder).as_posix()
    return [
        {"stage": stage.name, "title": stage.title, "file": f"{place}/records/{manifest[stage.name]['file']}"}
        for stage in STAGES
        if stage.name in manifest
    ]


def last_record(folder: Path, name: str, scenario: str = BASE) -> Record:
    """The record of a stage in the last run. Raises NoSuchItem for an unknown stage, NotYetRun where no run left one."""
    known = {stage.name: stage for stage in STAGES}
    if name not in known:
        near = nearest(name, known)
        raise NoSuchItem(f"no stage is called '{name}'", (f"Did you mean '{near}'? " if near else "") + "Stages: " + ", ".join(known) + ".")
    entry = _manifest(folder, scenario).get(name)
    store = RecordStore(folder, scenario)
    stored = store.find(name, entry["key"]) if entry else None
    if stored is None:
        raise NotYetRun(f"no whole record of '{name}' in {store.out}", _first(folder, scenario))
    return store.load(stored, known[name].gives)


def force_in_place(
    folder: Path, mission: Mission, reference: Reference, scenario: str = BASE
) -> tuple[ForceRecord, MovementRecord] | tuple[None, None]:
    """The force and movement records of the last run, where they are those of the folder as it stands; nothing where they are not."""
    store = RecordStore(folder, scenario)
    manifest = store.manifest()
    wanted = ("generate", "deploy")
    if not all(name in manifest.stages for name in wanted):
        return None, None
    steps = explain(folder, mission, reference, DEFAULTS | manifest.options, scenario)
    if any(step.doing != "cached" for step in steps if step.stage.name in wanted):
        return None, None
    found = [store.find(name, manifest.stages[name]["key"]) for name in wanted]
    if found[0] is None or found[1] is None:
        return None, None
    return store.load(found[0], ForceRecord), store.load(found[1], MovementRecord)


def _manifest(folder: Path, scenario: str) -> dict[str, dict[str, str]]:
    if not folder.is_dir():
        raise BadInput(f"no folder {folder}", next_step="Name a mission folder.")
    stages = RecordStore(folder, scenario).manifest().stages
    if not stages:
        under = "" if scenario == BASE else f" under the scenario '{scenario}'"
        raise NotYetRun(f"no run has been made in {folder}{under}", _first(folder, scenario))
    return stages


def _first(folder: Path, scenario: str) -> str:
    option = "" if scenario == BASE else f" --scenario {scenario}"
    return f"Run 'casque run {folder}{option}' first."

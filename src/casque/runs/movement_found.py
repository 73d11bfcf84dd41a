"""The movement plan of the last run of a folder, with the force that it moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from casque.errors import NotYetRun
from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.record import Record
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from casque.reference.opening import open_folder
from casque.runs.explain import explain
from casque.runs.last import last_record
from casque.runs.local import DEFAULTS
from casque.store.records import RecordStore

Kept = TypeVar("Kept", bound=Record)


@dataclass(frozen=True)
class MovementFound:
    """A mission with its movement plan."""

    mission: Mission
    """The mission, as it stands or under a scenario."""
    reference: Reference
    """The reference set with the mission's overrides."""
    movement: MovementRecord
    """The movement plan of the last run."""
    force: ForceRecord | None
    """The force that it moves; none where its record is not there."""
    requirement: RequirementRecord | None
    """What the tasks need; none where its record is not there."""


def movement_of(folder: Path, scenario: str = BASE, tell: Callable[[str], None] | None = None) -> MovementFound:
    """The movement plan of the last run. Nothing is written; `tell` hears of it where the folder has changed since.

    Raises BadInput for a folder with faults, NoSuchItem for an unknown scenario, NotYetRun where no run left a plan that can be read.
    """
    opened = open_folder(folder, scenario)
    movement = _read(folder, "deploy", MovementRecord, scenario)
    if movement is None:
        option = "" if scenario == BASE else f" --scenario {scenario}"
        message = f"the movement plan of the last run of {folder} was made by another version"
        raise NotYetRun(message, f"Run 'casque run {folder}{option}' again.")
    manifest = RecordStore(folder, scenario).manifest()
    steps = explain(folder, opened.mission, opened.reference, DEFAULTS | manifest.options, scenario)
    if tell is not None and any(step.doing != "cached" for step in steps if step.stage.name == "deploy"):
        tell("The folder has changed since the last run: this is the movement plan of that run.")
    force = _read(folder, "generate", ForceRecord, scenario)
    requirement = _read(folder, "require", RequirementRecord, scenario)
    return MovementFound(opened.mission, opened.reference, movement, force, requirement)


def _read(folder: Path, stage: str, kind: type[Kept], scenario: str) -> Kept | None:
    """A record of the last run; none for one of another version, or, but for the movement plan, one that is not there."""
    try:
        record = last_record(folder, stage, scenario)
    except NotYetRun:
        if stage == "deploy":
            raise
        return None
    except ValueError:
        return None
    return record if isinstance(record, kind) else None

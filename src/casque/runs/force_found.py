"""The force that the pledges of a folder add up to: from the last run where that is of the folder as it stands, else worked out now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casque.checks.solve import check
from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.plan.findings import Finding
from casque.plan.force import ForceRecord
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from casque.reference.opening import open_folder
from casque.runs.explain import explain
from casque.runs.local import DEFAULTS, only
from casque.runs.stages import stage
from casque.store.records import RecordStore


@dataclass(frozen=True)
class ForceFound:
    """A mission with its requirement and its force."""

    mission: Mission
    """The mission, as it stands or under a scenario."""
    reference: Reference
    """The reference set with the mission's overrides."""
    requirement: RequirementRecord
    """What the tasks need."""
    force: ForceRecord
    """What the pledges add up to."""
    findings: tuple[Finding, ...]
    """What the checks find."""
    from_run: bool
    """Whether requirement and force are those of the last run."""


def force_of(folder: Path, scenario: str = BASE, tell: Callable[[str], None] | None = None) -> ForceFound:
    """The force of a folder. Nothing is written; `tell` hears of it where it has to be worked out, which can take minutes.

    Raises BadInput for a folder with faults, NoSuchItem for an unknown scenario.
    """
    opened = open_folder(folder, scenario)
    mission, reference = opened.mission, opened.reference
    findings = check(mission, reference).findings
    kept = _kept(folder, mission, reference, scenario)
    if kept is not None:
        return ForceFound(mission, reference, *kept, findings, True)
    if tell is not None:
        tell("No run of the folder as it stands: the force is worked out now, which can take minutes.")
    require, generate = stage("require"), stage("generate")
    requirement = require.solve()(only(mission, require.reads), reference, require.params(DEFAULTS))
    force = generate.solve()(only(mission, generate.reads), reference, requirement, generate.params(DEFAULTS))
    return ForceFound(mission, reference, requirement, force, findings, False)


def _kept(folder: Path, mission: Mission, reference: Reference, scenario: str) -> tuple[RequirementRecord, ForceRecord] | None:
    """The records of the last run, where they are of the mission as it stands and can be read."""
    store = RecordStore(folder, scenario)
    manifest = store.manifest()
    wanted = ("require", "generate")
    if not all(name in manifest.stages for name in wanted):
        return None
    steps = explain(folder, mission, reference, DEFAULTS | manifest.options, scenario)
    if any(step.doing != "cached" for step in steps if step.stage.name in wanted):
        return None
    found = [store.find(name, manifest.stages[name]["key"]) for name in wanted]
    if found[0] is None or found[1] is None:
        return None
    return store.load(found[0], RequirementRecord), store.load(found[1], ForceRecord)

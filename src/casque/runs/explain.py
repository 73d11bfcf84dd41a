"""What a run would do: the stages that would run and why, those that would not, worked out from the same list and keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.reference.load import Reference
from casque.runs.keys import Digests, Inputs, key_of
from casque.runs.stages import STAGES, Stage
from casque.runs.supposed import as_shown
from casque.store.records import Manifest, RecordStore, Stored

Doing = Literal["cached", "run", "run if an earlier record changes"]


@dataclass(frozen=True)
class Step:
    """What would happen to one stage."""

    stage: Stage
    """The stage."""
    doing: Doing
    """Whether it would run."""
    because: tuple[str, ...]
    """Inputs that changed since the last run; empty for a cached stage."""


def changed(stage: Stage, inputs: Inputs, manifest: Manifest) -> tuple[str, ...]:
    """Names of the inputs that differ from those of the current record, in words."""
    before = manifest.stages.get(stage.name, {}).get("inputs")
    if before is None:
        return ("never run",)
    names = [name for name in sorted({*inputs, *before}) if inputs.get(name) != before.get(name)]
    return tuple(names) or ("its record is missing",)


def explain(folder: Path, mission: Mission, reference: Reference, options: dict[str, int], scenario: str = BASE) -> list[Step]:
    """The steps of a run, under a scenario where the mission was opened under one.

    A stage behind one that would run may still be cached, if the earlier record comes out the same.
    """
    store = RecordStore(folder, scenario)
    manifest = store.manifest()
    digests = Digests(mission, reference)
    steps: list[Step] = []
    records: dict[str, str] = {}
    open_stages: list[str] = []
    for item in STAGES:
        waits = tuple(f"record {name}" for name in item.uses if name in open_stages)
        known = {name: records.get(name, manifest.stages.get(name, {}).get("sha256", "")) for name in item.uses}
        shown = as_shown(mission, item, scenario)
        inputs = (digests if shown is mission else Digests(shown, reference)).inputs(item, options, known)
        found = current(store, item, key_of(item, inputs))
        if found is not None and not waits:
            records[item.name] = found.sha256
            steps.append(Step(item, "cached", ()))
            continue
        open_stages.append(item.name)
        doing: Doing = "run if an earlier record changes" if found is not None else "run"
        because = (
            waits
            if found is not None
            else tuple(name for name in changed(item, inputs, manifest) if name != "its record is missing") or waits
        )
        steps.append(Step(item, doing, because or ("its record is missing",)))
    return steps


def current(store: RecordStore, stage: Stage, key: str) -> Stored | None:
    """The record with this key, if it is there whole, and for `produce` its documents too."""
    stored = store.find(stage.name, key)
    if stored is None or stage.name != "produce":
        return stored
    record = store.load(stored, stage.gives)
    products = getattr(record, "products", ())
    return stored if all(store.has_product(product.path, product.sha256) for product in products) else None

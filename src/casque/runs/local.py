"""Runs the stages here, one after the other, and keeps what each gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.plan.record import Record
from casque.reference.load import Reference
from casque.runs.explain import changed, current
from casque.runs.keys import Digests, key_of
from casque.runs.stages import STAGES, Stage
from casque.runs.supposed import as_shown
from casque.store.records import Manifest, RecordStore, Stored

DEFAULTS = {"seed": 1, "replications": 1000, "workers": 1}
"""Options of a run that was given none."""


@dataclass(frozen=True)
class Done:
    """What happened to one stage."""

    stage: Stage
    """The stage."""
    cached: bool
    """Whether its record was there already."""
    because: tuple[str, ...]
    """Inputs that had changed, where it ran."""
    seconds: float
    """Time it took."""


@dataclass
class RunResult:
    """What a run did, and access to its records."""

    folder: Path
    """Mission folder."""
    done: list[Done] = field(default_factory=list)
    """Stages in order."""
    stored: dict[str, Stored] = field(default_factory=dict)
    """Record of each stage on disk."""
    scenario: str = BASE
    """Scenario it was made under."""

    def record(self, name: str) -> Any:
        """The record of a stage."""
        item = self.stored[name]
        return RecordStore(self.folder, self.scenario).load(item, {stage.name: stage.gives for stage in STAGES}[name])


Watcher = Callable[[str, Stage, Done | None], None]
"""Called with `start` before and `end` after each stage."""


def run(
    folder: Path,
    mission: Mission,
    reference: Reference,
    options: dict[str, int],
    watch: Watcher | None = None,
    scenario: str = BASE,
) -> RunResult:
    """Run every stage whose inputs changed, and publish the records, under `out/`, or `out/scenarios/NAME/` for a scenario.

    The mission is the folder as it was opened under that scenario.
    Stages that finished before an interruption are kept and not run again. Raises Unwritable when `out/` cannot be written or
    another run is at work there.
    """
    store = RecordStore(folder, scenario)
    with store.alone():
        return _walk(RunResult(folder, scenario=scenario), store, mission, reference, DEFAULTS | options, watch)


def _walk(
    result: RunResult, store: RecordStore, mission: Mission, reference: Reference, options: dict[str, int], watch: Watcher | None
) -> RunResult:
    before, now = store.manifest(), Manifest(mission.about.id, {name: value for name, value in options.items() if name != "workers"})
    digests = Digests(mission, reference)
    records: dict[str, Record] = {}
    for stage in STAGES:
        shown = as_shown(mission, stage, result.scenario)
        inputs = (digests if shown is mission else Digests(shown, reference)).inputs(
            stage, options, {name: result.stored[name].sha256 for name in stage.uses}
        )
        key = key_of(stage, inputs)
        if watch:
            watch("start", stage, None)
        started = perf_counter()
        stored = current(store, stage, key)
        because = () if stored else changed(stage, inputs, before)
        if stored is None:
            for name in stage.uses:
                if name not in records:
                    records[name] = result.record(name)
            stored = _solved(store, stage, key, shown, reference, records, options)
        result.stored[stage.name] = stored = store.own(stored)
        now.stages[stage.name] = {"key": key, "sha256": stored.sha256, "file": stored.path.name, "inputs": inputs}
        result.done.append(Done(stage, not because, because, perf_counter() - started))
        if watch:
            watch("end", stage, result.done[-1])
    if now.as_bytes() != before.as_bytes():
        store.publish(now)
    return result


def _solved(
    store: RecordStore, stage: Stage, key: str, mission: Mission, reference: Reference, records: dict[str, Record], options: dict[str, int]
) -> Stored:
    earlier = [records[name] for name in stage.uses]
    answer = stage.solve()(only(mission, stage.reads), reference, *earlier, stage.params(options))
    if stage.name == "produce":
        answer, documents = answer
        for path, data in documents.items():
            store.save_product(path, data)
    records[stage.name] = answer
    return store.save(stage.name, key, answer)


def only(mission: Mission, parts: tuple[str, ...]) -> Mission:
    """The mission with nothing but these parts: a stage that reaches for another one fails at once."""
    return Mission.model_construct(_fields_set=set(parts), **{part: getattr(mission, part) for part in parts})

"""Key figures of a run, taken from records that are current: made from the very folder, program and factors of now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.plan.compare import FigureDifference
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference
from casque.runs.explain import explain
from casque.runs.last import last_record
from casque.store.records import RecordStore

Named = tuple[str, str, float | None]
"""Name, unit and value of a figure."""

INCIDENTS = "incidents-cumulative"
"""Series of the outlook that counts incidents since D-day."""


@dataclass
class Figures:
    """Key figures of one state, as far as its records are current."""

    name: str
    run: str
    """Command that would make them."""
    options: dict[str, int]
    """Options that the records were made with."""
    stages: dict[str, list[Named]] = field(default_factory=dict)
    """Figures by stage."""


def figures_of(folder: Path, mission: Mission, reference: Reference, scenario: str, name: str) -> Figures:
    """Key figures of the last run of a folder under a scenario; a stage whose record is not current gives none."""
    manifest = RecordStore(folder, scenario).manifest()
    option = "" if scenario == BASE else f" --scenario {scenario}"
    figures = Figures(name, f"casque run {folder}{option}", manifest.options)
    if not manifest.stages:
        return figures
    for step in explain(folder, mission, reference, manifest.options, scenario):
        if step.doing == "cached" and step.stage.name in _TAKEN and step.stage.name in manifest.stages:
            record = last_record(folder, step.stage.name, scenario)
            figures.stages[step.stage.name] = list(_TAKEN[step.stage.name](record, mission))
    return figures


def figures_together(a: Figures, b: Figures) -> tuple[tuple[FigureDifference, ...], tuple[str, ...]]:
    """The figures that both states have, and why others are left out."""
    shown: list[FigureDifference] = []
    for stage in _TAKEN:
        if stage in a.stages and stage in b.stages:
            shown += [
                FigureDifference(stage=stage, name=name, unit=unit, a=one, b=other)
                for (name, unit, one), (_, _, other) in zip(a.stages[stage], b.stages[stage], strict=True)
            ]
    told = {
        f"{side.name} has no current record of {', '.join(missing)}: run '{side.run}' first."
        for side in (a, b)
        if (missing := [stage for stage in _TAKEN if stage not in side.stages])
    }
    if shown and a.options != b.options:
        words = sorted(f"{side.name} with {', '.join(f'{key} {side.options[key]}' for key in sorted(side.options))}" for side in (a, b))
        told.add(f"The runs differ in their options: {'; '.join(words)}.")
    return tuple(shown), tuple(sorted(told))


def _force(record: ForceRecord, _: Mission) -> Iterator[Named]:
    wanted = [sum(fill.required[month] for fill in record.fills) for month in range(len(record.weighted_fill))]
    months = [fill for fill, people in zip(record.weighted_fill, wanted, strict=True) if people > 0]
    yield "weighted fill, mean", "share", sum(months) / len(months) if months else None
    yield "weighted fill, worst month", "share", min(months, default=None)
    yield "people assigned", "people", sum(item.strength for item in record.assignments)


def _movement(record: MovementRecord, _: Mission) -> Iterator[Named]:
    yield "closure", "day", record.closure.value if record.in_place else None
    yield "no schedule can close before", "day", record.closure.bound if record.in_place else None
    yield "weighted days of lateness", "days", record.lateness.value
    yield "units that cannot be moved", "units", float(len(record.unmoved))


def _supply(record: SupplyRecord, _: Mission) -> Iterator[Named]:
    out = [item.stock_out for item in record.bases if item.stock_out is not None]
    yield "stock-outs, bases and classes", "stocks", float(len(out))
    yield "first stock-out", "day", float(min(out)) if out else None
    yield "cost over the horizon", "USD", sum(line.usd for line in record.costs)


def _outlook(record: OutlookRecord, mission: Mission) -> Iterator[Named]:
    names = {INCIDENTS, *(measure.id for measure in mission.measures.measures if measure.model == INCIDENTS)}
    fan = next((fan for fan in record.fans if fan.series in names and fan.days), None)
    yield "incidents over the horizon, median", "incidents", fan.p50[-1] if fan else None
    first = max((item.share for item in record.failures), default=None)
    yield "likeliest failure, share of runs", "share", first


_TAKEN: dict[str, Callable[[Any, Mission], Iterator[Named]]] = {
    "generate": _force,
    "deploy": _movement,
    "sustain": _supply,
    "simulate": _outlook,
}

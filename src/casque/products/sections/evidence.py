"""On what all this rests: sources, grades, and every figure that is judgement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casque.mission.mission import Mission
from casque.mission.vocabulary import Grade
from casque.mission.written import Source, Sourced, Written
from casque.products.figures import number, percent
from casque.products.material import Material
from casque.products.svg import shortened
from casque.reference.factor import Factor


@dataclass(frozen=True)
class Judged:
    """A figure that is judgement."""

    file: str
    item: str
    fields: str
    note: str


@dataclass(frozen=True)
class EvidenceView:
    """Evidence."""

    lead: str
    sources: tuple[tuple[Source, bool], ...]
    """Source, and whether its address may be linked to."""
    read: int
    grades: tuple[tuple[str, int, str], ...]
    files: tuple[tuple[str, tuple[int, ...]], ...]
    """Part of the mission folder, and its facts by grade."""
    judged: tuple[tuple[str, tuple[Judged, ...]], ...]
    """By file of the mission folder."""
    judged_total: int
    factors: tuple[Factor, ...]
    factor_grades: tuple[tuple[str, int], ...]
    seed: int
    replications: int


def view(material: Material) -> EvidenceView:
    """The evidence section."""
    mission = material.mission
    counts = dict.fromkeys(Grade, 0)
    by_file: dict[str, dict[Grade, int]] = {}
    judged: dict[str, list[Judged]] = {}
    for file, path, item in facts(mission):
        fields = _facts_of(item)
        own = [name for name in item.judged if name in fields]
        for here in (counts, by_file.setdefault(file, dict.fromkeys(Grade, 0))):
            here[item.grade] += len(fields) - len(own)
            here[Grade.JUDGEMENT] += len(own)
        names = fields if item.grade is Grade.JUDGEMENT else own
        if names:
            judged.setdefault(file, []).append(Judged(file, path, ", ".join(_value(item, name) for name in names), item.note))
    total = sum(counts.values())
    factors = tuple(sorted(material.reference.factors.values(), key=lambda factor: factor.id))
    sources = tuple((source, source.url.startswith(("https://", "http://"))) for source in mission.sources)
    read = sum(source.read for source in mission.sources)
    share = counts[Grade.JUDGEMENT] / total if total else 0.0
    return EvidenceView(
        f"{percent(share)} of the {number(total)} facts in the mission folder are judgement; "
        f"{read} of its {len(mission.sources)} sources were read.",
        sources,
        read,
        tuple((grade.value, counts[grade], percent(counts[grade] / total) if total else "–") for grade in Grade),
        tuple((file, tuple(here[grade] for grade in Grade)) for file, here in by_file.items() if sum(here.values())),
        tuple((file, tuple(items)) for file, items in judged.items()),
        sum(len(items) for items in judged.values()),
        factors,
        tuple((grade.value, sum(factor.grade is grade for factor in factors)) for grade in Grade),
        material.seed,
        material.outlook.replications,
    )


def facts(mission: Mission) -> Iterator[tuple[str, str, Sourced]]:
    """Every sourced item of the mission that has a name of its own: file, path of the item, item."""
    for part in type(mission).model_fields:
        if part != "sources":
            yield from _walk(part, "", getattr(mission, part))


def _walk(part: str, path: str, value: Any) -> Iterator[tuple[str, str, Sourced]]:
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            named = getattr(item, "id", "") or getattr(item, "measure", "") or f"{place + 1}"
            yield from _walk(part, f"{path} › {named}" if path else str(named), item)
    elif isinstance(value, Written):
        if isinstance(value, Sourced) and path:
            yield part, path, value
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if isinstance(inner, Written) or (isinstance(inner, tuple) and inner and isinstance(inner[0], Written)):
                yield from _walk(part, path, inner)


def _facts_of(item: Sourced) -> list[str]:
    """Fields that state a fact: figures and days that are set."""
    fields = []
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, bool) or name in Sourced.model_fields:
            continue
        if isinstance(value, (int, float, date)) or name in item.judged:
            fields.append(name)
    return fields


def _value(item: Sourced, name: str) -> str:
    value = getattr(item, name)
    label = name.replace("_", " ")
    if isinstance(value, date):
        return f"{label} {value.isoformat()}"
    if isinstance(value, (int, float)):
        return f"{label} {number(float(value))}"
    return f"{label} {shortened(value, 40)}" if isinstance(value, str) else label

"""The reference pages of numbers: planning factors, unit types, and what is judgement in a mission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casque.mission.csv_source import quantity_of
from casque.mission.folder import look, mission_of
from casque.mission.mission import Mission
from casque.mission.observations import Observation
from casque.mission.places import places_in
from casque.mission.quantities import Quantity, write_quantity
from casque.mission.vocabulary import Grade
from casque.mission.written import Sourced
from casque.reference.load import shipped
from casque.reference.unit_type import UnitType
from docs.pages.markdown import number, page, table
from docs.pages.stages import files_of

_JUDGEMENTS = """Every number that is *judgement* in the missions of this project: an estimate, or a figure whose source nobody has
read. One page a mission. Planning factors have [their own page](reference/factors.md)."""

_FACTORS = """Each planning factor has a value, a band from low to high, a unit, a source and a grade. Unit `1` is a bare number.
Grade `verified` was read in the source named, `secondary` in one that reports it at second hand; `judgement` is an estimate of ours
or has a source that nobody has read. A mission sets its own values in `factors/`."""


def factors_page() -> str:
    """docs/reference/factors.md"""
    parts = [_FACTORS]
    ordered = sorted(shipped().factors.values(), key=lambda factor: factor.id)
    for room, factors in groupby(ordered, key=lambda factor: factor.id.split(".")[0]):
        rows = [
            [
                f"`{item.id}`",
                item.name,
                number(item.value),
                f"{number(item.low)} to {number(item.high)}",
                f"`{item.unit}`",
                item.source,
                item.grade,
            ]
            for item in factors
        ]
        parts.append(f"## {room}\n\n{table(['id', 'what it is', 'value', 'band', 'unit', 'source', 'grade'], rows)}")
    return page("Planning factors", *parts)


def unit_types_page() -> str:
    """docs/reference/unit-types.md"""
    types = shipped().unit_types.values()
    shown = ("strength", "vehicles", "lane_metres", "tonnes", "fuel_litres", "ammunition_kg")
    classes = ("tonnes_bulk", "tonnes_oversize", "tonnes_outsize", "tonnes_not_air")
    figures = table(
        ["id", "name", "capability", *(name.replace("_", " ") for name in shown), "manoeuvre"],
        (
            [
                f"`{item.id}`",
                item.name,
                item.capability,
                *(number(getattr(item, name)) for name in shown),
                "yes" if item.manoeuvre else "no",
            ]
            for item in types
        ),
    )
    scales = table(
        ["id", "NATO echelon", "UN strength", "source of the UN strength", "grade", *(name.replace("_", " ") for name in classes)],
        (
            [
                f"`{item.id}`",
                item.nato_echelon,
                "" if item.un_strength is None else number(item.un_strength),
                item.un_source,
                item.un_grade or "",
                *(number(getattr(item, name)) for name in classes),
            ]
            for item in types
        ),
    )
    others = table(
        ["id", "can stand in for", "symbol", "grade", "source"],
        (
            [
                f"`{item.id}`",
                ", ".join(f"{name} ({quality:.0%})" for name, quality in item.stands_in.items()) or "nothing else",
                f"`{item.function}`, echelon `{item.echelon}`",
                item.grade,
                item.source,
            ]
            for item in types
        ),
    )
    meanings = table(["column", "meaning"], ([f"`{name}`", info.description or ""] for name, info in UnitType.model_fields.items()))
    return page(
        "Unit types",
        "A pledge names its unit type; a pledge of another strength scales with its people.",
        figures,
        scales,
        f"## Substitutes and symbols\n\n{others}",
        f"## Columns\n\n{meanings}",
    )


def judgements_index(pages: Mapping[str, str]) -> str:
    """docs/judgements.md"""
    rows = []
    for name, text in pages.items():
        counted = next(line for line in text.splitlines() if line.endswith("in part or as a whole."))
        rows.append([f"[{Path(name).stem}]({Path(name).parent.name}/{Path(name).name})", counted.split(" ")[0]])
    return page("Judgements", _JUDGEMENTS, table(["mission", "items that rest on judgement in part or as a whole"], rows))


def judgements_page(folder: Path, name: str) -> str:
    """docs/judgements/NAME.md"""
    reading = look(folder)
    mission, places = mission_of(reading, folder), places_in(reading)
    sections = [
        f"Every number of `{name}` that is *judgement*: an estimate, or a figure whose source nobody has read. An item whose grade is "
        "judgement is listed with all its figures and days; any other item with what its field `judged` names. Planning factors have "
        "[their own page](../reference/factors.md).",
    ]
    rows: dict[str, list[list[str]]] = {}
    for part in Mission.model_fields:
        for item in sourced_items(getattr(mission, part)):
            figures = "; ".join(judged_figures(item))
            if figures:
                kind, named = type(item).__name__.lower(), _name_of(item)
                file = places.get(f"{kind}:{named}", (files_of().get(part, part), 0))[0]
                rows.setdefault(file, []).append([f"{kind} `{named}`" if named else kind, figures, item.note])
    sections.append(f"{sum(len(found) for found in rows.values())} items rest on judgement in part or as a whole.")
    for file, found in rows.items():
        sections.append(f"## {file}\n\n{len(found)} items.\n\n{table(['item', 'judgement', 'note'], found)}")
    return page(f"Judgements in {mission.about.title}", *sections)


def sourced_items(value: Any) -> Iterator[Sourced]:
    """Every item with evidence inside a value, outermost first."""
    if isinstance(value, Sourced):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from sourced_items(getattr(value, name, None))
    elif isinstance(value, tuple):
        for part in value:
            yield from sourced_items(part)


def _name_of(item: Sourced) -> str:
    names = [
        str(getattr(item, name)) for name in ("id", "measure", "sector", "supply_class", "node", "phase", "day") if hasattr(item, name)
    ]
    return f"{names[0]} {item.start}" if isinstance(item, Observation) else names[0] if names else ""


def judged_figures(item: Sourced) -> Iterator[str]:
    """The figures of an item that are judgement, as they would be written, then the names of other fields that are."""
    others = []
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        whole = item.grade == Grade.JUDGEMENT and name in item.model_fields_set
        if not (whole or name in item.judged):
            continue
        found = list(_figures(name, value, info))
        yield from found
        if name in item.judged and not found:
            others.append(name)
    if others:
        yield "and " + ", ".join(others)


def _figures(name: str, value: Any, info: FieldInfo) -> Iterator[str]:
    """The figures of a field; those of a part without evidence of its own stand behind the part's number and rule."""
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        yield f"{name} {_written(value, quantity_of(info))}"
    for place, part in enumerate(value if isinstance(value, tuple) else (value,), start=1):
        if isinstance(part, BaseModel) and not isinstance(part, Sourced):
            fields = type(part).model_fields
            inner = [text for field, below in fields.items() for text in _figures(field, getattr(part, field), below)]
            kind = getattr(part, "rule", "") or getattr(part, "when", "")
            if inner:
                yield f"{name} {place}{f' ({kind})' if kind else ''}: {', '.join(inner)}"


def _written(value: int | float | date, mark: Quantity | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if mark is None:
        return number(value)
    return f"{value * 100:g} %" if mark.unit == "1" else write_quantity(round(float(value), 6), mark.unit)

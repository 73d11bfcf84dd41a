"""What may be chosen in a column: the words of a closed vocabulary, or the ids of the folder and of the reference set."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from casque.mission.folder import TABLES, Reading
from casque.mission.links import KINDS, REFERENCES, SERIES
from casque.mission.new_folder import heading
from casque.products.workbook.table import Kind
from casque.reference.load import shipped

_PARTIES = ("organisation", "member", "actor")


@dataclass(frozen=True)
class Choice:
    """What may be chosen in a column."""

    name: str
    """What the choices are: a vocabulary or a kind of item."""
    words: tuple[str, ...] = ()
    """The choices, unless another table of the workbook lists them."""
    table: str = ""
    """The table whose ids are the choices."""
    several: bool = False
    """Whether a cell may hold several, with semicolons between."""


def choices_of(kind: Kind, reading: Reading) -> dict[str, Choice]:
    """The choice of every column that has one. A column whose choices cannot be read has none."""
    item = next((one.name for one in KINDS if one.key == kind.key), kind.key)
    referred = {"source": "source", **REFERENCES.get(item, {})}
    found: dict[str, Choice] = {}
    for name, info in kind.model.model_fields.items():
        several = get_origin(info.annotation) is tuple
        words = _vocabulary(info.annotation)
        if words is not None:
            found[name] = Choice(*words, several=several)
        elif name in referred:
            home = next((one.file for one in KINDS if one.name == referred[name] and one.file in TABLES), "")
            found[name] = Choice(referred[name], () if home else _ids(referred[name], reading), home, several)
    reference = shipped()
    if kind.key == "pledges":
        found["unit_type"] = Choice("unit type", tuple(sorted(reference.unit_types)))
    elif kind.key == "overrides":
        found["id"] = Choice("planning factor", tuple(sorted(reference.factors)))
    elif kind.key == "observations":
        measures = _ids("measure", reading)
        found["measure"] = Choice("measure or series", (*measures, *SERIES) if measures else ())
    if "judged" in kind.model.model_fields:
        found["judged"] = Choice(f"field of {kind.key}", tuple(kind.model.model_fields), several=True)
    return {name: choice for name, choice in found.items() if choice.words or choice.table}


def meaning_of(kind: Kind, name: str, choice: Choice | None) -> str:
    """What the note on a heading says: the field's meaning, whether it is needed, how it is written, what may be chosen."""
    info = kind.model.model_fields[name]
    parts = [" ".join((info.description or "").split())]
    parts.append("Needed." if info.is_required() else "May be left empty.")
    title = heading(name, info)
    if title != name:
        parts.append(f"A number; its unit stands in the heading, '{title}', and may be another of the same kind.")
    if choice is not None:
        parts.append(f"One {choice.name} of the list." if not choice.several else f"Each a {choice.name} of the list.")
    if get_origin(info.annotation) is tuple:
        parts.append("Several: with semicolons between.")
    return " ".join(parts)


def _vocabulary(annotation: Any) -> tuple[str, tuple[str, ...]] | None:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation.__name__, tuple(word.value for word in annotation)
    if get_origin(annotation) in (tuple, Annotated, Union, UnionType):
        return next((found for part in get_args(annotation) if (found := _vocabulary(part)) is not None), None)
    return None


def _ids(name: str, reading: Reading) -> tuple[str, ...]:
    parts = {**reading.salvaged, **reading.parts}
    if name == "source":
        return tuple(sorted({source.id for source in parts.get("sources", ())}))
    if name == "party":
        return tuple(sorted({found for one in _PARTIES for found in _ids(one, reading)}))
    kind = next(kind for kind in KINDS if kind.name == name)
    if kind.part not in parts:
        return ()
    return tuple(sorted({item.id for item in getattr(parts[kind.part], kind.key)}))

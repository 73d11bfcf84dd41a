"""What the expressions of own rules may look at: the kinds of items of a mission, the fields of each, and the type of every field.

Everything comes from the models, so that a field that people write can be asked for, and nothing else can.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from casque.mission.links import KINDS, REFERENCES
from casque.mission.mission import Mission
from casque.mission.quantities import Dimension, Quantity, unit_of


@dataclass(frozen=True)
class Shape:
    """The models that an item or a part of one may have, and where references from it are looked up."""

    models: tuple[type[BaseModel], ...]
    kind: str
    prefix: str = ""


@dataclass(frozen=True)
class Type:
    """Type of a value: `number`, `text`, `truth`, `date`, `part`, `list` or `nothing`."""

    name: str
    dimension: Dimension = ()
    """Of a number: what it measures."""
    unit: str = ""
    """Of a number: unit in which it is shown."""
    choices: tuple[str, ...] = ()
    """Of text from a closed list: its words."""
    ranked: bool = False
    """Whether those words stand in rising or falling order, so that `<` makes sense."""
    refers: str = ""
    """Of the id of another item: its kind."""
    inner: Type | None = None
    """Of a list: what it holds."""
    shape: Shape | None = None
    """Of a part: its fields."""

    @property
    def words(self) -> str:
        """The type as a fault names it."""
        if self.name == "list" and self.inner is not None:
            return f"a list of {self.inner.words.removeprefix('a ')}"
        if self.name != "number":
            return {"truth": "true or false", "nothing": "none", "text": "text", "date": "a date"}.get(self.name, "a part with fields")
        return f"a quantity of {_measured(self.dimension)}" if self.dimension else "a bare number"


def _measured(dimension: Dimension) -> str:
    over = [name if power == 1 else f"{name}^{power}" for name, power in dimension if power > 0]
    under = [name if power == -1 else f"{name}^{-power}" for name, power in dimension if power < 0]
    return "/".join([" ".join(over) or "1", *under])


@dataclass(frozen=True)
class ItemKind:
    """A kind of item that a rule may be about or count."""

    name: str
    part: str
    keys: tuple[str, ...]
    shape: Shape = field(repr=False)
    subject: tuple[str, str]
    """Kind and field that name an item in a finding."""

    def items(self, mission: Mission) -> tuple[Any, ...]:
        """Every item of the kind, in the order written."""
        found: tuple[Any, ...] = (getattr(mission, self.part),)
        for key in self.keys:
            found = tuple(item for holder in found for item in getattr(holder, key))
        return found

    def subject_of(self, item: Any) -> str:
        """An item as findings name it, `kind:id`."""
        return f"{self.subject[0]}:{getattr(item, self.subject[1])}"


# What the checks do not read.
_LEFT_OUT = ("factor override", "scenario")
_MORE: tuple[tuple[str, str, tuple[str, ...], tuple[str, str]], ...] = (
    ("mission", "about", (), ("mission", "id")),
    ("provision", "mandate", ("instruments", "provisions"), ("provision", "id")),
    ("policy", "supply", ("policies",), ("supply", "supply_class")),
    ("entry", "supply", ("entries",), ("node", "node")),
    ("truck", "supply", ("trucks",), ("truck", "id")),
    ("contract", "supply", ("contracts",), ("contract", "id")),
    ("observation", "observations", ("observations",), ("measure", "measure")),
)
_REFERS = {"entry": {"node": "node"}, "provision": {"sectors": "sector"}, "mission": {"lead": "organisation"}}


@lru_cache(maxsize=1)
def kinds() -> dict[str, ItemKind]:
    """Every kind by name."""
    found: list[tuple[str, str, tuple[str, ...], tuple[str, str]]] = [
        (kind.name, kind.part, (kind.key,), (kind.name, "id")) for kind in KINDS if kind.name not in _LEFT_OUT
    ]
    known = {name for name, *_ in found}
    found += [more for more in _MORE if more[0] not in known]
    return {name: ItemKind(name, part, keys, Shape((_model(part, keys),), name), subject) for name, part, keys, subject in found}


def _model(part: str, keys: tuple[str, ...]) -> type[BaseModel]:
    model: Any = Mission.model_fields[part].annotation
    for key in keys:
        model = get_args(model.model_fields[key].annotation)[0]
    found: type[BaseModel] = model
    return found


@lru_cache(maxsize=256)
def fields_of(shape: Shape) -> dict[str, Type]:
    """The fields of a shape with their types; what no expression can use, such as a table of stocks, is left out."""
    found: dict[str, Type] = {}
    for model in shape.models:
        for name, info in model.model_fields.items():
            kind = _type(info.annotation, tuple(info.metadata), shape, f"{shape.prefix}{name}")
            if kind is None:
                continue
            # The parts of one list may each have their own words for a field, such as the rule of a need.
            before = found.setdefault(name, kind)
            if before.choices and kind.choices:
                found[name] = replace(before, choices=tuple(dict.fromkeys((*before.choices, *kind.choices))))
    return found


def _type(annotation: Any, marks: tuple[Any, ...], shape: Shape, place: str) -> Type | None:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _type(inner, (*marks, *more), shape, place)
    if origin in (Union, UnionType):
        options = [part for part in get_args(annotation) if part is not type(None)]
        if len(options) == 1:
            return _type(options[0], marks, shape, place)
        models = tuple(part for part in options if isinstance(part, type) and issubclass(part, BaseModel))
        return Type("part", shape=Shape(models, shape.kind, f"{place}.")) if len(models) == len(options) else None
    if origin is tuple:
        parts = get_args(annotation)
        inner_type = _type(parts[0], (), shape, place) if len(parts) == 2 and parts[1] is Ellipsis else None
        return Type("list", inner=inner_type) if inner_type is not None else None
    if origin is Literal:
        return Type("text", choices=get_args(annotation)) if all(isinstance(word, str) for word in get_args(annotation)) else Type("number")
    return _plain(annotation, marks, shape, place) if isinstance(annotation, type) else None


def _plain(annotation: type, marks: tuple[Any, ...], shape: Shape, place: str) -> Type | None:
    if issubclass(annotation, BaseModel):
        return Type("part", shape=Shape((annotation,), shape.kind, f"{place}."))
    if issubclass(annotation, StrEnum):
        return Type("text", choices=tuple(member.value for member in annotation), ranked=hasattr(annotation, "rank"))
    if issubclass(annotation, bool):
        return Type("truth")
    if issubclass(annotation, (int, float)):
        mark = next((mark for mark in marks if isinstance(mark, Quantity)), None)
        return Type("number") if mark is None else Type("number", unit_of(mark.unit)[1], "%" if mark.unit == "1" else mark.unit)
    if issubclass(annotation, date):
        return Type("date")
    if issubclass(annotation, str):
        target = {**REFERENCES.get(shape.kind, {}), **_REFERS.get(shape.kind, {})}.get(place, "")
        return Type("text", refers=target if target in _reachable() else "")
    return None


@lru_cache(maxsize=1)
def _reachable() -> frozenset[str]:
    return frozenset({kind.name for kind in KINDS} - set(_LEFT_OUT) | {"provision"})

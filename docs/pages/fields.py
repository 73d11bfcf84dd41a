"""The fields of models in words: type, unit, what is left out, meaning. Walks any model of the mission or the plan."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from math import isnan
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casque.mission.new_folder import inner_models, own_first
from casque.mission.quantities import Quantity, write_quantity
from casque.mission.written import Count, Day, Id, Rate, Sourced
from docs.pages.markdown import anchor, one_line, table

_NAMED = ((Id, "id"), (Day, "day"), (Count, "whole number"), (Rate, "number"))
_PLAIN: dict[Any, str] = {str: "text", bool: "`true` or `false`", int: "whole number", float: "number", date: "date", Any: "anything"}


def models_below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model that its fields hold, each once, in reading order."""
    seen: list[type[BaseModel]] = []

    def walk(current: type[BaseModel]) -> None:
        if current in seen:
            return
        seen.append(current)
        for info in own_first(current).values():
            hint = get_args(info.annotation)[1] if get_origin(info.annotation) is dict else info.annotation
            for inner in inner_models(hint):
                walk(inner)

    walk(model)
    yield from seen


def closed_lists(models: Iterable[type[BaseModel]]) -> dict[str, type[StrEnum]]:
    """Every closed list of words that the fields of these models take, by name."""
    found: dict[str, type[StrEnum]] = {}

    def walk(hint: Any) -> None:
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            found[hint.__name__] = hint
        for part in get_args(hint):
            walk(part)

    for model in models:
        for hint in get_type_hints(model, include_extras=True).values():
            walk(hint)
    return dict(sorted(found.items()))


def own_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model without those that every sourced item has."""
    shared = set(Sourced.model_fields) if issubclass(model, Sourced) and model is not Sourced else set()
    return {name: info for name, info in own_first(model).items() if name not in shared}


def field_table(model: type[BaseModel], words_page: str = "") -> str:
    """A table of the fields of a model. `words_page` is where the closed lists are explained."""
    hints = get_type_hints(model, include_extras=True)
    with_units = any(_quantity(hints[name]) for name in own_fields(model))
    rows = []
    for name, info in own_fields(model).items():
        mark = _quantity(hints[name])
        row = [f"`{name}`", in_words(hints[name], words_page)]
        row += [f"`{mark.unit}`" if mark else ""] if with_units else []
        rows.append([*row, left_out(info, hints[name]), one_line(info.description or "")])
    return table(["field", "type", *(["unit"] if with_units else []), "if left out", "meaning"], rows)


def record_table(model: type[BaseModel]) -> str:
    """A table of the fields of a record: they are all there, so nothing is said of defaults."""
    hints = get_type_hints(model, include_extras=True)
    return table(
        ["field", "type", "meaning"],
        ([f"`{name}`", in_words(hints[name], "words.md"), one_line(info.description or "")] for name, info in model.model_fields.items()),
    )


def in_words(hint: Any, words_page: str = "") -> str:
    """A type in words."""
    for known, name in _NAMED:
        if hint == known:
            return name
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        mark = _quantity(hint)
        return in_words(parts[0], words_page) if mark is None else ("share" if mark.unit == "1" else "quantity")
    if origin in (Union, types.UnionType):
        return " or ".join(in_words(part, words_page) for part in parts if part is not type(None))
    if origin is Literal:
        return ("always " if len(parts) == 1 else "") + " or ".join(f"`{part}`" for part in parts)
    if origin is tuple:
        held = list(dict.fromkeys(in_words(part, words_page) for part in parts if part is not ...))
        return f"list of {' or '.join(held)}" if ... in parts else " and ".join(in_words(part, words_page) for part in parts)
    if origin is dict:
        return f"{in_words(parts[1], words_page)} by {in_words(parts[0], words_page)}"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"[{hint.__name__}]({words_page}#{anchor(hint.__name__)})"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return f"[{hint.__name__}](#{anchor(hint.__name__)})"
    return _PLAIN[hint]


def left_out(info: FieldInfo, hint: Any) -> str:
    """What holds where the field is left out."""
    if info.is_required():
        return "*needed*"
    value, mark = info.default, _quantity(hint)
    if value is None:
        return "none"
    if isinstance(value, float) and isnan(value):
        return "worked out"
    if value == () or value == "":
        return "empty"
    if isinstance(value, BaseModel):
        return "its defaults"
    if mark is not None:
        return f"`{write_quantity(value, mark.unit)}`" if mark.unit != "1" else f"`{value * 100:g} %`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return ", ".join(f"`{part}`" for part in value) if isinstance(value, tuple) else f"`{value}`"


def _quantity(hint: Any) -> Quantity | None:
    for mark in getattr(hint, "__metadata__", ()):
        if isinstance(mark, Quantity):
            return mark
    for part in get_args(hint) if get_origin(hint) in (Union, types.UnionType) else ():
        found = _quantity(part)
        if found:
            return found
    return None

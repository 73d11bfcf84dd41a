"""From what pydantic says of a value to faults with a line, the nearest known name, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from casque.mission.faults import Fault, nearest, shown
from casque.mission.yaml_source import Parsed, Path, written_path

_MISSING = object()

_IN_WORDS = {
    "int": "expected a whole number",
    "float": "expected a number",
    "finite_number": "expected a finite number",
    "bool": "expected true or false",
    "string": "expected text",
    "tuple": "expected a list",
    "dict": "expected keys with values",
    "model": "expected keys with values",
    "model_attributes": "expected keys with values",
}
_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}


def faults_of(error: ValidationError, model: type[BaseModel], parsed: Parsed, name: str) -> list[Fault]:
    """Every fault that a validation found, in the order of the file."""
    return sorted({_fault(detail, model, parsed, name) for detail in error.errors(include_url=False)})


def _fault(detail: Mapping[str, Any], model: type[BaseModel], parsed: Parsed, name: str) -> Fault:
    path, value = _placed(tuple(detail["loc"]), parsed.value)
    kind, context = str(detail["type"]), detail.get("ctx") or {}
    holder = models_at(model, path[:-1], parsed.value)
    fields = sorted({field for part in holder for field in part.model_fields})
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    line = _line(parsed, path)
    if kind == "missing":
        inside = models_at(model, path, parsed.value)
        needed = next((part.model_fields[last].description for part in inside if last in part.model_fields), None) or ""
        needed = " ".join(needed.split())
        return Fault(
            name,
            line,
            written_path(path),
            f"no '{last}'",
            f"expected the key '{last}'",
            next_step=_sentence(f"{last}: {needed}") if needed else "",
        )
    if kind == "extra_forbidden":
        return Fault(
            name,
            line,
            written_path(path),
            f"the key '{last}'",
            "expected a known key",
            nearest(last, fields),
            "Known keys: " + ", ".join(fields) + ".",
        )
    expected = str(detail["msg"])
    near = str(context.get("nearest", ""))
    if kind in ("enum", "literal_error"):
        choices = [choice.strip(" '") for choice in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        near, expected = nearest(str(value), choices), "expected one of " + ", ".join(choices)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        choices = [choice.strip(" '") for choice in str(context.get("expected_tags", "")).split(",") if choice.strip()]
        key = str(context.get("discriminator", "rule")).strip("'")
        seen = value.get(key, "nothing") if isinstance(value, dict) else value
        tail = "one of " + ", ".join(choices) if choices else "a rule"
        return Fault(name, line, written_path(path), f"{key} {shown(seen)}", f"expected {key} to be {tail}", nearest(str(seen), choices))
    elif kind == "string_pattern_mismatch":
        expected = "expected a short name of lower-case letters, digits, dot, dash or underscore"
    elif kind in _LIMITS:
        key, words = _LIMITS[kind]
        expected = f"expected {words} {context.get(key)}"
    elif not expected.startswith("expected"):
        head = kind.removesuffix("_parsing").removesuffix("_type").removesuffix("_from_float").removesuffix("_parsing_size")
        expected = _IN_WORDS.get(head, "expected: " + expected[:1].lower() + expected[1:])
    return Fault(name, line, written_path(path), shown(value), expected, near)


def models_at(model: type[BaseModel], path: Path, value: Any) -> list[type[BaseModel]]:
    """The models that may stand at a path of a file, several where a union is still open."""
    annotation: Any = model
    for part in path:
        options = _models(annotation)
        if isinstance(part, int):
            annotation = _item(annotation)
        else:
            annotation = next((option.model_fields[part].annotation for option in options if part in option.model_fields), None)
        value = _child(value, part)
    options = _models(annotation)
    for key in ("rule", "when"):
        if len(options) > 1 and isinstance(value, dict) and key in value:
            options = [option for option in options if key in option.model_fields and value[key] in _literal(option, key)] or options
    if len(options) > 1 and isinstance(value, dict):
        options = [option for option in options if value.keys() >= _required(option)] or options
    return options


def _required(model: type[BaseModel]) -> set[str]:
    return {name for name, info in model.model_fields.items() if info.is_required()}


def _literal(model: type[BaseModel], key: str) -> tuple[Any, ...]:
    return get_args(model.model_fields[key].annotation)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return [found for part in get_args(annotation) for found in _models(part)]
    return []


def _item(annotation: Any) -> Any:
    if get_origin(annotation) is tuple and get_args(annotation):
        return get_args(annotation)[0]
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return next((found for part in get_args(annotation) if (found := _item(part)) is not None), None)
    return None


def _child(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part, _MISSING)
    if isinstance(value, (list, tuple)) and isinstance(part, int) and part < len(value):
        return value[part]
    return _MISSING


def _placed(location: tuple[str | int, ...], root: Any) -> tuple[Path, Any]:
    """The path in the file behind a location in the model, which also names the branch taken in a union."""
    path: Path = ()
    value = root
    for part in location:
        child = _child(value, part)
        if child is not _MISSING:
            path, value = (*path, part), child
    return path, value


def _line(parsed: Parsed, path: Path) -> int:
    while path and path not in parsed.lines:
        path = path[:-1]
    return parsed.lines.get(path, 1)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else text + "."

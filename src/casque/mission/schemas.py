"""JSON schemas (draft 2020-12) of the YAML files of a mission folder, for editors that complete and check while one writes.

A schema accepts whatever the reader accepts of a single file, keys left empty and numbers in the place of text included; only `true` in
the place of a number is refused here alone. What only the reader can tell (an id that nothing carries, a quantity of another kind, dates
out of order) stays with `casque check`.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from casque.errors import NoSuchItem, Unwritable
from casque.mission.faults import nearest
from casque.mission.layout import LESSONS, YAML_FILES
from casque.mission.lessons import Lesson
from casque.mission.new_folder import own_first
from casque.mission.quantities import write_quantity

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAPPING = "yaml-schemas.json"
"""File that tells an editor which schema is for which file."""

_WHOLE = r"^\s*[-+]?[0-9][0-9_]*(?:\.0*)?\s*$"
_NUMBER = r"^\s*[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*$"
_TRUTH = r"^\s*(?:[tT](?:[rR][uU][eE])?|[fF](?:[aA][lL][sS][eE])?|[yY](?:[eE][sS])?|[nN][oO]?|[oO][nN]|[oO][fF][fF]|[01])\s*$"
_DAY = r"^\s*(?:D(?:[-+]?[0-9]+)?|[0-9]{4}-?[0-9]{2}-?[0-9]{2}|[0-9]{4}-?W[0-9]{2}(?:-?[0-9])?)\s*$"
_DAY_EXAMPLES = ["1999-06-12", "D+14"]
_ASIDE = ("title", "description", "default", "examples")


def schema_files() -> dict[str, tuple[str, type[BaseModel]]]:
    """Every YAML file of a folder by pattern: the file name of its schema, and its model."""
    found = {name: (name.removesuffix(".yaml") + ".schema.json", model) for name, (_, model) in YAML_FILES.items()}
    return found | {f"{LESSONS}/*.yaml": ("lesson.schema.json", Lesson)}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON schema of a file of the folder, such as `tasks.yaml` or `lessons/some-lesson.yaml`. Raises NoSuchItem."""
    known = schema_files()
    pattern = f"{LESSONS}/*.yaml" if name.startswith(f"{LESSONS}/") else name
    if pattern not in known:
        near = nearest(name, known)
        hint = f" Did you mean '{near}'?" if near else ""
        raise NoSuchItem(f"no schema for '{name}'.{hint}", "Files with a schema: " + ", ".join(known) + ".")
    file, model = known[pattern]
    body = model.model_json_schema(mode="validation", schema_generator=_Generator)
    about = (inspect.getdoc(inspect.getmodule(model)) or "").split("\n\n")[0] if pattern != "sources.yaml" else ""
    head = {"$schema": DIALECT, "$id": f"casque/{file}", "title": pattern, "description": about or body.get("description", "")}
    return head | {key: value for key, value in body.items() if key not in head}


def write_schemas(target: Path) -> list[str]:
    """Write every schema, and the mapping of files to schemas for an editor's settings. Returns the names of the files.

    Raises Unwritable where the target is no folder or cannot be written.
    """
    files = schema_files()
    texts = {file: schema_of(pattern) for pattern, (file, _) in files.items()}
    place = target.as_posix() if target.is_absolute() else f"./{target.as_posix()}"
    texts[MAPPING] = {"yaml.schemas": {f"{place}/{file}": [pattern] for pattern, (file, _) in files.items()}}
    if target.exists() and not target.is_dir():
        raise Unwritable(f"{target} is a file", "Name a folder.")
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file, value in texts.items():
            draft = target / f".{file}.new"
            draft.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            draft.replace(target / file)
    except OSError as error:
        raise Unwritable(
            f"{target} cannot be written: {error.strerror or error}", "Check the space on the disk and the permissions."
        ) from error
    return sorted(texts)


class _Generator(GenerateJsonSchema):
    """Widens what pydantic says of a model to what the reader lets people write."""

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Whole numbers may stand in quotes."""
        return super().int_schema(schema) | {"type": ["integer", "string"], "pattern": _WHOLE}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        """Numbers may stand in quotes."""
        return super().float_schema(schema) | {"type": ["number", "string"], "pattern": _NUMBER}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """The core schema of YAML reads `yes` and `no` as text; the model takes them all the same."""
        return {"anyOf": [super().bool_schema(schema), {"enum": [0, 1]}, {"type": "string", "pattern": _TRUTH}]}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text may be a number; blanks around it do not count."""
        said = super().str_schema(schema)
        if "pattern" in said:
            said["pattern"] = rf"^\s*{said['pattern'].removeprefix('^').removesuffix('$')}\s*$"
            said.pop("maxLength", None)
        return said | {"type": ["string", "number"]}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        """A day of the calendar, or counted from D-day."""
        said = super().date_schema(schema) | {"pattern": _DAY, "examples": _DAY_EXAMPLES}
        del said["format"]
        return said

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be nothing is a key that may be left empty, as every key that is not needed."""
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """One of several shapes, told apart by one key."""
        return {key: value for key, value in super().tagged_union_schema(schema).items() if key != "discriminator"}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Keys with nothing behind them count as left out."""
        said = super().dict_schema(schema)
        if isinstance(said.get("additionalProperties"), dict):
            said["additionalProperties"] = _or_nothing(said["additionalProperties"])
        return said

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A key that is not needed may be left empty."""
        said = super().model_schema(schema)
        needed = said.get("required", [])
        parts = said.get("properties", {})
        said["properties"] = {
            name: parts[name] if name in needed else _or_nothing(parts[name]) for name in own_first(schema["cls"]) if name in parts
        }
        # An item with a reader of its own in front is one that may be written in one line of text as well.
        return {"anyOf": [said, {"type": "string"}]} if schema["schema"]["type"] == "function-before" else said

    def get_title_from_name(self, name: str) -> str:
        """A key in words."""
        return name.replace("_", " ").capitalize()


def _or_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """A schema that also takes nothing, with its default as people write it."""
    said = {key: part for key, part in value.items() if key in _ASIDE}
    rest = {key: part for key, part in value.items() if key not in _ASIDE}
    default = said.get("default")
    if default is None:
        said.pop("default", None)
    elif "unit" in rest:
        said["default"] = write_quantity(default, rest["unit"])
    if "const" in rest or "enum" in rest or "type" not in rest:
        options = rest["anyOf"] if list(rest) == ["anyOf"] else [rest]
        return said | {"anyOf": [*options, {"type": "null"}]}
    types = rest["type"] if isinstance(rest["type"], list) else [rest["type"]]
    return said | rest | {"type": [*types, "null"]}

"""What a mission says, item by item and field by field, as text that can be held against another mission's."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from casque.mission.layout import OPTIONAL_TABLES, PARTS, TABLE_FOLDERS, TABLES, YAML_FILES
from casque.mission.links import KINDS
from casque.mission.mission import Mission

Values = dict[tuple[int, str], tuple[str, dict[str, str]]]
"""Title and fields of every item, by the rank of its kind and by `kind:id`; what is left out is not there."""

SILENT = ("scenarios",)
"""Parts that no stage reads."""

_TITLES = ("title", "name", "text", "paragraph")


def values_of(mission: Mission) -> Values:
    """Every item of a mission with its fields; what has no id stands under `file:NAME`."""
    files = {part: name for name, (part, _) in YAML_FILES.items()}
    files |= {part: name.split("/")[0] for name, (part, _, _) in TABLES.items()}
    files |= {part: name for name, (part, _, _) in TABLES.items() if name in OPTIONAL_TABLES}
    files |= {part: name for name, (part, _, _) in TABLE_FOLDERS.items()}
    values: Values = {}
    for part in PARTS:
        if part in SILENT:
            continue
        rest = _dumped(getattr(mission, part))
        for rank, kind in enumerate(KINDS):
            if kind.part == part:
                for item in rest.pop(kind.key, ()):
                    values[rank, f"{kind.name}:{item['id']}"] = (_title(item), _flat(item))
        for number, source in enumerate(rest.pop("", ())):
            values[len(KINDS), f"source:{source.get('id', number)}"] = (_title(source), _flat(source))
        values[-1 if part == "about" else len(KINDS) + 1, f"file:{files.get(part, part)}"] = (_title(rest), _flat(rest))
    return values


def _dumped(value: Any) -> dict[str, Any]:
    if isinstance(value, BaseModel):
        return dict(value.model_dump(mode="json"))
    return {"": [item.model_dump(mode="json") for item in value]}


def _title(item: dict[str, Any]) -> str:
    return next((str(item[name]) for name in _TITLES if item.get(name)), "")


def _flat(value: dict[str, Any]) -> dict[str, str]:
    """Fields by dotted path; a list of plain values is one value, an item of a list is named by its id or counted from 1."""
    found: dict[str, str] = {}
    _flatten(value, "", found)
    return found


def _flatten(value: Any, path: str, found: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, part in value.items():
            # A supposed value is marked as judged; that is said of it already.
            if key != "judged":
                _flatten(part, f"{path}.{key}" if path else str(key), found)
    elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
        for number, part in enumerate(value, 1):
            name = part.get("id", number) if isinstance(part, dict) else number
            _flatten(part, f"{path}[{name}]", found)
    elif value not in (None, [], ""):
        found[path] = value if isinstance(value, str) else ", ".join(map(str, value)) if isinstance(value, list) else json.dumps(value)

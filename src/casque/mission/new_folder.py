"""Starting a mission folder: a small complete example to change, or blank forms made from the schema."""

from __future__ import annotations

import shutil
import tempfile
import types
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casque.errors import BadInput, Unwritable
from casque.mission.csv_source import quantity_of
from casque.mission.faults import nearest
from casque.mission.layout import LESSONS, TABLE_FOLDERS, TABLES, YAML_FILES
from casque.mission.lessons import Lesson
from casque.mission.written import Sourced

LIKE = ("un", "nato", "au", "ecowas")
"""Organisations whose usual way of running a mission the example can take on."""


def write_new(folder: Path, blank: bool = False, like: str = "") -> list[str]:
    """Write a new folder and return its files: the example, the example as an organisation of `LIKE` would run it, or blank forms.

    Raises Unwritable where something already stands there, BadInput for an unknown organisation or for one together with `blank`.
    """
    _refuse_unknown(like, blank)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unwritable(f"{folder} exists and is not empty", "Name a folder that does not exist yet.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            draft = Path(temporary) / "folder"
            if blank:
                _write_blank(draft)
            else:
                # What an organisation does otherwise lies over the example, file by file.
                for layer in ("template", *([f"templates/{like}"] if like else [])):
                    with as_file(files("casque.mission") / layer) as template:
                        shutil.copytree(template, draft, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
            if folder.exists():
                folder.rmdir()
            draft.replace(folder)
    except OSError as error:
        raise Unwritable(
            f"{folder} cannot be written: {error.strerror or error}", "Check the space on the disk and the permissions."
        ) from error
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _refuse_unknown(like: str, blank: bool) -> None:
    if like and blank:
        raise BadInput("--blank and --like exclude each other", next_step="Blank forms are the same for every organisation.")
    if like and like not in LIKE:
        near = nearest(like, LIKE)
        hint = f" Did you mean '{near}'?" if near else ""
        raise BadInput(f"no template like '{like}'.{hint}", next_step="Templates: " + ", ".join(LIKE) + ".")


def _write_blank(folder: Path) -> None:
    for name, (_, model) in YAML_FILES.items():
        _write(folder / name, blank_yaml(name, model))
    for name, (_, _, row) in TABLES.items():
        _write(folder / name, header_of(row))
    for name, (_, _, row) in TABLE_FOLDERS.items():
        _write(folder / name / f"{name}.csv", header_of(row))
    _write(folder / LESSONS / "first-lesson.yaml", blank_yaml("lessons/first-lesson.yaml", Lesson))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def header_of(row: type[BaseModel]) -> str:
    """The header line of a table, units in brackets."""
    return ",".join(heading(name, info) for name, info in row.model_fields.items()) + "\n"


def heading(name: str, info: FieldInfo) -> str:
    """A column's heading: its name, with the unit in brackets for a quantity."""
    mark = quantity_of(info)
    return name if mark is None else f"{name} [{mark.unit}]"


def blank_yaml(name: str, model: type[BaseModel]) -> str:
    """A form for one file: every key with its meaning and nothing behind it, lists with one empty item."""
    return "\n".join([f"# {name}: fill in what is needed. A key left empty counts as left out.", *_form(model, "")]) + "\n"


def own_first(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model, its own before those that every sourced item has."""
    shared = set(Sourced.model_fields) if model is not Sourced else set()
    fields = model.model_fields
    return {name: fields[name] for name in sorted(fields, key=lambda name: name in shared)}


def _form(model: type[BaseModel], indent: str) -> list[str]:
    lines: list[str] = []
    for name, info in own_first(model).items():
        options = inner_models(info.annotation)
        if not options:
            lines.append(f"{indent}{name}:{_fixed(info)}  # {_meaning(info)}")
            continue
        lines += [f"{indent}# {_meaning(info)}", f"{indent}{name}:"]
        if get_origin(info.annotation) is not tuple:
            lines += _form(options[0], indent + "  ")
        for option in options if get_origin(info.annotation) is tuple else ():
            body = _form(option, indent + "    ")
            first = next(number for number, line in enumerate(body) if not line.lstrip().startswith("#"))
            body[first] = f"{indent}  - {body[first].lstrip()}"
            lines += body
    return lines


def _meaning(info: FieldInfo) -> str:
    mark = quantity_of(info)
    example = f"Such as {mark.example}. " if mark is not None else ""
    needed = "NEEDED. " if info.is_required() and not _fixed(info) else ""
    return f"{needed}{example}{' '.join((info.description or '').split())}{_choices(info.annotation)}"


def _fixed(info: FieldInfo) -> str:
    choices = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
    return f" {choices[0]}" if len(choices) == 1 else ""


def inner_models(annotation: Any) -> list[type[BaseModel]]:
    """The models that a field holds, several for a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (tuple, Annotated, Union, types.UnionType):
        return [found for part in get_args(annotation) for found in inner_models(part)]
    return []


def _choices(annotation: Any) -> str:
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return " One of: " + ", ".join(part) + "."
    return ""

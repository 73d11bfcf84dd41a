"""The reference pages of the mission folder: every field of every file, and the closed lists of words."""

from __future__ import annotations

import ast
import inspect
from enum import StrEnum

from pydantic import BaseModel

from casque.mission.folder import LESSONS, TABLE_FOLDERS, TABLES, YAML_FILES
from casque.mission.lessons import Lesson
from casque.mission.new_folder import heading, own_first
from casque.mission.written import Sourced
from casque.reference.unit_type import UnitType
from casque.runs.stages import STAGES
from docs.pages.fields import closed_lists, field_table, models_below
from docs.pages.markdown import anchor, one_line, page, table

_FORMS = """Each file is YAML or CSV. A key that the tables below do not name is refused, with the nearest known one.

* **quantity**: a number with its unit, such as `352 km`, `14 d`, `1428 USD/person/month`. Any unit of the same kind may be written;
  the table names the one kept inside. In a CSV file the unit stands in the header, in brackets: `strength [person]`.
* **share**: a quantity without a dimension from 0 to 1, written `40 %`, or in a CSV file with the header `share [%]` or `share [1]`.
* **day**: a date such as `1999-06-12`, or `D+14` counted from D-day.
* **id**: a short lower-case name, unique in its kind: letters, digits, dot, dash, underscore. In a field that points to another
  item it is the id of that item.
* **list**: in YAML `[a, b]` or one item a line; in a CSV cell `a; b`."""


def files() -> dict[str, tuple[str, type[BaseModel]]]:
    """Every file of the folder: what it is called, and the model of its top or of one row."""
    found: dict[str, tuple[str, type[BaseModel]]] = {name: ("file", model) for name, (_, model) in YAML_FILES.items()}
    found |= {name: ("table", row) for name, (_, _, row) in TABLES.items()}
    found |= {f"{name}/*.csv": ("tables", row) for name, (_, _, row) in TABLE_FOLDERS.items()}
    return found | {f"{LESSONS}/*.yaml": ("files", Lesson)}


def folder_page() -> str:
    """docs/reference/folder.md"""
    parts = [_FORMS, table(["file", "what it holds"], _contents())]
    shown: set[type[BaseModel]] = {Sourced}
    for name, (form, model) in files().items():
        parts.append(f"## {name}")
        parts.append(one_line(_about(name, model)))
        if form in ("table", "tables"):
            header = ",".join(heading(column, info) for column, info in own_first(model).items())
            parts.append(f"One row an item. Header, columns in any order:\n\n```csv\n{header}\n```")
        for inner in models_below(model):
            if inner not in shown:
                shown.add(inner)
                parts.append(
                    f"### {inner.__name__}\n\n{one_line(inner.__doc__ or '')}{_evidence(inner)}\n\n{field_table(inner, 'words.md')}"
                )
    parts.append(
        f"## Evidence\n\n{one_line(Sourced.__doc__ or '')} Most items have these fields too.\n\n{field_table(Sourced, 'words.md')}"
    )
    return page("The mission folder", *parts)


def words_page() -> str:
    """docs/reference/words.md"""
    parts = ["A field of the mission folder or of a record that takes one word of a closed list takes one of these."]
    tops: list[type[BaseModel]] = [Sourced, *(model for _, model in files().values()), *(stage.gives for stage in STAGES), UnitType]
    for name, kind in closed_lists(model for top in tops for model in models_below(top)).items():
        meanings = member_docs(kind)
        rows = [[f"`{member.value}`", meanings.get(member.name, "")] for member in kind]
        listed = table(["word", "meaning"], rows) if meanings else ", ".join(f"`{member.value}`" for member in kind) + "."
        parts.append(f"## {name}\n\n{one_line(kind.__doc__ or '')}\n\n{listed}")
    return page("Words", *parts)


def member_docs(kind: type[StrEnum]) -> dict[str, str]:
    """The docstrings under the members of a closed list."""
    body = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for member, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(member, ast.Assign) and isinstance(member.targets[0], ast.Name) and isinstance(after, ast.Expr):
            found[member.targets[0].id] = one_line(str(ast.literal_eval(after.value)))
    return found


def _contents() -> list[list[str]]:
    return [[f"[{name}](#{anchor(name)})", one_line(_about(name, model))] for name, (_, model) in files().items()]


def _about(name: str, model: type[BaseModel]) -> str:
    """What a file holds: for a table what a row is, otherwise what the module says of its file."""
    if name in TABLES:
        return f"One row for each: {_lower(model.__doc__ or '')}"
    if name == "sources.yaml":
        return "The texts that facts are taken from."
    said = (inspect.getdoc(inspect.getmodule(model)) or "").split("\n\n")[0].partition(": ")[2]
    return said[:1].upper() + said[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _evidence(model: type[BaseModel]) -> str:
    return " With [evidence](#evidence)." if issubclass(model, Sourced) else ""

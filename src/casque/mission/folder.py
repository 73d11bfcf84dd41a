"""Reading a mission folder: every file is read, every fault is found, and only a folder without faults becomes a Mission."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from casque.errors import BadInput
from casque.mission.about import About
from casque.mission.actors import Actors
from casque.mission.agreements import Agreements
from casque.mission.alliance import Alliance
from casque.mission.area import Area
from casque.mission.csv_source import parse_csv
from casque.mission.engagement import Engagement
from casque.mission.factors import FactorOverride, Overrides
from casque.mission.faults import Fault, nearest
from casque.mission.forces import Forces, Pledge
from casque.mission.lessons import Lesson, Lessons
from casque.mission.links import link_faults
from casque.mission.mandate import Mandate
from casque.mission.measures import Measures
from casque.mission.mission import Mission
from casque.mission.observations import Observation, Observations
from casque.mission.supply import Supply
from casque.mission.tasks import Tasks
from casque.mission.text_source import read_text
from casque.mission.transport import Lift, Link, Node, Transport
from casque.mission.validation import faults_of
from casque.mission.written import Source, Written
from casque.mission.yaml_source import Parsed, parse_yaml


class Sources(Written):
    """sources.yaml as it is written."""

    sources: tuple[Source, ...]
    """The texts that facts are taken from."""


YAML_FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "mission.yaml": ("about", About),
    "mandate.yaml": ("mandate", Mandate),
    "alliance.yaml": ("alliance", Alliance),
    "agreements.yaml": ("agreements", Agreements),
    "area.yaml": ("area", Area),
    "actors.yaml": ("actors", Actors),
    "tasks.yaml": ("tasks", Tasks),
    "engagement.yaml": ("engagement", Engagement),
    "supply.yaml": ("supply", Supply),
    "measures.yaml": ("measures", Measures),
    "sources.yaml": ("sources", Sources),
}
"""Files of structure: name, the field of Mission they fill, their model."""

TABLES: dict[str, tuple[str, str, type[BaseModel]]] = {
    "forces/pledges.csv": ("forces", "pledges", Pledge),
    "transport/nodes.csv": ("transport", "nodes", Node),
    "transport/links.csv": ("transport", "links", Link),
    "transport/lift.csv": ("transport", "lift", Lift),
}
"""Tables: name, the field of Mission they fill, the list in it, the model of a row."""

TABLE_FOLDERS: dict[str, tuple[str, str, type[BaseModel]]] = {
    "observations": ("observations", "observations", Observation),
    "factors": ("overrides", "overrides", FactorOverride),
}
"""Folders of tables of one shape, any number of files."""

LESSONS = "lessons"
KNOWN_FOLDERS = ("forces", "transport", "observations", "factors", LESSONS, "out")


@dataclass
class Reading:
    """A folder as far as it could be read."""

    parts: dict[str, Any] = field(default_factory=dict)
    """Fields of Mission that could be read whole."""
    salvaged: dict[str, Any] = field(default_factory=dict)
    """Fields of Mission without their faulty items, so that the other items are looked at all the same."""
    parsed: dict[str, Parsed] = field(default_factory=dict)
    """Every file that could be parsed."""
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """For each list that comes from tables: file and row number of each item."""
    faults: list[Fault] = field(default_factory=list)
    """What is wrong."""


def read(folder: Path | str) -> Mission:
    """Read a mission folder.

    Raises BadInput with every fault of the folder, each with file, line, what was seen and what was expected.
    """
    return mission_of(look(Path(folder)), Path(folder))


def mission_of(reading: Reading, folder: Path) -> Mission:
    """The mission behind a folder that has been looked at. Raises BadInput with every fault."""
    if reading.faults:
        faults = sorted(set(reading.faults))
        raise BadInput(
            f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {folder}", faults, "Mend the faults above and run the command again."
        )
    return Mission(**reading.parts)


def look(folder: Path) -> Reading:
    """Read as much of a folder as can be read, and collect every fault. Nothing is raised for what a person wrote."""
    reading = Reading()
    if not folder.is_dir():
        reading.faults.append(
            Fault(str(folder), 0, "", "no such folder", "expected a mission folder", next_step="Make one with 'casque new FOLDER'.")
        )
        return reading
    if not (folder / "mission.yaml").exists() and not any((folder / name).exists() for name in YAML_FILES):
        reading.faults.append(
            Fault(
                str(folder),
                0,
                "",
                "a folder without mission.yaml",
                "expected a mission folder",
                next_step="Name the folder that holds mission.yaml, or make one with 'casque new FOLDER'.",
            )
        )
        return reading
    _unknown_files(folder, reading)
    d_day = _d_day(folder)
    # Without a readable D-day every D+n would be a fault of its own; any day will do, as the folder is refused anyway.
    context = {"d_day": d_day or date(2000, 1, 1)}
    for name, (part, model) in YAML_FILES.items():
        value = _structure(folder, name, model, context, reading)
        if value is not None:
            reading.parts[part] = value.sources if isinstance(value, Sources) else value
    reading.salvaged.pop("sources", None)
    for part, model in (("forces", Forces), ("transport", Transport)):
        _tables(folder, part, model, context, reading)
    for name, (part, key, row) in TABLE_FOLDERS.items():
        _table_folder(folder / name, part, key, row, context, reading)
    _lessons(folder / LESSONS, context, reading)
    if d_day is not None:
        reading.faults.extend(link_faults(reading.parts, reading.salvaged, reading.parsed, reading.rows))
    return reading


def _d_day(folder: Path) -> date | None:
    text = read_text(folder / "mission.yaml", "mission.yaml")
    if isinstance(text, Fault):
        return None
    value = parse_yaml(text, "mission.yaml").value
    try:
        return date.fromisoformat(str(value["d_day"])) if isinstance(value, dict) else None
    except (KeyError, ValueError):
        return None


def _unknown_files(folder: Path, reading: Reading) -> None:
    tables = {name.split("/")[0]: [other.split("/")[1] for other in TABLES if other.startswith(name.split("/")[0])] for name in TABLES}
    places = {"": [*YAML_FILES, *KNOWN_FOLDERS], **tables}
    for place, known in places.items():
        here = folder / place
        if not here.is_dir():
            continue
        for entry in sorted(here.iterdir()):
            if entry.name in known or entry.name.startswith(".") or entry.suffix == ".md":
                continue
            name = f"{place}/{entry.name}" if place else entry.name
            reading.faults.append(
                Fault(
                    name,
                    0,
                    "",
                    "a file that belongs to no part of a mission",
                    "expected one of " + ", ".join(known),
                    nearest(entry.name, known),
                    "Rename it or move it away.",
                )
            )


def _text(path: Path, name: str, reading: Reading) -> str | None:
    if not path.exists() and not path.is_symlink():
        reading.faults.append(
            Fault(name, 0, "", "no such file", "expected the file", next_step=f"Copy {name} from 'casque new' and fill it in.")
        )
        return None
    text = read_text(path, name)
    if isinstance(text, Fault):
        reading.faults.append(text)
        return None
    return text


def _structure(folder: Path, name: str, model: type[BaseModel], context: dict[str, Any], reading: Reading) -> Any:
    text = _text(folder / name, name, reading)
    if text is None:
        return None
    parsed = parse_yaml(text, name)
    reading.faults.extend(parsed.faults)
    if parsed.faults:
        return None
    reading.parsed[name] = parsed
    return _validated(parsed, name, model, context, reading)


def _validated(parsed: Parsed, name: str, model: type[BaseModel], context: dict[str, Any], reading: Reading) -> Any:
    if not isinstance(parsed.value, dict):
        reading.faults.append(Fault(name, 1, "", "no keys", "expected a mapping of keys to values", next_step="Write 'key: value' lines."))
        return None
    try:
        return model.model_validate(parsed.value, context=context)
    except ValidationError as error:
        reading.faults.extend(faults_of(error, model, parsed, name))
        if name in YAML_FILES:
            _salvage(parsed, name, model, context, reading, {tuple(detail["loc"][:2]) for detail in error.errors(include_url=False)})
        return None


def _salvage(parsed: Parsed, name: str, model: type[BaseModel], context: dict[str, Any], reading: Reading, faulty: set[Any]) -> None:
    """Keep what a file says without its faulty items, each in its place, where all its faults lie in items of lists."""
    if any(len(place) < 2 or not isinstance(place[1], int) for place in faulty):
        return
    kept = dict(parsed.value)
    for key in sorted({str(place[0]) for place in faulty}):
        rows = [row for row in range(len(kept[key])) if (key, row) not in faulty]
        kept[key] = [parsed.value[key][row] for row in rows]
        reading.rows[key] = [(name, row) for row in rows]
    try:
        reading.salvaged[YAML_FILES[name][0]] = model.model_validate(kept, context=context)
    except ValidationError:
        return


def _tables(folder: Path, part: str, model: type[BaseModel], context: dict[str, Any], reading: Reading) -> None:
    lists: dict[str, Any] = {}
    whole = True
    for name, (owner, key, row) in TABLES.items():
        if owner == part:
            rows, sound = _table(folder / name, name, key, row, context, reading)
            whole = whole and sound
            lists[key] = rows
    read = reading.parts if whole else reading.salvaged
    read[part] = model.model_construct(**model.model_validate(dict.fromkeys(lists, ())).model_dump() | lists)


def _table(
    path: Path, name: str, key: str, row: type[BaseModel], context: dict[str, Any], reading: Reading
) -> tuple[tuple[Any, ...], bool]:
    """The sound rows of a table, and whether the whole table is sound."""
    text = _text(path, name, reading)
    if text is None:
        return (), False
    parsed = parse_csv(text, name, row, key)
    reading.faults.extend(parsed.faults)
    reading.parsed[name] = parsed
    items, failed = [], bool(parsed.faults)
    for number, cells in enumerate(parsed.value[key]):
        try:
            items.append(row.model_validate(cells, context=context))
            reading.rows.setdefault(key, []).append((name, number))
        except ValidationError as error:
            failed = True
            one = Parsed(cells, {path[2:]: line for path, line in parsed.lines.items() if path[:2] == (key, number)})
            reading.faults.extend(faults_of(error, row, one, name))
    return tuple(items), not failed


def _table_folder(folder: Path, part: str, key: str, row: type[BaseModel], context: dict[str, Any], reading: Reading) -> None:
    model: type[Observations] | type[Overrides] = Observations if part == "observations" else Overrides
    items: list[Any] = []
    whole = True
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.suffix == ".md":
            continue
        name = f"{folder.name}/{path.name}"
        if path.suffix != ".csv":
            reading.faults.append(
                Fault(name, 0, "", "a file that is not a table", "expected .csv files only", next_step="Rename it or move it away.")
            )
            continue
        rows, sound = _table(path, name, key, row, context, reading)
        whole = whole and sound
        items.extend(rows)
    (reading.parts if whole else reading.salvaged)[part] = model.model_construct(**model().model_dump() | {key: tuple(items)})


def _lessons(folder: Path, context: dict[str, Any], reading: Reading) -> None:
    items: list[Any] = []
    whole = True
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.suffix == ".md":
            continue
        name = f"{LESSONS}/{path.name}"
        if path.suffix != ".yaml":
            reading.faults.append(
                Fault(name, 0, "", "a file that is not a lesson", "expected .yaml files only", next_step="Rename it or move it away.")
            )
            continue
        value = _structure(folder.parent, name, Lesson, context, reading)
        whole = whole and value is not None
        if value is not None:
            items.append(value)
            reading.rows.setdefault("lessons", []).append((name, -1))
    if whole:
        reading.parts["lessons"] = Lessons(lessons=tuple(items))

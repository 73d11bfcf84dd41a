"""Reading a mission folder: every file is read, every fault is found, and only a folder without faults becomes a Mission."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from casque.errors import BadInput, NoSuchItem
from casque.mission.csv_source import parse_csv
from casque.mission.factors import Overrides
from casque.mission.faults import Fault, nearest
from casque.mission.forces import Forces
from casque.mission.layout import (
    KEYS,
    KNOWN_FOLDERS,
    LESSONS,
    OPTIONAL,
    OPTIONAL_TABLES,
    PARTS,
    TABLE_FOLDERS,
    TABLES,
    YAML_FILES,
    Sources,
)
from casque.mission.lessons import Lesson, Lessons
from casque.mission.links import KINDS, link_faults
from casque.mission.mission import Mission
from casque.mission.movement_faults import movement_faults
from casque.mission.movements import Movements
from casque.mission.observations import Observations
from casque.mission.overlay import FILE as SCENARIOS
from casque.mission.overlay import overlaid
from casque.mission.own_rule_faults import OWN_RULES, own_rule_faults
from casque.mission.own_rules import OwnRules
from casque.mission.reading import Reading
from casque.mission.requirement_faults import requirement_faults
from casque.mission.requirements import Requirements
from casque.mission.scenarios import BASE, Scenario, Scenarios
from casque.mission.text_source import read_text
from casque.mission.transport import Transport
from casque.mission.transport_faults import transport_faults
from casque.mission.validation import faults_of
from casque.mission.version import format_fault
from casque.mission.yaml_source import Parsed, parse_yaml

__all__ = ["LESSONS", "TABLES", "TABLE_FOLDERS", "YAML_FILES", "Reading", "look", "mission_of", "read", "under"]


def read(folder: Path | str, scenario: str = BASE) -> Mission:
    """Read a mission folder, as it stands or under one of its scenarios.

    Raises BadInput with every fault of the folder, each with file, line, what was seen and what was expected; NoSuchItem for an
    unknown scenario. A fault of a scenario that is not asked for is no fault of the folder.
    """
    reading = look(Path(folder))
    mission = mission_of(reading, Path(folder))
    return mission if scenario in ("", BASE) else mission_of(under(reading, scenario, Path(folder)), Path(folder))


def under(reading: Reading, scenario: str, folder: Path) -> Reading:
    """The reading of a folder without faults, as it stands or under a scenario.

    Raises NoSuchItem; BadInput where scenarios.yaml itself has faults, as nobody can say then what its scenarios mean.
    """
    if scenario in ("", BASE):
        return reading
    if reading.scenario_faults:
        raise _refused(reading.warnings, folder)
    if scenario not in reading.under:
        near = nearest(scenario, reading.under)
        known = "Scenarios: " + ", ".join([BASE, *reading.under]) + "."
        raise NoSuchItem(f"no scenario is called '{scenario}'", (f"Did you mean '{near}'? " if near else "") + known)
    return reading.under[scenario]


def mission_of(reading: Reading, folder: Path) -> Mission:
    """The mission behind a folder that has been looked at. Raises BadInput with every fault."""
    if reading.faults:
        raise _refused(sorted({*reading.faults, *reading.warnings}), folder)
    known = {"scenarios": reading.salvaged["scenarios"]} if "scenarios" in reading.salvaged else {}
    return Mission(**(known | reading.parts))


def _refused(faults: list[Fault], folder: Path) -> BadInput:
    count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
    return BadInput(f"{count} in {folder}", faults, "Mend the faults above and run the command again.")


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
    page = _title_page(folder)
    other_format = format_fault(page)
    if other_format is not None:
        reading.faults.append(other_format)
        return reading
    _unknown_files(folder, reading)
    _parse(folder, reading)
    _validate(reading, list(PARTS))
    if _d_day(page) is not None:
        reading.faults.extend(_between(reading))
        _under_scenarios(reading)
    reading.scenario_faults = [fault for fault in reading.faults if fault.file == SCENARIOS]
    reading.faults = [fault for fault in reading.faults if fault.file != SCENARIOS]
    return reading


def _between(reading: Reading) -> list[Fault]:
    """What is wrong between the parts of a reading, and in the expressions over them."""
    faults = link_faults(reading.parts, reading.salvaged, reading.parsed, reading.rows)
    faults += requirement_faults({**reading.salvaged, **reading.parts}, reading.parsed, reading.rows)
    faults += movement_faults({**reading.salvaged, **reading.parts}, reading.parsed, reading.rows)
    faults += transport_faults({**reading.salvaged, **reading.parts}, reading.parsed, reading.rows)
    own, sources = reading.parts.get("own_rules"), reading.parts.get("sources")
    if isinstance(own, OwnRules) and OWN_RULES in reading.parsed:
        known = None if sources is None else [source.id for source in sources]
        faults += own_rule_faults(own, reading.parsed[OWN_RULES], known)
    return faults


def _parse(folder: Path, reading: Reading) -> None:
    """Read every file of the folder as text and as YAML or CSV."""
    for name in YAML_FILES:
        if name not in OPTIONAL or (folder / name).exists() or (folder / name).is_symlink():
            _parse_file(folder, name, reading)
    for name, (_, key, row) in TABLES.items():
        if name not in OPTIONAL_TABLES or (folder / name).exists() or (folder / name).is_symlink():
            _parse_file(folder, name, reading, key, row)
    for place, (_, key, row) in TABLE_FOLDERS.items():
        for name in _names(folder / place, ".csv", "a table", reading):
            _parse_file(folder, name, reading, key, row)
    for name in _names(folder / LESSONS, ".yaml", "a lesson", reading):
        _parse_file(folder, name, reading)


def _validate(reading: Reading, parts: list[str]) -> None:
    """Turn these parts of what was parsed into what the models say."""
    # Without a readable D-day every D+n would be a fault of its own; any day will do, as the folder is refused anyway.
    context = {"d_day": _d_day(reading.parsed.get("mission.yaml", Parsed(None, {}))) or date(2000, 1, 1)}
    for name, (part, model) in YAML_FILES.items():
        if part in parts and name in reading.parsed:
            value = _validated(reading.parsed[name], name, model, context, reading)
            if value is not None:
                reading.parts[part] = value.sources if isinstance(value, Sources) else value
        elif part in parts and name in OPTIONAL and name not in reading.unread:
            reading.parts[part] = model()
    reading.salvaged.pop("sources", None)
    for part, model in (("forces", Forces), ("requirements", Requirements), ("movements", Movements), ("transport", Transport)):
        if part in parts:
            _tables(part, model, context, reading)
    for place, (part, key, row) in TABLE_FOLDERS.items():
        if part in parts:
            _table_folder(place, part, key, row, context, reading)
    if "lessons" in parts:
        _lessons(context, reading)


def _under_scenarios(reading: Reading) -> None:
    """Lay every scenario over the folder, and look at the folder under it as it was looked at before."""
    scenarios = reading.parts.get("scenarios", reading.salvaged.get("scenarios"))
    if not isinstance(scenarios, Scenarios):
        return
    faulty = frozenset(fault.file for fault in reading.faults) - {SCENARIOS}
    places = reading.rows.get("scenarios", [(SCENARIOS, number) for number in range(len(scenarios.scenarios))])
    rows = {scenario.id: row for scenario, (_, row) in zip(scenarios.scenarios, places, strict=True)}
    for scenario in scenarios.scenarios:
        try:
            chain = scenarios.chain(scenario.id)
        except KeyError:
            continue
        found = _under_one(reading, tuple((step, rows[step.id]) for step in chain), faulty)
        found.faults = found.blamed(found.faults, sound=not faulty)
        if found.overlay is not None:
            found.faults += found.overlay.faults
        reading.under[scenario.id] = found


def _under_one(reading: Reading, chain: tuple[tuple[Scenario, int], ...], faulty: frozenset[str]) -> Reading:
    overlay = overlaid(reading.parsed, chain, faulty)
    touched = {part for name in overlay.touched for part in _parts_of(name)}
    # Days written D+n hang on the title page, so every part is looked at again when that changes.
    parts = [part for part in PARTS if part in touched or "about" in touched]
    keys = {key for part in parts for key in KEYS.get(part, ())} | {kind.key for kind in KINDS if kind.part in parts}
    found = Reading(
        {part: value for part, value in reading.parts.items() if part not in parts},
        {part: value for part, value in reading.salvaged.items() if part not in parts},
        overlay.parsed,
        {key: rows for key, rows in reading.rows.items() if key not in keys},
        unread=reading.unread,
        overlay=overlay,
    )
    _validate(found, parts)
    found.faults.extend(_between(found))
    return found


def _parts_of(name: str) -> list[str]:
    place = name.split("/")[0]
    if name in YAML_FILES:
        return [YAML_FILES[name][0]]
    if name in TABLES:
        return [TABLES[name][0]]
    return [TABLE_FOLDERS[place][0]] if place in TABLE_FOLDERS else [place]


def _title_page(folder: Path) -> Parsed:
    text = read_text(folder / "mission.yaml", "mission.yaml", folder)
    return Parsed(None, {}) if isinstance(text, Fault) else parse_yaml(text, "mission.yaml")


def _d_day(page: Parsed) -> date | None:
    try:
        return date.fromisoformat(str(page.value["d_day"]).strip()) if isinstance(page.value, dict) else None
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


def _text(folder: Path, name: str, reading: Reading) -> str | None:
    path = folder / name
    if not path.exists() and not path.is_symlink():
        reading.faults.append(
            Fault(name, 0, "", "no such file", "expected the file", next_step=f"Copy {name} from 'casque new' and fill it in.")
        )
        return None
    text = read_text(path, name, folder)
    if isinstance(text, Fault):
        reading.faults.append(text)
        return None
    return text


def _parse_file(folder: Path, name: str, reading: Reading, key: str = "", row: type[BaseModel] | None = None) -> None:
    """Read one file, a table where the model of a row is given."""
    text = _text(folder, name, reading)
    if text is None:
        reading.unread.append(name)
        return
    parsed = parse_yaml(text, name) if row is None else parse_csv(text, name, row, key)
    reading.faults.extend(parsed.faults)
    if parsed.faults and row is None:
        reading.unread.append(name)
        return
    reading.parsed[name] = parsed


def _names(folder: Path, suffix: str, what: str, reading: Reading) -> list[str]:
    """The files of a folder that holds files of one shape."""
    names: list[str] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.suffix == ".md":
            continue
        name = f"{folder.name}/{path.name}"
        if path.suffix == suffix:
            names.append(name)
        else:
            seen, expected = f"a file that is not {what}", f"expected {suffix} files only"
            reading.faults.append(Fault(name, 0, "", seen, expected, next_step="Rename it or move it away."))
    return names


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
    if name == OWN_RULES or any(len(place) < 2 or not isinstance(place[1], int) for place in faulty):
        # Nothing refers to a mission's own rules, and their list is called as that of the rules of engagement.
        return
    rows = {
        key: [row for row in range(len(parsed.value[key])) if (key, row) not in faulty] for key in sorted({str(key) for key, _ in faulty})
    }
    kept = {key: [parsed.value[key][row] for row in sound] for key, sound in rows.items()}
    try:
        reading.salvaged[YAML_FILES[name][0]] = model.model_validate({**parsed.value, **kept}, context=context)
    except ValidationError:
        return
    reading.rows |= {key: [(name, row) for row in sound] for key, sound in rows.items()}


def _tables(part: str, model: type[BaseModel], context: dict[str, Any], reading: Reading) -> None:
    lists: dict[str, Any] = {}
    whole = True
    for name, (owner, key, row) in TABLES.items():
        if owner == part:
            rows, sound = _table(name, key, row, context, reading)
            whole = whole and sound
            lists[key] = rows
    read = reading.parts if whole else reading.salvaged
    read[part] = model.model_construct(**model.model_validate(dict.fromkeys(lists, ())).model_dump() | lists)


def _table(name: str, key: str, row: type[BaseModel], context: dict[str, Any], reading: Reading) -> tuple[tuple[Any, ...], bool]:
    """The sound rows of a table, and whether the whole table is sound."""
    if name not in reading.parsed:
        return (), name in OPTIONAL_TABLES and name not in reading.unread
    parsed = reading.parsed[name]
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


def _table_folder(place: str, part: str, key: str, row: type[BaseModel], context: dict[str, Any], reading: Reading) -> None:
    model: type[Observations] | type[Overrides] = Observations if part == "observations" else Overrides
    items: list[Any] = []
    whole = not any(name.startswith(f"{place}/") for name in reading.unread)
    for name in [name for name in reading.parsed if name.startswith(f"{place}/")]:
        rows, sound = _table(name, key, row, context, reading)
        whole = whole and sound
        items.extend(rows)
    (reading.parts if whole else reading.salvaged)[part] = model.model_construct(**model().model_dump() | {key: tuple(items)})


def _lessons(context: dict[str, Any], reading: Reading) -> None:
    items: list[Any] = []
    whole = not any(name.startswith(f"{LESSONS}/") for name in reading.unread)
    for name in [name for name in reading.parsed if name.startswith(f"{LESSONS}/")]:
        value = _validated(reading.parsed[name], name, Lesson, context, reading)
        whole = whole and value is not None
        if value is not None:
            items.append(value)
            reading.rows.setdefault("lessons", []).append((name, -1))
    if whole:
        reading.parts["lessons"] = Lessons(lessons=tuple(items))

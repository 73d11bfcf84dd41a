"""Broken mission folders: each breaks the example in one way (a few in several) and says what a reader must be told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Breaking = Callable[[Path], None]


@dataclass(frozen=True)
class Broken:
    """One broken folder."""

    name: str
    breaking: Breaking
    file: str
    line: int
    says: tuple[str, ...]
    faults: int | None = 1
    also: tuple[str, ...] = field(default=())


def replace(file: str, old: str, new: str) -> Breaking:
    """Replace the first place of a text."""

    def apply(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


def both(*steps: Breaking) -> Breaking:
    """Several breakings in one folder."""

    def apply(folder: Path) -> None:
        for step in steps:
            step(folder)

    return apply


def write(file: str, data: bytes) -> Breaking:
    """Put other bytes in the place of a file."""

    def apply(folder: Path) -> None:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(data)

    return apply


def remove(file: str) -> Breaking:
    """Take a file away."""
    return lambda folder: (folder / file).unlink()


def _empty_folder(folder: Path) -> None:
    for entry in list(folder.iterdir()):
        if entry.name != "out":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _folder_for_file(folder: Path) -> None:
    (folder / "area.yaml").unlink()
    (folder / "area.yaml").mkdir()


def _dangling_link(folder: Path) -> None:
    (folder / "supply.yaml").unlink()
    os.symlink("nowhere.yaml", folder / "supply.yaml")


def _loop(folder: Path) -> None:
    (folder / "supply.yaml").unlink()
    os.symlink("supply.yaml", folder / "supply.yaml")


def _long_line(folder: Path) -> None:
    with (folder / "actors.yaml").open("ab") as stream:
        stream.write(b"# " + b"x" * 50_000_000 + b"\n")


def _long_but_small_line(folder: Path) -> None:
    with (folder / "actors.yaml").open("ab") as stream:
        stream.write(b"# " + b"x" * 200_000 + b"\n")


def _deep(folder: Path) -> None:
    (folder / "actors.yaml").write_text("actors: " + "[" * 500 + "]" * 500 + "\n")


STATED = "forces/requirements.csv"
STATED_HEAD = b"id,mode,task,sector,capability,strength [person]\n"
PLEDGES, LINKS, NODES, LIFT = "forces/pledges.csv", "transport/links.csv", "transport/nodes.csv", "transport/lift.csv"

CORPUS: tuple[Broken, ...] = (
    Broken(
        "unknown key",
        replace("tasks.yaml", "priority: 1", "prioritty: 1"),
        "tasks.yaml",
        9,
        ("'prioritty'", "Did you mean 'priority'?"),
        2,
        ("no 'priority'",),
    ),
    Broken(
        "unknown key at the top",
        replace("mission.yaml", "horizon:", "horizn:"),
        "mission.yaml",
        11,
        ("'horizn'", "Did you mean 'horizon'?"),
        2,
    ),
    Broken(
        "unknown key deep inside",
        replace("tasks.yaml", "posts: 6", "postes: 6"),
        "tasks.yaml",
        15,
        ("'postes'", "Did you mean 'posts'?"),
        2,
    ),
    Broken("missing key", replace("area.yaml", "    population: 120000 person\n", ""), "area.yaml", 4, ("no 'population'",)),
    Broken(
        "least delay over the most likely",
        replace("engagement.yaml", "    delay: 48 h\n", "    delay: 48 h\n    delay_least: 3 d\n"),
        "engagement.yaml",
        39,
        ("caveats[1].delay_least", "'3 d'", "expected at most the most likely delay, 48 h"),
    ),
    Broken(
        "most delay under the most likely",
        replace("engagement.yaml", "    delay: 48 h\n", "    delay: 48 h\n    delay_most: 12 h\n"),
        "engagement.yaml",
        39,
        ("caveats[1].delay_most", "expected at least the most likely delay, 48 h"),
    ),
    Broken("wrong unit", replace("area.yaml", "area: 1500 km2", "area: 1500 km"), "area.yaml", 9, ("'km' measures something else", "km2")),
    Broken(
        "unknown unit", replace("area.yaml", "road: 300 km", "road: 300 kmm"), "area.yaml", 12, ("unknown unit 'kmm'", "Did you mean 'km'?")
    ),
    Broken("no unit", replace("mission.yaml", "horizon: 180 d", "horizon: 180"), "mission.yaml", 11, ("'180 d'",)),
    Broken("not a quantity", replace("area.yaml", "road: 300 km", "road: long"), "area.yaml", 12, ("'long'", "'10 km'")),
    Broken("negative quantity", replace("area.yaml", "border: 40 km", "border: -40 km"), "area.yaml", 14, ("at least 0 km",)),
    Broken("negative strength in a table", replace(PLEDGES, ",700,confirmed", ",-700,confirmed"), PLEDGES, 2, ("at least 0 person",)),
    Broken("share over the whole", replace("alliance.yaml", "reliability: 95 %", "reliability: 950 %"), "alliance.yaml", 5, ("at most 1",)),
    Broken("horizon out of range", replace("mission.yaml", "horizon: 180 d", "horizon: 900000 d"), "mission.yaml", 11, ("at most 3660 d",)),
    Broken("not a number", replace("measures.yaml", "baseline: 9", "baseline: .nan"), "measures.yaml", 12, ("a number", "'.nan'"), 1),
    Broken("text for a number", replace("tasks.yaml", "priority: 1", "priority: high"), "tasks.yaml", 9, ("'high'", "whole number")),
    Broken("number out of range", replace("tasks.yaml", "priority: 1", "priority: 9"), "tasks.yaml", 9, ("9", "expected at most 5")),
    Broken("huge number", replace("tasks.yaml", "posts: 6", "posts: 600000000000"), "tasks.yaml", 15, ("expected at most 1000000",)),
    Broken("wrong word", replace("area.yaml", "terrain: hills", "terrain: hils"), "area.yaml", 10, ("'hils'", "Did you mean 'hills'?")),
    Broken(
        "wrong rule of a need",
        replace("tasks.yaml", "rule: static posts", "rule: static post"),
        "tasks.yaml",
        15,
        ("Did you mean 'static posts'?",),
    ),
    Broken(
        "need without a rule", replace("tasks.yaml", "{rule: static posts, capability", "{capability"), "tasks.yaml", 15, ("expected rule",)
    ),
    Broken(
        "wrong date", replace("mandate.yaml", "adopted: 2030-02-20", "adopted: 2030-02-30"), "mandate.yaml", 7, ("'2030-02-30'", "'D+14'")
    ),
    Broken("wrong D-day", replace("mission.yaml", "d_day: 2030-03-01", "d_day: next spring"), "mission.yaml", 10, ("'next spring'",), 1),
    Broken(
        "a unit wanted in a sector that does not exist",
        replace(PLEDGES, "6,1,north,", "6,1,norht,"),
        PLEDGES,
        2,
        ("'norht'", "expected the id of a known sector", "Did you mean 'north'?"),
    ),
    Broken(
        "share of the force over the whole",
        replace("alliance.yaml", "reliability: 95 %", "share_at_most: 150 %"),
        "alliance.yaml",
        5,
        ("at most 1",),
    ),
    Broken(
        "dangling sector",
        replace("tasks.yaml", "sectors: [north]", "sectors: [norht]"),
        "tasks.yaml",
        6,
        ("'norht'", "Did you mean 'north'?"),
    ),
    Broken(
        "dangling provision",
        replace("tasks.yaml", "provision: separate", "provision: seperate"),
        "tasks.yaml",
        5,
        ("Did you mean 'separate'?",),
    ),
    Broken("dangling member in a table", replace(PLEDGES, "car-mp,carolia", "car-mp,carolina"), PLEDGES, 7, ("Did you mean 'carolia'?",)),
    Broken("dangling node in a link", replace(LINKS, "alfa-sea,alfaport", "alfa-sea,alphaport"), LINKS, 2, ("Did you mean 'alfaport'?",)),
    Broken(
        "dangling source",
        replace("mandate.yaml", "source: [resolution]", "source: [resolutoin]"),
        "mandate.yaml",
        11,
        ("Did you mean 'resolution'?",),
    ),
    Broken(
        "dangling field in judged",
        replace("mandate.yaml", "grade: verified", "judged: [adoptd]"),
        "mandate.yaml",
        12,
        ("Did you mean 'adopted'?",),
    ),
    Broken(
        "dangling supply node",
        replace("supply.yaml", "node: exampport, classes", "node: examport, classes"),
        "supply.yaml",
        11,
        ("Did you mean 'exampport'?",),
    ),
    Broken(
        "dangling measure in an observation",
        replace("observations/incidents.csv", "returns,D+60", "return,D+60"),
        "observations/incidents.csv",
        5,
        ("Did you mean 'returns'?",),
    ),
    Broken(
        "unknown planning factor",
        replace("factors/overrides.csv", "supply.rations", "supply.ration"),
        "factors/overrides.csv",
        2,
        ("Did you mean 'supply.rations'?",),
    ),
    Broken(
        "unknown unit type",
        replace(PLEDGES, "infantry-battalion", "infantry-batallion"),
        PLEDGES,
        2,
        ("Did you mean 'infantry-battalion'?",),
    ),
    Broken(
        "unknown reference set",
        replace("mission.yaml", "horizon: 180 d", "horizon: 180 d\nreference_set: casque-9"),
        "mission.yaml",
        12,
        ("'casque-9'", "casque-1"),
    ),
    Broken(
        "duplicate id",
        replace("tasks.yaml", "id: secure-area", "id: separate-parties"),
        "tasks.yaml",
        17,
        ("'separate-parties' again", "line 3"),
    ),
    Broken("duplicate id in a table", replace(PLEDGES, "bra-med", "bra-inf"), PLEDGES, 6, ("'bra-inf' again", "line 5")),
    Broken(
        "duplicate provision", replace("mandate.yaml", "- id: secure", "- id: separate"), "mandate.yaml", 19, ("'separate' again",), None
    ),
    Broken(
        "duplicate key",
        replace("area.yaml", "lead: alfaland", "lead: alfaland\n    lead: bravia"),
        "area.yaml",
        7,
        ("'lead' again", "line 6"),
    ),
    Broken(
        "cycle of superiors",
        replace(
            "alliance.yaml",
            "{id: council, name: Security Council, level: political}",
            "{id: council, name: Security Council, level: political, superior: south-hq}",
        ),
        "alliance.yaml",
        10,
        ("cycle of superiors",),
        3,
    ),
    Broken(
        "dates out of order",
        replace(PLEDGES, "2030-03-01,2030-04-05,2030-04-10,6,1,north,30", "2030-03-01,2030-02-05,2030-04-10,6,1,north,30"),
        PLEDGES,
        2,
        ("latest_arrival 2030-02-05", "ready_to_load <= available_to_load <= earliest_arrival <= latest_arrival <= required"),
    ),
    Broken(
        "required before latest arrival",
        replace(PLEDGES, "2030-04-12,2030-04-15", "2030-04-12,2030-04-02"),
        PLEDGES,
        5,
        ("required 2030-04-02",),
    ),
    Broken("task ends before it starts", replace("tasks.yaml", "end: D+180", "end: D-3"), "tasks.yaml", 8, ("no earlier than start",)),
    Broken("phases overlap", replace("mission.yaml", "start: D+60", "start: D+50"), "mission.yaml", 17, ("a day after",)),
    Broken(
        "wrong column",
        replace(PLEDGES, "unit_type", "unit_tpye"),
        PLEDGES,
        1,
        ("'unit_tpye'", "Did you mean 'unit_type'?"),
        None,
        ("no such column",),
    ),
    Broken("column twice", replace(PLEDGES, "id,member,name", "id,member,member"), PLEDGES, 1, ("'member' again",), None),
    Broken("missing column", replace(NODES, "id,name,kind", "id,name,note"), NODES, 1, ("'kind'",), None),
    Broken("no unit in a heading", replace(LINKS, "length [km]", "length"), LINKS, 1, ("no unit in the header", "length [km]"), None),
    Broken("wrong unit in a heading", replace(LINKS, "length [km]", "length [kg]"), LINKS, 1, ("measures something else",), None),
    Broken("unit where none belongs", replace(LINKS, "mode", "mode [km]"), LINKS, 1, ("no unit",), None),
    Broken("a cell too many", replace(LIFT, "buses,Hired buses", "buses,Hired, buses"), LIFT, 4, ("cells", "as in the header"), None),
    Broken("unclosed quote in a table", replace(PLEDGES, "1st Infantry", '"1st Infantry'), PLEDGES, 7, ("not CSV",), None),
    Broken("YAML syntax", replace("tasks.yaml", "sectors: [north]", "sectors: [north"), "tasks.yaml", 7, ("not YAML",), None),
    Broken("tab in YAML", replace("tasks.yaml", "    provision: separate", "\tprovision: separate"), "tasks.yaml", 5, ("not YAML",), None),
    Broken("alias", replace("tasks.yaml", "sectors: [north]", "sectors: &n [north]"), "tasks.yaml", 6, ("anchor or alias",), None),
    Broken(
        "tag",
        replace("tasks.yaml", "title: Keep the parties", "title: !!python/name:os.system Keep the parties"),
        "tasks.yaml",
        4,
        ("tag",),
        None,
    ),
    Broken("two documents", replace("measures.yaml", "measures:", "---\nmeasures:"), "measures.yaml", 5, ("second document",), None),
    Broken("deep nesting", _deep, "actors.yaml", 1, ("levels of nesting",), None),
    Broken("list for a mapping", write("actors.yaml", b"- id: x\n"), "actors.yaml", 1, ("mapping",), None),
    Broken("empty file", write("tasks.yaml", b""), "tasks.yaml", 0, ("an empty file",), None),
    Broken("only comments", write("tasks.yaml", b"# nothing yet\n"), "tasks.yaml", 1, ("no keys",), None),
    Broken("binary file", write("tasks.yaml", b"\x89PNG\r\n\x1a\n\0\0\0"), "tasks.yaml", 3, ("NUL",), None),
    Broken("not UTF-8", write("tasks.yaml", b"tasks:\n  - id: caf\xe9\n"), "tasks.yaml", 2, ("0xe9", "UTF-8"), None),
    Broken("binary table", write(PLEDGES, b"PK\x03\x04\0\0"), PLEDGES, 1, ("NUL",), None),
    Broken("line of 50 MB", _long_line, "actors.yaml", 0, ("bytes", "at most"), None),
    Broken("line of 200 kB", _long_but_small_line, "actors.yaml", 25, ("200002 characters",), None),
    Broken("missing file", remove("supply.yaml"), "supply.yaml", 0, ("no such file", "casque new"), None),
    Broken("missing table", remove(LINKS), LINKS, 0, ("no such file",), None),
    Broken("folder in place of a file", _folder_for_file, "area.yaml", 0, ("a folder", "expected a file"), None),
    Broken("dangling symbolic link", _dangling_link, "supply.yaml", 0, ("cannot be read",), None),
    Broken("symbolic link to itself", _loop, "supply.yaml", 0, ("cannot be read",), None),
    Broken("misspelt file name", both(write("task.yaml", b"tasks: []\n")), "task.yaml", 0, ("Did you mean 'tasks.yaml'?",)),
    Broken(
        "a stated line that overrides nothing",
        write(STATED, STATED_HEAD + b"a,overrides,separate-parties,north,medical,90\n"),
        STATED,
        2,
        ("a line that overrides medical in north", "needs: infantry in north", "Write 'joins'"),
    ),
    Broken(
        "a stated line without a unit in its heading",
        write(STATED, STATED_HEAD.replace(b" [person]", b"") + b"a,joins,separate-parties,north,medical,90\n"),
        STATED,
        1,
        ("no unit in the header", "'strength [person]'"),
    ),
    Broken(
        "a stated line for an unknown task",
        write(STATED, STATED_HEAD + b"a,joins,separate-partie,north,medical,90\n"),
        STATED,
        2,
        ("'separate-partie'", "Did you mean 'separate-parties'?"),
    ),
    Broken(
        "national support by nations and by share",
        replace(
            "tasks.yaml",
            "      - {rule: units, capability: logistics, strength: 120 person}\n",
            "      - {rule: national support, capability: logistics, nations: 3, share: 10 %}\n",
        ),
        "tasks.yaml",
        60,
        ("either 'nations' or 'share'",),
    ),
    Broken("stray table", write("forces/pledge.csv", b"id\n"), "forces/pledge.csv", 0, ("Did you mean 'pledges.csv'?",)),
    Broken("not a lesson", write("lessons/readme.txt", b"hello"), "lessons/readme.txt", 0, (".yaml files only",)),
    Broken("folder that is not a mission", _empty_folder, "", 0, ("a folder without mission.yaml", "casque new")),
    Broken(
        "a wrong value and a dangling name in one file",
        both(replace("tasks.yaml", "priority: 1", "priority: 9"), replace("tasks.yaml", "measures: [returns]", "measures: [return]")),
        "tasks.yaml",
        9,
        ("expected at most 5", "Did you mean 'returns'?"),
        2,
    ),
    Broken(
        "a wrong cell and a dangling name in one table",
        both(replace(PLEDGES, ",700,confirmed", ",many,confirmed"), replace(PLEDGES, "car-mp,carolia", "car-mp,carolina")),
        PLEDGES,
        2,
        ("'many person'", "Did you mean 'carolia'?"),
        2,
    ),
    Broken(
        "many at once",
        both(
            replace("tasks.yaml", "priority: 1", "priority: 9"),
            replace("area.yaml", "terrain: hills", "terrain: hils"),
            replace(LINKS, "alfa-sea,alfaport", "alfa-sea,alphaport"),
            remove("supply.yaml"),
        ),
        "tasks.yaml",
        9,
        ("expected at most 5", "Did you mean 'hills'?", "Did you mean 'alfaport'?", "no such file"),
        4,
    ),
)

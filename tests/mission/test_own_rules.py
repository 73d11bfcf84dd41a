"""rules.yaml: read with the folder, and every fault of it at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.mission.folder import look, read
from tests.conftest import EXAMPLE, KOSOVO

RULE = """rules:
  - id: own-one
    severity: note
    title: One
    for_each: unit
    where: strength > 1 person
    breach: renewals = 0
    message: "{name} has {strength}."
    fix: Ask.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "folder"))


def faults(folder: Path, text: str) -> list[Fault]:
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    return [fault for fault in look(folder).faults if fault.file == "rules.yaml"]


def test_the_file_may_be_left_out(folder: Path) -> None:
    (folder / "rules.yaml").unlink()
    assert read(folder).own_rules.rules == ()


def test_example_and_kosovo_have_a_rule_each() -> None:
    assert [len(read(place).own_rules.rules) for place in (EXAMPLE, KOSOVO)] == [1, 1]


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "expected", "nearest"),
    [
        ("renewals = 0", "renewal = 0", 7, "breach", "a field of unit", "renewals"),
        ("renewals = 0", "strength > 500", 7, "breach", "values of one kind", ""),
        ("renewals = 0", "strength > 5 persn", 7, "breach", "a known unit", "person"),
        ("renewals = 0", 'status = "ofered"', 7, "breach", "one of offered", "offered"),
        ("renewals = 0", "count(units) > 1", 7, "breach", "a kind of item", "unit"),
        ("renewals = 0", "renewals", 7, "breach", "a condition", ""),
        ("renewals = 0", "renewals =", 7, "breach", "a value", ""),
        ("strength > 1 person", "strength >> 1 person", 6, "where", "a value", ""),
        ("{name} has", "{nam} has", 8, "message", "a field of unit", "name"),
        ("{name} has", "{name has", 8, "message", "", ""),
        ("fix: Ask.", 'fix: "Ask {"', 9, "fix", "between '{' and '}'", ""),
        ("for_each: unit", "for_each: unt", 5, "for_each", "a kind of item", "unit"),
        ("id: own-one", "id: one", 2, "id", "begins with 'own-'", "own-one"),
        ("fix: Ask.", "fix: Ask.\n    source: [estimat]", 10, "source[1]", "a source", "estimate"),
        ("severity: note", "severity: nota", 3, "severity", "one of", "note"),
        ("    breach: renewals = 0\n", "", 2, "", "the key 'breach'", ""),
    ],
)
def test_faults_name_line_and_nearest(old: str, new: str, line: int, where: str, expected: str, nearest: str, folder: Path) -> None:
    found = faults(folder, RULE.replace(old, new))
    assert found
    assert (found[0].line, found[0].nearest) == (line, nearest)
    assert expected in found[0].expected
    assert found[0].where == (f"rules[1].{where}" if where else "rules[1]")
    with pytest.raises(BadInput):
        read(folder)


def test_every_fault_is_told_at_once_and_beside_those_of_other_files(folder: Path) -> None:
    text = RULE + RULE.removeprefix("rules:\n").replace("renewals = 0", "renewal = 0").replace("{name}", "{nam}")
    found = faults(folder, text)
    assert [(fault.line, fault.where) for fault in found] == [(10, "rules[2].id"), (15, "rules[2].breach"), (16, "rules[2].message")]
    broken = (folder / "engagement.yaml").read_text(encoding="utf-8").replace("kind: permission", "kind: permision", 1)
    (folder / "engagement.yaml").write_text(broken, encoding="utf-8")
    assert {fault.file for fault in look(folder).faults} == {"engagement.yaml", "rules.yaml"}


def test_a_faulty_item_of_rules_yaml_is_not_taken_for_a_rule_of_engagement(folder: Path) -> None:
    found = look(folder)
    assert not found.faults
    faults(folder, RULE.replace("severity: note", "severity: nota"))
    assert {fault.file for fault in look(folder).faults} == {"rules.yaml"}

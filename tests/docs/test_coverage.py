"""The coverage page claims nothing that no test proves."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

import pytest

from docs.pages.commands import commands
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "coverage.md"
NOT_YET = "*not yet*"


@dataclass(frozen=True)
class Row:
    id: str
    subject: str
    does: str
    command: str
    test: str

    @property
    def claims(self) -> bool:
        return not self.does.startswith(NOT_YET)


def rows() -> list[Row]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| S\d+ \|", line)]
    return [Row(*(part.strip() for part in line.strip("|").split(" | "))) for line in (line.rstrip() for line in lines)]


def functions_in(path: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_all_rows_are_there_in_order() -> None:
    assert [row.id for row in rows()] == [f"S{number}" for number in range(1, 35)]
    assert all(row.subject and row.does for row in rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_claim_names_a_command_and_a_test_that_exist(row: Row) -> None:
    known = set(commands())
    pairs = re.findall(r"casque ([a-z]+)(?: ([a-z]+))?", row.command)
    verbs = [f"{verb} {below}" if f"{verb} {below}" in known else verb for verb, below in pairs]
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row.test)
    if not row.claims:
        assert (row.command, row.test) == (NOT_YET, NOT_YET)
        return
    assert verbs
    assert set(verbs) <= known
    assert named
    for path, name in named:
        assert (ROOT / path).is_file(), f"{path} does not exist"
        function = functions_in(path).get(name)
        assert function is not None, f"{path} has no {name}"
        marks = [ast.unparse(mark) for mark in function.decorator_list]
        assert not any("skip" in mark or "xfail" in mark for mark in marks), f"{name} does not run"

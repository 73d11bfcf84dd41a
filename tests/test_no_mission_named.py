"""No code knows a mission: names of missions, countries and forces stand in folders, and in code only where a rule cites a source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

NAMED = re.compile(r"kosovo|kfor|unmik|liberia|ecomil|unmil|\bmali\b|malian|afisma|minusma|carana", re.IGNORECASE)
CITING = ("secondary", "judgement", "verified")
"""Calls whose text says where a rule comes from."""

SOURCES = sorted(
    path
    for path in (ROOT / "src" / "casque").rglob("*")
    if path.suffix in (".py", ".html", ".typ", ".css") and "__pycache__" not in path.parts
)


def cited_lines(text: str) -> set[int]:
    """Lines that lie in the text of a citation."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CITING:
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def naming(path: Path) -> list[str]:
    """Lines of a file that name a mission, citations left out."""
    text = path.read_text(encoding="utf-8")
    cited = cited_lines(text) if path.suffix == ".py" else set()
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if number not in cited and NAMED.search(line)
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(SOURCES) > 200
    assert cited_lines('x = judgement("Kosovo")\ny = 1\n') == {1}


@pytest.mark.parametrize("room", sorted({path.relative_to(ROOT / "src" / "casque").parts[0] for path in SOURCES}))
def test_no_room_names_a_mission(room: str) -> None:
    inside = [path for path in SOURCES if path.relative_to(ROOT / "src" / "casque").parts[0] == room]
    assert [line for path in inside for line in naming(path)] == []

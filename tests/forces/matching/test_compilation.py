"""Compiled code of the matching core never outlives the source that went into it."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

import casque.forces.matching.annealing as annealing
from casque.forces.matching.compilation import DIGEST, SOURCES
from casque.machine_code import digest_of

ROOM = Path(annealing.__file__).parent


def tree_of(name: str) -> ast.Module:
    """A file of the room, parsed."""
    return ast.parse((ROOM / name).read_text(encoding="utf-8"))


def compiles(name: str) -> bool:
    """Whether the file has a function that is compiled."""
    calls = [node.func for node in ast.walk(tree_of(name)) if isinstance(node, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id == "kept" for call in calls)


def room_imports(name: str) -> set[str]:
    """Files of the room that a file of the room imports."""
    modules = [node.module for node in ast.walk(tree_of(name)) if isinstance(node, ast.ImportFrom) and node.module]
    return {f"{module.rsplit('.', 1)[1]}.py" for module in modules if module.startswith("casque.forces.matching.")}


def test_every_source_counts() -> None:
    """Every file that compiles something, and whatever those import from the room, is in the digest."""
    found = {path.name for path in ROOM.glob("*.py") if compiles(path.name)}
    open_ = sorted(found)
    assert {"annealing.py", "exchange.py"} <= found
    while open_:
        new = room_imports(open_.pop()) - found
        found |= new
        open_ += sorted(new)
    assert found <= set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_changed_source_asks_for_new_code(name: str, tmp_path: Path) -> None:
    """One changed character of any source, with size and dates as before, changes the digest."""
    for source in SOURCES:
        shutil.copy2(ROOM / source, tmp_path / source)
    assert digest_of(tmp_path, SOURCES) == DIGEST
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[:-2] + b"#" + data[-1:])
    assert digest_of(tmp_path, SOURCES) != DIGEST

"""Compiled code of the replay never outlives the source that went into it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import casque.deployment.execution.replay as replay
from casque.deployment.execution.compilation import DIGEST, SOURCES
from casque.deployment.schedule.compilation import DIGEST as SCHEDULE
from casque.deployment.schedule.compilation import SOURCES as BELOW
from casque.machine_code import digest_of

ROOM = Path(replay.__file__).parent


def imported(name: str, room: str) -> set[str]:
    """Files of a room that a file of this room imports."""
    tree = ast.parse((ROOM / name).read_text(encoding="utf-8"))
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {f"{module.rsplit('.', 1)[1]}.py" for module in modules if module.startswith(f"casque.deployment.{room}.")}


def test_every_source_counts() -> None:
    compiling = {path.name for path in ROOM.glob("*.py") if "compilation.py" in imported(path.name, "execution")}
    assert compiling == {"replay.py"}
    assert imported("replay.py", "execution") | {"replay.py"} == set(SOURCES)
    assert imported("replay.py", "schedule") <= set(BELOW)


@pytest.mark.parametrize("name", SOURCES)
def test_a_changed_source_asks_for_new_code(name: str, tmp_path: Path) -> None:
    for source in SOURCES:
        (tmp_path / source).write_bytes((ROOM / source).read_bytes())
    assert SCHEDULE + digest_of(tmp_path, SOURCES) == DIGEST
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[:-2] + b"#" + data[-1:])
    assert SCHEDULE + digest_of(tmp_path, SOURCES) != DIGEST


def test_code_is_kept_under_the_digest() -> None:
    assert replay.replayed.__qualname__ == f"replayed_{DIGEST}"

"""Compiled code never outlives the source that went into it."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

import casque.simulation.kernel as kernel
from casque.machine_code import digest_of
from casque.simulation.compilation import DIGEST, SOURCES
from casque.simulation.streams import fill

ROOM = Path(kernel.__file__).parent


def room_imports(name: str) -> set[str]:
    """Files of the room that a file of the room imports."""
    tree = ast.parse((ROOM / name).read_text(encoding="utf-8"))
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {f"{module.rsplit('.', 1)[1]}.py" for module in modules if module.startswith("casque.simulation.")}


def test_every_source_counts() -> None:
    """Whatever the kernel imports from its room, directly or not, is in the digest."""
    found, open_ = {"kernel.py"}, ["kernel.py"]
    while open_:
        new = room_imports(open_.pop()) - found
        found |= new
        open_ += sorted(new)
    assert found == set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_changed_source_asks_for_new_code(name: str, tmp_path: Path) -> None:
    """One changed character of any source, with size and dates as before, changes the digest."""
    for source in SOURCES:
        shutil.copy2(ROOM / source, tmp_path / source)
    assert digest_of(tmp_path, SOURCES) == DIGEST
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[:-2] + b"#" + data[-1:])
    shutil.copystat(ROOM / name, tmp_path / name)
    assert digest_of(tmp_path, SOURCES) != DIGEST


def test_code_is_kept_under_the_digest() -> None:
    """What Python calls carries the digest in its name, by which the compiler names its files."""
    assert kernel.run_one.__qualname__ == f"run_one_{DIGEST}"
    assert fill.__qualname__ == f"fill_{DIGEST}"

"""Keys of records: a digest of everything that decides what a stage returns."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from casque.mission.mission import Mission
from casque.reference.load import Reference
from casque.runs.stages import WITHOUT_EFFECT, Stage
from casque.store.records import digest

Inputs = dict[str, str]
"""Digest of each input of a stage, by name."""


class Digests:
    """Digests of the parts of one mission, each worked out once."""

    def __init__(self, mission: Mission, reference: Reference) -> None:
        self._mission = mission
        self._reference = digest(reference.model_dump_json().encode())
        self._parts: dict[str, str] = {}

    def part(self, name: str) -> str:
        """Digest of one part of the mission."""
        if name not in self._parts:
            value: Any = getattr(self._mission, name)
            items = value if isinstance(value, tuple) else (value,)
            self._parts[name] = digest("\n".join(item.model_dump_json() for item in items).encode())
        return self._parts[name]

    def inputs(self, stage: Stage, options: dict[str, int], records: dict[str, str]) -> Inputs:
        """Every input of a stage with its digest; `records` maps earlier stages to the digests of their records."""
        named = {part: self.part(part) for part in stage.reads}
        named |= {f"record {name}": records[name] for name in stage.uses}
        named |= {f"option {name}": str(options[name]) for name in stage.options if name in options and name not in WITHOUT_EFFECT}
        return named | {"planning factors": self._reference, "program": code_of(stage.rooms), "libraries": libraries()}


def key_of(stage: Stage, inputs: Inputs) -> str:
    """The key of a stage's record under these inputs."""
    return digest("\n".join([stage.name, *(f"{name}={inputs[name]}" for name in sorted(inputs))]).encode())


@cache
def libraries() -> str:
    """Versions of the libraries that decide results, so that another solver never meets an old record."""
    return ", ".join(f"{name} {version(name)}" for name in ("ortools", "numba", "numpy", "pydantic", "searoute", "airportsdata"))


@cache
def code_of(rooms: tuple[str, ...]) -> str:
    """Digest of the source of some rooms, so that a changed program never meets an old record."""
    root = files("casque")
    return digest("\n".join(f"{room}={_tree(root / room)}" for room in rooms).encode())


def _tree(folder: Traversable) -> str:
    parts = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                parts.append(f"{entry.name}/{_tree(entry)}")
        elif not entry.name.endswith(".pyc"):
            parts.append(f"{entry.name}={digest(entry.read_bytes())}")
    return digest("\n".join(parts).encode())

"""Fixtures that every room uses: the example mission that `casque new` writes, and the reference set."""

from __future__ import annotations

from pathlib import Path

import pytest

import casque.mission
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.reference.load import Reference, load

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = Path(casque.mission.__file__).parent / "template"
KOSOVO = ROOT / "missions" / "kosovo-1999"


@pytest.fixture(scope="session")
def example() -> Mission:
    """The small complete mission that `casque new` writes."""
    return read(EXAMPLE)


@pytest.fixture(scope="session")
def kosovo() -> Mission:
    """Kosovo 1999."""
    return read(KOSOVO)


@pytest.fixture(scope="session")
def reference(example: Mission) -> Reference:
    """The reference set with the example's overrides."""
    return load(example.overrides)

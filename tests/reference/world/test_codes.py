"""Airports and ports by code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casque.reference.world.codes import nearest_code, place
from casque.reference.world.sphere import great_circle


@pytest.mark.parametrize(
    ("code", "name", "longitude", "latitude"),
    [("LGTS", "Thessaloniki", 22.97, 40.52), ("GRSKG", "Thessaloniki", 22.91, 40.64), ("BKPR", "Pri", 21.036, 42.573)],
)
def test_places_are_where_they_are(code: str, name: str, longitude: float, latitude: float) -> None:
    found = place(code)
    assert found is not None
    assert found.name.startswith(name)
    assert great_circle(found.point, (longitude, latitude)) < 5


def test_a_code_that_nothing_carries_has_a_neighbour_in_its_country() -> None:
    assert place("GRSKX") is None
    assert nearest_code("GRSKX") == "GRSKG"
    assert nearest_code("LGTZ")[:2] == "LG"


def test_the_libraries_are_loaded_only_where_they_are_asked() -> None:
    code = "import sys, casque.reference.opening; print('searoute' in sys.modules, 'airportsdata' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]

"""Planning factors: each once, its value inside its band, with a source and a grade that the source bears out."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from casque.mission.vocabulary import Capability, Grade, Terrain
from casque.reference.load import shipped

FACTORS = shipped().factors


def test_each_factor_once() -> None:
    with (files("casque.reference") / "data" / "factors.csv").open(encoding="utf-8") as stream:
        names = [row["id"] for row in csv.DictReader(stream)]
    assert len(names) == len(set(names)) == len(FACTORS)


@pytest.mark.parametrize("name", sorted(FACTORS))
def test_a_value_lies_in_its_band_and_names_its_source(name: str) -> None:
    factor = FACTORS[name]
    assert factor.low <= factor.value <= factor.high
    assert factor.source
    assert factor.unit
    if factor.source.startswith("Casque estimate") or "not read" in factor.source:
        assert factor.grade is Grade.JUDGEMENT


def test_every_terrain_and_medical_level_has_its_factors() -> None:
    for terrain in Terrain:
        assert {f"force.terrain-{terrain.value}", f"force.roadwork-{terrain.value}"} <= set(FACTORS)
    assert [FACTORS[f"force.medical-staff-{level}"].value for level in (1, 2, 3)] == [11, 57, 90]
    assert Capability.HOSPITAL in {kind.capability for kind in shipped().unit_types.values()}

"""The register of unit types: enough of them, every capability served, sums that agree, and evidence for what is said of the UN."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from casque.mission.vocabulary import Capability, Grade
from casque.reference.load import shipped
from casque.reference.unit_type import Echelon, UnitType

TYPES = shipped().unit_types
DIGITS = {
    Echelon.TEAM: "11",
    Echelon.SQUAD: "12",
    Echelon.SECTION: "13",
    Echelon.PLATOON: "14",
    Echelon.COMPANY: "15",
    Echelon.BATTALION: "16",
    Echelon.REGIMENT: "17",
    Echelon.BRIGADE: "18",
    Echelon.DIVISION: "21",
}
"""Echelons as APP-6(D) numbers them."""
FEWEST = {
    Capability.INFANTRY: 8,
    Capability.MECHANISED: 4,
    Capability.RECONNAISSANCE: 3,
    Capability.FORMED_POLICE: 3,
    Capability.MILITARY_POLICE: 3,
    Capability.ENGINEER: 6,
    Capability.EXPLOSIVE_ORDNANCE_DISPOSAL: 3,
    Capability.MEDICAL: 3,
    Capability.HOSPITAL: 3,
    Capability.AVIATION: 4,
    Capability.MEDICAL_EVACUATION: 2,
    Capability.SURVEILLANCE: 3,
    Capability.SIGNALS: 3,
    Capability.LOGISTICS: 4,
    Capability.TRANSPORT: 3,
    Capability.RIVERINE: 3,
    Capability.HEADQUARTERS: 3,
}
"""Kinds that have several types."""


def test_at_least_sixty_types_each_once() -> None:
    with (files("casque.reference") / "data" / "unit_types.csv").open(encoding="utf-8") as stream:
        names = [row["id"] for row in csv.DictReader(stream)]
    assert len(names) == len(set(names)) >= 60
    assert set(names) == set(TYPES)


def test_every_capability_has_a_type_and_the_large_kinds_several() -> None:
    for capability in Capability:
        own = [kind for kind in TYPES.values() if kind.capability is capability]
        assert len(own) >= FEWEST.get(capability, 1), capability


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.id)
def test_figures_of_a_type_agree(kind: UnitType) -> None:
    classes = (kind.tonnes_bulk, kind.tonnes_oversize, kind.tonnes_outsize, kind.tonnes_not_air)
    assert all(tonnes >= 0 for tonnes in classes)
    assert sum(classes) == kind.tonnes
    assert min(kind.strength, kind.vehicles, kind.lane_metres, kind.tonnes, kind.fuel_litres, kind.ammunition_kg) > 0
    assert all(0 < quality < 1 for quality in kind.stands_in.values())
    assert kind.capability not in kind.stands_in
    assert kind.echelon == DIGITS[kind.nato_echelon]
    assert kind.lane_metres >= 4 * kind.vehicles * 0.8, "a vehicle takes some four metres at least"
    assert kind.source


def test_a_united_nations_strength_says_where_it_was_read() -> None:
    known = [kind for kind in TYPES.values() if kind.un_strength is not None]
    assert len(known) >= 12
    for kind in TYPES.values():
        assert (kind.un_strength is None) == (kind.un_source == "") == (kind.un_grade is None), kind.id
    assert TYPES["formed-police-unit"].un_strength == 140
    assert TYPES["formed-police-unit"].un_grade is Grade.VERIFIED
    assert {kind.id: kind.un_strength for kind in known if kind.capability is Capability.HOSPITAL} == {
        "hospital-level-2": 57,
        "hospital-level-2-aeromedical": 67,
        "hospital-level-3": 90,
    }


def test_larger_units_of_a_name_bring_more() -> None:
    for small, large in (
        ("infantry-company", "infantry-battalion"),
        ("engineer-company", "engineer-battalion"),
        ("transport-platoon", "transport-company"),
    ):
        few, many = TYPES[small], TYPES[large]
        for field in ("strength", "vehicles", "lane_metres", "tonnes", "fuel_litres"):
            assert getattr(few, field) < getattr(many, field)


def test_only_those_with_a_theatre_operate() -> None:
    assert {kind.id for kind in TYPES.values() if kind.surgery} == {
        "field-hospital",
        "medical-level-1-plus",
        "hospital-level-2",
        "hospital-level-2-aeromedical",
        "hospital-level-3",
    }


def test_types_that_missions_use_kept_their_figures() -> None:
    figures = {
        "infantry-battalion": (700, 110, 750, 1100, 2600, 350),
        "mechanised-battalion": (750, 170, 1350, 3200, 7500, 500),
        "formed-police-unit": (140, 32, 200, 200, 500, 15),
        "field-hospital": (200, 70, 480, 800, 1500, 2),
        "headquarters-force": (800, 200, 1150, 1250, 2600, 5),
    }
    for name, known in figures.items():
        kind = TYPES[name]
        assert (kind.strength, kind.vehicles, kind.lane_metres, kind.tonnes, kind.fuel_litres, kind.ammunition_kg) == known
    assert next(iter(TYPES.values())).id == "infantry-battalion", "the first type of a capability is the one that fixes ask for"

"""Medical reach by hand."""

from __future__ import annotations

import pytest

from casque.plan.supply import MedicalReach
from casque.reference.load import Reference
from casque.sustainment.medical import great_circle, medical_reach
from casque.sustainment.presence import units_present
from tests.sustainment.small import in_place, mission, unit

FAR = {"id": "far", "name": "Farville", "kind": "town", "sector": "north", "longitude": 10.0, "latitude": 46.0}


def _reach(reference: Reference, *kinds: str, places: list[dict[str, object]] | None = None) -> MedicalReach:
    small = mission(units=[unit(f"unit-{kind}", "north", 200, kind) for kind in kinds], places=places)
    return medical_reach(small, reference, units_present(small, reference, *in_place(small, reference)))[0]


def test_half_a_degree_of_latitude(reference: Reference) -> None:
    assert great_circle((10.0, 45.5), (10.0, 46.0)) == pytest.approx(55.6, abs=0.05)
    reach = _reach(reference, "field-hospital", places=[FAR])
    assert reach.hours == pytest.approx(55.6 * reference.value("medical.circuity") / reference.value("medical.evacuation-speed"), abs=0.01)
    assert reach.within_two_hours
    assert "Farville" in reach.text


def test_helicopters_shorten_it(reference: Reference) -> None:
    road = _reach(reference, "field-hospital", places=[FAR])
    air = _reach(reference, "field-hospital", "aviation-squadron", places=[FAR])
    assert air.hours == pytest.approx(road.hours * reference.value("medical.helicopter-share"), abs=0.001)


def test_a_sector_without_places_is_a_disc(reference: Reference) -> None:
    reach = _reach(reference, "field-hospital")
    assert reach.hours == pytest.approx(10.0 * reference.value("medical.circuity") / reference.value("medical.evacuation-speed"), abs=0.01)


@pytest.mark.parametrize("kinds", [(), ("medical-company",), ("infantry-battalion",)])
def test_no_hospital_no_surgery(reference: Reference, kinds: tuple[str, ...]) -> None:
    reach = _reach(reference, *kinds, places=[FAR])
    assert (reach.hospital, reach.within_two_hours) == ("", False)

"""Demand by hand for one battalion."""

from __future__ import annotations

from datetime import date

import pytest

from casque.mission.vocabulary import SupplyClass
from casque.reference.load import Reference
from casque.sustainment.demand import CLASSES, demand_of
from casque.sustainment.presence import units_present
from tests.sustainment.small import in_place, mission, node, sector, unit


def _demand(reference: Reference, **more: object):  # type: ignore[no-untyped-def]
    first, last = int(str(more.pop("first", 0))), int(str(more.pop("last", 10_000)))
    small = mission(units=[unit("one", "north", 350, days=4)], **more)  # type: ignore[arg-type]
    force, movement = in_place(small, reference, first, last)
    present = units_present(small, reference, force, movement)
    return demand_of(small, reference, present, int(small.about.horizon) + 1)


def test_half_a_battalion_in_spring(reference: Reference) -> None:
    demand = _demand(reference)
    kind = reference.unit_types["infantry-battalion"]
    tonnes = dict(zip(CLASSES, demand.tonnes[0, :, 0], strict=True))
    assert tonnes[SupplyClass.WATER] == pytest.approx(350 * reference.value("supply.water-temperate") / 1000)
    assert tonnes[SupplyClass.I] == pytest.approx(350 * reference.value("supply.rations") / 1000)
    litres = kind.fuel_litres * 350 / kind.strength * reference.value("supply.fuel-tempo")
    assert tonnes[SupplyClass.III] == pytest.approx(litres * reference.value("supply.fuel-density") / 1000)
    assert tonnes[SupplyClass.V] == pytest.approx(kind.ammunition_kg * 350 / kind.strength / 1000)


def test_what_a_unit_brings_is_its_days_of_its_own_demand(reference: Reference) -> None:
    demand = _demand(reference, first=5)
    assert demand.brought[0, :, 5] == pytest.approx(4 * demand.tonnes[0, :, 5])
    assert demand.brought.sum() == pytest.approx(demand.brought[0, :, 5].sum())


def test_nobody_before_arrival_or_after_the_last_tour(reference: Reference) -> None:
    demand = _demand(reference, first=3, last=9)
    assert demand.people[0].tolist() == [350.0 if 3 <= day <= 9 else 0.0 for day in range(31)]
    assert not demand.tonnes[0, :, :3].any()
    assert not demand.tonnes[0, :, 10:].any()


@pytest.mark.parametrize(
    ("latitude", "climate", "colder"), [(45.0, "temperate", True), (-45.0, "temperate", False), (45.0, "hot arid", False)]
)
def test_winter_raises_water_and_fuel_where_it_is_cold(reference: Reference, latitude: float, climate: str, colder: bool) -> None:
    nodes = [node("port", "seaport"), node("base", "sector base", latitude)]
    where = {"sectors": [sector("north", "base", climate=climate)], "nodes": nodes}
    january, may = (_demand(reference, d_day=date(2030, month, 1), **where).tonnes[0, :, 0] for month in (1, 5))
    raised = [item for item, winter, spring in zip(CLASSES, january, may, strict=True) if winter > spring]
    assert raised == ([SupplyClass.WATER, SupplyClass.III] if colder else [])


def test_construction_ends(reference: Reference) -> None:
    demand = _demand(reference, horizon=200)
    at = CLASSES.index(SupplyClass.IV)
    assert demand.tonnes[0, at, 199] == pytest.approx(demand.tonnes[0, at, 0] * reference.value("supply.class-iv-steady"))

"""Capacities: dates, winter, agreements, and what the deployment takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from casque.mission.vocabulary import Mode
from casque.plan.movement import Leg, Load
from casque.reference.load import Reference
from casque.sustainment.capacity import Capacity, capacity_of
from casque.sustainment.presence import units_present
from tests.sustainment.small import in_place, mission, node, road, trucks, unit


def _capacity(reference: Reference, loads: tuple[Load, ...] = (), kind: str = "infantry-battalion", **more: object) -> Capacity:
    small = mission(units=[unit("one", "north", kind=kind, strength=130)], **more)  # type: ignore[arg-type]
    force, movement = in_place(small, reference, loads=loads)
    return capacity_of(small, reference, units_present(small, reference, force, movement), movement, int(small.about.horizon) + 1)


def test_winter_and_dates(reference: Reference) -> None:
    link = road("port", "base", 100, vehicles_per_day="50 vehicle/d", winter_share=0.4, opens="D+2")
    link["opens"] = date(2029, 11, 28)
    capacity = _capacity(reference, links=[link], d_day=date(2029, 11, 26), horizon=10)
    assert capacity.links[0].tolist() == [0.0, 0.0, 500.0, 500.0, 500.0, *[200.0] * 6]


def test_winter_on_a_road_comes_in_july_south_of_the_equator(reference: Reference) -> None:
    nodes = [node("port", "seaport", -44.0), node("base", "sector base", -45.0)]
    link = road("port", "base", 100, vehicles_per_day="50 vehicle/d", winter_share=0.4)
    july, january = (_capacity(reference, links=[link], nodes=nodes, d_day=date(2030, month, 5)).links[0, 0] for month in (7, 1))
    assert (july, january) == (200.0, 500.0)


def test_deployment_takes_its_part_but_not_the_reserve(reference: Reference) -> None:
    def load(vehicles: float) -> Load:
        leg = Leg(link="port-base", start="port", end="base", mode=Mode.ROAD, fleet="", departs=3.0, arrives=3.4)
        facts: dict[str, Any] = {
            "id": "l",
            "unit": "one",
            "sector": "north",
            "what": "equipment",
            "people": 0,
            "lane_metres": 0,
            "tonnes": 5,
        }
        return Load(**facts, vehicles=vehicles, ready=0, required=None, legs=(leg,), arrives=3.4)

    link = road("port", "base", 100, vehicles_per_day="50 vehicle/d")
    some, all_ = (_capacity(reference, (load(vehicles),), links=[link]).links[0] for vehicles in (20.0, 500.0))
    assert some[2:5].tolist() == [500.0, 300.0, 500.0]
    assert all_[3] == pytest.approx(500 * reference.value("supply.reserved-share"))


@pytest.mark.parametrize(
    ("status", "in_force", "open_from"),
    [
        ("in force", "2030-02-01", 0),
        ("in force", None, None),
        ("signed", "2030-03-11", 10),
        ("negotiating", None, None),
        ("refused", "2030-03-02", None),
    ],
)
def test_a_country_opens_with_its_agreement(reference: Reference, status: str, in_force: str | None, open_from: int | None) -> None:
    agreement = {"id": "a", "title": "A", "kind": "transit", "parties": ["alfa"], "country": "host", "status": status, "in_force": in_force}
    nodes = _capacity(reference, agreements=[agreement]).nodes
    opened = np.flatnonzero(nodes[0] > 0)
    assert (None if not opened.size else int(opened[0])) == open_from


def test_truck_fleets_and_the_forces_own(reference: Reference) -> None:
    capacity = _capacity(reference, kind="transport-company", trucks=[trucks(10, availability=0.8)])
    share = reference.value("supply.truck-share")
    assert capacity.fleets[0, 0] == pytest.approx(10 * 0.8 * 10 * 200 * share)
    vehicles = reference.unit_types["transport-company"].vehicles
    assert capacity.fleets[1, 0] == pytest.approx(
        vehicles * reference.value("supply.transport-lift") * reference.value("supply.unit-distance") * share
    )

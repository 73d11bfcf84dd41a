"""What an airfield or a port can do in a day, beside its written throughput: places at a time, hours, fuel, cranes."""

from __future__ import annotations

from typing import Any

import pytest

from casque.deployment.solve import Params, solve
from casque.mission.vocabulary import Mode, NodeKind
from tests.deployment import worlds
from tests.deployment.worlds import lift, link, mission, node, pledge, reference


def last_day(field: dict[str, Any], plane: dict[str, Any], vehicles: float = 0.0, mode: Mode = Mode.AIR) -> float:
    """Day on which 800 people, or 800 t and no people, are at a base that is an airfield or a port itself."""
    kind = NodeKind.AIRPORT if mode is Mode.AIR else NodeKind.SEAPORT
    nodes = [node("home", kind, "sender"), node("base", kind, **field)]
    links = [link("home", "base", mode, length=100.0, speed=100.0)]
    fleets = [lift("carrier", mode, number=40, speed=100.0, turnaround=4.0, **plane)]
    units = [pledge("unit-a", "home", strength=800.0 if not vehicles else 100.0)]
    found = mission(nodes, links, fleets, units, [worlds.entry()])
    record = solve(found, reference(vehicles=vehicles, lane_metres=0.0, tonnes=800.0), worlds.force(units), Params(seed=1))
    assert not record.unmoved
    return max(load.arrives for load in record.loads)


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ({}, 0.0, 0.5),
        ({"working_mog": 4.0}, 0.2, 0.6),
        ({"working_mog": 1.0, "fuelling_mog": 4.0}, 0.7, 1.2),
        ({"working_mog": 1.0, "hours_per_day": 4.0}, 3.0, 4.5),
        ({"fuel": 20.0}, 3.0, 4.5),
    ],
)
def test_eight_flights_take_as_long_as_the_field_lets_them(field: dict[str, Any], least: float, most: float) -> None:
    """Eight flights of 100 people, two hours on the ground each, ten tonnes of fuel each."""
    assert least <= last_day(field, {"people": 100.0, "fuel_uplift": 10.0}) <= most


def test_cranes_limit_ships_that_carry_nothing_rolling() -> None:
    free = last_day({}, {"people": 100.0, "tonnes": 100.0}, 10.0, Mode.SEA)
    held = last_day({"lift_on_per_day": 200.0}, {"people": 100.0, "tonnes": 100.0}, 10.0, Mode.SEA)
    rolled = last_day({"lift_on_per_day": 200.0}, {"people": 100.0, "tonnes": 100.0, "lane_metres": 100.0}, 10.0, Mode.SEA)
    assert held >= free + 2.5
    assert rolled == free

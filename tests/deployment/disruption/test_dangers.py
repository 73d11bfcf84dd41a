"""What can go wrong in a mission's network, and what it does to its plan."""

from __future__ import annotations

import numpy as np
import pytest

from casque.deployment.disruption.dangers import endangered
from casque.deployment.disruption.outlook import Params
from casque.deployment.disruption.record import disrupted
from casque.deployment.execution.changes import Changes, Cut
from casque.deployment.execution.replan import replan
from casque.deployment.execution.situation import Situation, situation_of
from casque.deployment.verify import faults
from tests.deployment.execution.test_remake import Moving


@pytest.fixture(scope="module")
def moving() -> Moving:
    return Moving()


@pytest.fixture(scope="module")
def situation(moving: Moving) -> Situation:
    return situation_of(moving.mission, moving.reference, moving.force, moving.record)


def test_every_place_way_and_fleet_can_fail(moving: Moving, situation: Situation) -> None:
    world, hazards = endangered(situation.translated, situation.network, moving.reference)
    found = {(hazard.kind, hazard.name) for hazard in hazards}
    assert {("weather", "port"), ("weather", "field"), ("strike", "port"), ("breakdown", "ship"), ("breakdown", "plane")} <= found
    assert {("bridge", "port-base-road"), ("bridge", "field-base-road")} <= found
    assert ("strike", "field") not in found
    assert faults(world, situation.plan) == []
    ships = next(hazard for hazard in hazards if hazard.name == "ship")
    assert len(ships.vehicles) == 2
    assert ships.rate[0] == pytest.approx(2 * moving.reference.value("disruption.breakdown-sea"))
    weather = next(hazard for hazard in hazards if (hazard.kind, hazard.name) == ("weather", "port"))
    assert set(np.round(weather.rate, 6)) <= {moving.reference.value(f"disruption.seaport-{season}") for season in ("winter", "summer")}


def test_a_shut_road_stops_who_drives_on_it(moving: Moving, situation: Situation) -> None:
    world, hazards = endangered(situation.translated, situation.network, moving.reference)
    ((gate, share),) = next(hazard.cuts for hazard in hazards if hazard.name == "port-base-road")
    assert share == 0.0
    until = int(situation.plan.arrival.max()) + 100
    again = replan(world, situation.plan, 0, Changes(cuts=(Cut(gate, 0, until, share),)))
    cargo = [load for load in range(world.loads) if situation.sections(load)[-1].start == "port"]
    assert cargo
    assert all(int(again.plan.arrival[load]) >= until for load in cargo)


def test_the_record_is_the_same_every_time_and_never_closes_before_the_bound(moving: Moving, situation: Situation) -> None:
    params = Params(runs=6, apart=2, seed=4)
    one, other = (disrupted(situation.translated, situation.plan, situation.network, moving.reference, params) for _ in range(2))
    assert one == other
    assert one is not None
    assert one.runs == 6
    assert len(one.closures) + one.left_behind == 6
    assert list(one.closures) == sorted(one.closures)
    assert min(one.closures) >= moving.record.closure.bound - 0.01
    assert all(kind.events > 0 and kind.text for kind in one.kinds)
    assert disrupted(situation.translated, situation.plan, situation.network, moving.reference, Params(runs=0)) is None

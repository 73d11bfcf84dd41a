"""Networks and forces drawn at random, through the whole stage: every rule kept, nothing lost, and back from the record to the schedule."""

from __future__ import annotations

from collections import defaultdict
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.alone import alone
from casque.deployment.lines import calendar_of, movement_lines
from casque.deployment.network import Network
from casque.deployment.schedule.solve import Params
from casque.deployment.search import search
from casque.deployment.solve import Params as Stage
from casque.deployment.solve import _due, solve
from casque.deployment.timetable import timetable
from casque.deployment.translation.plan_back import plan_of
from casque.deployment.translation.translate import Translated, translate
from casque.deployment.verify import faults
from casque.mission.vocabulary import NodeKind
from casque.plan.movement import MovementRecord
from tests.deployment import worlds

QUICK = Stage(iterations=5, steps=1, more=1, runs=0)


def translated(seed: int, units: int = 6) -> Translated:
    """A drawn mission as a problem of the scheduler."""
    mission, force = worlds.random_world(seed, units)
    calendar = calendar_of(mission, force)
    network = Network(mission.transport, mission.agreements.agreements, calendar)
    reference = worlds.reference()
    return translate(movement_lines(mission, reference, force, network), network, reference, calendar)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_every_schedule_passes_the_verifier_and_no_line_is_sooner_than_alone(seed: int) -> None:
    problem = translated(seed)
    found = search(problem.world, _due(problem), Params(iterations=8))
    assert faults(problem.world, found.plan) == []
    single = alone(problem)
    arrives = np.full(len(single), problem.world.horizon)
    for line in range(len(single)):
        mine = found.plan.arrival[problem.key.line_of == line]
        if (mine >= 0).all():
            arrives[line] = mine.max()
    assert (single <= arrives).all()


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_record_loses_nothing_and_keeps_dates_and_capacities(seed: int) -> None:
    mission, force = worlds.random_world(seed)
    record = solve(mission, worlds.reference(), force, QUICK)
    behind = {item.unit for item in record.unmoved}
    pledges = {pledge.id: pledge for pledge in mission.forces.pledges}
    people: dict[str, float] = defaultdict(float)
    tonnes: dict[str, float] = defaultdict(float)
    for load in record.loads:
        people[load.unit] += load.people
        tonnes[load.unit] += load.tonnes
        parts = [part for part in record.shipments if part.load == load.id]
        assert sum(part.people for part in parts) == pytest.approx(load.people if load.legs else 0.0)
        assert all(part.departs[0] >= load.ready - 1e-6 for part in parts)
        for part in parts:
            assert all(later >= sooner - 1e-3 for sooner, later in zip(part.arrives, part.departs[1:], strict=False))
            assert part.arrives[-1] <= load.arrives + 1e-3
    assert set(people) == set(pledges) - behind
    for unit, count in people.items():
        assert count == pytest.approx(pledges[unit].strength)
        assert tonnes[unit] == pytest.approx(2 * pledges[unit].strength, abs=0.5)
    assert _overfull(mission, record) == []


def _overfull(mission: Any, record: MovementRecord) -> list[str]:
    """Nodes and roads that take more in a day than they may, counted again from the shipments alone."""
    nodes = {node.id: node for node in mission.transport.nodes}
    links = {link.id: link for link in mission.transport.links}
    loads = {load.id: load for load in record.loads}
    used: dict[tuple[str, str, int], float] = defaultdict(float)
    for part in record.shipments:
        legs = loads[part.load].legs
        coaches = -(-loads[part.load].people // 45) if loads[part.load].what == "people" else 0.0
        for number, leg in enumerate(legs):
            received = (
                nodes[leg.end].kind in (NodeKind.BORDER, NodeKind.STAGING) or number + 1 == len(legs) or legs[number + 1].mode != leg.mode
            )
            if received and nodes[leg.end].people_per_day is not None:
                used["people", leg.end, floor(part.arrives[number] + 1e-3)] += part.people
            if not leg.fleet and links[leg.link].vehicles_per_day is not None:
                share = part.people / loads[part.load].people if coaches else 0.0
                used["road", f"{leg.link} {leg.end}", floor(part.departs[number] + 1e-3)] += part.vehicles + coaches * share
    limits = {("people", name): node.people_per_day for name, node in nodes.items()}
    limits |= {("road", f"{name} {end}"): link.vehicles_per_day for name, link in links.items() for end in (link.start, link.end)}
    found = []
    for (what, name, day), amount in used.items():
        limit = limits[what, name]
        # What a full aircraft brings beyond a day's limit is received over two days.
        if limit is not None and not (what == "people" and limit < 60) and amount > limit * 1.02 + 0.1:
            found.append(f"{what} {name} takes {amount} on day {day}, limit {limit}")
    return found


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_record_leads_back_to_its_schedule(seed: int) -> None:
    problem = translated(seed)
    found = search(problem.world, _due(problem), Params(iterations=3))
    if (found.plan.arrival < 0).any():
        return
    told = timetable(problem.world, problem.key, found.plan)
    fields: dict[str, Any] = {"loads": told.loads, "shipments": told.shipments, "trips": told.trips}
    record = MovementRecord.model_construct(**fields)
    again = plan_of(problem, record)
    assert faults(problem.world, again) == []
    assert np.array_equal(again.arrival, found.plan.arrival)
    assert np.array_equal(again.trip_start, found.plan.trip_start)


def test_twice_gives_the_same_bytes() -> None:
    mission, force = worlds.random_world(11)
    one, two = (solve(mission, worlds.reference(), force, QUICK).model_dump_json() for _ in range(2))
    assert one == two

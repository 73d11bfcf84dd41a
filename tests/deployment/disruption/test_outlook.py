"""Movements through drawn events: the same seed gives the same runs, and each event costs what it takes away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.disruption.drawing import drawn
from casque.deployment.disruption.hazard import KINDS, Event, Hazard, Kind
from casque.deployment.disruption.outlook import Closing, Outcome, Params, carried_out, changes_of, mean_days, outlook
from casque.deployment.disruption.record import disruption_of
from casque.deployment.execution.replan import replan
from casque.deployment.execution.widening import shortened, with_gates
from casque.deployment.schedule.solve import Found, solve
from casque.deployment.schedule.solve import Params as Search
from casque.deployment.schedule.world import World
from casque.deployment.translation.clock import DAY
from casque.deployment.verify import faults
from tests.deployment.schedule.lanes import drawn as network
from tests.deployment.schedule.lanes import lane

YARD = "capacity 4 "


def endangered(seed: int, groups: int) -> tuple[World, Found, tuple[Hazard, ...]]:
    """A drawn network with a gate at its airfield and its port, and every kind of hazard."""
    world = network(seed, groups)
    found = solve(world, Search(seed=seed, iterations=5))
    ends = [
        [(leg, int(world.leg_time[leg]) - 2, 2) for leg in np.flatnonzero((world.leg_to == place) & (world.leg_fleet >= 0)).tolist()]
        for place in (2, 3)
    ]
    gates = len(world.resource_width)
    days = np.ones(world.horizon // DAY + 1)
    vehicles = tuple(range(len(world.vehicle_place)))
    kinds: tuple[tuple[Kind, float, tuple[tuple[int, float], ...]], ...] = (
        ("weather", 0.3, ((gates, 0.0),)),
        ("strike", 0.05, ((gates + 1, 0.0),)),
        ("bridge", 0.05, ((5, 0.5),)),
        ("overflight", 0.02, ((gates, 0.0),)),
    )
    hazards = [Hazard(kind, str(kind), rate * days, (0.2, 0.5, 3.0), cuts) for kind, rate, cuts in kinds]
    hazards.append(Hazard("breakdown", "all", 0.4 * days, (0.2, 1.0, 3.0), (), vehicles))
    return with_gates(world, ends, 6), found, tuple(hazards)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(3, 12))
def test_every_plan_made_on_the_way_keeps_every_rule(seed: int, groups: int) -> None:
    world, found, hazards = endangered(seed, groups)
    plan = found.plan
    assert faults(world, plan) == []
    events = drawn(hazards, seed, 0, world.horizon)
    for number, event in enumerate(events[:8]):
        now = event.tick // DAY * DAY
        again = replan(world, plan, now, changes_of((event,), events[:number], now))
        assert [fault for fault in faults(again.world, again.plan) if not fault.startswith(YARD) and "people there" not in fault] == []
        moved = (plan.start >= 0) & (plan.start < now)
        assert (again.plan.start[:, : moved.shape[1]][moved] == plan.start[moved]).all()
        world, plan = again.world, again.plan


def test_without_events_it_closes_as_announced() -> None:
    world, found, hazards = endangered(3, 8)
    quiet = tuple(hazard._replace(rate=0.0 * hazard.rate) for hazard in hazards)
    for outcome in outlook(world, found.plan, quiet, Params(runs=3)):
        assert outcome.whole == Closing(found.score.closure, 0, 0)
        assert set(outcome.without.values()) == {outcome.whole}


def test_same_seed_same_runs_on_any_number_of_processes() -> None:
    world, found, hazards = endangered(5, 8)
    one = outlook(world, found.plan, hazards, Params(runs=4, apart=2, together=DAY))
    assert one == outlook(world, found.plan, hazards, Params(runs=4, apart=2, together=DAY, workers=2))
    assert one[:2] == outlook(world, found.plan, hazards, Params(runs=2, apart=2, together=DAY))
    assert one != outlook(world, found.plan, hazards, Params(runs=4, apart=2, together=DAY, seed=2))
    assert [bool(outcome.without) for outcome in one] == [True, True, False, False]
    assert any(outcome.whole.closure > found.score.closure for outcome in one)


def test_a_kind_left_out_leaves_the_others_as_they_are() -> None:
    _, _, hazards = endangered(5, 8)
    events = drawn(hazards, 1, 0, 4000)
    for kind in KINDS:
        rest = tuple(hazard for hazard in hazards if hazard.kind != kind)
        assert drawn(rest, 1, 0, 4000) == tuple(event for event in events if event.kind != kind)
    assert list(events) == sorted(events, key=lambda event: event.tick)


def test_events_come_at_their_rate_and_last_within_their_band() -> None:
    rate = np.where(np.arange(400) < 200, 0.5, 0.1)
    hazard = Hazard("weather", "port", rate, (0.5, 1.0, 3.0))
    runs = [drawn((hazard,), 1, run, 400 * DAY) for run in range(100)]
    early = np.mean([sum(event.tick < 200 * DAY for event in events) for events in runs])
    late = np.mean([sum(event.tick >= 200 * DAY for event in events) for events in runs])
    assert early == pytest.approx(100, rel=0.05)
    assert late == pytest.approx(20, rel=0.1)
    lasts = [event.until - event.tick for events in runs for event in events]
    assert min(lasts) >= 12
    assert max(lasts) <= 72
    assert np.mean(lasts) == pytest.approx(24 * 1.5, rel=0.05)


def test_the_one_aircraft_of_a_shuttle_costs_the_days_it_is_out() -> None:
    world = lane(missions=10, aircraft=1, way=10, load=2, ground=2, horizon=1000)
    plan = solve(world, Search(iterations=0)).plan
    announced = int(plan.arrival.max())
    event = Event(48, 48 + 72, "breakdown", "aircraft", (), 0)
    ended = carried_out(world, plan, (event,), Params())
    assert ended.replans == 1
    assert announced + 72 - 24 <= ended.closure <= announced + 72 + 2 * 24
    assert carried_out(world, plan, (event._replace(tick=announced + 48, until=announced + 96),), Params()).closure == announced


def test_record_counts_what_is_left_behind_and_ranks_the_kinds() -> None:
    def outcome(closure: int, behind: int, strike: int) -> Outcome:
        whole = Closing(closure, behind, 1)
        counts: dict[Kind, int] = {"breakdown": 2, "weather": 0, "strike": 1, "overflight": 0, "bridge": 0}
        return Outcome(whole, counts, {kind: Closing(strike, 0, 1) if kind == "strike" else whole for kind in KINDS})

    runs = (outcome(240, 0, 192), outcome(480, 0, 480), outcome(0, 1, 240))
    params = Params(longest=240)
    found = disruption_of(runs, -5, params)
    assert (found.runs, found.left_behind, found.closures) == (3, 1, (5.0, 15.0))
    assert (found.low, found.median, found.high) == (5.0, 5.0, 15.0)
    assert [kind.kind for kind in found.kinds] == ["strike", "breakdown"]
    # 2 days in the first run, none in the second; the third counts as 240 ticks behind the latest closure.
    assert found.kinds[0].days == pytest.approx(((48 + 0 + (480 + 240 - 240)) / 3) / 24, abs=0.01)
    assert found.kinds[1].days == 0.0
    assert mean_days(runs, "breakdown", 240) == 0.0


def test_a_shorter_horizon_leaves_the_plan_as_it_is() -> None:
    world, found, _ = endangered(9, 6)
    short = shortened(world, found.score.closure + 30)
    assert faults(short, found.plan) == []
    assert short.horizon == found.score.closure + 30
    assert shortened(world, 10**6) is world
    assert len(short.capacity) < len(world.capacity)

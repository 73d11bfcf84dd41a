"""Planning again on networks drawn at random: what has moved stays, every rule is kept, and no more is changed than has to be."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.deployment.execution.changes import Changes, Closing, Cut, Delay, Moved, Outage
from casque.deployment.execution.keeping import kept
from casque.deployment.execution.reopening import reopened
from casque.deployment.execution.replan import Params, replan
from casque.deployment.execution.resumption import resumed
from casque.deployment.execution.state import onward
from casque.deployment.execution.steering import holds
from casque.deployment.execution.widening import legs_of
from casque.deployment.schedule.bound import alone
from casque.deployment.schedule.dispatch import dispatch
from casque.deployment.schedule.draft import Draft, Fleet, Loads, Use
from casque.deployment.schedule.solve import Found, solve
from casque.deployment.schedule.solve import Params as Search
from casque.deployment.schedule.world import BULK, METRES, TRIP, Choice, Plan, World
from casque.deployment.verify import faults
from tests.deployment.schedule.lanes import drawn, lane

YARD = "capacity 4 "
"""The waiting space of the drawn networks: what stands in it, or is on its way there, when it is cut has nowhere else to go."""

CASES = st.tuples(st.integers(0, 10**6), st.integers(2, 12), st.floats(0.0, 1.0))


def announced(seed: int, groups: int, part: float) -> tuple[World, Found, int]:
    world = drawn(seed, groups)
    found = solve(world, Search(seed=seed, iterations=5))
    return world, found, int(part * found.score.closure)


def some_changes(draw: Random, world: World, now: int) -> Changes:
    cuts = [Cut(draw.randrange(len(world.resource_width)), now, now + draw.randint(1, 60), draw.choice([0, 0.5])) for _ in range(2)]
    return Changes(
        cuts=tuple(cuts[: draw.randint(0, 2)]),
        outages=tuple(Outage(draw.randrange(len(world.vehicle_place)), now, now + draw.randint(5, 60)) for _ in range(draw.randint(0, 1))),
        closings=tuple(Closing(draw.randrange(len(world.leg_from)), now, now + draw.randint(5, 60)) for _ in range(draw.randint(0, 1))),
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CASES)
def test_what_is_planned_again_keeps_every_rule_and_undoes_nothing(case: tuple[int, int, float]) -> None:
    world, found, now = announced(*case)
    changes = some_changes(Random(case[0]), world, now)
    again = replan(world, found.plan, now, changes)
    cut_yard = any(cut.resource == 4 for cut in changes.cuts)
    assert [fault for fault in faults(again.world, again.plan) if not (cut_yard and fault.startswith(YARD))] == []
    moved = (found.plan.start >= 0) & (found.plan.start < now)
    width = moved.shape[1]
    assert (again.plan.start[:, :width][moved] == found.plan.start[moved]).all()
    assert (again.plan.start[:, :width][~moved & (again.plan.start[:, :width] >= 0)] >= now).all()
    assert again.score.closure >= alone(world).max()


@settings(max_examples=30, deadline=None, derandomize=True)
@given(CASES)
def test_where_nothing_changes_nothing_is_changed(case: tuple[int, int, float]) -> None:
    world, found, now = announced(*case)
    again = replan(world, found.plan, now)
    assert len(again.changed) == 0
    assert again.score == found.score
    gained = replan(world, found.plan, now, params=Params(improve=True, lateness=0.0, closure=0))
    assert gained.score[:3] <= found.score[:3]
    assert faults(gained.world, gained.plan) == []


@settings(max_examples=30, deadline=None, derandomize=True)
@given(CASES)
def test_only_what_has_to_is_planned_again_where_dates_may_suffer(case: tuple[int, int, float]) -> None:
    """With no bound on dates the plan that changes least is that which keeps all that holds; a stricter one is never later."""
    world, found, now = announced(*case)
    changes = some_changes(Random(case[0] + 1), world, now)
    least = replan(world, found.plan, now, changes, Params(improve=True, lateness=1e9, closure=10**6))
    strict = replan(world, found.plan, now, changes, Params(improve=True, lateness=0.0, closure=0))
    behind = min(score.behind for _, score, _ in least.tried)
    assert len(least.changed) == min(count for _, score, count in least.tried if score.behind == behind)
    assert strict.score[:2] <= least.score[:2]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(CASES)
def test_from_the_start_with_nothing_kept_it_is_a_plan_from_scratch(case: tuple[int, int, float]) -> None:
    world, found, _ = announced(*case)
    standing = onward(world, found.plan, 0)
    assert not standing.done.any()
    nothing = kept(standing, 0)
    choice = Choice(
        np.argsort(np.argsort(found.state.key, kind="stable")).astype(np.int64),
        found.plan.route,
        np.zeros(world.loads, dtype=np.int64),
        world.load_ready,
        np.array([0], dtype=np.int64),
        holds(world, 0.8),
        np.full(len(world.fleet_cost), 0.95),
    )
    plan = resumed(standing, nothing, reopened(standing, nothing), choice)
    assert all(np.array_equal(one, other) for one, other in zip(plan, dispatch(world, choice), strict=True))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(CASES)
def test_plans_made_again_and_again_on_what_really_happened_keep_every_rule(case: tuple[int, int, float]) -> None:
    """Loads come late, wait and are lost, three times in a row. People on their last leg cannot wait for late vehicles."""
    draw, now = Random(case[0]), 0
    world, found, _ = announced(*case)
    plan = found.plan
    for step in range(3):
        now += draw.randint(1, 30)
        changes = happenings(draw, world, plan, now, lose=step == 0)
        again = replan(world, plan, now, changes)
        wrong = [fault for fault in faults(again.world, again.plan) if not fault.startswith(YARD) and "people there" not in fault]
        assert wrong == []
        for item in changes.moved:
            assert int(again.plan.start[item.load, item.stage]) == item.start
            assert int(again.plan.arrival[item.load]) < 0 or int(again.plan.arrival[item.load]) >= item.end
        for delay in changes.delays:
            leaves = int(again.plan.start[delay.load, int(((plan.start[delay.load] >= 0) & (plan.start[delay.load] < now)).sum())])
            assert leaves < 0 or leaves >= delay.ready
        world, plan = again.world, again.plan


def happenings(draw: Random, world: World, plan: Plan, now: int, lose: bool) -> Changes:
    done = ((plan.start >= 0) & (plan.start < now)).sum(axis=1)
    moved: dict[int, Moved] = {}
    delays, lost = [], []
    for load in range(world.loads):
        if draw.random() < 0.15 and done[load]:
            stage = int(done[load]) - 1
            leg, start, trip = legs_of(world, int(plan.route[load]))[stage], int(plan.start[load, stage]), int(plan.trip[load, stage])
            end = start + int(world.leg_time[leg])
            mates = [load] if trip < 0 else np.flatnonzero(plan.trip[:, stage] == trip).tolist()
            late = draw.randint(1, 20)
            if end > now - 20 and not any(mate in moved for mate in mates):
                moved |= {mate: Moved(mate, stage, start, end + late) for mate in mates}
        elif draw.random() < 0.1 and done[load] < (plan.start[load] >= 0).sum():
            delays.append(Delay(load, now + draw.randint(1, 40)))
        elif lose and draw.random() < 0.05:
            lost.append(load)
    held = tuple(delay for delay in delays if delay.load not in moved)
    return Changes(delays=held, moved=tuple(moved.values()), lost=tuple(load for load in lost if load not in moved))


def test_a_spare_vehicle_takes_a_trip_at_its_announced_time() -> None:
    draft = Draft(200)
    home, field = draft.place("home"), draft.place("field")
    fleet = draft.fleet(Fleet([home, home, home], [[0, 10], [10, 0]], [0, 45, 0, 0, 0, 0]))
    kind = draft.routes([[draft.leg(home, field, 10, fleet)]])
    amount = np.tile([0, 45.0, 0, 0, 0, 0, 0], (2, 1))
    world = draft.world(Loads([0, 0], [kind, kind], [20, 20], [0, 0], amount, [0], [1.0]))
    plan = solve(world, Search(iterations=0)).plan
    used = plan.trip_vehicle.tolist()
    again = replan(world, plan, 10, Changes(outages=(Outage(used[0], 10, 100),)))
    assert len(again.changed) == 0
    assert faults(again.world, again.plan) == []
    assert used[0] not in again.plan.trip_vehicle
    both = replan(world, plan, 10, Changes(outages=tuple(Outage(vehicle, 10, 100) for vehicle in range(2))))
    assert both.score.closure == 50
    """The one aircraft left flies twice: 20 to 30, back until 40, 40 to 50."""


def test_a_vehicle_out_for_a_time_puts_a_shuttle_back_by_that_time() -> None:
    world = lane(missions=6, aircraft=1, way=10, load=2, ground=3)
    plan = solve(world, Search(iterations=0)).plan
    closure = int(plan.arrival.max())
    cycle = 2 + 10 + 3 + 10
    again = replan(world, plan, 2 * cycle, Changes(outages=(Outage(0, 2 * cycle, 2 * cycle + 40),)))
    # It stands where it last unloaded, so that its way back comes after the repair; the trips behind that stay as announced.
    assert int(again.plan.arrival.max()) == closure + 40 + 10
    assert faults(again.world, again.plan) == []
    assert int((again.plan.arrival == plan.arrival).sum()) == 4


def test_a_ship_under_way_to_a_shut_port_waits_for_it() -> None:
    draft = Draft(200)
    home, port = draft.place("home"), draft.place("port")
    berth = draft.resource("berth", 1, 1.0)
    fleet = draft.fleet(Fleet([home], [[0, 20], [20, 0]], [0, 0, 0, 0, 0, 100.0]))
    kind = draft.routes([[draft.leg(home, port, 26, fleet, [Use(berth, TRIP, 20, 6)])]])
    amount = np.zeros((2, 7))
    amount[:, METRES] = 80.0
    world = draft.world(Loads([0, 1], [kind, kind], [0, 0], [0, 0], amount, [0, 0], [1.0, 1.0]))
    plan = solve(world, Search(iterations=0)).plan
    first, second = int(plan.arrival.min()), int(plan.arrival.max())
    again = replan(world, plan, 10, Changes(cuts=(Cut(berth, 10, 50, 0.0),)))
    assert int(again.plan.arrival.min()) == 56
    """At the port from 20 on, it unloads from 50 to 56 and not as announced."""
    assert (first, second) == (26, 72)
    assert int(again.plan.arrival.max()) == 56 + 20 + 26
    assert faults(again.world, again.plan) == []


def test_a_load_under_way_takes_another_way_from_where_it_is() -> None:
    draft = Draft(400)
    home, port, base = draft.place("home"), draft.place("port"), draft.place("base")
    sail = draft.leg(home, port, 20, draft.fleet(Fleet([home], np.zeros((3, 3)), [0, 45, 0, 0, 0, 0])))
    road, track = draft.leg(port, base, 5), draft.leg(port, base, 30)
    kind = draft.routes([[sail, road], [sail, track]])
    amount = np.zeros((1, 7))
    amount[:, BULK] = 45.0
    world = draft.world(Loads([0], [kind], [0], [0], amount, [0], [1.0]))
    plan = solve(world, Search(iterations=0)).plan
    assert int(plan.arrival[0]) == 25
    again = replan(world, plan, 10, Changes(closings=(Closing(road, 10, 400),)))
    assert int(again.plan.arrival[0]) == 50
    short = replan(world, plan, 10, Changes(closings=(Closing(road, 10, 30),)))
    assert int(short.plan.arrival[0]) == 35
    assert faults(short.world, short.plan) == []


@pytest.mark.parametrize("lost", [True, False])
def test_nobody_waits_for_a_lost_load(lost: bool) -> None:
    draft = Draft(400)
    home, base = draft.place("home"), draft.place("base")
    drive, march = draft.leg(home, base, 100), draft.leg(home, base, 10)
    kinds = [draft.routes([[drive]]), draft.routes([[march]])]
    amount = np.ones((2, 7))
    world = draft.world(Loads([0, 0], kinds, [0, 0], [0, 1], amount, [0], [1.0]))
    plan = solve(world, Search(iterations=0)).plan
    assert plan.arrival.tolist() == [100, 100]
    again = replan(world, plan, 5, Changes(lost=(0,) if lost else ()), Params(improve=True, closure=0))
    assert int(again.plan.arrival[1]) == (15 if lost else 100)

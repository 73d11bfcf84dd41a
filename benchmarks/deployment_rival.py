"""The movement as a CP-SAT model: optional routes, intervals for departures, cumulatives, pools of trips.

It is easier than ours: a fleet is one cumulative in which every trip keeps its vehicle for the least way back that the empty ways price,
waiting space is left out, people need not meet vehicles, and amounts are rounded in its favour. It is harder in one thing: a leg has at
most `POOL` trips, or twice an even share of the vehicles needed. So its schedules may look better than they are, and its bound holds for
the problem only where no pool is cut short (`Rival.whole`). `accepts` proves on a given schedule that the model rules nothing out that
the schedule does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from casque.deployment.schedule.relaxed import counters_of
from casque.deployment.schedule.score import score_of
from casque.deployment.schedule.world import TRIP, Plan, World

FULL = 10_000
"""Parts of a vehicle."""
TENTH = 10
"""Parts of a unit of a capacity, and of a weight."""
POOL = 12
"""Most trips of a leg."""


@dataclass(frozen=True)
class Answer:
    """What the solver came to; infinity where it found no schedule."""

    lateness: float
    """Hours late, each group by its weight."""
    bound: float
    """What no schedule of the model passes, likewise."""


@dataclass
class Rival:
    """The model in the making."""

    world: World
    horizon: int
    most: int = POOL
    """Trips of a leg at most."""
    whole: bool = True
    """Whether every leg has a trip for each load that may take it."""
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    pools: dict[int, list[tuple[Any, Any]]] = field(default_factory=dict)
    aboard: dict[tuple[int, int], list[tuple[int, Any]]] = field(default_factory=lambda: defaultdict(list))
    on: dict[int, list[tuple[Any, int]]] = field(default_factory=lambda: defaultdict(list))
    goes: dict[tuple[int, int], Any] = field(default_factory=dict)
    """By load and route."""
    starts: dict[tuple[int, int], list[Any]] = field(default_factory=lambda: defaultdict(list))
    """By load and route: the departures on its legs."""

    def __post_init__(self) -> None:
        world, model = self.world, self.model
        self._pools()
        arrival = [self._load(load) for load in range(world.loads)]
        self._trips()
        self._capacities()
        late = [model.new_int_var(0, self.horizon, "") for _ in range(len(world.group_due))]
        for load, group in enumerate(world.load_group.tolist()):
            model.add(late[group] >= arrival[load] - int(world.group_due[group]))
        model.minimize(sum(math.floor(float(weight) * TENTH) * tardy for weight, tardy in zip(world.group_weight, late, strict=True)))

    def solve(self, seconds: float, workers: int = 2) -> Answer:
        """The best in so many seconds."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = workers
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN), solver.status_name(status)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Answer(solver.objective_value / TENTH if found else math.inf, max(0.0, solver.best_objective_bound / TENTH))

    def accepts(self, plan: Plan, seconds: float) -> bool:
        """Whether the routes, departures and trips of a schedule, all fixed, keep every rule of the model, so that it is no harder."""
        world, model = self.world, self.model.clone()
        numbers: dict[int, int] = {}
        taken: dict[int, int] = defaultdict(int)
        for trip in sorted(range(len(plan.trip_leg)), key=lambda one: (int(plan.trip_start[one]), one)):
            leg = int(plan.trip_leg[trip])
            numbers[trip] = taken[leg]
            taken[leg] += 1
            if numbers[trip] >= len(self.pools[leg]):
                return False
            model.add(self.pools[leg][numbers[trip]][1] == int(plan.trip_start[trip]))
        for load, route in enumerate(plan.route.tolist()):
            model.add(self.goes[load, route] == 1)
            for number, start in enumerate(self.starts[load, route]):
                model.add(start == int(plan.start[load, number]))
        for (leg, number), loads in self.aboard.items():
            for load, one in loads:
                legs = world.route_leg[world.route_first[plan.route[load]] : world.route_first[plan.route[load] + 1]].tolist()
                trip = int(plan.trip[load, legs.index(leg)]) if leg in legs else -1
                model.add(one == int(trip >= 0 and numbers[trip] == number))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        if solver.solve(model) != cp_model.OPTIMAL:
            return False
        return solver.objective_value / TENTH <= score_of(world, plan).lateness + 1e-6

    def _able(self, load: int, route: int) -> bool:
        world = self.world
        legs = world.route_leg[world.route_first[route] : world.route_first[route + 1]]
        return all(world.leg_fleet[leg] < 0 or world.share[load, world.leg_fleet[leg]] <= 1 for leg in legs)

    def _pools(self) -> None:
        """Trips for each leg: one for each load that may come, but at most `most` or twice an even share of the vehicles needed."""
        world = self.world
        need: dict[int, set[int]] = defaultdict(set)
        even: dict[int, float] = defaultdict(float)
        for load, kind in enumerate(world.load_class.tolist()):
            mine: set[int] = set()
            for route in range(world.class_first[kind], world.class_first[kind + 1]):
                for leg in world.route_leg[world.route_first[route] : world.route_first[route + 1]].tolist():
                    if world.leg_fleet[leg] >= 0 and self._able(load, route):
                        mine.add(leg)
            for leg in mine:
                need[leg].add(load)
                even[leg] += float(world.share[load, world.leg_fleet[leg]]) / len(mine)
        self.whole = all(len(loads) <= self.most for loads in need.values())
        for leg, loads in sorted(need.items()):
            count = min(max(self.most, math.ceil(2 * even[leg]) + 1), len(loads))
            pool = [(self.model.new_bool_var(""), self.model.new_int_var(0, self.horizon, "")) for _ in range(count)]
            for (one, first), (two, second) in pairwise(pool):
                self.model.add_implication(two, one)
                self.model.add(first <= second)
            self.pools[leg] = pool

    def _load(self, load: int) -> Any:
        world, model, taken = self.world, self.model, []
        kind = world.load_class[load]
        arrival = model.new_int_var(0, self.horizon, "")
        for route in range(world.class_first[kind], world.class_first[kind + 1]):
            if not self._able(load, route):
                continue
            goes = model.new_bool_var("")
            taken.append(goes)
            self.goes[load, route] = goes
            clock: Any = int(world.load_ready[load])
            for leg in world.route_leg[world.route_first[route] : world.route_first[route + 1]].tolist():
                start = model.new_int_var(0, self.horizon, "")
                self.starts[load, route].append(start)
                model.add(start >= clock + int(world.leg_dwell[leg])).only_enforce_if(goes)
                self._uses(leg, goes, start, load)
                if world.leg_fleet[leg] >= 0:
                    boards = [model.new_bool_var("") for _ in self.pools[leg]]
                    model.add(sum(boards) == goes)
                    for number, (one, (_, trip_start)) in enumerate(zip(boards, self.pools[leg], strict=True)):
                        model.add(start == trip_start).only_enforce_if(one)
                        self.aboard[leg, number].append((load, one))
                clock = start + int(world.leg_time[leg])
            model.add(arrival >= clock).only_enforce_if(goes)
        model.add_exactly_one(taken)
        return arrival

    def _uses(self, leg: int, goes: Any, start: Any, load: int | None) -> None:
        world, model = self.world, self.model
        for use in range(world.use_first[leg], world.use_first[leg + 1]):
            quantity, resource = int(world.use_quantity[use]), int(world.use_resource[use])
            if (quantity == TRIP and world.leg_fleet[leg] >= 0) != (load is None):
                continue
            amount = world.use_factor[use] * (1.0 if quantity == TRIP or load is None else world.load_amount[load, quantity])
            if amount <= 0:
                continue
            width, at, time = int(world.resource_width[resource]), start + int(world.use_offset[use]), int(world.use_time[use])
            begin = model.new_int_var(0, self.horizon // width + 1, "")
            model.add_linear_constraint(at - width * begin, 0, width - 1).only_enforce_if(goes)
            periods = 1 if time == 1 else max(1, time // width)
            interval = model.new_optional_fixed_size_interval_var(begin, periods, goes, "")
            self.on[resource].append((interval, math.floor(amount * TENTH)))

    def _trips(self) -> None:
        world, model = self.world, self.model
        after = counters_of(world, 24).after
        fleets: dict[int, list[Any]] = defaultdict(list)
        for leg, pool in self.pools.items():
            fleet = int(world.leg_fleet[leg])
            for number, (used, start) in enumerate(pool):
                loads = self.aboard[leg, number]
                model.add(sum(math.floor(FULL * world.share[load, fleet]) * one for load, one in loads) <= FULL * used)
                self._uses(leg, used, start, None)
                busy = int(world.leg_time[leg]) + math.floor(after[fleet, world.leg_to[leg]])
                fleets[fleet].append(model.new_optional_fixed_size_interval_var(start, busy, used, ""))
        for fleet, trips in fleets.items():
            number = int(world.fleet_vehicle_first[fleet + 1] - world.fleet_vehicle_first[fleet])
            model.add_cumulative(trips, [1] * len(trips), number)

    def _capacities(self) -> None:
        world = self.world
        for resource, uses in self.on.items():
            row = [
                math.ceil(float(limit) * TENTH)
                for limit in world.capacity[world.resource_first[resource] : world.resource_first[resource + 1]]
            ]
            most = max(row)
            runs: list[list[int]] = []
            for period, limit in enumerate(row):
                if runs and runs[-1][2] == limit:
                    runs[-1][1] += 1
                else:
                    runs.append([period, 1, limit])
            blocks = [
                (self.model.new_fixed_size_interval_var(first, size, ""), most - limit) for first, size, limit in runs if limit < most
            ]
            everything = [*uses, *blocks]
            self.model.add_cumulative([use[0] for use in everything], [use[1] for use in everything], most)

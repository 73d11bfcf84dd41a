"""The movement problem as an exhaustive CP-SAT model, for small worlds with whole quantities: the least closure that any schedule has."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from casque.deployment.schedule.world import TRIP, World

FULL = 1_000_000


class Exhaustive:
    """All routes, trips, orders of trips and departures, with every capacity in every period."""

    def __init__(self, world: World) -> None:
        self.world, self.model = world, cp_model.CpModel()
        self.on: dict[int, list[tuple[Any, Any, Any, int]]] = defaultdict(list)
        self.trip_leg: dict[tuple[int, int], Any] = {}
        self.trip_start = [self.model.new_int_var(0, world.horizon, "") for _ in range(world.loads)]
        self.aboard: dict[tuple[int, int], list[tuple[int, Any]]] = defaultdict(list)
        self.arrival = [self.model.new_int_var(0, world.horizon, "") for _ in range(world.loads)]
        for load in range(world.loads):
            self._load(load)
        self._trips()
        self._capacities()
        self._meetings()

    def closure(self) -> int:
        """The optimum, proven."""
        last = self.model.new_int_var(0, self.world.horizon, "")
        self.model.add_max_equality(last, self.arrival)
        self.model.minimize(last)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.max_deterministic_time = 60.0
        assert solver.solve(self.model) == cp_model.OPTIMAL
        return round(solver.objective_value)

    def _load(self, load: int) -> None:
        world, model, taken = self.world, self.model, []
        kind = world.load_class[load]
        for route in range(world.class_first[kind], world.class_first[kind + 1]):
            legs = [int(leg) for leg in world.route_leg[world.route_first[route] : world.route_first[route + 1]]]
            if any(world.leg_fleet[leg] >= 0 and world.share[load, world.leg_fleet[leg]] > 1 for leg in legs):
                continue
            goes = model.new_bool_var("")
            taken.append(goes)
            clock: Any = int(world.load_ready[load])
            for number, leg in enumerate(legs):
                start = model.new_int_var(0, world.horizon, "")
                model.add(start >= clock + int(world.leg_dwell[leg])).only_enforce_if(goes)
                if number > 0:
                    self._wait(load, leg, goes, clock, start)
                self._uses(leg, goes, start, load)
                if world.leg_fleet[leg] >= 0:
                    self._board(load, leg, goes, start)
                clock = start + int(world.leg_time[leg])
            model.add(self.arrival[load] == clock).only_enforce_if(goes)
        model.add_exactly_one(taken)

    def _board(self, load: int, leg: int, goes: Any, start: Any) -> None:
        choices = []
        for trip in range(load + 1):
            if (trip, leg) not in self.trip_leg:
                self.trip_leg[trip, leg] = self.model.new_bool_var("")
            boards = self.model.new_bool_var("")
            self.model.add_implication(boards, self.trip_leg[trip, leg])
            self.model.add(start == self.trip_start[trip]).only_enforce_if(boards)
            self.aboard[trip, leg].append((load, boards))
            choices.append(boards)
        self.model.add(sum(choices) == goes)

    def _uses(self, leg: int, goes: Any, start: Any, load: int | None) -> None:
        world = self.world
        for use in range(world.use_first[leg], world.use_first[leg + 1]):
            quantity = int(world.use_quantity[use])
            by_trip = quantity == TRIP and world.leg_fleet[leg] >= 0
            if by_trip != (load is None):
                continue
            amount = world.use_factor[use] * (1.0 if quantity == TRIP or load is None else world.load_amount[load, quantity])
            resource, at = int(world.use_resource[use]), start + int(world.use_offset[use])
            if amount > 0:
                self._bins(resource, goes, at, at + int(world.use_time[use]) - 1, round(amount), 1)

    def _wait(self, load: int, leg: int, goes: Any, come: Any, gone: Any) -> None:
        resource = int(self.world.leg_space[leg])
        if resource >= 0:
            amount = round(self.world.load_amount[load, self.world.leg_space_quantity[leg]])
            self._bins(resource, goes, come, gone + int(self.world.resource_width[resource]) - 1, amount, 0)

    def _bins(self, resource: int, goes: Any, first: Any, last: Any, amount: int, more: int) -> None:
        width, top = int(self.world.resource_width[resource]), self.world.horizon
        begin, end = (self.model.new_int_var(0, top, "") for _ in range(2))
        for period, tick in ((begin, first), (end, last)):
            self.model.add(period * width <= tick).only_enforce_if(goes)
            self.model.add(period * width + width - 1 >= tick).only_enforce_if(goes)
        size = self.model.new_int_var(0, top, "")
        interval = self.model.new_optional_interval_var(begin, size, end + more, goes, "")
        self.on[resource].append((interval, begin, goes, amount))

    def _trips(self) -> None:
        world, model = self.world, self.model
        vehicle_of: dict[tuple[int, int, int], Any] = {}
        for (trip, leg), used in self.trip_leg.items():
            fleet, aboard = int(world.leg_fleet[leg]), self.aboard[trip, leg]
            shares = sum(-int(-FULL * world.share[load, fleet] // 1) * boards for load, boards in aboard)
            model.add(shares <= FULL).only_enforce_if(used)
            model.add(sum(boards for load, boards in aboard if load == trip) == used)
            self._uses(leg, used, self.trip_start[trip], None)
            vehicles = range(world.fleet_vehicle_first[fleet], world.fleet_vehicle_first[fleet + 1])
            for vehicle in vehicles:
                vehicle_of[trip, leg, vehicle] = on = model.new_bool_var("")
                way = int(world.travel[fleet, world.vehicle_place[vehicle], world.leg_from[leg]])
                model.add(self.trip_start[trip] >= int(world.vehicle_from[vehicle]) + way).only_enforce_if(on)
                model.add(self.trip_start[trip] + int(world.leg_time[leg]) <= int(world.vehicle_until[vehicle])).only_enforce_if(on)
            model.add(sum(vehicle_of[trip, leg, vehicle] for vehicle in vehicles) == used)
        for (one, one_on), (other, other_on) in combinations(vehicle_of.items(), 2):
            (a, leg_a, vehicle_a), (b, leg_b, vehicle_b) = one, other
            if vehicle_a == vehicle_b and a != b:
                fleet, before = int(world.leg_fleet[leg_a]), model.new_bool_var("")
                there = int(world.leg_time[leg_a] + world.travel[fleet, world.leg_to[leg_a], world.leg_from[leg_b]])
                back = int(world.leg_time[leg_b] + world.travel[fleet, world.leg_to[leg_b], world.leg_from[leg_a]])
                model.add(self.trip_start[b] >= self.trip_start[a] + there).only_enforce_if(one_on, other_on, before)
                model.add(self.trip_start[a] >= self.trip_start[b] + back).only_enforce_if(one_on, other_on, ~before)
        for trip in range(world.loads):
            model.add(sum(used for (number, _), used in self.trip_leg.items() if number == trip) <= 1)

    def _capacities(self) -> None:
        world = self.world
        for resource, uses in self.on.items():
            row = world.capacity[world.resource_first[resource] : world.resource_first[resource + 1]]
            most = int(row.max())
            blocks = [(self.model.new_fixed_size_interval_var(period, 1, ""), most - int(limit)) for period, limit in enumerate(row)]
            blocks = [block for block in blocks if block[1] > 0]
            behind = self.model.new_fixed_size_interval_var(len(row), world.horizon, "")
            intervals = [use[0] for use in uses] + [block[0] for block in blocks] + [behind]
            self.model.add_cumulative(intervals, [use[3] for use in uses] + [block[1] for block in blocks] + [most], most)

    def _meetings(self) -> None:
        world = self.world
        for people in range(world.loads):
            for other in range(world.loads):
                if world.load_people[people] == 1 and world.load_people[other] == 0 and world.load_group[people] == world.load_group[other]:
                    self.model.add(self.arrival[people] >= self.arrival[other] - world.ahead)

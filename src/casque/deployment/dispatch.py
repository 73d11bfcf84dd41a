"""Serial dispatch: units one after the other, each by the route that brings it in first through the capacity that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf

from casque.deployment.capacity import Floats
from casque.deployment.flow import arrival, draw, send
from casque.deployment.problem import Consignment, Mover, Problem
from casque.deployment.route import Route


@dataclass(frozen=True)
class Shipment:
    """A load on its way: its route, and the parts of it that begin each stage on each day (stage x day)."""

    load: Consignment
    route: Route
    flows: Floats
    release: int
    """Day index before which no part leaves home."""
    arrives: float
    """Day index on which the last part arrives."""

    def give_back(self, left: Floats) -> None:
        """Give back the capacity that it uses."""
        draw(self.route, left, self.flows, self.release, self.arrives, 1.0)

    def use_again(self, left: Floats) -> None:
        """Use the capacity again after it was given back."""
        draw(self.route, left, self.flows, self.release, self.arrives, -1.0)


@dataclass(frozen=True)
class Movement:
    """A unit on its way, or held at home where no route brings it in within the plan."""

    mover: Mover
    shipments: tuple[Shipment, ...]
    arrives: float
    """Day index on which it is in place; infinity where it is held at home."""


@dataclass
class Dispatch:
    """The state of a dispatch: capacity left, and the units dispatched so far."""

    problem: Problem
    left: Floats
    movements: list[Movement]

    @classmethod
    def start(cls, problem: Problem) -> Dispatch:
        """Nobody dispatched yet."""
        return cls(problem, problem.capacity.copy(), [])

    def add(self, mover: Mover) -> Movement:
        """Dispatch a unit: its equipment, then its people so that they need not wait long at the base, unless that makes the unit later.

        People do not wait at home for their equipment past the day on which the unit is required.
        """
        shipments: list[Shipment] = []
        due = -inf
        required = inf if mover.required is None else mover.required - self.problem.calendar.first
        for load in mover.loads:
            shipment = self._first_in(load, due, required)
            if shipment is None:
                for earlier in shipments:
                    earlier.give_back(self.left)
                shipments = []
                break
            shipments.append(shipment)
            due = shipment.arrives
        movement = Movement(mover, tuple(shipments), max((shipment.arrives for shipment in shipments), default=inf))
        self.movements.append(movement)
        return movement

    def cut(self, kept: int) -> list[Movement]:
        """Call back all units but the first `kept`; returns those called back."""
        called = self.movements[kept:]
        del self.movements[kept:]
        for movement in called:
            for shipment in movement.shipments:
                shipment.give_back(self.left)
        return called

    def restore(self, movements: Sequence[Movement]) -> None:
        """Put back units as they were dispatched before."""
        for movement in movements:
            for shipment in movement.shipments:
                shipment.use_again(self.left)
            self.movements.append(movement)

    def _first_in(self, load: Consignment, due: float, required: float) -> Shipment | None:
        """The load by its best route: the one that arrives first, or of those in time for what it has to meet there on `due` the first that
        is in time for the day on which its unit is `required` too, or comes nearest to it.

        It is held at home so as not to wait long for what it has to meet, but not past the required day.
        """
        best: tuple[Route, int] | None = None
        least = (inf, inf)
        soonest, wanted = min(due - self.problem.ahead, required), min(due, required)
        for route in load.routes:
            if (max(load.ready + route.total, due), max(load.ready + route.total, wanted)) >= least:
                break
            release = max(load.ready, _release(soonest, route))
            arrives = arrival(route, self.left, release)
            if arrives > due and release > load.ready:
                earlier = arrival(route, self.left, load.ready)
                arrives, release = (earlier, load.ready) if earlier < arrives else (arrives, release)
            if arrives < inf and (max(arrives, due), max(arrives, wanted)) < least:
                best, least = (route, release), (max(arrives, due), max(arrives, wanted))
        if best is None:
            return None
        arrives, flows = send(best[0], self.left, best[1])
        return Shipment(load, best[0], flows, best[1], arrives)


def _release(soonest: float, route: Route) -> int:
    return -1 if soonest == -inf else floor(soonest - route.total)


def dispatch(problem: Problem, order: Sequence[int]) -> Dispatch:
    """All units in an order, as indices of `problem.movers`."""
    state = Dispatch.start(problem)
    for index in order:
        state.add(problem.movers[index])
    return state


def first_order(problem: Problem) -> list[int]:
    """Order of urgency: required date, then the larger unit, then the name; last those without a required date, by their ready date."""

    def urgency(index: int) -> tuple[int, int, float, str, str]:
        mover = problem.movers[index]
        dated = mover.required is not None
        return (0 if dated else 1, mover.required if mover.required is not None else mover.ready, -mover.strength, mover.id, mover.sector)

    return sorted(range(len(problem.movers)), key=urgency)


Score = tuple[int, float, float]
"""Units held at home, weighted days late, closing day index; compared in that order."""


def score(problem: Problem, movements: Sequence[Movement]) -> Score:
    """How good a dispatch is; the smaller the better."""
    moved = [movement for movement in movements if movement.shipments]
    late = sum(movement.mover.weight * problem.late(movement.mover, movement.arrives + problem.calendar.first) for movement in moved)
    return len(movements) - len(moved), round(late, 6), max((movement.arrives for movement in moved), default=-inf)

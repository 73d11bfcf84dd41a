"""A small world that carries out orders and holds them to its rules: nothing moves but by an order, and every order must be possible.

It shares the records of the picture with the tasking, and none of its code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from casque.deployment.tasking.picture import Fleet, Haul, Order, Picture, Request, Vehicle, Way
from casque.deployment.tasking.solve import Params, solve

HANDLING = 3.0


def fleet(payload: float, ways: Iterable[tuple[int, int, float]]) -> Fleet:
    """A fleet whose ways can be used in both directions."""
    both = [way for start, end, time in ways for way in (Way(start, end, time), Way(end, start, time))]
    return Fleet(payload, tuple(both))


def request(at: int, to: int, weight: float = 1.0, ready: float = 0.0) -> Request:
    """A request that is late after 400 and missed after 800."""
    return Request(at, to, weight, ready, 400.0, 800.0)


@dataclass
class Body:
    """A vehicle as the world knows it; it starts at a node, empty and ready to leave."""

    fleet: int
    at: int
    arrives: float = 0.0
    aboard: tuple[int, ...] = ()
    handled: bool = True
    busy_until: float = 0.0
    doing: Order | None = None
    trips: int = 0


@dataclass
class World:
    """Vehicles, requests and ways.

    `closures` maps (fleet, start, end) to the span of time in which that way is closed, `lost` to the moment from which it is gone for
    good; `arrivals` are the nodes at which each vehicle came to stand, in turn.
    """

    fleets: tuple[Fleet, ...]
    slots: tuple[int, ...]
    bodies: dict[int, Body]
    requests: dict[int, Request]
    closures: dict[tuple[int, int, int], tuple[float, float]] = field(default_factory=dict)
    lost: dict[tuple[int, int, int], float] = field(default_factory=dict)
    delivered: dict[int, float] = field(default_factory=dict)
    arrivals: dict[int, list[int]] = field(default_factory=dict)
    now: float = 0.0
    hauls: dict[int, Haul] = field(default_factory=dict)
    params: Params = field(default_factory=Params)

    def run(self, until: float) -> None:
        """Carries out orders step by step until everything is delivered or the time is over."""
        while self.now < until and self.requests:
            orders, self.hauls = solve(self.picture(), self.hauls, self.params)
            self._hold(orders)
            for name, body in self.bodies.items():
                self._advance(name, body, orders.get(name))
            self.now += 1

    def picture(self) -> Picture:
        """What the dispatcher is told."""
        fleets = tuple(
            replace(fleet, ways=tuple(replace(way, closed_for=self._closed(index, way)) for way in self._ways(index)))
            for index, fleet in enumerate(self.fleets)
        )
        vehicles = {
            name: Vehicle(body.fleet, body.at, max(body.arrives, body.busy_until, self.now), body.aboard, body.handled)
            for name, body in self.bodies.items()
        }
        return Picture(self.now, HANDLING, self.slots, fleets, vehicles, dict(self.requests))

    def _ways(self, fleet: int) -> tuple[Way, ...]:
        return tuple(way for way in self.fleets[fleet].ways if self.now < self.lost.get((fleet, way.start, way.end), float("inf")))

    def _closed(self, fleet: int, way: Way) -> float:
        first, last = self.closures.get((fleet, way.start, way.end), (0.0, 0.0))
        return last - self.now if first <= self.now < last else 0.0

    def _hold(self, orders: dict[int, Order]) -> None:
        """What must hold of all orders and hauls together."""
        loads = [*chain.from_iterable(order.load for order in orders.values())]
        assert len(loads) == len(set(loads)), "two vehicles load the same"
        hauled = [*chain.from_iterable(haul.requests for haul in self.hauls.values())]
        assert len(hauled) == len(set(hauled)), "two vehicles are to move the same"
        for name, haul in self.hauls.items():
            payload = self.fleets[self.bodies[name].fleet].payload
            assert sum(self.requests[item].weight for item in haul.requests) <= payload, "a haul is more than its vehicle carries"
        for name in orders:
            body = self.bodies[name]
            assert max(body.arrives, body.busy_until) <= self.now, "an order for a vehicle that is under way or being handled"

    def _advance(self, name: int, body: Body, order: Order | None) -> None:
        if body.arrives > self.now or body.busy_until > self.now:
            return
        if self.arrivals.setdefault(name, [body.at])[-1] != body.at:
            self.arrivals[name].append(body.at)
        if body.doing is not None:
            self._hand_over(body, body.doing)
            body.doing, body.handled = None, True
            return
        if order is None:
            return
        if order.load or order.unload or (not body.handled and (order.to is not None or order.urgency < float("inf"))):
            self._start_handling(name, body, order)
        elif order.to is not None:
            self._leave(body, order.to)

    def _start_handling(self, name: int, body: Body, order: Order) -> None:
        there = [other for key, other in self.bodies.items() if key != name and other.at == body.at and other.busy_until > self.now]
        if len(there) >= self.slots[body.at]:
            return
        assert set(order.unload) <= set(body.aboard), "hands over what is not aboard"
        for item in order.load:
            assert self.requests[item].at == body.at, "loads what is not there"
            assert self.requests[item].ready <= self.now, "loads before it is ready"
        kept = [item for item in (*body.aboard, *order.load) if item not in order.unload]
        assert sum(self.requests[item].weight for item in kept) <= self.fleets[body.fleet].payload, "more than it carries"
        for item in order.load:
            self.requests[item] = replace(self.requests[item], at=None)
        body.busy_until, body.doing = self.now + HANDLING, order

    def _hand_over(self, body: Body, order: Order) -> None:
        body.aboard = tuple(item for item in (*body.aboard, *order.load) if item not in order.unload)
        for item in order.unload:
            if self.requests[item].to == body.at:
                self.delivered[item] = self.now
                del self.requests[item]
            else:
                self.requests[item] = replace(self.requests[item], at=body.at)

    def _leave(self, body: Body, to: int) -> None:
        ways = [way for way in self._ways(body.fleet) if way.start == body.at and way.end == to]
        assert ways, "takes a way that is not there"
        if self._closed(body.fleet, ways[0]):
            return
        body.arrives, body.at, body.handled = self.now + ways[0].time, to, False
        body.trips += 1

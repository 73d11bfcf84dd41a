"""A small world that carries out orders and holds them to its rules: nothing moves but by an order, and every order must be possible."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from casque.deployment.tasking.picture import Fleet, Haul, Order, Picture, Request, Vehicle
from casque.deployment.tasking.solve import Params, solve

HANDLING = 3.0


@dataclass
class _Body:
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
    """Vehicles, requests and ways; `closures` maps (fleet, start, end) to the span of time in which that way is closed."""

    fleets: tuple[Fleet, ...]
    slots: tuple[int, ...]
    bodies: dict[int, _Body]
    requests: dict[int, Request]
    closures: dict[tuple[int, int, int], tuple[float, float]] = field(default_factory=dict)
    delivered: dict[int, float] = field(default_factory=dict)
    now: float = 0.0
    hauls: dict[int, Haul] = field(default_factory=dict)
    params: Params = field(default_factory=Params)

    def run(self, until: float) -> None:
        """Carries out orders step by step until everything is delivered or the time is over."""
        while self.now < until and self.requests:
            orders, self.hauls = solve(self._picture(), self.hauls, self.params)
            for name, body in self.bodies.items():
                self._advance(name, body, orders.get(name))
            self.now += 1

    def _picture(self) -> Picture:
        fleets = tuple(
            replace(fleet, ways=tuple(replace(way, closed_for=self._closed(index, way.start, way.end)) for way in fleet.ways))
            for index, fleet in enumerate(self.fleets)
        )
        vehicles = {
            name: Vehicle(body.fleet, body.at, max(body.arrives, body.busy_until, self.now), body.aboard, body.handled)
            for name, body in self.bodies.items()
        }
        return Picture(self.now, HANDLING, self.slots, fleets, vehicles, dict(self.requests))

    def _closed(self, fleet: int, start: int, end: int) -> float:
        first, last = self.closures.get((fleet, start, end), (0.0, 0.0))
        return last - self.now if first <= self.now < last else 0.0

    def _advance(self, name: int, body: _Body, order: Order | None) -> None:
        if body.arrives > self.now or body.busy_until > self.now:
            return
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

    def _start_handling(self, name: int, body: _Body, order: Order) -> None:
        there = [other for key, other in self.bodies.items() if key != name and other.at == body.at and other.busy_until > self.now]
        if len(there) >= self.slots[body.at]:
            return
        assert set(order.unload) <= set(body.aboard)
        for item in order.load:
            assert self.requests[item].at == body.at, "loads what is not there"
            assert self.requests[item].ready <= self.now, "loads before it is ready"
        kept = [item for item in (*body.aboard, *order.load) if item not in order.unload]
        assert sum(self.requests[item].weight for item in kept) <= self.fleets[body.fleet].payload, "more than it carries"
        for item in order.load:
            self.requests[item] = replace(self.requests[item], at=None)
        body.busy_until, body.doing = self.now + HANDLING, order

    def _hand_over(self, body: _Body, order: Order) -> None:
        body.aboard = tuple(item for item in (*body.aboard, *order.load) if item not in order.unload)
        for item in order.unload:
            if self.requests[item].to == body.at:
                self.delivered[item] = self.now
                del self.requests[item]
            else:
                self.requests[item] = replace(self.requests[item], at=body.at)

    def _leave(self, body: _Body, to: int) -> None:
        ways = [way for way in self.fleets[body.fleet].ways if way.start == body.at and way.end == to]
        assert ways, "takes a way that is not there"
        if self._closed(body.fleet, body.at, to):
            return
        body.arrives, body.at, body.handled = self.now + ways[0].time, to, False
        body.trips += 1


def body(fleet: int, at: int) -> _Body:
    """A vehicle that stands at a node, empty."""
    return _Body(fleet, at)

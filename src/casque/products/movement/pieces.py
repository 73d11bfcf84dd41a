"""Loads in the parts that stay together, whether the record has them apart or not."""

from __future__ import annotations

from typing import NamedTuple

from casque.mission.vocabulary import Mode
from casque.plan.movement import Load, MovementRecord


class Step(NamedTuple):
    """A leg as one part of a load takes it."""

    link: str
    start: str
    end: str
    mode: Mode
    fleet: str
    trip: str
    """Trip it shares; empty where it drives itself or the record has no trips."""
    departs: float
    arrives: float


class Piece(NamedTuple):
    """The part of a load that stays together all the way."""

    load: str
    number: int
    people: float
    vehicles: float
    lane_metres: float
    tonnes: float
    steps: tuple[Step, ...]

    @property
    def trips(self) -> tuple[str, ...]:
        """Trip of each leg."""
        return tuple(step.trip for step in self.steps)


def by_load(record: MovementRecord) -> dict[str, tuple[Piece, ...]]:
    """The parts of every load by its id, in order; a load that the record does not divide is one part."""
    shipped: dict[str, list[Piece]] = {}
    loads = {load.id: load for load in record.loads}
    for item in record.shipments:
        if item.load in loads:
            load = loads[item.load]
            steps = _steps(load, item.departs, item.arrives, item.trips)
            shipped.setdefault(item.load, []).append(
                Piece(item.load, item.number, item.people, item.vehicles, item.lane_metres, item.tonnes, steps)
            )
    made = {load: tuple(sorted(items, key=lambda piece: piece.number)) for load, items in shipped.items()}
    return {load.id: made.get(load.id) or (_whole(load),) for load in record.loads}


def _whole(load: Load) -> Piece:
    departs, arrives = tuple(leg.departs for leg in load.legs), tuple(leg.arrives for leg in load.legs)
    steps = _steps(load, departs, arrives, ())
    return Piece(load.id, 1, load.people, load.vehicles, load.lane_metres, load.tonnes, steps)


def _steps(load: Load, departs: tuple[float, ...], arrives: tuple[float, ...], trips: tuple[str, ...]) -> tuple[Step, ...]:
    named = trips if len(trips) == len(load.legs) else ("",) * len(load.legs)
    return tuple(
        Step(leg.link, leg.start, leg.end, leg.mode, leg.fleet, trip, leaves, lands)
        for leg, trip, leaves, lands in zip(load.legs, named, departs, arrives, strict=False)
    )

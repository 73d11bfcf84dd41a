"""The vehicle manifest: a row for every part of a load on every trip, and a row for every trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casque.plan.movement import Load, Trip
from casque.products.movement.picture import MovementPicture
from casque.products.movement.pieces import Piece
from casque.products.movement.table import Column, Sheet, moment, sheet_of


@dataclass(frozen=True)
class Aboard:
    """A part of a load on a trip."""

    seen: MovementPicture
    trip: Trip
    load: Load
    piece: Piece


@dataclass(frozen=True)
class Loaded:
    """A trip with all that is aboard."""

    seen: MovementPicture
    trip: Trip
    aboard: tuple[Aboard, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Members whose loads it carries."""
        return tuple(sorted({self.seen.member(item.load) for item in self.aboard}))


def trips_of(seen: MovementPicture) -> tuple[Loaded, ...]:
    """Every trip with what is aboard, by fleet, vehicle and day."""
    trips = {trip.id: trip for trip in seen.record.trips}
    aboard: dict[str, list[Aboard]] = {}
    for name, pieces in seen.pieces.items():
        for piece in pieces:
            for trip in dict.fromkeys(step.trip for step in piece.steps if step.trip in trips):
                aboard.setdefault(trip, []).append(Aboard(seen, trips[trip], seen.loads[name], piece))
    order = sorted(seen.record.trips, key=lambda trip: (trip.fleet, trip.vehicle, trip.departs, trip.id))
    return tuple(
        Loaded(seen, trip, tuple(sorted(aboard.get(trip.id, ()), key=lambda item: (seen.numbers[item.load.id], item.piece.number))))
        for trip in order
    )


def manifest_sheet(trips: Iterable[Loaded], member: str = "") -> Sheet:
    """The manifest as a sheet; with a member only its loads."""
    return sheet_of("Manifest", ABOARD, [item for trip in trips for item in trip.aboard if member in ("", item.seen.member(item.load))])


def trip_sheet(trips: Iterable[Loaded]) -> Sheet:
    """The trips as a sheet."""
    return sheet_of("Trips", TRIPS, trips)


def owner(seen: MovementPicture, fleet: str) -> str:
    """Member or organisation that provides a fleet; empty where it is unknown."""
    return seen.lift[fleet].owner if fleet in seen.lift else ""


JOURNEY: tuple[Column[Aboard | Loaded], ...] = (
    Column("trip", "Trip: fleet, vehicle, running number.", lambda item: item.trip.id),
    Column("fleet", "Fleet.", lambda item: item.trip.fleet),
    Column("owner", "Member or organisation that provides the fleet.", lambda item: owner(item.seen, item.trip.fleet)),
    Column("vehicle", "Number of the vehicle in its fleet, from 1.", lambda item: item.trip.vehicle),
    Column("from", "Node it leaves.", lambda item: item.trip.start),
    Column("to", "Node it reaches.", lambda item: item.trip.end),
    Column("departs", "It begins to load.", lambda item: moment(item.seen.calendar, item.trip.departs)),
    Column("departs [D+]", "The same, in days from D-day.", lambda item: round(item.trip.departs, 2)),
    Column("arrives", "It is unloaded.", lambda item: moment(item.seen.calendar, item.trip.arrives)),
    Column("arrives [D+]", "The same, in days from D-day.", lambda item: round(item.trip.arrives, 2)),
)
"""Columns that say which trip it is."""

ABOARD: tuple[Column[Aboard], ...] = (
    *JOURNEY,
    Column("line number", "Line that is aboard (ULN).", lambda item: item.seen.numbers[item.load.id]),
    Column("load", "Its id in the plan.", lambda item: item.load.id),
    Column("shipment", "Which part of it, from 1.", lambda item: item.piece.number),
    Column("nation", "Member that it belongs to.", lambda item: item.seen.member(item.load)),
    Column("unit", "Pledge.", lambda item: item.load.unit),
    Column("what", "People or equipment.", lambda item: item.load.what),
    Column("people", "People aboard.", lambda item: item.piece.people),
    Column("vehicles", "Vehicles aboard.", lambda item: item.piece.vehicles),
    Column("lane metres [m]", "Lane metres aboard.", lambda item: item.piece.lane_metres),
    Column("tonnes [t]", "Metric tonnes aboard.", lambda item: item.piece.tonnes),
    Column("dangerous", "`yes` where dangerous goods are in the line.", lambda item: "yes" if item.load.dangerous else "no"),
)
"""Columns of the manifest, in order."""

TRIPS: tuple[Column[Loaded], ...] = (
    *JOURNEY,
    Column("filled", "Part of the vehicle that is filled, at most 1.", lambda item: round(item.trip.full, 2)),
    Column("nations", "Members whose loads it carries.", lambda item: "; ".join(item.members)),
    Column("people", "People aboard.", lambda item: _sum(item.aboard, "people")),
    Column("vehicles", "Vehicles aboard.", lambda item: _sum(item.aboard, "vehicles")),
    Column("lane metres [m]", "Lane metres aboard.", lambda item: _sum(item.aboard, "lane_metres")),
    Column("tonnes [t]", "Metric tonnes aboard.", lambda item: _sum(item.aboard, "tonnes")),
    Column(
        "dangerous", "`yes` where dangerous goods are aboard.", lambda item: "yes" if any(x.load.dangerous for x in item.aboard) else "no"
    ),
)
"""Columns of the list of trips, in order."""


def _sum(aboard: Sequence[Aboard], field: str) -> float:
    total: float = sum(getattr(item.piece, field) for item in aboard)
    return round(total, 2)

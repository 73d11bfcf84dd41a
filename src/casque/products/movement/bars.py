"""Rows of the bar chart: units with their legs, fleets with their trips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casque.plan.movement import InPlace, Load, MovementRecord, Trip
from casque.products.figures import Calendar, count, d_plus, percent
from casque.products.gantt import Fleet, Row, Stretch, merged
from casque.products.names import Names


def unit_row(names: Names, calendar: Calendar, unit: str, loads: Sequence[Load], in_place: Iterable[InPlace]) -> Row:
    """The row of a unit: when its people and its equipment are under way, when it is required and when in place."""
    found = [item for item in in_place if item.unit == unit]
    stretches = {
        what: merged([Stretch(leg.mode.value, leg.departs, leg.arrives) for load in loads if load.what == what for leg in load.legs])
        for what in ("people", "equipment")
    }
    name = names.of("unit", unit)
    parts = [name, *(f"in place {calendar.day(item.day)}, earliest {d_plus(item.earliest)}" for item in found)]
    required = tuple(sorted({float(load.required) for load in loads if load.required is not None}))
    parts += [f"required {d_plus(day)}" for day in required[:1]]
    arrived = tuple((item.day, item.late > 0.5) for item in found)
    return Row(name, stretches["people"], stretches["equipment"], required, arrived, "; ".join(parts))


def fleet_rows(names: Names, record: MovementRecord, modes: dict[str, str], fleets: Iterable[str]) -> tuple[Fleet, ...]:
    """Rows of some fleets, those with most trips first; a fleet without trips has none. `modes` are the modes of all fleets."""
    trips: dict[str, list[Trip]] = {}
    for trip in record.trips:
        trips.setdefault(trip.fleet, []).append(trip)
    made = []
    for fleet in sorted((name for name in set(fleets) if name in trips), key=lambda name: (-len(trips[name]), name)):
        lanes: dict[int, list[tuple[float, float]]] = {}
        for trip in sorted(trips[fleet], key=lambda trip: (trip.departs, trip.id)):
            lanes.setdefault(trip.vehicle, []).append((trip.departs, trip.arrives))
        name = names.of("fleet", fleet)
        filled = sum(trip.full for trip in trips[fleet]) / len(trips[fleet])
        told = f"{name}: {count(len(trips[fleet]), 'trip')} of {count(len(lanes), 'vehicle')}, {percent(filled)} filled on average"
        shown = f"{name}: {count(len(trips[fleet]), 'trip')}, {percent(filled)} full"
        made.append(Fleet(shown, modes.get(fleet, ""), tuple(tuple(lane) for _, lane in sorted(lanes.items())), told))
    return tuple(made)

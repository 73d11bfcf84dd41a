"""The time-phased list: a row for every movement line, in the columns of a time-phased force and deployment list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from math import floor

from casque.plan.movement import Load
from casque.products.movement.journey import (
    DEPARTS_ORIGIN,
    LEAVES_POD,
    LEAVES_POE,
    MAIN,
    ONWARD,
    REACHES_DESTINATION,
    REACHES_POD,
    REACHES_POE,
    TO_PORT,
    Journey,
    journey,
)
from casque.products.movement.picture import MovementPicture
from casque.products.movement.pieces import Piece
from casque.products.movement.table import Column, Sheet, moment, sheet_of

MOST_TRIPS = 24
"""Trips that a row names; the manifest has all of them."""
OWN = "own vehicles"
"""Source of a leg on which the unit drives itself."""


@dataclass(frozen=True)
class Line:
    """A movement line with its journey."""

    seen: MovementPicture
    load: Load
    way: Journey
    pieces: tuple[Piece, ...]

    @property
    def member(self) -> str:
        """Member it belongs to."""
        return self.seen.member(self.load)

    def day(self, day: float | None) -> date | None:
        """The date of a whole day."""
        return None if day is None else self.seen.calendar.on(day)

    def at(self, day: float | None) -> datetime | None:
        """The minute of a day in parts."""
        return None if day is None else moment(self.seen.calendar, day)

    def source(self, part: int) -> str:
        """Who carries it on a part of the journey: the fleet and its owner, or its own vehicles."""
        return " + ".join(self._carrier(fleet) for fleet in self.way.parts[part].carriers)

    def trips(self) -> str:
        """Trips that it is on, in order."""
        names = dict.fromkeys(trip for piece in self.pieces for trip in piece.trips if trip)
        shown = "; ".join(list(names)[:MOST_TRIPS])
        return shown + (f"; {len(names) - MOST_TRIPS} more" if len(names) > MOST_TRIPS else "")

    def _carrier(self, fleet: str) -> str:
        if not fleet:
            return OWN
        lift = self.seen.lift.get(fleet)
        return f"{fleet} ({lift.owner})" if lift else fleet

    @property
    def late(self) -> float:
        """Days by which it arrives after its required day, on which it still is in time; 0 where it is in time or has none."""
        required = self.load.required
        return 0.0 if required is None else float(max(0, floor(self.load.arrives + 1e-6) - required))


def lines_of(seen: MovementPicture, member: str = "") -> tuple[Line, ...]:
    """Lines of a member, or of all, by line number."""
    loads = (load for load in seen.record.loads if member in ("", seen.member(load)))
    made = (Line(seen, load, journey(load), seen.pieces[load.id]) for load in loads)
    return tuple(sorted(made, key=lambda line: (seen.numbers[line.load.id], line.load.id)))


def line_sheet(lines: Iterable[Line]) -> Sheet:
    """The time-phased list as a sheet."""
    return sheet_of("Lines", COLUMNS, lines)


def _dates(name: str, meaning: str) -> Iterator[Column[Line]]:
    """A day as date and counted from D-day."""
    field = DATES[name]
    yield Column(name, meaning, lambda line: line.day(getattr(line.load, field)), True)
    yield Column(f"{name} [D+]", "The same, counted from D-day.", lambda line: getattr(line.load, field), True)


def _moments(name: str, meaning: str) -> Iterator[Column[Line]]:
    """A planned time as minute and in days from D-day."""
    yield Column(name, meaning, lambda line: line.at(line.way.times().get(name)), True)
    yield Column(f"{name} [D+]", "The same, in days from D-day.", lambda line: _hundredths(line.way.times().get(name)), True)


def _hundredths(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _modes(line: Line, part: int) -> str:
    return line.way.parts[part].modes


def _sources(line: Line, part: int) -> str:
    return line.source(part)


def _legs(part: int, where: str) -> Iterator[Column[Line]]:
    yield Column(f"mode {where}", f"Modes {where}, in order; empty where there is no such part of the journey.", partial(_modes, part=part))
    meaning = f"Who carries it {where}: fleet and, in brackets, its owner; `{OWN}` where the unit drives itself."
    yield Column(f"source {where}", meaning, partial(_sources, part=part))


DATES = {"RLD": "ready", "ALD": "available", "EAD": "earliest", "LAD": "latest", "RDD": "required"}
"""Headings of the stated days, in the order in which they must come, with the field of the load."""
AMOUNTS = {"people": "people", "vehicles": "vehicles", "lane metres [m]": "lane_metres", "tonnes [t]": "tonnes"}
"""Headings of the amounts that may be changed, with the field of the load."""
PORTS = ("POE", "POD")
"""Headings of the ports."""
LOAD = "load"
"""Heading of the column that says which line a row is."""

COLUMNS: tuple[Column[Line], ...] = (
    Column("plan", "Mission that the plan is for (PID).", lambda line: line.seen.mission.about.id),
    Column("line number", "Seven characters: nation, unit, line of the unit (ULN).", lambda line: line.seen.numbers[line.load.id]),
    Column(
        "parent", "Force module that must close together, or else the unit (parent ULN).", lambda line: line.load.module or line.load.unit
    ),
    Column(LOAD, "Id of the load in the plan; what a row is known by when it is brought back.", lambda line: line.load.id),
    Column("nation", "Member that the unit belongs to.", lambda line: line.member),
    Column("unit", "Pledge that the line is a part of (UIC).", lambda line: line.load.unit),
    Column("unit type", "Type of the unit (UTC).", lambda line: _unit_type(line)),
    Column("description", "Name of the unit, and what of it travels here.", lambda line: _description(line)),
    Column("sector", "Sector that it goes to.", lambda line: line.load.sector),
    Column(
        "priority", "Weightiest priority of the tasks that the unit can serve there: 1 first.", lambda line: line.seen.priority(line.load)
    ),
    Column("people", "People who travel (PAX).", lambda line: line.load.people, True),
    Column("vehicles", "Vehicles.", lambda line: line.load.vehicles, True),
    Column("lane metres [m]", "Lane metres of the vehicles.", lambda line: line.load.lane_metres, True),
    Column("bulk [t]", "Metric tonnes that fit a pallet.", lambda line: line.load.bulk),
    Column("oversize [t]", "Metric tonnes too large for a pallet.", lambda line: line.load.oversize),
    Column("outsize [t]", "Metric tonnes that only the largest aircraft take.", lambda line: line.load.outsize),
    Column("surface only [t]", "Metric tonnes that no aircraft takes.", lambda line: line.load.surface_only),
    Column("tonnes [t]", "All metric tonnes, cargo and vehicles.", lambda line: line.load.tonnes, True),
    Column("dangerous", "`yes` where dangerous goods are in it.", lambda line: "yes" if line.load.dangerous else "no"),
    Column("origin", "Node where it is loaded at home.", lambda line: line.way.origin),
    *_dates("RLD", "Ready-to-load date at the origin."),
    Column("POE", "Port of embarkation; empty where it goes by land all the way.", lambda line: line.way.embarkation, True),
    *_dates("ALD", "Available-to-load date at the port of embarkation; empty where it is ready at once."),
    Column("intermediate", "Nodes between the ports where it changes vehicle.", lambda line: "; ".join(line.way.intermediate)),
    Column("POD", "Port of debarkation.", lambda line: line.way.debarkation, True),
    *_dates("EAD", "Earliest arrival date at the port of debarkation; empty where any day will do."),
    *_dates("LAD", "Latest arrival date at the port of debarkation; empty where none is stated."),
    Column("destination", "Node where it ends.", lambda line: line.way.destination),
    *_dates("RDD", "Required delivery date at the destination; empty where none is stated."),
    *_legs(TO_PORT, "to POE"),
    *_legs(MAIN, "POE to POD"),
    *_legs(ONWARD, "from POD"),
    Column("trips", f"Trips that it is on, at most {MOST_TRIPS}; the manifest has all.", lambda line: line.trips()),
    Column("shipments", "Parts in which it travels.", lambda line: len(line.pieces)),
    *_moments(DEPARTS_ORIGIN, "First shipment leaves its home."),
    *_moments(REACHES_POE, "Last shipment is at the port of embarkation."),
    *_moments(LEAVES_POE, "First shipment begins to load at the port of embarkation."),
    *_moments(REACHES_POD, "Last shipment is unloaded at the port of debarkation."),
    *_moments(LEAVES_POD, "First shipment leaves the port of debarkation."),
    *_moments(REACHES_DESTINATION, "Last shipment is at the destination; empty where the journey ends at the port."),
    Column("late by [d]", "Whole days after the required delivery date, on which it still is in time.", lambda line: line.late),
)
"""Columns of the time-phased list, in order."""


def _unit_type(line: Line) -> str:
    return line.seen.unit_types.get(line.load.unit, "")


def _description(line: Line) -> str:
    return f"{line.seen.names.of('unit', line.load.unit)}: {line.load.what}"

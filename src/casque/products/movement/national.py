"""The deployment plan of one nation: its lines, ports and trips, its lift and whom it carries, what is late, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from casque.products.figures import NONE, count, d_plus, number, whole
from casque.products.forces.parts import Part
from casque.products.forces.release import WITHHELD, Reader
from casque.products.gantt import Row, axis, fleets, rows
from casque.products.movement.bars import fleet_rows, unit_row
from casque.products.movement.lines import Line, line_sheet, lines_of
from casque.products.movement.manifest import Loaded, manifest_sheet, trips_of
from casque.products.movement.national_parts import (
    carriers_part,
    late_part,
    lift_part,
    lines_part,
    ports_part,
    sources_part,
    trips_part,
    unmoved_part,
)
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import Sheet
from casque.products.wording import tidy

MOST_ROWS = 60
"""Units drawn."""


@dataclass(frozen=True)
class NationalPlan:
    """Everything in the plan of a nation."""

    member: str
    nation: str
    mission: str
    marking: str
    withheld: str
    """What was left out because the nation may not read it; empty where nothing was."""
    facts: tuple[tuple[str, str], ...]
    bars: tuple[Markup, ...]
    """Days, units and fleets drawn; none where there is nothing to draw."""
    parts: tuple[Part, ...]
    lists: tuple[Sheet, ...]
    """Its lines and what of it is aboard which trip, as sheets; none where there is no line, or the plan is not released to it."""
    foot: str


def national_plan(seen: MovementPicture, member: str, trips: Sequence[Loaded] | None = None) -> NationalPlan:
    """The plan of a nation; `trips` are all trips, where they are known already. Nothing stands in it that is kept from that nation."""
    reader = Reader(seen.mission, member)
    nation = seen.names.member(member)
    marking = f"{reader.marking.policy} {reader.marking.classification}".strip() + f", for {member.upper()} only"
    foot = f"D-day {seen.calendar.date(0)}. Worked out by Casque from {seen.mission.about.id}. Advice: people decide."
    plan = NationalPlan(member, nation, seen.mission.about.title, marking, "", (), (), (), (), foot)
    if not reader.plan_released:
        return replace(plan, withheld=f"The marking of the plan does not release it to {nation}: there is nothing in it that it may read.")
    lines = lines_of(seen, member)
    trips = trips_of(seen) if trips is None else trips
    own = tuple(trip for trip in trips if member in trip.members)
    parts = (
        late_part(seen, lines, member),
        unmoved_part(seen, member),
        lines_part(lines),
        ports_part(seen, lines),
        carriers_part(seen, lines, own),
        lift_part(seen, member, trips),
        trips_part(seen, member, own),
        sources_part(seen, member, lines),
    )
    read = tuple(_read(reader, part) for part in parts if part.rows)
    lists = (_listed(reader, line_sheet(lines)), _listed(reader, manifest_sheet(own, member))) if lines else ()
    left_out = sum(WITHHELD in cell for part in read for row in part.rows for cell in row)
    withheld = f"{count(left_out, 'entry', 'entries')} left out: marked, and not released to {nation}." if left_out else ""
    return replace(
        plan,
        withheld=withheld,
        facts=tuple(_facts(seen, member, lines)),
        bars=_bars(seen, member, lines),
        parts=read,
        lists=lists,
    )


def _read(reader: Reader, part: Part) -> Part:
    """A part with every text as the nation may read it."""
    return replace(part, rows=tuple(tuple(tidy(reader.text(cell)) for cell in row) for row in part.rows))


def _listed(reader: Reader, sheet: Sheet) -> Sheet:
    """A sheet with every text as the nation may read it."""
    return replace(sheet, rows=tuple(tuple(reader.text(cell) if isinstance(cell, str) else cell for cell in row) for row in sheet.rows))


def _facts(seen: MovementPicture, member: str, lines: tuple[Line, ...]) -> Iterator[tuple[str, str]]:
    placed = [item for item in seen.record.in_place if seen.member_of(item.unit) == member]
    yield "Units", number(len({line.load.unit for line in lines}))
    yield "Lines", number(len(lines))
    yield "People", whole(sum(line.load.people for line in lines))
    yield "Vehicles", whole(sum(line.load.vehicles for line in lines))
    yield "Tonnes", whole(sum(line.load.tonnes for line in lines))
    starts = [time for line in lines for time in line.way.times().values()]
    yield "First move", seen.calendar.day(min(starts, default=None))
    yield "Last unit in place", seen.calendar.day(max((item.day for item in placed), default=None))
    late = [item for item in placed if item.late > 0.5]
    yield "Late", count(len(late), "unit") if late else "none"


def _bars(seen: MovementPicture, member: str, lines: tuple[Line, ...]) -> tuple[Markup, ...]:
    """The days, the units and the lift of the nation, over the days of its own movement."""
    record = seen.record
    units: dict[str, list[Line]] = {}
    for line in lines:
        units.setdefault(line.load.unit, []).append(line)
    made = [unit_row(seen.names, seen.calendar, unit, [line.load for line in its], record.in_place) for unit, its in units.items()]
    made.sort(key=_in_place)
    own = fleet_rows(seen.names, record, {name: item.mode.value for name, item in seen.lift.items()}, _fleets(seen, member))
    days = [day for row in made for bar in (*row.people, *row.equipment) for day in (bar.start, bar.end)]
    days += [day for row in made for day in row.required] + [day for row in made for day, _ in row.in_place]
    days += [day for fleet in own for lane in fleet.lanes for trip in lane for day in trip]
    if not days:
        return ()
    span = (min(days) - 1, max(days) + 2)
    drawn = [axis(span, seen.calendar, None, None)]
    drawn += [
        rows(f"Movement of the units of {seen.names.member(member)}", made[start : start + MOST_ROWS], span, None, None)
        for start in range(0, len(made), MOST_ROWS)
    ]
    return (*drawn, *([fleets(f"Lift of {seen.names.member(member)}", own, span, None, None)] if own else []))


def _in_place(row: Row) -> tuple[float, str]:
    return (row.in_place[0][0] if row.in_place else 1e9, row.name)


def _fleets(seen: MovementPicture, member: str) -> list[str]:
    return [name for name, item in seen.lift.items() if item.owner == member]


def overview(seen: MovementPicture) -> tuple[tuple[str, ...], ...]:
    """A row for each nation: units, people, tonnes, first move, last in place, late, carried by others, carries for others."""
    found = []
    for member in seen.members:
        lines = lines_of(seen, member)
        placed = [item for item in seen.record.in_place if seen.member_of(item.unit) == member]
        starts = [time for line in lines for time in line.way.times().values()]
        found.append(
            (
                seen.names.member(member),
                number(len({line.load.unit for line in lines})),
                whole(sum(line.load.people for line in lines)),
                whole(sum(line.load.tonnes for line in lines)),
                d_plus(min(starts)) if starts else NONE,
                d_plus(max(item.day for item in placed)) if placed else NONE,
                number(sum(item.late > 0.5 for item in placed)),
                whole(sum(line.load.tonnes for line in lines if _by_others(line, member))),
            )
        )
    return tuple(found)


def _by_others(line: Line, member: str) -> bool:
    """Whether anybody else's lift carries a line on a leg."""
    return any(leg.fleet and (leg.fleet not in line.seen.lift or line.seen.lift[leg.fleet].owner != member) for leg in line.load.legs)

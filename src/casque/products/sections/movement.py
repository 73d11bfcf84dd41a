"""The movement plan: who travels when and how, when the force is in place, and what holds it up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from casque.plan.movement import Bottleneck, Load, MovementRecord, Unmoved
from casque.products.charts import Curve, Stop, by_day, curves
from casque.products.figures import count, d_plus
from casque.products.figures import days as written
from casque.products.gantt import Row, axis, fleets, merged, print_axis, rows
from casque.products.material import Material
from casque.products.movement.bars import fleet_rows, unit_row
from casque.products.sections import closing, port_work
from casque.products.svg import shortened

MOST_ROWS = 40
"""Rows of one drawing, so that each fits a printed page."""

ROWS_TO_AXIS = 14
"""Rows on paper after which the days are shown again."""


@dataclass(frozen=True)
class MemberMovement:
    """The movement of one member's units."""

    name: str
    units: int
    people: float
    first: str
    last: str
    late: int
    overview: Markup
    detail: tuple[Markup, ...]
    lift: Markup | None = None
    """Its fleets with their trips."""
    axis: Markup | None = None
    """The days again, for paper."""


@dataclass(frozen=True)
class MovementView:
    """The movement plan."""

    lead: str
    certificate: str
    lateness: str
    strength: Markup | None
    axis: Markup | None
    members: tuple[MemberMovement, ...]
    bottlenecks: tuple[Bottleneck, ...]
    closing: closing.ClosingView
    work: port_work.WorkView
    unmoved: tuple[Unmoved, ...]
    late: tuple[tuple[str, str, float, float, float], ...]
    """Unit, sector, day in place, earliest day, days late."""


def view(material: Material) -> MovementView:
    """The movement plan."""
    record = material.movement
    closes = bool(record.in_place)
    closure, bound = (record.closure.value, record.closure.bound) if closes else (None, None)
    days = _days(record)
    late = sorted((item for item in record.in_place if item.late > 0.5), key=lambda item: (-item.late, item.unit))
    loads: dict[str, list[Load]] = {}
    for load in record.loads:
        loads.setdefault(load.unit, []).append(load)
    return MovementView(
        _lead(material),
        _certificate(material),
        _lateness(record),
        _strength(material, closure, bound) if record.strength else None,
        axis(days, material.calendar, closure, bound) if record.loads else None,
        _members(material, loads, days, closure, bound),
        record.bottlenecks,
        closing.view(material),
        port_work.view(material),
        record.unmoved,
        tuple((material.names.unit(item.unit), material.names.sector(item.sector), item.day, item.earliest, item.late) for item in late),
    )


def _lead(material: Material) -> str:
    record, calendar = material.movement, material.calendar
    if not record.in_place:
        return "No unit can be brought into the area with the transport that the mission names."
    closure = record.closure
    text = f"{count(len(record.in_place), 'unit')} reach the area, the last on {calendar.day(closure.value)}"
    if closure.gap <= 1e-6:
        return f"{text}; no schedule can do it earlier."
    return f"{text}; no schedule can do it before {calendar.day(closure.bound)}."


def _certificate(material: Material) -> str:
    closure = material.movement.closure
    if not material.movement.in_place:
        return ""
    difference = closure.value - closure.bound
    if closure.status == "optimal":
        return "The closure is proven: the lower bound, found by a different method, falls on the same day."
    if material.movement.unmoved:
        return "Closure and lower bound hold for the units that can be moved; the whole force does not close."
    return (
        f"The lower bound of {d_plus(closure.bound)} comes from a relaxed problem that any schedule must also satisfy. "
        f"Between it and the closure lie {written(difference)} days that a better schedule might win, or that may be out of reach."
    )


def _lateness(record: MovementRecord) -> str:
    late = [item for item in record.in_place if item.late > 0.5]
    if not late:
        return "Every unit with a required date meets it."
    forced = [item for item in late if item.earliest > item.day - item.late]
    alone = f" {count(len(forced), 'unit')} would be late even with the whole network to themselves." if forced else ""
    worst = max(item.late for item in late)
    missed = f"{count(len(late), 'unit')} of {len(record.in_place)} miss their required date"
    return f"{missed}, the worst by {written(worst)} days.{alone}"


def _days(record: MovementRecord) -> tuple[float, float]:
    starts = [leg.departs for load in record.loads for leg in load.legs]
    ends = [leg.arrives for load in record.loads for leg in load.legs] + [item.day for item in record.in_place]
    ends += [float(load.required) for load in record.loads if load.required is not None]
    starts += [trip.departs for trip in record.trips]
    ends += [trip.arrives for trip in record.trips]
    return min(starts, default=0.0) - 1, max(ends, default=30.0) + 2


def _strength(material: Material, closure: float | None, bound: float | None) -> Markup:
    record = material.movement
    stops = (
        []
        if closure is None or bound is None
        else [Stop(bound, f"bound {d_plus(bound)}", "bound"), Stop(closure, f"closure {d_plus(closure)}", "closure")]
    )
    return curves(
        "People in the theatre and in the area by day",
        [Curve("in the theatre", "second", by_day(record.in_theatre)), Curve("in the area", "main", by_day(record.strength))],
        material.calendar,
        "people",
        stops=stops,
    )


def _members(
    material: Material, loads: dict[str, list[Load]], days: tuple[float, float], closure: float | None, bound: float | None
) -> tuple[MemberMovement, ...]:
    names, record = material.names, material.movement
    place = {item.unit: item for item in record.in_place}
    units: dict[str, list[str]] = {}
    for unit in sorted({*loads, *place}):
        units.setdefault(names.member_of(unit), []).append(unit)
    made = []
    for member, its_units in units.items():
        lines = sorted(
            (unit_row(names, material.calendar, unit, loads.get(unit, []), record.in_place) for unit in its_units),
            key=lambda row: (row.in_place[0][0] if row.in_place else 1e9, row.name),
        )
        arrived = [place[unit] for unit in its_units if unit in place]
        name = names.member(member) if member else "others"
        whole = Row(
            f"▸ {name} ({count(len(its_units), 'unit')})",
            merged([stretch for line in lines for stretch in line.people]),
            merged([stretch for line in lines for stretch in line.equipment]),
            tuple(sorted({day for line in lines for day in line.required})) if len(lines) <= 3 else (),
            tuple(sorted({(round(day, 1), late) for line in lines for day, late in line.in_place})),
            f"{name}: {count(len(its_units), 'unit')}",
        )
        made.append(
            MemberMovement(
                name,
                len(its_units),
                sum(item.strength for item in arrived),
                d_plus(min((item.day for item in arrived), default=0)),
                d_plus(max((item.day for item in arrived), default=0)),
                sum(item.late > 0.5 for item in arrived),
                rows(f"Movement of {name}", [whole], days, closure, bound),
                tuple(
                    rows(f"Movement of the units of {name}", lines[start : start + MOST_ROWS], days, closure, bound)
                    for start in range(0, len(lines), MOST_ROWS)
                ),
                _lift(material, member, days, closure, bound),
            )
        )
    made = sorted(made, key=lambda item: (-item.people, item.name)) + _others(material, set(units), days, closure, bound)
    return _with_axes(made, print_axis(days, material.calendar))


def _lift(material: Material, owner: str, days: tuple[float, float], closure: float | None, bound: float | None) -> Markup | None:
    """The fleets of a member or organisation with their trips."""
    lift = material.mission.transport.lift
    its = fleet_rows(
        material.names, material.movement, {item.id: item.mode.value for item in lift}, [item.id for item in lift if item.owner == owner]
    )
    return fleets(f"Lift of {material.names.member(owner)}", its, days, closure, bound) if its else None


def _others(
    material: Material, members: set[str], days: tuple[float, float], closure: float | None, bound: float | None
) -> list[MemberMovement]:
    """Those who bring no unit, only lift."""
    lift = {item.id: item.owner for item in material.mission.transport.lift}
    made = []
    for owner in sorted({lift[trip.fleet] for trip in material.movement.trips if trip.fleet in lift} - members):
        drawn, name = _lift(material, owner, days, closure, bound), material.names.member(owner)
        trips = [trip for trip in material.movement.trips if lift.get(trip.fleet) == owner]
        row = Row(f"▸ Lift of {shortened(name, 24)} ({count(len(trips), 'trip')})", (), (), (), (), f"{name}: lift only")
        made.append(MemberMovement(name, 0, 0, "", "", 0, rows(f"Lift of {name}", [row], days, closure, bound), (), drawn))
    return made


def _with_axes(members: list[MemberMovement], days: Markup) -> tuple[MemberMovement, ...]:
    """The days again above a member wherever about `ROWS_TO_AXIS` rows have gone by since they were last shown."""
    made, since = [], ROWS_TO_AXIS
    for member in members:
        due = since + member.units > ROWS_TO_AXIS
        since = member.units + 1 if due else since + member.units + 1
        made.append(replace(member, axis=days) if due else member)
    return tuple(made)

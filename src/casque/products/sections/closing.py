"""When the force closes: people and units in place by day, planned, at the earliest and as required, and what disruptions do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from casque.plan.movement import Disturbance, MovementRecord
from casque.plan.record import Outcome
from casque.products.charts import Curve, Stop, curves
from casque.products.day_charts import distribution
from casque.products.figures import count, d_plus, percent
from casque.products.material import Material

SHARES = (0.25, 0.5, 0.75, 0.9, 1.0)
"""Shares of the force for which the days are told."""


@dataclass(frozen=True)
class Mark:
    """The days on which a share of the force is in place."""

    share: str
    people: tuple[str, str, str]
    """Required, at the earliest and planned, for people."""
    units: tuple[str, str, str]
    """The same for units."""


@dataclass(frozen=True)
class Proof:
    """A figure with its bound."""

    what: str
    value: str
    bound: str
    gap: str
    says: str


@dataclass(frozen=True)
class DisruptionView:
    """What disruptions do to the closure."""

    lead: str
    drawing: Markup | None
    kinds: tuple[Disturbance, ...]


@dataclass(frozen=True)
class ClosingView:
    """The closure."""

    proofs: tuple[Proof, ...]
    profile: Markup | None
    undated: str
    """How many units have no required date; empty where all have one."""
    marks: tuple[Mark, ...]
    disruption: DisruptionView | None


def view(material: Material) -> ClosingView:
    """The closure profile."""
    record = material.movement
    if not record.in_place:
        return ClosingView((), None, "", (), None)
    required = _required(record)
    planned = [(item.day, item.strength) for item in record.in_place]
    earliest = [(item.earliest, item.strength) for item in record.in_place]
    wanted = [(required[item.place], item.strength) for item in record.in_place if item.place in required]
    undated = len(record.in_place) - len(wanted)
    return ClosingView(
        _proofs(record),
        _profile(material, planned, earliest, wanted),
        f"{count(undated, 'unit')} without a required date {'is' if undated == 1 else 'are'} not on the line of what is required."
        if undated
        else "",
        tuple(_mark(share, (wanted, earliest, planned)) for share in SHARES),
        _disruption(material),
    )


def _required(record: MovementRecord) -> dict[tuple[str, str, str], float]:
    """Day by which a unit is required at its place: that of its loads there."""
    of_loads: dict[tuple[str, str], float] = {}
    for load in record.loads:
        if load.required is not None:
            key = (load.unit, load.sector)
            of_loads[key] = min(of_loads.get(key, float("inf")), float(load.required))
    found = {item.place: of_loads[item.unit, item.sector] for item in record.in_place if (item.unit, item.sector) in of_loads}
    return found | {item.place: item.day - item.late for item in record.in_place if item.late > 0 and item.place not in found}


def _profile(
    material: Material, planned: list[tuple[float, float]], earliest: list[tuple[float, float]], wanted: list[tuple[float, float]]
) -> Markup:
    closure = material.movement.closure
    lines = [
        Curve("required", "required thin", _steps(wanted)),
        Curve("at the earliest", "second", _steps(earliest)),
        Curve("planned", "main", _steps(planned)),
    ]
    stops = [
        Stop(closure.bound, f"bound {d_plus(closure.bound)}", "bound"),
        Stop(closure.value, f"closure {d_plus(closure.value)}", "closure"),
    ]
    return curves("People in place by day", [item for item in lines if item.points], material.calendar, "people in place", stops=stops)


def _steps(items: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """A running sum over days, as steps."""
    points: list[tuple[float, float]] = []
    total = 0.0
    for day, amount in sorted(items):
        if not points:
            points.append((min(0.0, day), 0.0))
        points += [(day, total), (day, total + amount)]
        total += amount
    return tuple(points)


def _mark(share: float, kinds: tuple[list[tuple[float, float]], ...]) -> Mark:
    people, units = [], []
    for items in kinds:
        order = sorted(items)
        whole, total, reached = sum(amount for _, amount in order), 0.0, ""
        for day, amount in order:
            total += amount
            if total >= share * whole - 1e-6:
                reached = d_plus(day)
                break
        people.append(reached or "–")
        units.append(d_plus(order[ceil(share * len(order) - 1e-9) - 1][0]) if order else "–")
    return Mark(percent(share), (people[0], people[1], people[2]), (units[0], units[1], units[2]))


def _proofs(record: MovementRecord) -> tuple[Proof, ...]:
    whole = "" if not record.unmoved else " of the units that can be moved"
    return (
        Proof(
            f"Closure{whole}", _closing(record.closure.value), _closing(record.closure.bound), _gap(record.closure), _says(record.closure)
        ),
        Proof(
            f"Weighted lateness{whole}",
            f"{record.lateness.value:,.0f}",
            f"{record.lateness.bound:,.0f}",
            _gap(record.lateness),
            _says(record.lateness),
        ),
    )


def _closing(day: float) -> str:
    return f"{d_plus(int(day // 1))}, {day % 1 * 24:02.0f} h" if day % 1 else d_plus(day)


def _gap(outcome: Outcome) -> str:
    return percent(outcome.gap) if outcome.value > 0 else "–"


def _says(outcome: Outcome) -> str:
    if outcome.status == "optimal" or outcome.gap <= 1e-6:
        return "proven: no schedule does better"
    return "no schedule can be below the bound; between the two, nobody knows"


def _disruption(material: Material) -> DisruptionView | None:
    found = material.movement.disruption
    if found is None:
        return None
    closure = material.movement.closure
    calendar = material.calendar
    text = f"In {count(found.runs, 'run')} with seeded disruptions, re-planned after each from the state as it then is, half close by "
    text += f"{calendar.day(found.median)} and nine in ten by {calendar.day(found.high)}; the plan itself closes on "
    text += f"{calendar.day(closure.value)}."
    if found.left_behind:
        text += f" In {count(found.left_behind, 'run')} something could not be brought in at all."
    stops = [
        Stop(closure.value, f"planned {d_plus(closure.value)}", "closure"),
        Stop(found.median, f"half of the runs {d_plus(found.median)}", "bound"),
    ]
    drawing = (
        distribution("Closure under disruptions", found.closures, found.runs, (found.low, found.high), stops, calendar)
        if found.closures
        else None
    )
    return DisruptionView(text, drawing, found.kinds)

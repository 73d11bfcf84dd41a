"""How far the plan fills each task, and when its people are in place: what the chain, made from the folder alone, cannot see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.force import Assignment, Fill, ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH, month_of
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

Cell = tuple[str, Capability]
"""A sector and a capability."""


@dataclass(frozen=True)
class Months:
    """Share filled by month, over the months in which anything is wanted."""

    mean: float
    """Share of the people-months wanted that is filled."""
    worst: float
    """Share filled in the worst month."""
    worst_month: int
    best: float
    """Share filled in the best month."""
    best_month: int


@dataclass(frozen=True)
class TaskFill:
    """What the plan does for one task."""

    task: str
    months: Months | None
    """Fill of its requirement, other tasks served as well; none where it wants nobody."""
    state: str
    """`green`, `amber` or `red` by the worst month; `none` where it wants nobody."""
    mean_state: str
    """The same by the mean."""
    required: int
    """Earliest required date of its lines."""
    in_place: float | None
    """Day on which its people are in place, each unit counted for this task alone; none where that never comes."""
    on_time: float | None
    """Share of its people in place on the required date; none where it wants nobody."""
    place_state: str
    """`green`, `amber`, `red` or `none` by that share."""


@dataclass(frozen=True)
class Presence:
    """People of one kind in one sector from a day to another."""

    start: float
    end: float
    people: float


def over_months(fills: Sequence[Fill]) -> Months | None:
    """Fill of some lines together; none where nothing is wanted."""
    wanted: dict[int, float] = {}
    filled: dict[int, float] = {}
    for fill in fills:
        for month, (want, have) in enumerate(zip(fill.required, fill.filled, strict=False)):
            wanted[month] = wanted.get(month, 0.0) + want
            filled[month] = filled.get(month, 0.0) + min(want, have)
    shares = {month: filled[month] / want for month, want in wanted.items() if want > 0}
    if not shares:
        return None
    worst, best = min(shares, key=lambda month: (shares[month], month)), max(shares, key=lambda month: (shares[month], -month))
    mean = sum(filled[month] for month in shares) / sum(wanted[month] for month in shares)
    return Months(mean, shares[worst], worst, shares[best], best)


def filled(
    mission: Mission, reference: Reference, requirement: RequirementRecord, force: ForceRecord, movement: MovementRecord
) -> dict[str, TaskFill]:
    """What the plan does for every task of the mission."""
    amber, red = reference.value("report.fill-amber"), reference.value("report.fill-red")
    fills = {item.line: item for item in force.fills}
    lines: dict[str, list[RequirementLine]] = {}
    for line in requirement.lines:
        lines.setdefault(line.task, []).append(line)
    there = presences(force.assignments, movement)
    made = {}
    for task in mission.tasks.tasks:
        its_lines = lines.get(task.id, [])
        # A line that the placing does not know is filled by nobody.
        months = over_months(
            [fills.get(line.id) or Fill(line=line.id, required=line.by_month, filled=(0.0,) * len(line.by_month)) for line in its_lines]
        )
        wanted = [(line, max(line.by_month, default=0.0)) for line in its_lines if max(line.by_month, default=0.0) > 0]
        on_time = _on_time(wanted, there)
        made[task.id] = TaskFill(
            task.id,
            months,
            state(months.worst if months else None, amber, red),
            state(months.mean if months else None, amber, red),
            min((line.required_by for line, _ in wanted), default=0),
            _in_place(wanted, there, amber),
            on_time,
            state(on_time, amber, red),
        )
    return made


def state(share: float | None, amber: float, red: float) -> str:
    """The state of a share: `green`, `amber` below the first limit, `red` below the second, `none` without one."""
    if share is None:
        return "none"
    return "red" if share < red else "amber" if share < amber else "green"


def presences(assignments: Sequence[Assignment], movement: MovementRecord) -> dict[Cell, list[Presence]]:
    """Who is in place where as what and how long, by the movement plan; a stand-in counts at its quality."""
    arrives = {item.place: item.day for item in movement.in_place}
    found: dict[Cell, list[Presence]] = {}
    for item in assignments:
        day = arrives.get(item.place)
        if day is not None:
            cell = found.setdefault((item.sector, item.capability), [])
            cell += [Presence(first, last, item.strength * item.quality) for first, last in item.stays(day)]
    return found


def _there(line: RequirementLine, day: float, there: dict[Cell, list[Presence]]) -> float:
    return sum(item.people for item in there.get((line.sector, line.capability), []) if item.start <= day <= item.end)


def _need(line: RequirementLine, most: float, day: float) -> float:
    """People that a line wants in the month of a day; its most where it wants nobody then."""
    month = month_of(day)
    return (line.by_month[month] if month < len(line.by_month) else 0.0) or most


def _on_time(wanted: Sequence[tuple[RequirementLine, float]], there: dict[Cell, list[Presence]]) -> float | None:
    pairs = [(_need(line, most, line.required_by), _there(line, line.required_by, there)) for line, most in wanted]
    need = sum(want for want, _ in pairs)
    return sum(min(want, have) for want, have in pairs) / need if need else None


def _in_place(wanted: Sequence[tuple[RequirementLine, float]], there: dict[Cell, list[Presence]], least: float) -> float | None:
    """First day on which `least` of the people wanted are in place: when a unit arrives, or when a new month wants fewer."""
    cells = {(line.sector, line.capability) for line, _ in wanted}
    arrivals = {item.start for cell in cells for item in there.get(cell, [])}
    months = {ceil(month * DAYS_PER_MONTH) + 0.0 for line, _ in wanted for month, people in enumerate(line.by_month) if people > 0}
    for day in sorted(arrivals | months):
        needs = [(_need(line, most, max(day, line.required_by)), _there(line, day, there)) for line, most in wanted]
        if sum(min(want, have) for want, have in needs) >= least * sum(want for want, _ in needs):
            return day
    return None


def peaks(assignments: Sequence[Assignment], movement: MovementRecord) -> dict[str, tuple[float, float]]:
    """Most people of each sector in place at one time, and the first day of that; units that relieve one another never add up."""
    assigned = {item.place: item for item in assignments}
    stays: dict[str, list[Presence]] = {}
    for place in movement.in_place:
        item = assigned.get(place.place)
        there: tuple[tuple[float, float], ...] = ((place.day, float("inf")),) if item is None else item.stays(place.day)
        stays.setdefault(place.sector, []).extend(Presence(first, last, place.strength) for first, last in there)
    found = {}
    for sector, items in stays.items():
        counts = {
            day: sum(item.people for item in items if item.start <= day <= item.end) for day in sorted({item.start for item in items})
        }
        most = max(counts, key=lambda day: (counts[day], -day))
        found[sector] = (counts[most], most)
    return found

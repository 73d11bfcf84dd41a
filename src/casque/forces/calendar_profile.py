"""What a requirement does over the mission months: task windows, threat by phase, and relief by arriving civil institutions.

Every monthly figure is the mean over the days of that month that lie inside the horizon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from casque.mission.about import About
from casque.mission.actors import Actor
from casque.mission.area import Sector
from casque.mission.vocabulary import Capability, Threat
from casque.plan.record import DAYS_PER_MONTH, month_of
from casque.reference.load import Reference


@dataclass(frozen=True)
class Calendar:
    """The days of the plan, month by month."""

    d_day: date
    months: tuple[tuple[int, ...], ...]

    def day(self, written: date) -> int:
        """A date as days counted from D-day."""
        return (written - self.d_day).days

    def mean(self, value: Callable[[int], float]) -> tuple[float, ...]:
        """Mean of a daily value over each month."""
        return tuple(sum(value(day) for day in days) / len(days) if days else 0.0 for days in self.months)


def calendar(about: About) -> Calendar:
    """The calendar of a mission: as many months as it takes to reach the horizon."""
    horizon = max(1, int(about.horizon))
    months: list[list[int]] = [[] for _ in range(max(ceil(horizon / DAYS_PER_MONTH), month_of(horizon - 1) + 1))]
    for day in range(horizon):
        months[month_of(day)].append(day)
    return Calendar(about.d_day, tuple(tuple(days) for days in months))


def threat_by_day(about: About, sector: Sector, days: Calendar) -> Callable[[int], Threat]:
    """The assessed threat in a sector on a day; medium where nobody assessed it."""
    levels = {threat.phase: threat.level for threat in sector.threats}
    spans = [(days.day(phase.start), days.day(phase.end), levels.get(phase.id, Threat.MEDIUM)) for phase in about.phases]

    def level(day: int) -> Threat:
        return next((found for start, end, found in spans if start <= day <= end), Threat.MEDIUM)

    return level


def threat_share(reference: Reference, level: Threat) -> float:
    """Requirement at a threat as a share of the likely figure."""
    return reference.value(f"force.threat-{level.value}")


def civil_relief(actors: Sequence[Actor], capability: Capability, share: float, days: Calendar, reference: Reference) -> tuple[float, ...]:
    """People of the force that civil institutions relieve in a sector, by month.

    `share` is the sector's share of the population. Arrivals are joined by straight lines from the strength at D-day on; the
    last figure holds to the end.
    """
    each = reference.value("force.civil-relief")
    total = [0.0] * len(days.months)
    for actor in actors:
        if actor.takes_over is not capability:
            continue
        points = sorted({(days.day(arrival.day), arrival.strength) for arrival in actor.arrivals})
        if not points or points[0][0] > 0:
            points = [(0, actor.strength), *points]
        for month, present in enumerate(days.mean(lambda day, points=points: _between(points, day))):  # type: ignore[misc]
            total[month] += present * share * each
    return tuple(total)


def _between(points: Sequence[tuple[int, float]], day: int) -> float:
    if day <= points[0][0]:
        return points[0][1]
    for (before, low), (after, high) in pairwise(points):
        if day <= after:
            return high if after == before else low + (high - low) * (day - before) / (after - before)
    return points[-1][1]

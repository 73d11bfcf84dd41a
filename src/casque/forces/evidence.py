"""What could account for the gap of a line: people-months by reason, with the units behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casque.forces.eligibility import Barrier, Presence, bars
from casque.forces.problem import Problem, shares_by_month
from casque.mission.vocabulary import Capability
from casque.plan.force import Reason
from casque.plan.requirement import RequirementLine

SPECIFIC: tuple[Reason, ...] = ("caveat", "agreement", "date", "tour", "contingents", "share limit", "money")
ENOUGH = 0.25
"""Share of a gap that a specific reason must explain to be named before the general want of units."""


@dataclass
class Evidence:
    """People-months of a line's gap that each reason could account for, and the units behind it."""

    people: dict[Reason, float] = field(default_factory=lambda: defaultdict(float))
    units: dict[Reason, dict[int, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    caveats: dict[str, Barrier] = field(default_factory=dict)

    def add(self, reason: Reason, unit: int, people: float) -> None:
        """Counts people of a unit for a reason."""
        if people >= 1:
            self.people[reason] += people
            self.units[reason][unit] += people

    def main(self, total: int) -> Reason:
        """The reason to name for a gap."""
        best = max(SPECIFIC, key=lambda reason: self.people.get(reason, 0.0))
        if self.people.get(best, 0.0) >= ENOUGH * total:
            return best
        return "used elsewhere" if self.people.get("used elsewhere", 0.0) > 0 else "nothing pledged"


@dataclass(frozen=True)
class Placing:
    """A plan as the explanations look at it."""

    problem: Problem
    taken: tuple[int, ...]
    people: Sequence[Sequence[int]]
    """Effective people by line and month."""
    placed: Mapping[int, int]
    """Option taken, by unit."""
    capable: Mapping[int, Capability]
    """Capability that each unit of a known type was pledged as."""

    def presence(self, unit: int) -> Presence:
        """When a unit is there: as placed, or else as early as it could."""
        index = self.placed.get(unit)
        return self.problem.units[unit].presence if index is None else self.problem.presence_of(self.problem.options[index])

    def here(self, unit: int, line: RequirementLine) -> bool | None:
        """Whether a unit serves in the pool of a line; None where it has no place."""
        index = self.placed.get(unit)
        if index is None:
            return None
        pool = self.problem.pools[self.problem.options[index].pool]
        return (pool.sector, pool.capability) == (line.sector, line.capability)

    def barrier(self, unit: int, line: RequirementLine, month: int) -> Barrier | None:
        """A caveat that keeps a unit from a line in a month."""
        days = self.presence(unit).taskable
        for barrier in self.problem.units[unit].barriers:
            if barrier.holds(days, self.problem.calendar.months[month]) and bars(
                barrier, self.problem.tasks.get(line.task), line.sector, line.crosses_sectors
            ):
                return barrier
        return None

    def crowded(self, unit: int, sector: str) -> bool:
        """Whether a sector holds as many nations as it may, and that of a unit is not one of them."""
        nations = {self.problem.options[index].member for index in self.taken if self.problem.sector_of(index) == sector}
        return self.problem.units[unit].pledge.member not in nations and len(nations) >= self.problem.most_nations(sector)

    def kept_out(self, options: Sequence[int]) -> Reason | None:
        """The limit that keeps a unit without a place out of all of some columns; None where one of them is within every limit."""
        found: Reason | None = None
        for index in options:
            blocked = self._blocked(index)
            if blocked is None:
                return None
            found = found or blocked
        return found

    def _blocked(self, index: int) -> Reason | None:
        chosen = frozenset(self.taken)
        for row in self.problem.limits:
            if index in row.options:
                used = sum(amount for option, amount in zip(row.options, row.amounts, strict=True) if option in chosen)
                if used + row.amounts[row.options.index(index)] > row.most:
                    return "money" if row.kind == "budget" else "share limit"
        return None

    def shortened(self, unit: int) -> Reason | None:
        """The kind of limit for which a unit serves fewer tours than it could; None where it serves them all."""
        index = self.placed.get(unit)
        if index is None:
            return None
        tours = self.problem.options[index].tours
        longer = (item.tours_by_day for item in self.problem.units[unit].schedules)
        if not any(len(other) > len(tours) and other[: len(tours)] == tours for other in longer):
            return None
        kinds = {row.kind for row in self.problem.limits if index in row.options}
        return "money" if "budget" in kinds else "share limit" if kinds else None


def gather(placing: Placing, number: int, gaps: Sequence[int]) -> Evidence:
    """What accounts for the gaps of a line by month: units of its capability that could be there and are not."""
    problem = placing.problem
    line = problem.lines[number]
    evidence = Evidence()
    for unit, capability in placing.capable.items():
        item = problem.units[unit]
        if capability is not line.capability or item.pledge.sector not in (None, line.sector):
            continue
        here, presence = placing.here(unit, line), placing.presence(unit)
        shares = shares_by_month(presence.taskable, problem.calendar)
        if here is not False:
            _absences(evidence, placing, unit, gaps, presence)
        for month, gap in enumerate(gaps):
            present = min(gap, shares[month] * item.strength)
            if present < 1:
                continue
            barrier = placing.barrier(unit, line, month)
            if barrier is not None:
                evidence.add("caveat", unit, present)
                evidence.caveats.setdefault(barrier.caveat.id, barrier)
            elif here is None and placing.crowded(unit, line.sector):
                evidence.add("contingents", unit, present)
            elif here is None and (limit := placing.kept_out(list(columns_in(problem, unit, number)))) is not None:
                evidence.add(limit, unit, present)
            elif here is False or (here and _outranked(placing, number, month)):
                evidence.add("used elsewhere", unit, present)
    return evidence


def columns_in(problem: Problem, unit: int, number: int) -> Iterator[int]:
    """Columns of a unit in the pool of a line."""
    return (index for index in problem.by_unit[unit] if number in problem.pools[problem.options[index].pool].lines)


def _absences(evidence: Evidence, placing: Placing, unit: int, gaps: Sequence[int], presence: Presence) -> None:
    """Counts the days on which a unit is not there, or is there and may not be tasked."""
    item, calendar = placing.problem.units[unit], placing.problem.calendar
    gated = shares_by_month(presence.gated, calendar)
    limit = placing.shortened(unit) or "tour"
    for month, gap in enumerate(gaps):
        days = calendar.months[month]
        if gap <= 0 or not days:
            continue
        early = sum(day < item.presence.start for day in days)
        away = sum(day >= item.presence.start and not any(first <= day <= last for first, last in presence.tours_by_day) for day in days)
        evidence.add("agreement", unit, min(gap, gated[month] * item.strength))
        evidence.add("date", unit, min(gap, early / len(days) * item.strength))
        evidence.add(limit, unit, min(gap, away / len(days) * item.strength))


def _outranked(placing: Placing, number: int, month: int) -> bool:
    problem = placing.problem
    line = problem.lines[number]
    return any(
        placing.people[other][month] and problem.weights[other] > problem.weights[number]
        for other, item in enumerate(problem.lines)
        if (item.sector, item.capability) == (line.sector, line.capability)
    )

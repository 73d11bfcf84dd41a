"""The best fill by brute force: every schedule of every part of every pledge in every place, with days, limits and flows reckoned anew."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from ortools.graph.python import min_cost_flow

from casque.forces.verify import barred, people_of
from casque.forces.verify_days import days_of_month, earliest, number_of_months, under_authority
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.record import DAYS_PER_MONTH
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Way:
    """One way in which one part of a pledge could serve."""

    pledge: int
    member: str
    people: float
    sector: str
    capability: Capability
    quality: float
    spans: Spans


def schedules(mission: Mission, reference: Reference, pledge: Pledge, bound: bool) -> set[Spans]:
    """Every schedule; where money or a ceiling binds, those with fewer tours as well."""
    _, first = earliest(mission, reference, pledge)
    months = [days_of_month(mission, month) for month in range(number_of_months(mission))]
    wait = 10**6 if pledge.may_wait is None and pledge.required is None else round((pledge.may_wait or 0) * DAYS_PER_MONTH)
    overlap = round(reference.value("force.relief-overlap") if pledge.relief_overlap is None else pledge.relief_overlap)
    found: set[Spans] = set()
    for start in _begins(first, wait, months):
        block: list[tuple[int, int]] = []
        for number in range(1 + pledge.renewals):
            before, over, until = (start + round(count * pledge.tour * DAYS_PER_MONTH) for count in (number - 1, number, number + 1))
            block.append((max(over - overlap, before) if number else over, until - 1))
        ends = {tuple(block)} if pledge.rest is None else set(_with_returns(tuple(block), pledge, overlap, wait, months))
        found |= ends
    left = {_cut(spans, _leaves(mission, pledge, first)) for spans in found} - {()}
    return {spans[:kept] for spans in left for kept in range(1 if bound else len(spans), len(spans) + 1)}


def _begins(first: int, wait: int, months: list[range]) -> Iterator[int]:
    yield from sorted({first, *(month[0] for month in months if month and first < month[0] <= first + wait)})


def _with_returns(spans: Spans, pledge: Pledge, overlap: int, wait: int, months: list[range]) -> Iterator[Spans]:
    assert pledge.rest is not None
    like, length, last = 1 + pledge.renewals, round(pledge.tour * DAYS_PER_MONTH), months[-1][-1]
    rested, due = spans[-like][1] + 1 + round(pledge.rest * DAYS_PER_MONTH), spans[-1][1] + 1
    if max(rested, due) > last:
        yield spans
    elif rested <= due:
        yield from _with_returns((*spans, (due - min(overlap, due - rested, length), due + length - 1)), pledge, overlap, wait, months)
    else:
        for start in _begins(rested, wait, months):
            yield from _with_returns((*spans, (start, start + length - 1)), pledge, overlap, 0, months)


def _leaves(mission: Mission, pledge: Pledge, first: int) -> int:
    own = next(member.organisations for member in mission.alliance.members if member.id == pledge.member)
    days = [
        (change.day - mission.about.d_day).days
        for change in mission.alliance.rehattings
        if pledge.member not in change.members and change.from_organisation in own
    ]
    return min((day for day in days if first < day), default=10**6)


def _cut(spans: Spans, gone: int) -> Spans:
    return tuple((first, min(last, gone - 1)) for first, last in spans if first < gone)


def ways(mission: Mission, reference: Reference, wanted: RequirementRecord) -> list[list[Way]]:
    """Every way of every part."""
    cells = sorted({(line.sector, line.capability) for line in wanted.lines})
    members = {member.id: member for member in mission.alliance.members}
    found: list[list[Way]] = []
    for number, pledge in enumerate(mission.forces.pledges):
        kind, member = reference.unit_types[pledge.unit_type], members[pledge.member]
        bound = mission.about.budget is not None or member.share_at_most is not None or member.people_at_most is not None
        leads = [sector for sector in mission.area.sectors if sector.lead == pledge.member]
        tied = {sector.id for sector in leads} if any(sector.lead_stays for sector in leads) else None
        of = min(pledge.splits_into, floor(pledge.strength))
        for part in range(1, of + 1):
            own: list[Way] = []
            for sector, capability in cells:
                quality = 1.0 if capability is kind.capability else kind.stands_in.get(capability, 0.0)
                if quality and pledge.sector in (None, sector) and (tied is None or sector in tied):
                    people = people_of(pledge, part, of)
                    found_here = sorted(schedules(mission, reference, pledge, bound))
                    own += [Way(number, pledge.member, people, sector, capability, quality, spans) for spans in found_here]
            found.append(own)
    return found


class EveryPlan:
    """Values plans, and finds the best of all of them."""

    def __init__(self, mission: Mission, reference: Reference, wanted: RequirementRecord) -> None:
        self.mission, self.reference, self.wanted = mission, reference, wanted
        self.months = [days_of_month(mission, month) for month in range(number_of_months(mission))]
        self.known: dict[tuple[Way, ...], int] = {}
        self.days: dict[tuple[str, Spans], set[int]] = {}

    def best(self) -> int:
        """The largest weighted fill, in people-months, of any plan that keeps every limit."""
        choices: list[list[Way | None]] = [[None, *own] for own in ways(self.mission, self.reference, self.wanted)]
        best = 0
        for chosen in itertools.product(*choices):
            placed = [way for way in chosen if way is not None]
            value = sum(self.value(cell, placed) for cell in {(way.sector, way.capability) for way in placed})
            if value > best and self.allowed(placed):
                best = value
        return best

    def allowed(self, placed: list[Way]) -> bool:
        """Whether a plan keeps to nations in a sector, shares, ceilings and money."""
        usual = round(self.reference.value("force.contingents-per-sector"))
        for sector in self.mission.area.sectors:
            if len({way.member for way in placed if way.sector == sector.id}) > (sector.most_nations or usual):
                return False
        horizon = int(self.mission.about.horizon)
        days = {way: sum(max(0, min(last, horizon - 1) - max(first, 0) + 1) for first, last in way.spans) for way in placed}
        if self.mission.about.budget is not None:
            rate = sum(self.reference.value(f"cost.{name}") for name in ("personnel", "equipment", "overhead"))
            if sum(way.people * days[way] for way in placed) * rate / DAYS_PER_MONTH > self.mission.about.budget:
                return False
        asked = sum(floor(people) for line in self.wanted.lines for people in line.by_month)
        for member in self.mission.alliance.members:
            own = [way for way in placed if way.member == member.id]
            share = sum(way.people * days[way] for way in own) / DAYS_PER_MONTH
            if member.share_at_most is not None and share > member.share_at_most * asked + 1e-9:
                return False
            if member.people_at_most is not None:
                for day in range(horizon):
                    if sum(way.people for way in own if any(first <= day <= last for first, last in way.spans)) > member.people_at_most:
                        return False
        return True

    def value(self, cell: tuple[str, Capability], placed: list[Way]) -> int:
        """Weighted fill of one capability in one sector, by a flow for each month."""
        own = tuple(sorted((way for way in placed if (way.sector, way.capability) == cell), key=repr))
        if own not in self.known:
            self.known[own] = sum(self._month(own, days, month) for month, days in enumerate(self.months) if days)
        return self.known[own]

    def _served(self, way: Way) -> set[int]:
        key = way.member, way.spans
        if key not in self.days:
            horizon = range(int(self.mission.about.horizon))
            there = (day for day in horizon if any(first <= day <= last for first, last in way.spans))
            self.days[key] = {day for day in there if under_authority(self.mission, way.member, day)}
        return self.days[key]

    def _month(self, own: tuple[Way, ...], days: range, month: int) -> int:
        network = min_cost_flow.SimpleMinCostFlow()
        lines = [line for line in self.wanted.lines if (line.sector, line.capability) == (own[0].sector, own[0].capability)]
        sink, total = len(own) + len(lines), 0
        for position, way in enumerate(own):
            there = self._served(way).intersection(days)
            people = floor(way.people * way.quality * len(there) / len(days) + 1e-9)
            total += people
            network.set_node_supply(position, people)
            network.add_arc_with_capacity_and_unit_cost(position, sink, people, 0)
            for index, line in enumerate(lines):
                if people and not barred(self.mission, self.mission.forces.pledges[way.pledge], line, there):
                    network.add_arc_with_capacity_and_unit_cost(position, len(own) + index, people, 0)
        for index, line in enumerate(lines):
            weight = round(self.reference.value(f"force.weight-{line.priority}"))
            network.add_arc_with_capacity_and_unit_cost(len(own) + index, sink, floor(line.by_month[month]), -weight)
        network.set_node_supply(sink, -total)
        assert network.solve() == network.OPTIMAL
        return -int(network.optimal_cost())

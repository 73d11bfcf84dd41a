"""Record of the stage `generate`: which pledge serves where, what is short and why, and what to ask for."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Capability
from casque.plan.bridge import BridgeRecord
from casque.plan.force_answers import ForceAnswers, NextPledge, Pivotal
from casque.plan.futures import FuturesRecord
from casque.plan.record import Outcome, Record
from casque.plan.waiver import Waiver

Reason = Literal["nothing pledged", "caveat", "agreement", "date", "tour", "used elsewhere", "contingents", "share limit", "money"]


class Assignment(Record):
    """A pledged unit, or parts of one that serve alike, in a sector."""

    unit: str
    """Pledge."""
    part: str = ""
    """Which parts of the pledge, such as `1-3 of 5`; empty for the whole of it."""
    member: str
    """Member."""
    unit_type: str
    """Unit type."""
    capability: Capability
    """Capability it serves as."""
    quality: float
    """How well it does that: 1 for its own kind, less as a stand-in."""
    sector: str
    """Sector."""
    strength: float
    """People."""
    ready: int | None = None
    """Day on which it is to be ready to load: as early as it can, and later where its start waits; none where the pledge says so."""
    start: int
    """First day on which it can serve and may be tasked."""
    end: int
    """Last day, all tours counted."""
    tours: int
    """Tours counted, the first included."""
    spans: tuple[tuple[int, int], ...] = ()
    """First and last day of each tour, in order; one that relieves another begins before that one ends. Empty for one stay from start to
    end."""

    @property
    def place(self) -> tuple[str, str, str]:
        """What no two assignments share: pledge, sector and part."""
        return self.unit, self.sector, self.part

    def stays(self, arrival: float | None = None) -> tuple[tuple[float, int], ...]:
        """First and last day of every stretch without a gap; the first begins on the day of arrival where that is known."""
        merged: list[tuple[float, int]] = []
        for first, last in self.spans or ((self.start, self.end),):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((max(first, self.start) if not merged else first, last))
        if arrival is None:
            return tuple(merged)
        reached = [stay for stay in merged if stay[1] >= arrival] or merged[-1:]
        return ((arrival, reached[0][1]), *reached[1:])

    def tours_in(self, first: float, last: float) -> int:
        """Tours that begin in a stretch of days or reach into it, at least one."""
        if not self.spans:
            return max(1, self.tours)
        return max(1, sum(begin <= last and end >= first for begin, end in self.spans))


class Idle(Record):
    """A pledged unit without a place."""

    unit: str
    """Pledge."""
    part: str = ""
    """Which parts of the pledge, such as `4-5 of 5`; empty for the whole of it."""
    reason: str
    """Why."""


class Fill(Record):
    """How a line is filled over the months."""

    line: str
    """Requirement line."""
    required: tuple[float, ...]
    """People wanted by month."""
    filled: tuple[float, ...]
    """People there by month, quality counted."""


class Shortfall(Record):
    """What a line lacks, why, and what would cure it."""

    line: str
    """Requirement line."""
    sector: str
    """Sector."""
    capability: Capability
    """Capability."""
    priority: int
    """Priority of its task."""
    people_months: float
    """People-months missing over the horizon."""
    worst_month: int
    """Month with the largest gap."""
    worst: float
    """People missing in that month."""
    reason: Reason
    """Main reason."""
    text: str
    """The reason in a sentence, with names."""
    cure: str
    """The cheapest change that closes most of it, or the one that closes most where none does; with what it brings."""
    cure_weight: float = 0.0
    """Political weight of that change, on the scale of the fix sets of the checks."""
    closes: float = 0.0
    """People-months of it that the change closes, everybody else left where the plan has him."""


class LevelOutcome(Record):
    """How a plan does on one of the things by which plans with the same fill are told apart, and how far that is proven."""

    level: str
    """`risk`, `cohesion`, `burden` or `cost`."""
    points: int
    """Points against the plan; fewer are better."""
    bound: int | None = None
    """Fewest that any plan with the same fill and no worse earlier levels could have; none where that is not proven."""
    text: str = ""
    """What the points stand for, in a sentence."""


class ForceRecord(Record):
    """The force that the pledges add up to."""

    assignments: tuple[Assignment, ...]
    """Units with a place."""
    idle: tuple[Idle, ...]
    """Units without one."""
    fills: tuple[Fill, ...]
    """Fill of every line."""
    shortfalls: tuple[Shortfall, ...]
    """Shortfalls, heaviest first."""
    weighted_fill: tuple[float, ...]
    """Share of the requirement filled by month, weighted by priority."""
    strength_by_month: tuple[float, ...]
    """People of all assigned units by month, if movement were no limit; a relieving unit counts beside the one that it relieves."""
    next_pledges: tuple[NextPledge, ...]
    """What to ask for, best first."""
    pivotal: tuple[Pivotal, ...]
    """Members by what is lost without them."""
    outcome: Outcome
    """Weighted people-months filled, and the bound."""
    levels: tuple[LevelOutcome, ...] = ()
    """Points at the levels that come after the fill, in their order."""
    answers: ForceAnswers = ForceAnswers()
    """Pairs of members, voting power, burden and training."""
    waivers: tuple[Waiver, ...] = ()
    """What lifting each caveat would bring, the most first."""
    bridge: BridgeRecord | None = None
    """From first entry to the main force."""
    futures: FuturesRecord | None = None
    """What becomes of the plan if pledges come late or stay away; none where it was not asked for."""

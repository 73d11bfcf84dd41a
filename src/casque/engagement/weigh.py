"""The decision on a measure: what forbids it, what ties it to somebody's word, what permits it.

Forbidding overrides permitting, and nothing is permitted by silence. Words that are needed from several holders are asked for at the
same time, so the slowest counts; of several holders who could give the same word the quickest does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from casque.engagement.law import CIRCUMSTANCE_BIT, EVER, PROTECTED_BIT, CaveatTable, Law, RuleTable
from casque.engagement.request import SELF_DEFENCE, Request
from casque.mission.engagement import Delegation, Rule
from casque.mission.vocabulary import Circumstance, RuleKind
from casque.plan.engagement import Answer


@dataclass(frozen=True)
class Weighed:
    """A decision and everything that spoke."""

    answer: Answer
    bars: tuple[str, ...] = ()
    """What forbids it for good, as `kind:id`: prohibitions, caveats that nobody can lift, missing agreements."""
    liftable: tuple[CaveatTable, ...] = ()
    """Caveats that a capital could lift."""
    permissions: tuple[RuleTable, ...] = ()
    """Rules that let it be done at once."""
    limitations: tuple[RuleTable, ...] = ()
    """Rules that let it be done on a word."""
    delay: float = 0.0
    """Expected hours until the last word that is needed comes."""
    quickest: float = 0.0
    """Hours until the quickest word on one of the limitations comes; 0 where there are none."""

    @property
    def decided_by(self) -> tuple[str, ...]:
        """What decided it, as `kind:id`: what forbids where something does, else what ties it to a word, else what permits it.

        Empty for self-defence, which is inherent, and where the silence of the rules forbids.
        """
        if self.answer == "prohibited":
            return self.bars
        rules = self.permissions or self.limitations
        if self.answer == "permitted":
            return tuple(f"rule:{table.rule.id}" for table in rules)
        tied = () if self.permissions else rules
        return tuple(f"caveat:{table.caveat.id}" for table in self.liftable) + tuple(f"rule:{table.rule.id}" for table in tied)


INHERENT = Weighed("permitted")
"""Self-defence."""


def weigh(law: Law, request: Request) -> Weighed:
    """The decision on a request whose names are all known (see `naming`)."""
    if request.measure == SELF_DEFENCE:
        return INHERENT
    unit = law.units[request.unit]
    given = sum([CIRCUMSTANCE_BIT[item] for item in request.given])
    protecting = 0 if request.protecting is None else PROTECTED_BIT[request.protecting]
    sector, place, day, hour, rank = request.sector, request.place, request.day, request.hour, law.force[request.measure]

    def applies(table: RuleTable) -> bool:
        return unit.id in table.units and table.met(given, protecting) and table.speaks(day, sector, place, hour)

    rules = [table for table in law.measures[request.measure] if applies(table)]
    bars = [f"rule:{table.rule.id}" for table in rules if not table.rule.permits]
    bars += [f"rule:{table.rule.id}" for table in law.bounds if rank > table.rule.force_level.rank and applies(table)]
    winter = law.winter(day)
    caveats = [
        table
        for table in law.caveats[unit.id]
        if table.binds(day, hour, winter) and table.bars(request.measure, unit.sector, sector, place)
    ]
    bars += [f"caveat:{table.caveat.id}" for table in caveats if not table.caveat.waived_by]
    bars += gates(law, unit.member, day)
    at_once: list[RuleTable] = []
    on_word: list[tuple[float, RuleTable]] = []
    for table in rules:
        if table.rule.kind is RuleKind.PERMISSION:
            at_once.append(table)
        elif table.rule.kind is RuleKind.LIMITATION and (found := word(law, table.rule, request)) is not None:
            if needs_word(table.rule, request):
                on_word.append((found[1], table))
            else:
                at_once.append(table)
    heard = Weighed(
        "prohibited",
        tuple(bars),
        tuple(table for table in caveats if table.caveat.waived_by),
        tuple(at_once),
        tuple(table for _, table in on_word),
        quickest=min((delay for delay, _ in on_word), default=0.0),
    )
    return settled(heard)


def settled(heard: Weighed) -> Weighed:
    """The answer and the delay that follow from everything that spoke."""
    if heard.bars or not (heard.permissions or heard.limitations):
        return replace(heard, answer="prohibited", delay=0.0)
    if heard.permissions and not heard.liftable:
        return replace(heard, answer="permitted", delay=0.0)
    waits = [table.caveat.expected_delay for table in heard.liftable]
    if not heard.permissions:
        waits.append(heard.quickest)
    return replace(heard, answer="needs word", delay=max(waits))


def without(weighed: Weighed, items: Collection[str]) -> Weighed:
    """The decision if some of what forbids it or ties it to a word, named as `kind:id`, did not."""
    return settled(
        replace(
            weighed,
            bars=tuple(item for item in weighed.bars if item not in items),
            liftable=tuple(table for table in weighed.liftable if f"caveat:{table.caveat.id}" not in items),
        )
    )


def gates(law: Law, member: str, day: int) -> list[str]:
    """Agreements without which a member's units may not be tasked at all, and that are not in force on a day, as `gate:kind`."""
    found = []
    for name, table in (("transfer", law.transfers), ("status", law.statuses)):
        if not any(first <= day <= last for _, (first, last) in table[member]):
            found.append(f"gate:{name}")
    return found


def needs_word(rule: Rule, request: Request) -> bool:
    """Whether a rule that applies lets the measure be taken on a word only."""
    if rule.kind is not RuleKind.LIMITATION:
        return False
    return not (rule.word_if_possible and Circumstance.OUT_OF_REACH in request.given)


def word(law: Law, rule: Rule, request: Request) -> tuple[str, float] | None:
    """The post that gives the word on a limitation soonest there and then, and the hours it takes; None where nobody does (`giver`)."""
    return giver(rule, law.d_day, request.day, request.sector)


def giver(rule: Rule, d_day: date, day: int, sector: str) -> tuple[str, float] | None:
    """The post that gives the word on a limitation soonest on a day in a sector, and the hours it takes; None where nobody does.

    The holder of the rule gives it where nobody is quicker. A limitation whose word nobody gives permits nothing, even where its word
    may be done without while the superior is out of reach: there is no superior.
    """
    holders = [(rule.delay, 0, rule.held_by)] if rule.held_by is not None else []
    for number, item in enumerate(rule.delegations, 1):
        first, last = _window(item, d_day)
        if first <= day <= last and (not item.sectors or sector in item.sectors):
            holders.append((item.delay, number, item.to))
    if not holders:
        return None
    delay, _, post = min(holders, key=lambda holder: holder[:2])
    return post, delay


def delegated(law: Law, item: Delegation) -> tuple[int, int]:
    """First and last day of a delegation."""
    return _window(item, law.d_day)


def _window(item: Delegation, d_day: date) -> tuple[int, int]:
    first = -EVER if item.from_day is None else (item.from_day - d_day).days
    return first, EVER if item.until is None else (item.until - d_day).days

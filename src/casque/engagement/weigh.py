"""The decision on a measure: what forbids it, what ties it to somebody's word, what permits it.

Forbidding overrides permitting, and nothing is permitted by silence. Words that are needed from several holders are asked for at the
same time, so the slowest counts; of several holders who could give the same word the quickest does.
"""

from __future__ import annotations

from dataclasses import dataclass

from casque.engagement.law import CIRCUMSTANCE_BIT, EVER, PROTECTED_BIT, CaveatTable, Law, RuleTable
from casque.engagement.request import SELF_DEFENCE, Request
from casque.mission.engagement import Rule
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

    @property
    def decided_by(self) -> tuple[str, ...]:
        """What decided it, as `kind:id`: what forbids where something does, else what ties it to a word, else what permits it."""
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
    given = sum(CIRCUMSTANCE_BIT[item] for item in request.given)
    protecting = 0 if request.protecting is None else PROTECTED_BIT[request.protecting]

    def applies(table: RuleTable) -> bool:
        return (
            unit.id in table.units
            and table.met(given, protecting)
            and table.speaks(request.day, request.sector, request.place, request.hour)
        )

    rules = [table for table in law.measures[request.measure] if applies(table)]
    bars = [f"rule:{table.rule.id}" for table in rules if not table.rule.permits]
    rank = law.force[request.measure]
    bars += [f"rule:{table.rule.id}" for table in law.bounds if rank > table.rule.force_level.rank and applies(table)]
    winter = law.winter(request.day)
    caveats = [
        table
        for table in law.caveats[unit.id]
        if table.binds(request.day, request.hour, winter) and table.bars(request.measure, unit.sector, request.sector, request.place)
    ]
    bars += [f"caveat:{table.caveat.id}" for table in caveats if not table.caveat.waived_by]
    bars += gates(law, unit.member, request.day)
    at_once = [table for table in rules if table.rule.permits and not needs_word(table.rule, request)]
    words = [(table, word(law, table.rule, request)) for table in rules if needs_word(table.rule, request)]
    on_word = [(table, found[1]) for table, found in words if found is not None]
    liftable = tuple(table for table in caveats if table.caveat.waived_by)
    if bars or not (at_once or on_word):
        return Weighed("prohibited", tuple(bars), liftable, tuple(at_once), tuple(table for table, _ in on_word))
    if at_once and not liftable:
        return Weighed("permitted", (), (), tuple(at_once), tuple(table for table, _ in on_word))
    waits = [table.caveat.expected_delay for table in liftable]
    if not at_once:
        waits.append(min(delay for _, delay in on_word))
    return Weighed("needs word", (), liftable, tuple(at_once), tuple(table for table, _ in on_word), max(waits))


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
    """The post that gives the word on a limitation soonest there and then, and the hours it takes; None where nobody does.

    The holder of the rule gives it where nobody is quicker.
    """
    holders = [(rule.delay, 0, rule.held_by)] if rule.held_by is not None else []
    for number, item in enumerate(rule.delegations, 1):
        first = -EVER if item.from_day is None else (item.from_day - law.d_day).days
        last = EVER if item.until is None else (item.until - law.d_day).days
        if first <= request.day <= last and (not item.sectors or request.sector in item.sectors):
            holders.append((item.delay, number, item.to))
    if not holders:
        return None
    delay, _, post = min(holders, key=lambda holder: holder[:2])
    return post, delay
